package org.lama.models.arima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Named;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.Series;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.ModelTool.Action;
import org.lama.core.signal.ModelTool.Request;
import org.lama.core.signal.Providers;

class ArimaToolTest {
    private static final FitContext CONTEXT = FitContext.backtest(1);
    private final ArimaTool tool = new ArimaTool();
    private final Series values = Series.of("x", TimeIndex.regular(0, 1, 200), ArimaTest.walk(200, 2));

    private ModelSummary run(Action action, Map<String, String> options) {
        return tool.run(action, Request.of(values, options, CONTEXT));
    }

    @Test
    void fitReadsItsOptions() {
        ModelSummary summary =
                run(Action.FIT, Map.of("order", "2,1,0", "drift", "true", "horizon", "3", "effort", "thorough"));
        assertThat(summary.title()).isEqualTo("ARIMA(2,1,0) with drift");
        assertThat(summary.forecast()).hasSize(3);
        assertThat(summary.coefficients()).extracting(c -> c.name()).containsExactly("ar1", "ar2", "drift");
        assertThat(summary.residuals()).hasSize(200);
        assertThat(summary.values().keySet()).contains("logLikelihood", "aic", "aicc", "bic", "sigma2", "nobs");
        assertThat(summary.vectors().get("order")).containsExactly(2, 1, 0);
        assertThat(summary.vectors().get("seasonalOrder")).containsExactly(0, 0, 0, 1);
        assertThat(summary.vectors().get("arRootsReal")).hasSize(2);
        assertThat(summary.vectors().get("fitted")).hasSize(200);
        assertThat(run(Action.FIT, Map.of()).title()).isEqualTo("ARIMA(1,1,1)");
        assertThat(run(Action.FIT, Map.of("order", "1,0,0")).title()).isEqualTo("ARIMA(1,0,0)");
        assertThat(run(Action.FIT, Map.of("order", "1,0,0", "mean", "true")).title())
                .isEqualTo("ARIMA(1,0,0) with mean");
        assertThat(run(Action.FIT, Map.of("horizon", "0")).forecast()).isEmpty();
    }

    @Test
    void seasonsAndMethodsAreRead() {
        ModelSummary summary = run(Action.FORECAST, Map.of("order", "0,1,1", "seasonal", "0,1,1,7", "horizon", "5"));
        assertThat(summary.title()).isEqualTo("ARIMA(0,1,1)(0,1,1)[7]");
        assertThat(summary.coefficients()).extracting(c -> c.name()).containsExactly("ma1", "sma1");
        assertThat(summary.forecast()).hasSize(5);
        double ml = Objects.requireNonNull(summary.values().get("logLikelihood"));
        for (String method : new String[] {"css", "css-ml"}) {
            ModelSummary other = run(Action.FIT, Map.of("order", "0,1,1", "seasonal", "0,1,1,7", "method", method));
            assertThat(other.values().get("logLikelihood")).as(method).isCloseTo(ml, within(5.0));
        }
    }

    @Test
    void regressorsNeedTheirFutureToForecast() {
        double[] x = new double[200];
        double[] y = values.toArray();
        for (int t = 0; t < 200; t++) {
            x[t] = Math.sin(t * 0.7);
            y[t] += 3 * x[t];
        }
        Frame data = Frame.of(
                        "s", TimeIndex.regular(0, 1, 200), 1, new Provenance(Provenance.Kind.HISTORICAL, "s", "", ""))
                .with("y", y)
                .with("x", x);
        Frame later = Frame.of("s", TimeIndex.regular(200, 1, 4), 1, data.provenance())
                .with("x", new double[4]);
        Map<String, String> options = Map.of("column", "y", "xreg", "x", "order", "1,1,0");
        Request without = Request.of(data, options, CONTEXT);
        assertThat(tool.run(Action.FIT, without).notes()).anyMatch(note -> note.contains("future rows of [x]"));
        assertThatThrownBy(() -> tool.run(Action.FORECAST, without))
                .hasMessageContaining("future must hold rows of [x]");
        assertThatThrownBy(() -> tool.run(Action.SIMULATE, without))
                .hasMessageContaining("future must hold rows of [x]");
        Request with = new Request(data, Optional.of(later), options, CONTEXT);
        ModelSummary summary = tool.run(Action.FORECAST, with);
        assertThat(summary.forecast()).hasSize(4);
        assertThat(summary.notes()).anyMatch(note -> note.contains("ends after 4 steps"));
        assertThat(summary.coefficients().get(1).estimate()).isCloseTo(3, within(0.5));
        assertThat(tool.run(Action.SIMULATE, with).vectors().get("path")).hasSize(4);
    }

