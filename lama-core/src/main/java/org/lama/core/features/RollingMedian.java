package org.lama.core.features;

import java.util.Arrays;

/**
 * The median of a sliding window row by row, in the bits of {@link Rolling#median}: values that are NaN or infinite are
 * skipped. O(window) moves of an array per row, which is fast for windows of some thousand rows. Mutable, single-threaded.
 */
final class RollingMedian {
    private final double[] ring;
    private final double[] sorted;
    private final int least;
    private int at;
    private int size;
    private double median = Double.NaN;

    RollingMedian(RollingWindow window) {
        ring = new double[window.lengthBars()];
        Arrays.fill(ring, Double.NaN);
        sorted = new double[window.lengthBars()];
        least = window.minimumPresent();
    }

    /** Moves the window on by one row and gives its median; NaN while too few values are present. */
    double next(double value) {
        if (Math.abs(ring[at]) < Double.POSITIVE_INFINITY) {
            int old = Arrays.binarySearch(sorted, 0, size, ring[at]);
            System.arraycopy(sorted, old + 1, sorted, old, size - old - 1);
            size--;
        }
        ring[at] = value + 0.0; // turns -0.0 into 0.0, which the search would tell apart
        if (Math.abs(value) < Double.POSITIVE_INFINITY) {
            int found = Arrays.binarySearch(sorted, 0, size, ring[at]);
            int place = found >= 0 ? found : -found - 1;
            System.arraycopy(sorted, place, sorted, place + 1, size - place);
            sorted[place] = ring[at];
            size++;
        }
        at = at + 1 == ring.length ? 0 : at + 1;
        median = size < least ? Double.NaN : middle();
        return median;
    }

    /** The median after the last row. */
    double median() {
        return median;
    }

    private double middle() {
        double upper = sorted[size / 2];
        return size % 2 == 1 ? upper : 0.5 * sorted[size / 2 - 1] + 0.5 * upper;
    }
}
