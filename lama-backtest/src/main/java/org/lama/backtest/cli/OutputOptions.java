package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.OutputFolder;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a run leaves what it found: the flags that studies and backtests share. */
final class OutputOptions {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to write. Default: the next free lama-out/${COMMAND-NAME}-NNN.")
    @Nullable
    Path out;

    @Option(names = "--force", description = "Write into a folder that already holds results.")
    boolean force;

    @Mixin
    LedgerOption ledger = new LedgerOption();

    @Option(names = "--print-config", description = "Only print the effective settings as YAML.")
    boolean printConfig;

    /** Claims the folder of a command. */
    OutputFolder prepare(String command) throws IOException {
        return OutputFolder.prepare(out, command, force);
    }

    static int print(Node settings, boolean json, PrintWriter stdout) {
        stdout.print(json ? Documents.json(settings) : Documents.yaml(settings));
        stdout.flush();
        return ExitCode.DONE;
    }
}
