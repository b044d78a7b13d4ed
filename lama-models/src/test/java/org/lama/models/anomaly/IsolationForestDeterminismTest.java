package org.lama.models.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.base.Deadline;
import org.lama.core.search.ThreadTaskExecutor;

class IsolationForestDeterminismTest {
    private static final int ROWS = 30_001;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void anyNumberOfThreadsGivesEqualBits(int threads) {
        double[][] columns = IsolationForestTest.gaussian(5, ROWS, 21);
        double[] alone = new double[ROWS - 10];
        IsolationForest.fit(columns, ROWS, IsolationForestOptions.defaults()).score(columns, 10, ROWS, alone);
        double[] together = new double[ROWS - 10];
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            ThreadTaskExecutor workers = ThreadTaskExecutor.of(pool);
            IsolationForest.fit(columns, ROWS, IsolationForestOptions.defaults(), Deadline.none(), workers)
                    .score(columns, 10, ROWS, together, workers);
        } finally {
            pool.shutdownNow();
        }
        for (int r = 0; r < alone.length; r++) {
            assertThat(Double.doubleToLongBits(together[r])).isEqualTo(Double.doubleToLongBits(alone[r]));
        }
    }

    @Test
    void otherSeedGivesAnotherForest() {
        double[][] columns = IsolationForestTest.gaussian(2, 500, 22);
        IsolationForestOptions options = IsolationForestOptions.defaults();
        double[] row = {0.3, 0.4};
        assertThat(IsolationForest.fit(columns, 500, options.withSeed(1)).score(row))
                .isNotEqualTo(
                        IsolationForest.fit(columns, 500, options.withSeed(2)).score(row));
    }

    @Test
    void failureInAWorkerNamesColumnAndRow() {
        double[][] columns = IsolationForestTest.gaussian(2, ROWS, 23);
        IsolationForestModel model = IsolationForest.fit(columns, ROWS, IsolationForestOptions.defaults());
        columns[1][20_000] = Double.NaN;
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            assertThatThrownBy(() -> model.score(columns, 0, ROWS, new double[ROWS], ThreadTaskExecutor.of(pool)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("NaN in column 1, row 20000");
        } finally {
            pool.shutdownNow();
        }
    }
}
