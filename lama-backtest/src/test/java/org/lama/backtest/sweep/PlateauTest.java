package org.lama.backtest.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.lama.core.search.Direction;
import org.lama.core.search.ParameterSet;
import org.lama.core.search.ParameterSpace;
import org.lama.core.search.Samplers;
import org.lama.core.search.SequentialTaskExecutor;

class PlateauTest {
    private record Surface(ToDoubleFunction<ParameterSet> height) implements TrialFunction {
        @Override
        public TrialFinding run(ParameterSet parameters, long step, boolean wantsReturns) {
            double value = height.applyAsDouble(parameters);
            return Double.isNaN(value)
                    ? TrialFinding.undefined("no trades", TrialFinding.Figures.NONE, "test")
                    : TrialFinding.of(value, TrialFinding.Figures.NONE, "test");
        }

        @Override
        public String canonicalText() {
            return "surface";
        }
    }

    private static SweepResult sweep(String space, Direction direction, ToDoubleFunction<ParameterSet> height)
            throws IOException {
        return Sweep.of(
                        Samplers.grid(ParameterSpace.parse(space), direction),
                        new Surface(height),
                        SweepSettings.of(10_000, 1))
                .run(SequentialTaskExecutor.create());
    }

    /** A broad hill of 1 around (30, 12), and a needle of 5 at (10, 18). */
    private static double landscape(ParameterSet set) {
        double x = set.whole("x") - 30;
        double y = set.whole("y") - 12;
        return set.whole("x") == 10 && set.whole("y") == 18 ? 5 : Math.exp(-(x * x + y * y) / 50);
    }

    @Test
    void theBroadHillIsFoundAndNotTheNeedle() throws IOException {
        SweepResult result = sweep("x=1..40,y=1..20", Direction.MAXIMISE, PlateauTest::landscape);
        assertThat(result.best().orElseThrow().value()).isEqualTo(5);
        Plateau plateau =
                Plateau.find(TrialColumns.of(result), Direction.MAXIMISE).orElseThrow();
        assertThat(plateau.value()).isEqualTo(1);
        assertThat(plateau.neighbours()).isEqualTo(9);
        // of the nine values exp(-d²/50) with d² = 0, 1 (4 times), 2 (4 times)
        assertThat(plateau.median()).isCloseTo(Math.exp(-1 / 50.0), within(1e-12));
        assertThat(plateau.quartile()).isCloseTo(Math.exp(-2 / 50.0), within(1e-12));
    }

    @Test
    void smallIsGoodWhereTheMetricSaysSo() throws IOException {
        SweepResult result = sweep("x=1..40,y=1..20", Direction.MINIMISE, set -> -landscape(set));
        Plateau plateau =
                Plateau.find(TrialColumns.of(result), Direction.MINIMISE).orElseThrow();
        assertThat(plateau.value()).isEqualTo(-1);
        assertThat(plateau.quartile()).isCloseTo(-Math.exp(-2 / 50.0), within(1e-12));
    }

    @Test
    void trialsWithoutAValueCountAgainstTheirNeighbourhood() throws IOException {
        // the hill lies in a desert of sets without trades: three quarters of any region around its top have no value
        SweepResult result = sweep(
                "x=1..40,y=1..20",
                Direction.MAXIMISE,
                set -> set.whole("x") > 20 && set.whole("x") != 30
                        ? Double.NaN
                        : landscape(set) - (set.whole("y") == 18 ? 5 : 0));
        Plateau plateau =
                Plateau.find(TrialColumns.of(result), Direction.MAXIMISE).orElseThrow();
        assertThat(plateau.value()).isLessThan(1);
        assertThat(plateau.quartile()).isNotNaN();
    }

    @Test
    void choicesAreNotNeighboursOfEachOther() throws IOException {
        SweepResult result = sweep(
                "k=a|b,x=1..9",
                Direction.MAXIMISE,
                set -> set.text("k").equals("a") ? set.whole("x") : -set.whole("x"));
        Plateau plateau =
                Plateau.find(TrialColumns.of(result), Direction.MAXIMISE).orElseThrow();
        assertThat(plateau.neighbours()).isEqualTo(3);
        assertThat(plateau.value()).isEqualTo(8);
        assertThat(plateau.median()).isEqualTo(8);
    }
}
