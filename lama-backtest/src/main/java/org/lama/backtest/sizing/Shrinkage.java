package org.lama.backtest.sizing;

/**
 * The two shrinkage targets of Ledoit and Wolf (2004). Columns are scaled by 1/√n, n rows; {@code matrix} holds their inner
 * products on entry and the shrunk matrix on return; the answer is the intensity.
 */
final class Shrinkage {
    private Shrinkage() {}

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int t = 0; t < a.length; t++) {
            sum += a[t] * b[t];
        }
        return sum;
    }

    /** Σ a^p b^q · n^((p + q)/2 − 1): the mean of a product of powers of unscaled deviations. */
    private static double product22(double[] a, double[] b) {
        double sum = 0;
        for (int t = 0; t < a.length; t++) {
            sum += a[t] * a[t] * b[t] * b[t];
        }
        return sum * a.length;
    }

    private static double product31(double[] a, double[] b) {
        double sum = 0;
        for (int t = 0; t < a.length; t++) {
            sum += a[t] * a[t] * a[t] * b[t];
        }
        return sum * a.length;
    }

    /** Towards the mean variance times the identity. */
    static double toIdentity(double[] matrix, double[][] columns, int n) {
        if (n == 0) {
            return 0;
        }
        double rows = columns[0].length;
        double trace = 0;
        double squares = 0;
        double fourth = 0;
        for (int i = 0; i < n; i++) {
            trace += matrix[i * n + i];
            for (int j = 0; j < n; j++) {
                squares += matrix[i * n + j] * matrix[i * n + j];
                fourth += product22(columns[i], columns[j]);
            }
        }
        double mean = trace / n;
        double distance = (squares - 2 * mean * trace + n * mean * mean) / n;
        double noise = Math.min((fourth - squares) / (n * rows), distance);
        double intensity = noise > 0 ? noise / distance : 0;
        for (int k = 0; k < n * n; k++) {
            matrix[k] = (1 - intensity) * matrix[k] + (k % (n + 1) == 0 ? intensity * mean : 0);
        }
        return intensity;
    }

    /** Towards one correlation for all pairs. */
    static double toConstantCorrelation(double[] matrix, double[][] columns, int n) {
        if (n < 2) {
            return 0;
        }
        double[] deviation = new double[n];
        for (int i = 0; i < n; i++) {
            deviation[i] = Math.sqrt(matrix[i * n + i]);
        }
        double correlation = meanCorrelation(matrix, deviation, n);
        double noise = 0;
        double shared = 0;
        double distance = 0;
        for (int i = 0; i < n; i++) {
            double variance = matrix[i * n + i];
            for (int j = 0; j < n; j++) {
                double entry = matrix[i * n + j];
                double own = product22(columns[i], columns[j]) - entry * entry;
                noise += own;
                if (i == j) {
                    shared += own;
                } else {
                    double theta = product31(columns[i], columns[j]) - variance * entry;
                    shared += correlation * deviation[j] / deviation[i] * theta;
                    double gap = entry - correlation * deviation[i] * deviation[j];
                    distance += gap * gap;
                }
            }
        }
        double kappa = (noise - shared) / distance;
        double intensity = kappa > 0 ? Math.min(1, kappa / columns[0].length) : 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double target = i == j ? matrix[i * n + j] : correlation * deviation[i] * deviation[j];
                matrix[i * n + j] = intensity * target + (1 - intensity) * matrix[i * n + j];
            }
        }
        return intensity;
    }

    private static double meanCorrelation(double[] matrix, double[] deviation, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                sum += matrix[i * n + j] / (deviation[i] * deviation[j]);
            }
        }
        return 2 * sum / ((double) n * (n - 1));
    }
}
