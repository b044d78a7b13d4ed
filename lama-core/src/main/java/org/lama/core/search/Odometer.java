package org.lama.core.search;

/**
 * Walks through the points of a space that can be counted: the last parameter turns fastest, one that does not exist
 * stands still, points outside the constraints are passed over. Uses constant memory. Mutable.
 */
final class Odometer {
    private final Dimensions space;
    private final long[] counts;
    private final long[] digits;
    private final double[] coordinates;
    private boolean started;

    /** Stands before the first point. */
    Odometer(Dimensions space) {
        this.space = space;
        int n = space.parameters().size();
        counts = new long[n];
        digits = new long[n];
        coordinates = new double[n];
        for (int i = 0; i < n; i++) {
            counts[i] = space.parameters().get(i).count().orElseThrow();
        }
    }

    /** Stands at a given point; the next step leads behind it. */
    Odometer(Dimensions space, double[] from) {
        this(space);
        System.arraycopy(from, 0, coordinates, 0, from.length);
        for (int i = 0; i < from.length; i++) {
            digits[i] = Double.isNaN(from[i]) ? 0 : space.parameters().get(i).indexOf(from[i]);
        }
        started = true;
    }

    /** The coordinates of the point it stands at, lent. */
    double[] coordinates() {
        return coordinates;
    }

    /** Goes to the next point; false when there is none. */
    boolean advance() {
        while (step()) {
            if (space.satisfies(coordinates)) {
                return true;
            }
        }
        return false;
    }

    private boolean step() {
        if (!started) {
            started = true;
            settleFrom(0);
            return true;
        }
        for (int i = digits.length - 1; i >= 0; i--) {
            if (!Double.isNaN(coordinates[i]) && digits[i] + 1 < counts[i]) {
                digits[i]++;
                coordinates[i] = space.parameters().get(i).at(digits[i]);
                settleFrom(i + 1);
                return true;
            }
        }
        return false;
    }

    /** Turns the wheels from one on back to their first value. */
    private void settleFrom(int first) {
        for (int i = first; i < digits.length; i++) {
            digits[i] = 0;
            coordinates[i] =
                    space.isActive(i, coordinates) ? space.parameters().get(i).at(0) : Double.NaN;
        }
    }
}
