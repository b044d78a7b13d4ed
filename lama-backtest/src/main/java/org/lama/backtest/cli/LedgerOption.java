package org.lama.backtest.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.DataRequest;
import org.lama.backtest.api.Lama;
import org.lama.core.base.TimeSource;
import picocli.CommandLine.Option;

/** Where trials are counted and seals are kept: one flag with one default for all commands. */
final class LedgerOption {
    @Option(
            names = "--ledger",
            paramLabel = "DIR",
            description = "Folder of the trial ledger and its seals. Default: .lama beside the data, or in the working"
                    + " directory.")
    @Nullable
    Path folder;

    /** Options of a run that counts there; the default is that of {@link Lama.Options}, as for programs. */
    Lama.Options options() {
        Lama.Options defaults = Lama.Options.defaults();
        return folder == null ? defaults : defaults.withLedger(folder, TimeSource.system());
    }

    /** The folder itself. */
    Path of(DataRequest data) {
        return folder == null ? Lama.ledgerBeside(data) : folder;
    }
}
