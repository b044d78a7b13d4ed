package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against R's stl and nsdiffs(test = "seas") on ten series of periods 4, 7, 12 and 24. */
class StlOracleTest {
    /** Relative to the largest value: the same sums in another order, through up to 15 robust passes. */
    private static final double PART = 1e-10;

    @Test
    void everySettingAgreesOnEverySeries() {
        SeasonalOracle.series().forEach((name, series) -> {
            int period = series.get("period").asInt();
            compare(name, series, "stl_periodic", Stl.period(period).periodic());
            compare(name, series, "stl_7", Stl.period(period).seasonalSpan(7));
            compare(
                    name,
                    series,
                    "stl_robust",
                    Stl.period(period).seasonalSpan(7).robust());
            compare(
                    name,
                    series,
                    "stl_degree",
                    Stl.period(period)
                            .seasonalSpan(13)
                            .degrees(1, 0, 1)
                            .trendSpan(15)
                            .jump(1));
        });
    }

    private static void compare(String name, JsonNode series, String key, Stl.Builder settings) {
        JsonNode theirs = series.get(key);
        double[] y =
                Arrays.copyOf(SeasonalOracle.values(series), theirs.get("trend").size());
        Stl.Decomposition ours = settings.decompose(y);
        double scale = Arrays.stream(y).map(Math::abs).max().orElseThrow();
        close(name + " " + key, ours.seasonal(), Oracle.array(theirs.get("seasonal")), PART * scale);
        close(name + " " + key, ours.trend(), Oracle.array(theirs.get("trend")), PART * scale);
        close(name + " " + key, ours.weights(), Oracle.array(theirs.get("weights")), 1e-8);
    }

    private static void close(String what, double[] ours, double[] theirs, double tolerance) {
        assertThat(ours).as(what).hasSameSizeAs(theirs);
        for (int t = 0; t < ours.length; t++) {
            assertThat(ours[t]).as("%s row %d", what, t).isCloseTo(theirs[t], within(tolerance));
        }
    }

    @Test
    void theStrengthIsThatOfR() {
        SeasonalOracle.series().forEach((name, series) -> {
            SeasonalStrength ours = SeasonalStrength.measure(
                    SeasonalOracle.values(series), series.get("period").asInt());
            // the variance ratio halves the digits of the parts at worst
            assertThat(ours.seasonal())
                    .as(name)
                    .isCloseTo(series.get("strength").asDouble(), within(1e-9));
            assertThat(ours.seasonal() > SeasonalStrength.DIFFERENCE_ABOVE)
                    .as(name)
                    .isEqualTo(series.get("nsdiffs").get(0).asInt() == 1);
        });
    }
}
