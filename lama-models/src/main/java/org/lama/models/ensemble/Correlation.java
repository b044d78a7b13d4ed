package org.lama.models.ensemble;

/** Pearson correlation over the rows in which both values are finite. */
final class Correlation {
    private Correlation() {}

    /** The correlation in [-1, 1]; 0 with fewer common rows than asked for or where one side does not vary. */
    static double of(double[] x, double[] y, int minimumRows) {
        double meanX = 0;
        double meanY = 0;
        int n = 0;
        for (int r = 0; r < x.length; r++) {
            if (Double.isFinite(x[r]) && Double.isFinite(y[r])) {
                n++;
                meanX += (x[r] - meanX) / n;
                meanY += (y[r] - meanY) / n;
            }
        }
        if (n < minimumRows) {
            return 0;
        }
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int r = 0; r < x.length; r++) {
            if (Double.isFinite(x[r]) && Double.isFinite(y[r])) {
                xx += (x[r] - meanX) * (x[r] - meanX);
                yy += (y[r] - meanY) * (y[r] - meanY);
                xy += (x[r] - meanX) * (y[r] - meanY);
            }
        }
        double correlation = xy / Math.sqrt(xx * yy);
        return Double.isFinite(correlation) ? Math.max(-1, Math.min(1, correlation)) : 0;
    }
}
