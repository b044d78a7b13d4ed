package org.lama.models.arima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.ModelSummary.Coefficient;
import org.lama.core.signal.ModelSummary.ForecastStep;

/** All 62 fits of R 4.2.2 stats::arima with season, drift, regressors and gaps; script and values lie in the test resources. */
class ArimaReferenceOracleTest {
    private static final ArimaOracle ORACLE = ArimaOracle.read();

    private static final ArimaOptions THOROUGH = ArimaOptions.defaults().withEffort(ArimaOptions.Effort.THOROUGH);

    private static ArimaFit fit(ArimaOracle.Full reference, ArimaOptions options) {
        return Arima.fit(ORACLE.values(reference.series), ORACLE.regressors(reference), reference.spec, options);
    }

    private static boolean differenced(ArimaOracle.Full reference) {
        return reference.spec.d() + reference.spec.seasonal().d() > 0;
    }

    private static int lost(ArimaOracle.Full reference) {
        ArimaSpec.Seasonal season = reference.spec.seasonal();
        return reference.spec.d() + season.d() * season.period();
    }

    @Test
    void likelihoodVarianceAndResidualsAtFixedCoefficientsEqualTheReference() {
        int checked = 0;
        for (ArimaOracle.Full reference : ORACLE.all) {
            if (reference.refused() || !Double.isFinite(reference.logLikelihoodAtFixed())) {
                continue;
            }
            double[] y = ORACLE.values(reference.series);
            Regressors x = ORACLE.regressors(reference);
            double own = Arima.logLikelihood(y, x, reference.spec, reference.fixed());
            ArimaFit at = Arima.at(y, x, reference.spec, reference.fixed());
            double expected = reference.logLikelihoodAtFixed();
            // with gaps in differences R's own value, which holds an approximately diffuse start
            double tolerance = reference.hasGaps() && differenced(reference) ? 1e-3 : 1e-7 * Math.abs(expected);
            assertThat(own).as("%s", reference).isCloseTo(expected, within(tolerance));
            assertThat(at.logLikelihood()).as("%s", reference).isCloseTo(own, within(1e-7 * Math.abs(own)));
            double variance = differenced(reference) ? 2e-4 : 1e-8;
            assertThat(at.sigma2())
                    .as("%s sigma2", reference)
                    .isCloseTo(reference.sigma2AtFixed(), within(variance * reference.sigma2AtFixed()));
            residuals(reference, at, reference.residualsAtFixed(), lost(reference), 1e-6);
            if (Double.isFinite(reference.conditionalAtFixed())) {
                assertThat(Arima.conditionalVariance(y, x, reference.spec, reference.fixed()))
                        .as("%s css", reference)
                        .isCloseTo(reference.conditionalAtFixed(), within(1e-9 * reference.conditionalAtFixed()));
            }
            checked++;
        }
        assertThat(checked).isGreaterThanOrEqualTo(55);
    }

    private static void residuals(
            ArimaOracle.Full reference, ArimaFit own, double[] expected, int from, double within) {
        double[] residuals = own.residuals();
        // R's start is approximately diffuse: what differs dies out
        double tolerance = (differenced(reference) ? 2e-3 : within) * Math.sqrt(own.sigma2());
        for (int t = 0; t < expected.length; t++) {
            int row = from < 0 ? residuals.length - expected.length + t : t;
            // rows that only start the levels have no residual here
            if (row >= Math.max(0, from) && !Double.isNaN(expected[t]) && !Double.isNaN(residuals[row])) {
                assertThat(residuals[row])
                        .as("%s residual %d", reference, row)
                        .isCloseTo(expected[t], within(tolerance));
            }
        }
    }

    @Test
    void ownOptimumIsNotBelowTheReference() {
        List<String> report = new ArrayList<>();
        for (ArimaOracle.Full reference : ORACLE.all) {
            if (reference.refused()) {
                continue;
            }
            // roots of modulus 1.003 to 1.005: a peak that only a fine scan of frequencies finds
            boolean narrow = reference.series.equals("logDAX") && reference.spec.p() == 2;
            boolean large = reference.spec.p() + reference.spec.q() > 5;
            ArimaFit own = fit(reference, large || narrow ? THOROUGH : ArimaOptions.defaults());
            assertThat(own.observations()).as("%s", reference).isEqualTo(reference.observations());
            double floor = reference.reference() - (reference.hasGaps() && differenced(reference) ? 1e-3 : 1e-4);
            if (own.logLikelihood() < floor) {
                report.add(reference + ": " + own.logLikelihood() + " below " + reference.reference());
            }
        }
        assertThat(report).isEmpty();
    }

