package org.lama.core.search;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Settings of CMA-ES.
 *
 * @param initialDeviation standard deviation of the first draws as a share of each range, in (0, 1]
 * @param population number of trials per generation, at least 4; 0 for the usual 4 + ⌊3 ln(parameters)⌋
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record CmaesSettings(double initialDeviation, int population) {
    /**
     * Checks the ranges.
     *
     * @param initialDeviation standard deviation of the first draws as a share of each range, in (0, 1]
     * @param population number of trials per generation, at least 4; 0 for the usual 4 + ⌊3 ln(parameters)⌋
     */
    public CmaesSettings {
        Check.that(
                initialDeviation > 0 && initialDeviation <= 1,
                "initialDeviation must be in (0, 1], got " + initialDeviation);
        Check.that(population == 0 || population >= 4, "population must be 0 or >= 4, got " + population);
    }

    /**
     * The usual settings.
     *
     * @return a sixth of each range, and the usual population
     */
    public static CmaesSettings usual() {
        return new CmaesSettings(1.0 / 6, 0);
    }
}
