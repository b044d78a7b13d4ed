package org.lama.core.stats;

import org.lama.core.math.Sums;

/**
 * Preparations shared by the tests: is a series usable, and the same series on a scale at which squares neither overflow
 * nor vanish. Scaling is by powers of two and therefore changes no digit.
 */
final class Samples {
    private Samples() {}

    /** Why a series cannot be tested at all, or an empty text; all values must be finite. */
    static String complaint(double[] y, int from, int to) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int t = from; t < to; t++) {
            if (!Double.isFinite(y[t])) {
                return "the series holds a missing or infinite value at row " + t;
            }
            low = Math.min(low, y[t]);
            high = Math.max(high, y[t]);
        }
        return low >= high ? "the series is constant or empty" : "";
    }

    /** A power of two that brings the largest finite |y| into [0.5, 2); 1 for zeros. */
    static double scale(double[] y, int from, int to) {
        double largest = 0;
        for (int t = from; t < to; t++) {
            double size = Math.abs(y[t]);
            if (size > largest && size < Double.POSITIVE_INFINITY) {
                largest = size;
            }
        }
        // 2^1023 is the largest power there is: subnormal series end up below 0.5, still far from vanishing squares.
        return largest == 0 ? 1 : Math.scalb(1.0, Math.min(1023, -Math.getExponent(largest)));
    }

    /** Schwert's number of lags, ceil(12 (n / 100)^(1/4)). */
    static int schwert(int n) {
        return (int) Math.ceil(12 * Math.pow(n / 100.0, 0.25));
    }

    /** The largest |y|, 0 for no values. */
    static double largest(double[] y) {
        double largest = 0;
        for (double value : y) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** A scaled copy. */
    static double[] scaled(double[] y) {
        double scale = scale(y, 0, y.length);
        double[] copy = new double[y.length];
        for (int t = 0; t < y.length; t++) {
            copy[t] = y[t] * scale;
        }
        return copy;
    }

    /**
     * Subtracts the least-squares polynomial with the given number of terms (0 to 3), by projection on the orthogonal
     * polynomials 1, s and s^2 - (n^2 - 1) / 12 of s = t - (n - 1) / 2.
     */
    static void detrend(double[] y, int terms) {
        int n = y.length;
        if (terms > 0) {
            double mean = Sums.mean(y, 0, n);
            for (int t = 0; t < n; t++) {
                y[t] -= mean;
            }
        }
        for (int degree = 1; degree < terms; degree++) {
            double cross = 0;
            double square = 0;
            for (int t = 0; t < n; t++) {
                double p = polynomial(degree, t, n);
                cross += p * y[t];
                square += p * p;
            }
            double slope = square > 0 ? cross / square : 0;
            for (int t = 0; t < n; t++) {
                y[t] -= slope * polynomial(degree, t, n);
            }
        }
    }

    /** Orthogonal polynomial of degree 0, 1 or 2 over rows 0..n-1, at most about 1 in size. */
    static double polynomial(int degree, int t, int n) {
        double half = Math.max(1, 0.5 * (n - 1));
        double s = (t - 0.5 * (n - 1)) / half;
        return switch (degree) {
            case 0 -> 1;
            case 1 -> s;
            default -> s * s - ((double) n * n - 1) / (12 * half * half);
        };
    }
}
