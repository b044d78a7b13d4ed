package org.lama.models.arima;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Estimates ARIMA(p,d,q) models with optional mean or drift by exact Gaussian maximum likelihood.
 *
 * <p>The likelihood is that of the d-fold differences; missing observations (NaN) are integrated out exactly. Series
 * with at most 100 missing rows use the closed form of generalised least squares for the initial state and the missing
 * levels with a gradient by reverse mode, others the Kalman filter in levels. The constant is concentrated out; AR and MA parts are parametrised by partial
 * autocorrelations, so that every fit is stationary and invertible (Box and Jenkins 1970; Harvey 1989; Monahan 1984).
 * Several starts race, and the value that is reported was computed a second time by an independent Kalman filter.
 *
 * <p>Never throws on data: a constant, too short or infinite series gives a random walk with status FALLBACK_RW and the
 * reason. Stateless and thread-safe; O(n (p+q)) per evaluation without gaps, O(n (m^2) (p+q)) with gaps.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Arima {
    private Arima() {}

    /**
     * Fits a model with the default options.
     *
     * @param y the series, NaN where missing
     * @param spec the order
     * @return the fit
     */
    public static ArimaFit fit(double[] y, ArimaSpec spec) {
        return fit(y, spec, ArimaOptions.defaults());
    }

    /**
     * Fits a model.
     *
     * @param y the series, NaN where missing
     * @param spec the order
     * @param options budget and effort
     * @return the fit
     */
    public static ArimaFit fit(double[] y, ArimaSpec spec, ArimaOptions options) {
        Check.notNull(y, "y");
        Check.notNull(spec, "spec");
        Check.notNull(options, "options");
        try (FitArrays arrays = FitArrays.open()) {
            return fit(y, spec, options, arrays);
        }
    }

    private static ArimaFit fit(double[] y, ArimaSpec spec, ArimaOptions options, FitArrays arrays) {
        ArimaSample sample = ArimaSample.of(y, spec.d(), spec.constant(), arrays);
        String defect = defect(sample, spec);
        if (!defect.isEmpty()) {
            return RandomWalk.of(y, 0, defect);
        }
        OrderFitter fitter = new OrderFitter(sample, options, Math.max(spec.p(), spec.q()));
        OrderFit best = fitter.fitAlone(spec.p(), spec.q());
        return best.usable()
                ? Estimation.complete(sample, spec, best)
                : RandomWalk.of(y, best.evaluations, best.status.reason());
    }

    /** Why an order cannot be estimated on a sample; empty if it can. */
    static String defect(ArimaSample sample, ArimaSpec spec) {
        if (!sample.defect.isEmpty()) {
            return sample.defect;
        }
        int needed = spec.parameters() + 1;
        return sample.observations < needed
                ? spec + " needs " + needed + " observations after differencing, got " + sample.observations
                : "";
    }

    /**
     * The exact log-likelihood at given coefficients, with the noise variance concentrated out.
     *
     * @param y the series, NaN where missing
     * @param spec the order
     * @param coefficients phi_1 to phi_p, theta_1 to theta_q, then the constant if the model has one
     * @return the value; -infinity where the coefficients are not stationary; NaN if the series has no likelihood
     */
    public static double logLikelihood(double[] y, ArimaSpec spec, double[] coefficients) {
        int expected = spec.parameters() - 1;
        Check.that(
                coefficients.length == expected,
                "coefficients must have " + expected + " values for " + spec + ", got " + coefficients.length);
        ArimaSample sample = ArimaSample.of(y, spec.d(), spec.constant());
        if (!sample.defect.isEmpty()) {
            return Double.NaN;
        }
        double[] phi = Arrays.copyOf(coefficients, spec.p());
        if (!Pacf.rootsOutside(phi, 1, 1)) {
            return Double.NEGATIVE_INFINITY;
        }
        double[] theta = Arrays.copyOfRange(coefficients, spec.p(), spec.p() + spec.q());
        ArmaObjective objective = sample.gaps
                ? new LevelLikelihood(sample, spec.p(), spec.q())
                : new ExactLikelihood(sample.w, spec.p(), spec.q(), spec.constant(), new Scratch(sample.w.length));
        double level = spec.constant() ? (coefficients[expected - 1] - sample.centre) / sample.scale : 0;
        double value = objective.valueAt(phi, theta, level);
        return objective.logLikelihood(value) - sample.observations * Math.log(sample.scale);
    }
}
