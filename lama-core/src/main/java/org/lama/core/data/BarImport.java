package org.lama.core.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lama.core.base.Issue;
import org.lama.core.market.Instrument;
import org.lama.core.market.InstrumentId;
import org.lama.core.series.QualityReport;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** Bars on their way from a file into a store: judged and compared first, then written as they were delivered. Stateless. */
final class BarImport {
    private static final Identity.Market ANY = new Identity.Market(Identity.UNKNOWN, Instrument.Kind.SPOT);
    private static final long SECOND = 1_000_000_000L;
    /** 2009-01-03, the first block of Bitcoin. */
    private static final long FIRST_COIN = 1_230_940_800L * SECOND;

    private static final int SHOWN_LETTERS = 40;
    private static final Set<String> PRICES = Set.of("open", "high", "low", "close", "volume");
    /** Vendors whose files count money, whatever the coin. */
    private static final Set<String> COUNTING_MONEY = Set.of("YAHOO", "COINMARKETCAP");
    /** Columns of the exchange's own files that say nothing that the others do not. */
    private static final Set<String> REPEATED = Set.of("close_time", "closetime", "close time", "ignore");

    private BarImport() {}

    /** What comparisons need of the series of one file; files that cannot be read have none. */
    static List<SeriesProbe> probes(SourceFile file, ImportOptions options) {
        List<SeriesProbe> probes = new ArrayList<>();
        try {
            for (Checked checked : check(file, options)) {
                probe(file, options, checked).ifPresent(probes::add);
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            // named when the file is imported
        }
        return probes;
    }

    private static Optional<SeriesProbe> probe(SourceFile file, ImportOptions options, Checked checked) {
        try {
            return key(file, options, checked).map(key -> probe(source(file, checked), key, checked));
        } catch (IllegalArgumentException odd) {
            // named when the file is imported
            return Optional.empty();
        }
    }

    /** The series of a file; bars that are sparse by the interval of its name keep that length. */
    private static List<Checked> check(SourceFile file, ImportOptions options) throws IOException {
        long stated = ExportName.of(file.name())
                .map(ExportName::barNanos)
                .orElseGet(() -> FileNames.intervalNanos(file.name()));
        List<Checked> all = new ArrayList<>();
        for (Checked checked : BarFiles.check(file.path(), file.name(), options.quarantine(), options.times())) {
            long step = checked.stepNanos();
            boolean sparse = stated > 0 && stated < step && step % stated == 0;
            all.add(
                    sparse || (step == 0 && stated > 0)
                            ? QualityCheck.checkStated(checked.series(), options.quarantine(), stated, all.isEmpty())
                            : checked);
        }
        return all;
    }

    private static SeriesProbe probe(String source, SeriesKey key, Checked checked) {
        long[] times = new long[checked.size()];
        double[] closes = new double[times.length];
        for (int bar = 0; bar < times.length; bar++) {
            times[bar] = checked.time(bar);
            closes[bar] = checked.table().prices[RawTable.CLOSE][checked.row(bar)];
        }
        return new SeriesProbe.Builder(source, key)
                .closes(times, closes)
                .disordered(checked.report().count(Issue.Reason.OUT_OF_ORDER) > 0)
                .build();
    }

    /** Names one series of a file. */
    static String source(SourceFile file, Checked checked) {
        return checked.table().hasSymbols ? file.name() + " " + checked.symbol() : file.name();
    }

    private static Optional<SeriesKey> key(SourceFile file, ImportOptions options, Checked checked) {
        long step = checked.stepNanos();
        if (step <= 0 || step % SECOND != 0) {
            return Optional.empty();
        }
        InstrumentId instrument = (checked.table().hasSymbols ? file.named(options) : file.exported(options))
                .orElseGet(() -> file.market(options, ANY).instrument(checked.symbol()));
        return Optional.of(new SeriesKey(instrument, RecordKind.BARS, step));
    }

    /** Writes the series of a file. */
    static void write(SeriesSink sink, Map<String, Suspicion> suspicions) throws IOException {
        SourceFile file = sink.file();
        List<Checked> all = check(file, sink.options());
        Symbols.requireOne(
                file,
                sink.options(),
                "symbol",
                all.stream().map(Checked::symbol).distinct().toList());
        for (Checked checked : all) {
            sink.sha256(checked.table().sha256);
            try {
                write(sink, checked, suspicions.getOrDefault(source(file, checked), new Suspicion()));
            } catch (IllegalArgumentException odd) {
                if (!checked.table().hasSymbols) {
                    throw odd;
                }
                // a name that no store can hold is no reason to lose the other series of the file
                sink.found(Issue.Reason.UNREADABLE, 1, () -> place(checked) + odd.getMessage());
            }
        }
    }

    private static void write(SeriesSink sink, Checked checked, Suspicion suspicion) throws IOException {
        Optional<SeriesKey> key = key(sink.file(), sink.options(), checked);
        findings(sink, checked, key);
        suspicion.tally().findings().forEach(sink.tally()::add);
        requireBars(checked);
        requireLength(checked);
        if (key.isEmpty()) {
            sink.found(
                    Issue.Reason.UNREADABLE,
                    1,
                    () -> checked.symbol() + " has " + checked.size()
                            + " bars, too few to tell their length; say it in the name of the file, such as 1h or 1d");
        } else {
            ends(sink, checked, key.get());
            new Rows(sink, checked, suspicion, key.get()).write();
        }
    }

    /** Bars of which no time or no close can be read are none; the first text that is in the way says what to do. */
    private static void requireBars(Checked checked) throws DataException {
        RawTable table = checked.table();
        boolean any = false;
        for (int bar = 0; bar < checked.size() && !any; bar++) {
            any = !Double.isNaN(table.prices[RawTable.CLOSE][checked.row(bar)]);
        }
        if (any || table.broken.isEmpty()) {
            return;
        }
        RawTable.Broken first = table.broken.get(0);
        boolean timeless = checked.size() == 0;
        throw new DataException(
                table.source,
                first.row(),
                first.column(),
                "'" + first.text() + "' is no " + (timeless ? "time" : "number") + ", and no row has one",
                timeless ? CellText.forTime(first.text()) : CellText.forNumber(first.text()));
    }

    /** Times that were read in another unit than they have would make bars of another length than their file has. */
    private static void requireLength(Checked checked) throws DataException {
        String source = checked.table().source;
        long step = checked.stepNanos();
        if (step > 0 && FileNames.isContradicted(source, step)) {
            throw new DataException(
                    source,
                    checked.table().rowNumbers[checked.row(0)],
                    "time",
                    "the rows are " + step / SECOND + " s apart, the first at " + TimeIndex.instant(checked.time(0))
                            + ", which contradicts the interval in the file's name",
                    "give the file its right name, or say by --time-format how its times are written");
        }
    }

    /** Where a series of a file with symbols begins. */
    private static String place(Checked checked) {
        RawTable table = checked.table();
        return table.hasSymbols && checked.size() > 0
                ? "row " + table.rowNumbers[checked.row(0)] + ", symbol '" + shortened(checked.symbol()) + "': "
                : "";
    }

    /** The whole name stands in what is wrong with it. */
    private static String shortened(String symbol) {
        return symbol.length() <= SHOWN_LETTERS ? symbol : symbol.substring(0, SHOWN_LETTERS) + "...";
    }

    /** Takes over the findings, less the jumps that an event explains. */
    private static void findings(SeriesSink sink, Checked checked, Optional<SeriesKey> key) {
        int early = 0;
        while (early < checked.size() && checked.time(early) < FIRST_COIN) {
            early++;
        }
        sink.found(
                Issue.Reason.BROKEN_RECORD,
                early,
                () -> place(checked) + TimeIndex.instant(checked.time(0))
                        + " lies before the first coin: times of another unit?");
        int explained = key.map(k -> explained(sink, checked, k.instrument())).orElse(0);
        for (QualityReport.Finding finding : checked.report().findings()) {
            boolean jump = finding.reason() == Issue.Reason.REDENOMINATION_SUSPECT;
            boolean known = finding.reason() == Issue.Reason.VOLUME_UNIT
                    && key.filter(k -> isMoney(sink, checked, k)).isPresent();
            // the store counts the versions that it takes
            boolean stored = finding.reason() == Issue.Reason.REVISED;
            int count = known || stored ? 0 : finding.count() - (jump ? explained : 0);
            if (count > 0) {
                sink.tally().add(new QualityReport.Finding(finding.reason(), count, finding.first(), finding.last()));
            }
        }
    }

    /** Whether the volumes of a file are known to count money. */
    private static boolean isMoney(SeriesSink sink, Checked checked, SeriesKey key) {
        return checked.table().hasVolume
                && SwappedVolume.quoteVolume(checked.table()) < 0
                && switch (sink.options().volumes()) {
                    case BASE -> false;
                    case QUOTE -> true;
                    case BY_VENDOR -> COUNTING_MONEY.contains(key.instrument().venue());
                };
    }

    private static int explained(SeriesSink sink, Checked checked, InstrumentId instrument) {
        int explained = 0;
        for (int bar = 1; bar < checked.size(); bar++) {
            if (checked.segment(bar) != checked.segment(bar - 1)) {
                Optional<Universe.Event> event =
                        sink.options().universe().explains(instrument, checked.time(bar - 1), checked.time(bar));
                explained += event.isPresent() ? 1 : 0;
                event.ifPresent(e -> sink.found(
                        Issue.Reason.INSTRUMENT_EVENT,
                        1,
                        () -> TimeIndex.instant(e.timeNanos()) + " " + e.what() + " " + e.instrument()));
            }
        }
        return explained;
    }

    /** A dead tail is an end of trading that nobody announced; it is known when the tail is long enough to be told. */
    private static void ends(SeriesSink sink, Checked checked, SeriesKey key) {
        for (int bar = 0; bar < checked.size(); bar++) {
            if (checked.state(bar) == Checked.DEAD) {
                long end = checked.time(bar);
                long known = end + sink.options().quarantine().staleBars() * key.barNanos();
                sink.event(Universe.Event.of(Universe.What.DELISTED, key.instrument(), end)
                        .knownAt(known)
                        .from(Universe.DEAD_TAIL + sink.file().name()));
                return;
            }
        }
    }

    /** The rows of one series, split into those that are written and those that are held. */
    private static final class Rows {
        private final SeriesSink sink;
        private final Checked checked;
        private final Suspicion suspicion;
        private final SeriesKey key;
        private final RawTable table;
        private final int[] order;
        private final boolean keep;
        private final boolean repair;
        private final ColumnNames names = new ColumnNames(PRICES);

        Rows(SeriesSink sink, Checked checked, Suspicion suspicion, SeriesKey key) {
            this.sink = sink;
            this.checked = checked;
            this.suspicion = suspicion;
            this.key = key;
            table = checked.table();
            order = checked.ordered();
            keep = sink.options().suspects() == ImportOptions.Suspects.KEEP;
            repair = sink.options().suspects() == ImportOptions.Suspects.REPAIR;
        }

        void write() throws IOException {
            if (suspicion.isWrongVenue() && !keep) {
                sink.held(key, order.length);
                return;
            }
            boolean[] swapped = SwappedVolume.flags(table, order);
            boolean[] contradicted = contradicted();
            int[] taken = new int[order.length];
            int count = 0;
            for (int i = 0; i < order.length; i++) {
                if (keep || (isWritten(table.times[order[i]]) && !contradicted[i])) {
                    taken[count++] = i;
                }
            }
            if (count < order.length) {
                sink.held(key, order.length - count);
            }
            if (count > 0) {
                Columnar columns = columns(Arrays.copyOf(taken, count), swapped);
                String money = isMoney(sink, checked, key) ? "volume counts money: kept as quote_volume" : "";
                sink.write(
                        key,
                        columns.table(),
                        Stream.of(note(swapped), money, names.note())
                                .filter(part -> !part.isEmpty())
                                .collect(Collectors.joining("; ")));
            }
        }

        private boolean isWritten(long time) {
            boolean onGrid = Math.floorMod(time - checked.phase(), key.barNanos()) == 0;
            return onGrid && (repair || suspicion.hours(time) == 0);
        }

        /**
         * Which rows have another one of their time with other values. If the file does not say which came later, none is
         * a revision, and neither is believed: as in files that are read for a run. A strict store refuses them itself.
         */
        private boolean[] contradicted() {
            boolean[] flags = new boolean[order.length];
            for (int from = 0, to; from < order.length; from = to) {
                boolean different = false;
                for (to = from + 1; to < order.length && table.times[order[to]] == table.times[order[from]]; to++) {
                    int before = order[to - 1];
                    different |= !table.isVersion(order[to], before) && !QualityCheck.equal(table, order[to], before);
                }
                Arrays.fill(flags, from, to, different && !sink.options().strict());
            }
            return flags;
        }

        private String note(boolean[] swapped) {
            boolean anySwapped = false;
            boolean anyShifted = false;
            for (int i = 0; i < order.length; i++) {
                anySwapped |= swapped[i];
                anyShifted |= suspicion.hours(table.times[order[i]]) != 0;
            }
            String volumes = anySwapped && !keep ? "swapped volumes put right" : "";
            String times = anyShifted && !keep ? repair ? "shifted hours put right" : "shifted hours left out" : "";
            return volumes + (volumes.isEmpty() || times.isEmpty() ? "" : "; ") + times;
        }

        /** A bar is known at its close, or later where the file says so. */
        private long[] known(int[] taken, long[] times) {
            long[] known = new long[times.length];
            for (int i = 0; i < known.length; i++) {
                int row = order[taken[i]];
                long close = times[i] == TimeText.NONE ? TimeText.NONE : times[i] + key.barNanos();
                known[i] = table.available.length > 0 ? Math.max(close, table.available[row]) : close;
            }
            return known;
        }

        private Columnar columns(int[] taken, boolean[] swapped) {
            long[] times = new long[taken.length];
            double[][] prices = new double[RawTable.FIELDS][taken.length];
            double[][] extras = new double[table.extras.length][taken.length];
            int quote = SwappedVolume.quoteVolume(table);
            for (int i = 0; i < taken.length; i++) {
                int row = order[taken[i]];
                long shift = repair ? suspicion.hours(table.times[row]) * 3600L * SECOND : 0;
                times[i] = table.times[row] + shift;
                for (int field = 0; field < prices.length; field++) {
                    prices[field][i] = table.prices[field][row];
                }
                for (int extra = 0; extra < extras.length; extra++) {
                    extras[extra][i] = table.extras[extra][row];
                }
                if (swapped[taken[i]] && !keep) {
                    double base = prices[RawTable.VOLUME][i];
                    prices[RawTable.VOLUME][i] = extras[quote][i];
                    extras[quote][i] = base;
                }
            }
            Columnar columns = new Columnar(times, known(taken, times))
                    .number("open", prices[RawTable.OPEN])
                    .number("high", prices[RawTable.HIGH])
                    .number("low", prices[RawTable.LOW])
                    .number("close", prices[RawTable.CLOSE]);
            if (table.hasVolume) {
                columns.number(isMoney(sink, checked, key) ? "quote_volume" : "volume", prices[RawTable.VOLUME]);
            }
            for (int extra = 0; extra < extras.length; extra++) {
                String name = table.extraNames.get(extra);
                if (!REPEATED.contains(name.toLowerCase(Locale.ROOT))) {
                    columns.number(names.of(name), extras[extra]);
                }
            }
            return columns;
        }
    }
}
