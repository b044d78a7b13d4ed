package org.lama.core.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;
import org.lama.core.base.Tabular;
import org.lama.core.market.InstrumentId;
import org.lama.core.series.TimeIndex;

/**
 * What a store holds, as it was when it was asked: series, range, size, origins. Gaps are looked for when asked for.
 * Immutable; used by one thread while it looks for gaps.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Catalogue implements Tabular {
    private final MarketStore store;
    private final List<MarketStore.Entry> entries;

    private Catalogue(MarketStore store, List<MarketStore.Entry> entries) {
        this.store = store;
        this.entries = entries;
    }

    /**
     * Asks a store what is there. A store of files reads its manifests and nothing else.
     *
     * @param store the store, to stay open while gaps are looked for
     * @return its catalogue, by name
     * @throws IOException if it cannot be told
     */
    public static Catalogue of(MarketStore store) throws IOException {
        List<MarketStore.Entry> entries = new ArrayList<>(store.catalogue());
        entries.sort(java.util.Comparator.comparing(entry -> entry.key().toString()));
        return new Catalogue(store, List.copyOf(entries));
    }

    /**
     * A stretch without rows.
     *
     * @param fromNanos time of the last row before
     * @param toNanos time of the first row after
     * @param missing bars that should lie between them; 0 for other kinds
     */
    public record Gap(long fromNanos, long toNanos, long missing) {}

    /**
     * All series.
     *
     * @return by name
     */
    public List<MarketStore.Entry> entries() {
        return entries;
    }

    /**
     * One series.
     *
     * @param key which
     * @return what is known of it, if it is there
     */
    public Optional<MarketStore.Entry> entry(SeriesKey key) {
        return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    /**
     * The instrument that people mean: by its id or a part of it that only one instrument of the store has, such as
     * {@code PERP.BTC-USDT}, {@code BTC-USDT}, {@code BTCUSDT} or {@code BTC}, in upper or lower case.
     *
     * @param text id or part of it
     * @return the instrument
     * @throws IllegalArgumentException if none or several are meant, naming the nearest or all of them
     */
    public InstrumentId find(String text) {
        String wanted = Check.notBlank(text, "symbol").toUpperCase(Locale.ROOT);
        TreeSet<String> all = new TreeSet<>();
        entries.forEach(entry -> all.add(entry.key().instrument().toString()));
        if (all.contains(wanted)) {
            return InstrumentId.parse(wanted);
        }
        for (int form = 0; form < FORMS; form++) {
            TreeSet<String> meant = new TreeSet<>();
            for (String id : all) {
                if (form(InstrumentId.parse(id), form).equals(wanted)) {
                    meant.add(id);
                }
            }
            Check.that(meant.size() <= 1, "symbol '" + text + "' could be each of " + meant + "; write one of them");
            if (!meant.isEmpty()) {
                return InstrumentId.parse(meant.first());
            }
        }
        throw new IllegalArgumentException(
                "symbol '" + text + "' is not in the store" + Suggestion.alike(wanted, all) + ", which has " + all);
    }

    private static final int FORMS = 4;

    private static String form(InstrumentId id, int form) {
        return switch (form) {
            case 0 -> id.kind() + "." + id.name();
            case 1 -> id.name();
            case 2 -> id.name().replace("-", "");
            default -> id.name().substring(0, Math.max(0, id.name().indexOf('-')));
        };
    }

    /**
     * Bars that are missing between the first and the last.
     *
     * @param bars a series of bars
     * @return each stretch without bars, in the order of time
     * @throws IOException if the times cannot be read
     */
    public List<Gap> gaps(SeriesKey bars) throws IOException {
        Check.that(bars.barNanos() > 0, "bars must have a spacing, got " + bars + "; name the longest silence");
        return gaps(bars, bars.barNanos());
    }

    /**
     * Silences of a series. Reads the times alone, in batches.
     *
     * @param key the series
     * @param longestNanos the longest time between two rows that is no gap, above 0
     * @return each longer one, in the order of time
     * @throws IOException if the times cannot be read
     */
    public List<Gap> gaps(SeriesKey key, long longestNanos) throws IOException {
        Check.that(longestNanos > 0, "longestNanos must be > 0, got " + longestNanos);
        List<Gap> gaps = new ArrayList<>();
        long before = Long.MIN_VALUE;
        try (MarketStore.Batches batches = store.scan(MarketStore.Query.all(key).only(List.of(RecordKind.TIME)))) {
            for (ParquetTable rows = batches.next(); rows != null; rows = batches.next()) {
                for (long time : rows.lendTimes(RecordKind.TIME)) {
                    if (before != Long.MIN_VALUE && time - before > longestNanos) {
                        long missing = key.barNanos() == 0 ? 0 : (time - before - 1) / key.barNanos();
                        gaps.add(new Gap(before, time, missing));
                    }
                    before = time;
                }
            }
        }
        return gaps;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("series", map(entry -> entry.key().toString())),
                new Column("rows", map(MarketStore.Entry::rows)),
                new Column(
                        "first",
                        map(entry -> TimeIndex.instant(entry.fromNanos()).toString())),
                new Column(
                        "last", map(entry -> TimeIndex.instant(entry.toNanos()).toString())),
                new Column("bytes", map(MarketStore.Entry::bytes)),
                new Column("origins", map(entry -> (long) entry.provenance().size())));
    }

    private List<Object> map(java.util.function.Function<MarketStore.Entry, Object> value) {
        return entries.stream().map(value).toList();
    }
}
