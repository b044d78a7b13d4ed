package org.lama.backtest.sweep;

/** Smallest and largest sum of one window per block of 16 and of 256 rows, side by side: [2b] and [2b + 1]. Immutable. */
final class ZoneMap {
    static final int FINE_SHIFT = 4;
    static final int COARSE_SHIFT = 8;
    private static final int RATIO_SHIFT = COARSE_SHIFT - FINE_SHIFT;

    final long[] fine;
    final long[] coarse;

    private ZoneMap(long[] fine, long[] coarse) {
        this.fine = fine;
        this.coarse = coarse;
    }

    /** The zones of one window; blocks with rows before the first full window cover the full ones alone. */
    static ZoneMap of(long[] sums, int window) {
        int rows = sums.length - 1;
        int blocks = (rows + 15) >> FINE_SHIFT;
        long[] fine = new long[2 * blocks];
        for (int b = 0; b < blocks; b++) {
            int from = Math.max(b << FINE_SHIFT, window - 1);
            reduce(sums, window, from, Math.min(rows, (b + 1) << FINE_SHIFT), fine, b);
        }
        int wide = (rows + 255) >> COARSE_SHIFT;
        long[] coarse = new long[2 * wide];
        for (int b = 0; b < wide; b++) {
            long low = Long.MAX_VALUE;
            long high = Long.MIN_VALUE;
            for (int k = b << RATIO_SHIFT; k < Math.min(blocks, (b + 1) << RATIO_SHIFT); k++) {
                low = Math.min(low, fine[2 * k]);
                high = Math.max(high, fine[2 * k + 1]);
            }
            coarse[2 * b] = low;
            coarse[2 * b + 1] = high;
        }
        return new ZoneMap(fine, coarse);
    }

    private static void reduce(long[] sums, int window, int from, int to, long[] out, int block) {
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (int t = from; t < to; t++) {
            long sum = sums[t + 1] - sums[t + 1 - window];
            low = Math.min(low, sum);
            high = Math.max(high, sum);
        }
        out[2 * block] = low;
        out[2 * block + 1] = high;
    }

    long bytes() {
        return 8L * (fine.length + coarse.length);
    }
}
