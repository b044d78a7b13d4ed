package org.lama.backtest.api;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;
import org.lama.core.data.PoolColumns;
import org.lama.core.market.InstrumentId;
import org.lama.core.store.RecordKind;

/**
 * One series of a store that a request wants beside its bars, as it is written: {@code KIND}, {@code KIND=ID} or, for pools,
 * {@code pools=ID:BASE_DECIMALS:QUOTE_DECIMALS:BASE_TOKEN:TICK_SPACING}.
 *
 * @param kind of the series
 * @param id of its instrument; empty for the one of the bars
 * @param terms of a pool's integers; empty where they are not said
 */
record StoreJoin(RecordKind kind, Optional<InstrumentId> id, Optional<PoolColumns.Terms> terms) {
    /** The kinds with one row at a time of few numbers, and how their columns are called. */
    private static final Map<RecordKind, String> PREFIXES = Map.of(
            RecordKind.OPEN_INTEREST, "perp",
            RecordKind.POOLS, "pool",
            RecordKind.METRICS, "metric");

    static StoreJoin of(String whole) {
        String[] parts = whole.split(":", -1);
        String text = parts[0];
        int cut = text.indexOf('=');
        String name = (cut < 0 ? text : text.substring(0, cut))
                .strip()
                .toLowerCase(Locale.ROOT)
                .replace('-', '_');
        List<String> names =
                PREFIXES.keySet().stream().map(RecordKind::folder).sorted().toList();
        Check.that(
                names.contains(name),
                "joins must be KIND or KIND=ID with a kind of " + names + ", got '" + whole + "'"
                        + Suggestion.alike(name, names));
        RecordKind kind = PREFIXES.keySet().stream()
                .filter(each -> each.folder().equals(name))
                .findFirst()
                .orElseThrow();
        return new StoreJoin(
                kind,
                cut < 0
                        ? Optional.empty()
                        : Optional.of(InstrumentId.parse(text.substring(cut + 1).strip())),
                terms(kind, whole, parts));
    }

    /** What the integers of a pool mean: decimals of base and quote, token of the base, spacing of ticks. */
    private static Optional<PoolColumns.Terms> terms(RecordKind kind, String whole, String[] parts) {
        if (parts.length == 1) {
            return Optional.empty();
        }
        boolean right = kind == RecordKind.POOLS && parts.length == 5;
        for (int i = 1; i < parts.length; i++) {
            right &= parts[i].matches("[0-9]{1,4}");
        }
        Check.that(
                right,
                "joins of pools with terms must be pools=ID:BASE_DECIMALS:QUOTE_DECIMALS:BASE_TOKEN:TICK_SPACING, such as"
                        + " pools=UNISWAP_V3.SPOT.ETH-USDC:18:6:1:10, got '" + whole + "'");
        return Optional.of(new PoolColumns.Terms(
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                parts[3].equals("1"),
                Integer.parseInt(parts[4])));
    }

    /** That all can be read, and no kind is named twice, whose columns would stand in each other's place. */
    static void check(List<String> joins) {
        Set<RecordKind> kinds = new LinkedHashSet<>();
        for (String join : joins) {
            RecordKind kind = StoreJoin.of(join).kind();
            Check.that(kinds.add(kind), "joins must name each kind once, got " + kind.folder() + " twice");
        }
    }

    /** How the columns of a kind are called. */
    static String prefix(RecordKind kind) {
        return PREFIXES.getOrDefault(kind, kind.folder());
    }
}
