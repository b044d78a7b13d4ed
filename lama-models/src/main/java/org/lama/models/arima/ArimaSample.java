package org.lama.models.arima;

import java.util.stream.IntStream;
import org.lama.core.math.Sums;

/**
 * One series made ready for estimation at a given d: trimmed to its observed part, centred, scaled by a power of two
 * (exact), differenced. Immutable after construction.
 */
final class ArimaSample {
    /** Why no model can be estimated; empty if one can. */
    final String defect;

    final int d;
    final boolean constant;
    /** First row that the filter predicts; the d rows before it are its start. */
    final int first;

    final int length;
    /** Scaled, centred levels of the whole series, NaN where missing. */
    final double[] levels;
    /** The second column: 1 at d = 0, the row number at d = 1. */
    final double[] column;
    /** Scaled, centred differences from {@link #first} on, gaps interpolated in levels. */
    final double[] w;

    final boolean gaps;
    final int observations;
    final double scale;
    final double centre;
    /** Level that was subtracted before scaling. */
    final double origin;

    private final FitArrays arrays;

    private ArimaSample(Builder builder) {
        defect = builder.defect;
        d = builder.d;
        constant = builder.constant;
        first = builder.first;
        length = builder.y.length;
        levels = builder.levels;
        column = builder.column;
        w = builder.w;
        gaps = builder.gaps;
        observations = builder.observations;
        scale = builder.scale;
        centre = builder.centre;
        origin = builder.origin;
        arrays = builder.arrays;
    }

    static ArimaSample of(double[] y, int d, boolean constant) {
        return of(y, d, constant, FitArrays.fresh());
    }

    /** A sample in lent arrays: useless once they are closed. */
    static ArimaSample of(double[] y, int d, boolean constant, FitArrays arrays) {
        Builder builder = new Builder(y, d, constant, arrays);
        builder.build();
        return new ArimaSample(builder);
    }

    /** Work arrays for a likelihood of this sample. */
    Scratch scratch() {
        return arrays.scratch(w.length);
    }

    /** The constant on the scale of the series. */
    double constant(double level) {
        return constant ? centre + level * scale : 0;
    }

    /** Rows of {@link #w} whose level is missing, ascending. */
    int[] missing() {
        return IntStream.range(0, w.length)
                .filter(i -> Double.isNaN(levels[first + i]))
                .toArray();
    }

    /** Whether the fast likelihood holds: no gaps, or few missing levels. */
    boolean fast() {
        return !gaps || w.length - observations <= MissingPulses.MOST;
    }

    /** The working state of the construction. */
    private static final class Builder {
        private final double[] y;
        private final int d;
        private final boolean constant;
        private final FitArrays arrays;
        private String defect = "";
        private int first;
        private int last;
        private double[] levels = {};
        private double[] column = {};
        private double[] w = {};
        private boolean gaps;
        private int observations;
        private double scale = 1;
        private double centre;
        private double origin;

        Builder(double[] y, int d, boolean constant, FitArrays arrays) {
            this.arrays = arrays;
            this.y = y;
            this.d = d;
            this.constant = constant;
        }

        void build() {
            for (int t = 0; t < y.length; t++) {
                if (Double.isInfinite(y[t])) {
                    defect = "row " + (t + 1) + " is infinite";
                    return;
                }
            }
            if (!findRange()) {
                defect = "too few observations for d = " + d + " in " + y.length + " rows";
                return;
            }
            double[] differences = differences();
            if (defect.isEmpty()) {
                standardise(differences);
            }
        }

        /** The range from the first d consecutive observations (which start the filter) to the last observation. */
        private boolean findRange() {
            int run = 0;
            int t = 0;
            for (; t < y.length; t++) {
                if (run >= d && !Double.isNaN(y[t])) {
                    break;
                }
                run = Double.isNaN(y[t]) ? 0 : run + 1;
            }
            if (t >= y.length) {
                return false;
            }
            first = t;
            last = y.length;
            while (last > first && Double.isNaN(y[last - 1])) {
                last--;
            }
            for (int i = first; i < last; i++) {
                if (Double.isNaN(y[i])) {
                    gaps = true;
                } else {
                    observations++;
                }
            }
            return observations >= 2;
        }

        private double[] differences() {
            int from = first - d;
            double[] x = arrays.take(last - from);
            System.arraycopy(y, from, x, 0, x.length);
            interpolate(x);
            for (int k = 0; k < d; k++) {
                for (int t = x.length - 1; t > k; t--) {
                    x[t] -= x[t - 1];
                }
            }
            double[] result = arrays.take(x.length - d);
            System.arraycopy(x, d, result, 0, result.length);
            boolean moves = false;
            for (double value : result) {
                if (!Double.isFinite(value)) {
                    defect = "differences overflow";
                    return result;
                }
                moves |= value != result[0];
            }
            if (!moves && (constant || result[0] == 0)) {
                defect = d == 0 ? "series is constant" : "differences are constant";
            }
            return result;
        }

        private static void interpolate(double[] x) {
            int before = 0;
            for (int t = 1; t < x.length; t++) {
                if (!Double.isNaN(x[t])) {
                    for (int i = before + 1; i < t; i++) {
                        double share = (double) (i - before) / (t - before);
                        x[i] = x[before] * (1 - share) + x[t] * share;
                    }
                    before = t;
                }
            }
        }

        private void standardise(double[] x) {
            double largest = 0;
            for (double value : x) {
                largest = Math.max(largest, Math.abs(value));
            }
            if (constant) {
                // halved before summing so that values near the largest double do not overflow
                centre = mean(x, largest);
                for (int t = 0; t < x.length; t++) {
                    x[t] -= centre;
                }
            }
            scale = rootMeanSquare(x);
            if (!(scale > 0)) {
                defect = d == 0 ? "series is constant" : "differences are constant";
                return;
            }
            for (int t = 0; t < x.length; t++) {
                x[t] /= scale;
            }
            w = x;
            scaleLevels();
        }

        private static double mean(double[] x, double largest) {
            if (!(largest > 1e200)) {
                return Sums.mean(x, 0, x.length);
            }
            double unit = 0x1.0p-600;
            double[] scaled = new double[x.length];
            for (int t = 0; t < x.length; t++) {
                scaled[t] = x[t] * unit;
            }
            return Sums.mean(scaled, 0, x.length) / unit;
        }

        /** A power of two near the root mean square. */
        private static double rootMeanSquare(double[] x) {
            double largest = 0;
            for (double value : x) {
                largest = Math.max(largest, Math.abs(value));
            }
            if (!(largest > Double.MIN_NORMAL * 0x1.0p60)) {
                return 0;
            }
            double sum = 0;
            for (double value : x) {
                double part = value / largest;
                sum += part * part;
            }
            double root = largest * Math.sqrt(sum / x.length);
            return Math.scalb(1.0, Math.getExponent(root));
        }

        private void scaleLevels() {
            origin = d == 0 ? 0 : y[first - 1];
            levels = arrays.take(y.length);
            column = arrays.take(y.length);
            for (int t = 0; t < y.length; t++) {
                double trend = d == 0 ? centre : centre * (t - first + 1);
                levels[t] = (y[t] - origin - (constant ? trend : 0)) / scale;
                column[t] = !constant ? 0 : d == 0 ? 1 : t - first + 1;
            }
        }
    }
}
