package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Engle-Granger and Johansen against statsmodels 0.15.0 on two pairs and three series together. */
class CointegrationOracleTest {
    /** Relative: residuals by pseudo-inverse there, by an orthonormal basis here. */
    private static final double STATISTIC = 1e-9;
    /** Relative: the density times the error of the statistic. */
    private static final double P_VALUE = 1e-8;
    /** Relative, of eigenvalues down to 1e-5: an unsymmetric problem with an explicit inverse in the reference. */
    private static final double EIGENVALUE = 1e-9;
    /** Relative to the largest weight: the gap of the eigenvalues divides the error. */
    private static final double VECTOR = 1e-8;

    @Test
    void engleGrangerAgreesOnEveryPairTrendAndLagRule() {
        int compared = 0;
        for (JsonNode pair : Oracle.pairs()) {
            double[][] series = series(pair);
            for (JsonNode call : pair.get("engle_granger")) {
                Trend trend = Oracle.trend(call.get("trend").asText());
                TestResult ours = EngleGranger.test(series[0], series[1], trend, rule(call))
                        .test();
                JsonNode theirs = call.get("result");
                String what = pair.get("y") + " " + call.get("trend") + " " + call.get("autolag");
                check(what, ours, theirs, Oracle.array(theirs.get("crit_1_5_10")));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(32);
    }

    @Test
    void hedgeRatioAndHalfLifeOfTheSpreadAgree() {
        for (JsonNode pair : Oracle.pairs()) {
            double[][] series = series(pair);
            EngleGranger.Result ours = EngleGranger.test(series[0], series[1], Trend.CONSTANT, Adf.LagRule.aic());
            double beta = pair.get("ols_hedge").get("beta").asDouble();
            double intercept = pair.get("ols_hedge").get("intercept").asDouble();
            assertThat(ours.hedgeRatios()).hasSize(1);
            assertThat(ours.hedgeRatios()[0]).isCloseTo(beta, within(1e-10 * beta));
            assertThat(ours.deterministic()[0]).isCloseTo(intercept, within(1e-10 * Math.abs(intercept)));
            HalfLife halfLife = HalfLife.of(ours.spread());
            JsonNode theirs = pair.get("spread_half_life");
            assertThat(halfLife.lambda()).isCloseTo(theirs.get("lam").asDouble(), within(1e-9));
            double ou = theirs.get("half_life_ou").asDouble();
            double ar1 = theirs.get("half_life_ar1").asDouble();
            assertThat(halfLife.halfLifeOu()).isCloseTo(ou, within(1e-8 * ou));
            assertThat(halfLife.halfLifeAr1()).isCloseTo(ar1, within(1e-8 * ar1));
            TestResult adf = Adf.test(ours.spread(), Trend.CONSTANT, Adf.LagRule.aic());
            double statistic = pair.get("spread_adf_c_aic").get("stat").asDouble();
            assertThat(adf.statistic()).isCloseTo(statistic, within(STATISTIC * Math.abs(statistic)));
        }
    }

    @Test
    void johansenAgreesOnEveryPairOrderAndLag() {
        int compared = 0;
        for (JsonNode pair : Oracle.pairs()) {
            double[][] series = series(pair);
            for (JsonNode call : pair.get("johansen")) {
                int order = call.get("det_order").asInt();
                int lags = call.get("k_ar_diff").asInt();
                compare(
                        pair.get("y") + " " + order + " " + lags,
                        Johansen.test(series, order, lags),
                        call.get("result"));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(18);
    }

    @Test
    void threeSeriesAgree() {
        JsonNode triple = Oracle.triple();
        int rows = triple.get("rows").asInt();
        List<double[]> columns = new ArrayList<>();
        for (JsonNode name : triple.get("series")) {
            columns.add(Arrays.copyOf(Oracle.array(Oracle.series(name.asText()).get("values")), rows));
        }
        for (JsonNode theirs : triple.get("engle_granger")) {
            Trend trend = Oracle.trend(theirs.get("trend").asText());
            TestResult ours = EngleGranger.test(columns.get(0), columns.subList(1, 3), trend, Adf.LagRule.aic())
                    .test();
            check("three " + trend, ours, theirs, Oracle.array(theirs.get("crit")));
        }
        for (JsonNode theirs : triple.get("johansen")) {
            int order = theirs.get("det_order").asInt();
            Johansen ours = Johansen.test(columns.toArray(double[][]::new), order, 2);
            compare("three " + order, ours, theirs);
        }
    }

    private static void check(String what, TestResult ours, JsonNode theirs, double[] critical) {
        double statistic = theirs.get("stat").asDouble();
        double pValue = theirs.get("pvalue").asDouble();
        assertThat(ours.statistic()).as(what).isCloseTo(statistic, within(STATISTIC * Math.abs(statistic)));
        assertThat(ours.pValue()).as(what).isCloseTo(pValue, within(P_VALUE * pValue));
        double[] levels = {0.01, 0.05, 0.10};
        for (int i = 0; i < levels.length; i++) {
            if (Double.isNaN(critical[i])) {
                assertThat(ours.criticalValue(levels[i])).as(what).isNaN();
            } else {
                assertThat(ours.criticalValue(levels[i])).as(what).isCloseTo(critical[i], within(1e-12));
            }
        }
    }

    private static void compare(String what, Johansen ours, JsonNode theirs) {
        double[] eigenvalues = Oracle.array(theirs.get("eig"));
        double[] trace = Oracle.array(theirs.get("trace"));
        double[] maxEigen = Oracle.array(theirs.get("maxeig"));
        int m = eigenvalues.length;
        for (int r = 0; r < m; r++) {
            assertThat(ours.eigenvalues()[r]).as(what).isCloseTo(eigenvalues[r], within(EIGENVALUE * eigenvalues[0]));
            assertThat(ours.trace()[r]).as(what).isCloseTo(trace[r], within(EIGENVALUE * trace[0]));
            assertThat(ours.maxEigen()[r]).as(what).isCloseTo(maxEigen[r], within(EIGENVALUE * maxEigen[0]));
            assertThat(ours.traceCriticalValues()[r])
                    .containsExactly(
                            Oracle.array(theirs.get("trace_crit_90_95_99").get(r)));
            assertThat(ours.maxEigenCriticalValues()[r])
                    .containsExactly(
                            Oracle.array(theirs.get("maxeig_crit_90_95_99").get(r)));
            checkVector(what, ours.eigenvector(r), theirs.get("evec"), r);
        }
    }

    /** Columns of the reference's matrix, up to sign. */
    private static void checkVector(String what, double[] ours, JsonNode evec, int r) {
        double sign = Math.signum(ours[0] * evec.get(0).get(r).asDouble());
        double largest = Samples.largest(ours);
        for (int i = 0; i < ours.length; i++) {
            double theirs = evec.get(i).get(r).asDouble();
            assertThat(sign * ours[i]).as(what + " vector " + r).isCloseTo(theirs, within(VECTOR * largest));
        }
    }

    private static Adf.LagRule rule(JsonNode call) {
        if (call.get("autolag").isNull()) {
            return Adf.LagRule.fixed(call.get("maxlag").asInt());
        }
        return call.get("autolag").asText().equals("aic") ? Adf.LagRule.aic() : Adf.LagRule.bic();
    }

    private static double[][] series(JsonNode pair) {
        boolean cumulated = pair.get("transform").asText().startsWith("cumsum");
        double[][] series = new double[2][];
        for (int i = 0; i < 2; i++) {
            String name = pair.get(i == 0 ? "y" : "x").asText();
            series[i] = Oracle.array(Oracle.series(name).get("values"));
            for (int t = 1; cumulated && t < series[i].length; t++) {
                series[i][t] += series[i][t - 1];
            }
        }
        return series;
    }
}
