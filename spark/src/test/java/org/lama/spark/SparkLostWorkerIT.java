package org.lama.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.sweep.ClusterExecutor;
import org.lama.backtest.sweep.ClusterSettings;
import org.lama.backtest.sweep.EngineRecipe;
import org.lama.backtest.sweep.SparkExecutors;
import org.lama.core.search.SequentialTaskExecutor;
import org.lama.core.search.TaskExecutor;

/** Spark with processes of its own on this machine, one of which is killed. */
class SparkLostWorkerIT {
    private static final int PROBES = 64;
    private static final int TRIALS = 160;

    @TempDir
    Path temporary;

    @Test
    void processThatIsKilledInTheMiddleChangesNoBit() throws IOException, URISyntaxException {
        SparkHome.assemble();
        EngineRecipe recipe = SweepSample.recipe(1200);
        ClusterSettings settings = ClusterSettings.of("local-cluster[2,1,1024]")
                .withJars(List.of(SparkHome.jarOfTests(temporary)))
                .withChunk(4);
        List<ProcessHandle> started;
        try (ClusterExecutor cluster = SparkExecutors.start(settings)) {
            ProcessHandle victim = bothAtWork(cluster).get(0);
            started = new ArrayList<>(SparkHome.executors());
            List<Long> killed = new ArrayList<>();
            List<Object> found = SweepSample.bits(SweepSample.sweep(killing(cluster, victim, killed), recipe, TRIALS));
            started.addAll(SparkHome.executors());
            assertThat(killed).containsExactly(victim.pid());
            assertThat(victim.isAlive()).isFalse();
            assertThat(found)
                    .isEqualTo(SweepSample.bits(SweepSample.sweep(SequentialTaskExecutor.create(), recipe, TRIALS)));
        }
        // nothing that was started is left behind
        for (ProcessHandle each : started) {
            each.onExit().orTimeout(60, TimeUnit.SECONDS).join();
        }
        assertThat(SparkHome.executors()).isEmpty();
    }

    /** Asks until two processes other than this one have answered. */
    private static List<ProcessHandle> bothAtWork(ClusterExecutor cluster) {
        Set<Long> processes = new TreeSet<>();
        for (int round = 0; round < 1000 && processes.size() < 2; round++) {
            List<ProbeTask.Found> found = cluster.map(PROBES, ProbeTask.failing(0, false));
            for (int k = 0; k < PROBES; k++) {
                assertThat(found.get(k).number()).isEqualTo(ProbeWorker.number(k));
                processes.add(found.get(k).process());
            }
        }
        assertThat(processes).hasSize(2).doesNotContain(ProcessHandle.current().pid());
        return processes.stream()
                .map(pid -> ProcessHandle.of(pid).orElseThrow())
                .toList();
    }

    /** Kills a process when a quarter of the first batch is done. */
    private static TaskExecutor killing(ClusterExecutor cluster, ProcessHandle victim, List<Long> killed) {
        return new TaskExecutor() {
            @Override
            public <T> List<T> map(int count, Task<T> task, Progress progress) {
                return cluster.map(count, task, (finished, total) -> {
                    progress.finished(finished, total);
                    if (finished >= total / 4 && killed.isEmpty() && victim.destroyForcibly()) {
                        killed.add(victim.pid());
                    }
                });
            }
        };
    }
}
