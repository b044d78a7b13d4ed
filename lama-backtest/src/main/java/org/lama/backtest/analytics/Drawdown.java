package org.lama.backtest.analytics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lama.core.base.Api;
import org.lama.core.base.Tabular;

/**
 * How far the equity stands below its highest point so far: drawdown[t] = equity[t] / max(1, equity[0..t]) - 1 with equity
 * = product of (1 + r). The starting capital counts as a peak. Returns must be finite; no row gives no drawdown. Immutable
 * and thread-safe. O(n).
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class Drawdown implements Tabular {
    private final double[] values;
    private final double finalEquity;
    private final double maximum;
    private final int longestBars;

    private Drawdown(double[] values, double finalEquity, double maximum, int longestBars) {
        this.values = values;
        this.finalEquity = finalEquity;
        this.maximum = maximum;
        this.longestBars = longestBars;
    }

    /**
     * The drawdowns of a series of returns.
     *
     * @param returns fractions per period, finite
     * @return the drawdowns
     */
    public static Drawdown of(double[] returns) {
        Moments.requireFinite(returns, "returns");
        double[] values = new double[returns.length];
        double equity = 1;
        double peak = 1;
        double maximum = 0;
        int run = 0;
        int longest = 0;
        for (int t = 0; t < returns.length; t++) {
            equity *= 1 + returns[t];
            peak = Math.max(peak, equity);
            values[t] = equity / peak - 1;
            maximum = Math.min(maximum, values[t]);
            run = values[t] < 0 ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return new Drawdown(values, equity, maximum, longest);
    }

    /**
     * The drawdown of every row.
     *
     * @return fractions, at most 0; a copy
     */
    public double[] values() {
        return values.clone();
    }

    /**
     * The deepest drawdown.
     *
     * @return a fraction, at most 0
     */
    public double maximum() {
        return maximum;
    }

    /**
     * The longest run of rows below an earlier peak.
     *
     * @return rows, at least 0
     */
    public int longestBars() {
        return longestBars;
    }

    /**
     * Root of the mean squared drawdown (Martin and McCann 1989).
     *
     * @return a fraction, NaN without rows
     */
    public double ulcerIndex() {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return values.length == 0 ? Double.NaN : Math.sqrt(sum / values.length);
    }

    /**
     * Equity after the last row, where 1 is the start.
     *
     * @return the growth factor
     */
    public double finalEquity() {
        return finalEquity;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column(
                        "row",
                        IntStream.range(0, values.length)
                                .mapToObj(Long::valueOf)
                                .toList()),
                new Column("drawdown", Arrays.stream(values).boxed().toList()));
    }
}
