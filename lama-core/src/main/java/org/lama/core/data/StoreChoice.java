package org.lama.core.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lama.core.base.Suggestion;
import org.lama.core.market.InstrumentId;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Finds the series of a store that somebody means by short names. A name is a whole id, or any end of one without its
 * punctuation and without its quote, as long as it means one instrument only. Immutable.
 *
 * @param store how the store is called in messages
 * @param byId the series of each instrument, by the length of their bars
 */
record StoreChoice(String store, Map<InstrumentId, TreeMap<Long, SeriesKey>> byId) {
    private static final int SHOWN = 8;
    /** Of several assets of one ticker one is meant by its number. */
    private static final Pattern ASSET = Pattern.compile("(.+)(?:#|%23)([1-9][0-9]{0,3})");

    /** The bars among some series. */
    static StoreChoice of(String store, List<SeriesKey> keys) throws DataException {
        Map<InstrumentId, TreeMap<Long, SeriesKey>> byId = new LinkedHashMap<>();
        keys.stream()
                .filter(key -> key.kind() == RecordKind.BARS)
                .sorted(Comparator.comparing(key -> key.instrument().toString()))
                .forEach(key -> byId.computeIfAbsent(key.instrument(), id -> new TreeMap<>())
                        .put(key.barNanos(), key));
        if (byId.isEmpty()) {
            throw DataException.ofRequest(
                    store,
                    "",
                    "there are no bars in this store",
                    "import some with 'lama data import FILES --store DIR'");
        }
        return new StoreChoice(store, byId);
    }

    /**
     * A chosen series.
     *
     * @param symbol how it is called from now on
     * @param key which series
     * @param asset number of the only asset of the ticker that is meant; 0 for all
     */
    record Chosen(String symbol, SeriesKey key, int asset) {}

    /**
     * Which instrument somebody means.
     *
     * @param id the ticker
     * @param asset number of the only asset of the ticker that is meant; 0 for all
     */
    private record Meant(InstrumentId id, int asset) {}

    /** The wanted series, all if no symbol is named; symbols are the names without venue and kind where those differ. */
    List<Chosen> choose(List<String> symbols, long barNanos) throws DataException {
        Set<Meant> meant = new LinkedHashSet<>();
        for (String symbol : symbols) {
            meant.add(meant(symbol));
        }
        if (symbols.isEmpty()) {
            byId.keySet().forEach(id -> meant.add(new Meant(id, 0)));
        }
        Set<InstrumentId> wanted = new LinkedHashSet<>();
        meant.forEach(each -> wanted.add(each.id()));
        Map<String, Integer> names = new TreeMap<>();
        wanted.forEach(id -> names.merge(id.name(), 1, Integer::sum));
        List<Chosen> chosen = new ArrayList<>();
        long common = barNanos > 0 ? barNanos : onlyLength(wanted);
        for (Meant each : meant) {
            InstrumentId id = each.id();
            boolean unique = names.getOrDefault(id.name(), 0) == 1;
            // a whole ticker has its single assets already
            if (each.asset() == 0 || !meant.contains(new Meant(id, 0))) {
                chosen.add(new Chosen(unique ? id.name() : id.toString(), series(id, common), each.asset()));
            }
        }
        return chosen;
    }

    private Meant meant(String symbol) throws DataException {
        Matcher numbered = ASSET.matcher(symbol);
        boolean whole = byId.keySet().stream().anyMatch(id -> id.toString().equals(symbol));
        return !whole && numbered.matches()
                ? new Meant(instrument(numbered.group(1)), Integer.parseInt(numbered.group(2)))
                : new Meant(instrument(symbol), 0);
    }

    /** The ticker that a name means, whichever of its assets. */
    InstrumentId ticker(String symbol) throws DataException {
        return meant(symbol).id();
    }

