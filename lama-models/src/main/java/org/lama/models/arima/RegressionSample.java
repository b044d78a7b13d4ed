package org.lama.models.arima;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One series with its regression columns made ready for the estimation of seasonal models at given d, D and m: trimmed
 * to its observed part, scaled by powers of two (exact), differenced, freed of what least squares explain.
 * The columns (mean, drift, regressors, in R's order) are differenced too and made orthogonal; missing levels become columns of
 * their own, one differenced unit pulse each. Immutable after construction.
 */
final class RegressionSample {
    /** With more missing levels the Kalman filter is faster than one column per level. */
    static final int MOST_PULSES = 120;

    /** Why no model can be estimated; empty if one can. */
    final String defect;

    final int d;
    final int seasonalD;
    final int period;
    /** Rows of the whole series and the part from the first to the last observation. */
    final int length;

    final int from;
    final int to;
    /** Rows that differencing takes: d + D m. */
    final int lost;
    /** y_t = delta_1 y_(t-1) + ... + w_t. */
    final double[] delta;
    /** Scaled differences, without what least squares explain. */
    final double[] w;
    /** Differenced unit pulses of the missing levels. */
    final double[][] pulses;
    /** Orthogonal regression columns of mean square 1. */
    final double[][] columns;
    /** Whether the missing levels can be columns: few of them, and all of them identified. */
    final boolean closed;

    final boolean gaps;
    /** Observations in the likelihood: present rows less those that only start the differences. */
    final int observations;
    /** Half the log-determinant of what starts the differences: zero unless there are gaps among the first rows. */
    final double patternConstant;
    /** Unit of w. */
    final double scale;
    /** Level that is subtracted when there are differences. */
    final double origin;

    final List<String> names;
    private final double[][] design;
    private final double[] triangle;
    private final double[] explained;
    private final double unit;
    private final double[] y;

    private RegressionSample(Builder b) {
        defect = b.defect;
        d = b.d;
        seasonalD = b.seasonalD;
        period = b.period;
        length = b.y.length;
        from = b.from;
        to = b.to;
        lost = b.lost;
        delta = b.delta;
        w = b.w;
        pulses = b.pulses;
        columns = b.columns;
        closed = b.closed;
        gaps = b.missing.length > 0;
        observations = b.observations;
        patternConstant = b.patternConstant;
        scale = b.scale * b.unit;
        origin = b.origin;
        names = b.names;
        design = b.design;
        triangle = b.triangle;
        explained = b.explained;
        unit = b.unit;
        y = b.y;
    }

    /**
     * Prepares a series.
     *
     * @param y the series, NaN where missing
     * @param x as many rows as the series, or no columns
     * @throws IllegalArgumentException if the columns do not fit the series or are linearly dependent
     */
    static RegressionSample of(double[] y, Regressors x, ArimaSpec spec) {
        Builder builder = new Builder(y, x, spec);
        builder.build();
        return new RegressionSample(builder);
    }

    /** Coefficients of the regression in units of the series, from those of the orthogonal columns. */
    double[] coefficients(double[] gamma) {
        int k = columns.length;
        double[] beta = new double[k];
        double ratio = scale / unit;
        for (int i = k - 1; i >= 0; i--) {
            double sum = explained[i] + ratio * gamma[i];
            for (int j = i + 1; j < k; j++) {
                sum -= triangle[i * k + j] * beta[j];
            }
            beta[i] = sum / triangle[i * k + i];
        }
        for (int i = 0; i < k; i++) {
            beta[i] *= unit;
        }
        return beta;
    }

    /** The inverse of {@link #coefficients}. */
    double[] gamma(double[] beta) {
        int k = columns.length;
        double[] gamma = new double[k];
        for (int i = 0; i < k; i++) {
            double sum = -explained[i];
            for (int j = i; j < k; j++) {
                sum += triangle[i * k + j] * (beta[j] / unit);
            }
            gamma[i] = sum * (unit / scale);
        }
        return gamma;
    }

    /** Standard errors of the coefficients, from the covariance of gamma. */
    double[] standardErrors(double[] covariance) {
        int k = columns.length;
        double[] errors = new double[k];
        double[] row = new double[k];
        for (int i = 0; i < k; i++) {
            // row = e_i' R^-1, by forward substitution in R' row = e_i
            for (int j = 0; j < k; j++) {
                double sum = j == i ? 1 : 0;
                for (int l = 0; l < j; l++) {
                    sum -= triangle[l * k + j] * row[l];
                }
                row[j] = sum / triangle[j * k + j];
            }
            double variance = 0;
            for (int a = 0; a < k; a++) {
                for (int b = 0; b < k; b++) {
                    variance += row[a] * covariance[a * k + b] * row[b];
                }
            }
            errors[i] = scale * Math.sqrt(variance);
        }
        return errors;
    }

    /** Scaled levels of the trimmed part without the regression, NaN where missing. */
    double[] levels(double[] beta) {
        double[] levels = new double[to - from];
        for (int t = from; t < to; t++) {
            double value = (y[t] - origin) / unit;
            for (int j = 0; j < beta.length; j++) {
                value -= design[j][t - from] * (beta[j] / unit);
            }
            levels[t - from] = value * (unit / scale);
        }
        return levels;
    }

    /** The orthogonal columns before differencing, in the trimmed rows. */
    double[][] levelColumns() {
        int k = columns.length;
        double[][] levels = new double[k][];
        for (int j = 0; j < k; j++) {
            levels[j] = design[j].clone();
            for (int i = 0; i < j; i++) {
                for (int t = 0; t < levels[j].length; t++) {
                    levels[j][t] -= triangle[i * k + j] * levels[i][t];
                }
            }
            for (int t = 0; t < levels[j].length; t++) {
                levels[j][t] /= triangle[j * k + j];
            }
        }
        return levels;
    }

    /** The working state of the construction. */
    private static final class Builder {
        private static final double DEPENDENT = 1e-9;
        private static final double ROUNDING = 0x1.0p-48;

        private final double[] y;
        private final int d;
        private final int seasonalD;
        private final int period;
        private final int lost;
        private final double[] delta;
        private final List<String> names = new ArrayList<>();
        private final ArimaSpec spec;
        private final Regressors x;
        private String defect = "";
        private int from;
        private int to;
        private double[] w = {};
        private double[][] pulses = {};
        private double[][] columns = {};
        private double[][] design = {};
        private double[] triangle = {};
        private double[] explained = {};
        private int[] missing = {};
        private boolean closed;
        private int observations;
        private double patternConstant;
        private double scale = 1;
        private double unit = 1;
        private double origin;

        Builder(double[] y, Regressors x, ArimaSpec spec) {
            this.y = y;
            this.x = x;
            this.spec = spec;
            d = spec.d();
            seasonalD = spec.seasonal().d();
            period = spec.seasonal().period();
            lost = d + seasonalD * period;
            delta = Polynomials.differencing(d, seasonalD, period);
            if (spec.mean()) {
                names.add("intercept");
            }
            if (spec.drift()) {
                names.add("drift");
            }
            names.addAll(x.names());
        }

        void build() {
            for (int t = 0; t < y.length; t++) {
                if (Double.isInfinite(y[t])) {
                    defect = "row " + (t + 1) + " is infinite";
                    return;
                }
            }
            if (!findRange()) {
                defect = "too few observations for d = " + d + ", D = " + seasonalD + ", m = " + period + " in "
                        + y.length + " rows";
                return;
            }
            double[] filled = fill();
            double[] differences = Polynomials.difference(filled, d, seasonalD, period);
            buildDesign();
            buildPulses(differences.length);
            orthogonalise(differences.length);
            standardise(filled, differences);
        }

        private boolean findRange() {
            while (from < y.length && Double.isNaN(y[from])) {
                from++;
            }
            to = y.length;
            while (to > from && Double.isNaN(y[to - 1])) {
                to--;
            }
            List<Integer> absent = new ArrayList<>();
            for (int t = from; t < to; t++) {
                if (Double.isNaN(y[t])) {
                    absent.add(t - from);
                }
            }
            missing = absent.stream().mapToInt(Integer::intValue).toArray();
            int present = to - from - missing.length;
            if (to - from <= lost) {
                return false;
            }
            observations = present - (missing.length == 0 ? lost : startingRows());
            return observations >= 1;
        }

        /**
         * How many present rows only start the differences: rows whose dependence on the unknown levels before the first
         * row adds to that of earlier rows (Gram-Schmidt). Their squared lengths are the infinite parts of the variances of a
         * diffuse start.
         */
        private int startingRows() {
            double[][] dependence = new double[to - from][];
            List<double[]> basis = new ArrayList<>();
            for (int t = 0; t < to - from && basis.size() < lost; t++) {
                double[] row = new double[lost];
                for (int k = 1; k <= lost; k++) {
                    if (delta[k - 1] != 0) {
                        if (t < k) {
                            row[k - t - 1] += delta[k - 1];
                        } else {
                            addScaled(row, delta[k - 1], dependence[t - k]);
                        }
                    }
                }
                dependence[t] = row;
                if (!Double.isNaN(y[from + t])) {
                    double[] rest = row.clone();
                    double before = norm(rest);
                    project(rest, basis);
                    double length = norm(rest);
                    if (length > 1e-8 * before) {
                        patternConstant += Math.log(length);
                        scaleBy(rest, 1 / length);
                        basis.add(rest);
                    }
                }
            }
            return basis.size();
        }

        private double[] fill() {
            origin = lost > 0 ? y[from] : 0;
            double[] filled = Arrays.copyOfRange(y, from, to);
            int before = 0;
            for (int t = 1; t < filled.length; t++) {
                if (!Double.isNaN(filled[t])) {
                    for (int i = before + 1; i < t; i++) {
                        double share = (double) (i - before) / (t - before);
                        filled[i] = filled[before] * (1 - share) + filled[t] * share;
                    }
                    before = t;
                }
            }
            double largest = 0;
            for (double value : filled) {
                largest = Math.max(largest, Math.abs(value));
            }
            unit = largest > 0 ? Math.scalb(1.0, Math.max(-900, Math.getExponent(largest))) : 1;
            for (int t = 0; t < filled.length; t++) {
                filled[t] = filled[t] / unit - origin / unit;
            }
            return filled;
        }

        private void buildDesign() {
            design = new double[names.size()][to - from];
            int next = 0;
            if (spec.mean()) {
                Arrays.fill(design[next++], 1);
            }
            if (spec.drift()) {
                for (int t = from; t < to; t++) {
                    design[next][t - from] = t + 1;
                }
                next++;
            }
            for (int j = 0; j < x.count(); j++) {
                for (int t = from; t < to; t++) {
                    design[next + j][t - from] = x.at(j, t);
                }
            }
        }

        private void buildPulses(int n) {
            closed = missing.length <= MOST_PULSES;
            if (!closed) {
                return;
            }
            pulses = new double[missing.length][n];
            for (int j = 0; j < missing.length; j++) {
                for (int k = 0; k <= lost; k++) {
                    int s = missing[j] + k - lost;
                    if (s >= 0 && s < n) {
                        pulses[j][s] = k == 0 ? 1 : -delta[k - 1];
                    }
                }
            }
        }

        private void orthogonalise(int n) {
            int k = names.size();
            List<double[]> basis = new ArrayList<>();
            for (double[] pulse : pulses) {
                double[] rest = pulse.clone();
                double before = norm(rest);
                project(rest, basis);
                project(rest, basis);
                double length = norm(rest);
                if (!(length > 1e-8 * before)) {
                    // a level that no observation speaks about: the filter with a diffuse start deals with it
                    closed = false;
                    pulses = new double[0][];
                    basis.clear();
                    break;
                }
                scaleBy(rest, 1 / length);
                basis.add(rest);
            }
            int pulsed = basis.size();
            columns = new double[k][];
            triangle = new double[k * k];
            double root = Math.sqrt(n);
            for (int j = 0; j < k; j++) {
                double[] rest = Polynomials.difference(design[j], d, seasonalD, period);
                double before = Math.max(norm(rest), ROUNDING / DEPENDENT * norm(design[j]));
                for (int pass = 0; pass < 2; pass++) {
                    for (int i = 0; i < basis.size(); i++) {
                        double product = dot(rest, basis.get(i));
                        addScaled(rest, -product, basis.get(i));
                        if (i >= pulsed) {
                            triangle[(i - pulsed) * k + j] += product / root;
                        }
                    }
                }
                double length = norm(rest);
                if (!(length > DEPENDENT * before)) {
                    throw new IllegalArgumentException(dependence(j, k));
                }
                triangle[j * k + j] = length / root;
                scaleBy(rest, 1 / length);
                basis.add(rest);
                columns[j] = rest.clone();
                scaleBy(columns[j], root);
            }
        }

        /** Which columns make up column j. */
        private String dependence(int j, int k) {
            double[] share = new double[j];
            List<String> others = new ArrayList<>();
            double own = norm(design[j]);
            for (int i = j - 1; i >= 0; i--) {
                double sum = triangle[i * k + j];
                for (int l = i + 1; l < j; l++) {
                    sum -= triangle[i * k + l] * share[l];
                }
                share[i] = sum / triangle[i * k + i];
                if (Math.abs(share[i]) * norm(design[i]) > 1e-7 * own) {
                    others.add(0, names.get(i));
                }
            }
            String where = (lost > 0 ? " after differencing with d = " + d + ", D = " + seasonalD : "")
                    + (missing.length > 0 ? " in the observed rows" : "");
            return others.isEmpty()
                    ? "column '" + names.get(j) + "' must vary, got only zeros" + where + "; leave it out"
                    : "columns must be linearly independent, got '" + names.get(j) + "' as a combination of " + others
                            + where + "; leave one out";
        }

        private void standardise(double[] filled, double[] differences) {
            int n = differences.length;
            explained = new double[columns.length];
            double[] rest = differences.clone();
            double largest = largest(filled) + largest(differences);
            for (int j = 0; j < columns.length; j++) {
                explained[j] = dot(rest, columns[j]) / n;
                addScaled(rest, -explained[j], columns[j]);
            }
            double size = norm(rest) / Math.sqrt(n);
            if (!(size > 4 * 0x1.0p-52 * Math.scalb(largest, d + seasonalD)) || !(size * unit > Double.MIN_NORMAL)) {
                defect = columns.length > 1
                        ? "the regression explains the series exactly"
                        : lost == 0 ? "series is constant" : "differences are constant";
                return;
            }
            scale = Math.scalb(1.0, Math.getExponent(size));
            scaleBy(rest, 1 / scale);
            w = rest;
        }

        private static void project(double[] v, List<double[]> basis) {
            for (double[] b : basis) {
                addScaled(v, -dot(v, b), b);
            }
        }

        private static double dot(double[] a, double[] b) {
            double sum = 0;
            for (int t = 0; t < a.length; t++) {
                sum += a[t] * b[t];
            }
            return sum;
        }

        private static double norm(double[] a) {
            return Math.sqrt(dot(a, a));
        }

        private static double largest(double[] a) {
            double largest = 0;
            for (double value : a) {
                largest = Math.max(largest, Math.abs(value));
            }
            return largest;
        }

        private static void addScaled(double[] a, double factor, double[] b) {
            for (int t = 0; t < a.length; t++) {
                a[t] += factor * b[t];
            }
        }

        private static void scaleBy(double[] a, double factor) {
            for (int t = 0; t < a.length; t++) {
                a[t] *= factor;
            }
        }
    }
}