    @Test
    void coefficientsErrorsResidualsAndForecastsEqualTheReferenceAtTheSameOptimum() {
        int checked = 0;
        for (ArimaOracle.Full reference : ORACLE.all) {
            if (reference.refused() || reference.series.startsWith("short")) {
                continue;
            }
            ArimaFit own = fit(reference, ArimaOptions.defaults());
            boolean same = Math.abs(own.logLikelihood() - reference.reference()) < 2e-3;
            if (same && reference.smallestRoot() > 1.02) {
                same(reference, own);
                checked++;
            }
        }
        assertThat(checked).isGreaterThanOrEqualTo(40);
    }

    private static void same(ArimaOracle.Full reference, ArimaFit own) {
        List<Coefficient> coefficients = own.coefficients();
        assertThat(coefficients.stream().map(Coefficient::name).toList()).isEqualTo(reference.names());
        for (int i = 0; i < coefficients.size(); i++) {
            double error = reference.standardErrors()[i];
            String what = reference + " " + coefficients.get(i).name();
            assertThat(coefficients.get(i).estimate())
                    .as(what)
                    .isCloseTo(reference.coefficients()[i], within(Math.max(1e-3, 0.02 * error)));
            // both are numerical Hessians
            assertThat(coefficients.get(i).standardError()).as(what + " se").isCloseTo(error, within(0.03 * error));
        }
        assertThat(own.sigma2()).isCloseTo(reference.sigma2(), within(1e-3 * reference.sigma2()));
        residuals(reference, own, reference.residualsHead(), lost(reference), 1e-3);
        residuals(reference, own, reference.residualsTail(), -1, 1e-3);
        List<ForecastStep> forecast = reference.xreg ? own.forecast(ORACLE.future(reference)) : own.forecast(12);
        for (int h = 0; h < 12; h++) {
            double error = reference.forecastErrors()[h];
            double tolerance = 1e-3 * error + 1e-6 * Math.abs(reference.forecast()[h]);
            assertThat(forecast.get(h).mean())
                    .as("%s h %d", reference, h)
                    .isCloseTo(reference.forecast()[h], within(tolerance));
            assertThat(forecast.get(h).standardError())
                    .as("%s h %d", reference, h)
                    .isCloseTo(error, within(1e-3 * error));
        }
    }

    @Test
    void conditionalLeastSquaresReachTheReference() {
        int same = 0;
        int outside = 0;
        ArimaOptions options = ArimaOptions.defaults().withMethod(ArimaOptions.Method.CSS);
        for (ArimaOracle.Full reference : ORACLE.all) {
            if (reference.refused() || reference.conditional().length == 0) {
                continue;
            }
            double expected = reference.conditional()[0];
            if (!Double.isFinite(expected)) {
                continue;
            }
            ArimaFit own = fit(reference, options);
            if (!invertible(reference)) {
                // R leaves the invertible region there; ours stays inside, where the sum of squares is larger
                outside++;
                continue;
            }
            assertThat(own.sigma2()).as("%s", reference).isLessThanOrEqualTo(expected * (1 + 1e-5));
            if (own.sigma2() > expected * (1 - 1e-5)) {
                assertThat(own.logLikelihood())
                        .as("%s", reference)
                        .isCloseTo(reference.conditional()[1], within(2e-3));
                double[] coefficients = reference.conditionalCoefficients();
                for (int i = 0; i < coefficients.length && reference.smallestRoot() > 1.02; i++) {
                    Coefficient c = own.coefficients().get(i);
                    assertThat(c.estimate())
                            .as("%s css %s", reference, c.name())
                            .isCloseTo(coefficients[i], within(Math.max(2e-3, 0.02 * c.standardError())));
                }
                same++;
            }
        }
        assertThat(same).isGreaterThanOrEqualTo(45);
        assertThat(outside).isLessThanOrEqualTo(3);
    }

