package org.lama.models.ensemble;

/** The outcomes of one member in a rolling window of time. Two passes per reading, so that no rounding builds up. */
final class SkillWindow {
    private final long[] times;
    private final double[] values;
    private int first;
    private int size;

    SkillWindow(int capacity) {
        times = new long[capacity];
        values = new double[capacity];
    }

    /** Keeps a finite outcome; the oldest one leaves if there is no room. */
    void add(long timeNanos, double value) {
        if (!Double.isFinite(value)) {
            return;
        }
        if (size == times.length) {
            first = (first + 1) % times.length;
            size--;
        }
        int slot = (first + size) % times.length;
        times[slot] = timeNanos;
        values[slot] = value;
        size++;
    }

    void forgetUpTo(double timeNanos) {
        while (size > 0 && times[first] <= timeNanos) {
            first = (first + 1) % times.length;
            size--;
        }
    }

    int size() {
        return size;
    }

    /** Mean over standard deviation; 0 where that is not a finite number (no variation, overflow). */
    double meanOverDeviation() {
        double mean = 0;
        for (int i = 0; i < size; i++) {
            mean += values[(first + i) % times.length] / size;
        }
        double squares = 0;
        for (int i = 0; i < size; i++) {
            double deviation = values[(first + i) % times.length] - mean;
            squares += deviation * deviation;
        }
        double ratio = mean / Math.sqrt(squares / (size - 1));
        return Double.isFinite(ratio) ? ratio : 0;
    }
}
