package org.lama.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lama.backtest.sweep.ClusterExecutor;
import org.lama.backtest.sweep.EngineRecipe;
import org.lama.backtest.sweep.SparkExecutors;
import org.lama.backtest.sweep.SweepResult;
import org.lama.core.search.RemoteTaskException;
import org.lama.core.search.ThreadTaskExecutor;

/** Spark with two threads of this process. */
class SparkSweepTest {
    private static ClusterExecutor spark;

    @BeforeAll
    static void start() throws IOException {
        spark = SparkExecutors.start("local[2]");
    }

    @AfterAll
    static void stop() {
        spark.close();
        spark.close();
    }

    @Test
    void sweepHasTheBitsThatThreadsGive() throws IOException {
        EngineRecipe recipe = SweepSample.recipe(1200);
        SweepResult remote = SweepSample.sweep(spark, recipe, 100);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            SweepResult threads = SweepSample.sweep(ThreadTaskExecutor.of(pool), recipe, 100);
            assertThat(SweepSample.bits(remote)).isEqualTo(SweepSample.bits(threads));
            assertThat(remote.statistics().reasons().keySet()).anyMatch(reason -> reason.startsWith("failed: "));
            assertThat(remote.statistics().defined()).isGreaterThan(50);
            assertThat(remote.identity().settingsSha256())
                    .isEqualTo(threads.identity().settingsSha256());
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void resultsStandInTheOrderOfTheirIndicesAndEachIsReported() {
        List<Integer> reported = new ArrayList<>();
        List<ProbeTask.Found> found = spark.map(101, ProbeTask.failing(0, false), (finished, total) -> {
            assertThat(total).isEqualTo(101);
            reported.add(finished);
        });
        assertThat(found).hasSize(101);
        for (int k = 0; k < 101; k++) {
            assertThat(found.get(k).number()).isEqualTo(ProbeWorker.number(k));
            assertThat(reported.get(k)).isEqualTo(k + 1);
        }
        assertThat(spark.map(0, ProbeTask.failing(0, false))).isEmpty();
    }

    @Test
    void failureOfTheLowestIndexIsThrown() {
        for (int round = 0; round < 3; round++) {
            assertThatThrownBy(() -> spark.map(300, ProbeTask.failing(37, true)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("index must not be 36")
                    .hasCauseInstanceOf(RemoteTaskException.class);
        }
        assertThatThrownBy(() -> spark.map(300, ProbeTask.failing(37, false)))
                .isInstanceOfSatisfying(RemoteTaskException.class, remote -> {
                    assertThat(remote).hasMessage("task 36 of probe: broken at 36");
                    assertThat(remote.thrown()).isEqualTo("java.lang.IllegalStateException");
                    assertThat(remote.trace()).contains("ProbeWorker");
                });
        // and the cluster goes on
        assertThat(spark.map(3, ProbeTask.failing(0, false))).hasSize(3);
    }

    @Test
    void failureOfTheListenerEndsTheCall() {
        assertThatThrownBy(() -> spark.map(50, ProbeTask.failing(0, false), (finished, total) -> {
                    if (finished == 5) {
                        throw new IllegalStateException("nobody listens");
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("nobody listens");
    }

    @Test
    void interruptedCallGivesTheTasksUp() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> spark.map(50, ProbeTask.failing(0, false))).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(spark.map(3, ProbeTask.failing(0, false))).hasSize(3);
    }

    @Test
    void taskThatCannotTravelIsRefused() {
        assertThatThrownBy(() -> spark.map(3, k -> k))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be able to travel");
    }

    @Test
    void secondApplicationOfTheProcessIsRefusedWithTheReason() {
        assertThatThrownBy(() -> SparkExecutors.start("local[1]"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not start on local[1]")
                .hasMessageContaining("Only one SparkContext");
    }
}
