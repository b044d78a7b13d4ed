package org.lama.backtest.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.Lama;
import org.lama.backtest.api.Store;
import org.lama.core.base.Check;
import org.lama.core.store.ParquetStore;
import picocli.CommandLine.Option;

/** Which store a command works on. */
final class StoreOption {
    /** Where a store lies if no other place is named. */
    private static final Path DEFAULT = Path.of("lama-store");

    @Option(names = "--store", paramLabel = "DIR", description = "Folder of the store. Default: lama-store.")
    @Nullable
    Path folder;

    private Path folder() {
        return folder == null ? DEFAULT : folder;
    }

    /** A store that must be there. */
    Store existing() throws IOException {
        Check.that(
                ParquetStore.isStore(folder()),
                name() + " is no store; make one with 'lama data import FILES --store " + name() + "'");
        return Lama.store(folder());
    }

    /** A store to write to; made by the first write. */
    Store open() throws IOException {
        return Lama.store(folder());
    }

    /** How it is called in answers. */
    String name() {
        return folder().toString();
    }
}
