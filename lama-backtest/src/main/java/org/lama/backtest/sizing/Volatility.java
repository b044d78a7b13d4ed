package org.lama.backtest.sizing;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Causal estimates of annual volatility from closes: row t uses rows up to t only. Log returns over a missing price
 * (NaN, infinite, not above 0) are skipped. Static kernels, O(n), allocate nothing.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Volatility {
    private Volatility() {}

    /**
     * Exponentially weighted volatility around a mean of 0 (RiskMetrics, J.P. Morgan 1996, eq. 5.3), with the weights
     * normalised by their sum so that the start is not biased: {@code σ²_t = Σ λ^k r²_{t−k} / Σ λ^k}.
     *
     * @param close prices
     * @param lambda decay per return, in (0, 1); 0.94 is the usual value for days
     * @param minimum returns needed before the first value, at least 1
     * @param barsPerYear for annualisation by its square root, above 0; 365 for days
     * @param out receives σ̂ per year; NaN while there are too few returns
     */
    public static void ewmaAnnual(double[] close, double lambda, int minimum, double barsPerYear, double[] out) {
        Check.that(lambda > 0 && lambda < 1, "lambda must be in (0, 1), got " + lambda);
        Check.atLeast(minimum, 1, "minimum");
        Check.positive(barsPerYear, "barsPerYear");
        double sum = 0;
        double weight = 0;
        int count = 0;
        double last = Double.NaN;
        for (int t = 0; t < close.length; t++) {
            double price = close[t] > 0 && close[t] < Double.POSITIVE_INFINITY ? Math.log(close[t]) : Double.NaN;
            double change = price - last;
            last = price;
            if (!Double.isNaN(change)) {
                sum = lambda * sum + change * change;
                weight = lambda * weight + 1;
                count++;
            }
            out[t] = count < minimum ? Double.NaN : Math.sqrt(sum / weight * barsPerYear);
        }
    }

    /**
     * Standard deviation of the log returns among the last bars, two-pass, divided by n − 1.
     *
     * @param close prices
     * @param windowBars returns looked at, at least 2
     * @param barsPerYear for annualisation by its square root, above 0
     * @param out receives σ̂ per year; NaN where fewer than half of the window's returns are there
     */
    public static void rollingAnnual(double[] close, int windowBars, double barsPerYear, double[] out) {
        Check.atLeast(windowBars, 2, "windowBars");
        Check.positive(barsPerYear, "barsPerYear");
        for (int t = 0; t < close.length; t++) {
            int from = Math.max(1, t - windowBars + 1);
            double sum = 0;
            int count = 0;
            for (int i = from; i <= t; i++) {
                double change = change(close, i);
                if (!Double.isNaN(change)) {
                    sum += change;
                    count++;
                }
            }
            double mean = sum / count;
            double squares = 0;
            for (int i = from; i <= t; i++) {
                double change = change(close, i);
                squares += Double.isNaN(change) ? 0 : (change - mean) * (change - mean);
            }
            boolean enough = count >= 2 && 2 * count >= windowBars;
            out[t] = enough ? Math.sqrt(squares / (count - 1) * barsPerYear) : Double.NaN;
        }
    }

    private static double change(double[] close, int row) {
        double now = close[row];
        double before = close[row - 1];
        boolean known = now > 0 && now < Double.POSITIVE_INFINITY && before > 0 && before < Double.POSITIVE_INFINITY;
        return known ? Math.log(now / before) : Double.NaN;
    }
}
