package org.lama.models.arima;

import java.util.Arrays;
import java.util.TreeSet;
import org.lama.core.math.Sums;

/**
 * Conditional least squares (Box and Jenkins 1970, section 7.1): errors before row d + D m + p + m P are zero, and the sum of
 * the squares of the others is minimised over coefficients and regression. The parameters are the coefficients themselves. The search
 * can be kept to invertible moving averages: beyond them the errors of a recursion that explodes are traded against a few
 * coefficients, and the sum of squares is lower without meaning. A row whose difference or one of whose lags is missing has no error; later rows
 * take it as zero. Owned by one thread; evaluations allocate nothing.
 */
final class ConditionalSquares extends SeasonalObjective {
    private final int n;
    private final int start;
    private final int count;
    private final boolean[] used;
    private final int rows;
    private final int[] arLags;
    private final int[] maLags;
    private final double[][] input;
    private final double[][] errors;
    private final double[] inner;
    private final double[] series;
    private final double[] lambda;
    private final double[] byPhi;
    private final double[] byTheta;
    private final double[] scaled;
    private final double[] partial;
    private final double[] work;
    private boolean invertible;

    ConditionalSquares(RegressionSample sample, ArimaSpec spec) {
        super(sample, spec);
        n = sample.w.length;
        start = parameters.fullPhi.length;
        count = 1 + sample.columns.length;
        arLags = lags(parameters.p, parameters.seasonalP);
        maLags = lags(parameters.q, parameters.seasonalQ);
        used = usable();
        int usableRows = 0;
        for (boolean row : used) {
            usableRows += row ? 1 : 0;
        }
        rows = usableRows;
        input = new double[count][];
        input[0] = sample.w;
        System.arraycopy(sample.columns, 0, input, 1, count - 1);
        errors = new double[count][n];
        inner = new double[count * count];
        series = new double[n];
        lambda = new double[n];
        byPhi = new double[parameters.fullPhi.length];
        byTheta = new double[parameters.fullTheta.length];
        int widest = Math.max(parameters.theta.length, parameters.seasonalTheta.length);
        scaled = new double[widest];
        partial = new double[widest];
        work = new double[2 * widest];
    }

    /** Whether {@link #evaluate} takes coefficients with a root of the moving average on or inside the unit circle as impossible. */
    ConditionalSquares keepInvertible(boolean keep) {
        invertible = keep;
        return this;
    }

    private boolean inside(double[] theta) {
        for (int i = 0; i < theta.length; i++) {
            scaled[i] = -theta[i];
        }
        return Pacf.stepDown(scaled, theta.length, partial, work);
    }

    /** The lags of a product of polynomials that can differ from zero. */
    private int[] lags(int order, int seasonalOrder) {
        // the products can meet at one lag when the order reaches the period
        TreeSet<Integer> distinct = new TreeSet<>();
        for (int k = 0; k <= seasonalOrder; k++) {
            for (int i = 0; i <= order; i++) {
                distinct.add(i + k * parameters.period);
            }
        }
        distinct.remove(0);
        return distinct.stream().mapToInt(Integer::intValue).toArray();
    }

    private boolean[] usable() {
        boolean[] present = new boolean[n];
        Arrays.fill(present, true);
        double[] levels = sample.levels(sample.coefficients(new double[gamma.length]));
        for (int t = 0; t < levels.length; t++) {
            if (Double.isNaN(levels[t])) {
                for (int k = 0; k <= sample.lost; k++) {
                    int s = t + k - sample.lost;
                    if ((k == 0 || sample.delta[k - 1] != 0) && s >= 0 && s < n) {
                        present[s] = false;
                    }
                }
            }
        }
        boolean[] result = new boolean[n];
        for (int t = start; t < n; t++) {
            result[t] = present[t];
            for (int lag : arLags) {
                result[t] &= present[t - lag];
            }
        }
        return result;
    }

    @Override
    int observations() {
        return rows;
    }

    @Override
    void unpack(double[] u) {
        parameters.set(u);
    }

    @Override
    double[] jacobian() {
        int k = parameters.dimension();
        double[] identity = new double[k * k];
        for (int i = 0; i < k; i++) {
            identity[i * k + i] = 1;
        }
        return identity;
    }

