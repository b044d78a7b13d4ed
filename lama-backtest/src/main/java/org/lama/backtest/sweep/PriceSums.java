package org.lama.backtest.sweep;

import java.util.Optional;

/**
 * Closes as whole numbers of their last decimal place with their running sum, so that sums of windows are exact. Immutable.
 */
final class PriceSums {
    private static final int FINEST = 8;
    private static final double LARGEST = 0x1p62;
    /** Two means are equal when they agree to twelve digits: prices are decimal numbers, and floats must not break a tie. */
    private static final double EQUAL = 1e-12;

    /** sums[t + 1] = whole closes 0 to t. */
    final long[] sums;

    private final long largest;

    private PriceSums(long[] sums, long largest) {
        this.sums = sums;
        this.largest = largest;
    }

    /** The sums, or nothing if the closes have more than 8 decimals or are too many. */
    static Optional<PriceSums> of(double[] close) {
        for (int decimals = 0; decimals <= FINEST; decimals++) {
            double scale = Math.pow(10, decimals);
            if (areWhole(close, scale)) {
                return scaled(close, scale);
            }
        }
        return Optional.empty();
    }

    private static boolean areWhole(double[] close, double scale) {
        for (double price : close) {
            if (Math.rint(price * scale) / scale != price) {
                return false;
            }
        }
        return true;
    }

    private static Optional<PriceSums> scaled(double[] close, double scale) {
        double largest = 0;
        for (double price : close) {
            largest = Math.max(largest, Math.rint(price * scale));
        }
        if (!(largest * Math.max(1, close.length) < LARGEST)) {
            return Optional.empty();
        }
        long[] sums = new long[close.length + 1];
        for (int t = 0; t < close.length; t++) {
            sums[t + 1] = sums[t] + (long) Math.rint(close[t] * scale);
        }
        return Optional.of(new PriceSums(sums, (long) largest));
    }

    int size() {
        return sums.length - 1;
    }

    /** Whether sumFast · slow fits into 64 bits. */
    boolean fits(WindowRule rule) {
        return (double) largest * rule.fastBars() * rule.slowBars() < LARGEST;
    }

    /** No difference above this is a tie. */
    long largestTie(WindowRule rule) {
        return (long) (EQUAL * largest * rule.fastBars() * rule.slowBars()) + 1;
    }

    /** Whether the fast mean is above the slow one at a row: exactly, then by more than a tie. */
    boolean isAbove(WindowRule rule, int row) {
        long slow = (sums[row + 1] - sums[row + 1 - rule.slowBars()]) * rule.fastBars();
        long difference = (sums[row + 1] - sums[row + 1 - rule.fastBars()]) * rule.slowBars() - slow;
        return difference > 0 && difference > EQUAL * slow;
    }
}
