package org.lama.models.garch;

import java.util.Arrays;
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
    /** Row of each present return in what the caller gave. */
    final int[] rows;
    /** Rows that the caller gave. */
    final int length;
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

    private GarchSample(double[] x, int[] rows, int length, double scale, boolean constantMean, String defect) {
        this.x = x;
        this.rows = rows;
        this.length = length;
        this.scale = scale;
        mean = x.length > 0 ? Sums.mean(x, 0, x.length) : Double.NaN;
        double centre = constantMean ? mean : 0;
        variance = meanSquare(x, centre);
        backcast = backcast(x, centre);
        this.defect = defect;
    }

    static GarchSample of(double[] returns, GarchSpec spec) {
        int[] rows = new int[returns.length];
        int count = 0;
        int infinite = 0;
        for (int t = 0; t < returns.length; t++) {
            if (Double.isInfinite(returns[t])) {
                infinite++;
            } else if (!Double.isNaN(returns[t])) {
                rows[count++] = t;
            }
        }
        double[] x = new double[count];
        double largest = 0;
        for (int i = 0; i < count; i++) {
            x[i] = returns[rows[i]];
            largest = Math.max(largest, Math.abs(x[i]));
        }
        // first into a range where squares are safe, then to a standard deviation in [1, 2)
        double scale = rescale(x, largest);
        double centre = spec.constantMean() && count > 0 ? Sums.mean(x, 0, count) : 0;
        scale *= rescale(x, Math.sqrt(meanSquare(x, centre)));
        String defect = infinite > 0
                ? "infinite returns in " + infinite + " of " + returns.length + " rows"
                : defect(x, scale, spec);
        return new GarchSample(x, Arrays.copyOf(rows, count), returns.length, scale, spec.constantMean(), defect);
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
        int needed = spec.parameters() + spec.maxLag() + 1;
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
        double[] result = new double[length];
        Arrays.fill(result, Double.NaN);
        for (int i = 0; i < rows.length; i++) {
            result[rows[i]] = values[i] * factor;
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
