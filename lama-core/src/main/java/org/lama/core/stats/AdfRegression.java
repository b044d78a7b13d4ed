package org.lama.core.stats;

import java.util.Arrays;
import org.lama.core.math.NestedLeastSquares;
import org.lama.core.math.Sums;

/**
 * The regressions of the augmented Dickey-Fuller test on one series. Level and differences are freed of the polynomial
 * that the regression contains anyway: this changes no residual, but makes the columns nearly orthogonal.
 */
final class AdfRegression {
    /** Below this smallest pivot the Gram matrix has lost more than about ten of its sixteen digits. */
    private static final double ILL_CONDITIONED = 1e-6;
    /** Rounding of one value, in units of the largest: a root mean square residual below it is noise. */
    private static final double NOISE = 4e-15;

    private final double[] level;
    private final double[] change;
    private final int trendTerms;
    private final double size;

    AdfRegression(double[] y, Trend trend) {
        level = Samples.scaled(y);
        double largest = 0;
        change = new double[level.length - 1];
        for (int t = 0; t < level.length; t++) {
            largest = Math.max(largest, Math.abs(level[t]));
            if (t > 0) {
                change[t - 1] = level[t] - level[t - 1];
            }
        }
        size = largest;
        trendTerms = trend.terms();
        Samples.detrend(level, trendTerms);
        Samples.detrend(change, trendTerms);
    }

    /** Rows of the regression with a number of lags. */
    int rows(int lags) {
        return change.length - lags;
    }

    /** Whether a residual sum of squares is nothing but rounding. */
    boolean isExact(double rss, int rows) {
        return !(rss > rows * (NOISE * size) * (NOISE * size));
    }

    /** Columns trend, level, lags 1..most on the rows that all of them share. */
    NestedLeastSquares search(int most) {
        return fit(most, trendTerms);
    }

    /** Columns trend, lags 1..lags, level, so that the last t statistic is the test's. */
    NestedLeastSquares last(int lags) {
        return fit(lags, trendTerms + lags);
    }

    private NestedLeastSquares fit(int lags, int levelColumn) {
        int columns = trendTerms + 1 + lags;
        NestedLeastSquares fast = NestedLeastSquares.ofGram(gram(lags, levelColumn), columns, rows(lags));
        // The negated form also sends NaN to the careful way.
        if (fast.smallestPivot() > ILL_CONDITIONED) {
            return fast;
        }
        return careful(lags, levelColumn);
    }

    /** The same as {@link #last(int)} by reflections, whatever the condition. */
    NestedLeastSquares careful(int lags) {
        return careful(lags, trendTerms + lags);
    }

    private NestedLeastSquares careful(int lags, int levelColumn) {
        double[] response = Arrays.copyOfRange(change, lags, change.length);
        return NestedLeastSquares.ofColumns(designColumns(lags, levelColumn), response);
    }

    /** Where lag j (0 is the response) stands among the columns. */
    private int place(int lag, int lags, int levelColumn) {
        if (lag == 0) {
            return trendTerms + 1 + lags;
        }
        int place = trendTerms + lag - 1;
        return place < levelColumn ? place : place + 1;
    }

    private double[] gram(int lags, int levelColumn) {
        int n = trendTerms + 2 + lags;
        int rows = rows(lags);
        double[] gram = new double[n * n];
        for (int i = 0; i < trendTerms; i++) {
            double[] p = trendColumn(i, rows);
            for (int k = 0; k <= i; k++) {
                put(gram, n, i, k, i == k ? Sums.dot(p, 0, p, 0, rows) : 0);
            }
            put(gram, n, i, levelColumn, Sums.dot(p, 0, level, lags, rows));
            for (int j = 0; j <= lags && i > 0; j++) {
                put(gram, n, i, place(j, lags, levelColumn), Sums.dot(p, 0, change, lags - j, rows));
            }
        }
        if (trendTerms > 0) {
            lagSums(gram, n, lags, levelColumn);
        }
        lagProducts(gram, n, lags, levelColumn);
        put(gram, n, levelColumn, levelColumn, Sums.dot(level, lags, level, lags, rows));
        levelProducts(gram, n, lags, levelColumn);
        return gram;
    }

    /** Sums of differences: one by adding up, the others by moving the window back by one row. */
    private void lagSums(double[] gram, int n, int lags, int levelColumn) {
        int rows = rows(lags);
        double sum = Sums.neumaier(change, lags, lags + rows);
        for (int j = 0; j <= lags; j++) {
            put(gram, n, 0, place(j, lags, levelColumn), sum);
            if (j < lags) {
                sum += change[lags - j - 1] - change[lags - j - 1 + rows];
            }
        }
    }

    /**
     * Products of level and differences. Up to a constant a level is the one before plus a difference: the product at the next
     * lag is that at this lag, plus the response times this lag, plus the two rows at the ends. With a line or a parabola
     * the step between levels is no constant, and each product is summed.
     */
    private void levelProducts(double[] gram, int n, int lags, int levelColumn) {
        int rows = rows(lags);
        int end = change.length;
        double step = (level[end] - level[0] - Sums.neumaier(change, 0, end)) / end;
        double product = Sums.dot(level, lags, change, lags, rows);
        for (int j = 0; j <= lags; j++) {
            int column = place(j, lags, levelColumn);
            if (j > 0 && trendTerms > 1) {
                product = Sums.dot(level, lags, change, lags - j, rows);
            }
            put(gram, n, levelColumn, column, product);
            if (j < lags) {
                int head = lags - j - 1;
                double sum = trendTerms == 1 ? gram[column] : 0;
                product += gram[place(0, lags, levelColumn) * n + column] + step * sum;
                product += level[lags] * change[head] - level[end] * change[head + rows];
            }
        }
    }

    /** Products of differences: one row by sums, the others by moving the window back by one row. */
    private void lagProducts(double[] gram, int n, int lags, int levelColumn) {
        int rows = rows(lags);
        int end = change.length;
        for (int offset = 0; offset <= lags; offset++) {
            double product = Sums.dot(change, lags, change, lags - offset, rows);
            put(gram, n, place(0, lags, levelColumn), place(offset, lags, levelColumn), product);
            for (int i = 0; i + offset < lags; i++) {
                int j = i + offset;
                product += change[lags - 1 - i] * change[lags - 1 - j] - change[end - 1 - i] * change[end - 1 - j];
                put(gram, n, place(i + 1, lags, levelColumn), place(j + 1, lags, levelColumn), product);
            }
        }
    }

    private static void put(double[] gram, int n, int i, int j, double value) {
        gram[i * n + j] = value;
        gram[j * n + i] = value;
    }

    private static double[] trendColumn(int degree, int rows) {
        double[] p = new double[rows];
        for (int t = 0; t < rows; t++) {
            p[t] = Samples.polynomial(degree, t, rows);
        }
        return p;
    }

    private double[][] designColumns(int lags, int levelColumn) {
        int rows = rows(lags);
        double[][] columns = new double[trendTerms + 1 + lags][];
        for (int i = 0; i < trendTerms; i++) {
            columns[i] = trendColumn(i, rows);
        }
        columns[levelColumn] = new double[rows];
        System.arraycopy(level, lags, columns[levelColumn], 0, rows);
        for (int j = 1; j <= lags; j++) {
            double[] column = new double[rows];
            System.arraycopy(change, lags - j, column, 0, rows);
            columns[place(j, lags, levelColumn)] = column;
        }
        return columns;
    }
}
