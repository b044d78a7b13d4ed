package org.lama.backtest.api;

/** The mean correlation of all pairs of series, in O(series · rows): the sum of all is as varied as they are alike. */
final class MeanCorrelation {
    private MeanCorrelation() {}

    /** In [-1, 1]; constant series are left out; 0 with fewer than two others. */
    static double of(double[][] series) {
        int rows = series.length == 0 ? 0 : series[0].length;
        double[] sum = new double[rows];
        int count = 0;
        for (double[] each : series) {
            double mean = 0;
            for (double value : each) {
                mean += value / rows;
            }
            double squares = 0;
            for (double value : each) {
                squares += (value - mean) * (value - mean);
            }
            if (squares > 0) {
                double norm = Math.sqrt(squares);
                for (int t = 0; t < rows; t++) {
                    sum[t] += (each[t] - mean) / norm;
                }
                count++;
            }
        }
        double total = 0;
        for (double value : sum) {
            total += value * value;
        }
        // the square of a sum of unit vectors: their number, and each pair twice
        return count < 2 ? 0 : (total - count) / ((double) count * (count - 1));
    }
}
