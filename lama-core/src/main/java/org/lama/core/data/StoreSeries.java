package org.lama.core.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.InstrumentId;
import org.lama.core.series.AsOf;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;
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
     * of several at one time the last. A revised record counts from when its last version was known, and until then as not
     * known: nothing of the future is seen, though at times something older than one could have known.
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
        ParquetTable rows = store.read(withAvailable(query));
        long[] times = rows.times(RecordKind.TIME);
        int[] last = lastOfTime(times);
        RecordKind kind = query.key().kind();
        double[] units = AssetRows.units(query.key().instrument(), universe, taken(times, last));
        Frame other = Frame.of(
                query.key().instrument().toString(),
                TimeIndex.of(taken(times, last)),
                Math.max(1, bars.barNanos()),
                new Provenance(bars.provenance().kind(), query.key().toString(), "", ""));
        for (String name : rows.names()) {
            if (!name.equals(RecordKind.SEQUENCE)) {
                Optional<double[]> values = numbers(rows, name, last);
                if (values.isPresent()) {
                    other = other.with(
                            prefix + "." + camelCase(name), Redenomination.scaled(kind, name, values.get(), units));
                }
            }
        }
        Frame joined = AsOf.join(bars, other, taken(rows.times(RecordKind.AVAILABLE), last), maxAgeNanos);
        return Redenomination.changes(units) ? noted(joined, query.key(), rows.names()) : joined;
    }

    private static Frame noted(Frame frame, SeriesKey key, List<String> names) {
        String note = frame.provenance().note();
        return frame.withProvenance(frame.provenance()
                .withNote(note + (note.isEmpty() ? "" : "; ") + key
                        + " before a redenomination, put into the new unit"
                        + Redenomination.left(key.kind(), names)));
    }

    private static MarketStore.Query withAvailable(MarketStore.Query query) {
        if (query.columns().isEmpty() || query.columns().contains(RecordKind.AVAILABLE)) {
            return query;
        }
        List<String> more = new ArrayList<>(query.columns());
        more.add(RecordKind.AVAILABLE);
        return query.only(more);
    }

    /** The numbers of a column at some rows; empty if it holds something else. */
    private static Optional<double[]> numbers(ParquetTable rows, String name, int[] at) {
        double[] out = new double[at.length];
        switch (rows.type(name)) {
            case DOUBLE -> {
                double[] values = rows.doubles(name);
                Arrays.setAll(out, i -> values[at[i]]);
            }
            case LONG -> {
                long[] wholes = rows.longs(name);
                Arrays.setAll(out, i -> wholes[at[i]] == RecordKind.MISSING ? Double.NaN : wholes[at[i]]);
            }
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(out);
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

    private static int[] lastOfTime(long[] times) {
        int[] last = new int[times.length];
        int count = 0;
        for (int i = 0; i < times.length; i++) {
            if (i + 1 == times.length || times[i + 1] != times[i]) {
                last[count++] = i;
            }
        }
        return Arrays.copyOf(last, count);
    }

    private static long[] taken(long[] values, int[] rows) {
        long[] out = new long[rows.length];
        Arrays.setAll(out, i -> values[rows[i]]);
        return out;
    }

    /**
     * Adds {@link #FUNDING_ACCRUED}: what a long position held over the bar pays as a fraction of its notional. Venues
     * that pay every hour, every eight hours at 0, 8, 16 or at 4, 12, 20 UTC become comparable over a day. Payments fall
     * into the bars in which {@link StoreFunding} pays them. A bar in which a payment is missing by the series' own
     * spacing, or which the series does not cover, is NaN, not 0.
     *
     * @param bars the frame that takes the column
     * @param store where the series is
     * @param key a series of funding
     * @return the bars with the column
     * @throws IOException if the store cannot be read
     */
    public static Frame funding(Frame bars, MarketStore store, SeriesKey key) throws IOException {
        Check.that(key.kind() == RecordKind.FUNDING, "the series must be one of funding, got " + key);
        ParquetTable rows = store.read(MarketStore.Query.all(key).only(List.of("rate")));
        return bars.with(FUNDING_ACCRUED, accrued(bars, rows.times(RecordKind.TIME), rows.doubles("rate")));
    }

    private static double[] accrued(Frame bars, long[] times, double[] rates) {
        double[] out = new double[bars.size()];
        if (out.length == 0 || Spacing.of(times).stepNanos() == 0) {
            Arrays.fill(out, Double.NaN);
            return out;
        }
        for (int row = 0; row < times.length; row++) {
            int due = PaymentTimes.bar(bars, times[row]);
            if (due >= 0 && due < out.length) {
                out[due] += rates[row];
            }
        }
        boolean[] uncovered = PaymentTimes.uncovered(bars, times);
        for (int bar = 0; bar < out.length; bar++) {
            out[bar] = uncovered[bar] ? Double.NaN : out[bar];
        }
        return out;
    }
}
