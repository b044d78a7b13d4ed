package org.lama.backtest.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Values computed with arch 8.0.0 and statsmodels 0.15.0 (make_reality_check.py). Statistics to 1e-9: other orders of
 * summation. p-values to 0.015: both sides draw 20,000 resamples of their own, three standard errors of a difference of
 * two shares near a half.
 */
final class RealityCheckOracleTest {
    private static final Map<String, Map<String, Double>> EXPECTED = Fixtures.table("reality_check_expected.csv");

    @Test
    void statisticAndPValuesAreThoseOfArch() throws IOException {
        Map<String, List<double[]>> cases = cases();
        assertThat(cases).containsOnlyKeys("null", "planted", "poor");
        cases.forEach((name, rows) -> {
            StationaryBootstrap bootstrap = new StationaryBootstrap(20_000, expected(name, "block"), 0.95, 5);
            RealityCheck check = RealityCheck.of(rows.toArray(double[][]::new), bootstrap);
            assertThat(check.isDefined()).isTrue();
            assertThat(check.variants()).isEqualTo(rows.size());
            assertThat(check.bestRatio()).as(name).isCloseTo(expected(name, "ratio"), within(1e-9));
            assertThat(check.lower()).as(name).isCloseTo(expected(name, "lower"), within(0.015));
            assertThat(check.consistent()).as(name).isCloseTo(expected(name, "consistent"), within(0.015));
            assertThat(check.upper()).as(name).isCloseTo(expected(name, "upper"), within(0.015));
            assertThat(check.realityCheck()).as(name).isCloseTo(expected(name, "reality_check"), within(0.015));
        });
    }

    @Test
    void falseDiscoveryRatesAreThoseOfStatsmodels() {
        double[] p = {0.001, 0.04, 0.03, 0.2, 0.0005, 0.9, 0.012};
        BenjaminiHochberg plain = BenjaminiHochberg.of(p, 0.1);
        BenjaminiHochberg any = BenjaminiHochberg.underAnyDependence(p, 0.1);
        for (int i = 0; i < p.length; i++) {
            assertThat(plain.adjusted(i)).isCloseTo(expected("fdr_bh", "" + i), within(1e-14));
            assertThat(any.adjusted(i)).isCloseTo(expected("fdr_by", "" + i), within(1e-14));
        }
        assertThat(plain.rejections()).isEqualTo(5);
        assertThat(any.rejections()).isEqualTo(3);
    }

    private static double expected(String name, String key) {
        return Objects.requireNonNull(
                Objects.requireNonNull(EXPECTED.get(name), name).get(key), key);
    }

    private static Map<String, List<double[]>> cases() throws IOException {
        Map<String, List<double[]>> cases = new LinkedHashMap<>();
        try (InputStream in = Objects.requireNonNull(
                RealityCheckOracleTest.class.getResourceAsStream("reality_check.csv"), "reality_check.csv")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                String[] cells = line.split(",", -1);
                if (cells.length > 1) {
                    cases.computeIfAbsent(cells[0], key -> new ArrayList<>())
                            .add(Arrays.stream(cells, 1, cells.length)
                                    .mapToDouble(Double::parseDouble)
                                    .toArray());
                }
            }
        }
        return cases;
    }
}
