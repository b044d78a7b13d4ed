package org.lama.backtest.analytics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What quantstats 0.0.86 and empyrical-reloaded 0.7.1 give for the six series of metrics.json (sha256 c6fcc22b…1448), and
 * figures written out in numpy 2.4.6; made by make_tear_sheet.py. Tolerance 1e-9 relative, at least 1e-9 absolute: other
 * orders of summation over up to 3,650 rows. Where a library means something else by a name, the test says what.
 */
final class TearSheetOracleTest {
    private static final Map<String, Metric> KEYS = Map.ofEntries(
            Map.entry("sharpe", Metric.SHARPE),
            Map.entry("sortino", Metric.SORTINO),
            Map.entry("max_drawdown", Metric.MAXIMUM_DRAWDOWN),
            Map.entry("omega", Metric.OMEGA),
            Map.entry("tail_ratio", Metric.TAIL_RATIO),
            Map.entry("alpha", Metric.ALPHA_ANNUAL),
            Map.entry("beta", Metric.BETA),
            Map.entry("ir", Metric.INFORMATION_RATIO_PER_PERIOD),
            Map.entry("cagr", Metric.COMPOUND_ANNUAL_GROWTH),
            Map.entry("stability", Metric.STABILITY),
            Map.entry("volatility", Metric.VOLATILITY_ANNUAL),
            Map.entry("skew", Metric.SKEWNESS_UNBIASED),
            Map.entry("kurtosis", Metric.EXCESS_KURTOSIS_UNBIASED),
            Map.entry("win_rate", Metric.WIN_RATE),
            Map.entry("profit_factor", Metric.PROFIT_FACTOR),
            Map.entry("payoff", Metric.PAYOFF_RATIO),
            Map.entry("greeks.beta", Metric.BETA),
            Map.entry("greeks.alpha", Metric.ALPHA_ANNUAL_SIMPLE),
            Map.entry("kelly", Metric.KELLY));

    private record Case(Fixtures.Pair pair, PerformanceMetrics year365, PerformanceMetrics year252) {
        static Case of(Fixtures.Pair pair) {
            return new Case(
                    pair,
                    PerformanceMetrics.of(pair.returns(), pair.benchmark(), 365),
                    PerformanceMetrics.of(pair.returns(), pair.benchmark(), 252));
        }

        double figure(String key) {
            if (key.startsWith("np.") || key.startsWith("qs.")) {
                for (Metric metric : Metric.values()) {
                    if (metric.key().equals(key.substring(3))) {
                        return year365.value(metric);
                    }
                }
                throw new AssertionError("unknown key " + key);
            }
            return switch (key) {
                // empyrical knows the year of 252 days only.
                case "ep.upCapture252" -> year252.value(Metric.UP_CAPTURE);
                case "ep.downCapture252" -> year252.value(Metric.DOWN_CAPTURE);
                case "lib.empyrical.calmar" -> year365.value(Metric.CALMAR);
                case "lib.quantstats.calmar" -> year252.value(Metric.CALMAR);
                case "lib.empyrical.var" -> year365.value(Metric.VALUE_AT_RISK_95);
                case "lib.empyrical.cvar" -> year365.value(Metric.CONDITIONAL_VALUE_AT_RISK_95);
                case "lib.quantstats.var" -> year365.value(Metric.VALUE_AT_RISK_95_NORMAL);
                case "lib.quantstats.cvar" -> year365.value(Metric.CONDITIONAL_VALUE_AT_RISK_95_NORMAL);
                case "lib.quantstats.ulcer" -> sampleUlcerIndex();
                case "lib.quantstats.psr" -> withUnbiasedMoments();
                default -> year365.value(requireNonNull(KEYS.get(key.substring(key.indexOf('.', 4) + 1))));
            };
        }

        /** quantstats divides by n - 1. */
        private double sampleUlcerIndex() {
            double n = pair.returns().length;
            return year365.value(Metric.ULCER_INDEX) * Math.sqrt(n / (n - 1));
        }

        /** quantstats puts unbiased moments in. */
        private double withUnbiasedMoments() {
            return new ProbabilisticSharpe(
                            pair.returns().length,
                            year365.value(Metric.SHARPE_PER_PERIOD),
                            year365.value(Metric.SKEWNESS_UNBIASED),
                            year365.value(Metric.EXCESS_KURTOSIS_UNBIASED) + 3)
                    .probability(0);
        }
    }

    @Test
    void everyFigureOfTheLibrariesIsReproducedOnAllSixSeries() {
        Map<String, Map<String, Double>> expected = Fixtures.table("tear_sheet.csv");
        Map<String, Fixtures.Pair> series = Fixtures.series();
        assertThat(expected).hasSize(6);
        Set<String> seen = new HashSet<>();
        expected.forEach((name, figures) -> {
            Case found = Case.of(java.util.Objects.requireNonNull(series.get(name), name));
            figures.forEach((key, value) -> {
                assertThat(found.figure(key))
                        .as("%s of %s", key, name)
                        .isCloseTo(value, within(1e-9 * Math.max(1, Math.abs(value))));
                seen.add(key);
            });
        });
        assertThat(seen).hasSize(51);
    }

    @Test
    void theShortTableHoldsTheOraclesFiguresUnderTheNamesOfTheCommandLine() {
        Map<String, String> names = Map.ofEntries(
                Map.entry("sharpe", "sharpe"),
                Map.entry("sortino", "sortino"),
                Map.entry("cagr", "cagr"),
                Map.entry("calmar", "calmar"),
                Map.entry("maxDrawdown", "max_drawdown"),
                Map.entry("ulcerIndex", "ulcer_index"),
                Map.entry("omega", "omega_0"),
                Map.entry("tailRatio", "tail_ratio"),
                Map.entry("valueAtRisk95", "var_hist_95"),
                Map.entry("conditionalValueAtRisk95", "cvar_hist_95"),
                Map.entry("skewness", "skew_biased"),
                Map.entry("excessKurtosis", "excess_kurtosis_biased"),
                Map.entry("profitFactor", "profit_factor"),
                Map.entry("winRate", "win_rate_nonzero"),
                Map.entry("probabilisticSharpe", "psr_sr0_0"));
        Map<String, Map<String, Double>> expected = Fixtures.table("expected.csv");
        Fixtures.series().forEach((name, pair) -> {
            Map<String, Double> table = MetricsTable.of(pair.returns(), 365).values();
            assertThat(table.keySet()).containsExactlyInAnyOrderElementsOf(names.keySet());
            table.forEach((key, value) -> assertThat(value)
                    .as("%s of %s", key, name)
                    .isCloseTo(requireNonNull(expected.get(name)).get(names.get(key)), within(1e-9)));
        });
        MetricsTable empty = MetricsTable.of(new double[0], 365);
        assertThat(empty.values().values()).containsOnly(Double.NaN);
        assertThat(empty.asText()).contains("probabilisticSharpe");
    }
}
