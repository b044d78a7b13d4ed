package org.lama.models.arima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.signal.ModelSummary.ForecastStep;

/** Against R 4.2.2 stats::arima and statsmodels 0.15.0; values and script lie in the test resources. */
class ArimaOracleTest {
    private static final ArimaOracle ORACLE = ArimaOracle.read();
    private static final ArimaOptions THOROUGH = ArimaOptions.defaults().withEffort(ArimaOptions.Effort.THOROUGH);

    /** Gaps at d = 1 are counted differently by R; they are compared in the reference test. */
    private static boolean excluded(ArimaOracle.Fit fit) {
        return fit.series().equals("sim_arma11_gaps") && fit.spec().d() == 1;
    }

    @Test
    void likelihoodAtFixedParametersEqualsTheReference() {
        int checked = 0;
        for (ArimaOracle.Fit fit : ORACLE.fits) {
            if (fit.fixed().length > 0 && Double.isFinite(fit.atFixed())) {
                double own = Arima.logLikelihood(ORACLE.values(fit.series()), fit.spec(), fit.fixed());
                // 15 printed digits; differences are rounding of the two filters
                assertThat(own).as("%s", fit).isCloseTo(fit.atFixed(), within(1e-7 * Math.abs(fit.atFixed())));
                checked++;
            }
        }
        assertThat(checked).isGreaterThanOrEqualTo(30);
    }

    @Test
    void ownOptimumIsNotBelowTheReference() {
        int checked = 0;
        for (ArimaOracle.Fit fit : ORACLE.fits) {
            if (!excluded(fit)) {
                ArimaFit own = Arima.fit(ORACLE.values(fit.series()), fit.spec(), THOROUGH);
                assertThat(own.logLikelihood()).as("%s", fit).isGreaterThanOrEqualTo(fit.reference() - 1e-3);
                checked++;
            }
        }
        assertThat(checked).isGreaterThanOrEqualTo(40);
    }

    @Test
    void normalEffortReachesTheReferenceForOrdersUpToThree() {
        for (ArimaOracle.Fit fit : ORACLE.fits) {
            // roots of 1.003 to 1.005 need the scan of frequencies of the thorough effort
            boolean narrow = fit.series().equals("logDAX") && fit.spec().p() == 2;
            if (!excluded(fit) && !narrow && fit.spec().p() + fit.spec().q() <= 5) {
                ArimaFit own = Arima.fit(ORACLE.values(fit.series()), fit.spec());
                assertThat(own.logLikelihood()).as("%s", fit).isGreaterThanOrEqualTo(fit.reference() - 1e-3);
            }
        }
    }

    @Test
    void coefficientsErrorsResidualsAndForecastsEqualTheReferenceAtTheSameOptimum() {
        int checked = 0;
        for (ArimaOracle.Fit fit : ORACLE.fits) {
            ArimaFit own = Arima.fit(ORACLE.values(fit.series()), fit.spec());
            boolean sameOptimum = Math.abs(own.logLikelihood() - fit.reference()) < 1e-5;
            if (sameOptimum && fit.smallestRoot() > 1.02 && !fit.series().startsWith("short")) {
                same(fit, own);
                checked++;
            }
        }
        assertThat(checked).isGreaterThanOrEqualTo(25);
    }

    private static void same(ArimaOracle.Fit fit, ArimaFit own) {
        for (int i = 0; i < fit.coefficients().length; i++) {
            double error = fit.standardErrors()[i];
            assertThat(own.coefficients().get(i).estimate())
                    .as("%s coefficient %d", fit, i)
                    .isCloseTo(fit.coefficients()[i], within(Math.max(1e-3, 0.02 * error)));
            // both are numerical Hessians
            assertThat(own.coefficients().get(i).standardError())
                    .as("%s standard error %d", fit, i)
                    .isCloseTo(error, within(0.02 * error));
        }
        // R keeps the differencing in an approximately diffuse state
        assertThat(own.sigma2()).isCloseTo(fit.sigma2(), within(1e-3 * fit.sigma2()));
        double[] residuals = own.residuals();
        for (int t = fit.spec().d() + 1; t < fit.residuals().length; t++) {
            if (!Double.isNaN(fit.residuals()[t])) {
                assertThat(residuals[t])
                        .as("%s residual %d", fit, t)
                        .isCloseTo(fit.residuals()[t], within(2e-3 * Math.sqrt(fit.sigma2())));
            }
        }
        List<ForecastStep> forecast = own.forecast(12);
        for (int h = 0; h < 12; h++) {
            double error = fit.forecastErrors()[h];
            double tolerance = 1e-3 * error + 1e-6 * Math.abs(fit.forecast()[h]);
            assertThat(forecast.get(h).mean()).as("%s h %d", fit, h).isCloseTo(fit.forecast()[h], within(tolerance));
            assertThat(forecast.get(h).standardError()).as("%s h %d", fit, h).isCloseTo(error, within(1e-3 * error));
        }
    }

    @Test
    void automaticOrderIsNotWorseThanTheReferenceAtTheSameD() {
        for (ArimaOracle.Auto auto : ORACLE.autos) {
            AutoArimaResult result = AutoArima.select(
                    ORACLE.values(auto.series()),
                    AutoArimaOptions.defaults().withDifference(DifferenceRule.fixed(auto.d())));
            assertThat(result.fit().aicc())
                    .as("%s: %s against %s", auto.series(), result.fit(), auto.order())
                    .isLessThanOrEqualTo(auto.aicc() + 0.5);
        }
        assertThat(ORACLE.autos).hasSizeGreaterThanOrEqualTo(12);
    }

    @Test
    void kpssChoosesTheReferencesDifferences() {
        for (ArimaOracle.Auto auto : ORACLE.autos) {
            assertThat(DifferenceRule.kpss(2).choose(ORACLE.values(auto.series())))
                    .as(auto.series())
                    .isEqualTo(auto.d());
        }
    }
}
