package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Phillips-Perron, DF-GLS and variance ratios against arch 8.0.0 on 21 series. */
class UnitRootOracleTest {
    /** Relative: raw columns by a pseudo-inverse there, projections on orthogonal polynomials here. Seen: 3e-11. */
    private static final double STATISTIC = 1e-9;
    /** Relative: the density times the error of the statistic; in far tails its square. */
    private static final double P_VALUE = 1e-8;
    /** Absolute: 2 - 2 Phi(z) of the reference keeps 16 digits of 1, not of the tail. */
    private static final double TAIL = 1e-14;
    /** Relative: the same polynomial with coefficients entered to 12 decimals. */
    private static final double CRITICAL = 1e-11;

    @Test
    void phillipsPerronAgreesForEveryTrendAndStatistic() {
        int compared = 0;
        for (JsonNode series : Oracle.further()) {
            double[] y = Oracle.values(series);
            for (JsonNode call : series.get("phillips_perron")) {
                Trend trend = Oracle.trend(call.get("trend").asText());
                PhillipsPerron.Statistic kind = call.get("test_type").asText().equals("tau")
                        ? PhillipsPerron.Statistic.TAU
                        : PhillipsPerron.Statistic.RHO;
                int lags = call.get("lags").isNull()
                        ? PhillipsPerron.defaultLags(y.length)
                        : call.get("lags").asInt();
                String what = series.get("series") + " " + call.get("trend") + " " + kind + " " + lags;
                compared += compare(what, PhillipsPerron.test(y, trend, kind, lags), call.get("result"));
            }
        }
        // The constant series is the only one that the reference refuses.
        assertThat(compared).isEqualTo(20 * 12);
    }

    @Test
    void dfGlsAgreesForEveryTrendAndLagRule() {
        int compared = 0;
        for (JsonNode series : Oracle.further()) {
            double[] y = Oracle.values(series);
            for (JsonNode call : series.get("dfgls")) {
                Trend trend = Oracle.trend(call.get("trend").asText());
                String what = series.get("series") + " " + call.get("trend") + " " + call.get("method");
                compared += compare(what, DfGls.test(y, trend, rule(call)), call.get("result"));
            }
            if (!series.get("dfgls_c").has("error")) {
                TestResult ours = DfGls.test(y, Trend.CONSTANT, Adf.LagRule.aic());
                compared += compare(series.get("series") + " default", ours, series.get("dfgls_c"));
            }
        }
        assertThat(compared).isGreaterThanOrEqualTo(20 * 9 - 2);
    }

    private static Adf.LagRule rule(JsonNode call) {
        if (call.get("method").isNull()) {
            return Adf.LagRule.fixed(call.get("lags").asInt());
        }
        return call.get("method").asText().equals("aic") ? Adf.LagRule.aic() : Adf.LagRule.bic();
    }

    private static int compare(String what, TestResult ours, JsonNode theirs) {
        // With a fixed number of lags the reference divides rounding errors: of a constant series, of four rows and
        // columns.
        boolean noise = what.contains("const_50") || (what.contains("short_8") && ours.lags() == 3);
        if (theirs.has("error") || noise) {
            assertThat(ours.isDefined()).as(what).isFalse();
            assertThat(ours.note()).as(what).isNotEmpty();
            return 0;
        }
        double statistic = theirs.get("stat").asDouble();
        double pValue = theirs.get("pvalue").asDouble();
        assertThat(ours.note()).as(what).isEmpty();
        assertThat(ours.lags()).as(what).isEqualTo(theirs.get("lags").asInt());
        assertThat(ours.statistic()).as(what).isCloseTo(statistic, within(STATISTIC * Math.abs(statistic)));
        assertThat(ours.pValue()).as(what).isCloseTo(pValue, within(P_VALUE * pValue + 1e-300));
        if (theirs.has("nobs")) {
            assertThat(ours.observations())
                    .as(what)
                    .isEqualTo(theirs.get("nobs").asInt());
        }
        for (String level : new String[] {"1%", "5%", "10%"}) {
            double critical = theirs.get("crit").get(level).asDouble();
            double share = Double.parseDouble(level.replace("%", "")) / 100;
            assertThat(ours.criticalValue(share)).as(what).isCloseTo(critical, within(CRITICAL * Math.abs(critical)));
        }
        return 1;
    }

    @Test
    void varianceRatiosAgreeForEveryOption() {
        int compared = 0;
        for (JsonNode series : Oracle.further()) {
            if (series.get("series").asText().equals("const_50")) {
                continue;
            }
            double[] y = Oracle.values(series);
            String name = series.get("series").asText();
            compareRatio(name, VarianceRatio.test(y, 2), series.get("variance_ratio_2"));
            for (JsonNode call : series.get("variance_ratio")) {
                VarianceRatio.Options options = new VarianceRatio.Options(
                        call.get("robust").asBoolean(),
                        call.get("overlap").asBoolean(),
                        call.get("debiased").asBoolean(),
                        call.get("trend").asText().equals("c"));
                String what = name + " " + call.get("lags") + " " + options;
                VarianceRatio.Result ours =
                        VarianceRatio.test(y, call.get("lags").asInt(), options);
                compared += compareRatio(what, ours, call.get("result"));
            }
        }
        assertThat(compared).isGreaterThanOrEqualTo(20 * 10 - 5);
    }

    private static int compareRatio(String what, VarianceRatio.Result ours, JsonNode theirs) {
        if (theirs.has("error")) {
            assertThat(ours.test().isDefined()).as(what).isFalse();
            return 0;
        }
        double statistic = theirs.get("stat").asDouble();
        double ratio = theirs.get("vr").asDouble();
        double pValue = theirs.get("pvalue").asDouble();
        // The statistic is a difference of the ratio and 1.
        assertThat(ours.test().statistic())
                .as(what)
                .isCloseTo(statistic, within(STATISTIC * (1 + Math.abs(statistic))));
        assertThat(ours.ratio()).as(what).isCloseTo(ratio, within(STATISTIC * ratio));
        assertThat(ours.test().pValue()).as(what).isCloseTo(pValue, within(P_VALUE * pValue + TAIL));
        return 1;
    }
}