    @Test
    void simulationContinuesTheSeries() {
        ModelSummary drawn = run(Action.SIMULATE, Map.of("rows", "20", "seed", "5"));
        double[] a = Objects.requireNonNull(drawn.vectors().get("path"));
        assertThat(a)
                .hasSize(20)
                .isEqualTo(run(Action.SIMULATE, Map.of("rows", "20", "seed", "5"))
                        .vectors()
                        .get("path"));
        assertThat(a)
                .isNotEqualTo(run(Action.SIMULATE, Map.of("rows", "20", "seed", "6"))
                        .vectors()
                        .get("path"));
        assertThat(a[0]).isCloseTo(values.toArray()[199], within(6.0));
    }

    @Test
    void autoListsWhatWasTried() {
        ModelSummary summary =
                run(Action.AUTO, Map.of("criterion", "bic", "search", "full", "d", "1", "maxp", "1", "maxq", "1"));
        assertThat(summary.notes()).hasSizeGreaterThanOrEqualTo(6).anyMatch(note -> note.endsWith("chosen"));
        assertThat(run(Action.AUTO, Map.of("d", "adf")).title()).startsWith("ARIMA(");
        assertThat(run(Action.AUTO, Map.of()).forecast()).hasSize(12);
    }

    @Test
    void wrongOptionsNameTheNearestRightOne() {
        assertThatThrownBy(() -> run(Action.FIT, Map.of("ordr", "1,1,1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'ordr'")
                .hasMessageContaining("did you mean 'order'");
        assertThatThrownBy(() -> run(Action.FIT, Map.of("order", "1,1"))).hasMessageContaining("p,d,q");
        assertThatThrownBy(() -> run(Action.FIT, Map.of("order", "1,x,1"))).hasMessageContaining("whole numbers");
        assertThatThrownBy(() -> run(Action.FIT, Map.of("mean", "yes"))).hasMessageContaining("true or false");
        assertThatThrownBy(() -> run(Action.FIT, Map.of("seasonal", "1,1,1"))).hasMessageContaining("P,D,Q,m");
        assertThatThrownBy(() -> run(Action.FIT, Map.of("method", "reml"))).hasMessageContaining("css-ml");
        assertThatThrownBy(() -> run(Action.FIT, Map.of("xreg", "z"))).hasMessageContaining("z");
        assertThatThrownBy(() -> run(Action.SIMULATE, Map.of("seed", "a"))).hasMessageContaining("seed must be");
        assertThatThrownBy(() -> run(Action.SCORE, Map.of())).hasMessageContaining("not SCORE");
        assertThatThrownBy(() -> run(Action.FIT, Map.of("horizon", "-1"))).hasMessageContaining("horizon");
        assertThatThrownBy(() -> run(Action.AUTO, Map.of("criterion", "aicd")))
                .hasMessageContaining("did you mean 'aic");
        assertThatThrownBy(() -> run(Action.AUTO, Map.of("d", "pq"))).hasMessageContaining("kpss, adf");
    }

    @Test
    void automaticOrdersSayWhichRuleTheirSettingsBreak() {
        assertThatThrownBy(() -> run(Action.AUTO, Map.of("period", "500")))
                .hasMessage("period must be below the length of the series, got 500 for 200 rows");
        assertThatThrownBy(() -> run(Action.AUTO, Map.of("d", "foo")))
                .hasMessage("d must be kpss, adf, adf1, pp, 0, 1 or 2, got 'foo'");
        assertThatThrownBy(() -> run(Action.AUTO, Map.of("period", "7", "seasonal-d", "x")))
                .hasMessage("seasonal-d must be strength, ocsb, ch, 0 or 1, got 'x'");
    }

    @Test
    void modelAndToolAreFoundByName() {
        assertThat(Providers.models()).extracting(Named::name).contains("momentum");
        assertThat(Providers.tools()).extracting(Named::name).contains("arima");
    }
}
