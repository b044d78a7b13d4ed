package org.lama.models.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.base.Deadline;
import org.lama.core.search.SequentialTaskExecutor;
import org.lama.core.search.ThreadTaskExecutor;
import org.lama.models.anomaly.IsolationForestOptions.Missing;
import org.lama.models.anomaly.IsolationForestOptions.Scoring;

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

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void everyVariantHasEqualBitsOnAnyNumberOfThreads(int threads) {
        double[][] columns = IsolationForestTest.gaussian(4, 20_000, 24);
        for (int r = 0; r < 20_000; r += 9) {
            columns[r % 4][r] = Double.NaN;
        }
        IsolationForestOptions base = new IsolationForestOptions(30, 128, 5, Missing.BRANCH);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            ThreadTaskExecutor workers = ThreadTaskExecutor.of(pool);
            for (IsolationForestOptions options : new IsolationForestOptions[] {
                base, base.withFeaturesPerSplit(2), base.withFeaturesPerSplit(3).withScoring(Scoring.DENSITY)
            }) {
                double[] alone = new double[20_000];
                IsolationForest.fit(columns, 20_000, options).score(columns, 0, 20_000, alone);
                double[] together = new double[20_000];
                IsolationForest.fit(columns, 20_000, options, Deadline.none(), workers)
                        .score(columns, 0, 20_000, together, workers);
                assertThat(together).containsExactly(alone);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void deadlineKeepsTheTreesBeforeIt() {
        double[][] columns = IsolationForestTest.gaussian(2, 300, 25);
        int[] polls = new int[1];
        IsolationForestModel cut = IsolationForest.fit(
                columns,
                300,
                IsolationForestOptions.defaults(),
                () -> ++polls[0] > 20,
                SequentialTaskExecutor.create());
        assertThat(cut.trees()).isEqualTo(21);
        double[] row = {0.1, 3};
        IsolationForestModel small =
                IsolationForest.fit(columns, 300, new IsolationForestOptions(21, 256, 42, Missing.REFUSE));
        assertThat(cut.score(row)).isEqualTo(small.score(row));
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
