package org.lama.models.anomaly;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Settings of an anomaly stream.
 *
 * @param window latest rows a forest is fitted on, 2 to 1,000,000 (default 2,000)
 * @param minimumRows rows before the first fit, 2 to window (default 500)
 * @param refitEvery rows after which a fit is renewed in any case, at least 1 (default 500)
 * @param recent latest scores that are compared with the reference, 10 to 100,000 (default 200)
 * @param checkEvery rows between two comparisons, at least 1 (default 20)
 * @param driftLevel level of the comparison, in (0, 0.5] (default 0.001): drift is reported above the critical value at it; 0
 *     switches the comparison off
 * @param contamination share of the reference's scores above the threshold, in (0, 0.5] (default 0.01)
 * @param forest settings of each forest; fit k draws from the seed that {@link org.lama.core.base.Seeds#derive} gives it
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record AnomalyStreamSettings(
        int window,
        int minimumRows,
        int refitEvery,
        int recent,
        int checkEvery,
        double driftLevel,
        double contamination,
        IsolationForestOptions forest) {
    /**
     * Checks ranges.
     *
     * @param window latest rows a forest is fitted on, 2 to 1,000,000 (default 2,000)
     * @param minimumRows rows before the first fit, 2 to window (default 500)
     * @param refitEvery rows after which a fit is renewed in any case, at least 1 (default 500)
     * @param recent latest scores that are compared with the reference, 10 to 100,000 (default 200)
     * @param checkEvery rows between two comparisons, at least 1 (default 20)
     * @param driftLevel level of the comparison, in (0, 0.5] (default 0.001), or 0 for none
     * @param contamination share of the reference's scores above the threshold, in (0, 0.5] (default 0.01)
     * @param forest settings of each forest
     */
    public AnomalyStreamSettings {
        Check.inRange(window, 2, 1_000_000, "window");
        Check.inRange(minimumRows, 2, window, "minimumRows");
        Check.atLeast(refitEvery, 1, "refitEvery");
        Check.inRange(recent, 10, 100_000, "recent");
        Check.atLeast(checkEvery, 1, "checkEvery");
        Check.inRange(driftLevel, 0, 0.5, "driftLevel");
        Check.positive(contamination, "contamination");
        Check.inRange(contamination, 0, 0.5, "contamination");
        Check.notNull(forest, "forest");
        Check.that(
                driftLevel == 0 || recent <= refitEvery,
                "recent must be <= refitEvery, " + refitEvery + ", got " + recent
                        + ": a forest would be renewed before its scores are compared; set driftLevel to 0 for no comparison");
    }

    /**
     * Window 2,000, first fit after 500 rows, renewed every 500; the latest 200 scores compared every 20 rows at level 0.001;
     * contamination 0.01; a default forest that skips rows with missing values.
     *
     * @return the default settings
     */
    public static AnomalyStreamSettings defaults() {
        IsolationForestOptions forest =
                IsolationForestOptions.defaults().withMissing(IsolationForestOptions.Missing.SKIP);
        return new AnomalyStreamSettings(2_000, 500, 500, 200, 20, 0.001, 0.01, forest);
    }
}
