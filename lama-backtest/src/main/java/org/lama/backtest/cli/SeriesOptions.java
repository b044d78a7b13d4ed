package org.lama.backtest.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.Store;
import org.lama.core.base.Suggestion;
import org.lama.core.data.StoreSeries;
import org.lama.core.market.InstrumentId;
import org.lama.core.store.MarketStore;
import org.lama.core.store.RecordKind;
import picocli.CommandLine.Option;

/** Which series of a store a command works on; all without a flag. */
final class SeriesOptions {
    private static final int SHOWN = 8;

    @Option(
            names = "--symbols",
            split = ",",
            paramLabel = "A,B",
            description = "Only these: whole ids, or short forms such as BTC-USDT that mean one instrument.")
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

    /** The series that were asked for; a short form must mean one instrument only. */
    List<MarketStore.Entry> of(Store store) throws IOException {
        return of(store, false, List.of());
    }

    /**
     * The series that were asked for, of all instruments that a short form can mean; none of one of which something else is
     * told.
     */
    List<MarketStore.Entry> ofAll(Store store, Collection<InstrumentId> told) throws IOException {
        return of(store, true, told);
    }

    /** Those of some instruments without series that were asked for: of no kind and no length. */
    List<InstrumentId> of(Collection<InstrumentId> told) {
        if (kind != null || interval != null) {
            return List.of();
        }
        Set<InstrumentId> meant = new TreeSet<>(Comparator.comparing(InstrumentId::toString));
        if (symbols == null) {
            meant.addAll(told);
        } else {
            symbols.forEach(symbol -> meant.addAll(StoreSeries.named(told, symbol)));
        }
        return List.copyOf(meant);
    }

    private List<MarketStore.Entry> of(Store store, boolean several, Collection<InstrumentId> told) throws IOException {
        RecordKind only = kind == null ? null : kind(kind);
        List<MarketStore.Entry> wanted = new ArrayList<>();
        Set<InstrumentId> all = new TreeSet<>(Comparator.comparing(InstrumentId::toString));
        Set<InstrumentId> ids = new LinkedHashSet<>();
        for (MarketStore.Entry entry : store.rows().catalogue()) {
            all.add(entry.key().instrument());
            boolean taken = (only == null || entry.key().kind() == only)
                    && (interval == null || entry.key().interval().equals(interval));
            if (taken) {
                wanted.add(entry);
                ids.add(entry.key().instrument());
            }
        }
        if (symbols != null) {
            Set<InstrumentId> meant = new LinkedHashSet<>();
            for (String symbol : symbols) {
                List<InstrumentId> named = StoreSeries.named(ids, symbol);
                boolean absent =
                        named.isEmpty() && StoreSeries.named(told, symbol).isEmpty();
                if (absent || (named.size() > 1 && !several)) {
                    throw new IllegalArgumentException(
                            absent
                                    ? absent(symbol, all)
                                    : "symbol '" + symbol + "' can mean " + shown(named) + "; write out which");
                }
                meant.addAll(named);
            }
            wanted.removeIf(entry -> !meant.contains(entry.key().instrument()));
        }
        return wanted;
    }

    private static String absent(String symbol, Set<InstrumentId> all) {
        List<InstrumentId> named = StoreSeries.named(all, symbol);
        if (!named.isEmpty()) {
            return "symbol '" + symbol
                    + "' has no series of that kind or interval in the store, though there are others of "
                    + shown(named) + "; see 'lama data ls --symbols " + symbol + "'";
        }
        List<String> names = new ArrayList<>();
        for (InstrumentId id : all) {
            names.add(id.toString());
            names.add(id.name());
        }
        return "symbol '" + symbol + "' has no such series in the store"
                + (names.isEmpty() ? "" : "; nearest is " + Suggestion.nearest(symbol, names));
    }

    private static String shown(List<InstrumentId> ids) {
        List<String> texts =
                ids.stream().limit(SHOWN).map(InstrumentId::toString).toList();
        return String.join(", ", texts) + (ids.size() > SHOWN ? " and " + (ids.size() - SHOWN) + " more" : "");
    }
}
