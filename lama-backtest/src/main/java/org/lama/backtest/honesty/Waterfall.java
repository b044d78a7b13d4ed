package org.lama.backtest.honesty;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lama.backtest.analytics.BootstrapResult;
import org.lama.backtest.analytics.PairedBootstrap;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;

/**
 * How a Sharpe ratio falls from naive to honest: the same strategy run again with one rule after another switched, each on
 * top of those before it. Beside each Sharpe ratio stands the interval of a stationary bootstrap, beside each fall the
 * interval of a paired one, in which what moves both runs cancels. A rule that does not apply stands there without a
 * number and with its reason. The last step subtracts what the best of N trials without skill is expected to show; it is no
 * re-run and moves the interval with the figure, since N and the variance over the trials are counted, not estimated.
 *
 * <p>Immutable and thread-safe; building costs two bootstraps per step, equal seeds give equal bits.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Waterfall implements Tabular {
    private static final String TRIALS = "trials";

    private final Level naive;
    private final List<Step> steps;

    private Waterfall(Level naive, List<Step> steps) {
        this.naive = naive;
        this.steps = List.copyOf(steps);
    }

    /**
     * A Sharpe ratio with its uncertainty.
     *
     * @param sharpe annualised, NaN if not defined
     * @param low lower end of the interval
     * @param high upper end
     */
    public record Level(double sharpe, double low, double high) {
        private static final Level NONE = new Level(Double.NaN, Double.NaN, Double.NaN);

        private Level less(double amount) {
            return new Level(sharpe - amount, low - amount, high - amount);
        }
    }

    /**
     * One rule switched from its naive to its honest side.
     *
     * @param rule what is switched
     * @param naive its naive side
     * @param honest its honest side
     * @param after the Sharpe ratio once it is switched; of NaN if the rule does not apply
     * @param change the Sharpe ratio after it less the one before it, with its interval; of NaN if the rule does not apply.
     *     Without an interval if the change is no estimate
     * @param reason why the rule does not apply; empty if it does
     */
    public record Step(String rule, String naive, String honest, Level after, Level change, String reason) {
        /**
         * Whether the rule could be switched.
         *
         * @return false for n/a
         */
        public boolean applies() {
            return reason.isEmpty();
        }
    }

    /**
     * Starts with the naive run.
     *
     * @param returns returns per period of the run with every rule on its naive side, finite
     * @param periodsPerYear annualisation factor, above 0
     * @param bootstrap resamples, confidence and seed
     * @return a builder
     */
    public static Builder from(double[] returns, double periodsPerYear, StationaryBootstrap bootstrap) {
        return new Builder(returns, Check.positive(periodsPerYear, "periodsPerYear"), bootstrap);
    }

    /** Takes the rules in the order in which they are switched. Mutable, single-threaded. */
    public static final class Builder {
        private final double periodsPerYear;
        private final StationaryBootstrap bootstrap;
        private final Level naive;
        private final List<Step> steps = new ArrayList<>();
        private double[] last;
        private Level level;

        private Builder(double[] returns, double periodsPerYear, StationaryBootstrap bootstrap) {
            this.periodsPerYear = periodsPerYear;
            this.bootstrap = bootstrap;
            last = returns.clone();
            naive = level(last);
            level = naive;
        }

        private Level level(double[] returns) {
            BootstrapResult.Interval interval = bootstrap.run(returns).sharpePerPeriod();
            double root = Math.sqrt(periodsPerYear);
            return new Level(interval.estimate() * root, interval.low() * root, interval.high() * root);
        }

        /**
         * A rule that was switched.
         *
         * @param rule what is switched
         * @param from its naive side
         * @param to its honest side
         * @param returns returns per period of the run after the switch, in the same periods as before it
         * @return this builder
         */
        public Builder switched(String rule, String from, String to, double[] returns) {
            PairedBootstrap.Difference change = PairedBootstrap.of(last, returns, periodsPerYear, bootstrap)
                    .rows()
                    .get(0);
            last = returns.clone();
            level = level(last);
            steps.add(new Step(rule, from, to, level, new Level(change.difference(), change.low(), change.high()), ""));
            return this;
        }

        /**
         * A rule that does not apply.
         *
         * @param rule what would be switched
         * @param from its naive side
         * @param to its honest side
         * @param reason why it does not apply, not blank
         * @return this builder
         */
        public Builder notApplicable(String rule, String from, String to, String reason) {
            steps.add(new Step(rule, from, to, Level.NONE, Level.NONE, Check.notBlank(reason, "reason")));
            return this;
        }

        /**
         * The last step: from one trial to all that were counted.
         *
         * @param raw number of distinct trials, at least 1
         * @param effective for how many independent ones they count, from 1 to raw
         * @param variance variance of their Sharpe ratios per period, at least 0
         * @return the waterfall
         */
        public Waterfall trials(int raw, double effective, double variance) {
            double luck = ProbabilisticSharpe.expectedMaximum(effective, variance) * Math.sqrt(periodsPerYear);
            String to = raw == 1
                    ? "1 trial"
                    : String.format(Locale.ROOT, "%,d trials counted, %,.1f effective", raw, effective);
            if (raw == 1) {
                return notApplicable(TRIALS, "1 trial", to, "no other trial was counted on these data and this window")
                        .build();
            }
            Level before = level;
            level = level.less(luck);
            steps.add(new Step(
                    TRIALS,
                    "1 trial",
                    to,
                    level,
                    new Level(Double.isNaN(before.sharpe()) ? Double.NaN : -luck, Double.NaN, Double.NaN),
                    ""));
            return build();
        }

        private Waterfall build() {
            return new Waterfall(naive, steps);
        }
    }

    /**
     * The Sharpe ratio with every rule on its naive side.
     *
     * @return annualised, with its interval
     */
    public Level naive() {
        return naive;
    }

    /**
     * The rules in the order in which they were switched.
     *
     * @return those that do not apply among them
     */
    public List<Step> steps() {
        return steps;
    }

    /**
     * The Sharpe ratio after the last rule that applies.
     *
     * @return annualised, with its interval
     */
    public Level honest() {
        Level at = naive;
        for (Step step : steps) {
            at = step.applies() ? step.after() : at;
        }
        return at;
    }

    @Override
    public List<Column> columns() {
        List<Step> rows = new ArrayList<>();
        rows.add(new Step("all naive", "", "", naive, Level.NONE, ""));
        rows.addAll(steps);
        return List.of(
                new Column("rule", rows.stream().map(Step::rule).toList()),
                new Column("naive", rows.stream().map(Step::naive).toList()),
                new Column("honest", rows.stream().map(Step::honest).toList()),
                new Column("sharpe", rows.stream().map(s -> s.after().sharpe()).toList()),
                new Column("low", rows.stream().map(s -> s.after().low()).toList()),
                new Column("high", rows.stream().map(s -> s.after().high()).toList()),
                new Column("change", rows.stream().map(s -> s.change().sharpe()).toList()),
                new Column("changeLow", rows.stream().map(s -> s.change().low()).toList()),
                new Column(
                        "changeHigh", rows.stream().map(s -> s.change().high()).toList()),
                new Column(
                        "notApplicable",
                        rows.stream()
                                .map(s -> s.applies() ? "" : "n/a: " + s.reason())
                                .toList()));
    }
}
