package org.lama.core.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.lama.core.base.Suggestion;
import org.lama.core.store.SeriesKey;

/**
 * The series of files, and which of them are meant where a symbol has bars of several lengths: a folder may hold those of an
 * hour beside those of a day. Single-threaded.
 */
final class FileChoice {
    private final String place;
    private final SortedMap<String, NavigableMap<Long, Checked>> found = new TreeMap<>();

    /** Of a place with that name in messages. */
    FileChoice(String place) {
        this.place = place;
    }

    /** Takes one in; two of one symbol and length are refused. */
    void add(Checked checked) throws DataException {
        Checked other = found.computeIfAbsent(checked.symbol(), symbol -> new TreeMap<>())
                .putIfAbsent(checked.stepNanos(), checked);
        if (other != null) {
            throw new DataException(
                    checked.report().source(),
                    0,
                    "",
                    "symbol " + checked.symbol() + " is also in "
                            + other.report().source(),
                    "keep one of the files in the folder");
        }
    }

    /** Every series of the wanted symbols, of all if none is named, in the order of symbols and lengths. */
    List<Checked> all(Collection<String> symbols) throws DataException {
        List<Checked> all = new ArrayList<>();
        wanted(symbols).values().forEach(lengths -> all.addAll(lengths.values()));
        return all;
    }

    /** One series of each wanted symbol: with such bars, else with the longest that can become such bars. */
    List<Checked> chosen(Collection<String> symbols, long barNanos) throws DataException {
        SortedMap<String, NavigableMap<Long, Checked>> wanted = wanted(symbols);
        boolean several = wanted.values().stream().anyMatch(lengths -> lengths.size() > 1);
        long common = barNanos > 0 || !several ? barNanos : onlyLength(wanted);
        List<Checked> chosen = new ArrayList<>();
        wanted.values().forEach(lengths -> chosen.add(series(lengths, common)));
        return chosen;
    }

    private SortedMap<String, NavigableMap<Long, Checked>> wanted(Collection<String> symbols) throws DataException {
        for (String wanted : symbols) {
            if (!found.containsKey(wanted)) {
                String nearest = found.isEmpty()
                        ? ""
                        : "; nearest of " + found.size() + " is " + Suggestion.nearest(wanted, found.keySet());
                throw DataException.ofRequest(
                        place, "symbol", "symbol '" + wanted + "' is not in the data" + nearest, "choose one that is");
            }
        }
        SortedMap<String, NavigableMap<Long, Checked>> wanted = new TreeMap<>(found);
        if (!symbols.isEmpty()) {
            wanted.keySet().retainAll(symbols);
        }
        return wanted;
    }

    /** If none fits, the longest, which is refused by its name when it is shaped. */
    private static Checked series(NavigableMap<Long, Checked> lengths, long barNanos) {
        for (Map.Entry<Long, Checked> each :
                lengths.headMap(barNanos, true).descendingMap().entrySet()) {
            if (each.getKey() > 0 && barNanos % each.getKey() == 0) {
                return each.getValue();
            }
        }
        return lengths.lastEntry().getValue();
    }

    /** The one length that all have. */
    private long onlyLength(SortedMap<String, NavigableMap<Long, Checked>> wanted) throws DataException {
        Set<Long> there = new TreeSet<>();
        wanted.values().forEach(lengths -> there.addAll(lengths.keySet()));
        Set<Long> shared = new TreeSet<>(there);
        wanted.values().forEach(lengths -> shared.retainAll(lengths.keySet()));
        if (shared.size() != 1) {
            String lengths = there.stream().map(SeriesKey::interval).collect(Collectors.joining(", "));
            throw DataException.ofRequest(
                    place,
                    "",
                    (shared.isEmpty() ? "the series have no bar length in common but " : "there are bars of ")
                            + lengths,
                    "say which with --interval, or choose with --symbols");
        }
        return shared.iterator().next();
    }
}
