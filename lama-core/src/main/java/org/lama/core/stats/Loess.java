package org.lama.core.stats;

/**
 * Local regression on equally spaced rows with tricube weights, as STL uses it: degree 0 or 1, a window that slides with
 * the row and stands still at the ends, fitted at every jump-th row with straight lines in between. Owned by one thread;
 * allocates nothing after construction.
 */
final class Loess {
    private final double[] weights;

    /** Degree, span and distance of fitted rows of one smoother. */
    record Window(int span, int degree, int jump) {}

    Loess(int longest) {
        weights = new double[longest];
    }

    /**
     * Smooths rows 0..n-1 of y into out[to..to+n-1].
     *
     * @param rowWeights weights of the rows, all 1 where nothing is down-weighted
     */
    void smooth(double[] y, int n, Window window, double[] rowWeights, double[] out, int to) {
        if (n < 2) {
            out[to] = y[0];
            return;
        }
        int jump = Math.min(window.jump(), n - 1);
        int last = 0;
        for (int row = 0; row < n; row += jump) {
            out[to + row] = fitted(y, n, window, rowWeights, row);
            last = row;
        }
        if (jump == 1) {
            return;
        }
        for (int row = 0; row + jump <= last; row += jump) {
            connect(out, to + row, to + row + jump);
        }
        if (last != n - 1) {
            out[to + n - 1] = fitted(y, n, window, rowWeights, last, n - 1);
            connect(out, to + last, to + n - 1);
        }
    }

    private static void connect(double[] out, int from, int until) {
        double step = (out[until] - out[from]) / (until - from);
        for (int i = from + 1; i < until; i++) {
            out[i] = out[from] + step * (i - from);
        }
    }

    private double fitted(double[] y, int n, Window window, double[] rowWeights, int row) {
        return fitted(y, n, window, rowWeights, row, row);
    }

    /** The value at a row from the window of another row; the row itself where every weight is zero. */
    private double fitted(double[] y, int n, Window window, double[] rowWeights, int windowRow, int row) {
        int left = left(n, window.span(), windowRow);
        int right = Math.min(n, left + window.span()) - 1;
        double value = at(y, n, window, rowWeights, row, left, right);
        return Double.isNaN(value) ? y[row] : value;
    }

    /** First row of the window: centred on the row, moved inside the series at its ends. */
    private static int left(int n, int span, int row) {
        if (span >= n) {
            return 0;
        }
        int half = (span + 1) / 2;
        return Math.max(0, Math.min(n - span, row - half + 1));
    }

    /**
     * The local fit at position x (which may lie one row outside) from rows left..right.
     *
     * @return NaN if all weights are zero
     */
    double at(double[] y, int n, Window window, double[] rowWeights, double x, int left, int right) {
        double reach = Math.max(x - left, right - x);
        if (window.span() > n) {
            int beyond = (window.span() - n) / 2;
            reach += beyond;
        }
        double total = tricube(rowWeights, x, left, right, reach);
        if (!(total > 0)) {
            return Double.NaN;
        }
        for (int j = left; j <= right; j++) {
            weights[j] /= total;
        }
        if (reach > 0 && window.degree() > 0) {
            tilt(n, x, left, right);
        }
        double value = 0;
        for (int j = left; j <= right; j++) {
            value += weights[j] * y[j];
        }
        return value;
    }

    private double tricube(double[] rowWeights, double x, int left, int right, double reach) {
        double far = 0.999 * reach;
        double near = 0.001 * reach;
        double total = 0;
        for (int j = left; j <= right; j++) {
            double distance = Math.abs(j - x);
            double weight = 0;
            if (distance <= far) {
                double share = distance / reach;
                double rest = 1 - share * share * share;
                weight = (distance <= near ? 1 : rest * rest * rest) * rowWeights[j];
                total += weight;
            }
            weights[j] = weight;
        }
        return total;
    }

    /** Turns weights of a local mean into those of a local line, unless the rows hardly spread. */
    private void tilt(int n, double x, int left, int right) {
        double centre = 0;
        for (int j = left; j <= right; j++) {
            centre += weights[j] * j;
        }
        double spread = 0;
        for (int j = left; j <= right; j++) {
            spread += weights[j] * (j - centre) * (j - centre);
        }
        if (Math.sqrt(spread) > 0.001 * (n - 1)) {
            double slope = (x - centre) / spread;
            for (int j = left; j <= right; j++) {
                weights[j] *= slope * (j - centre) + 1;
            }
        }
    }
}
