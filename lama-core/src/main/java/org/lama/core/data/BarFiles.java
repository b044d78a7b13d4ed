package org.lama.core.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.series.Frame;
import org.lama.core.series.QualityReport;
import org.lama.core.series.Resample;
import org.lama.core.series.TimeIndex;

/**
 * Bars from files: CSV (plain or gzip) and Parquet, one file or a folder of files, one symbol per file or a symbol
 * column. Formats, rules and policies are described in {@code docs/data.md}. Stateless and thread-safe; linear cost, all
 * columns of the wanted symbols in memory.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BarFiles {
    /**
     * Name of the column that tells the segment of each row: 0, then one more after each price jump that stays
     * (redenomination or reuse of the ticker; treat what follows as a new listing); NaN after the end of trading.
     */
    public static final String SEGMENT = "quality.segment";

    private static final int MAX_DEPTH = 16;

    private BarFiles() {}

    /**
     * Reads, checks and cleans bars. Of a symbol with files of several lengths the one with bars of the wanted length is
     * taken, else the one with the longest that can become such bars; if no length is wanted, all must share one.
     *
     * @param path a file, or a folder whose own files are read in the order of their names
     * @param options which symbols and times, and what happens to bars that are missing or broken
     * @return the bars in alphabetical order of symbols, each with its quality report, which covers the whole file
     * @throws DataException if the input cannot be used, with file, row, column, rule and what to do
     * @throws IOException if a file cannot be read
     */
    public static MarketData load(Path path, LoadOptions options) throws IOException {
        FileChoice choice = choice(path, options);
        List<Frame> frames = new ArrayList<>();
        List<QualityReport> reports = new ArrayList<>();
        for (Checked checked : choice.chosen(options.symbols(), options.barNanos())) {
            Frame frame = shaped(Cleaner.clean(checked, options), checked, options);
            requireSameBars(frames, frame, checked);
            frames.add(frame);
            reports.add(checked.report());
        }
        return new MarketData(frames, reports, List.of());
    }

    /**
     * The bars of every length that files have of a symbol, each as it is: what one length tells, another one tells as well.
     *
     * @param path a file, or a folder whose own files are read in the order of their names
     * @param options which symbols, and what happens to bars that are missing or broken; range and length are left out
     * @return the bars in alphabetical order of symbols, shorter ones first; those of one symbol have different lengths
     * @throws DataException if the input cannot be used, with file, row, column, rule and what to do
     * @throws IOException if a file cannot be read
     */
    public static List<Frame> everyLength(Path path, LoadOptions options) throws IOException {
        Check.that(
                options.barNanos() == 0
                        && options.from().isEmpty()
                        && options.to().isEmpty(),
                "options must leave range and length out");
        List<Frame> frames = new ArrayList<>();
        for (Checked checked : choice(path, options).all(options.symbols())) {
            frames.add(shaped(Cleaner.clean(checked, options), checked, options));
        }
        return frames;
    }

    private static FileChoice choice(Path path, LoadOptions options) throws IOException {
        Check.notNull(options, "options");
        FileChoice choice = new FileChoice(fileName(path));
        for (Path file : files(path, 1)) {
            for (Checked checked : check(file, fileName(file), options.quarantine())) {
                choice.add(checked);
            }
        }
        return choice;
    }

    private static void requireSameBars(List<Frame> frames, Frame frame, Checked checked) throws DataException {
        if (!frames.isEmpty() && frames.get(0).barNanos() != frame.barNanos()) {
            throw DataException.ofRequest(
                    checked.report().source(),
                    "",
                    "the bars of " + frame.symbol() + " last " + frame.barNanos() / 1_000_000_000L + " s, those of "
                            + frames.get(0).symbol() + " " + frames.get(0).barNanos() / 1_000_000_000L + " s",
                    "ask with --interval for one that is a multiple of both, or choose with --symbols");
        }
    }

    static Frame shaped(Frame frame, Checked checked, LoadOptions options) throws DataException {
        Frame bars = frame;
        if (options.barNanos() > 0 && options.barNanos() != frame.barNanos()) {
            if (options.barNanos() % frame.barNanos() != 0) {
                throw DataException.ofRequest(
                        checked.report().source(),
                        "",
                        "bars of " + frame.barNanos() / 1_000_000_000L + " s cannot become bars of "
                                + options.barNanos() / 1_000_000_000L + " s",
                        "ask for a whole multiple of the file's own spacing");
            }
            bars = Resample.bars(ofOneSegment(frame, options.barNanos()), options.barNanos());
        }
        int from = options.from()
                .map(t -> bound(t, frame))
                .map(bars.index()::ceiling)
                .orElse(0);
        int to = options.to()
                .map(t -> bound(t, frame))
                .map(bars.index()::ceiling)
                .orElse(bars.size());
        if (from >= to) {
            throw DataException.ofRequest(
                    checked.report().source(),
                    "time",
                    frame.symbol() + " has no bar in the wanted range; its bars open from "
                            + TimeIndex.instant(frame.index().at(0)) + " to "
                            + TimeIndex.instant(frame.index().at(frame.size() - 1)),
                    "ask for another range");
        }
        return from == 0 && to == bars.size() ? bars : bars.slice(from, to);
    }

    /** Longer bars are made of what follows the last jump in each: one of prices in two units would be a price of neither. */
    private static Frame ofOneSegment(Frame frame, long barNanos) {
        if (!frame.has(SEGMENT)) {
            return frame;
        }
        double[] segments = frame.column(SEGMENT).toArray();
        boolean[] before = new boolean[segments.length];
        int count = 0;
        double last = Double.NaN;
        for (int row = segments.length - 1; row >= 0; row--) {
            long bucket = Resample.bucket(frame.index().at(row), barNanos);
            boolean next = row + 1 == segments.length
                    || bucket != Resample.bucket(frame.index().at(row + 1), barNanos);
            last = next || Double.isNaN(last) ? segments[row] : last;
            before[row] = segments[row] < last;
            count += before[row] ? 1 : 0;
        }
        if (count == 0) {
            return frame;
        }
        Frame out = frame;
        for (String name : frame.columnNames()) {
            if (!name.equals(SEGMENT)) {
                double[] values = frame.column(name).toArray();
                for (int row = 0; row < values.length; row++) {
                    values[row] = before[row] ? Double.NaN : values[row];
                }
                out = out.with(name, values);
            }
        }
        String note = frame.provenance().note();
        return out.withProvenance(frame.provenance()
                .withNote(note + (note.isEmpty() ? "" : "; ") + count + (count == 1 ? " bar" : " bars")
                        + " before an unexplained price jump left out of the longer bar in which it falls"));
    }

    private static long bound(java.time.Instant time, Frame frame) {
        try {
            return TimeIndex.nanos(time);
        } catch (ArithmeticException e) {
            return time.isBefore(TimeIndex.instant(frame.index().at(0))) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /**
     * Says what is right and wrong with files, without cleaning them. Bad data never throw: a file that cannot be
     * understood as bars has a report with the finding {@code UNREADABLE}.
     *
     * @param path a file, or a folder that is searched to its depths
     * @return one report per file and symbol, in the order of names; sources are relative to the folder
     * @throws IOException if the path does not exist or holds no file of a known ending
     */
    public static List<QualityReport> verify(Path path) throws IOException {
        return verify(path, LoadOptions.Quarantine.defaults());
    }

    /**
     * As {@link #verify(Path)} with other settings.
     *
     * @param path a file, or a folder that is searched to its depths
     * @param quarantine when a price is not believed
     * @return one report per file and symbol
     * @throws IOException if the path does not exist or holds no file of a known ending
     */
    public static List<QualityReport> verify(Path path, LoadOptions.Quarantine quarantine) throws IOException {
        List<QualityReport> reports = new ArrayList<>();
        for (Path file : files(path, MAX_DEPTH)) {
            String source = relative(path, file);
            try {
                check(file, source, quarantine).forEach(checked -> reports.add(checked.report()));
            } catch (IOException e) {
                reports.add(unreadable(source, String.valueOf(e.getMessage())));
            }
        }
        return List.copyOf(reports);
    }

    /**
     * Every place where bars are missing, one issue each.
     *
     * @param path a file, or a folder that is searched to its depths
     * @return the gaps in the order of files, symbols and time; unreadable files have none
     * @throws IOException if the path does not exist or a file cannot be used
     */
    public static List<Issue> gaps(Path path) throws IOException {
        List<Issue> gaps = new ArrayList<>();
        for (Path file : files(path, MAX_DEPTH)) {
            for (Checked checked : check(file, relative(path, file), LoadOptions.Quarantine.defaults())) {
                gaps.addAll(checked.gaps());
            }
        }
        return List.copyOf(gaps);
    }

    private static QualityReport unreadable(String source, String message) {
        QualityReport.Finding finding = new QualityReport.Finding(Issue.Reason.UNREADABLE, 1, message, message);
        return new QualityReport(FileNames.symbol(source), source, 0, 0, 0, 0, 0, 0, List.of(finding));
    }

    /** The checked series of one file: one, or one per symbol of its symbol column. */
    static List<Checked> check(Path file, String source, LoadOptions.Quarantine quarantine) throws IOException {
        return check(file, source, quarantine, Optional.empty());
    }

    /** As {@link #check(Path, String, LoadOptions.Quarantine)} of a text whose times have another form. */
    static List<Checked> check(Path file, String source, LoadOptions.Quarantine quarantine, Optional<TimeFormat> times)
            throws IOException {
        RawTable table =
                FileNames.isParquet(source) ? ParquetFile.read(file, source) : CsvFile.read(file, source, times);
        if (!table.hasSymbols) {
            String symbol = FileNames.symbol(fileName(file));
            return List.of(QualityCheck.check(table.series(symbol), quarantine, 0, true));
        }
        return SymbolColumn.check(table, quarantine);
    }

    private static List<Path> files(Path path, int depth) throws IOException {
        if (!Files.exists(path)) {
            throw DataException.ofRequest(path.toString(), "", "there is no such file or folder", "check the path");
        }
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> walk = Files.walk(path, depth)) {
            List<Path> files = walk.filter(file -> Files.isRegularFile(file) && FileNames.isData(fileName(file)))
                    .sorted(Comparator.comparing((Path file) -> relative(path, file)))
                    .toList();
            if (files.isEmpty()) {
                throw DataException.ofRequest(
                        path.toString(),
                        "",
                        "the folder holds no file that ends in .csv, .csv.gz, .tsv, .txt or .parquet",
                        "give a folder with such files");
            }
            return files;
        }
    }

    private static String relative(Path root, Path file) {
        return root.equals(file)
                ? fileName(file)
                : root.relativize(file).toString().replace('\\', '/');
    }

    private static String fileName(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }
}
