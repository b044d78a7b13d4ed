package org.lama.backtest.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which store a command works on that needs its files. */
final class StoreFolder {
    @Option(names = "--store", paramLabel = "DIR", description = "Folder of the store. Default: lama-store.")
    @Nullable
    Path folder;

    /** The same as an option of commands for any store. */
    StoreOption option() {
        StoreOption option = new StoreOption();
        option.folder = folder;
        return option;
    }
}
