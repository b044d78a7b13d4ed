package org.lama.models.anomaly;

/** Mean and standard deviation of each feature over the complete rows of a training window. */
@SuppressWarnings("ArrayRecordComponent") // shared inside the package, never compared or changed
record Standardisation(double[] mean, double[] deviation) {
    static Standardisation of(double[][] columns, boolean[] complete, int usable) {
        double[] mean = new double[columns.length];
        double[] deviation = new double[columns.length];
        for (int f = 0; f < columns.length; f++) {
            double n = 0;
            double squares = 0;
            for (int r = 0; r < complete.length; r++) {
                if (complete[r]) {
                    double delta = columns[f][r] - mean[f];
                    mean[f] += delta / ++n;
                    squares += delta * (columns[f][r] - mean[f]);
                }
            }
            deviation[f] = Math.sqrt(squares / Math.max(1, usable - 1));
        }
        return new Standardisation(mean, deviation);
    }

    /** The standardised value, kept finite; 0 for a feature that does not vary, or varies too wildly to be measured. */
    double standardise(int feature, double value) {
        double sd = deviation[feature];
        if (!(sd > 0 && sd < Double.POSITIVE_INFINITY)) {
            return 0;
        }
        double z = (value - mean[feature]) / sd;
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, z));
    }

    /** The standardised value; for one that does not exist that of the mean, 0. */
    double standardiseOrUsual(int feature, double value) {
        return Double.isFinite(value) ? standardise(feature, value) : 0;
    }

    /** Standardises complete rows in place and turns all others into NaN. */
    void apply(double[][] columns, boolean[] complete) {
        for (int f = 0; f < columns.length; f++) {
            for (int r = 0; r < complete.length; r++) {
                columns[f][r] = complete[r] ? standardise(f, columns[f][r]) : Double.NaN;
            }
        }
    }
}
