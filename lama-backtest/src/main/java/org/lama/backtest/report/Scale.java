package org.lama.backtest.report;

/** Maps values to pixels, evenly or by their logarithm. A value that has no logarithm maps to NaN. */
record Scale(double low, double high, double start, double end, boolean log) {
    static Scale linear(double low, double high, double start, double end) {
        return new Scale(low, high, start, end, false);
    }

    static Scale logarithmic(double low, double high, double start, double end) {
        return new Scale(low, high, start, end, true);
    }

    double map(double value) {
        double span = log ? Math.log(high / low) : high - low;
        if (!(span > 0)) {
            return Double.isNaN(value) ? Double.NaN : (start + end) / 2;
        }
        double part = log ? Math.log(value / low) / span : (value - low) / span;
        return start + part * (end - start);
    }

    /** Smallest and largest finite value of several columns; {0, 1} if there is none. */
    static double[] range(double[]... columns) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double[] column : columns) {
            for (double value : column) {
                if (Double.isFinite(value)) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
        }
        return low <= high ? new double[] {low, high} : new double[] {0, 1};
    }

    /** The range widened by a fraction on both sides; a single value gets a span around it. */
    static double[] padded(double[] range, double fraction) {
        double span = range[1] - range[0];
        double pad = span > 0 ? span * fraction : Math.max(Math.abs(range[0]) * 0.1, 1e-9);
        return new double[] {range[0] - pad, range[1] + pad};
    }
}
