package org.lama.backtest.analytics;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Figures of the last so many returns at each row: the window ends at the row, so a value knows nothing of the future. One
 * value per row; NaN in the first windowBars - 1 rows, where the window holds a return that is not finite, and where the
 * figure is not defined. O(n): sums are taken around the mean of the last anchor and start anew once per window, so that
 * rounding cannot pile up; the bits of a row depend on the rows up to it alone. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class RollingMetrics {
    /** A spread below this share of the mean is rounding of a constant. */
    private static final double ROUNDING = 1e-9;

    private static final double LEAST = 1e-12;

    private RollingMetrics() {}

    /**
     * Sharpe ratio: mean / standard deviation with n - 1 · √P (Sharpe 1994).
     *
     * @param returns fractions per period; NaN where unknown
     * @param windowBars length of the window, at least 2
     * @param periodsPerYear annualisation factor, above 0
     * @return one value per row
     */
    public static double[] sharpe(double[] returns, int windowBars, double periodsPerYear) {
        double root = root(periodsPerYear);
        return roll(returns, returns, windowBars, w -> {
            double deviation = w.deviation();
            return isSpread(deviation, w.meanA()) ? w.meanA() / deviation * root : Double.NaN;
        });
    }

    /**
     * Volatility: standard deviation with n - 1 · √P.
     *
     * @param returns fractions per period; NaN where unknown
     * @param windowBars length of the window, at least 2
     * @param periodsPerYear annualisation factor, above 0
     * @return one value per row, fraction per year, at least 0
     */
    public static double[] volatility(double[] returns, int windowBars, double periodsPerYear) {
        double root = root(periodsPerYear);
        return roll(returns, returns, windowBars, w -> w.deviation() * root);
    }

    /**
     * Sortino ratio: mean / √(mean of min(r, 0)²) · √P.
     *
     * @param returns fractions per period; NaN where unknown
     * @param windowBars length of the window, at least 2
     * @param periodsPerYear annualisation factor, above 0
     * @return one value per row; NaN where no return of the window is below 0
     */
    public static double[] sortino(double[] returns, int windowBars, double periodsPerYear) {
        double root = root(periodsPerYear);
        double[] losses = new double[returns.length];
        Arrays.setAll(losses, t -> Double.isFinite(returns[t]) ? Math.min(returns[t], 0) : Double.NaN);
        return roll(returns, losses, windowBars, w -> {
            double squared = w.meanB() * w.meanB() + w.varianceB() * (windowBars - 1) / windowBars;
            double downside = Math.sqrt(Math.max(0, squared));
            return w.anyB() && downside > LEAST * LEAST ? w.meanA() / downside * root : Double.NaN;
        });
    }

    /**
     * Beta: covariance of returns and benchmark / variance of the benchmark.
     *
     * @param returns fractions per period; NaN where unknown
     * @param benchmark fractions in the same periods; NaN where unknown
     * @param windowBars length of the window, at least 2
     * @return one value per row
     */
    public static double[] beta(double[] returns, double[] benchmark, int windowBars) {
        Check.that(
                benchmark.length == returns.length,
                "benchmark must have as many rows as returns=" + returns.length + ", got " + benchmark.length);
        return roll(returns, benchmark, windowBars, w -> {
            double deviation = Math.sqrt(w.varianceB());
            return isSpread(deviation, w.meanB()) ? w.covariance() / w.varianceB() : Double.NaN;
        });
    }

    private static double root(double periodsPerYear) {
        return Math.sqrt(Check.positive(periodsPerYear, "periodsPerYear"));
    }

    private static boolean isSpread(double deviation, double mean) {
        return deviation > ROUNDING * Math.abs(mean) && deviation > LEAST;
    }

    private interface Figure {
        double of(Window window);
    }

    private static double[] roll(double[] a, double[] b, int windowBars, Figure figure) {
        Check.atLeast(windowBars, 2, "windowBars");
        double[] out = new double[a.length];
        Arrays.fill(out, Double.NaN);
        Window window = new Window(a, b, windowBars);
        for (int t = windowBars - 1; t < a.length; t++) {
            window.moveTo(t);
            out[t] = window.unknown == 0 ? figure.of(window) : Double.NaN;
        }
        return out;
    }

    /** Sums of two columns and their products over a moving window; single-threaded. */
    private static final class Window {
        private final double[] a;
        private final double[] b;
        private final int length;
        private double shiftA;
        private double shiftB;
        private double sumA;
        private double sumB;
        private double squaresA;
        private double squaresB;
        private double products;
        private int unknown;
        private int others;

        Window(double[] a, double[] b, int length) {
            this.a = a;
            this.b = b;
            this.length = length;
        }

        void moveTo(int row) {
            if ((row + 1) % length == 0) {
                anchor(row - length + 1, row + 1);
            } else {
                add(row, 1);
                add(row - length, -1);
            }
        }

        private void anchor(int from, int to) {
            double totalA = 0;
            double totalB = 0;
            int known = 0;
            for (int t = from; t < to; t++) {
                if (isKnown(t)) {
                    totalA += a[t];
                    totalB += b[t];
                    known++;
                }
            }
            shiftA = known == 0 ? 0 : totalA / known;
            shiftB = known == 0 ? 0 : totalB / known;
            sumA = 0;
            sumB = 0;
            squaresA = 0;
            squaresB = 0;
            products = 0;
            unknown = 0;
            others = 0;
            for (int t = from; t < to; t++) {
                add(t, 1);
            }
        }

        private boolean isKnown(int row) {
            return Double.isFinite(a[row]) && Double.isFinite(b[row]);
        }

        private void add(int row, int sign) {
            if (isKnown(row)) {
                double x = a[row] - shiftA;
                double y = b[row] - shiftB;
                sumA += sign * x;
                sumB += sign * y;
                squaresA += sign * x * x;
                squaresB += sign * y * y;
                products += sign * x * y;
                others += b[row] != 0 ? sign : 0;
            } else {
                unknown += sign;
            }
        }

        double meanA() {
            return shiftA + sumA / length;
        }

        double meanB() {
            return shiftB + sumB / length;
        }

        boolean anyB() {
            return others > 0;
        }

        double deviation() {
            return Math.sqrt(Math.max(0, (squaresA - sumA * sumA / length) / (length - 1)));
        }

        double varianceB() {
            return Math.max(0, (squaresB - sumB * sumB / length) / (length - 1));
        }

        double covariance() {
            return (products - sumA * sumB / length) / (length - 1);
        }
    }
}
