package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.backtest.analytics.RollingMetrics;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.RegimeLabel;

/**
 * What the figures of a study draw: equity over time, and where known a benchmark, regimes and trades. Columns are
 * copied at the door; immutable and thread-safe. Drawdown and rolling Sharpe ratio are computed from the equity alone.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class EquityCurve {
    private static final double YEAR_NANOS = 365 * 86_400e9;
    private static final double WINDOW_DAYS = 180;

    private final TimeIndex times;
    private final double[] equity;
    private final double[] benchmark;
    private final List<Shade> shades;
    private final List<Marker> markers;

    /**
     * A stretch of time in one regime.
     *
     * @param fromNanos first moment, UTC epoch nanoseconds
     * @param toNanos moment after the last
     * @param label the regime
     */
    public record Shade(long fromNanos, long toNanos, RegimeLabel label) {
        /**
         * Checks the order.
         *
         * @param fromNanos first moment, UTC epoch nanoseconds
         * @param toNanos moment after the last
         * @param label the regime
         */
        public Shade {
            Check.that(toNanos >= fromNanos, "toNanos must be >= fromNanos, got " + fromNanos + ", " + toNanos);
            Check.notNull(label, "label");
        }
    }

    /**
     * A trade as a mark on the curve.
     *
     * @param tsNanos time of the fill, UTC epoch nanoseconds
     * @param buy true for a purchase, false for a sale
     */
    public record Marker(long tsNanos, boolean buy) {}

    private EquityCurve(
            TimeIndex times, double[] equity, double[] benchmark, List<Shade> shades, List<Marker> markers) {
        this.times = times;
        this.equity = equity;
        this.benchmark = benchmark;
        this.shades = shades;
        this.markers = markers;
    }

    /**
     * A curve without benchmark, regimes and trades.
     *
     * @param times when the values were known, such as the closes of bars
     * @param equity account value per row in any currency; NaN where unknown
     * @return the curve
     */
    public static EquityCurve of(TimeIndex times, double[] equity) {
        sameRows(times, equity, "equity");
        return new EquityCurve(times, equity.clone(), new double[0], List.of(), List.of());
    }

    /**
     * Adds what simply holding would have earned.
     *
     * @param values account value of the benchmark per row; NaN where unknown
     * @return a new curve
     */
    public EquityCurve withBenchmark(double[] values) {
        sameRows(times, values, "benchmark");
        return new EquityCurve(times, equity, values.clone(), shades, markers);
    }

    /**
     * Adds the regime of each row; equal neighbours become one stretch.
     *
     * @param labels one label per row
     * @return a new curve
     */
    public EquityCurve withRegimes(List<RegimeLabel> labels) {
        Check.that(labels.size() == size(), "labels must have " + size() + " rows, got " + labels.size());
        List<Shade> found = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= labels.size(); i++) {
            if (i == labels.size() || labels.get(i) != labels.get(start)) {
                long end = times.at(Math.min(i, labels.size() - 1));
                found.add(new Shade(times.at(start), end, labels.get(start)));
                start = i;
            }
        }
        return withShades(found);
    }

    /**
     * Adds stretches of time to shade; those of normal markets are not drawn.
     *
     * @param stretches the stretches
     * @return a new curve
     */
    public EquityCurve withShades(List<Shade> stretches) {
        return new EquityCurve(times, equity, benchmark, List.copyOf(stretches), markers);
    }

    /**
     * Adds trades. Where many fall on one spot a figure shows one mark of each side.
     *
     * @param trades the trades in any order
     * @return a new curve
     */
    public EquityCurve withTrades(List<Marker> trades) {
        return new EquityCurve(times, equity, benchmark, shades, List.copyOf(trades));
    }

    private static void sameRows(TimeIndex times, double[] values, String name) {
        Check.that(values.length == times.size(), name + " must have " + times.size() + " rows, got " + values.length);
    }

    /**
     * Number of rows.
     *
     * @return at least 0
     */
    public int size() {
        return times.size();
    }

    /**
     * The times of the rows.
     *
     * @return the index
     */
    public TimeIndex times() {
        return times;
    }

    /**
     * Equity as a multiple of its first finite value.
     *
     * @return a new array; NaN where unknown
     */
    public double[] growth() {
        return relative(equity);
    }

    /**
     * Benchmark as a multiple of its first finite value.
     *
     * @return a new array; empty if there is no benchmark
     */
    public double[] benchmarkGrowth() {
        return relative(benchmark);
    }

    List<Shade> shades() {
        return shades;
    }

    List<Marker> markers() {
        return markers;
    }

    private static double[] relative(double[] values) {
        double base = Double.NaN;
        double[] out = new double[values.length];
        for (int i = 0; i < out.length; i++) {
            base = Double.isNaN(base) && Double.isFinite(values[i]) && values[i] > 0 ? values[i] : base;
            out[i] = values[i] / base;
        }
        return out;
    }

    /**
     * Loss against the highest equity so far: {@code E[t] / max(E[0..t]) - 1}.
     *
     * @return a new array of fractions from -1 to 0; NaN where the equity is unknown
     */
    public double[] drawdown() {
        double[] out = new double[equity.length];
        double peak = Double.NaN;
        for (int i = 0; i < out.length; i++) {
            peak = equity[i] > peak || Double.isNaN(peak) ? equity[i] : peak;
            out[i] = Math.min(0, equity[i] / peak - 1);
        }
        return out;
    }

    /**
     * Rows in the window of the rolling Sharpe ratio: 180 days, or a third of a shorter curve.
     *
     * @return at least 2
     */
    public int windowBars() {
        return (int) Math.max(2, Math.min(Math.round(WINDOW_DAYS / 365 * periodsPerYear()), size() / 3));
    }

    /**
     * Rows per year of 365 days at the curve's mean spacing.
     *
     * @return above 0; 365 if there are fewer than two rows
     */
    public double periodsPerYear() {
        if (size() < 2) {
            return 365;
        }
        double step = ((double) times.at(size() - 1) - times.at(0)) / (size() - 1);
        return YEAR_NANOS / step;
    }

    /**
     * Sharpe ratio of simple returns over a rolling window, per year of 365 days and without interest on cash:
     * {@code mean / sd * sqrt(periods per year)} with the n - 1 deviation (Sharpe 1994). O(n) with sums that start anew
     * once per window, so that rounding cannot pile up.
     *
     * @param bars rows in the window, at least 2
     * @return a new array; NaN before the first full window, where a return is unknown, and where returns do not vary
     */
    public double[] rollingSharpe(int bars) {
        Check.atLeast(bars, 2, "bars");
        double[] returns = new double[size()];
        Arrays.fill(returns, Double.NaN);
        for (int i = 1; i < returns.length; i++) {
            returns[i] = equity[i] / equity[i - 1] - 1;
        }
        return RollingMetrics.sharpe(returns, bars, periodsPerYear());
    }
}
