package org.lama.backtest.walkforward;

import java.util.List;
import org.lama.backtest.analytics.CapacityCurve;
import org.lama.backtest.analytics.RealityCheck;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * What a study says about itself: the same study again with one rule after another switched, under both orders of prices
 * inside bars, with other capital, without each member, and how the combiners did as far as was known at each time. All of
 * it rests on the fits of the study, except the step from fits on all rows, which needs its own. Immutable and
 * thread-safe.
 *
 * @param naiveReturns daily returns with every rule that can be switched set to its naive side; the study's own if none can
 * @param rules the rules from naive to honest, in the order in which they are switched
 * @param returns daily returns of the study itself, what the last rule ends at
 * @param bounds the study under both extreme orders of prices inside bars
 * @param capacity Sharpe ratio and return against capital, by running again
 * @param ablation one line per member; empty if the study was not run again
 * @param tracking which combiner did best, as far as was known at each time
 * @param bestOfTried whether the best way to combine beats cash by more than trying them all explains
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record StudyChecks(
        List<Double> naiveReturns,
        List<RuleSwitch> rules,
        List<Double> returns,
        IntrabarBounds bounds,
        CapacityCurve capacity,
        List<Ablation> ablation,
        CombinerTracking tracking,
        RealityCheck bestOfTried) {
    /**
     * Copies the lists.
     *
     * @param naiveReturns daily returns with every rule that can be switched set to its naive side; the study's own if none
     *     can
     * @param rules the rules from naive to honest, in the order in which they are switched
     * @param returns daily returns of the study itself, what the last rule ends at
     * @param bounds the study under both extreme orders of prices inside bars
     * @param capacity Sharpe ratio and return against capital, by running again
     * @param ablation one line per member; empty if the study was not run again
     * @param tracking which combiner did best, as far as was known at each time
     * @param bestOfTried whether the best way to combine beats cash by more than trying them all explains
     */
    public StudyChecks {
        naiveReturns = List.copyOf(naiveReturns);
        rules = List.copyOf(rules);
        returns = List.copyOf(returns);
        Check.notNull(bounds, "bounds");
        Check.notNull(capacity, "capacity");
        ablation = List.copyOf(ablation);
        Check.notNull(tracking, "tracking");
        Check.notNull(bestOfTried, "bestOfTried");
    }

    /**
     * One rule switched from its naive to its honest side, all rules before it being honest and all after it naive.
     *
     * @param rule what is switched, in a few words
     * @param naive its naive side
     * @param honest its honest side
     * @param returns daily returns after the switch; empty if the rule does not apply
     * @param reason why it does not apply; empty if it does
     */
    public record RuleSwitch(String rule, String naive, String honest, List<Double> returns, String reason) {
        /**
         * Copies the returns.
         *
         * @param rule what is switched, in a few words
         * @param naive its naive side
         * @param honest its honest side
         * @param returns daily returns after the switch; empty if the rule does not apply
         * @param reason why it does not apply; empty if it does
         */
        public RuleSwitch {
            Check.notBlank(rule, "rule");
            returns = List.copyOf(returns);
            Check.that(
                    returns.isEmpty() != reason.isEmpty(),
                    "either returns or a reason must be given for the rule " + rule + ", got " + returns.size()
                            + " returns and the reason '" + reason + "'");
        }
    }

    /**
     * The study under both extreme orders of prices inside bars.
     *
     * @param ambiguousBars bars in which the order of prices decides which of several orders fill
     * @param pessimisticReturn total return if the worst came first
     * @param optimisticReturn total return if the best came first
     * @param why how the two were found, one sentence
     */
    public record IntrabarBounds(long ambiguousBars, double pessimisticReturn, double optimisticReturn, String why) {
        /**
         * Whether bars can tell a gain from a loss.
         *
         * @return false if only one of the two is a gain
         */
        public boolean isDecidable() {
            return pessimisticReturn > 0 == optimisticReturn > 0;
        }
    }

    /**
     * What a member adds: the study with it against the study without it, on the same fits.
     *
     * @param member name of the member
     * @param sharpeWith annualised Sharpe ratio with all members
     * @param sharpeWithout the same without this one, NaN if nothing is traded without it
     * @param difference with less without, NaN if one of them is not defined
     * @param low lower end of the 95 % interval of the difference: stationary bootstrap of both with the same blocks
     * @param high upper end
     * @param pValue two-sided p-value of no difference
     * @param returnDifference difference of the mean return a year, with less without
     * @param reason why there is no figure; empty if there is one
     */
    public record Ablation(
            String member,
            double sharpeWith,
            double sharpeWithout,
            double difference,
            double low,
            double high,
            double pValue,
            double returnDifference,
            String reason) {}
}
