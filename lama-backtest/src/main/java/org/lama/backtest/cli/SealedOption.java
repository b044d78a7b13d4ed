package org.lama.backtest.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.DataRequest;
import org.lama.core.base.Check;
import org.lama.core.store.ParquetStore;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which data a seal lies on: files or a store, named as in the commands that run on them. */
final class SealedOption {
    @Option(names = "--data", paramLabel = "FILE|DIR", description = "The bars: one file, or one file per symbol.")
    @Nullable
    Path data;

    @Option(names = "--store", paramLabel = "DIR", description = "The bars of a store instead of --data.")
    @Nullable
    Path store;

    @Option(
            names = "--db",
            paramLabel = "URL",
            description = "The bars of a store on a server: postgresql://user@host/database; the password comes from"
                    + " LAMA_DB_PASSWORD.")
    @Nullable
    String database;

    /** The request for all of them; exactly one must be named. */
    DataRequest request(CommandSpec spec) {
        long named = Stream.of(data, store, database).filter(Objects::nonNull).count();
        if (named == 0) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "Missing required option: '--data', --store or --db");
        }
        Check.that(named == 1, "name the data once: with --data, --store or --db");
        Check.that(
                store == null || ParquetStore.isStore(store),
                store + " is no store; make one with 'lama data import FILES --store " + store + "'");
        DataRequest of = data != null ? DataRequest.of(data) : DataRequest.synthetic();
        of = store != null ? DataRequest.of(store) : of;
        return database != null ? of.withDatabase(database) : of;
    }

    /** How they are named on a command line. */
    String flag() {
        return data != null
                ? "--data " + Wording.typed(data)
                : store != null ? "--store " + Wording.typed(store) : "--db " + Wording.typed(String.valueOf(database));
    }
}
