package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Against statsmodels 0.15.0 acorr_ljungbox and jarque_bera on 20 series, levels and differences. */
class PortmanteauOracleTest {
    /** Relative: sums of squares of autocorrelations that agree to 1e-13. Seen: 5e-14. */
    private static final double STATISTIC = 1e-12;
    /** Relative, for p above 1e-250: the tail multiplies an error of the statistic by half its size. Seen: 4e-13. */
    private static final double P_VALUE = 1e-10;

    @Test
    void ljungBoxAndBoxPierceAgreeOnEverySeries() {
        int compared = 0;
        for (JsonNode series : Oracle.series()) {
            if (!series.has("portmanteau") || series.get("series").asText().equals("const_50")) {
                continue;
            }
            double[] y = Oracle.array(series.get("values"));
            compared += compare(series.get("portmanteau"), y);
            compared += compare(series.get("portmanteau_of_diff"), differences(y));
        }
        assertThat(compared).isGreaterThan(190);
    }

    private static int compare(JsonNode calls, double[] y) {
        for (JsonNode call : calls) {
            int lags = call.get("lags").asInt();
            int fitted = call.get("model_df").asInt();
            JsonNode theirs = call.get("result");
            check(Portmanteau.ljungBox(y, lags, fitted), theirs.get("lb_stat"), theirs.get("lb_pvalue"));
            check(Portmanteau.boxPierce(y, lags, fitted), theirs.get("bp_stat"), theirs.get("bp_pvalue"));
        }
        return calls.size();
    }

    private static void check(TestResult ours, JsonNode statistic, JsonNode pValue) {
        assertThat(ours.statistic()).isCloseTo(statistic.asDouble(), within(STATISTIC * statistic.asDouble()));
        if (pValue.isNull()) {
            assertThat(ours.pValue()).isNaN();
            assertThat(ours.note()).contains("no degree of freedom");
        } else if (pValue.asDouble() > 1e-250) {
            assertThat(ours.pValue()).isCloseTo(pValue.asDouble(), within(P_VALUE * pValue.asDouble()));
        } else {
            assertThat(ours.pValue()).isBetween(0.0, 1e-250);
        }
    }

    @Test
    void jarqueBeraAndItsMomentsAgreeOnEverySeries() {
        for (JsonNode series : Oracle.series()) {
            if (!series.has("jarque_bera") || series.get("series").asText().equals("const_50")) {
                continue;
            }
            double[] y = Oracle.array(series.get("values"));
            JsonNode theirs = series.get("jarque_bera");
            TestResult ours = JarqueBera.test(y);
            double statistic = theirs.get("stat").asDouble();
            double pValue = theirs.get("pvalue").asDouble();
            // Third and fourth powers of deviations whose mean is exact to 1e-16 of the level.
            assertThat(ours.statistic()).isCloseTo(statistic, within(1e-11 * statistic));
            assertThat(ours.pValue()).isCloseTo(pValue, within(1e-10 * pValue + 1e-300));
            assertThat(Moments.of(y).skewness()).isCloseTo(theirs.get("skew").asDouble(), within(1e-12));
            assertThat(Moments.of(y).kurtosis())
                    .isCloseTo(theirs.get("kurtosis").asDouble(), within(1e-11));
        }
    }

    private static double[] differences(double[] y) {
        double[] d = new double[y.length - 1];
        for (int t = 0; t < d.length; t++) {
            d[t] = y[t + 1] - y[t];
        }
        return d;
    }
}
