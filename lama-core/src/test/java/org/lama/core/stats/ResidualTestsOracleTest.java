package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** ARCH-LM, Durbin-Watson, half-life and Hurst against statsmodels 0.15.0 and numpy 2.4.6 on 21 series. */
class ResidualTestsOracleTest {
    /** Relative: R squared by a pseudo-inverse of raw squares there. */
    private static final double LM = 1e-9;
    /** Relative: the tail multiplies the error of the statistic by its size, up to some hundreds. */
    private static final double P_VALUE = 1e-8;
    /** Relative, of lambda and half-lives: one regression on a level of condition up to 1e3. */
    private static final double REGRESSION = 1e-9;
    /** Absolute, of exponents below 1: sums in another order. */
    private static final double EXPONENT = 1e-11;

    @Test
    void archLmAgrees() {
        int compared = 0;
        for (JsonNode series : usable()) {
            double[] y = Oracle.values(series);
            for (JsonNode call : series.get("arch_lm")) {
                ArchLm.Result ours = ArchLm.test(
                        y, call.get("nlags").asInt(), call.get("ddof").asInt());
                JsonNode theirs = call.get("result");
                String what = series.get("series") + " " + call.get("nlags") + " " + call.get("ddof");
                if (theirs.has("error")
                        || y.length - call.get("nlags").asInt()
                                < call.get("nlags").asInt() + 2) {
                    // Three rows and six columns: the reference solves by pseudo-inverse and finds R squared 1.
                    assertThat(ours.test().isDefined()).as(what).isFalse();
                    continue;
                }
                close(what, ours.test().statistic(), theirs.get("lm").asDouble(), LM);
                close(what, ours.test().pValue(), theirs.get("lm_pvalue").asDouble(), P_VALUE);
                close(what, ours.f(), theirs.get("f").asDouble(), LM);
                close(what, ours.fPValue(), theirs.get("f_pvalue").asDouble(), P_VALUE);
                compared++;
            }
        }
        assertThat(compared).isEqualTo(20 * 6 - 4);
    }

    @Test
    void durbinWatsonAgrees() {
        for (JsonNode series : usable()) {
            TestReport report = StatisticalTests.run("durbin-watson", List.of(Oracle.values(series)), Map.of());
            double theirs = series.get("durbin_watson_demeaned").asDouble();
            close(series.get("series").asText(), report.values().getOrDefault("statistic", Double.NaN), theirs, 1e-12);
        }
    }

    @Test
    void halfLivesAgreeAndAreMissingWhereTheReferenceHasNone() {
        for (JsonNode series : usable()) {
            HalfLife ours = HalfLife.of(Oracle.values(series));
            JsonNode theirs = series.get("half_life");
            String what = series.get("series").asText();
            close(what, ours.lambda(), theirs.get("lam").asDouble(), REGRESSION);
            close(what, ours.intercept(), theirs.get("intercept").asDouble(), REGRESSION);
            closeOrMissing(what, ours.halfLifeOu(), Oracle.number(theirs.get("half_life_ou")), REGRESSION);
            closeOrMissing(what, ours.halfLifeAr1(), Oracle.number(theirs.get("half_life_ar1")), REGRESSION);
        }
    }

    @Test
    void hurstExponentsAgreeAndAreMissingWhereTheReferenceHasNone() {
        int compared = 0;
        for (JsonNode series : usable()) {
            Hurst ours = Hurst.of(Oracle.values(series));
            String what = series.get("series").asText();
            JsonNode rs = series.get("hurst_rs");
            double lagStd = Oracle.number(series.get("hurst_lagstd").get("hurst"));
            if (rs.has("error")) {
                assertThat(ours.rs()).as(what).isNaN();
            } else {
                assertThat(ours.rs()).as(what).isCloseTo(rs.get("hurst").asDouble(), within(EXPONENT));
                compared++;
            }
            if (Double.isNaN(lagStd)) {
                assertThat(ours.lagStd()).as(what).isNaN();
            } else {
                assertThat(ours.lagStd()).as(what).isCloseTo(lagStd, within(EXPONENT));
            }
        }
        assertThat(compared).isEqualTo(19);
    }

    private static List<JsonNode> usable() {
        List<JsonNode> usable = Oracle.further().stream()
                .filter(s -> !s.get("series").asText().equals("const_50"))
                .toList();
        assertThat(usable).hasSize(20);
        return usable;
    }

    private static void closeOrMissing(String what, double ours, double theirs, double tolerance) {
        if (Double.isNaN(theirs)) {
            assertThat(ours).as(what).isNaN();
        } else {
            close(what, ours, theirs, tolerance);
        }
    }

    private static void close(String what, double ours, double theirs, double tolerance) {
        assertThat(ours).as(what).isCloseTo(theirs, within(tolerance * Math.abs(theirs) + 1e-300));
    }
}
