package org.lama.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ThreadTaskExecutorTest {
    private final ExecutorService pool = Executors.newFixedThreadPool(4);

    @AfterEach
    void endPool() {
        pool.shutdownNow();
    }

    @Test
    void resultsStandInTheSlotOfTheirIndex() {
        List<Integer> results = ThreadTaskExecutor.of(pool, 3).map(100, k -> k * k);
        assertThat(results)
                .isEqualTo(SequentialTaskExecutor.create().map(100, k -> k * k))
                .hasSize(100);
    }

    @Test
    void noTasksGiveNoResults() {
        assertThat(ThreadTaskExecutor.of(pool).<Integer>map(0, k -> k)).isEmpty();
        assertThat(SequentialTaskExecutor.create().<Integer>map(0, k -> k)).isEmpty();
    }

    @Test
    void progressCountsFromOneToTheNumberOfTasks() {
        for (TaskExecutor executor : List.of(SequentialTaskExecutor.create(), ThreadTaskExecutor.of(pool, 7))) {
            List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
            executor.map(50, k -> k, (finished, total) -> {
                assertThat(total).isEqualTo(50);
                seen.add(finished);
            });
            assertThat(seen).hasSize(50).isSorted().startsWith(1).endsWith(50).doesNotHaveDuplicates();
        }
    }

    @Test
    void theFailureOfTheLowestIndexIsThrownAndTheRestIsNotStarted() {
        for (int run = 0; run < 50; run++) {
            AtomicInteger started = new AtomicInteger();
            TaskExecutor executor = ThreadTaskExecutor.of(pool);
            assertThatThrownBy(() -> executor.map(10_000, k -> {
                        started.incrementAndGet();
                        if (k == 5 || k == 6 || k == 40) {
                            throw new IllegalStateException("task " + k);
                        }
                        return k;
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("task 5");
            assertThat(started.get()).isLessThan(10_000);
        }
    }

    @Test
    void errorsOfTasksReachTheCaller() {
        assertThatThrownBy(() -> ThreadTaskExecutor.of(pool).map(3, k -> {
                    throw new AssertionError("broken");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessage("broken");
    }

    @Test
    void aPoolThatWasShutDownIsReported() {
        pool.shutdown();
        assertThatThrownBy(() -> ThreadTaskExecutor.of(pool).map(3, k -> k))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void anInterruptGivesTheRestUpAndIsKept() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger started = new AtomicInteger();
        List<Object> seen = Collections.synchronizedList(new ArrayList<>());
        ExecutorService one = Executors.newSingleThreadExecutor();
        Thread caller = new Thread(() -> {
            try {
                ThreadTaskExecutor.of(one).map(100, k -> {
                    started.incrementAndGet();
                    running.countDown();
                    awaitQuietly(go);
                    return k;
                });
            } catch (CancellationException e) {
                seen.add(e.getMessage());
                seen.add(Thread.currentThread().isInterrupted());
            }
        });
        caller.start();
        running.await();
        caller.interrupt();
        while (caller.isInterrupted()) {
            Thread.onSpinWait();
        }
        // The interrupt is taken; give up must be recorded before the first task ends.
        while (caller.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        go.countDown();
        caller.join();
        one.shutdownNow();
        assertThat(seen).containsExactly("the calling thread was interrupted; the tasks were given up", true);
        assertThat(started.get()).isLessThan(100);
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> ThreadTaskExecutor.of(pool, 0)).hasMessage("chunkSize must be >= 1, got 0");
        assertThatThrownBy(() -> ThreadTaskExecutor.of(pool).map(-1, k -> k)).hasMessage("count must be >= 0, got -1");
        assertThatThrownBy(() -> SequentialTaskExecutor.create().map(-1, k -> k))
                .hasMessage("count must be >= 0, got -1");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
