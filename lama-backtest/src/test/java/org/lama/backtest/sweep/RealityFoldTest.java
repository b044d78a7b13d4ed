package org.lama.backtest.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.analytics.RealityCheck;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.core.search.Direction;
import org.lama.core.search.ParameterSet;
import org.lama.core.search.ParameterSpace;
import org.lama.core.search.Pruners;
import org.lama.core.search.Samplers;
import org.lama.core.search.SequentialTaskExecutor;
import org.lama.core.search.ThreadTaskExecutor;

class RealityFoldTest {
    private static final StationaryBootstrap BOOTSTRAP = StationaryBootstrap.of(300, 3);

    @TempDir
    Path temporary;

    /** The hills, but for constant returns of the first sets. */
    private record Late(int idle) implements TrialFunction {
        @Override
        public TrialFinding run(ParameterSet parameters, long step, boolean wantsReturns) {
            TrialFinding found = new SweepChild.Hills(0).run(parameters, step, wantsReturns);
            return wantsReturns && parameters.whole("a") <= idle ? found.withReturns(new double[64]) : found;
        }

        @Override
        public String canonicalText() {
            return "late " + idle;
        }
    }

    private static Sweep sweep(TrialFunction function) {
        return Sweep.of(
                Samplers.grid(ParameterSpace.parse("a=1..40,b=0.0..1.0:0.25,c=x|y|z"), Direction.MAXIMISE),
                function,
                new SweepSettings(600, 100, 5, 1000, 2));
    }

    @Test
    void itIsTheTestOverEveryTrialThatHasReturns() throws IOException {
        SweepResult result = sweep(new SweepChild.Hills(0))
                .withRealityCheck(BOOTSTRAP, SequentialTaskExecutor.create())
                .run(SequentialTaskExecutor.create());
        double[][] all = result.returns().matrix();
        assertThat(all).hasDimensions(510, 64);
        double block = RealityCheck.blockLength(first(all), BOOTSTRAP);
        RealityCheck expected = RealityCheck.of(all, BOOTSTRAP.withBlockLength(block));
        RealityCheck found = result.reality().orElseThrow();
        assertThat(found.variants()).isEqualTo(510);
        assertThat(found.blockLength()).isEqualTo(block);
        assertThat(found.realityCheck()).isEqualTo(expected.realityCheck());
        assertThat(found.consistent()).isEqualTo(expected.consistent());
        assertThat(found.upper()).isEqualTo(expected.upper());
        assertThat(found.bestMean()).isEqualTo(expected.bestMean());
        assertThat(found.best()).isEqualTo(result.best().orElseThrow().number());
    }

    /** Of the first 64 sets those with returns: the sets are in the order of the grid. */
    private static double[][] first(double[][] all) throws IOException {
        int[] count = {0};
        long[] seen = {0};
        SweepResult again = sweep(new SweepChild.Hills(0)).run(SequentialTaskExecutor.create());
        again.forEach(trial -> {
            if (seen[0]++ < RealityFold.CHUNK && trial.state() == SweepTrial.State.DEFINED) {
                count[0]++;
            }
        });
        return Arrays.copyOf(all, count[0]);
    }

    @Test
    void threadsAndWhatIsLeftOfTheFolderChangeNoBit() throws IOException {
        Optional<RealityCheck> expected = sweep(new Late(12))
                .withRealityCheck(BOOTSTRAP, SequentialTaskExecutor.create())
                .run(SequentialTaskExecutor.create())
                .reality();
        assertThat(expected.orElseThrow().skipped()).isPositive();
        ExecutorService pool = Executors.newFixedThreadPool(7);
        try {
            Path folder = temporary.resolve("sweep");
            assertThat(run(folder, pool)).isEqualTo(expected);
            byte[] log = Files.readAllBytes(folder.resolve("trials.log"));
            byte[] state = Files.readAllBytes(folder.resolve(RealityFold.FILE_NAME));
            assertThat(run(folder, pool)).as("nothing to do").isEqualTo(expected);
            Files.write(folder.resolve("trials.log"), Arrays.copyOf(log, log.length / 2));
            assertThat(run(folder, pool)).as("the log is behind").isEqualTo(expected);
            for (int damage : new int[] {0, 9, 30, state.length / 2, state.length - 1}) {
                byte[] damaged = state.clone();
                damaged[damage] ^= 1;
                Files.write(folder.resolve(RealityFold.FILE_NAME), damaged);
                assertThat(run(folder, pool)).as("damage at " + damage).isEqualTo(expected);
            }
            Files.write(folder.resolve(RealityFold.FILE_NAME), Arrays.copyOf(state, 50));
            assertThat(run(folder, pool)).as("cut off").isEqualTo(expected);
            Files.delete(folder.resolve(RealityFold.FILE_NAME));
            assertThat(run(folder, pool)).as("missing").isEqualTo(expected);
            assertThat(Files.readAllBytes(folder.resolve(RealityFold.FILE_NAME)))
                    .isEqualTo(state);
        } finally {
            pool.shutdownNow();
        }
    }

    private static Optional<RealityCheck> run(Path folder, ExecutorService pool) throws IOException {
        return sweep(new Late(12))
                .withFolder(folder, "data", "1")
                .withRealityCheck(BOOTSTRAP, ThreadTaskExecutor.of(pool))
                .run(ThreadTaskExecutor.of(pool))
                .reality();
    }

    @Test
    void withoutReturnsThatVaryThereIsAReasonAndWithAPrunerNothing() throws IOException {
        RealityCheck idle = sweep(new Late(40))
                .withRealityCheck(BOOTSTRAP, SequentialTaskExecutor.create())
                .run(SequentialTaskExecutor.create())
                .reality()
                .orElseThrow();
        assertThat(idle.reason().orElseThrow()).contains("no variant has returns that vary");
        assertThat(sweep(new Late(0))
                        .withRealityCheck(BOOTSTRAP, SequentialTaskExecutor.create())
                        .withPruner(Pruners.none())
                        .run(SequentialTaskExecutor.create())
                        .reality())
                .isEmpty();
    }
}
