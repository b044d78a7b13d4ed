package org.lama.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The body of the order benchmark once: both sides keep the same orders at rest, and every market order fills. */
class OrderBenchmarkTest {
    @Test
    void bothSidesKeepTheSameOrders() {
        for (int resting : new int[] {0, 1, 4}) {
            OrderBenchmark benchmark = new OrderBenchmark();
            benchmark.bars = 5000;
            benchmark.resting = resting;
            benchmark.prepare();
            assertThat(benchmark.rest()).isEqualTo(benchmark.objects());
            assertThat(benchmark.churn()).isEqualTo(5000);
        }
    }
}
