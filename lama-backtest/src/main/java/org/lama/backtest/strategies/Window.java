package org.lama.backtest.strategies;

/**
 * The last n values with their running sum, which is added up anew once per n values, so that rounding does not
 * accumulate. For one thread; {@link #add} allocates nothing.
 */
final class Window {
    private final double[] values;
    private int at;
    private int count;
    private double sum;

    Window(int size) {
        values = new double[size];
    }

    void clear() {
        at = 0;
        count = 0;
        sum = 0;
    }

    void add(double value) {
        sum += value - (isFull() ? values[at] : 0);
        values[at] = value;
        at++;
        count = Math.min(count + 1, values.length);
        if (at == values.length) {
            at = 0;
            sum = 0;
            for (double each : values) {
                sum += each;
            }
        }
    }

    boolean isFull() {
        return count == values.length;
    }

    double mean() {
        return sum / count;
    }

    /** The value that many steps back; 0 is the last one. */
    double ago(int steps) {
        int i = at - 1 - steps;
        return values[i < 0 ? i + values.length : i];
    }

    double max() {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            max = Math.max(max, values[i]);
        }
        return max;
    }

    double min() {
        double min = Double.POSITIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            min = Math.min(min, values[i]);
        }
        return min;
    }
}
