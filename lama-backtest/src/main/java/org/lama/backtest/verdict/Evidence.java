package org.lama.backtest.verdict;

import org.lama.backtest.analytics.BootstrapResult;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * What a study found, as far as the rule looks at it. All figures are per period and net of costs over cash. Immutable and
 * thread-safe.
 *
 * @param sharpe Sharpe ratio with length, skewness and kurtosis of the returns
 * @param meanLowerBound one-sided stationary-bootstrap lower bound of the mean at the confidence of the rule, NaN if there
 *     is none
 * @param roundTrips number of round trips, at least 0
 * @param periodsPerDay returns per calendar day, above 0: 1 for daily bars, 24 for hourly ones
 * @param trials number and spread of the trials
 * @param signAgreesInsideBars whether the pessimistic and the optimistic order of prices inside a bar give a mean of the
 *     same sign
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public record Evidence(
        ProbabilisticSharpe sharpe,
        double meanLowerBound,
        int roundTrips,
        double periodsPerDay,
        Trials trials,
        boolean signAgreesInsideBars) {

    /**
     * Checks the ranges.
     *
     * @param sharpe Sharpe ratio with length, skewness and kurtosis of the returns
     * @param meanLowerBound one-sided stationary-bootstrap lower bound of the mean at the confidence of the rule, NaN if there
     *     is none
     * @param roundTrips number of round trips, at least 0
     * @param periodsPerDay returns per calendar day, above 0: 1 for daily bars, 24 for hourly ones
     * @param trials number and spread of the trials
     * @param signAgreesInsideBars whether the pessimistic and the optimistic order of prices inside a bar give a mean of the
     *     same sign
     */
    public Evidence {
        Check.notNull(sharpe, "sharpe");
        Check.notNull(trials, "trials");
        Check.atLeast(roundTrips, 0, "roundTrips");
        Check.positive(periodsPerDay, "periodsPerDay");
    }

    /**
     * The evidence in a series of returns, with agreeing signs inside the bars.
     *
     * @param returns net returns per period over cash, finite fractions
     * @param roundTrips number of round trips, at least 0
     * @param periodsPerDay returns per calendar day, above 0
     * @param trials number and spread of the trials
     * @param bootstrap how the lower bound is computed; its confidence must be the rule's
     * @return the evidence
     */
    public static Evidence of(
            double[] returns, int roundTrips, double periodsPerDay, Trials trials, StationaryBootstrap bootstrap) {
        BootstrapResult resampled = bootstrap.run(returns);
        return new Evidence(
                ProbabilisticSharpe.of(returns),
                resampled.mean().lowerBound(),
                roundTrips,
                periodsPerDay,
                trials,
                true);
    }

    /**
     * The same evidence where the two orders of prices inside a bar disagree in sign.
     *
     * @return the evidence
     */
    public Evidence withDisagreementInsideBars() {
        return new Evidence(sharpe, meanLowerBound, roundTrips, periodsPerDay, trials, false);
    }

    /**
     * Number of trials as counted.
     *
     * @return at least 1
     */
    public int rawTrials() {
        return trials.raw();
    }

    /**
     * Number of trials after clustering.
     *
     * @return at least 1
     */
    public double effectiveTrials() {
        return trials.effective();
    }

    /**
     * Variance of the Sharpe ratios per period over the trials.
     *
     * @return at least 0
     */
    public double trialVariance() {
        return trials.variance();
    }

    /**
     * Days until a number of round trips is reached at the pace so far. A study without any is taken to be about to see its
     * first: the answer is then a lower bound.
     *
     * @param wanted number of round trips, at least 1
     * @return further calendar days, at least 0
     */
    public long daysUntilRoundTrips(int wanted) {
        Check.atLeast(wanted, 1, "wanted");
        if (roundTrips >= wanted) {
            return 0;
        }
        double days = Math.max(1, sharpe.observations() / periodsPerDay);
        return (long) Math.ceil(days * (wanted - roundTrips) / Math.max(1, roundTrips));
    }

    /**
     * Number and spread of the trials behind a study.
     *
     * @param raw distinct trials counted in the ledger, at least 1
     * @param effective number of clusters among them, from 1 to raw
     * @param variance variance of their Sharpe ratios per period with n - 1, at least 0; 0 for one trial
     */
    public record Trials(int raw, double effective, double variance) {
        /**
         * Checks the ranges.
         *
         * @param raw distinct trials counted in the ledger, at least 1
         * @param effective number of clusters among them, from 1 to raw
         * @param variance variance of their Sharpe ratios per period with n - 1, at least 0; 0 for one trial
         */
        public Trials {
            Check.atLeast(raw, 1, "raw");
            Check.inRange(effective, 1, raw, "effective");
            Check.notNegative(variance, "variance");
        }

        /**
         * A study that was the only one.
         *
         * @return one trial without spread
         */
        public static Trials single() {
            return new Trials(1, 1, 0);
        }

        /**
         * Trials with known Sharpe ratios; NaN ones count as trials but not in the variance.
         *
         * @param sharpesPerPeriod one per distinct trial, at least one
         * @param effective number of clusters among them, from 1 to their number
         * @return number and variance
         */
        public static Trials of(double[] sharpesPerPeriod, double effective) {
            return new Trials(sharpesPerPeriod.length, effective, ProbabilisticSharpe.trialVariance(sharpesPerPeriod));
        }
    }
}
