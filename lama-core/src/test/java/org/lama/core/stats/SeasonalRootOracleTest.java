package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Ocsb and CanovaHansen against R's forecast and uroot. */
class SeasonalRootOracleTest {
    /** Relative: two regressions by QR in either program. */
    private static final double STATISTIC = 1e-9;
    /** The paper's table 1 is simulated: its quantiles are off by up to 2 % and it is interpolated linearly. */
    private static final double P_VALUE = 0.03;

    @Test
    void ocsbAgreesForFixedLags() {
        SeasonalOracle.series().forEach((name, series) -> {
            for (int lags = 0; lags <= 3; lags++) {
                JsonNode theirs = series.get("ocsb_fixed").get(lags);
                compare(name + " " + lags, series, Ocsb.LagRule.fixed(lags), theirs);
            }
        });
    }

    @Test
    void ocsbChoosesTheLagsOfForecastWhenAskedTo() {
        SeasonalOracle.series()
                .forEach((name, series) -> compare(name, series, Ocsb.LagRule.forecast(), series.get("ocsb_aic")));
    }

    private static void compare(String what, JsonNode series, Ocsb.LagRule rule, JsonNode theirs) {
        TestResult ours =
                Ocsb.test(SeasonalOracle.values(series), series.get("period").asInt(), rule);
        double statistic = theirs.get("statistic").asDouble();
        assertThat(ours.observations()).as(what).isEqualTo(theirs.get("rows").asInt());
        assertThat(ours.statistic()).as(what).isCloseTo(statistic, within(STATISTIC * (1 + Math.abs(statistic))));
        assertThat(ours.criticalValue(0.05))
                .as(what)
                .isCloseTo(theirs.get("critical").asDouble(), within(1e-12));
    }

    @Test
    void theAkaikeRuleTriesNoLagToo() {
        JsonNode series = Objects.requireNonNull(SeasonalOracle.series().get("logAirPassengers"));
        double[] y = SeasonalOracle.values(series);
        TestResult aic = Ocsb.test(y, 12, Ocsb.LagRule.aic(3));
        TestResult bic = Ocsb.test(y, 12, Ocsb.LagRule.bic(3));
        assertThat(aic.lags()).isEqualTo(1);
        assertThat(bic.lags()).isLessThanOrEqualTo(aic.lags());
        assertThat(Ocsb.test(y, 12, Ocsb.LagRule.forecast()).lags()).isZero();
    }

    @Test
    void ocsbCriticalValuesAgreeForEveryPeriod() {
        for (JsonNode theirs : SeasonalOracle.ocsbCriticalValues()) {
            assertThat(Ocsb.criticalValue(theirs.get("period").asInt()))
                    .isCloseTo(theirs.get("value").asDouble(), within(1e-12));
        }
    }

    @Test
    void canovaHansenStatisticsAgree() {
        SeasonalOracle.series().forEach((name, series) -> {
            int period = series.get("period").asInt();
            compare(name, series, "ch_trig", CanovaHansen.Settings.of(period));
            compare(name, series, "ch_lag1", new CanovaHansen.Settings(period, true, 3));
        });
    }

    private static void compare(String name, JsonNode series, String key, CanovaHansen.Settings settings) {
        JsonNode theirs = series.get(key);
        double[] y = SeasonalOracle.values(series);
        List<TestResult> cycles = CanovaHansen.frequencies(y, settings);
        TestResult joint = CanovaHansen.test(y, settings);
        JsonNode statistics = theirs.get("statistics");
        assertThat(joint.lags()).as(name).isEqualTo(theirs.get("order").asInt());
        assertThat(cycles).as(name).hasSize(statistics.size() - 1);
        for (int j = 0; j < cycles.size(); j++) {
            double statistic = statistics.get(j).asDouble();
            assertThat(cycles.get(j).statistic())
                    .as("%s %s cycle %d", name, key, j + 1)
                    .isCloseTo(statistic, within(STATISTIC * statistic));
        }
        double statistic = statistics.get(cycles.size()).asDouble();
        assertThat(joint.statistic()).as("%s %s", name, key).isCloseTo(statistic, within(1e-7 * statistic));
    }

    @Test
    void canovaHansenPValuesAgreeWithThePapersTable() {
        SeasonalOracle.series().forEach((name, series) -> {
            JsonNode theirs = series.get("ch_trig_raw");
            if (!theirs.has("pvalues")) {
                return;
            }
            CanovaHansen.Settings settings =
                    CanovaHansen.Settings.of(series.get("period").asInt());
            double[] y = SeasonalOracle.values(series);
            List<TestResult> cycles = CanovaHansen.frequencies(y, settings);
            for (int j = 0; j < cycles.size(); j++) {
                inTable(name, cycles.get(j), theirs.get("pvalues").get(j).asDouble());
            }
            inTable(
                    name,
                    CanovaHansen.test(y, settings),
                    theirs.get("pvalues").get(cycles.size()).asDouble());
        });
    }

    /** Only where the table has quantiles: from 1 % to 20 %. */
    private static void inTable(String name, TestResult ours, double theirs) {
        if (theirs > 0.01 && theirs < 0.2) {
            assertThat(ours.pValue()).as(name).isCloseTo(theirs, within(P_VALUE));
        } else if (theirs >= 0.2) {
            assertThat(ours.pValue()).as(name).isGreaterThan(0.15);
        } else {
            assertThat(ours.pValue()).as(name).isLessThan(0.015);
        }
    }

    @Test
    void theLimitLawHasTheKnownQuantiles() {
        // Anderson and Darling 1952, table of the Cramer-von Mises limit: 0.46136 at 5 %, 0.74346 at 1 %, 0.34730 at 10
        // %
        assertThat(VonMises.quantile(0.05, 1)).isCloseTo(0.46136, within(1e-5));
        assertThat(VonMises.quantile(0.01, 1)).isCloseTo(0.74346, within(1e-5));
        assertThat(VonMises.quantile(0.10, 1)).isCloseTo(0.34730, within(1e-5));
        // Canova and Hansen 1995, table 1, simulated: 5 % for 2, 3, 6 and 11 degrees of freedom
        assertThat(VonMises.quantile(0.05, 2)).isCloseTo(0.749, within(0.01));
        assertThat(VonMises.quantile(0.05, 3)).isCloseTo(1.01, within(0.02));
        assertThat(VonMises.quantile(0.05, 6)).isCloseTo(1.68, within(0.03));
        assertThat(VonMises.quantile(0.05, 11)).isCloseTo(2.75, within(0.04));
        assertThat(VonMises.tail(0, 3)).isEqualTo(1);
        assertThat(VonMises.tail(50, 3)).isZero();
        assertThat(VonMises.tail(1e-3, 11)).isCloseTo(1, within(1e-8));
    }
}
