package org.lama.models.anomaly;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Settings of an isolation forest. The defaults are the forest of Liu, Ting and Zhou 2008.
 *
 * @param trees number of trees, 1 to 10,000 (default 100)
 * @param sampleSize rows drawn for each tree without replacement, 2 to 4,096 (default 256); all rows are used if there are
 *     fewer
 * @param seed seed of the draws (default 42)
 * @param missing what happens to a row with a NaN (default {@link Missing#REFUSE})
 * @param scoring what a leaf says (default {@link Scoring#DEPTH})
 * @param featuresPerSplit features in one split, 1 to 16 (default 1: splits parallel to the axes). From 2 on the forest is an
 *     extended one (Hariri, Kind and Brunner 2019, doi:10.1109/TKDE.2019.2947676) of extension level featuresPerSplit - 1;
 *     nodes with fewer varying features use those
 * @param depthLimit levels of a tree, 1 to 12, or 0 for ⌈log2 of the rows drawn⌉ (default 0)
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record IsolationForestOptions(
        int trees, int sampleSize, long seed, Missing missing, Scoring scoring, int featuresPerSplit, int depthLimit) {
    static final int MOST_FEATURES_PER_SPLIT = 16;
    static final int DEEPEST = 12;

    /**
     * Checks ranges.
     *
     * @param trees number of trees, 1 to 10,000 (default 100)
     * @param sampleSize rows drawn for each tree without replacement, 2 to 4,096 (default 256); all rows are used if there are
     *     fewer
     * @param seed seed of the draws (default 42)
     * @param missing what happens to a row with a NaN (default {@link Missing#REFUSE})
     * @param scoring what a leaf says (default {@link Scoring#DEPTH})
     * @param featuresPerSplit features in one split, 1 to 16 (default 1: splits parallel to the axes)
     * @param depthLimit levels of a tree, 1 to 12, or 0 for ⌈log2 of the rows drawn⌉ (default 0)
     */
    public IsolationForestOptions {
        Check.inRange(trees, 1, 10_000, "trees");
        Check.inRange(sampleSize, 2, 4_096, "sampleSize");
        Check.notNull(missing, "missing");
        Check.notNull(scoring, "scoring");
        Check.inRange(featuresPerSplit, 1, MOST_FEATURES_PER_SPLIT, "featuresPerSplit");
        Check.inRange(depthLimit, 0, DEEPEST, "depthLimit");
        Check.that(
                scoring != Scoring.BOXED_DENSITY || featuresPerSplit == 1,
                "BOXED_DENSITY needs featuresPerSplit = 1, got " + featuresPerSplit
                        + ": a box has no volume under slanted splits; choose DENSITY");
    }

    /**
     * Settings of a standard forest: depth scoring, one feature per split, the usual depth limit.
     *
     * @param trees number of trees, 1 to 10,000
     * @param sampleSize rows drawn for each tree, 2 to 4,096
     * @param seed seed of the draws
     * @param missing what happens to a row with a NaN
     */
    public IsolationForestOptions(int trees, int sampleSize, long seed, Missing missing) {
        this(trees, sampleSize, seed, missing, Scoring.DEPTH, 1, 0);
    }

    /** What happens to a row with a NaN, in the fit and in the score. */
    public enum Missing {
        /** It is an error of the caller, named with its column and row. */
        REFUSE,
        /** The row takes no part in the fit, and its score is NaN. */
        SKIP,
        /** The value takes the way of the column's median over the rows of the fit. */
        MEDIAN,
        /**
         * Each split learns from its rows which side a missing value takes: the side of more known values, the left one if
         * both hold as many. A gap by itself is thereby no anomaly; it only leaves its feature without a say. In a split of
         * several features a missing one stands at its mean over the known values of the node.
         */
        BRANCH
    }

    /** What a leaf says about the rows that reach it. */
    public enum Scoring {
        /** How early they were cut off: path length, with c(n) for the n rows left in the leaf. */
        DEPTH,
        /**
         * How dense they lie: the sum along the path of log2(share of the points / share of the range), each range being that
         * of the points in the node. Empty space beside the points does not count.
         */
        DENSITY,
        /** The same with the ranges of the boxes that the splits cut out of the sample's bounding box: empty space counts. */
        BOXED_DENSITY
    }

    /**
     * 100 trees of 256 rows, seed 42, NaN refused, depth scoring, one feature per split.
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
        return new IsolationForestOptions(trees, sampleSize, newSeed, missing, scoring, featuresPerSplit, depthLimit);
    }

    /**
     * The same settings with another way for missing values.
     *
     * @param newMissing what happens to a row with a NaN
     * @return a copy
     */
    public IsolationForestOptions withMissing(Missing newMissing) {
        return new IsolationForestOptions(trees, sampleSize, seed, newMissing, scoring, featuresPerSplit, depthLimit);
    }

    /**
     * The same settings with another scoring.
     *
     * @param newScoring what a leaf says
     * @return a copy
     */
    public IsolationForestOptions withScoring(Scoring newScoring) {
        return new IsolationForestOptions(trees, sampleSize, seed, missing, newScoring, featuresPerSplit, depthLimit);
    }

    /**
     * The same settings with more or fewer features per split: 1 for a standard forest, from 2 on an extended one.
     *
     * @param features features in one split
     * @return a copy
     */
    public IsolationForestOptions withFeaturesPerSplit(int features) {
        return new IsolationForestOptions(trees, sampleSize, seed, missing, scoring, features, depthLimit);
    }

    /**
     * The same settings with another depth limit.
     *
     * @param levels levels of a tree, or 0 for the usual ones
     * @return a copy
     */
    public IsolationForestOptions withDepthLimit(int levels) {
        return new IsolationForestOptions(trees, sampleSize, seed, missing, scoring, featuresPerSplit, levels);
    }
}
