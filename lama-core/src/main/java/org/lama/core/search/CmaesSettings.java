package org.lama.core.search;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Settings of CMA-ES.
 *
 * @param initialDeviation standard deviation of the first draws as a share of each range, in (0, 1]
 * @param population number of trials per generation, at least 4; 0 for the usual 4 + ⌊1.5 ln(parameters)⌋
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record CmaesSettings(double initialDeviation, int population) {
    /**
     * Checks the ranges.
     *
     * @param initialDeviation standard deviation of the first draws as a share of each range, in (0, 1]
     * @param population number of trials per generation, at least 4; 0 for the usual 4 + ⌊1.5 ln(parameters)⌋
     */
    public CmaesSettings {
        Check.that(
                initialDeviation > 0 && initialDeviation <= 1,
                "initialDeviation must be in (0, 1], got " + initialDeviation);
        Check.that(population == 0 || population >= 4, "population must be 0 or >= 4, got " + population);
    }

    /**
     * The usual settings: a fifth of each range, and a population about half of the one that Hansen (2016) names, since
     * searches here have some hundred trials rather than thousands.
     *
     * @return the settings
     */
    public static CmaesSettings usual() {
        return new CmaesSettings(0.2, 0);
    }
}
