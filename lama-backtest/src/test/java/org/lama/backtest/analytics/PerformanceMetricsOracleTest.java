package org.lama.backtest.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Values computed with numpy 2.4.6 and scipy 1.17.1, checked against empyrical, vectorbt and ffn (metrics.json, sha256
 * c6fcc22b…1448). Tolerance 1e-9 relative, at least 1e-9 absolute: other orders of summation over up to 3,650 rows.
 */
final class PerformanceMetricsOracleTest {
    private static final Map<String, Metric> KEYS = Map.ofEntries(
            Map.entry("mean", Metric.MEAN),
            Map.entry("std_ddof1", Metric.STANDARD_DEVIATION),
            Map.entry("sharpe", Metric.SHARPE),
            Map.entry("sortino", Metric.SORTINO),
            Map.entry("total_return", Metric.TOTAL_RETURN),
            Map.entry("max_drawdown", Metric.MAXIMUM_DRAWDOWN),
            Map.entry("cagr", Metric.COMPOUND_ANNUAL_GROWTH),
            Map.entry("calmar", Metric.CALMAR),
            Map.entry("max_drawdown_len_bars", Metric.LONGEST_DRAWDOWN_BARS),
            Map.entry("ulcer_index", Metric.ULCER_INDEX),
            Map.entry("volatility_ann", Metric.VOLATILITY_ANNUAL),
            Map.entry("var_hist_95", Metric.VALUE_AT_RISK_95),
            Map.entry("cvar_hist_95", Metric.CONDITIONAL_VALUE_AT_RISK_95),
            Map.entry("var_gauss_95", Metric.VALUE_AT_RISK_95_NORMAL),
            Map.entry("cvar_gauss_95", Metric.CONDITIONAL_VALUE_AT_RISK_95_NORMAL),
            Map.entry("var_cornish_fisher_95", Metric.VALUE_AT_RISK_95_CORNISH_FISHER),
            Map.entry("skew_biased", Metric.SKEWNESS),
            Map.entry("excess_kurtosis_biased", Metric.EXCESS_KURTOSIS),
            Map.entry("skew_unbiased", Metric.SKEWNESS_UNBIASED),
            Map.entry("excess_kurtosis_unbiased", Metric.EXCESS_KURTOSIS_UNBIASED),
            Map.entry("omega_0", Metric.OMEGA),
            Map.entry("tail_ratio", Metric.TAIL_RATIO),
            Map.entry("win_rate_nonzero", Metric.WIN_RATE),
            Map.entry("profit_factor", Metric.PROFIT_FACTOR),
            Map.entry("payoff_ratio", Metric.PAYOFF_RATIO),
            Map.entry("beta", Metric.BETA),
            Map.entry("alpha_per_period", Metric.ALPHA_PER_PERIOD),
            Map.entry("alpha_ann_compound", Metric.ALPHA_ANNUAL),
            Map.entry("information_ratio_per_period", Metric.INFORMATION_RATIO_PER_PERIOD),
            Map.entry("information_ratio_ann", Metric.INFORMATION_RATIO),
            Map.entry("tracking_error_ann", Metric.TRACKING_ERROR_ANNUAL));

    @Test
    void everyFigureOfTheOracleIsReproducedOnAllSixSeries() {
        Map<String, Map<String, Double>> expected = Fixtures.table("expected.csv");
        Map<String, Fixtures.Pair> series = Fixtures.series();
        assertThat(series).hasSize(6);
        Set<String> seen = new HashSet<>();
        series.forEach((name, pair) -> {
            PerformanceMetrics metrics = PerformanceMetrics.of(pair.returns(), pair.benchmark(), 365);
            ProbabilisticSharpe sharpe = ProbabilisticSharpe.of(pair.returns());
            expected.getOrDefault(name, Map.of()).forEach((key, value) -> {
                double actual =
                        KEYS.containsKey(key) ? metrics.value(KEYS.get(key)) : other(key, sharpe, pair.returns());
                assertThat(actual)
                        .as("%s of %s", key, name)
                        .isCloseTo(value, within(1e-9 * Math.max(1, Math.abs(value))));
                seen.add(key);
            });
        });
        assertThat(seen).containsAll(KEYS.keySet()).hasSize(KEYS.size() + 11);
    }

    private static double other(String key, ProbabilisticSharpe sharpe, double[] returns) {
        return switch (key) {
            case "psr_sr0_0" -> sharpe.probability(0);
            case "psr_sr0_0.05" -> sharpe.probability(0.05);
            case "min_trl_95_sr0_0" -> sharpe.minimumTrackRecord(0, 0.95);
            case "dsr_N10_V0.0004" -> sharpe.deflated(10, 0.0004);
            case "dsr_N10_V0.0004_sr0" -> ProbabilisticSharpe.expectedMaximum(10, 0.0004);
            case "dsr_N100_V0.0004" -> sharpe.deflated(100, 0.0004);
            case "dsr_N100_V0.0004_sr0" -> ProbabilisticSharpe.expectedMaximum(100, 0.0004);
            case "dsr_N1000_V0.001" -> sharpe.deflated(1000, 0.001);
            case "dsr_N1000_V0.001_sr0" -> ProbabilisticSharpe.expectedMaximum(1000, 0.001);
            case "block_length_return" -> BlockLength.stationary(returns);
            case "block_length_square" ->
                BlockLength.stationary(Arrays.stream(returns).map(r -> r * r).toArray());
            default -> throw new AssertionError("unknown key " + key);
        };
    }
}
