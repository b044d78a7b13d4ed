package org.lama.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BookFeaturesBenchmarkTest {
    @Test
    void everyBodyDoesItsWork() {
        BookFeaturesBenchmark benchmark = new BookFeaturesBenchmark();
        benchmark.events = 20_000;
        benchmark.prepare();
        assertThat(benchmark.bookAlone()).isGreaterThan(20_000L * 590_000);
        assertThat(benchmark.features())
                .as("a column of rows whose windows are not full yet")
                .isNaN();
        assertThat(benchmark.naiveTenth()).isFinite();
    }
}
