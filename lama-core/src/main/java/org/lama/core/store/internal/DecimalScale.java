package org.lama.core.store.internal;

/**
 * Finds whether doubles are decimals with few digits: {@code v = rint(v·10^k) / 10^k} for one k up to 12 and all values,
 * bit by bit, with {@code |v·10^k| < 2^53}. Then the integers hold everything: both the integer and the power are exact
 * doubles, and a division rounds correctly. -0.0, infinities and odd NaNs are no decimals; the canonical NaN counts as
 * missing. Static and thread-safe; about two nanoseconds a value.
 */
final class DecimalScale {
    /** What a column that is no decimal has for a scale. */
    static final int NONE = -1;

    /** The bits of the one NaN that Java makes itself. */
    static final long MISSING = 0x7ff8000000000000L;

    private static final int LARGEST = 12;
    private static final double LIMIT = 0x1p53;
    private static final double[] POWERS = powers();

    private DecimalScale() {}

    private static double[] powers() {
        double[] powers = new double[LARGEST + 1];
        long power = 1;
        for (int k = 0; k <= LARGEST; k++) {
            powers[k] = power;
            power *= 10;
        }
        return powers;
    }

    static double power(int scale) {
        return POWERS[scale];
    }

    /** The least scale that holds all values of a range, or {@link #NONE}. */
    static int of(double[] values, int from, int to) {
        int scale = 0;
        boolean raised = true;
        while (raised) {
            raised = false;
            int at = from;
            while (at < to) {
                at = mismatch(values, at, to, POWERS[scale]);
                if (at < to) {
                    scale = next(values[at], scale);
                    if (scale == NONE) {
                        return NONE;
                    }
                    raised = true;
                }
            }
        }
        return scale;
    }

    private static int next(double value, int above) {
        for (int scale = above + 1; scale <= LARGEST; scale++) {
            if (fits(value, POWERS[scale])) {
                return scale;
            }
        }
        return NONE;
    }

    private static int mismatch(double[] values, int from, int to, double power) {
        for (int i = from; i < to; i++) {
            if (!fits(values[i], power)) {
                return i;
            }
        }
        return to;
    }

    private static boolean fits(double value, double power) {
        // -0.0 becomes +0.0 here and is found out below
        double scaled = Math.rint(value * power) + 0.0;
        long bits = Double.doubleToRawLongBits(value);
        boolean back = Double.doubleToRawLongBits(scaled / power) == bits && Math.abs(scaled) < LIMIT;
        return back || bits == MISSING;
    }

    static boolean isMissing(double value) {
        return Double.doubleToRawLongBits(value) == MISSING;
    }
}
