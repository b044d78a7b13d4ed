package org.lama.core.math;

import org.apache.commons.math3.random.SobolSequenceGenerator;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Seeds;

/**
 * Points that fill the unit cube evenly: the Sobol sequence with the direction numbers of Joe and Kuo (2008,
 * doi:10.1137/070709359, set 6), plain or with the nested uniform scrambling of Owen (1995) by hashing (Burley 2020,
 * "Practical Hash-based Owen Scrambling"). A scrambled sequence keeps the evenness, has no point on a border, and every
 * single point of it is uniformly distributed. Any point can be had at once: O(dimensions · 31), no allocation beyond
 * the one array of the generator. Mutable scratch, for one thread.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class SobolSequence {
    /** So many dimensions have direction numbers. */
    public static final int MOST_DIMENSIONS = 1000;

    private static final double TWO_TO_32 = 0x1p32;

    private final SobolSequenceGenerator generator;
    private final int[] seeds;
    private final int dimensions;

    private SobolSequence(int dimensions, int[] seeds) {
        Check.that(
                dimensions >= 1 && dimensions <= MOST_DIMENSIONS,
                "dimensions must be in [1, " + MOST_DIMENSIONS + "], got " + dimensions);
        this.generator = new SobolSequenceGenerator(dimensions);
        this.seeds = seeds;
        this.dimensions = dimensions;
    }

    /**
     * The sequence as it stands in the paper, beginning at the origin.
     *
     * @param dimensions of the cube, in [1, 1000]
     * @return the sequence
     */
    public static SobolSequence plain(int dimensions) {
        return new SobolSequence(dimensions, new int[0]);
    }

    /**
     * A scrambled sequence.
     *
     * @param dimensions of the cube, in [1, 1000]
     * @param seed of the scrambling
     * @return the sequence
     */
    public static SobolSequence scrambled(int dimensions, long seed) {
        int[] seeds = new int[Math.max(0, dimensions)];
        for (int d = 0; d < seeds.length; d++) {
            seeds[d] = (int) (Seeds.derive(seed, d) >>> 32);
        }
        return new SobolSequence(dimensions, seeds);
    }

    /**
     * One point.
     *
     * @param index its number, from 0
     * @param out takes the coordinates in [0, 1), one per dimension
     */
    public void point(int index, double[] out) {
        Check.atLeast(index, 0, "index");
        Check.that(out.length == dimensions, "out must have " + dimensions + " places, got " + out.length);
        double[] plain = generator.skipTo(index);
        for (int d = 0; d < dimensions; d++) {
            out[d] = seeds.length == 0 ? plain[d] : scrambled(plain[d], seeds[d]);
        }
    }

    /** The half puts the point into the middle of its smallest cell. */
    private static double scrambled(double plain, int seed) {
        int bits = (int) (long) (plain * TWO_TO_32);
        int scrambled = Integer.reverse(permuted(Integer.reverse(bits), seed));
        return ((scrambled & 0xFFFFFFFFL) + 0.5) / TWO_TO_32;
    }

    /** Laine and Karras (2011): each bit is flipped by a hash of the bits below it. */
    private static int permuted(int bits, int seed) {
        int x = bits + seed;
        x ^= x * 0x6c50b47c;
        x ^= x * 0xb82f1e52;
        x ^= x * 0xc7afe638;
        x ^= x * 0x8d22f6e6;
        return x;
    }
}