    private static boolean invertible(ArimaOracle.Full reference) {
        double[] c = reference.conditionalCoefficients();
        double[] theta = Arrays.copyOfRange(c, reference.spec.p(), reference.spec.p() + reference.spec.q());
        return Pacf.rootsOutside(theta, -1, 1);
    }

    @Test
    void conditionalLeastSquaresStaysInvertibleWhereItHasAMinimumThere() {
        for (ArimaOracle.Full reference : ORACLE.all) {
            if (!reference.refused()
                    && reference.conditional().length > 0
                    && Double.isFinite(reference.conditional()[0])) {
                ArimaFit own = fit(reference, ArimaOptions.defaults().withMethod(ArimaOptions.Method.CSS));
                assertThat(own.sigma2())
                        .as("%s", reference)
                        .isGreaterThanOrEqualTo(0.9 * reference.conditional()[0]);
            }
        }
    }

    @Test
    void thoroughFitsOfLargerModelsNeverEndBelowSmallerOnes() {
        ArimaOptions thorough = ArimaOptions.defaults().withEffort(ArimaOptions.Effort.THOROUGH);
        for (String series : List.of("sim_near_unit_root", "WWWusage", "sim_arma11_gaps")) {
            double[] y = ORACLE.values(series);
            int most = 3;
            double[][] values = new double[most + 1][most + 1];
            for (int p = 0; p <= most; p++) {
                for (int q = 0; q <= most; q++) {
                    values[p][q] = Arima.fit(y, ArimaSpec.of(p, 0, q), thorough).logLikelihood();
                    double smaller = Math.max(
                            p == 0 ? Double.NEGATIVE_INFINITY : values[p - 1][q],
                            q == 0 ? Double.NEGATIVE_INFINITY : values[p][q - 1]);
                    assertThat(values[p][q]).as("%s (%d,0,%d)", series, p, q).isGreaterThanOrEqualTo(smaller - 1e-6);
                }
            }
        }
    }

    @Test
    void likelihoodFromTheConditionalStartReachesTheReferencesDefault() {
        ArimaOptions options = ArimaOptions.defaults().withMethod(ArimaOptions.Method.CSS_ML);
        int checked = 0;
        for (ArimaOracle.Full reference : ORACLE.all) {
            if (reference.refused() || reference.conditionalThenLikelihood().length == 0) {
                continue;
            }
            double expected = reference.conditionalThenLikelihood()[0];
            if (Double.isFinite(expected)) {
                ArimaFit own = fit(reference, options);
                // R's value holds an approximately diffuse start when there are differences
                double tolerance = differenced(reference) ? 6e-3 : 1e-4;
                assertThat(own.logLikelihood()).as("%s", reference).isGreaterThan(expected - tolerance);
                checked++;
            }
        }
        assertThat(checked).isGreaterThanOrEqualTo(50);
    }

    @Test
    void constantSeriesHaveAClosedResult() {
        int refused = 0;
        for (ArimaOracle.Full reference : ORACLE.all) {
            if (reference.refused()) {
                ArimaFit own = fit(reference, ArimaOptions.defaults());
                assertThat(own.status().outcome()).isEqualTo(FitStatus.Outcome.FALLBACK_RW);
                assertThat(own.status().reason()).contains("constant");
                assertThat(own.forecast(3).get(2).mean()).isEqualTo(ORACLE.values(reference.series)[0]);
                assertThat(own.forecast(3).get(2).standardError()).isZero();
                refused++;
            }
        }
        assertThat(refused).isEqualTo(2);
    }

    @Test
    void thePathForSeasonsReachesTheSameOptimaWithoutASeason() {
        for (ArimaOracle.Full reference : ORACLE.all) {
            if (!reference.refused() && reference.spec.p() + reference.spec.q() <= 3) {
                SeasonalFitter fitter = new SeasonalFitter(
                        ORACLE.values(reference.series), ORACLE.regressors(reference), ArimaOptions.defaults());
                SeasonalFit own = fitter.fitAlone(reference.spec);
                assertThat(own.logLikelihood)
                        .as("%s", reference)
                        .isGreaterThanOrEqualTo(
                                reference.reference() - (reference.hasGaps() && differenced(reference) ? 1e-3 : 1e-4));
            }
        }
    }
}
