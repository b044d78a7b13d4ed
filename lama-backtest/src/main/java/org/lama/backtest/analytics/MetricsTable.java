package org.lama.backtest.analytics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Tabular;

/**
 * The short table of figures for a series of returns, under the names that the command line prints: sharpe, sortino, cagr,
 * calmar, maxDrawdown, ulcerIndex, omega, tailRatio, valueAtRisk95, conditionalValueAtRisk95, skewness, excessKurtosis,
 * profitFactor, winRate, probabilisticSharpe. Each is the figure of {@link Metric} of the like name; {@code cagr} is
 * {@link Metric#COMPOUND_ANNUAL_GROWTH}, {@code maxDrawdown} is at most 0, and {@code probabilisticSharpe} is the
 * probability that the true Sharpe ratio is above 0 ({@link ProbabilisticSharpe}). Moments are the biased ones.
 *
 * <p>NaN policy: FAIL, a return that is not finite is refused with its row; with too few rows a figure is NaN. Immutable
 * and thread-safe. O(n log n).
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class MetricsTable implements Tabular {
    private final Map<String, Double> values;

    private MetricsTable(Map<String, Double> values) {
        this.values = values;
    }

    /**
     * The table of a series of returns.
     *
     * @param returns fractions per period, finite
     * @param periodsPerYear annualisation factor, above 0
     * @return the table
     */
    public static MetricsTable of(double[] returns, double periodsPerYear) {
        PerformanceMetrics metrics = PerformanceMetrics.of(returns, periodsPerYear);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("sharpe", metrics.sharpe());
        values.put("sortino", metrics.value(Metric.SORTINO));
        values.put("cagr", metrics.value(Metric.COMPOUND_ANNUAL_GROWTH));
        values.put("calmar", metrics.value(Metric.CALMAR));
        values.put("maxDrawdown", metrics.maximumDrawdown());
        values.put("ulcerIndex", metrics.value(Metric.ULCER_INDEX));
        values.put("omega", metrics.value(Metric.OMEGA));
        values.put("tailRatio", metrics.value(Metric.TAIL_RATIO));
        values.put("valueAtRisk95", metrics.value(Metric.VALUE_AT_RISK_95));
        values.put("conditionalValueAtRisk95", metrics.value(Metric.CONDITIONAL_VALUE_AT_RISK_95));
        values.put("skewness", metrics.value(Metric.SKEWNESS));
        values.put("excessKurtosis", metrics.value(Metric.EXCESS_KURTOSIS));
        values.put("profitFactor", metrics.value(Metric.PROFIT_FACTOR));
        values.put("winRate", metrics.value(Metric.WIN_RATE));
        values.put(
                "probabilisticSharpe", ProbabilisticSharpe.of(returns).probability(0));
        return new MetricsTable(values);
    }

    /**
     * All figures by name, in the order above.
     *
     * @return a copy; NaN where a figure is not defined
     */
    public Map<String, Double> values() {
        return new LinkedHashMap<>(values);
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("metric", List.copyOf(values.keySet())), new Column("value", List.copyOf(values.values())));
    }
}
