package org.lama.core.base;

/**
 * Pseudo-random numbers of xoshiro256++ (Blackman and Vigna 2019, doi:10.1145/3460772): the same seed gives the same
 * stream on every JDK. Made by {@link Seeds}. Mutable, single-threaded; every call is O(1) and allocates nothing.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class Rng {
    private long s0;
    private long s1;
    private long s2;
    private long s3;
    private double spareGaussian = Double.NaN;

    Rng(long seed) {
        long x = seed;
        s0 = Seeds.mix(x += Seeds.GOLDEN_GAMMA);
        s1 = Seeds.mix(x += Seeds.GOLDEN_GAMMA);
        s2 = Seeds.mix(x += Seeds.GOLDEN_GAMMA);
        s3 = Seeds.mix(x + Seeds.GOLDEN_GAMMA);
    }

    /**
     * The next 64 uniform bits.
     *
     * @return any long with equal probability
     */
    public long nextLong() {
        long result = Long.rotateLeft(s0 + s3, 23) + s0;
        long t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    /**
     * A uniform number in [0, 1), a multiple of 2^-53.
     *
     * @return the number
     */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /**
     * A uniform integer in [0, bound), without modulo bias (Lemire 2019, doi:10.1145/3230636).
     *
     * @param bound the exclusive upper end, at least 1
     * @return the integer
     */
    public int nextInt(int bound) {
        Check.atLeast(bound, 1, "bound");
        long product = (nextLong() >>> 32) * bound;
        long low = product & 0xFFFFFFFFL;
        if (low < bound) {
            long threshold = (0x100000000L - bound) % bound;
            while (low < threshold) {
                product = (nextLong() >>> 32) * bound;
                low = product & 0xFFFFFFFFL;
            }
        }
        return (int) (product >>> 32);
    }

    /**
     * A standard normal number (polar method of Marsaglia, with {@link StrictMath} so that bits travel between machines).
     *
     * @return the number
     */
    public double nextGaussian() {
        if (!Double.isNaN(spareGaussian)) {
            double spare = spareGaussian;
            spareGaussian = Double.NaN;
            return spare;
        }
        double u;
        double v;
        double s;
        do {
            u = 2 * nextDouble() - 1;
            v = 2 * nextDouble() - 1;
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        double factor = StrictMath.sqrt(-2 * StrictMath.log(s) / s);
        spareGaussian = v * factor;
        return u * factor;
    }
}
