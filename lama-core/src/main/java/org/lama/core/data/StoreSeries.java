package org.lama.core.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.InstrumentId;
import org.lama.core.series.AsOf;
import org.lama.core.series.Frame;
import org.lama.core.store.MarketStore;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Puts stored series beside bars, whatever hours their venue keeps: last known values, and funding that falls due within
 * each bar. All times are UTC. Stateless and thread-safe; one pass over the series, which is held in memory.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class StoreSeries {
    /** Sum of the funding rates that fall due after the open and up to the close of a bar, each up to a minute late. */
    public static final String FUNDING_ACCRUED = "funding.accrued";

    private StoreSeries() {}

    /**
     * The instruments that a name can mean.
     *
     * @param instruments those in question, each once
     * @param symbol a whole id, which means itself alone, or a short form such as {@code BTC-USDT}, {@code btcusdt}, {@code
     *     BINANCE.BTC-USDT} or {@code BTC}
     * @return in the given order; several if the short form says too little, none if it fits none
     */
    public static List<InstrumentId> named(Collection<InstrumentId> instruments, String symbol) {
        return StoreChoice.named(instruments, Check.notBlank(symbol, "symbol"));
    }

    /**
     * Joins records to bars: a bar takes the record with the latest time that was known at its close ({@code available});
     * of several at one time the last. Of a revised record each bar sees the version that was known at its close.
     *
     * @param bars the frame that takes the columns
     * @param store where the records are
     * @param query which records and columns of numbers, all if it names none; its range should begin as long before the
     *     bars as a record may be old
     * @param prefix of the new columns, for example {@code funding} or {@code pool}: {@code reserve_base} becomes
     *     {@code pool.reserveBase}
     * @param maxAgeNanos records known longer than this before the close count as missing; above 0
     * @return the bars with the columns added; NaN where nothing was known
     * @throws IOException if the records cannot be read
     */
    public static Frame join(Frame bars, MarketStore store, MarketStore.Query query, String prefix, long maxAgeNanos)
            throws IOException {
        return join(bars, store, query, prefix, maxAgeNanos, Universe.empty());
    }

    /**
     * Joins records to bars as {@link #join(Frame, MarketStore, MarketStore.Query, String, long)}, those of before a
     * redenomination in the new unit, as {@link StoreBars} gives bars: prices, and numbers of coins such as open interest.
     * The provenance says so, and which columns stay as delivered because nobody knows what they count.
     *
     * @param bars the frame that takes the columns
     * @param store where the records are
     * @param query which records and columns of numbers
     * @param prefix of the new columns
     * @param maxAgeNanos records known longer than this before the close count as missing; above 0
     * @param universe events of the instruments; {@link Universe#empty()} if none are known
     * @return the bars with the columns added; NaN where nothing was known
     * @throws IOException if the records cannot be read
     */
    public static Frame join(
            Frame bars, MarketStore store, MarketStore.Query query, String prefix, long maxAgeNanos, Universe universe)
            throws IOException {
        Check.notBlank(prefix, "prefix");
        KnownRows rows = KnownRows.of(store, query);
        int[] taken = AsOf.rows(bars, rows.available(), maxAgeNanos);
        RecordKind kind = query.key().kind();
        double[] units = AssetRows.units(query.key().instrument(), universe, rows.times());
        Frame joined = bars;
        for (String name : rows.values()) {
            Optional<double[]> values = rows.numbers(name);
            if (values.isPresent()) {
                double[] scaled = Redenomination.scaled(kind, name, values.get(), units);
                joined = joined.with(prefix + "." + camelCase(name), KnownRows.taken(scaled, taken));
            }
        }
        return Redenomination.changes(units) ? noted(joined, query.key(), rows.values()) : joined;
    }

    private static Frame noted(Frame frame, SeriesKey key, List<String> names) {
        String note = frame.provenance().note();
        return frame.withProvenance(frame.provenance()
                .withNote(note + (note.isEmpty() ? "" : "; ") + key
                        + " before a redenomination, put into the new unit"
                        + Redenomination.left(key.kind(), names)));
    }

    private static String camelCase(String name) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '_') {
                out.append(i > 0 && name.charAt(i - 1) == '_' ? Character.toUpperCase(c) : c);
            }
        }
        return out.toString();
    }

    /**
     * Adds {@link #FUNDING_ACCRUED}: what a long position held over the bar pays as a fraction of its notional. Venues
     * that pay every hour, every eight hours at 0, 8, 16 or at 4, 12, 20 UTC become comparable over a day. Payments fall
     * into the bars in which {@link StoreFunding} pays them, in the version that was known at their close. A bar in which a
     * payment is missing by the series' own spacing, or was not known at its close, or which the series does not cover, is
     * NaN, not 0.
     *
     * @param bars the frame that takes the column
     * @param store where the series is
     * @param key a series of funding
     * @return the bars with the column
     * @throws IOException if the store cannot be read
     */
    public static Frame funding(Frame bars, MarketStore store, SeriesKey key) throws IOException {
        Check.that(key.kind() == RecordKind.FUNDING, "the series must be one of funding, got " + key);
        KnownRows rows = KnownRows.of(store, MarketStore.Query.all(key).only(List.of("rate")));
        return bars.with(FUNDING_ACCRUED, accrued(bars, rows));
    }

    private static double[] accrued(Frame bars, KnownRows rows) {
        double[] out = new double[bars.size()];
        long[] times = rows.times();
        long[] available = rows.available();
        double[] rates = rows.numbers("rate").orElseThrow();
        if (out.length == 0 || Spacing.of(times).stepNanos() == 0) {
            Arrays.fill(out, Double.NaN);
            return out;
        }
        boolean[] unknown = new boolean[out.length];
        for (int row = 0; row < times.length; row = rows.end(row)) {
            int due = PaymentTimes.bar(bars, times[row]);
            if (due >= 0 && due < out.length) {
                int known = -1;
                for (int version = row; version < rows.end(row); version++) {
                    known = PaymentTimes.bar(bars, available[version]) <= due ? version : known;
                }
                out[due] += known < 0 ? 0 : rates[known];
                unknown[due] |= known < 0;
            }
        }
        boolean[] uncovered = PaymentTimes.uncovered(bars, times);
        for (int bar = 0; bar < out.length; bar++) {
            out[bar] = uncovered[bar] || unknown[bar] ? Double.NaN : out[bar];
        }
        return out;
    }
}
