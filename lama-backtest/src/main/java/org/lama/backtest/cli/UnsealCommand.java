package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.Seals;
import org.lama.core.base.TimeSource;
import org.lama.core.search.Seal;
import org.lama.core.series.TimeIndex;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Breaks a seal. */
@Command(
        name = "unseal",
        description = {
            "Breaks a seal for the one final look. It is logged, and cannot be undone:",
            "the window is spent from then on, and every report on it says so."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama unseal --data bars.csv.gz --reason \"final test of the momentum study\"",
            "  lama unseal --store market --reason \"final test\""
        })
final class UnsealCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    SealedOption data;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; it is kept in the ledger.")
    String reason = "";

    @Option(names = "--seal", paramLabel = "N", description = "Number of the seal. Default: the only one that holds.")
    @Nullable
    Integer number;

    @Mixin
    LedgerOption ledger;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        PrintWriter stdout = spec.commandLine().getOut();
        Path folder = ledger.of(data.request(spec));
        Seal.Kept broken = Seals.unseal(Optional.ofNullable(number), reason, folder, TimeSource.system());
        if (common.json) {
            stdout.print(SealLines.all(List.of(broken), true));
        } else {
            stdout.println("Unsealed: seal " + broken.number() + ", "
                    + TimeIndex.instant(broken.seal().fromNanos()) + " to "
                    + TimeIndex.instant(broken.seal().toNanos())
                    + ". The window is spent: the next result on it is the one that counts.");
            stdout.println("Next: ./lama study " + data.flag());
        }
        stdout.flush();
        return ExitCode.DONE;
    }
}
