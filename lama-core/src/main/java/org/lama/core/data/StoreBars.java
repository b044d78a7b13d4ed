package org.lama.core.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.market.Columns;
import org.lama.core.market.InstrumentId;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.QualityReport;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.Checksums;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Bars of a store, judged and cleaned by the rules and policies of {@link BarFiles}. Only the wanted range is read and
 * judged. Of a bar that was revised the last values are taken, and the provenance says how many there are. Stateless and
 * thread-safe, as far as the store is.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class StoreBars {
    private static final List<String> PRICES =
            List.of(Columns.OPEN, Columns.HIGH, Columns.LOW, Columns.CLOSE, Columns.VOLUME);
    private static final int SHOWN_ORIGINS = 4;
    private static final int SHOWN_DIGITS = 16;

    private StoreBars() {}

    /**
     * Reads, checks and cleans bars.
     *
     * @param store where they are
     * @param name how the store is called in results and messages, without machine paths
     * @param options which symbols and times, and what happens to bars that are missing or broken. A symbol is an
     *     instrument id or a short form that means one of them only, such as {@code BTC-USDT}, {@code btcusdt}, {@code
     *     BINANCE.BTC-USDT} or {@code BTC}. The kind of origin is that of the store
     * @return the bars in the order of the wanted symbols, else of the ids. Their symbols are the names without venue and
     *     kind, whole ids where two have one name
     * @throws DataException if the store has no such bars, saying what it has
     * @throws IOException if the store cannot be read
     */
    public static MarketData load(MarketStore store, String name, LoadOptions options) throws IOException {
        StoreChoice choice = StoreChoice.of(name, store.catalogue());
        List<Frame> frames = new ArrayList<>();
        List<QualityReport> reports = new ArrayList<>();
        for (StoreChoice.Chosen chosen : choice.choose(options.symbols(), options.barNanos())) {
            MarketStore.Entry entry = chosen.entry();
            MarketStore.Query query = query(entry.key(), options);
            ParquetTable rows = store.read(query);
            if (rows.rows() == 0) {
                throw DataException.ofRequest(
                        name,
                        "time",
                        entry.key() + " has no bar in the wanted range; its bars open from "
                                + TimeIndex.instant(entry.fromNanos()) + " to "
                                + TimeIndex.instant(entry.toNanos()),
                        "ask for another range");
            }
            Checked checked = check(chosen.symbol(), source(name, entry.key()), entry, rows, options.quarantine());
            Frame clean = Cleaner.clean(checked, options);
            Frame frame = BarFiles.shaped(clean, checked, options);
            frames.add(frame.withProvenance(
                    origin(entry, rows, isWhole(query), frame.provenance().note())));
            reports.add(checked.report());
        }
        return new MarketData(frames, reports, List.of());
    }

    /**
     * Says what is right and wrong with the bars of one series, without cleaning them.
     *
     * @param store where they are
     * @param name how the store is called in the report
     * @param entry which series
     * @param quarantine when a price is not believed
     * @return the report
     * @throws IOException if the store cannot be read
     */
    public static QualityReport verify(
            MarketStore store, String name, MarketStore.Entry entry, LoadOptions.Quarantine quarantine)
            throws IOException {
        return checked(store, name, entry, quarantine).report();
    }

    /**
     * Every place where bars of one series are missing.
     *
     * @param store where they are
     * @param name how the store is called in messages
     * @param entry which series
     * @return the gaps in the order of time
     * @throws IOException if the store cannot be read
     */
    public static List<Issue> gaps(MarketStore store, String name, MarketStore.Entry entry) throws IOException {
        return checked(store, name, entry, LoadOptions.Quarantine.defaults()).gaps();
    }

    /**
     * The instruments whose bars somebody means, without reading any.
     *
     * @param store where they are
     * @param name how the store is called in messages
     * @param symbols ids or short forms; empty for all
     * @return the ids, in order
     * @throws IOException if there are none, or the store cannot be read
     */
    public static List<InstrumentId> instruments(MarketStore store, String name, List<String> symbols)
            throws IOException {
        StoreChoice choice = StoreChoice.of(name, store.catalogue());
        if (symbols.isEmpty()) {
            return List.copyOf(choice.byId().keySet());
        }
        List<InstrumentId> meant = new ArrayList<>();
        for (String symbol : symbols) {
            meant.add(choice.instrument(symbol));
        }
        return meant;
    }

    private static Checked checked(
            MarketStore store, String name, MarketStore.Entry entry, LoadOptions.Quarantine quarantine)
            throws IOException {
        Check.that(entry.key().kind() == RecordKind.BARS, "series must hold bars, got " + entry.key());
        ParquetTable rows = store.read(MarketStore.Query.all(entry.key()));
        String symbol = entry.key().instrument().toString();
        return check(symbol, source(name, entry.key()), entry, rows, quarantine);
    }

    private static String source(String name, SeriesKey key) {
        return name + "/" + key.instrument() + " " + key.interval();
    }

    /** All that is needed for the wanted range: up to the end of the last longer bar. */
    private static MarketStore.Query query(SeriesKey key, LoadOptions options) {
        long from = options.from().map(StoreBars::nanos).orElse(Long.MIN_VALUE);
        long to = options.to().map(StoreBars::nanos).orElse(Long.MAX_VALUE);
        boolean longer = options.barNanos() > key.barNanos() && to < Long.MAX_VALUE - options.barNanos();
        return MarketStore.Query.all(key).between(from, longer ? to + options.barNanos() : to);
    }

    private static boolean isWhole(MarketStore.Query query) {
        return query.fromNanos() == Long.MIN_VALUE && query.toNanos() == Long.MAX_VALUE;
    }

    private static long nanos(Instant time) {
        try {
            return TimeIndex.nanos(time);
        } catch (ArithmeticException e) {
            return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static Checked check(
            String symbol,
            String source,
            MarketStore.Entry entry,
            ParquetTable rows,
            LoadOptions.Quarantine quarantine) {
        RawTable table = table(source, rows);
        return QualityCheck.check(table.series(symbol), quarantine, entry.key().barNanos(), true);
    }

    private static RawTable table(String source, ParquetTable rows) {
        List<String> extras = rows.names().stream()
                .filter(name -> !name.equals(RecordKind.TIME)
                        && !name.equals(RecordKind.AVAILABLE)
                        && !PRICES.contains(name)
                        && (rows.type(name) == ParquetTable.Type.DOUBLE || rows.type(name) == ParquetTable.Type.LONG))
                .toList();
        RawTable table = new RawTable(source, "", extras, rows.names().contains(Columns.VOLUME), false);
        int size = rows.rows();
        table.size = size;
        table.times = rows.times(RecordKind.TIME);
        table.symbolIds = new int[size];
        table.rowNumbers = new int[size];
        for (int row = 0; row < size; row++) {
            table.rowNumbers[row] = row + 1;
        }
        for (int field = 0; field < RawTable.FIELDS; field++) {
            table.prices[field] = column(rows, PRICES.get(field));
        }
        for (int extra = 0; extra < extras.size(); extra++) {
            table.extras[extra] = column(rows, extras.get(extra));
        }
        return table;
    }

    private static double[] column(ParquetTable rows, String name) {
        double[] values = new double[rows.rows()];
        if (!rows.names().contains(name)) {
            java.util.Arrays.fill(values, Double.NaN);
            return values;
        }
        if (rows.type(name) == ParquetTable.Type.DOUBLE) {
            return rows.doubles(name);
        }
        long[] wholes = rows.longs(name);
        for (int row = 0; row < values.length; row++) {
            values[row] = wholes[row] == RecordKind.MISSING ? Double.NaN : wholes[row];
        }
        return values;
    }

    /**
     * The origin of the rows that were read. The checksum is that of their bits, so that it stays when the store merges
     * its files or gets rows outside of the range.
     */
    private static Provenance origin(MarketStore.Entry entry, ParquetTable rows, boolean whole, String done) {
        Provenance.Kind worst = entry.provenance().stream()
                .map(Provenance::kind)
                .max(java.util.Comparator.naturalOrder())
                .orElse(Provenance.Kind.HISTORICAL);
        StringBuilder note = new StringBuilder(done).append("; stored from ").append(origins(entry.provenance()));
        long superseded = entry.rows() - rows.rows();
        if (whole && superseded > 0) {
            note.append("; ").append(superseded).append(" revised bars, the last values are used");
        }
        return new Provenance(worst, entry.key().toString(), checksum(rows), note.toString());
    }

    private static String origins(List<Provenance> all) {
        Set<String> texts = new LinkedHashSet<>();
        for (Provenance origin : all) {
            String digits = origin.sha256();
            String start = digits.substring(0, Math.min(SHOWN_DIGITS, digits.length()));
            texts.add(origin.source() + (start.isEmpty() ? "" : " (SHA-256 " + start + ")"));
        }
        String shown = texts.stream().limit(SHOWN_ORIGINS).collect(Collectors.joining(", "));
        return texts.size() > SHOWN_ORIGINS ? shown + " and " + (texts.size() - SHOWN_ORIGINS) + " more" : shown;
    }

    private static String checksum(ParquetTable rows) {
        StringBuilder parts = new StringBuilder();
        for (String name : rows.names()) {
            Optional<long[]> wholes = switch (rows.type(name)) {
                case TIME -> Optional.of(rows.times(name));
                case LONG -> Optional.of(rows.longs(name));
                default -> Optional.empty();
            };
            ByteBuffer bytes = ByteBuffer.allocate(8 * rows.rows());
            if (wholes.isPresent()) {
                bytes.asLongBuffer().put(wholes.get());
            } else if (rows.type(name) == ParquetTable.Type.DOUBLE) {
                bytes.asDoubleBuffer().put(rows.doubles(name));
            } else {
                continue;
            }
            parts.append(name)
                    .append(' ')
                    .append(Checksums.sha256(bytes.array()))
                    .append('\n');
        }
        return Checksums.sha256(parts.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
