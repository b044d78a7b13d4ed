package org.lama.models.garch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against arch 8.0.0 (rescale=False); values and script lie in the test resources. */
class GarchOracleTest {
    private static final GarchOracle ORACLE = GarchOracle.read();

    @Test
    void likelihoodAndVolatilityAtFixedParametersEqualTheReference() {
        for (GarchOracle.Fit fit : ORACLE.fits) {
            double[] returns = ORACLE.values(fit.series());
            double own = Garch.logLikelihood(returns, fit.spec(), fit.fixed());
            // rounding of a sum over some 2,000 rows, with nu = 300 of terms 100 times as large
            assertThat(own).as("%s", fit).isCloseTo(fit.atFixed(), within(1e-11 * Math.abs(fit.atFixed())));
            same(
                    fit + " tail",
                    tail(Garch.conditionalVolatility(returns, fit.spec(), fit.fixed())),
                    fit.fixedTail(),
                    1e-12);
        }
        assertThat(ORACLE.fits).hasSize(84);
    }

    @Test
    void ownOptimumIsNotBelowTheReference() {
        for (GarchOracle.Fit fit : ORACLE.fits) {
            GarchFit own = Garch.fit(ORACLE.values(fit.series()), fit.spec());
            assertThat(own.logLikelihood()).as("%s", fit).isGreaterThanOrEqualTo(fit.logLikelihood() - 1e-4);
        }
    }

    @Test
    void parametersErrorsVolatilityAndForecastsEqualTheReferenceAtTheSameOptimum() {
        int checked = 0;
        for (GarchOracle.Fit fit : ORACLE.fits) {
            if (fit.parameters().length == 0) {
                continue;
            }
            GarchFit own = Garch.fit(ORACLE.values(fit.series()), fit.spec());
            // where we end higher, the reference stopped short (nu at 500) or on a lower peak (DAX GARCH(1,1))
            if (Math.abs(own.logLikelihood() - fit.logLikelihood()) < 1e-5) {
                same(fit, own);
                checked++;
            }
        }
        assertThat(checked).isGreaterThanOrEqualTo(29);
    }

    private static void same(GarchOracle.Fit fit, GarchFit own) {
        // the mean of an EGARCH may stand on a kink, where numerical derivatives mean nothing
        boolean kink = fit.spec().logarithmic() && fit.spec().constantMean();
        for (int i = 0; i < fit.parameters().length; i++) {
            String name = fit + " " + own.coefficients().get(i).name();
            // the reference stops some 1e-7 below its optimum
            assertThat(own.coefficients().get(i).estimate())
                    .as(name)
                    .isCloseTo(fit.parameters()[i], within(1e-3 * fit.robust()[i]));
            if (!(kink && i == 0)) {
                // the reference differentiates numerically, near kinks for EGARCH
                double relative = kink ? 0.03 : 2e-3;
                assertThat(own.coefficients().get(i).standardError())
                        .as(name + " robust")
                        .isCloseTo(fit.robust()[i], within(relative * fit.robust()[i]));
                assertThat(own.coefficientsClassic().get(i).standardError())
                        .as(name + " classic")
                        .isCloseTo(fit.classic()[i], within(relative * fit.classic()[i]));
            }
        }
        // follow from the parameters, which agree to 1e-3 standard errors
        double[] volatility = own.conditionalVolatility();
        same(fit + " head", Arrays.copyOf(volatility, 5), fit.head(), 1e-4);
        same(fit + " tail", tail(volatility), fit.tail(), 1e-4);
        same(fit + " forecast", own.forecastVariance(fit.forecast().length), fit.forecast(), 2e-4);
    }

    private static double[] tail(double[] values) {
        return Arrays.copyOfRange(values, values.length - 5, values.length);
    }

    private static void same(String what, double[] own, double[] reference, double relative) {
        assertThat(own).as(what).hasSameSizeAs(reference);
        for (int i = 0; i < own.length; i++) {
            assertThat(own[i]).as("%s %d", what, i).isCloseTo(reference[i], within(relative * reference[i]));
        }
    }
}
