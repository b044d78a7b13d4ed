package org.lama.backtest.cli;

import java.io.IOException;
import java.util.Optional;
import org.lama.backtest.sweep.ClusterExecutor;
import org.lama.backtest.sweep.SparkExecutors;
import org.lama.core.base.Check;

/** Where the trials of a sweep are computed: {@code threads}, {@code spark} or {@code spark:MASTER}. */
final class SweepCluster implements AutoCloseable {
    private static final String THREADS = "threads";
    private static final String SPARK = "spark";

    private final Optional<ClusterExecutor> executor;

    private SweepCluster(Optional<ClusterExecutor> executor) {
        this.executor = executor;
    }

    /** Starts what is asked for; Spark without a master runs on threads of this process. */
    static SweepCluster start(String word, int threads) throws IOException {
        if (word.equals(THREADS)) {
            return new SweepCluster(Optional.empty());
        }
        String master = word.startsWith(SPARK + ":") ? word.substring(SPARK.length() + 1) : "";
        Check.that(
                word.equals(SPARK) || !master.isBlank(),
                "executor must be threads, spark or spark:MASTER such as spark:local[2], got '" + word + "'");
        return new SweepCluster(
                Optional.of(SparkExecutors.start(master.isEmpty() ? "local[" + threads + "]" : master)));
    }

    Optional<ClusterExecutor> executor() {
        return executor;
    }

    @Override
    public void close() {
        executor.ifPresent(ClusterExecutor::close);
    }
}
