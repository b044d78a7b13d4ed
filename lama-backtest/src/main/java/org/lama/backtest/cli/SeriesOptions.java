package org.lama.backtest.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.Store;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;
import org.lama.core.search.Seal;
import org.lama.core.store.MarketStore;
import org.lama.core.store.RecordKind;
import picocli.CommandLine.Option;

/** Which series of a store a command works on; all without a flag. */
final class SeriesOptions {
    @Option(
            names = "--symbols",
            split = ",",
            paramLabel = "A,B",
            description = "Only these: ids, or names without venue and kind such as BTC-USDT.")
    @Nullable
    List<String> symbols;

    @Option(names = "--kind", paramLabel = "KIND", description = "Only this kind, such as bars, trades or funding.")
    @Nullable
    String kind;

    @Option(names = "--interval", paramLabel = "1h|1d|...", description = "Only bars of this length.")
    @Nullable
    String interval;

    /** The kind of that name. */
    static RecordKind kind(String name) {
        List<String> names = new ArrayList<>();
        for (RecordKind each : RecordKind.values()) {
            if (each.folder().equals(name.toLowerCase(Locale.ROOT).replace('-', '_'))) {
                return each;
            }
            names.add(each.folder());
        }
        throw new IllegalArgumentException(
                "kind must be one of " + names + ", got '" + name + "'" + Suggestion.alike(name, names));
    }

    /** The series that were asked for. */
    List<MarketStore.Entry> of(Store store) throws IOException {
        List<MarketStore.Entry> all = store.rows().catalogue();
        List<MarketStore.Entry> wanted = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>();
        TreeSet<String> found = new TreeSet<>();
        RecordKind only = kind == null ? null : kind(kind);
        for (MarketStore.Entry entry : all) {
            String id = entry.key().instrument().toString();
            names.add(id);
            String symbol = symbol(id);
            boolean taken = (symbols == null || !symbol.isEmpty())
                    && (only == null || entry.key().kind() == only)
                    && (interval == null || entry.key().interval().equals(interval));
            if (taken) {
                wanted.add(entry);
                found.add(symbol);
            }
        }
        for (String symbol : symbols == null ? List.<String>of() : symbols) {
            Check.that(
                    found.contains(symbol),
                    "symbol '" + symbol + "' has no such series in the store"
                            + (names.isEmpty() ? "" : "; nearest is " + Suggestion.nearest(symbol, names)));
        }
        return wanted;
    }

    /** By which of the wanted symbols an instrument is meant; empty if by none. */
    private String symbol(String id) {
        for (String symbol : symbols == null ? List.<String>of() : symbols) {
            if (id.equals(symbol) || Seal.instrument(id).equals(Seal.instrument(symbol))) {
                return symbol;
            }
        }
        return "";
    }
}
