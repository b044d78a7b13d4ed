package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Against statsmodels 0.15.0 kpss on 20 series: level and line, automatic, legacy and fixed lags. */
class KpssOracleTest {
    /** Relative: the same formula in another summation order; the residuals from a line lose two digits more. */
    private static final double STATISTIC = 1e-11;
    /** Absolute: linear interpolation of the statistic with a slope below 1. */
    private static final double P_VALUE = 1e-11;

    @Test
    void everyRuleAndTrendAgreesOnEverySeries() {
        int compared = 0;
        for (JsonNode series : Oracle.series()) {
            // Constant: the reference answers null, or divides rounding errors when a line is taken out.
            if (!series.has("kpss") || series.get("series").asText().equals("const_50")) {
                continue;
            }
            double[] y = Oracle.array(series.get("values"));
            for (JsonNode call : series.get("kpss")) {
                compare(series.get("series").asText(), y, call);
                compared++;
            }
        }
        assertThat(compared).isEqualTo(20 * 8);
    }

    @Test
    void theConstantSeriesHasNoAnswer() {
        double[] y = Oracle.array(Oracle.series("const_50").get("values"));
        for (JsonNode call : Oracle.series("const_50").get("kpss")) {
            assertThat(Kpss.test(y, Oracle.trend(call.get("regression").asText()), rule(call))
                            .isDefined())
                    .isFalse();
        }
    }

    private static void compare(String name, double[] y, JsonNode call) {
        JsonNode theirs = call.get("result");
        TestResult ours = Kpss.test(y, Oracle.trend(call.get("regression").asText()), rule(call));
        String what = name + " " + call.get("regression") + " " + call.get("nlags");
        double statistic = theirs.get("stat").asDouble();
        assertThat(ours.lags()).as(what).isEqualTo(theirs.get("lags").asInt());
        assertThat(ours.statistic()).as(what).isCloseTo(statistic, within(STATISTIC * statistic));
        assertThat(ours.pValue()).as(what).isCloseTo(theirs.get("pvalue").asDouble(), within(P_VALUE));
        assertThat(ours.criticalValue(0.01))
                .as(what)
                .isEqualTo(theirs.get("crit").get("1%").asDouble());
        assertThat(ours.criticalValue(0.10))
                .as(what)
                .isEqualTo(theirs.get("crit").get("10%").asDouble());
    }

    private static Kpss.LagRule rule(JsonNode call) {
        return switch (call.get("nlags").asText()) {
            case "auto" -> Kpss.LagRule.automatic();
            case "legacy" -> Kpss.LagRule.legacy();
            default -> Kpss.LagRule.fixed(call.get("nlags").asInt());
        };
    }
}
