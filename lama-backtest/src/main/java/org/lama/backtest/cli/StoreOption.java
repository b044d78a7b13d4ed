package org.lama.backtest.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.DataRequest;
import org.lama.backtest.api.Lama;
import org.lama.backtest.api.Seals;
import org.lama.backtest.api.Store;
import org.lama.core.base.Check;
import org.lama.core.search.Seal;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.ParquetStore;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which store a command works on. */
final class StoreOption {
    /** Where a store lies if no other place is named. */
    private static final Path DEFAULT = Path.of("lama-store");

    @Option(names = "--store", paramLabel = "DIR", description = "Folder of the store. Default: lama-store.")
    @Nullable
    Path folder;

    @Option(
            names = "--db",
            paramLabel = "URL",
            description = "Store on a server instead: postgresql://user@host/database; the password comes from"
                    + " LAMA_DB_PASSWORD.")
    @Nullable
    String database;

    /** Data are named once: by a path, or here. */
    void requireOne(@Nullable Path path, CommandSpec spec) {
        boolean named = folder != null || database != null;
        Check.that(path == null || !named, "name the data once: a PATH, --store or --db");
        if (path == null && !named) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "Missing required parameter: 'PATH', --store or --db");
        }
    }

    /** The request for all that it holds. */
    DataRequest request() {
        Check.that(folder == null || database == null, "name the store once: with --store or with --db");
        DataRequest of = DataRequest.of(folder == null ? DEFAULT : folder);
        return database == null ? of : of.withDatabase(database);
    }

    /** The request for a store at a path, or without one that of the options. */
    DataRequest asked(@Nullable Path path) {
        return path == null ? request() : DataRequest.of(path);
    }

    /** A store that must be there. */
    Store existing() throws IOException {
        Optional<Path> path = request().path();
        Check.that(
                path.isEmpty() || ParquetStore.isStore(path.get()),
                name() + " is no store; make one with 'lama data import FILES" + flag() + "'");
        return open();
    }

    /** The store at a path, or without one that of the options, which must be there. */
    Store existing(@Nullable Path path) throws IOException {
        return path == null ? existing() : Lama.store(path);
    }

    /** A store to write to; a folder is made by the first write. */
    Store open() throws IOException {
        return Lama.store(request());
    }

    /**
     * From which time on nothing may be seen, which is said too; empty without a seal. What one series shows of the sealed
     * time gives away the others, so the earliest seal bounds all of them.
     */
    OptionalLong sealedFrom(Store there, CommandSpec spec) throws IOException {
        Set<String> instruments = new TreeSet<>();
        there.rows().keys().forEach(key -> instruments.add(key.instrument().toString()));
        Optional<Seal.Kept> seal = Seals.closing(request(), instruments);
        if (seal.isEmpty()) {
            return OptionalLong.empty();
        }
        long first = seal.get().seal().fromNanos();
        spec.commandLine().getErr().println("Sealed: nothing from " + TimeIndex.instant(first) + " on is seen.");
        return OptionalLong.of(first);
    }

    /** How it is called in answers. */
    String name() {
        return database != null ? database : String.valueOf(folder == null ? DEFAULT : folder);
    }

    /** How it is named on a command line. */
    String flag() {
        return (database != null ? " --db " : " --store ") + Wording.typed(name());
    }
}
