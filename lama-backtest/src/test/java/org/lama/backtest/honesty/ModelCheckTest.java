package org.lama.backtest.honesty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.backtest.engine.Markets;
import org.lama.backtest.honesty.CheckReport.Outcome;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.Scorer;
import org.lama.core.signal.Signal;
import org.lama.core.signal.SignalModel;

class ModelCheckTest {
    private static final Frame BARS = Markets.random(5, 1, 420).frames().get(0);
    private static final int TRAIN = 150;

    private static CheckReport check(String cheat) {
        return ModelCheck.model(new Planted(cheat, new double[1]), BARS, TRAIN, CheckSettings.DEFAULT);
    }

    /** A mean of labels and the last return; cheats by name. */
    @SuppressWarnings("ArrayRecordComponent") // a cell that outlives a run, on purpose
    private record Planted(String cheat, double[] memory) implements SignalModel {
        @Override
        public String name() {
            return "planted";
        }

        @Override
        public Frame indicators(Frame bars) {
            double[] close = bars.column(Columns.CLOSE).toArray();
            double[] label = new double[close.length];
            for (int row = 1; row < close.length; row++) {
                double rise = close[row] / close[row - 1] - 1;
                boolean early = cheat.equals("overlap") || cheat.equals("prophet");
                label[early ? row - 1 : row] = Double.isNaN(rise) ? 0 : rise;
            }
            return bars.with("label", label);
        }

        @Override
        public Scorer fit(Frame train, FitContext context) {
            double[] label = train.column("label").toArray();
            double mean = Arrays.stream(label).average().orElse(0);
            memory[0] += cheat.equals("state") ? 1 : 0;
            double kept = memory[0];
            return new Scorer() {
                @Override
                public Signal score(Frame past) {
                    long time = past.availableAt(past.size() - 1);
                    double last =
                            cheat.equals("overlap") ? 0 : past.column("label").last();
                    double value = Math.tanh(10 * (mean + last) + kept);
                    return Signal.directional(value, 1, Double.NaN, time, time);
                }

                @Override
                public double[] trainingSignal() {
                    return new double[label.length];
                }

                @Override
                public FitStatus status() {
                    return FitStatus.ok(1, 0);
                }

                @Override
                public ModelSummary summary() {
                    return new ModelSummary(
                            "planted", status(), Map.of(), List.of(), List.of(), new double[0], List.of());
                }
            };
        }
    }

    @Test
    void aModelThatReadsThePastPasses() {
        CheckReport report = check("none");
        assertThat(report.passed()).as(report.explain()).isTrue();
        assertThat(report.line("SHUFFLED").outcome()).isEqualTo(Outcome.PASSED);
        assertThat(report.line("DELAY").outcome()).isEqualTo(Outcome.NOT_RUN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlap", "prophet"})
    void aLabelThatReachesPastTheWindowIsLocatedAtItsLastRow(String cheat) {
        CheckReport report = check(cheat);
        assertThat(report.passed()).isFalse();
        assertThat(report.leaks()).hasSize(1);
        Leak leak = report.leaks().get(0);
        Leak.Cell cell = leak.cell().orElseThrow();
        assertThat(TimeIndex.nanos(leak.decision())).isEqualTo(BARS.index().at(TRAIN - 1));
        assertThat(TimeIndex.nanos(cell.to())).isEqualTo(BARS.index().at(TRAIN));
        assertThat(cell.column()).isEqualTo(Columns.CLOSE);
        assertThat(cell.barsAhead()).isEqualTo(1);
        assertThat(leak.readIn().orElseThrow().code())
                .contains("ModelCheckTest.Planted.indicators (ModelCheckTest.java:");
    }

    @Test
    void aSkillThatTrainingDidNotGiveIsWarnedOf() {
        CheckReport.Line line = check("prophet").line("SHUFFLED");
        assertThat(line.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(line.words()).contains("not learned in training");
    }

    @Test
    void whatOutlivesARunIsCaughtByRepetition() {
        CheckReport report = check("state");
        assertThat(report.leaks().get(0).cause()).isEqualTo(Leak.Cause.STATE);
    }

    @Test
    void shortDataAreRefused() {
        assertThatThrownBy(() -> ModelCheck.model(
                        new Planted("none", new double[1]), BARS.head(160), TRAIN, CheckSettings.DEFAULT))
                .hasMessageContaining("at least 21 rows after a window of 150");
    }
}
