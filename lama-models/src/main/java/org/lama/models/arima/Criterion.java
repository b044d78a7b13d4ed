package org.lama.models.arima;

import org.lama.core.base.Api;

/**
 * Information criteria; smaller is better. Comparable only between fits of equal d and equal observations.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public enum Criterion {
    /** Akaike (1974): -2 LL + 2 k. */
    AIC,
    /** Hurvich and Tsai (1989): AIC + 2 k (k+1) / (n-k-1). */
    AICC,
    /** Schwarz (1978): -2 LL + k ln n. */
    BIC;

    /**
     * The criterion of a fit.
     *
     * @param logLikelihood maximised log-likelihood
     * @param parameters number of parameters with the variance
     * @param observations observations in the likelihood
     * @return the value; infinite for AICc if n - k - 1 &lt;= 0
     */
    public double of(double logLikelihood, int parameters, int observations) {
        double aic = -2 * logLikelihood + 2.0 * parameters;
        return switch (this) {
            case AIC -> aic;
            case BIC -> -2 * logLikelihood + parameters * Math.log(observations);
            case AICC -> {
                int rest = observations - parameters - 1;
                yield rest > 0 ? aic + 2.0 * parameters * (parameters + 1) / rest : Double.POSITIVE_INFINITY;
            }
        };
    }
}
