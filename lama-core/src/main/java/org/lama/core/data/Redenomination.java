package org.lama.core.data;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lama.core.store.RecordKind;

/**
 * What a redenomination changes: prices of one unit and numbers of units, of the columns whose meaning is known. Money,
 * counts and rates stay; what any other column counts nobody knows, so that it stays too and is named. Stateless.
 */
final class Redenomination {
    /** Names of columns in small letters alone: {@code Adj_Close} is {@code adjclose}. */
    private record Meaning(Set<String> prices, Set<String> units, Set<String> others) {}

    private static final Meaning NONE = new Meaning(Set.of(), Set.of(), Set.of());
    private static final Map<RecordKind, Meaning> MEANINGS = Map.of(
            RecordKind.BARS,
            new Meaning(
                    Set.of("open", "high", "low", "close", "adjclose", "vwap", "weightedaverage", "weightedprice"),
                    Set.of("volume", "takerbuyvolume", "openinterest"),
                    // contracts count dollars
                    Set.of("quotevolume", "takerbuyquotevolume", "trades", "marketcap", "fundingrate", "contracts")),
            RecordKind.FUNDING,
            new Meaning(Set.of("markprice"), Set.of(), Set.of("rate", "intervalhours")),
            RecordKind.OPEN_INTEREST,
            new Meaning(Set.of(), Set.of("openinterest"), Set.of("openinterestvalue")),
            RecordKind.METRICS,
            new Meaning(
                    Set.of("price"),
                    Set.of("circulatingsupply", "totalsupply", "maxsupply"),
                    Set.of("marketcap", "rank")));

    private Redenomination() {}

    private static Meaning meaning(RecordKind kind) {
        return MEANINGS.getOrDefault(kind, NONE);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** Whether any unit is another one than that of today. */
    static boolean changes(double[] units) {
        return Arrays.stream(units).anyMatch(unit -> unit != 1);
    }

    /** Values in the unit of today; the values themselves if they do not depend on it. */
    static double[] scaled(RecordKind kind, String name, double[] values, double[] units) {
        boolean price = meaning(kind).prices().contains(plain(name));
        if (!price && !meaning(kind).units().contains(plain(name))) {
            return values;
        }
        double[] out = new double[values.length];
        Arrays.setAll(out, i -> price ? values[i] / units[i] : values[i] * units[i]);
        return out;
    }

    /** The columns of which it is not known whether they depend on the unit, as a part of a sentence; empty if none. */
    static String left(RecordKind kind, Collection<String> names) {
        Meaning meaning = meaning(kind);
        List<String> left = names.stream()
                .filter(name -> !Set.of(RecordKind.TIME, RecordKind.AVAILABLE, RecordKind.SEQUENCE)
                        .contains(name))
                .filter(name -> Stream.of(meaning.prices(), meaning.units(), meaning.others())
                        .noneMatch(known -> known.contains(plain(name))))
                .sorted()
                .toList();
        return left.isEmpty() ? "" : left.stream().collect(Collectors.joining(", ", ", but for ", " as delivered"));
    }
}
