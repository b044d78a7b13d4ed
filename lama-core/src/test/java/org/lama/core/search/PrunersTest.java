package org.lama.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class PrunersTest {
    @Test
    void halvingKeepsTheBestThirdOfAWave() {
        Pruner pruner = Pruners.successiveHalving(Direction.MAXIMISE, 30, 270, 3);
        assertThat(pruner.rungs()).containsExactly(30L, 90L);
        long[] trials = LongStream.range(0, 9).toArray();
        double[] values = {5, 1, 9, 3, 7, 2, 8, 4, 6};
        boolean[] keep = pruner.judge(30, trials, values);
        assertThat(keep).containsExactly(false, false, true, false, true, false, true, false, false);
        assertThat(pruner.judge(90, new long[] {2, 4, 6}, new double[] {1, 3, 2}))
                .containsExactly(false, true, false);
        assertThat(pruner.canonicalText()).isEqualTo("halving from=30 to=270 factor=3 direction=maximise");
    }

    @Test
    void aFirstRungRoundedUpLeavesNoneJustBelowTheEnd() {
        for (int bars = 90; bars < 4_000; bars += 7) {
            assertThat(Pruners.hyperband(Direction.MAXIMISE, (bars + 8) / 9, bars, 3)
                            .rungs())
                    .hasSize(2);
        }
    }

    @Test
    void laterWavesAreMeasuredAgainstEarlierOnes() {
        Pruner pruner = Pruners.successiveHalving(Direction.MINIMISE, 10, 100, 2);
        pruner.judge(10, new long[] {0, 1, 2, 3}, new double[] {1, 2, 3, 4});
        assertThat(pruner.judge(10, new long[] {4, 5}, new double[] {2.5, 9})).containsExactly(true, false);
        assertThat(pruner.report(6, 10, 3.5)).isFalse();
        assertThat(pruner.report(7, 10, 0.5)).isTrue();
    }

    @Test
    void ofEqualValuesTheLowerNumberGoesOn() {
        Pruner pruner = Pruners.successiveHalving(Direction.MINIMISE, 1, 10, 3);
        assertThat(pruner.judge(1, new long[] {3, 4, 5}, new double[] {7, 7, 7}))
                .containsExactly(true, false, false);
    }

    @Test
    void failuresNeverGoOn() {
        double[] failed = {Double.NaN, Double.NaN};
        long[] trials = {0, 1};
        for (Pruner pruner : List.of(
                Pruners.successiveHalving(Direction.MAXIMISE, 1, 10, 3),
                Pruners.hyperband(Direction.MAXIMISE, 1, 10, 3),
                Pruners.median(Direction.MAXIMISE, List.of(1L), 5))) {
            assertThat(pruner.judge(1, trials, failed)).containsExactly(false, false);
        }
        assertThat(Pruners.none().judge(1, trials, failed)).containsExactly(true, true);
        assertThat(Pruners.none().rungs()).isEmpty();
        assertThat(Pruners.none().canonicalText()).isEqualTo("none");
    }

    @Test
    void hyperbandSpendsAboutTheSameOnEachBracket() {
        Pruner pruner = Pruners.hyperband(Direction.MINIMISE, 1, 27, 3);
        assertThat(pruner.rungs()).containsExactly(1L, 3L, 9L);
        int trials = 6000;
        long[] numbers = LongStream.range(0, trials).toArray();
        double[] values = new double[trials];
        Rng rng = Seeds.rng(1, 1);
        Arrays.setAll(values, i -> rng.nextDouble());
        long[] reached = new long[4];
        for (long step : pruner.rungs()) {
            boolean[] keep = pruner.judge(step, numbers, values);
            reached[pruner.rungs().indexOf(step)] = numbers.length;
            long[] before = numbers;
            double[] valuesBefore = values;
            int[] survivors =
                    IntStream.range(0, keep.length).filter(i -> keep[i]).toArray();
            numbers = Arrays.stream(survivors).mapToLong(i -> before[i]).toArray();
            values = Arrays.stream(survivors).mapToDouble(i -> valuesBefore[i]).toArray();
        }
        // Of 27 + 12 + 6 + 4 trials in a round 9 + 12, then 3 + 4 + 6, then 1 + 1 + 2 + 4 are left.
        assertThat(reached[1] / (double) trials).isBetween(31 / 49.0 - 0.01, 31 / 49.0 + 0.01);
        assertThat(reached[2] / (double) trials).isBetween(17 / 49.0 - 0.01, 17 / 49.0 + 0.01);
        assertThat(numbers.length / (double) trials).isBetween(8 / 49.0 - 0.01, 8.5 / 49.0 + 0.01);
    }

    @Test
    void theMedianStopsTheWorseHalfOnceEnoughIsSeen() {
        Pruner pruner = Pruners.median(Direction.MINIMISE, List.of(10L, 20L), 4);
        assertThat(pruner.judge(10, new long[] {0, 1}, new double[] {1, 100})).containsExactly(true, true);
        assertThat(pruner.judge(10, new long[] {2, 3}, new double[] {2, 3})).containsExactly(true, false);
        assertThat(pruner.judge(20, new long[] {0}, new double[] {9})).containsExactly(true);
        assertThat(pruner.judge(10, new long[0], new double[0])).isEmpty();
        assertThat(pruner.canonicalText()).isEqualTo("median rungs=[10,20] startup=4 direction=minimise");
    }

    @Test
    void theSameCallsGiveTheSameDecisions() {
        for (int run = 0; run < 2; run++) {
            Pruner a = Pruners.hyperband(Direction.MINIMISE, 2, 100, 4);
            Pruner b = Pruners.hyperband(Direction.MINIMISE, 2, 100, 4);
            Rng rng = Seeds.rng(run, 0);
            for (int wave = 0; wave < 20; wave++) {
                long[] trials = LongStream.range(wave * 8L, wave * 8L + 8).toArray();
                double[] values = new double[8];
                Arrays.setAll(values, i -> rng.nextDouble());
                assertThat(a.judge(2, trials, values)).containsExactly(b.judge(2, trials, values));
            }
        }
    }

    @Test
    void wrongWavesAndSettingsAreRefused() {
        Pruner pruner = Pruners.successiveHalving(Direction.MINIMISE, 10, 100, 2);
        assertThatThrownBy(() -> pruner.report(0, 15, 1))
                .hasMessage("step must be one of the rungs [10, 20, 40, 80], got 15");
        assertThatThrownBy(() -> pruner.judge(10, new long[] {1, 0}, new double[2]))
                .hasMessageContaining("ascending");
        assertThatThrownBy(() -> pruner.judge(10, new long[] {1}, new double[2]))
                .hasMessage("values must be as many as trials=1, got 2");
        assertThatThrownBy(() -> Pruners.successiveHalving(Direction.MINIMISE, 10, 10, 2))
                .hasMessage("from must be in [1, to=10), got 10");
        assertThatThrownBy(() -> Pruners.hyperband(Direction.MINIMISE, 1, 10, 1))
                .hasMessageContaining("factor");
        assertThatThrownBy(() -> Pruners.median(Direction.MINIMISE, List.of(), 1))
                .hasMessageContaining("rungs");
        assertThatThrownBy(() -> Pruners.median(Direction.MINIMISE, List.of(2L, 1L), 1))
                .hasMessageContaining("ascending");
        assertThatThrownBy(() -> Pruners.median(Direction.MINIMISE, List.of(2L), 0))
                .hasMessageContaining("startup");
    }
}
