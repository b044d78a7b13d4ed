package org.lama.backtest.api;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lama.backtest.analytics.Drawdown;
import org.lama.backtest.analytics.Metric;
import org.lama.backtest.analytics.MetricsTable;
import org.lama.backtest.analytics.PerformanceMetrics;
import org.lama.backtest.analytics.ProbabilisticSharpe;

/**
 * The returns by which a backtest is judged: one per day of UTC where bars are shorter than a day and at least
 * {@value #FEWEST_DAYS} days are there, else one per bar. The year has 365 days. Drawdowns are those of the bars.
 */
final class BacktestReturns {
    static final int FEWEST_DAYS = 30;
    private static final long DAY_NANOS = 86_400_000_000_000L;
    static final double YEAR_NANOS = 365.0 * DAY_NANOS;

    private final double[] returns;
    private final double periodsPerYear;
    private final Drawdown drawdown;

    private BacktestReturns(double[] returns, double periodsPerYear, Drawdown drawdown) {
        this.returns = returns;
        this.periodsPerYear = periodsPerYear;
        this.drawdown = drawdown;
    }

    static BacktestReturns of(long[] closes, double[] equity, double cash, long barNanos) {
        boolean daily = barNanos < DAY_NANOS
                && closes.length > 0
                && closes[closes.length - 1] - closes[0] >= FEWEST_DAYS * DAY_NANOS;
        double[] bars = returns(closes, equity, cash, false);
        double[] returns = daily ? returns(closes, equity, cash, true) : bars;
        return new BacktestReturns(returns, YEAR_NANOS / (daily ? DAY_NANOS : barNanos), Drawdown.of(bars));
    }

    private static double[] returns(long[] closes, double[] equity, double cash, boolean daily) {
        double[] returns = new double[equity.length];
        int count = 0;
        double before = cash;
        for (int t = 0; t < equity.length; t++) {
            // the last close of a day; a close at midnight ends the day before
            boolean ends = !daily || t == equity.length - 1 || day(closes[t]) != day(closes[t + 1]);
            if (ends) {
                returns[count++] = before > 0 ? Math.max(-1, equity[t] / before - 1) : 0;
                before = equity[t];
            }
        }
        return Arrays.copyOf(returns, count);
    }

    private static long day(long close) {
        return Math.floorDiv(close - 1, DAY_NANOS);
    }

    ProbabilisticSharpe sharpe() {
        return ProbabilisticSharpe.of(returns);
    }

    /** The figures under the names of the command line, and beside them the numbers that explain them. */
    Map<String, Double> metrics() {
        Map<String, Double> values =
                new LinkedHashMap<>(MetricsTable.of(returns, periodsPerYear).values());
        // a drawdown inside a day is one too
        double deepest = drawdown.maximum();
        values.put("maxDrawdown", deepest);
        values.put("ulcerIndex", drawdown.ulcerIndex());
        values.put("calmar", deepest < 0 ? values.getOrDefault("cagr", Double.NaN) / -deepest : Double.NaN);
        PerformanceMetrics all = PerformanceMetrics.of(returns, periodsPerYear);
        values.put("totalReturn", all.value(Metric.TOTAL_RETURN));
        values.put("volatilityAnnual", all.value(Metric.VOLATILITY_ANNUAL));
        values.put("sharpePerPeriod", all.value(Metric.SHARPE_PER_PERIOD));
        values.put("periods", (double) returns.length);
        values.put("periodsPerYear", periodsPerYear);
        return values;
    }
}
