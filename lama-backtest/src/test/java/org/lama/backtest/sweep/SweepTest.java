package org.lama.backtest.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.core.search.Direction;
import org.lama.core.search.ParameterSet;
import org.lama.core.search.ParameterSpace;
import org.lama.core.search.Pruner;
import org.lama.core.search.Sampler;
import org.lama.core.search.Samplers;
import org.lama.core.search.SequentialTaskExecutor;
import org.lama.core.search.ThreadTaskExecutor;

class SweepTest {
    private static final ParameterSpace SPACE = ParameterSpace.parse("a=1..40,b=0.0..1.0:0.25,c=x|y|z");

    @TempDir
    Path temporary;

    private static SweepResult run(Sampler sampler, SweepSettings settings) throws IOException {
        return Sweep.of(sampler, new SweepChild.Hills(0), settings).run(SequentialTaskExecutor.create());
    }

    private static Sampler grid() {
        return Samplers.grid(SPACE, Direction.MAXIMISE);
    }

    @Test
    void everyPointOfAGridIsTriedOnceAndTheBestIsFound() throws IOException {
        SweepResult result = run(grid(), SweepSettings.of(1000, 1));
        assertThat(result.isWhole()).isTrue();
        // a sampler without further sets ends the sweep below the planned number
        assertThat(result.statistics().count()).isEqualTo(600);
        SweepTrial best = result.best().orElseThrow();
        assertThat(best.parameters().canonicalText()).startsWith("a=20,b=0").endsWith("c=y");
        assertThat(best.value()).isCloseTo(0.5, within(1e-12));
        // multiples of 11 have no trades, those of 13 are refused: 15 sets each
        assertThat(result.statistics().reasons())
                .containsEntry("no trades", 45L)
                .containsEntry("failed: a must not be a multiple of #,  got #", 45L);
        assertThat(result.statistics().defined()).isEqualTo(600 - 45 - 45);
        assertThat(result.columns().get(0).cells()).hasSize(20);
        assertThat(result.asText()).contains("sharpePerPeriod");
    }

    @Test
    void spreadOfSharpeRatiosIsThatOfAllTrialsThatHaveOne() throws IOException {
        SweepResult result = run(grid(), SweepSettings.of(600, 1));
        List<Double> sharpes = new ArrayList<>();
        result.forEach(trial -> sharpes.add(trial.figures().sharpePerPeriod()));
        double[] all = sharpes.stream().mapToDouble(Double::doubleValue).toArray();
        assertThat(result.statistics().sharpeVariance()).isEqualTo(ProbabilisticSharpe.trialVariance(all));
        assertThat(result.statistics().sharpes()).isEqualTo(510);
        assertThat(result.statistics().sharpeMean()).isLessThan(0);
    }

