package org.lama.core.base;

/**
 * Derives independent generators from one master seed: task i always gets the same stream, whatever thread runs it
 * (SplitMix64 finaliser, Steele et al. 2014, doi:10.1145/2660193.2660195). Stateless and thread-safe; O(1).
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class Seeds {
    static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    /**
     * The generator of one task, a pure function of both arguments.
     *
     * @param master the study's seed
     * @param index the number of the task
     * @return a new generator at the start of its stream
     */
    public static Rng rng(long master, long index) {
        return new Rng(derive(master, index));
    }

    /**
     * A seed for a part of the work, a pure function of both arguments.
     *
     * @param master the seed above it
     * @param index the number of the part
     * @return the seed of the part
     */
    public static long derive(long master, long index) {
        return mix(mix(master + GOLDEN_GAMMA) + (index + 1) * GOLDEN_GAMMA);
    }

    static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
