package org.lama.core.indicators;

/**
 * The recursion y = q y' + k x, with q = 1 - k. Rows go in pairs and the second of a pair is reached from the row before
 * the pair, y = q q y'' + (q k x' + k x): this halves the chain from row to row, which bounds the speed, and needs no
 * fused multiply-add, which is slow without hardware. Single rows keep to the same pairs, so the bits are the same.
 */
final class Recurrence {
    private final double weight;
    private final double keep;
    private final double keepTwice;
    private double base;
    private double pending;
    private boolean half;

    Recurrence(double weight) {
        this.weight = weight;
        keep = 1 - weight;
        keepTwice = keep * keep;
    }

    /** The value from which the next row goes on. */
    void begin(double value) {
        base = value;
        half = false;
    }

    /** Finite unless a value was not. */
    double state() {
        return half ? base + pending : base;
    }

    /** One row. */
    double next(double x) {
        double added = x * weight;
        if (half) {
            base = base * keepTwice + (pending * keep + added);
            half = false;
            return base;
        }
        pending = added;
        half = true;
        return base * keep + added;
    }

    /** Rows of an array, which may be the one that receives the values, with the same shift then. */
    void run(double[] x, int from, int to, double[] out, int shift) {
        int i = from;
        if (half && i < to) {
            out[i + shift] = next(x[i]);
            i++;
        }
        double k = weight;
        double q = keep;
        double qq = keepTwice;
        double y = base;
        int whole = to - (to - i) % 2;
        for (; i < whole; i += 2) {
            double first = x[i] * k;
            double second = x[i + 1] * k;
            out[i + shift] = y * q + first;
            y = y * qq + (first * q + second);
            out[i + 1 + shift] = y;
        }
        base = y;
        if (i < to) {
            out[i + shift] = next(x[i]);
        }
    }
}
