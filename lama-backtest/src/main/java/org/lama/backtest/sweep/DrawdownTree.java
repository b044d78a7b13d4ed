package org.lama.backtest.sweep;

/**
 * The deepest fall of a price inside any stretch of rows, in logarithmic steps: a tree over blocks of 16 closes, whose nodes
 * hold the highest and lowest close and the smallest ratio of a later to an earlier one. A walk carries a peak that was
 * reached before. Immutable; walks are single-threaded.
 */
final class DrawdownTree {
    private static final int SHIFT = 4;
    private static final int BLOCK = 1 << SHIFT;

    private final double[] close;
    /** First leaf; a power of two. */
    private final int leaves;
    /** Highest, lowest and smallest ratio of node k at 4k, 4k + 1, 4k + 2. */
    private final double[] nodes;

    DrawdownTree(double[] close) {
        this.close = close;
        int blocks = Math.max(1, (close.length + BLOCK - 1) >> SHIFT);
        leaves = Integer.highestOneBit(2 * blocks - 1);
        nodes = new double[8 * leaves];
        for (int k = 0; k < 2 * leaves; k++) {
            set(k, 0, Double.POSITIVE_INFINITY, 1);
        }
        Walk walk = new Walk();
        for (int b = 0; b < blocks; b++) {
            walk.begin(0);
            walk.rows(b << SHIFT, Math.min(close.length, (b + 1) << SHIFT));
            set(leaves + b, walk.peak, lowest(b), walk.worst);
        }
        for (int k = leaves - 1; k > 0; k--) {
            join(k);
        }
    }

    private double lowest(int block) {
        double low = Double.POSITIVE_INFINITY;
        for (int t = block << SHIFT; t < Math.min(close.length, (block + 1) << SHIFT); t++) {
            low = Math.min(low, close[t]);
        }
        return low;
    }

    private void set(int node, double high, double low, double ratio) {
        nodes[4 * node] = high;
        nodes[4 * node + 1] = low;
        nodes[4 * node + 2] = ratio;
    }

    private void join(int k) {
        int left = 8 * k;
        int right = 8 * k + 4;
        double across =
                nodes[left] > 0 && nodes[right + 1] < Double.POSITIVE_INFINITY ? nodes[right + 1] / nodes[left] : 1;
        set(
                k,
                Math.max(nodes[left], nodes[right]),
                Math.min(nodes[left + 1], nodes[right + 1]),
                Math.min(Math.min(nodes[left + 2], nodes[right + 2]), across));
    }

    /** A walk over stretches of rows with the highest price so far and the smallest ratio to it. */
    final class Walk {
        double peak;
        double worst = 1;

        /** Starts anew below a peak that was reached before. */
        void begin(double before) {
            peak = before;
            worst = 1;
        }

        /** Goes over rows from, inclusive, to, exclusive. */
        void over(int from, int to) {
            int first = (from + BLOCK - 1) >> SHIFT;
            int last = to >> SHIFT;
            if (first >= last) {
                rows(from, to);
                return;
            }
            rows(from, first << SHIFT);
            blocks(leaves + first, leaves + last);
            rows(last << SHIFT, to);
        }

        /** Leaves from, inclusive, to, exclusive, in their order: up the left side, then down the right one. */
        private void blocks(int from, int to) {
            int l = from;
            int r = to;
            int level = 0;
            while (l < r) {
                if ((l & 1) == 1) {
                    node(l++);
                }
                l >>= 1;
                r >>= 1;
                level++;
            }
            for (level--; level >= 0; level--) {
                int right = to >> level;
                // the left side never reaches what the right side takes: l < r held at this level
                if ((right & 1) == 1) {
                    node(right - 1);
                }
            }
        }

        private void node(int k) {
            double high = nodes[4 * k];
            double across = nodes[4 * k + 1] / peak;
            double own = nodes[4 * k + 2];
            if (across < worst) {
                worst = across;
            }
            if (own < worst) {
                worst = own;
            }
            if (high > peak) {
                peak = high;
            }
        }

        private void rows(int from, int to) {
            double high = peak;
            double least = worst;
            for (int t = from; t < to; t++) {
                double price = close[t];
                if (price > high) {
                    high = price;
                } else {
                    least = price < least * high ? price / high : least;
                }
            }
            peak = high;
            worst = least;
        }
    }
}
