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
import org.lama.core.signal.Providers;

class ArimaToolTest {
    private static final FitContext CONTEXT = FitContext.backtest(1);
    private final ArimaTool tool = new ArimaTool();
    private final Series values = Series.of("x", TimeIndex.regular(0, 1, 200), ArimaTest.walk(200, 2));

    @Test
    void fitReadsItsOptions() {
        ModelSummary summary = tool.fit(
                values, Map.of("order", "2,1,0", "constant", "true", "horizon", "3", "effort", "thorough"), CONTEXT);
        assertThat(summary.title()).isEqualTo("ARIMA(2,1,0) with drift");
        assertThat(summary.forecast()).hasSize(3);
        assertThat(summary.coefficients()).hasSize(3);
        assertThat(summary.residuals()).hasSize(200);
        assertThat(tool.fit(values, Map.of(), CONTEXT).title()).isEqualTo("ARIMA(1,1,1)");
        assertThat(tool.fit(values, Map.of("horizon", "0"), CONTEXT).forecast()).isEmpty();
    }

    @Test
    void autoListsWhatWasTried() {
        ModelSummary summary = tool.auto(
                values, Map.of("criterion", "bic", "search", "full", "d", "1", "maxp", "1", "maxq", "1"), CONTEXT);
        assertThat(summary.notes()).hasSizeGreaterThanOrEqualTo(6).anyMatch(note -> note.endsWith("chosen"));
        assertThat(tool.auto(values, Map.of("d", "adf"), CONTEXT).title()).startsWith("ARIMA(");
        assertThat(tool.auto(values, Map.of(), CONTEXT).forecast()).hasSize(12);
    }

    @Test
    void wrongOptionsNameTheNearestRightOne() {
        assertThatThrownBy(() -> tool.fit(values, Map.of("ordr", "1,1,1"), CONTEXT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'ordr'")
                .hasMessageContaining("did you mean 'order'");
        assertThatThrownBy(() -> tool.fit(values, Map.of("order", "1,1"), CONTEXT))
                .hasMessageContaining("p,d,q");
        assertThatThrownBy(() -> tool.fit(values, Map.of("order", "1,x,1"), CONTEXT))
                .hasMessageContaining("whole numbers");
        assertThatThrownBy(() -> tool.fit(values, Map.of("constant", "yes"), CONTEXT))
                .hasMessageContaining("true or false");
        assertThatThrownBy(() -> tool.fit(values, Map.of("horizon", "-1"), CONTEXT))
                .hasMessageContaining("horizon");
        assertThatThrownBy(() -> tool.auto(values, Map.of("criterion", "aicd"), CONTEXT))
                .hasMessageContaining("did you mean 'aic");
        assertThatThrownBy(() -> tool.auto(values, Map.of("d", "pp"), CONTEXT)).hasMessageContaining("adf, kpss");
    }

    @Test
    void modelAndToolAreFoundByName() {
        assertThat(Providers.models()).extracting(Named::name).contains("momentum");
        assertThat(Providers.tools()).extracting(Named::name).contains("arima");
    }
}