    private InstrumentId instrument(String symbol) throws DataException {
        List<InstrumentId> meant = named(byId.keySet(), symbol);
        if (meant.size() == 1) {
            return meant.get(0);
        }
        if (meant.size() > 1) {
            throw DataException.ofRequest(
                    store, "symbol", "symbol '" + symbol + "' can mean " + shown(meant), "write out which");
        }
        List<String> all = new ArrayList<>();
        byId.keySet().forEach(id -> {
            all.add(id.toString());
            all.add(id.name());
        });
        throw DataException.ofRequest(
                store,
                "symbol",
                "symbol '" + symbol + "' is not in the store; nearest of " + byId.size() + " is "
                        + Suggestion.nearest(symbol, all),
                "see what is there with 'lama data ls'");
    }

    /** The instruments that a name can mean: a whole id itself alone; else those with that end, then those with that base. */
    static List<InstrumentId> named(Collection<InstrumentId> ids, String symbol) {
        for (InstrumentId id : ids) {
            if (id.toString().equals(symbol)) {
                return List.of(id);
            }
        }
        String plain = plain(symbol);
        List<InstrumentId> meant = new ArrayList<>();
        for (int without = 0; without <= 1 && meant.isEmpty(); without++) {
            for (InstrumentId id : ids) {
                if (names(id, without == 1).contains(plain)) {
                    meant.add(id);
                }
            }
        }
        return meant;
    }

    private static Set<String> names(InstrumentId id, boolean withoutQuote) {
        Set<String> names = new TreeSet<>();
        String name = id.name();
        if (withoutQuote) {
            int dash = name.indexOf('-');
            if (dash < 0) {
                return names;
            }
            name = name.substring(0, dash);
        }
        names.add(plain(name));
        names.add(plain(id.venue() + name));
        names.add(plain(id.kind() + name));
        names.add(plain(id.venue() + id.kind() + name));
        return names;
    }

    private static String plain(String text) {
        String plain = text.toUpperCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}%]", "");
        return plain.isEmpty() ? text : plain;
    }

    private static String shown(List<InstrumentId> ids) {
        List<String> texts =
                ids.stream().limit(SHOWN).map(InstrumentId::toString).toList();
        return String.join(", ", texts) + (ids.size() > SHOWN ? " and " + (ids.size() - SHOWN) + " more" : "");
    }

    /** The bar length that all have, if each of them has no more than one or they share but one. */
    private long onlyLength(Set<InstrumentId> wanted) throws DataException {
        Set<Long> shared = new TreeSet<>();
        Set<String> there = new LinkedHashSet<>();
        boolean first = true;
        for (InstrumentId id : wanted) {
            TreeMap<Long, SeriesKey> lengths = lengths(id);
            lengths.values().forEach(key -> there.add(key.interval()));
            if (first) {
                shared.addAll(lengths.keySet());
            } else {
                shared.retainAll(lengths.keySet());
            }
            first = false;
        }
        if (shared.size() != 1) {
            throw DataException.ofRequest(
                    store,
                    "",
                    (shared.isEmpty() ? "the series have no bar length in common but " : "there are bars of ")
                            + String.join(", ", there),
                    "say which with --interval, or choose with --symbols");
        }
        return shared.iterator().next();
    }

    private TreeMap<Long, SeriesKey> lengths(InstrumentId id) {
        return byId.getOrDefault(id, new TreeMap<>());
    }

    /** The series with such bars, else with the longest that can become such bars. */
    private SeriesKey series(InstrumentId id, long barNanos) throws DataException {
        for (SeriesKey key : lengths(id).headMap(barNanos, true).descendingMap().values()) {
            if (barNanos % key.barNanos() == 0) {
                return key;
            }
        }
        List<String> there =
                lengths(id).values().stream().map(SeriesKey::interval).toList();
        throw DataException.ofRequest(
                store,
                "",
                id + " has bars of " + String.join(", ", there) + ", which cannot become bars of "
                        + barNanos / 1_000_000_000L + " s",
                "ask for another interval");
    }
}
