package org.lama.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lama.backtest.sweep.Sweep;
import org.lama.backtest.sweep.SweepSettings;
import org.lama.backtest.sweep.TrialColumns;
import org.lama.backtest.sweep.TrialFinding;
import org.lama.backtest.sweep.TrialFunction;
import org.lama.core.search.Direction;
import org.lama.core.search.ParameterSet;
import org.lama.core.search.ParameterSpace;
import org.lama.core.search.Samplers;
import org.lama.core.search.SequentialTaskExecutor;

class SweepFiguresTest {
    /** Sets of odd a have no value if none is asked for. */
    private record Plane(boolean empty) implements TrialFunction {
        @Override
        public TrialFinding run(ParameterSet parameters, long step, boolean wantsReturns) {
            double a = parameters.number("a");
            return empty
                    ? TrialFinding.undefined("no trades", TrialFinding.Figures.NONE, "test")
                    : TrialFinding.of(a - parameters.number("b"), TrialFinding.Figures.NONE, "test");
        }

        @Override
        public String canonicalText() {
            return "plane";
        }
    }

    private static TrialColumns trials(boolean empty) throws IOException {
        ParameterSpace space = ParameterSpace.parse("a=1..60,b=0.0..1.0,k=x|y,d=1..3?k=x");
        return TrialColumns.of(
                Sweep.of(Samplers.random(space, Direction.MAXIMISE, 2), new Plane(empty), SweepSettings.of(400, 1))
                        .run(SequentialTaskExecutor.create()));
    }

    @Test
    void heatMapsShowMediansAndPutManyValuesIntoBins() throws IOException {
        Figure plain = SweepFigures.heatMap(trials(false), "sharpe", "k", "d");
        assertThat(plain.title()).isEqualTo("sharpe by k and d");
        assertThat(plain.description()).contains("2 rows and 3 columns");
        Figure binned = SweepFigures.heatMap(trials(false), "sharpe", "a", "b");
        assertThat(binned.description()).contains("16 rows and 16 columns");
        assertThat(binned.svg()).contains("<rect");
        assertThatThrownBy(() -> SweepFigures.heatMap(trials(false), "sharpe", "a", "z"))
                .hasMessage("parameter must be one of [a, b, k, d], got 'z'");
    }

    @Test
    void slicesAndLinesSayWhatTheyShow() throws IOException {
        Figure slice = SweepFigures.slice(trials(false), "sharpe", "a");
        assertThat(slice.description()).startsWith("400 trials; the median goes from ");
        assertThat(slice.svg()).contains("<circle").contains("<path");
        assertThat(SweepFigures.slice(trials(false), "sharpe", "k").svg())
                .contains(">x<")
                .contains(">y<");
        Figure lines = SweepFigures.parallelCoordinates(trials(false), "sharpe", Direction.MAXIMISE);
        assertThat(lines.description()).contains("400 trials; the best tenth reaches ");
        assertThat(lines.svg()).contains(">a<").contains(">sharpe<");
        assertThat(lines.at(360).svg()).contains("</svg>");
    }

    @Test
    void nothingToShowIsSaid() throws IOException {
        assertThat(SweepFigures.slice(trials(true), "sharpe", "a").svg()).contains("No trial has a value.");
        assertThat(SweepFigures.parallelCoordinates(trials(true), "sharpe", Direction.MAXIMISE)
                        .description())
                .isEqualTo("No trial has a value.");
        assertThat(SweepFigures.heatMap(trials(true), "sharpe", "k", "d").svg()).contains("</svg>");
        assertThat(SweepFigures.importance("sharpe", Map.of()).description()).isEqualTo("No bar to show.");
    }

    @Test
    void importanceIsSortedAndInPerCent() {
        Map<String, Double> shares = new LinkedHashMap<>();
        shares.put("slow", 0.2);
        shares.put("fast", 0.7);
        shares.put("odd", Double.NaN);
        Figure figure = SweepFigures.importance("sharpe", shares);
        assertThat(figure.description()).isEqualTo("2 bars from 20.0% to 70.0%.");
        assertThat(figure.svg().indexOf("fast")).isLessThan(figure.svg().indexOf("slow"));
    }
}
