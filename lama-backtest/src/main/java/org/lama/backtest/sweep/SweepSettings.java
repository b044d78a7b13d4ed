package org.lama.backtest.sweep;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * How a sweep is run. Nothing here depends on the number of threads.
 *
 * @param trials how many sets to try, 1 to 100 million; fewer where the space is exhausted
 * @param batch sets that are asked for before any of them is told, 1 to 65,536 (default 64): the larger, the less an adaptive
 *     sampler knows; also what is lost when the process dies
 * @param best how many of the best trials are kept, 1 to 10,000 (default 20)
 * @param sampled of how many trials, drawn evenly, the returns are kept, 0 to 1,000 (default 200): the effective number of
 *     trials and the probability of overfitting are computed on them
 * @param seed of the sample
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record SweepSettings(int trials, int batch, int best, int sampled, long seed) {
    /** The largest number of trials. */
    public static final int LARGEST = 100_000_000;

    /**
     * Checks ranges.
     *
     * @param trials how many sets to try, 1 to 100 million; fewer where the space is exhausted
     * @param batch sets that are asked for before any of them is told, 1 to 65,536 (default 64): the larger, the less an
     *     adaptive sampler knows; also what is lost when the process dies
     * @param best how many of the best trials are kept, 1 to 10,000 (default 20)
     * @param sampled of how many trials, drawn evenly, the returns are kept, 0 to 1,000 (default 200)
     * @param seed of the sample
     */
    public SweepSettings {
        Check.inRange(trials, 1, LARGEST, "trials");
        Check.inRange(batch, 1, 1 << 16, "batch");
        Check.inRange(best, 1, 10_000, "best");
        Check.inRange(sampled, 0, 1_000, "sampled");
    }

    /**
     * Batches of 64, the best 20, returns of 200.
     *
     * @param trials how many sets to try
     * @param seed of the sample
     * @return the settings
     */
    public static SweepSettings of(int trials, long seed) {
        return new SweepSettings(trials, 64, 20, 200, seed);
    }

    /**
     * With another size of batches.
     *
     * @param size sets that are asked for at once
     * @return a copy
     */
    public SweepSettings withBatch(int size) {
        return new SweepSettings(trials, size, best, sampled, seed);
    }

    /**
     * With another size of the sample whose returns are kept.
     *
     * @param trialsInSample 0 to 1,000
     * @return a copy
     */
    public SweepSettings withSampled(int trialsInSample) {
        return new SweepSettings(trials, batch, best, trialsInSample, seed);
    }

    /** What a resume must agree with. */
    String canonicalText() {
        return "trials=" + trials + " batch=" + batch + " best=" + best + " sampled=" + sampled + " seed=" + seed;
    }
}
