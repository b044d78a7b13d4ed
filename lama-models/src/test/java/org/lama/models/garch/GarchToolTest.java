package org.lama.models.garch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Named;
import org.lama.core.series.Series;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.ModelTool.Action;
import org.lama.core.signal.ModelTool.Request;
import org.lama.core.signal.Providers;

class GarchToolTest {
    private static final FitContext CONTEXT = FitContext.backtest(3);
    private final GarchTool tool = new GarchTool();
    private final double[] returns = GarchTest.returns(300, 2);

    private ModelSummary run(Action action, double[] data, Map<String, String> options) {
        Series values = Series.of("r", TimeIndex.regular(0, 1, data.length), data);
        return tool.run(action, Request.of(values, options, CONTEXT));
    }

    @Test
    void fitReadsItsOptionsAndNamesItsResults() {
        ModelSummary summary = run(
                Action.FIT,
                returns,
                Map.of("model", "gjr", "dist", "t", "mean", "zero", "horizon", "3", "column", "r"));
        assertThat(summary.title()).isEqualTo("GJR-GARCH(1,1,1) with Student t with zero mean");
        assertThat(summary.coefficients())
                .extracting(ModelSummary.Coefficient::name)
                .containsExactly("omega", "alpha[1]", "gamma[1]", "beta[1]", "nu");
        assertThat(summary.values()).containsOnlyKeys("logLikelihood", "aic", "bic", "nobs", "persistence", "halfLife");
        assertThat(summary.vectors())
                .containsOnlyKeys("conditionalVolatility", "varianceForecast", "standardErrorsClassic");
        assertThat(summary.vectors().get("varianceForecast")).hasSize(3);
        assertThat(summary.vectors().get("conditionalVolatility")).hasSize(300);
        assertThat(summary.forecast()).hasSize(3);
        assertThat(summary.residuals()).hasSize(300);
        assertThat(run(Action.FIT, returns, Map.of()).title()).isEqualTo("GARCH(1,1)");
        assertThat(run(Action.FIT, returns, Map.of("model", "arch", "p", "2")).title())
                .isEqualTo("ARCH(2)");
        assertThat(run(Action.FIT, returns, Map.of("model", "egarch", "o", "0", "horizon", "0"))
                        .title())
                .isEqualTo("EGARCH(1,0,1)");
        assertThat(run(Action.FORECAST, returns, Map.of()).forecast()).hasSize(12);
    }

    @Test
    void pricesBecomeLogReturns() {
        double[] prices = new double[301];
        prices[0] = 100;
        for (int t = 0; t < 300; t++) {
            prices[t + 1] = prices[t] * Math.exp(0.01 * returns[t]);
        }
        ModelSummary summary = run(Action.FIT, prices, Map.of("input", "prices"));
        assertThat(summary.notes()).anyMatch(note -> note.contains("log returns of the prices in column 'r'"));
        assertThat(summary.vectors().getOrDefault("conditionalVolatility", new double[1])[0])
                .isNaN();
        double ratio = summary.coefficients().get(0).estimate()
                / run(Action.FIT, returns, Map.of()).coefficients().get(0).estimate();
        assertThat(ratio).isBetween(0.00999, 0.01001);
        prices[10] = 0;
        assertThat(run(Action.FIT, prices, Map.of("input", "prices")).values()).containsEntry("nobs", 298.0);
    }

    @Test
    void simulationFollowsTheSeedOfTheContext() {
        ModelSummary summary = run(Action.SIMULATE, returns, Map.of("horizon", "20"));
        double[] drawn = summary.vectors().get("simulated");
        assertThat(drawn).hasSize(20);
        assertThat(run(Action.SIMULATE, returns, Map.of("horizon", "20"))
                        .vectors()
                        .get("simulated"))
                .containsExactly(drawn);
    }

    @Test
    void studentIntervalsAreExactOneStepAhead() {
        ModelSummary summary = run(Action.FORECAST, returns, Map.of("dist", "t", "horizon", "1"));
        ModelSummary.ForecastStep step = summary.forecast().get(0);
        double nu = summary.coefficients().get(4).estimate();
        double scaled = (step.upper95() - step.mean()) / step.standardError() * Math.sqrt(nu / (nu - 2));
        assertThat(org.lama.core.math.Distributions.studentTail(scaled, nu)).isBetween(0.0249999, 0.0250001);
    }

    @Test
    void wrongOptionsAreRefused() {
        assertThatThrownBy(() -> run(Action.FIT, returns, Map.of("modle", "garch")))
                .hasMessageContaining("'model'");
        assertThatThrownBy(() -> run(Action.FIT, returns, Map.of("model", "figarch")))
                .hasMessageContaining("garch");
        assertThatThrownBy(() -> run(Action.FIT, returns, Map.of("model", "garch", "o", "1")))
                .hasMessageContaining("o must be 0");
        assertThatThrownBy(() -> run(Action.FIT, returns, Map.of("dist", "ged")))
                .hasMessageContaining("normal");
        assertThatThrownBy(() -> run(Action.FORECAST, returns, Map.of("horizon", "0")))
                .hasMessageContaining("horizon");
        assertThatThrownBy(() -> run(Action.SCORE, returns, Map.of())).hasMessageContaining("not SCORE");
        assertThat(Providers.tools()).extracting(Named::name).contains("garch");
    }
}
