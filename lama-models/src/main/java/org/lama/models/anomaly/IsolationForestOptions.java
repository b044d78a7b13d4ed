package org.lama.models.anomaly;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Settings of an isolation forest.
 *
 * @param trees number of trees, 1 to 10,000 (default 100)
 * @param sampleSize rows drawn for each tree without replacement, 2 to 4,096 (default 256); all rows are used if there are
 *     fewer
 * @param seed seed of the draws (default 42)
 * @param missing what happens to a row with a NaN (default {@link Missing#REFUSE})
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record IsolationForestOptions(int trees, int sampleSize, long seed, Missing missing) {
    /**
     * Checks ranges.
     *
     * @param trees number of trees, 1 to 10,000 (default 100)
     * @param sampleSize rows drawn for each tree without replacement, 2 to 4,096 (default 256); all rows are used if there are
     *     fewer
     * @param seed seed of the draws (default 42)
     * @param missing what happens to a row with a NaN (default {@link Missing#REFUSE})
     */
    public IsolationForestOptions {
        Check.inRange(trees, 1, 10_000, "trees");
        Check.inRange(sampleSize, 2, 4_096, "sampleSize");
        Check.notNull(missing, "missing");
    }

    /** What happens to a row with a NaN, in the fit and in the score. */
    public enum Missing {
        /** It is an error of the caller, named with its column and row. */
        REFUSE,
        /** The row takes no part in the fit, and its score is NaN. */
        SKIP,
        /** The value takes the way of the column's median over the rows of the fit. */
        MEDIAN
    }

    /**
     * 100 trees of 256 rows, seed 42, NaN refused.
     *
     * @return the default settings
     */
    public static IsolationForestOptions defaults() {
        return new IsolationForestOptions(100, 256, 42, Missing.REFUSE);
    }

    /**
     * The same settings with another seed.
     *
     * @param newSeed the seed
     * @return a copy
     */
    public IsolationForestOptions withSeed(long newSeed) {
        return new IsolationForestOptions(trees, sampleSize, newSeed, missing);
    }

    /**
     * The same settings with another way for missing values.
     *
     * @param newMissing what happens to a row with a NaN
     * @return a copy
     */
    public IsolationForestOptions withMissing(Missing newMissing) {
        return new IsolationForestOptions(trees, sampleSize, seed, newMissing);
    }
}
