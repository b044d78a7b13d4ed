package org.lama.models.garch;

import org.lama.core.math.Sums;

/**
 * Returns made ready: missing rows closed up, divided by a power of two near their standard deviation (so that the scale
 * of the data changes no decision and no rounding), with the variance before the first row.
 */
final class GarchSample {
    private static final double DECAY = 0.94;
    private static final int BACKCAST_ROWS = 75;

    /** Present returns divided by {@link #scale}. */
    final double[] x;
    /** Work arrays of this fit; {@link #x} is one of them. */
    final GarchArrays arrays;
    /** What the caller gave, from row {@link #from} to row {@link #to}; not to be changed, and let go with the sample. */
    private final double[] returns;

    private final int from;
    private final int to;
    /** A power of two; 1 where there is nothing to scale. */
    final double scale;
    /** Mean of x. */
    final double mean;
    /** Mean square of x around the mean of the model's start: the mean of x, or 0. */
    final double variance;
    /** Exponentially weighted mean of the first squared shocks: the variance before the first row. */
    final double backcast;
    /** Why nothing can be estimated; empty if something can. */
    final String defect;

    private GarchSample(Window window, double[] x, double scale, boolean constantMean, String defect) {
        this.x = x;
        arrays = window.arrays;
        returns = window.returns;
        from = window.from;
        to = window.to;
        this.scale = scale;
        mean = x.length > 0 ? Sums.mean(x, 0, x.length) : Double.NaN;
        double centre = constantMean ? mean : 0;
        variance = meanSquare(x, centre);
        backcast = backcast(x, centre);
        this.defect = defect;
    }

    /** Rows of a series, with the arrays to work in, which are valid until they are closed. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Window(double[] returns, int from, int to, GarchArrays arrays) {
        private int infinite() {
            int count = 0;
            for (int t = from; t < to; t++) {
                count += Double.isInfinite(returns[t]) ? 1 : 0;
            }
            return count;
        }

        private double[] present() {
            int count = 0;
            for (int t = from; t < to; t++) {
                count += Double.isFinite(returns[t]) ? 1 : 0;
            }
            double[] x = arrays.take(count);
            int next = 0;
            for (int t = from; t < to; t++) {
                if (Double.isFinite(returns[t])) {
                    x[next++] = returns[t];
                }
            }
            return x;
        }
    }

    static GarchSample of(double[] returns, GarchSpec spec, GarchArrays arrays) {
        return of(new Window(returns, 0, returns.length, arrays), spec);
    }

    static GarchSample of(Window window, GarchSpec spec) {
        double[] x = window.present();
        int count = x.length;
        int infinite = window.infinite();
        double largest = 0;
        for (double value : x) {
            largest = Math.max(largest, Math.abs(value));
        }
        // first into a range where squares are safe, then to a standard deviation in [1, 2)
        double scale = rescale(x, largest);
        double centre = spec.constantMean() && count > 0 ? Sums.mean(x, 0, count) : 0;
        scale *= rescale(x, Math.sqrt(meanSquare(x, centre)));
        String defect = infinite > 0
                ? "infinite returns in " + infinite + " of " + (window.to - window.from) + " rows"
                : defect(x, scale, spec);
        return new GarchSample(window, x, scale, spec.constantMean(), defect);
    }

    private static double rescale(double[] x, double size) {
        if (!(size >= Double.MIN_NORMAL)) {
            return 1;
        }
        int exponent = Math.getExponent(size);
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.scalb(x[i], -exponent);
        }
        return Math.scalb(1.0, exponent);
    }

    private static String defect(double[] x, double scale, GarchSpec spec) {
        int needed = spec.minimumRows();
        if (x.length < needed) {
            return spec + " needs " + needed + " returns, got " + x.length;
        }
        boolean constant = true;
        for (double value : x) {
            constant &= value == x[0];
        }
        if (constant) {
            return "all " + x.length + " returns are equal to " + x[0] * scale;
        }
        double square = scale * scale;
        return square > 1e-290 && square < 1e290
                ? ""
                : "the variance of returns of size " + scale + " leaves the range of double";
    }

    private static double meanSquare(double[] x, double centre) {
        double sum = 0;
        for (double value : x) {
            sum += (value - centre) * (value - centre);
        }
        return x.length > 0 ? sum / x.length : Double.NaN;
    }

    private static double backcast(double[] x, double centre) {
        double sum = 0;
        double weights = 0;
        double weight = 1;
        for (int t = 0; t < Math.min(BACKCAST_ROWS, x.length); t++) {
            sum += weight * (x[t] - centre) * (x[t] - centre);
            weights += weight;
            weight *= DECAY;
        }
        // 0 only when the first rows are all equal to the mean: then any positive start will do
        return sum > 0 ? sum / weights : meanSquare(x, centre);
    }

    /** Puts one number per present row back to the rows of the caller, NaN where missing. */
    double[] spread(double[] values, double factor) {
        double[] result = new double[to - from];
        int next = 0;
        for (int t = 0; t < result.length; t++) {
            result[t] = Double.isFinite(returns[from + t]) ? values[next++] * factor : Double.NaN;
        }
        return result;
    }

    /** Parameters in the units of x from those in the units of the returns, in place. */
    void toSampleUnits(GarchSpec spec, double[] theta) {
        convert(spec, theta, 1 / scale);
    }

    /** Parameters in the units of the returns from those in the units of x, in place. */
    void toReturnUnits(GarchSpec spec, double[] theta) {
        convert(spec, theta, scale);
    }

    private static void convert(GarchSpec spec, double[] theta, double factor) {
        if (spec.constantMean()) {
            theta[spec.muAt()] *= factor;
        }
        if (spec.logarithmic()) {
            double left = 1;
            for (int j = 0; j < spec.q(); j++) {
                left -= theta[spec.betaAt() + j];
            }
            theta[spec.omegaAt()] += 2 * left * Math.log(factor);
        } else {
            theta[spec.omegaAt()] *= factor * factor;
        }
    }
}
