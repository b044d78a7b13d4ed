package org.lama.backtest.analytics;

import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.math.Distributions;
import org.lama.core.search.TrialCounts;

/**
 * How sure one can be that a Sharpe ratio is above a bar, given its length, skewness and fat tails, and given that it is
 * the best of many tries. All Sharpe ratios here are per period, never annualised.
 *
 * <p>PSR(SR0) = Φ((SR - SR0) √(n - 1) / √(1 - γ3 SR + (γ4 - 1)/4 SR²)) with biased skewness γ3 and (not excess) kurtosis γ4;
 * DSR = PSR at the expected maximum of N tries. Null hypothesis: the true Sharpe ratio is at most SR0; upper tail. It
 * assumes stationary and serially independent returns; serial dependence makes it too sure.
 *
 * <p>References: Bailey and López de Prado 2012, "The Sharpe ratio efficient frontier", equations 11 and 13; 2014, "The
 * deflated Sharpe ratio", doi:10.3905/jpm.2014.40.5.094. Immutable and thread-safe; every method is O(1).
 *
 * @param observations number of returns, at least 0
 * @param sharpePerPeriod mean / standard deviation of the returns, NaN if there is none
 * @param skewness biased skewness, NaN if there is none
 * @param kurtosis biased kurtosis, 3 for normal returns, NaN if there is none
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public record ProbabilisticSharpe(int observations, double sharpePerPeriod, double skewness, double kurtosis) {
    /**
     * Fewer returns than this give no probability and no track record length: skewness and kurtosis of a handful of returns
     * are nothing to rely on, and two returns of one sign would be a certainty.
     */
    public static final int MINIMUM_OBSERVATIONS = 30;

    private static final double EULER = 0.5772156649015329;
    private static final int FEW_STEPS = 256;
    /** For 1 to 2 tries, in equal steps. */
    private static final double[] FEW = new double[FEW_STEPS + 1];

    static {
        double scale = ofMany(2) / ExpectedBest.ofIndependent(2);
        for (int i = 1; i <= FEW_STEPS; i++) {
            FEW[i] = scale * ExpectedBest.ofIndependent(1 + (double) i / FEW_STEPS);
        }
    }

    /**
     * Checks the count.
     *
     * @param observations number of returns, at least 0
     * @param sharpePerPeriod mean / standard deviation of the returns, NaN if there is none
     * @param skewness biased skewness, NaN if there is none
     * @param kurtosis biased kurtosis, 3 for normal returns, NaN if there is none
     */
    public ProbabilisticSharpe {
        Check.atLeast(observations, 0, "observations");
    }

    /**
     * The statistics of a series of returns. Fewer than two returns, or ones that are constant up to rounding, give NaN. O(n).
     *
     * @param returns fractions per period, finite
     * @return the statistics
     */
    public static ProbabilisticSharpe of(double[] returns) {
        Moments moments = Moments.of(Moments.requireFinite(returns, "returns"));
        return new ProbabilisticSharpe(returns.length, moments.sharpe(), moments.skewness(), moments.kurtosis());
    }

    /**
     * The Sharpe ratio that the best of N tries without any skill is expected to show: √V ((1 - γ) Φ⁻¹(1 - 1/N) + γ Φ⁻¹(1 -
     * 1/(N e))), γ = 0.5772…. Below two tries, where this approximation falls to negative values, the exact expectation, scaled
     * to meet it at two.
     *
     * @param trials effective number of tries, at least 1; it may be a fraction
     * @param variance variance of the Sharpe ratios per period over the tries, at least 0
     * @return the value per period, 0 for one try
     */
    public static double expectedMaximum(double trials, double variance) {
        Check.inRange(trials, 1, Double.MAX_VALUE, "trials");
        Check.notNegative(variance, "variance");
        return Math.sqrt(variance) * expectedMaximum(trials);
    }

    /** The same in standard deviations. */
    static double expectedMaximum(double trials) {
        if (trials >= 2) {
            return ofMany(trials);
        }
        double place = Math.max(0, trials - 1) * FEW_STEPS;
        int below = (int) place;
        double share = place - below;
        return (1 - share) * FEW[below] + share * FEW[Math.min(FEW_STEPS, below + 1)];
    }

    private static double ofMany(double trials) {
        return (1 - EULER) * Distributions.normalQuantile(1 - 1 / trials)
                + EULER * Distributions.normalQuantile(1 - 1 / (trials * Math.E));
    }

    /**
     * The variance of the Sharpe ratios of trials that {@link #expectedMaximum} and {@link #deflated} take: over the
     * defined values, with n - 1, as {@link TrialCounts} has it. O(n).
     *
     * @param sharpesPerPeriod one per trial, NaN where not defined
     * @return at least 0; 0 for fewer than two defined values
     */
    public static double trialVariance(double[] sharpesPerPeriod) {
        return TrialCounts.ofSharpes(sharpesPerPeriod).variance();
    }

    /**
     * The probability that the true Sharpe ratio is above a bar.
     *
     * @param benchmarkSharpe the bar, per period
     * @return a probability, NaN if the Sharpe ratio is not defined or there are fewer than {@value #MINIMUM_OBSERVATIONS}
     *     returns
     */
    public double probability(double benchmarkSharpe) {
        Check.finite(benchmarkSharpe, "benchmarkSharpe");
        if (observations < MINIMUM_OBSERVATIONS) {
            return Double.NaN;
        }
        return Distributions.normalCdf(
                (sharpePerPeriod - benchmarkSharpe) * Math.sqrt(observations - 1.0) / Math.sqrt(varianceFactor()));
    }

    /**
     * The deflated Sharpe ratio: the probability that the true Sharpe ratio is above what the best of N tries shows by
     * luck.
     *
     * @param trials effective number of tries, at least 1
     * @param variance variance of the Sharpe ratios per period over the tries, at least 0
     * @return a probability, NaN if the Sharpe ratio is not defined or there are fewer than {@value #MINIMUM_OBSERVATIONS}
     *     returns
     */
    public double deflated(double trials, double variance) {
        return probability(expectedMaximum(trials, variance));
    }

    /**
     * The minimum track record length: how many returns like these are needed before the probability reaches the
     * confidence; 1 + (1 - γ3 SR + (γ4 - 1)/4 SR²) (Φ⁻¹(confidence) / (SR - SR0))².
     *
     * @param benchmarkSharpe the bar, per period
     * @param confidence wanted probability, inside (0.5, 1)
     * @return number of returns; infinite if the Sharpe ratio is not above the bar, because then no length is enough; NaN
     *     if it is not defined or there are fewer than {@value #MINIMUM_OBSERVATIONS} returns
     */
    public double minimumTrackRecord(double benchmarkSharpe, double confidence) {
        Check.finite(benchmarkSharpe, "benchmarkSharpe");
        Check.that(confidence > 0.5 && confidence < 1, "confidence must be in (0.5, 1), got " + confidence);
        if (observations < MINIMUM_OBSERVATIONS) {
            return Double.NaN;
        }
        if (sharpePerPeriod <= benchmarkSharpe) {
            return Double.POSITIVE_INFINITY;
        }
        double ratio = Distributions.normalQuantile(confidence) / (sharpePerPeriod - benchmarkSharpe);
        return 1 + varianceFactor() * ratio * ratio;
    }

    /** Kurtosis >= 1 + skewness² keeps this at or above 0; rounding of a two-point sample can go below. */
    private double varianceFactor() {
        double sr = sharpePerPeriod;
        double factor = 1 - skewness * sr + (kurtosis - 1) / 4 * sr * sr;
        return factor <= 0 ? Double.MIN_NORMAL : factor;
    }
}