    /** R's value: all observations count, although the first ones have no error. */
    @Override
    double logLikelihood(double value) {
        double variance = Math.exp(2 * value / rows) / rows;
        int observations = sample.observations;
        return -0.5 * observations * (Math.log(2 * Math.PI * variance) + 1) - observations * Math.log(sample.scale);
    }

    @Override
    double valueOfCoefficients() {
        if (rows == 0) {
            return Double.POSITIVE_INFINITY;
        }
        for (int c = 0; c < count; c++) {
            filter(input[c], errors[c]);
        }
        for (int c = 0; c < count; c++) {
            for (int k = 0; k <= c; k++) {
                inner[c * count + k] = Sums.dot(errors[c], 0, errors[k], 0, n);
                inner[k * count + c] = inner[c * count + k];
            }
        }
        if (!solve() || !(sumOfSquares > 0 && sumOfSquares < Double.POSITIVE_INFINITY)) {
            return Double.POSITIVE_INFINITY;
        }
        return 0.5 * rows * Math.log(sumOfSquares);
    }

    private void filter(double[] x, double[] e) {
        for (int t = 0; t < n; t++) {
            double sum = 0;
            if (used[t]) {
                sum = x[t];
                for (int lag : arLags) {
                    sum -= parameters.fullPhi[lag - 1] * x[t - lag];
                }
                for (int lag : maLags) {
                    sum -= lag <= t ? parameters.fullTheta[lag - 1] * e[t - lag] : 0;
                }
            }
            e[t] = sum;
        }
    }

    private boolean solve() {
        int k = gamma.length;
        double[] right = series;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                information[i * k + j] = inner[(i + 1) * count + j + 1];
            }
        }
        if (!SmallLinear.cholesky(information, k, 1e-13)) {
            return false;
        }
        if (right.length < k) {
            return false;
        }
        for (int i = 0; i < k; i++) {
            right[i] = inner[(i + 1) * count];
        }
        SmallLinear.solveCholesky(information, k, right);
        sumOfSquares = inner[0];
        for (int i = 0; i < k; i++) {
            gamma[i] = right[i];
            sumOfSquares -= gamma[i] * inner[(i + 1) * count];
        }
        return true;
    }

    @Override
    public double evaluate(double[] u, double[] gradient) {
        double value = value(u);
        boolean refused = invertible && !(inside(parameters.theta) && inside(parameters.seasonalTheta));
        if (refused || !(value < Double.POSITIVE_INFINITY)) {
            return Double.POSITIVE_INFINITY;
        }
        double[] e = errors[0];
        System.arraycopy(sample.w, 0, series, 0, n);
        for (int c = 1; c < count; c++) {
            for (int t = 0; t < n; t++) {
                series[t] -= gamma[c - 1] * input[c][t];
                e[t] -= gamma[c - 1] * errors[c][t];
            }
        }
        for (int t = n - 1; t >= 0; t--) {
            double sum = 0;
            if (used[t]) {
                sum = e[t];
                for (int lag : maLags) {
                    sum -= t + lag < n ? parameters.fullTheta[lag - 1] * lambda[t + lag] : 0;
                }
            }
            lambda[t] = sum;
        }
        double factor = -rows / sumOfSquares;
        for (int lag : arLags) {
            byPhi[lag - 1] = lag < n ? factor * Sums.dot(lambda, lag, series, 0, n - lag) : 0;
        }
        for (int lag : maLags) {
            byTheta[lag - 1] = lag < n ? factor * Sums.dot(lambda, lag, e, 0, n - lag) : 0;
        }
        parameters.clearGradient();
        parameters.fold(byPhi, byTheta);
        parameters.gradient(gradient);
        return value;
    }

    /** The first rows are taken as they are; errors before them are zero. */
    @Override
    int begin(LevelFilter filter, double[] levels) {
        double[] past = new double[start];
        for (int t = 0; t < start; t++) {
            past[t] = sample.w[t];
            for (int c = 1; c < count; c++) {
                past[t] -= gamma[c - 1] * input[c][t];
            }
        }
        filter.beginConditional(past);
        double[] filled = levels.clone();
        for (int t = 1; t < filled.length; t++) {
            filled[t] = Double.isNaN(filled[t]) ? filled[t - 1] : filled[t];
        }
        int first = sample.lost + start;
        for (int k = 1; k <= sample.lost; k++) {
            filter.level(k, filled[first - k], 0);
        }
        return first;
    }
}
