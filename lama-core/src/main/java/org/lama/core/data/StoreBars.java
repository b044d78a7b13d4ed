package org.lama.core.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
 * Bars of a store, judged and cleaned by the rules and policies of {@link BarFiles}, each frame of one asset only. Only
 * the wanted range is read and judged. A bar has the values that were known at its close: what came more than a minute after
 * that is not seen, and the provenance says of how many bars. Of bars that a later import revised without saying when the
 * new values became known the last ones are used, which the provenance says too. Stateless and thread-safe, as far as the
 * store is.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class StoreBars {
    private static final List<String> PRICES =
            List.of(Columns.OPEN, Columns.HIGH, Columns.LOW, Columns.CLOSE, Columns.VOLUME);
    /** What the note of bars says whose volume was worked out. */
    public static final String VOLUME_OF_MONEY = "volume is quote_volume over the close";

    private static final String QUOTE_VOLUME = "quote_volume";
    private static final int SHOWN_ORIGINS = 4;
    private static final int SHOWN_DIGITS = 16;

    private StoreBars() {}

    /**
     * Reads, checks and cleans bars, of which nothing is known but themselves.
     *
     * @param store where they are
     * @param name how the store is called in results and messages, without machine paths
     * @param options as for {@link #load(MarketStore, String, LoadOptions, Universe, OptionalLong)}
     * @return the bars
     * @throws DataException if the store has no such bars, saying what it has
     * @throws IOException if the store cannot be read
     */
    public static MarketData load(MarketStore store, String name, LoadOptions options) throws IOException {
        return load(store, name, options, Universe.empty(), OptionalLong.empty());
    }

    /**
     * Reads, checks and cleans bars. A ticker that meant two assets gives two frames, the second one with {@code %232} at
     * the end of its symbol; bars outside of the times in which an asset was traded are left out, and those before a
     * redenomination are put into the new unit. Quality report and provenance say so.
     *
     * @param store where they are
     * @param name how the store is called in results and messages, without machine paths
     * @param options which symbols and times, and what happens to bars that are missing or broken. A symbol is an
     *     instrument id or a short form that means one of them only, such as {@code BTC-USDT}, {@code btcusdt}, {@code
     *     BINANCE.BTC-USDT} or {@code BTC}; {@code LUNA-USDT#2} is the second asset of a ticker only. The kind of origin
     *     is that of the store
     * @param universe events of the instruments; {@link Universe#empty()} if none are known
     * @param availableBy only bars known by then, in the revision known by then; empty for the latest
     * @return the bars in the order of the wanted symbols, else of the ids. Their symbols are the names without venue and
     *     kind, whole ids where two have one name
     * @throws DataException if the store has no such bars, saying what it has
     * @throws IOException if the store cannot be read
     */
    public static MarketData load(
            MarketStore store, String name, LoadOptions options, Universe universe, OptionalLong availableBy)
            throws IOException {
        StoreChoice choice = StoreChoice.of(name, store.keys());
        List<Frame> frames = new ArrayList<>();
        List<QualityReport> reports = new ArrayList<>();
        for (StoreChoice.Chosen chosen : choice.choose(options.symbols(), options.barNanos())) {
            MarketStore.Entry entry = store.entry(chosen.key())
                    .orElseThrow(() -> DataException.ofRequest(
                            name, "", chosen.key() + " is not there any more", "see what is with 'lama data ls'"));
            MarketStore.Query query = query(chosen.key(), options, availableBy);
            KnownBars.Result known = KnownBars.read(store, query);
            ParquetTable rows = known.rows();
            List<QualityReport.Finding> late = new ArrayList<>(known.findings());
            KnownBars.revised(store, query).ifPresent(late::add);
            int before = frames.size();
            for (AssetRows asset : AssetRows.of(chosen.key().instrument(), universe)) {
                ParquetTable own = asset.take(rows);
                if (own.rows() > 0 && (chosen.asset() == 0 || chosen.asset() == asset.number())) {
                    Source source = new Source(name, chosen, entry, asset, late);
                    source.add(rows, own, options, frames, reports);
                }
            }
            if (frames.size() == before) {
                throw nothing(name, chosen, entry, rows);
            }
        }
        return new MarketData(frames, reports, List.of());
    }

    private static DataException nothing(
            String name, StoreChoice.Chosen chosen, MarketStore.Entry entry, ParquetTable rows) {
        String what = entry.key() + " has no bar in the wanted range";
        if (rows.rows() > 0) {
            String which =
                    chosen.asset() == 0 ? "any asset of the ticker" : "asset " + chosen.asset() + " of the ticker";
            what += " that is one of " + which + ", by the events of the universe";
        }
        return DataException.ofRequest(
                name,
                "time",
                what + "; its bars open from " + TimeIndex.instant(entry.fromNanos()) + " to "
                        + TimeIndex.instant(entry.toNanos()),
                "ask for another range");
    }

    /** One asset of one series. */
    private record Source(
            String store,
            StoreChoice.Chosen chosen,
            MarketStore.Entry entry,
            AssetRows asset,
            List<QualityReport.Finding> late) {
        /** Adds its frame and report: its own bars out of those of the ticker. */
        void add(
                ParquetTable all,
                ParquetTable own,
                LoadOptions options,
                List<Frame> frames,
                List<QualityReport> reports)
                throws DataException {
            String symbol = chosen.symbol() + asset.suffix();
            List<QualityReport.Finding> events = new ArrayList<>(late);
            events.addAll(asset.findings(all));
            Checked checked = check(symbol, source(store, entry.key()), entry, own, options.quarantine());
            Frame frame = BarFiles.shaped(Cleaner.clean(checked, options), checked, options);
            StringBuilder note = new StringBuilder(frame.provenance().note());
            events.forEach(event -> note.append("; ").append(event.first()));
            if (isMoneyOnly(own)) {
                note.append("; ").append(VOLUME_OF_MONEY);
            }
            frames.add(frame.withProvenance(origin(entry, own, note.toString())));
            List<QualityReport.Finding> findings =
                    new ArrayList<>(checked.report().findings());
            findings.addAll(events);
            reports.add(checked.report().withFindings(findings));
        }
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
        QualityReport report = checked(store, name, entry, quarantine).report();
        List<QualityReport.Finding> findings = new ArrayList<>(report.findings());
        KnownBars.revised(store, MarketStore.Query.all(entry.key())).ifPresent(findings::add);
        return report.withFindings(findings);
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
        StoreChoice choice = StoreChoice.of(name, store.keys());
        if (symbols.isEmpty()) {
            return List.copyOf(choice.byId().keySet());
        }
        List<InstrumentId> meant = new ArrayList<>();
        for (String symbol : symbols) {
            meant.add(choice.ticker(symbol));
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
    private static MarketStore.Query query(SeriesKey key, LoadOptions options, OptionalLong availableBy) {
        long from = options.from().map(StoreBars::nanos).orElse(Long.MIN_VALUE);
        long to = options.to().map(StoreBars::nanos).orElse(Long.MAX_VALUE);
        boolean longer = options.barNanos() > key.barNanos() && to < Long.MAX_VALUE - options.barNanos();
        long end = longer ? to + options.barNanos() : to;
        return new MarketStore.Query(key, from, end, List.of(), availableBy);
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
        return QualityCheck.checkStated(
                table.series(symbol), quarantine, entry.key().barNanos(), true);
    }

    private static RawTable table(String source, ParquetTable rows) {
        List<String> extras = rows.names().stream()
                .filter(name -> !name.equals(RecordKind.TIME)
                        && !name.equals(RecordKind.AVAILABLE)
                        && !PRICES.contains(name)
                        && (rows.type(name) == ParquetTable.Type.DOUBLE || rows.type(name) == ParquetTable.Type.LONG))
                .toList();
        boolean money = isMoneyOnly(rows);
        boolean volume = money || rows.names().contains(Columns.VOLUME);
        RawTable table = new RawTable(source, "", extras, volume, false);
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
        if (money) {
            double[] quote = column(rows, QUOTE_VOLUME);
            double[] close = table.prices[RawTable.CLOSE];
            java.util.Arrays.setAll(
                    table.prices[RawTable.VOLUME], row -> close[row] > 0 ? quote[row] / close[row] : Double.NaN);
        }
        return table;
    }

    /** Whether of the volumes only the money is known, as with vendors that give no other. */
    private static boolean isMoneyOnly(ParquetTable rows) {
        return rows.names().contains(QUOTE_VOLUME)
                && (!rows.names().contains(Columns.VOLUME)
                        || java.util.Arrays.stream(column(rows, Columns.VOLUME)).allMatch(Double::isNaN));
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
    private static Provenance origin(MarketStore.Entry entry, ParquetTable rows, String done) {
        Provenance.Kind worst = entry.provenance().stream()
                .map(Provenance::kind)
                .max(java.util.Comparator.naturalOrder())
                .orElse(Provenance.Kind.HISTORICAL);
        String note = done + "; stored from " + origins(entry.provenance());
        return new Provenance(worst, entry.key().toString(), checksum(rows), note);
    }

    private static String origins(List<Provenance> all) {
        Set<String> texts = new LinkedHashSet<>();
        for (Provenance origin : all) {
            String digits = origin.sha256();
            String start = digits.substring(0, Math.min(SHOWN_DIGITS, digits.length()));
            texts.add(origin.source()
                    + (start.isEmpty() ? "" : " (SHA-256 " + start + ")")
                    + (origin.note().isEmpty() ? "" : ", " + origin.note()));
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
