package org.lama.models.ensemble;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * How signals become probabilities.
 *
 * @param minimumRows training rows a member needs for its own calibration (default 100); with fewer its probability is
 *     the base rate; at least 2
 * @param ridge penalty on the squared slope of the logistic calibration, half of it in the log-likelihood (default 1),
 *     above 0
 * @param clamp the fused probability stays in [clamp, 1 - clamp] (default 0.02), in (0, 0.5)
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record BayesianSettings(int minimumRows, double ridge, double clamp) {
    /**
     * Checks ranges.
     *
     * @param minimumRows training rows a member needs for its own calibration (default 100); with fewer its probability is
     *     the base rate; at least 2
     * @param ridge penalty on the squared slope of the logistic calibration, half of it in the log-likelihood (default 1),
     *     above 0
     * @param clamp the fused probability stays in [clamp, 1 - clamp] (default 0.02), in (0, 0.5)
     */
    public BayesianSettings {
        Check.atLeast(minimumRows, 2, "minimumRows");
        Check.positive(ridge, "ridge");
        Check.that(clamp > 0 && clamp < 0.5, "clamp must be in (0, 0.5), got " + clamp);
    }

    /**
     * 100 rows, ridge 1, clamp 0.02.
     *
     * @return the settings
     */
    public static BayesianSettings defaults() {
        return new BayesianSettings(100, 1.0, 0.02);
    }
}
