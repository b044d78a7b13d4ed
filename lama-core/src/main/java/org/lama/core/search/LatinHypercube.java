package org.lama.core.search;

import org.lama.core.base.Seeds;

/**
 * Latin hypercubes one after the other (McKay, Beckman and Conover 1979, doi:10.2307/1268522): of as many points as
 * there are layers each lies in another layer of every dimension. The orders of the layers are permutations by a
 * four-round Feistel network with cycle walking, so that no order is held in memory. Immutable.
 */
final class LatinHypercube implements DesignSampler.Design {
    private static final int ROUNDS = 4;

    private final long seed;
    private final long layers;
    private final int halfBits;

    LatinHypercube(long seed, int layers) {
        this.seed = seed;
        this.layers = layers;
        int bits = 64 - Long.numberOfLeadingZeros(Math.max(1, layers - 1));
        halfBits = Math.max(1, (bits + 1) / 2);
    }

    @Override
    public void point(long index, double[] out) {
        long cube = index / layers;
        long place = index % layers;
        for (int d = 0; d < out.length; d++) {
            long key = Seeds.derive(Seeds.derive(seed, cube), d);
            double within = (Seeds.derive(key, ~place) >>> 11) * 0x1.0p-53;
            out[d] = (layer(place, key) + within) / layers;
        }
    }

    /** A permutation of [0, layers). */
    private long layer(long place, long key) {
        long mask = (1L << halfBits) - 1;
        long value = place;
        do {
            long left = value >>> halfBits;
            long right = value & mask;
            for (int round = 0; round < ROUNDS; round++) {
                long swap = right;
                right = left ^ (Seeds.derive(key + round, right) & mask);
                left = swap;
            }
            value = (left << halfBits) | right;
        } while (value >= layers);
        return value;
    }
}
