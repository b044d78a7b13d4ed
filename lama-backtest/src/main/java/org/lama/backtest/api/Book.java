package org.lama.backtest.api;

import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookFeed;
import org.lama.core.book.BookGenerator;
import org.lama.core.book.BookView;
import org.lama.core.book.LevelBook;
import org.lama.core.features.BarFeatures;
import org.lama.core.features.BookFrames;
import org.lama.core.features.BookSampler;
import org.lama.core.features.BookSampling;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.sources.BookTape;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetFrames;
import org.lama.core.store.ParquetTable;

/**
 * The feed of one order book with what was found wrong in it. Made by {@code Lama.book}. Immutable and thread-safe; each
 * question reads the feed once. One that is read from a store must be closed.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Book implements Closeable {
    /** A sample in a minute is no silence. */
    static final Duration BETWEEN_SAMPLES = Duration.ofMinutes(5);

    private static final long MOST_ROWS_IN_MEMORY = 50_000_000;
    /** Columns whose unit is made of price times quantity. */
    private static final List<String> IN_QUOTE = List.of(
            Columns.BOOK_BID_DEPTH + 10,
            Columns.BOOK_BID_DEPTH + 25,
            Columns.BOOK_BID_DEPTH + 50,
            Columns.BOOK_ASK_DEPTH + 10,
            Columns.BOOK_ASK_DEPTH + 25,
            Columns.BOOK_ASK_DEPTH + 50,
            BookSampler.KYLE_LAMBDA,
            BarFeatures.AMIHUD);

    private final BookRequest request;
    private final BookFeed feed;
    private final Findings findings;
    private final List<BookGenerator.Planted> planted;
    private final BookSurvey survey;
    private final Closeable open;

    /** What the reader of a feed found. */
    record Findings(
            Map<BookTape.Flaw, Long> flaws, Map<BookTape.Flaw, Long> firstNanos, long messages, long shiftNanos) {
        static final Findings NONE = new Findings(Map.of(), Map.of(), 0, 0);
    }

    private Book(
            BookRequest request,
            BookFeed feed,
            Findings findings,
            List<BookGenerator.Planted> planted,
            BookSurvey survey,
            Closeable open) {
        this.request = request;
        this.feed = feed;
        this.findings = findings;
        this.planted = List.copyOf(planted);
        this.survey = survey;
        this.open = open;
    }

    /** Reads the feed once; what is open stays so until the book is closed. */
    static Book of(
            BookRequest request, BookFeed feed, Findings findings, List<BookGenerator.Planted> planted, Closeable open)
            throws IOException {
        return new Book(request, feed, findings, planted, BookSurvey.of(feed), open);
    }

    /**
     * Closes the store that the feed is read from; nothing else needs it.
     *
     * @throws IOException if it cannot be closed
     */
    @Override
    public void close() throws IOException {
        open.close();
    }

    /**
     * What was asked.
     *
     * @return the request
     */
    public BookRequest request() {
        return request;
    }

    /**
     * The rows, to be read any number of times.
     *
     * @return the feed
     */
    public BookFeed feed() {
        return feed;
    }

    /**
     * All rows in memory, 29 bytes each.
     *
     * @return a copy
     * @throws IOException if the feed cannot be read
     * @throws IllegalArgumentException if there are more than 50 million
     */
    public BookEvents events() throws IOException {
        Check.that(
                survey.rows() <= MOST_ROWS_IN_MEMORY,
                "rows must be at most " + MOST_ROWS_IN_MEMORY + " to lie in memory, got " + survey.rows()
                        + "; choose a shorter range of time");
        BookEvents all = new BookEvents(feed.scale(), (int) survey.rows());
        BookEvents stretch = new BookEvents(feed.scale(), BookFeed.USUAL_ROWS);
        try (BookFeed.Chunks chunks = feed.open()) {
            while (chunks.next(stretch)) {
                all.append(stretch, 0, stretch.size());
            }
        }
        return all;
    }

    /**
     * What was wrong in the feed, how often; a book that could not be trusted was cleared until its next snapshot.
     *
     * @return counts by name of the flaw, such as {@code gap}, in the order of {@link BookTape.Flaw}
     */
    public Map<String, Long> flaws() {
        Map<String, Long> named = new LinkedHashMap<>();
        for (BookTape.Flaw flaw : BookTape.Flaw.values()) {
            Long count = findings.flaws().get(flaw);
            if (count != null && count > 0) {
                named.put(name(flaw), count);
            }
        }
        return named;
    }

    /**
     * When each flaw was seen first, by the times of receipt of the rows.
     *
     * @return by name of the flaw, in the order of {@link BookTape.Flaw}; one that was seen before any time is not in it
     */
    public Map<String, Instant> flawsFrom() {
        Map<String, Instant> named = new LinkedHashMap<>();
        for (BookTape.Flaw flaw : BookTape.Flaw.values()) {
            Long first = findings.firstNanos().get(flaw);
            if (first != null) {
                named.put(name(flaw), TimeIndex.instant(first));
            }
        }
        return named;
    }

    static String name(BookTape.Flaw flaw) {
        return flaw.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * What was planted into a synthetic feed.
     *
     * @return by time; empty for recorded feeds
     */
    public List<BookGenerator.Planted> planted() {
        return planted;
    }

    /**
     * Whether the feed is generated.
     *
     * @return true if so
     */
    public boolean isSynthetic() {
        return request.isSynthetic();
    }

    /**
     * Number of rows.
     *
     * @return at least 0
     */
    public long rows() {
        return survey.rows();
    }

    /**
     * Number of prints.
     *
     * @return at least 0
     */
    public long trades() {
        return survey.trades();
    }

    /**
     * When the first row came to us.
     *
     * @return UTC
     */
    public Instant from() {
        return TimeIndex.instant(survey.firstNanos());
    }

    /**
     * When the last row came to us.
     *
     * @return UTC
     */
    public Instant to() {
        return TimeIndex.instant(survey.lastNanos());
    }

    /**
     * Share of the time in which the book was valid.
     *
     * @return in [0, 1]; NaN for a feed without length
     */
    public double validShare() {
        return survey.validShare();
    }

    /**
     * What was added to all times of receipt, since messages came before they were sent.
     *
     * @return nanoseconds, mostly 0
     */
    public long shiftNanos() {
        return findings.shiftNanos();
    }

    /**
     * Checksum of all rows.
     *
     * @return SHA-256 in hexadecimal digits
     */
    public String checksum() {
        return survey.checksum();
    }

    /**
     * The best levels as they had come to us by a moment. Behind the end of the feed they are those of its end, and not
     * valid any more.
     *
     * @param time on our clock
     * @param levels of each side at most, at least 1
     * @return the ladder
     * @throws IOException if the feed cannot be read
     */
    public BookLadder ladder(Instant time, int levels) throws IOException {
        Check.atLeast(levels, 1, "levels");
        long until = TimeIndex.nanos(time);
        LevelBook book = LevelBook.of(feed.scale(), LevelBook.DEFAULT_WINDOW_TICKS);
        BookEvents stretch = new BookEvents(feed.scale(), BookFeed.USUAL_ROWS);
        double trade = Double.NaN;
        long heard = Long.MIN_VALUE;
        try (BookFeed.Chunks chunks = feed.open()) {
            boolean more = true;
            while (more && chunks.next(stretch)) {
                for (int row = 0; row < stretch.size() && more; row++) {
                    more = stretch.localNanos(row) <= until;
                    if (more) {
                        heard = stretch.localNanos(row);
                        byte kind = stretch.kind(row);
                        boolean print = kind == BookEvents.BUY || kind == BookEvents.SELL;
                        trade = print ? decimal(feed.scale().tickSize(), stretch.ticks(row)) : trade;
                        stretch.applyTo(row, book);
                    }
                }
            }
        }
        double age = heard == Long.MIN_VALUE ? Double.NaN : (until - heard) / 1e6;
        boolean valid = book.isValid() && until <= survey.lastNanos();
        return new BookLadder(
                time,
                valid,
                age,
                side(book, true, levels),
                side(book, false, levels),
                trade,
                book.scale(),
                knownBps(book, true),
                knownBps(book, false));
    }

    /** How far from the mid a side is known; infinite where all of it is, NaN of a book that is not valid. */
    private static double knownBps(BookView book, boolean bids) {
        if (!book.isValid()) {
            return Double.NaN;
        }
        int known = bids ? book.knownBidTicks() : book.knownAskTicks();
        double mid = 0.5 * ((long) book.bidTicks() + book.askTicks());
        return known == 0 ? Double.POSITIVE_INFINITY : Math.max(0, (bids ? mid - known : known - mid) / mid * 1e4);
    }

    private static List<BookLadder.Level> side(BookView book, boolean bids, int levels) {
        List<BookLadder.Level> side = new ArrayList<>();
        int ticks = bids ? book.bidTicks() : book.askTicks();
        while (ticks != 0 && side.size() < levels) {
            long lots = bids ? book.bidLots(ticks) : book.askLots(ticks);
            side.add(new BookLadder.Level(
                    decimal(book.scale().tickSize(), ticks),
                    decimal(book.scale().lotSize(), lots)));
            ticks = bids ? book.nextBid(ticks) : book.nextAsk(ticks);
        }
        return side;
    }

    /** A whole number of decimal steps, without the last bit of a product of doubles. */
    private static double decimal(double step, long count) {
        return BigDecimal.valueOf(step).multiply(BigDecimal.valueOf(count)).doubleValue();
    }

    /**
     * How features of this feed are sampled where nothing else is said: {@link BookSampling#DEFAULT}, and a book of samples
     * is as old as the reader of samples allows before it is stale.
     *
     * @return the settings
     */
    public BookSampling sampling() {
        boolean isSampled = request.format().equals("sampled-levels");
        return isSampled ? BookSampling.DEFAULT.withStaleAfter(BETWEEN_SAMPLES) : BookSampling.DEFAULT;
    }

    /**
     * Whether quantities are contracts of a fixed worth in quote currency, so that price times quantity is no notional.
     *
     * @return true for {@code binance-coinm}
     */
    public boolean isInverse() {
        return request.format().equals("binance-coinm");
    }

    /**
     * Features of the book and its tape on a grid of time, causal: each row is known at its close. Of inverse contracts
     * what counts quote currency (depth within a distance, Kyle's lambda, Amihud's ratio) is NaN.
     *
     * @param settings grid, windows and spans
     * @return one row for each full step; of a part of a store, those that begin at or after its {@code from}
     * @throws IOException if the feed cannot be read
     * @throws IllegalArgumentException if it is too long to lie in memory
     */
    public Frame features(BookSampling settings) throws IOException {
        Provenance.Kind kind = isSynthetic() ? Provenance.Kind.SYNTHETIC : Provenance.Kind.HISTORICAL;
        String source = request.file().map(String::valueOf).orElse(request.format());
        Frame frame = BookFrames.of(
                request.symbol(),
                events(),
                settings,
                new Provenance(kind, source, checksum(), "features of an order book"));
        if (isInverse()) {
            double[] unknown = new double[frame.size()];
            Arrays.fill(unknown, Double.NaN);
            for (String name : IN_QUOTE) {
                frame = frame.with(name, unknown);
            }
        }
        return fromAskedTime(frame);
    }

    /** A part of a store begins with the book as it stood, told before its time: of those rows it has no trade, no change. */
    private Frame fromAskedTime(Frame frame) {
        long from =
                request.store().flatMap(DataRequest::from).map(TimeIndex::nanos).orElse(Long.MIN_VALUE);
        int first = frame.index().ceiling(from);
        return first == 0 ? frame : frame.slice(first, frame.size());
    }

    /**
     * Writes features, one row each with the time at which its step begins, as bars have; it is known a step later.
     *
     * @param features of {@link #features}
     * @param file ends in {@code .csv} or {@code .parquet}; replaced if it is there
     * @throws IOException if it cannot be written
     */
    public static void write(Frame features, Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        if (file.toString().endsWith(".parquet")) {
            ParquetFrames.writeFrame(file, features);
            return;
        }
        Check.that(file.toString().endsWith(".csv"), file + " must end in .csv or .parquet");
        ParquetTable.Builder table = ParquetTable.builder(features.size());
        table.times("time", features.index().copyRange(0, features.size()));
        for (String name : features.columnNames()) {
            table.doubles(name, features.column(name).toArray());
        }
        CsvTable.write(file, table.build());
    }

    /**
     * What the feed is, in a few lines.
     *
     * @return text that ends in a line feed
     */
    public String explain() {
        StringBuilder text = new StringBuilder();
        text.append(line(
                "%s (%s): %,d rows, %,d prints, %s .. %s",
                request.symbol(), request.format(), rows(), trades(), from(), to()));
        if (request.scale().isEmpty() && !isSynthetic()) {
            text.append(line(
                    "Steps as the feed shows them: --tick %s --lot %s",
                    plain(feed.scale().tickSize()), plain(feed.scale().lotSize())));
        }
        if (isInverse()) {
            text.append("Quantities are contracts of a fixed worth in quote currency, not base currency\n");
        }
        text.append(line(
                "Valid book %s of the time; cleared %,d %s",
                Double.isNaN(validShare()) ? "n/a" : String.format(Locale.ROOT, "%.2f %%", 100 * validShare()),
                survey.clears(),
                survey.clears() == 1 ? "time" : "times"));
        if (shiftNanos() != 0) {
            text.append(line(
                    "The receiver's clock was behind: all times of receipt moved by %,.1f ms", shiftNanos() / 1e6));
        }
        for (BookTape.Flaw flaw : BookTape.Flaw.values()) {
            long count = findings.flaws().getOrDefault(flaw, 0L);
            Instant first = flawsFrom().get(name(flaw));
            if (count > 0) {
                text.append(line(
                        "  %s: %,d%s: %s",
                        name(flaw), count, first == null ? "" : ", first at " + first, flaw.words()));
            }
        }
        if (!isSynthetic() && flaws().isEmpty()) {
            text.append("  nothing wrong found\n");
        }
        return text.toString();
    }

    /** What the feed is, for {@code result.json}. */
    Node node() {
        Node.Fields counts = Node.object();
        flaws().forEach(counts::put);
        Node.Fields first = Node.object();
        flawsFrom().forEach((name, time) -> first.put(name, time.toString()));
        return Node.object()
                .put("symbol", request.symbol())
                .put("format", request.format())
                .put("path", request.file().map(String::valueOf).orElse(""))
                .put("seed", request.seed())
                .put("provenance", isSynthetic() ? "SYNTHETIC" : "RECORDED")
                .put("rows", rows())
                .put("from", from().toString())
                .put("to", to().toString())
                .put("validShare", Double.isFinite(validShare()) ? Node.of(validShare()) : Node.nothing())
                .put("sha256", checksum())
                .put("flaws", counts.build())
                .put("flawsFrom", first.build())
                .build();
    }

    private static String plain(double step) {
        return BigDecimal.valueOf(step).stripTrailingZeros().toPlainString();
    }

    private static String line(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values) + "\n";
    }
}
