package org.lama.core.search;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Settings of the tree-structured Parzen estimator.
 *
 * @param startupTrials so many trials are drawn at random before values are looked at, at least 1
 * @param candidates so many points are drawn per proposal, of which the most promising is taken, at least 1
 * @param goodShare share of the told trials that count as good, in (0, 1)
 * @param mostGood largest number of good trials, at least 1
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record TpeSettings(int startupTrials, int candidates, double goodShare, int mostGood) {
    /**
     * Checks the ranges.
     *
     * @param startupTrials so many trials are drawn at random before values are looked at, at least 1
     * @param candidates so many points are drawn per proposal, of which the most promising is taken, at least 1
     * @param goodShare share of the told trials that count as good, in (0, 1)
     * @param mostGood largest number of good trials, at least 1
     */
    public TpeSettings {
        Check.atLeast(startupTrials, 1, "startupTrials");
        Check.atLeast(candidates, 1, "candidates");
        Check.that(goodShare > 0 && goodShare < 1, "goodShare must be in (0, 1), got " + goodShare);
        Check.atLeast(mostGood, 1, "mostGood");
    }

    /**
     * The usual settings: 10 trials at random, 48 candidates, 15 % are good, at most 25.
     *
     * @return the settings
     */
    public static TpeSettings usual() {
        return new TpeSettings(10, 48, 0.15, 25);
    }
}
