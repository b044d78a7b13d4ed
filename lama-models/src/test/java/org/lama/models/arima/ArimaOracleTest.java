package org.lama.models.arima;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArimaOracleTest {
    private static final ArimaOracle ORACLE = ArimaOracle.read();

    @Test
    void printAll() {
        for (ArimaOracle.Fit fit : ORACLE.fits) {
            double[] y = ORACLE.series.get(fit.series());
            double at = fit.fixed().length == 0 ? Double.NaN : Arima.logLikelihood(y, fit.spec(), fit.fixed());
            StringBuilder line = new StringBuilder(String.format("%-34s at %+.1e ", fit, at - fit.atFixed()));
            for (ArimaOptions.Effort effort : ArimaOptions.Effort.values()) {
                ArimaFit own = Arima.fit(y, fit.spec(), ArimaOptions.defaults().withEffort(effort));
                double se = 0;
                for (int i = 0; i < own.coefficients().size(); i++) {
                    se = Math.max(
                            se, Math.abs(own.coefficients().get(i).standardError() / fit.standardErrors()[i] - 1));
                }
                double fc = 0;
                for (int h = 0; h < 12; h++) {
                    fc = Math.max(
                            fc, Math.abs(own.forecast(12).get(h).mean() - fit.forecast()[h]) / fit.forecastErrors()[h]);
                    fc = Math.max(fc, Math.abs(own.forecast(12).get(h).standardError() / fit.forecastErrors()[h] - 1));
                }
                line.append(String.format(
                        "| %s %+.1e (R %+.1e) se %.0e fc %.0e %s %d %d ",
                        effort.name().charAt(0),
                        own.logLikelihood() - fit.reference(),
                        own.logLikelihood() - fit.logLikelihood(),
                        se,
                        fc,
                        own.status().outcome() + " " + own.start(),
                        own.distinctOptima(),
                        own.evaluations()));
            }
            System.err.println(line);
        }
        assertThat(ORACLE.fits).isNotEmpty();
    }

    @Test
    void printAuto() {
        for (ArimaOracle.Auto auto : ORACLE.autos) {
            double[] y = ORACLE.series.get(auto.series());
            AutoArimaResult result =
                    AutoArima.select(y, AutoArimaOptions.defaults().withDifference(DifferenceRule.fixed(auto.d())));
            AutoArimaResult full = AutoArima.select(
                    y,
                    AutoArimaOptions.defaults()
                            .withSearch(AutoArimaOptions.Search.FULL)
                            .withDifference(DifferenceRule.fixed(auto.d())));
            System.err.printf(
                    "%s d %d R %s %.4f own %s %+.4f candidates %d full %s %+.4f kpss %d adf %d%n",
                    auto.series(),
                    auto.d(),
                    auto.order(),
                    auto.aicc(),
                    result.fit(),
                    result.fit().aicc() - auto.aicc(),
                    result.candidates().size(),
                    full.fit().spec(),
                    full.fit().aicc() - auto.aicc(),
                    DifferenceRule.kpss(2).choose(y),
                    DifferenceRule.adf(2).choose(y));
        }
    }
}
