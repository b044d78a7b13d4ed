package org.lama.backtest.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Columns;
import org.lama.core.search.SequentialTaskExecutor;
import org.lama.core.search.ThreadTaskExecutor;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

final class PerturbationTest {
    private static final double[] STRENGTHS = {0.1, 1};

    private static Frame bars(int rows) {
        Rng rng = Seeds.rng(5, 0);
        double[] open = new double[rows];
        double[] close = new double[rows];
        double[] high = new double[rows];
        double[] low = new double[rows];
        double last = 100;
        for (int t = 0; t < rows; t++) {
            open[t] = last;
            close[t] = last * Math.exp(0.02 * rng.nextGaussian());
            high[t] = Math.max(open[t], close[t]) * 1.001;
            low[t] = Math.min(open[t], close[t]) * 0.999;
            last = close[t];
        }
        return Frame.of(
                        "X",
                        TimeIndex.regular(0, 86_400_000_000_000L, rows),
                        86_400_000_000_000L,
                        new Provenance(Provenance.Kind.SYNTHETIC, "test", "", ""))
                .with(Columns.OPEN, open)
                .with(Columns.HIGH, high)
                .with(Columns.LOW, low)
                .with(Columns.CLOSE, close);
    }

    @Test
    void aFigureThatDoesNotHangOnTheNoiseStaysAndOneThatDoesSpreads() {
        Perturbation steady =
                Perturbation.of((strength, rng) -> 1.5, STRENGTHS, 20, 1, SequentialTaskExecutor.create());
        assertThat(steady.base()).isEqualTo(1.5);
        assertThat(steady.rows()).allSatisfy(row -> {
            assertThat(row.p05()).isEqualTo(1.5);
            assertThat(row.sameSign()).isEqualTo(1);
            assertThat(row.reason()).isEmpty();
        });
        Perturbation shaky = Perturbation.of(
                (strength, rng) -> 1.5 + 3 * strength * (strength == 0 ? 0 : rng.nextGaussian()),
                STRENGTHS,
                400,
                1,
                SequentialTaskExecutor.create());
        assertThat(shaky.rows().get(0).sameSign()).isEqualTo(1);
        assertThat(shaky.rows().get(1).sameSign()).isCloseTo(0.69, within(0.08));
        assertThat(shaky.rows().get(1).p95() - shaky.rows().get(1).p05()).isCloseTo(9.87, within(1.5));
        assertThat(shaky.columns()).hasSize(7);
    }

    @Test
    void threadsChangeNoBit() {
        Perturbation.Run run = (strength, rng) -> strength == 0 ? 0 : rng.nextGaussian();
        Perturbation one = Perturbation.of(run, STRENGTHS, 30, 9, SequentialTaskExecutor.create());
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            assertThat(Perturbation.of(run, STRENGTHS, 30, 9, ThreadTaskExecutor.of(pool, 1))
                            .rows())
                    .isEqualTo(one.rows());
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void runsWithoutAFigureAreCountedAndTooFewOfThemGiveAReason() {
        Perturbation result = Perturbation.of(
                (strength, rng) -> strength == 1 || rng.nextDouble() < 0.1 ? Double.NaN : 2,
                STRENGTHS,
                40,
                2,
                SequentialTaskExecutor.create());
        Perturbation.Row weak = result.rows().get(0);
        assertThat(weak.defined() + weak.undefined()).isEqualTo(40);
        assertThat(weak.undefined()).isPositive();
        assertThat(weak.median()).isEqualTo(2);
        Perturbation.Row strong = result.rows().get(1);
        assertThat(strong.reason()).contains("0 of 40 runs have a defined figure, at least 10 are needed");
        assertThat(strong.median()).isNaN();
    }

    @Test
    void noiseOnBarsHasItsStrengthAndKeepsTheBarsWhole() {
        Frame bars = bars(2_000);
        Frame noisy = Perturbation.noisy(bars, 0.5, Seeds.rng(3, 1));
        double square = 0;
        for (int t = 0; t < bars.size(); t++) {
            double open = noisy.column(Columns.OPEN).get(t);
            double close = noisy.column(Columns.CLOSE).get(t);
            assertThat(noisy.column(Columns.HIGH).get(t)).isGreaterThanOrEqualTo(Math.max(open, close));
            assertThat(noisy.column(Columns.LOW).get(t)).isLessThanOrEqualTo(Math.min(open, close));
            double z = Math.log(close / bars.column(Columns.CLOSE).get(t));
            square += z * z / bars.size();
        }
        assertThat(Math.sqrt(square)).isCloseTo(0.5 * 0.02, within(0.0007));
        assertThat(noisy.provenance().note()).contains("noise on prices, strength 0.5");
        assertThat(Perturbation.noisy(bars, 0, Seeds.rng(3, 1))).isSameAs(bars);
        Frame one = Perturbation.noisy(bars.head(1), 0.5, Seeds.rng(3, 1));
        assertThat(one.column(Columns.CLOSE).get(0))
                .isEqualTo(bars.column(Columns.CLOSE).get(0));
    }

    @Test
    void parametersMoveByAtMostTheirShare() {
        double[] parameters = {10, -4, 0};
        for (int k = 0; k < 200; k++) {
            double[] moved = Perturbation.near(parameters, 0.1, Seeds.rng(8, k));
            assertThat(moved[0]).isBetween(9.0, 11.0);
            assertThat(moved[1]).isBetween(-4.4, -3.6);
            assertThat(moved[2]).isZero();
        }
        assertThat(Perturbation.near(parameters, 0, Seeds.rng(8, 0))).containsExactly(parameters);
    }

    @Test
    void badSettingsAreRefused() {
        Perturbation.Run run = (strength, rng) -> 0;
        assertThatThrownBy(() -> Perturbation.of(run, STRENGTHS, 9, 1, SequentialTaskExecutor.create()))
                .hasMessageContaining("draws must be >= 10");
        assertThatThrownBy(() -> Perturbation.of(run, new double[0], 10, 1, SequentialTaskExecutor.create()))
                .hasMessageContaining("number of strengths must be >= 1");
        assertThatThrownBy(() -> Perturbation.of(run, new double[] {0}, 10, 1, SequentialTaskExecutor.create()))
                .hasMessageContaining("strength must be finite and > 0");
        assertThatThrownBy(() -> Perturbation.near(new double[] {Double.NaN}, 0.1, Seeds.rng(1, 1)))
                .hasMessageContaining("parameters[0] must be finite");
    }
}
