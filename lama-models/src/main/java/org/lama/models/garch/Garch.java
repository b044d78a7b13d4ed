package org.lama.models.garch;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Seeds;

/**
 * Estimates volatility models of returns by maximum likelihood; {@link GarchSpec} has the formulas.
 *
 * <p>The variance before the first row is the mean of the first 75 squared shocks around the sample mean with weights
 * 0.94^i, as in the reference package arch. Gradients are analytic (reverse mode), Hessians exact; the search runs by BFGS
 * in coordinates of a box, from several starts, on data scaled by a power of two, so that returns of 1e-4 and of 1e4 give
 * the same model. Parameters: omega &gt; 0, alpha, beta &gt;= 0, alpha + gamma &gt;= 0, sum alpha + gamma/2 + beta &lt;= 1 (a
 * persistence of 1 is reported as a border); EGARCH: stationary in ln sigma^2; nu in [2.05, 500].
 *
 * <p>Missing returns (NaN) are left out and counted, the rows beside them become neighbours. Never throws on data: a
 * constant, too short (fewer than {@link GarchSpec#minimumRows()} present returns) or infinite series gives a constant
 * variance with status FALLBACK_RW and the reason. The likelihood
 * of an EGARCH with a mean has a kink at every return, and its highest point may be one of them. Stateless and
 * thread-safe; O(n (p+o+q)) per evaluation, which allocates nothing. A fit allocates 16 bytes per row for its results and
 * some tens of kilobytes besides; each thread keeps its work arrays for the next fit of the same length.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Garch {
    private static final int BURN_IN = 500;

    private Garch() {}

    /**
     * Fits a model with the default options.
     *
     * @param returns the returns, NaN where missing
     * @param spec the form
     * @return the fit
     */
    public static GarchFit fit(double[] returns, GarchSpec spec) {
        return fit(returns, spec, GarchOptions.defaults());
    }

    /**
     * Fits a model.
     *
     * @param returns the returns, NaN where missing
     * @param spec the form
     * @param options budget and effort
     * @return the fit
     */
    public static GarchFit fit(double[] returns, GarchSpec spec, GarchOptions options) {
        Check.notNull(returns, "returns");
        Check.notNull(spec, "spec");
        Check.notNull(options, "options");
        try (GarchArrays arrays = GarchArrays.open()) {
            return GarchEstimation.cold(spec, GarchSample.of(returns, spec, arrays), options);
        }
    }

    /**
     * The log-likelihood at given parameters.
     *
     * @param returns the returns, NaN where missing
     * @param spec the form
     * @param coefficients in the order of {@link GarchSpec#parameterNames()}, in units of the returns
     * @return the value; -infinity where the parameters are not allowed; NaN if the returns have no likelihood
     */
    public static double logLikelihood(double[] returns, GarchSpec spec, double[] coefficients) {
        checkLength(spec, coefficients);
        try (GarchArrays arrays = GarchArrays.open()) {
            GarchSample sample = GarchSample.of(returns, spec, arrays);
            if (!sample.defect.isEmpty()) {
                return Double.NaN;
            }
            double[] theta = coefficients.clone();
            if (!allowed(spec, theta)) {
                return Double.NEGATIVE_INFINITY;
            }
            sample.toSampleUnits(spec, theta);
            double value = Likelihoods.of(spec, sample).value(theta);
            return Double.isFinite(value) ? value - sample.x.length * Math.log(sample.scale) : Double.NEGATIVE_INFINITY;
        }
    }

    /**
     * Standard deviations of each return given the rows before it, at given parameters.
     *
     * @param returns the returns, NaN where missing
     * @param spec the form
     * @param coefficients in the order of {@link GarchSpec#parameterNames()}, in units of the returns
     * @return one value per row, NaN where missing, and everywhere if the returns or the parameters have no likelihood
     */
    public static double[] conditionalVolatility(double[] returns, GarchSpec spec, double[] coefficients) {
        checkLength(spec, coefficients);
        double[] theta = coefficients.clone();
        try (GarchArrays arrays = GarchArrays.open()) {
            GarchSample sample = GarchSample.of(returns, spec, arrays);
            if (sample.defect.isEmpty() && allowed(spec, theta)) {
                sample.toSampleUnits(spec, theta);
                VolatilityLikelihood likelihood = Likelihoods.of(spec, sample);
                if (Double.isFinite(likelihood.value(theta))) {
                    return GarchEstimation.volatility(sample, likelihood);
                }
            }
        }
        double[] unknown = new double[returns.length];
        Arrays.fill(unknown, Double.NaN);
        return unknown;
    }

    /**
     * Draws returns of a model with given parameters. The first 500 are thrown away; they start from the long-run
     * variance, or from omega (EGARCH: exp omega) where that does not exist.
     *
     * @param spec the form
     * @param coefficients in the order of {@link GarchSpec#parameterNames()}
     * @param rows how many, at least 1
     * @param seed of the random numbers
     * @return the returns; the same for the same seed
     */
    public static double[] simulate(GarchSpec spec, double[] coefficients, int rows, long seed) {
        checkLength(spec, coefficients);
        Check.atLeast(rows, 1, "rows");
        Check.that(
                allowed(spec, coefficients),
                "coefficients must be allowed for " + spec
                        + " (omega > 0, alpha, beta >= 0, persistence <= 1, nu > 2), got "
                        + Arrays.toString(coefficients));
        double left = 1 - GarchCovariance.persistence(spec, coefficients);
        double omega = coefficients[spec.omegaAt()];
        double level = left > 0 ? omega / left : omega;
        GarchFilter filter = GarchFilter.from(spec, coefficients, spec.logarithmic() ? Math.exp(level) : level);
        double[] all = filter.draw(BURN_IN + rows, Seeds.rng(seed, 0));
        return Arrays.copyOfRange(all, BURN_IN, all.length);
    }

    private static void checkLength(GarchSpec spec, double[] coefficients) {
        Check.that(
                coefficients.length == spec.parameters(),
                "coefficients must have " + spec.parameters() + " values for " + spec + " " + spec.parameterNames()
                        + ", got " + coefficients.length);
    }

    /** Whether the parameters give a positive variance for certain and are not explosive. */
    private static boolean allowed(GarchSpec spec, double[] theta) {
        boolean good = !spec.student() || (theta[spec.nuAt()] > 2 && Double.isFinite(theta[spec.nuAt()]));
        for (double value : theta) {
            good &= Double.isFinite(value);
        }
        good &= GarchCovariance.persistence(spec, theta) <= 1 + 1e-12;
        if (spec.logarithmic()) {
            return good;
        }
        good &= theta[spec.omegaAt()] > 0;
        for (int i = spec.alphaAt(); i < spec.gammaAt(); i++) {
            good &= theta[i] >= 0;
        }
        for (int i = 0; i < spec.o(); i++) {
            good &= theta[spec.gammaAt() + i] + (i < spec.p() ? theta[spec.alphaAt() + i] : 0) >= 0;
        }
        for (int j = 0; j < spec.q(); j++) {
            good &= theta[spec.betaAt() + j] >= 0;
        }
        return good;
    }
}
