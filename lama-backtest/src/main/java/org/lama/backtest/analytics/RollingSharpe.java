package org.lama.backtest.analytics;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * The Sharpe ratio of the last so many returns at each row: mean / standard deviation · √P over the window that ends there.
 * Every window is computed afresh in two passes, so no rounding is carried along. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class RollingSharpe {
    private RollingSharpe() {}

    /**
     * The series of rolling Sharpe ratios. O(n · window).
     *
     * @param returns fractions per period, finite
     * @param windowBars length of the window, at least 2
     * @param periodsPerYear annualisation factor, above 0
     * @return one value per row; NaN in the first windowBars - 1 rows and where the returns are constant
     */
    public static double[] of(double[] returns, int windowBars, double periodsPerYear) {
        Moments.requireFinite(returns, "returns");
        Check.atLeast(windowBars, 2, "windowBars");
        double root = Math.sqrt(Check.positive(periodsPerYear, "periodsPerYear"));
        double[] out = new double[returns.length];
        Arrays.fill(out, Double.NaN);
        double[] window = new double[windowBars];
        for (int t = windowBars - 1; t < returns.length; t++) {
            System.arraycopy(returns, t - windowBars + 1, window, 0, windowBars);
            out[t] = Moments.of(window).sharpe() * root;
        }
        return out;
    }
}