    @Test
    void anyNumberOfThreadsAndAFolderGiveTheSameBits() throws IOException {
        SweepResult alone = run(Samplers.random(SPACE, Direction.MAXIMISE, 3), SweepSettings.of(300, 9));
        for (int threads : new int[] {1, 2, 7}) {
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                SweepResult other = Sweep.of(
                                Samplers.random(SPACE, Direction.MAXIMISE, 3),
                                new SweepChild.Hills(20),
                                SweepSettings.of(300, 9))
                        .withFolder(temporary.resolve("t" + threads), "data", "1")
                        .run(ThreadTaskExecutor.of(pool));
                assertThat(other.asText()).isEqualTo(alone.asText());
                assertThat(Arrays.deepEquals(
                                other.returns().matrix(), alone.returns().matrix()))
                        .isTrue();
            } finally {
                pool.shutdownNow();
            }
        }
        assertThat(temporary.resolve("t7/trials.log")).hasSameBinaryContentAs(temporary.resolve("t1/trials.log"));
    }

    @Test
    void returnsAreKeptOfAnEvenSampleAndOfTheBest() throws IOException {
        SweepSettings few = new SweepSettings(600, 64, 5, 30, 2);
        SweepResult result = run(grid(), few);
        List<SweepTrial> sampled = result.returns().sampled();
        assertThat(sampled).hasSize(30);
        assertThat(sampled.stream().mapToLong(SweepTrial::number).average().orElseThrow())
                .isBetween(200.0, 400.0);
        assertThat(result.returns().matrix().length).isEqualTo(30);
        assertThat(result.returns().of(result.best().orElseThrow().number())).hasSize(64);
        assertThat(result.returns().of(-5)).isEmpty();
        assertThat(run(grid(), new SweepSettings(600, 64, 5, 0, 2)).returns().matrix().length)
                .isZero();
    }

    @Test
    void aWatcherCanStopASweepThatThenIsNotWhole() throws IOException {
        List<Long> seen = new ArrayList<>();
        SweepMonitor monitor = new SweepMonitor() {
            @Override
            public void progress(long done, long planned) {
                seen.add(done);
            }

            @Override
            public boolean cancelled() {
                return seen.size() >= 3;
            }
        };
        SweepResult result = Sweep.of(grid(), new SweepChild.Hills(0), SweepSettings.of(600, 1))
                .withMonitor(monitor)
                .run(SequentialTaskExecutor.create());
        assertThat(result.isWhole()).isFalse();
        assertThat(seen).containsExactly(64L, 128L, 192L);
        assertThat(result.statistics().count()).isEqualTo(192);
    }

    @Test
    void nothingDefinedIsNoBest() throws IOException {
        TrialFunction none = new TrialFunction() {
            @Override
            public TrialFinding run(ParameterSet parameters, long step, boolean wantsReturns) {
                return TrialFinding.undefined("no trades", TrialFinding.Figures.NONE, "test");
            }

            @Override
            public String canonicalText() {
                return "none";
            }
        };
        SweepResult result = Sweep.of(grid(), none, SweepSettings.of(10, 1)).run(SequentialTaskExecutor.create());
        assertThat(result.best()).isEmpty();
        assertThat(result.statistics().sharpeMean()).isNaN();
        assertThat(result.statistics().sharpeVariance()).isZero();
        assertThat(Plateau.find(TrialColumns.of(result), Direction.MAXIMISE)).isEmpty();
    }

    /** Keeps the better half at each rung, and writes down what it was asked. */
    private static final class HalfPruner implements Pruner {
        private final List<String> asked = new ArrayList<>();

        @Override
        public List<Long> rungs() {
            return List.of(10L, 20L);
        }

        @Override
        public boolean[] judge(long step, long[] trials, double[] values) {
            asked.add(step + " " + Arrays.toString(trials) + " " + Arrays.toString(values));
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            boolean[] keep = new boolean[values.length];
            for (int i = 0; i < keep.length; i++) {
                keep[i] = values[i] >= sorted[sorted.length / 2];
            }
            return keep;
        }

        @Override
        public String canonicalText() {
            return "half";
        }
    }

    /** At a step the value is that of all data less a thousandth of the step. */
    private static final class Stepped implements TrialFunction {
        private final TrialFunction all = new SweepChild.Hills(0);

        @Override
        public TrialFinding run(ParameterSet parameters, long step, boolean wantsReturns) {
            TrialFinding found = all.run(parameters, step, wantsReturns);
            return step == ALL || Double.isNaN(found.value())
                    ? found
                    : TrialFinding.of(found.value() - step / 1000.0, found.figures(), "prefix");
        }

        @Override
        public String canonicalText() {
            return "stepped";
        }
    }

    private Sweep pruned(Pruner pruner, String folder) {
        return Sweep.of(
                        Samplers.random(SPACE, Direction.MAXIMISE, 3),
                        new Stepped(),
                        SweepSettings.of(96, 1).withBatch(32))
                .withPruner(pruner)
                .withFolder(temporary.resolve(folder), "data", "1");
    }

    @Test
    void wavesGoThroughTheRungsAndAResumeRepeatsWhatThePrunerWasAsked() throws IOException {
        HalfPruner pruner = new HalfPruner();
        SweepResult result = pruned(pruner, "whole").run(SequentialTaskExecutor.create());
        assertThat(result.statistics().pruned()).isGreaterThan(30);
        assertThat(pruner.asked).hasSize(6);
        result.forEach(trial -> {
            if (trial.state() == SweepTrial.State.PRUNED) {
                assertThat(trial.value()).isNaN();
                assertThat(trial.reason()).startsWith("stopped at step ");
                assertThat(trial.rungs()).isNotEmpty();
            }
            if (trial.state() == SweepTrial.State.DEFINED) {
                assertThat(trial.rungs().get(1)).isCloseTo(trial.value() - 0.02, within(1e-12));
            }
        });
        HalfPruner again = new HalfPruner();
        SweepResult read = pruned(again, "whole").run(SequentialTaskExecutor.create());
        assertThat(again.asked).isEqualTo(pruner.asked);
        assertThat(read.asText()).isEqualTo(result.asText());
    }

    /** A strategy whose message quotes what it got. */
    private static final class Quoting implements TrialFunction {
        @Override
        public TrialFinding run(ParameterSet parameters, long step, boolean wantsReturns) {
            int a = parameters.whole("a");
            throw new IllegalStateException(
                    a < 1000 ? "a=" + a + " is not ma2 of " + a * 1e-7 : "odd word " + Integer.toString(a, 36));
        }

        @Override
        public String canonicalText() {
            return "quoting";
        }
    }

    @Test
    void reasonsThatDifferInNumbersAloneAreOneAndAllAreFew() throws IOException {
        Map<String, Long> reasons = Sweep.of(
                        Samplers.grid(ParameterSpace.parse("a=1..3000"), Direction.MAXIMISE),
                        new Quoting(),
                        SweepSettings.of(3000, 1))
                .run(SequentialTaskExecutor.create())
                .statistics()
                .reasons();
        assertThat(reasons).containsEntry("failed: a=# is not ma2 of #", 999L).hasSize(21);
        assertThat(reasons.get("other reasons")).isPositive();
        assertThat(reasons.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(3000);
    }

    @Test
    void badInputIsRefusedByName() {
        assertThatThrownBy(() -> SweepSettings.of(0, 1)).hasMessageContaining("trials");
        assertThatThrownBy(() -> SweepSettings.of(10, 1).withBatch(0)).hasMessageContaining("batch");
        assertThatThrownBy(() -> run(grid(), SweepSettings.of(200_000, 1)))
                .hasMessage("trials must be at most 100000 without a folder, got 200000");
        Sampler used = grid();
        used.ask(1);
        assertThatThrownBy(() -> run(used, SweepSettings.of(5, 1)))
                .hasMessage("sampler must be new, but has handed out 1 sets");
        assertThatThrownBy(() -> SweepMetric.named("sharp")).hasMessageContaining("sharpe");
        assertThatThrownBy(() -> SweepMetric.named("beta")).hasMessageContaining("needs a benchmark");
        assertThat(SweepMetric.named("ulcerIndex").direction()).isEqualTo(Direction.MINIMISE);
        assertThat(SweepMetric.names()).contains("sharpe", "calmar").doesNotContain("beta");
    }
}
