package org.lama.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

final class ThreadTaskExecutorDeterminismTest {
    @Test
    void oneTwoAndSevenThreadsGiveEqualBits() {
        List<Long> reference = SequentialTaskExecutor.create().map(500, ThreadTaskExecutorDeterminismTest::work);
        for (int threads : new int[] {1, 2, 7}) {
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                for (int chunk : new int[] {1, 16}) {
                    assertThat(ThreadTaskExecutor.of(pool, chunk).map(500, ThreadTaskExecutorDeterminismTest::work))
                            .isEqualTo(reference);
                }
            } finally {
                pool.shutdownNow();
            }
        }
    }

    private static long work(int k) {
        Rng rng = Seeds.rng(42, k);
        double sum = 0;
        for (int i = 0; i < 1 + k % 17; i++) {
            sum += rng.nextGaussian();
        }
        return Double.doubleToLongBits(sum);
    }
}
