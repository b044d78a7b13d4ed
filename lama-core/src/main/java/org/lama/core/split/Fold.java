package org.lama.core.split;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * One fold of a walk-forward study: rows [trainFrom, trainTo) fit, rows [testFrom, testTo) decide. The rows between
 * trainTo and testFrom are purged.
 *
 * @param trainFrom first training row
 * @param trainTo row after the last training row
 * @param testFrom first decision row, at least trainTo
 * @param testTo row after the last decision row
 * @param complete false for a last fold that ends before its time
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public record Fold(int trainFrom, int trainTo, int testFrom, int testTo, boolean complete) {
    /**
     * Checks the order.
     *
     * @param trainFrom first training row
     * @param trainTo row after the last training row
     * @param testFrom first decision row, at least trainTo
     * @param testTo row after the last decision row
     * @param complete false for a last fold that ends before its time
     */
    public Fold {
        Check.that(
                0 <= trainFrom && trainFrom < trainTo && trainTo <= testFrom && testFrom < testTo,
                "rows must satisfy 0 <= trainFrom < trainTo <= testFrom < testTo, got " + trainFrom + ", " + trainTo
                        + ", " + testFrom + ", " + testTo);
    }
}
