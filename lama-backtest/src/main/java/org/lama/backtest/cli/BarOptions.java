package org.lama.backtest.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Check;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetStore;
import picocli.CommandLine.Option;

/** Which bars: the flags that studies and backtests share. */
final class BarOptions {
    @Option(
            names = "--data",
            paramLabel = "FILE|DIR",
            description =
                    "Bars as CSV, CSV.gz or Parquet: one file, or one file per symbol. Default: the synthetic market.")
    @Nullable
    Path data;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "Bars of a store instead of --data; fill one with 'lama data import' or 'lama data fetch'.")
    @Nullable
    Path store;

    @Option(
            names = "--db",
            paramLabel = "URL",
            description = "Bars of a store on a server: postgresql://user@host/database; the password comes from"
                    + " LAMA_DB_PASSWORD.")
    @Nullable
    String database;

    @Option(
            names = "--symbols",
            split = ",",
            paramLabel = "A,B",
            description = "Keep these symbols only, in this order; of a store ids or short forms such as BTC-USDT.")
    @Nullable
    List<String> symbols;

    @Option(names = "--from", paramLabel = "TIME", description = "First bar, such as 2020-01-01 (inclusive).")
    @Nullable
    String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Stop before this time (exclusive).")
    @Nullable
    String to;

    @Option(
            names = "--interval",
            paramLabel = "1h|1d|...",
            description = "Bar length; coarser than the file's resamples. Default: the file's own.")
    @Nullable
    String interval;

    @Option(
            names = "--volume-unit",
            paramLabel = "base|quote",
            description = "What the volume column counts: coins, or money as in the files of Yahoo. Default: base.")
    @Nullable
    String volumeUnit;

    @Option(
            names = "--join",
            paramLabel = "KIND[=ID]",
            description = "A further series of the store beside the bars, as it was known at each close: open_interest,"
                    + " metrics=ID, pools=ID, ...; may be given several times. Funding of perpetuals comes unasked.")
    @Nullable
    List<String> joins;

    /** What was given, under the keys of a configuration file. */
    Node.Fields fields() {
        Check.that(
                Stream.of(data, store, database).filter(Objects::nonNull).count() <= 1,
                "name the data once: with --data, --store or --db");
        Check.that(
                store == null || ParquetStore.isStore(store),
                store + " is no store; make one with 'lama data import FILES --store " + store + "'");
        Path path = store == null ? data : store;
        Node.Fields fields = Node.object();
        Settings.put(fields, "path", path == null ? null : path.toString());
        Settings.put(fields, "database", database);
        if (symbols != null) {
            fields.put("symbols", Node.texts(symbols));
        }
        Settings.put(fields, "from", from);
        Settings.put(fields, "to", to);
        Settings.put(fields, "interval", interval);
        Settings.put(fields, "volumeUnit", volumeUnit);
        if (joins != null) {
            fields.put("joins", Node.texts(joins));
        }
        return fields;
    }
}
