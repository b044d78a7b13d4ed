package org.lama.models.regime;

import java.util.Arrays;
import org.lama.core.math.Sums;

/** The values of a rolling window of time, in order of time and in order of size. NaN values do not enter. */
final class RollingRanks {
    private final double windowNanos;
    private final long[] times;
    private final double[] values;
    private final double[] sorted;
    private int first;
    private int size;

    RollingRanks(int capacity, double windowNanos) {
        this.windowNanos = windowNanos;
        int slots = Math.max(1, capacity);
        times = new long[slots];
        values = new double[slots];
        sorted = new double[slots];
    }

    /** Adds a value and returns its mid-rank in [0, 1] among all, itself included; NaN for NaN. */
    double add(long time, double value) {
        forgetUntil(time);
        if (Double.isNaN(value)) {
            return Double.NaN;
        }
        if (size == times.length) {
            forgetOldest();
        }
        double clean = value + 0.0; // -0 and 0 are one value
        int slot = (first + size) % times.length;
        times[slot] = time;
        values[slot] = clean;
        int at = lower(clean);
        System.arraycopy(sorted, at, sorted, at + 1, size - at);
        sorted[at] = clean;
        size++;
        int above = at;
        while (above < size && sorted[above] == clean) {
            above++;
        }
        return (at + 0.5 * (above - at)) / size;
    }

    void forgetUntil(long now) {
        while (size > 0 && (double) (now - times[first]) >= windowNanos) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        int at = lower(values[first]);
        System.arraycopy(sorted, at + 1, sorted, at, size - at - 1);
        first = (first + 1) % times.length;
        size--;
    }

    /** The first place in the sorted values that holds no smaller value. */
    private int lower(double value) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    int size() {
        return size;
    }

    /** Mean of the window; 0 if it is empty. */
    double mean() {
        return size == 0 ? 0 : Sums.neumaier(sorted, 0, size) / size;
    }

    /** The smallest value above 0; positive infinity if there is none. */
    double smallestPositive() {
        int found = Arrays.binarySearch(sorted, 0, size, Double.MIN_VALUE);
        int at = found >= 0 ? found : -found - 1;
        return at < size ? sorted[at] : Double.POSITIVE_INFINITY;
    }
}
