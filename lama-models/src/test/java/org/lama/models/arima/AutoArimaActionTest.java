package org.lama.models.arima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.ModelTool.Action;
import org.lama.core.signal.ModelTool.Request;

class AutoArimaActionTest {
    private static final int ROWS = 96;
    private final ArimaTool tool = new ArimaTool();

    private static Frame frame(int rows, int from) {
        Rng rng = Seeds.rng(5, 5);
        double[] x = new double[ROWS + 50];
        double[] y = new double[ROWS + 50];
        for (int t = 0; t < x.length; t++) {
            x[t] = rng.nextGaussian();
            y[t] = 3 * x[t] + 4 * ((t % 4) - 1.5) + 0.3 * rng.nextGaussian();
        }
        Provenance origin = new Provenance(Provenance.Kind.SYNTHETIC, "test", "", "");
        return Frame.of("f", TimeIndex.regular(from, 1, rows), 1, origin)
                .with("y", Arrays.copyOfRange(y, from, from + rows))
                .with("x", Arrays.copyOfRange(x, from, from + rows));
    }

    private ModelSummary run(Optional<Frame> future, String... options) {
        Map<String, String> map = new HashMap<>(Map.of("column", "y"));
        for (String option : options) {
            int at = option.indexOf('=');
            map.put(option.substring(0, at), option.substring(at + 1));
        }
        return tool.run(Action.AUTO, new Request(frame(ROWS, 0), future, map, FitContext.backtest(1)));
    }

    @Test
    void theNotesSayHowTheDifferencesWereChosen() {
        ModelSummary seasonal = run(Optional.empty(), "period=4");
        assertThat(seasonal.notes().get(0))
                .matches("D = 1 by STRENGTH: 0\\.\\d{4} against 0\\.6400 at D = 0, no more than 1");
        assertThat(seasonal.notes().get(1)).matches("d = 0 by KPSS at 5 %: 0\\.\\d{4} against 0\\.4630 at d = 0");
        for (String rule : new String[] {"adf", "adf1", "pp"}) {
            assertThat(run(Optional.empty(), "d=" + rule).notes().get(0))
                    .containsPattern("d = \\d by .*: -\\d+\\.\\d{4} against -2\\.");
        }
        for (String rule : new String[] {"ocsb", "ch"}) {
            assertThat(run(Optional.empty(), "period=4", "seasonal-d=" + rule)
                            .notes()
                            .get(0))
                    .containsPattern("D = \\d by .* against -?\\d+\\.\\d{4} at D = 0");
        }
        assertThat(run(Optional.empty(), "d=1").notes().get(0)).isEqualTo("d = 1 as given");
        assertThat(run(Optional.empty(), "d=1", "period=4", "seasonal-d=0").notes())
                .startsWith("D = 0 as given", "d = 1 as given");
    }

    @Test
    void aSeasonAndARegressorAreFound() {
        ModelSummary summary =
                run(Optional.of(frame(8, ROWS)), "period=4", "xreg=x", "horizon=20", "seasonal-d=strength");
        assertThat(summary.title()).contains("[4]");
        assertThat(summary.coefficients())
                .filteredOn(c -> c.name().equals("x"))
                .singleElement()
                .satisfies(c -> assertThat(c.estimate()).isBetween(2.8, 3.2));
        assertThat(summary.forecast()).hasSize(8);
        assertThat(summary.notes())
                .filteredOn(note -> note.endsWith(": chosen"))
                .hasSize(1);
        double[] truth = frame(8, ROWS).column("y").toArray();
        for (int h = 0; h < 8; h++) {
            assertThat(summary.forecast().get(h).mean()).isBetween(truth[h] - 2, truth[h] + 2);
        }
    }

    @Test
    void withoutFutureRowsThereIsNoForecastButANote() {
        ModelSummary summary = run(Optional.empty(), "seasonal-period=4", "xreg=x");
        assertThat(summary.forecast()).isEmpty();
        assertThat(summary.notes()).anyMatch(note -> note.contains("future rows of [x] are not given"));
    }

    @Test
    void everyRuleForDifferencesCanBeNamed() {
        for (String d : new String[] {"kpss", "adf", "adf1", "pp", "0", "1", "2"}) {
            assertThat(run(Optional.empty(), "d=" + d, "max-candidates=8").title())
                    .startsWith("ARIMA(");
        }
        for (String d : new String[] {"strength", "ocsb", "ch", "0", "1"}) {
            ModelSummary summary =
                    run(Optional.empty(), "period=4", "seasonal-d=" + d, "max-p=1", "max-q=1", "max-candidates=8");
            assertThat(summary.forecast()).hasSize(12);
        }
        assertThat(run(Optional.empty(), "period=4", "seasonal-d=1", "d=0", "max-seasonal-p=0", "max-seasonal-q=0")
                        .title())
                .contains("(0,1,0)[4]");
    }

    @Test
    void wrongOptionsAreNamed() {
        assertThatThrownBy(() -> run(Optional.empty(), "xreg=z")).hasMessageContaining("column 'z' is not in frame");
        assertThatThrownBy(() -> run(Optional.empty(), "period=4", "seasonal-d=hegy"))
                .hasMessageContaining("strength, ocsb, ch");
        assertThatThrownBy(() -> run(Optional.empty(), "period=0")).hasMessageContaining("period must be >= 1");
        assertThatThrownBy(() -> run(Optional.empty(), "seasonl-d=1"))
                .hasMessageContaining("did you mean 'seasonal-d'");
    }
}
