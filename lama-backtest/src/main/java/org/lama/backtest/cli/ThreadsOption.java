package org.lama.backtest.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many threads work. */
final class ThreadsOption {
    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Worker threads; the result does not depend on them. Default: all cores.")
    @Nullable
    Integer count;

    int count() {
        return count == null ? Runtime.getRuntime().availableProcessors() : count;
    }
}
