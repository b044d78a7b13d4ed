package org.lama.models.arima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.lama.core.signal.ModelSummary;

/** Against R's auto.arima, ndiffs and nsdiffs (forecast 8.20) on 19 series and five regressions. */
class AutoArimaOracleTest {
    /**
     * A stepwise path may end one step away from R's; the likelihood itself is exact here and within 0.006 of R's, which
     * keeps the differences in a state with a large prior variance.
     */
    private static final double AICC = 0.5;

    private static final AutoOracle ORACLE = AutoOracle.read();

    private static AutoArimaOptions options(int period) {
        return AutoArimaOptions.defaults()
                .withDifference(DifferenceRule.kpss(2))
                .withSeasonal(SeasonalOptions.of(period));
    }

    private static AutoArimaResult select(AutoOracle.Choice theirs, AutoArimaOptions.Search search) {
        AutoOracle.Known known = Objects.requireNonNull(ORACLE.series.get(theirs.series()));
        AutoArimaOptions options = options(known.period()).withSearch(search).withMaxCandidates(500);
        if (known.period() == 1) {
            // at R's own d: the search without a season may take one more on its own
            options = options.withDifference(DifferenceRule.fixed(theirs.spec().d()));
        }
        return AutoArima.select(known.values(), options);
    }

    @Test
    void theDifferencesAreThoseOfNdiffsAndNsdiffs() {
        ORACLE.series.forEach((name, known) -> {
            double[] y = known.values();
            assertThat(new int[] {
                        DifferenceRule.kpss(2).choose(y),
                        DifferenceRule.adfOneLag(2).choose(y),
                        DifferenceRule.phillipsPerron(2).choose(y),
                        SeasonalDifferenceRule.strength().choose(y, known.period())
                    })
                    .as(name)
                    .containsExactly(known.differences());
        });
        assertThat(ORACLE.series).hasSize(19);
    }

    @Test
    void theSeasonalTestsDecideAsNsdiffs() {
        // nsdiffs(test = "ocsb") and nsdiffs(test = "ch"), see seasonal.json.gz among the resources of lama-core
        String[] names = {"USAccDeaths", "co2", "logAirPassengers", "logJohnsonJohnson"};
        int[] ocsb = {0, 1, 0, 0};
        for (int i = 0; i < names.length; i++) {
            AutoOracle.Known known = Objects.requireNonNull(ORACLE.series.get(names[i]));
            assertThat(SeasonalDifferenceRule.ocsb().choose(known.values(), known.period()))
                    .as(names[i])
                    .isEqualTo(ocsb[i]);
            assertThat(SeasonalDifferenceRule.canovaHansen().choose(known.values(), known.period()))
                    .as(names[i])
                    .isZero();
        }
    }

    @Test
    void stepwiseIsNotWorseThanRsExactStepwiseSearchAtEqualDifferences() {
        int compared = 0;
        for (AutoOracle.Choice theirs : ORACLE.choices) {
            if (!theirs.mode().startsWith("stepwise")) {
                continue;
            }
            AutoArimaResult ours = select(theirs, AutoArimaOptions.Search.STEPWISE);
            String what = theirs + " " + ours.fit().spec();
            ArimaSpec spec = ours.fit().spec();
            assertThat(spec.d()).as(what).isEqualTo(theirs.spec().d());
            assertThat(spec.seasonal().d())
                    .as(what)
                    .isEqualTo(theirs.spec().seasonal().d());
            assertThat(ours.fit().aicc()).as(what).isLessThanOrEqualTo(theirs.aicc() + AICC);
            assertThat(ours.fit().status().converged()).as(what).isTrue();
            compared++;
        }
        assertThat(compared).isEqualTo(35);
    }

    @Test
    void theFullSearchIsNotWorseThanRs() {
        int compared = 0;
        for (AutoOracle.Choice theirs : ORACLE.choices) {
            if (theirs.mode().equals("full_exact")) {
                AutoArimaResult ours = select(theirs, AutoArimaOptions.Search.FULL);
                assertThat(ours.fit().aicc())
                        .as("%s %s", theirs, ours.fit().spec())
                        .isLessThanOrEqualTo(theirs.aicc() + 0.01);
                compared++;
            }
        }
        assertThat(compared).isEqualTo(12);
    }

    @Test
    void theExactSearchOnCo2EndsWhereRsDoes() {
        // R: auto.arima(co2, approximation = FALSE) takes ARIMA(2,1,1)(0,1,1)[12], AICc 177.9614, 11 s of CPU time
        double[] y = Objects.requireNonNull(ORACLE.series.get("co2")).values();
        ArimaFit fit = AutoArima.select(y, options(12)).fit();
        assertThat(fit.spec()).isEqualTo(new ArimaSpec(2, 1, 1, new ArimaSpec.Seasonal(0, 1, 1, 12), false, false));
        assertThat(fit.aicc()).isCloseTo(177.9614, within(0.01));
    }

    @Test
    void regressionsEndWhereRsDo() {
        for (AutoOracle.WithColumns theirs : ORACLE.regressions) {
            ArimaFit ours = AutoArima.select(theirs.values(), theirs.x(), options(theirs.period()))
                    .fit();
            assertThat(ours.spec()).as(theirs.name()).isEqualTo(theirs.spec());
            assertThat(ours.aicc()).as(theirs.name()).isCloseTo(theirs.aicc(), within(0.01));
            List<ModelSummary.Coefficient> all = ours.coefficients();
            for (int j = 0; j < theirs.x().count(); j++) {
                ModelSummary.Coefficient b = all.get(all.size() - theirs.x().count() + j);
                assertThat(b.name()).isEqualTo("x" + j);
                // R stops at a relative 1e-8 of the likelihood
                assertThat(b.estimate())
                        .as(theirs.name())
                        .isCloseTo(theirs.coefficients()[j], within(0.005 * b.standardError()));
            }
        }
        assertThat(ORACLE.regressions).hasSize(5);
    }
}
