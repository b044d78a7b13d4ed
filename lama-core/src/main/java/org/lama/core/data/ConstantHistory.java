package org.lama.core.data;

/**
 * Tells a column that pretends to be a history: the value at the time of the query, repeated in every row. Small whole
 * numbers are taken for properties such as decimals. Stateless.
 */
final class ConstantHistory {
    /** Fewer equal values in a row may be chance. */
    private static final int FEWEST_ROWS = 24;

    private static final double LARGEST_PROPERTY = 1000;

    private ConstantHistory() {}

    /** Whether all values are one number that is no property. */
    static boolean isSuspect(double[] values) {
        if (values.length < FEWEST_ROWS) {
            return false;
        }
        double first = values[0];
        boolean property = first == Math.rint(first) && Math.abs(first) <= LARGEST_PROPERTY;
        if (property || Double.isNaN(first)) {
            return false;
        }
        for (double value : values) {
            if (value != first) {
                return false;
            }
        }
        return true;
    }
}
