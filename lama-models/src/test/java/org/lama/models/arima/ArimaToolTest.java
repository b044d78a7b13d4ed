package org.lama.models.arima;

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
                run(Action.FIT, Map.of("order", "2,1,0", "constant", "true", "horizon", "3", "effort", "thorough"));
        assertThat(summary.title()).isEqualTo("ARIMA(2,1,0) with drift");
        assertThat(summary.forecast()).hasSize(3);
        assertThat(summary.coefficients()).hasSize(3);
        assertThat(summary.residuals()).hasSize(200);
        assertThat(run(Action.FIT, Map.of()).title()).isEqualTo("ARIMA(1,1,1)");
        assertThat(run(Action.FIT, Map.of("horizon", "0")).forecast()).isEmpty();
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
        assertThatThrownBy(() -> run(Action.FIT, Map.of("constant", "yes"))).hasMessageContaining("true or false");
        assertThatThrownBy(() -> run(Action.FIT, Map.of("horizon", "-1"))).hasMessageContaining("horizon");
        assertThatThrownBy(() -> run(Action.AUTO, Map.of("criterion", "aicd")))
                .hasMessageContaining("did you mean 'aic");
        assertThatThrownBy(() -> run(Action.AUTO, Map.of("d", "pq"))).hasMessageContaining("kpss, adf");
    }

    @Test
    void modelAndToolAreFoundByName() {
        assertThat(Providers.models()).extracting(Named::name).contains("momentum");
        assertThat(Providers.tools()).extracting(Named::name).contains("arima");
    }
}
