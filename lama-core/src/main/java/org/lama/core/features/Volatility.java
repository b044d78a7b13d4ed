package org.lama.core.features;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Volatility of returns per bar (multiply by the square root of bars per year to annualise). Causal, stateless and
 * thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Volatility {
    private Volatility() {}

    /**
     * Rolling sample standard deviation of returns.
     *
     * @param returns returns per bar
     * @param window window and least number of returns
     * @param out receives one volatility per row, NaN while too few returns are present
     */
    public static void rolling(double[] returns, RollingWindow window, double[] out) {
        Rolling.standardDeviation(returns, window, out);
    }

    /**
     * Exponentially weighted volatility with mean zero: the square root of Σ λ^k r²[t-k] / Σ λ^k over present returns,
     * with λ = 2^(-1/halfLife) (RiskMetrics 1996, with the weights normalised so that the start has no bias). A missing
     * return ages nothing: the last estimate stands. NaN until as many returns as the half life has bars are present.
     * O(n), allocates nothing.
     *
     * @param returns returns per bar
     * @param halfLifeBars age at which a weight is a half, above 0
     * @param out receives one volatility per row
     */
    public static void ewma(double[] returns, double halfLifeBars, double[] out) {
        Check.positive(halfLifeBars, "halfLifeBars");
        Rolling.sameRows(returns.length, out.length);
        double lambda = StrictMath.pow(2, -1 / halfLifeBars);
        double weighted = 0;
        double weights = 0;
        long present = 0;
        for (int t = 0; t < returns.length; t++) {
            double r = returns[t];
            if (Math.abs(r) < Double.POSITIVE_INFINITY) {
                weighted = weighted * lambda + r * r;
                weights = weights * lambda + 1;
                present++;
            }
            out[t] = present >= halfLifeBars ? Math.sqrt(weighted / weights) : Double.NaN;
        }
    }

    /**
     * Range-based volatility: the square root of the rolling mean of ln(high/low)² / (4 ln 2) (Parkinson 1980,
     * doi:10.1086/296071). Bars with a missing price, a price not above 0 or high below low are skipped. O(1) per row;
     * allocates arrays of one window.
     *
     * @param high highest prices
     * @param low lowest prices
     * @param window window and least number of bars
     * @param out receives one volatility per row
     */
    public static void parkinson(double[] high, double[] low, RollingWindow window, double[] out) {
        Rolling.sameRows(high.length, low.length);
        Rolling.sameRows(high.length, out.length);
        BarStream stream = BarEstimator.PARKINSON.stream(window);
        for (int t = 0; t < out.length; t++) {
            out[t] = stream.next(Double.NaN, high[t], low[t], Double.NaN, Double.NaN);
        }
    }
}
