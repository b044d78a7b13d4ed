package org.lama.backtest.api;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lama.backtest.report.BookAnomalyReport;
import org.lama.backtest.report.BookAnomalyReport.Part;
import org.lama.backtest.report.BookChart;
import org.lama.backtest.report.Figure;
import org.lama.backtest.report.Figures;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookGenerator;
import org.lama.core.series.Frame;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.Scorer;
import org.lama.core.signal.Signal;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetFrames;
import org.lama.core.store.ParquetTable;

/**
 * What an anomaly model finds unusual in an order book: fitted on the first rows of a feed, it scores each later row knowing
 * only what came before. It shows alarms and does not test whether anything follows them. Made by {@code Lama.anomalies}.
 * Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BookAnomalies {
    private static final String SCHEMA = "lama-book-anomalies/1";
    private static final String RESULT = "result.json";
    private static final Duration CLOSE_UP = Duration.ofMinutes(1);

    /** An alarm is late by the windows of the features: one that ends this long after an anomaly still counts as its own. */
    private static final Duration LATE = Duration.ofSeconds(2);

    private final BookAnomalyRequest request;
    private final Book book;
    private final Frame rows;
    private final int fitted;
    private final Scorer scorer;
    private final double[] scores;
    private final boolean[] alarms;
    private final BookChart chart;
    private final Optional<BookChart> closeUp;

    private BookAnomalies(BookAnomalyRequest request, Book book) throws IOException {
        this.request = request;
        this.book = book;
        rows = book.features(request.sampling());
        Check.that(
                rows.size() >= 2,
                "the feed must have at least 2 rows of " + seconds(request.step()) + ", got " + rows.size()
                        + "; take a longer feed or a smaller step");
        fitted = (int) Math.min(rows.size() - 1L, Math.round(request.fitShare() * rows.size()));
        scorer = request.signalModel().fit(rows.head(fitted), FitContext.backtest(request.seed()));
        Check.that(
                scorer.status().converged(),
                request.model() + " cannot be fitted on the first " + fitted + " of " + rows.size() + " rows of "
                        + seconds(request.step()) + ": " + scorer.status().reason()
                        + "; take a longer feed or a smaller step");
        scores = new double[rows.size()];
        alarms = new boolean[rows.size()];
        for (int row = 0; row < scores.length; row++) {
            Signal signal = scorer.score(rows.head(row + 1));
            scores[row] = signal.valid() ? signal.level() : Double.NaN;
            alarms[row] = signal.valid() && signal.alarm();
        }
        BookEvents events = book.events();
        chart = chart("", events, rows.availableAt(fitted - 1), rows.availableAt(rows.size() - 1));
        closeUp = closeUp(events);
    }

    /** Fits on the first rows of the feed and scores all of them, which for those of the fit is in sample. */
    static BookAnomalies of(BookAnomalyRequest request, Book book) throws IOException {
        return new BookAnomalies(request, book);
    }

    private BookChart chart(String part, BookEvents events, long from, long to) {
        double[] after = scores.clone();
        boolean[] loud = alarms.clone();
        Arrays.fill(after, 0, fitted, Double.NaN);
        Arrays.fill(loud, 0, fitted, false);
        return BookChart.of(book.request().symbol() + part, events, from, to)
                .withScores(request.model(), rows, after, loud);
    }

    /** The minute around the most unusual row behind the fit, if the stretch is not hardly longer itself. */
    private Optional<BookChart> closeUp(BookEvents events) {
        int top = -1;
        for (int row = fitted; row < scores.length; row++) {
            top = Double.isFinite(scores[row]) && (top < 0 || scores[row] > scores[top]) ? row : top;
        }
        long first = rows.availableAt(fitted - 1);
        long last = rows.availableAt(rows.size() - 1);
        long length = CLOSE_UP.toNanos();
        if (top < 0 || last - first < 3 * length / 2) {
            return Optional.empty();
        }
        long from = Math.max(first, Math.min(last - length, rows.availableAt(top) - length / 2));
        return Optional.of(chart(" around its highest score", events, from, from + length));
    }

    /**
     * Depth, best prices, trades, scores and alarms over all rows behind the fit.
     *
     * @return the figure
     */
    public Figure figure() {
        return Figures.book(chart);
    }

    /**
     * The same for the minute around the most unusual row.
     *
     * @return the figure; empty if the rows behind the fit last no longer than 90 s, or none has a score
     */
    public Optional<Figure> closeUp() {
        return closeUp.map(Figures::book);
    }

    /**
     * Counts of rows and alarms, one row for the fit, one for what comes behind it.
     *
     * @return a table
     */
    public Tabular table() {
        return BookAnomalyReport.words(parts());
    }

    private List<Part> parts() {
        return List.of(part("fit", 0, fitted), part("after it", fitted, rows.size()));
    }

    private Part part(String name, int from, int to) {
        int scored = 0;
        int loud = 0;
        int runs = 0;
        for (int row = from; row < to; row++) {
            scored += Double.isFinite(scores[row]) ? 1 : 0;
            loud += alarms[row] ? 1 : 0;
            runs += alarms[row] && (row == from || !alarms[row - 1]) ? 1 : 0;
        }
        return new Part(name, to - from, scored, loud, runs);
    }

    /**
     * The planted anomalies of a synthetic feed behind the fit, and whether an alarm stands within each or up to 2 s after it.
     *
     * @return one row each, with the columns {@code from}, {@code kind}, {@code seconds} and {@code alarm} (yes or no); no row
     *     for recorded feeds
     */
    public Tabular planted() {
        List<BookGenerator.Planted> all = behindFit();
        return () -> List.of(
                new Tabular.Column(
                        "from", all.stream().map(each -> each.from().toString()).toList()),
                new Tabular.Column(
                        "kind", all.stream().map(BookGenerator.Planted::kind).toList()),
                new Tabular.Column(
                        "seconds",
                        all.stream()
                                .map(each ->
                                        Duration.between(each.from(), each.to()).toMillis() / 1e3)
                                .toList()),
                new Tabular.Column(
                        "alarm",
                        all.stream()
                                .map(each -> alarmsIn(each) > 0 ? "yes" : "no")
                                .toList()));
    }

    private List<BookGenerator.Planted> behindFit() {
        long end = rows.availableAt(fitted - 1);
        return book.planted().stream()
                .filter(each -> TimeIndex.nanos(each.from()) >= end)
                .toList();
    }

    private int alarmsIn(BookGenerator.Planted planted) {
        int count = 0;
        for (int row = fitted; row < rows.size(); row++) {
            count += alarms[row] && within(planted, rows.availableAt(row)) ? 1 : 0;
        }
        return count;
    }

    private static boolean within(BookGenerator.Planted planted, long at) {
        return at >= TimeIndex.nanos(planted.from()) && at <= TimeIndex.nanos(planted.to()) + LATE.toNanos();
    }

    private String plantedWords() {
        List<BookGenerator.Planted> all = behindFit();
        long seen = all.stream().filter(each -> alarmsIn(each) > 0).count();
        long elsewhere = 0;
        for (int row = fitted; row < rows.size(); row++) {
            long at = rows.availableAt(row);
            elsewhere += alarms[row] && all.stream().noneMatch(each -> within(each, at)) ? 1 : 0;
        }
        return String.format(
                Locale.ROOT,
                "%d of %d anomalies planted behind the fit have an alarm; %d of %d alarms stand at none of them.",
                seen,
                all.size(),
                elsewhere,
                parts().get(1).alarms());
    }

    private Optional<String> truth() {
        return book.isSynthetic() ? Optional.of(plantedWords()) : Optional.empty();
    }

    /**
     * The result in a few lines.
     *
     * @return text that ends in a line feed
     */
    public String explain() {
        StringBuilder text = new StringBuilder();
        text.append(request.model()).append(" over ").append(book.request().symbol());
        text.append(": rows of ").append(seconds(request.step())).append(", fitted on the first ");
        text.append(fitted).append(" of ").append(rows.size()).append('\n');
        // which features it reads stands in the report
        scorer.summary().notes().stream()
                .limit(2)
                .forEach(note -> text.append("  ").append(note).append('\n'));
        text.append(BookAnomalyReport.words(parts()).asText());
        truth().ifPresent(words -> text.append(words).append('\n'));
        return text.append(BookAnomalyReport.tooShort(length())).append('\n').toString();
    }

    private Duration length() {
        return Duration.between(book.from(), book.to());
    }

    private static String seconds(Duration span) {
        return PlainNumbers.of(span.toNanos() / 1e9) + " s";
    }

    /**
     * Settings, checksum of the feed and every figure.
     *
     * @return what {@code result.json} holds
     */
    public Node manifest() {
        List<Node> counts = new ArrayList<>();
        for (Part part : parts()) {
            counts.add(Node.object()
                    .put("name", part.name())
                    .put("rows", part.rows())
                    .put("scored", part.scored())
                    .put("alarms", part.alarms())
                    .put("runs", part.runs())
                    .build());
        }
        List<Node> known = new ArrayList<>();
        for (BookGenerator.Planted each : behindFit()) {
            known.add(Node.object()
                    .put("from", each.from().toString())
                    .put("to", each.to().toString())
                    .put("kind", each.kind())
                    .put("alarms", alarmsIn(each))
                    .build());
        }
        Node.Fields values = Node.object();
        scorer.summary().values().forEach((name, value) -> values.put(name, value));
        return Node.object()
                .put("schema", SCHEMA)
                .put("version", Versions.lama())
                .put("model", request.model())
                .put("seed", request.seed())
                .put("stepNanos", request.step().toNanos())
                .put("fitShare", request.fitShare())
                .put(
                        "fittedUntil",
                        TimeIndex.instant(rows.availableAt(fitted - 1)).toString())
                .put("fit", values.build())
                .put(
                        "notes",
                        Node.array(
                                // which features it reads stands in the report
                                scorer.summary().notes().stream().map(Node::of).toList()))
                .put("parts", Node.array(counts))
                .put("planted", Node.array(known))
                .put("feed", book.node())
                .put("words", BookAnomalyReport.tooShort(length()))
                .build();
    }

    /**
     * Writes report.html, the scores behind the fit as Parquet and CSV, and, last, result.json.
     *
     * @param folder where
     * @throws IOException if a file cannot be written
     */
    public void write(OutputFolder folder) throws IOException {
        report().write(folder.file("report.html"));
        ParquetTable table = scored();
        ParquetFrames.write(folder.file("scores.parquet"), table);
        CsvTable.write(folder.file("scores.csv"), table);
        Documents.writeJson(folder.file(RESULT), manifest());
    }

    private BookAnomalyReport report() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Model", request.model());
        facts.put("Seed", String.valueOf(request.seed()));
        facts.put("Rows", seconds(request.step()));
        facts.put("Windows", seconds(request.sampling().window()));
        facts.put("Medians of depths", seconds(request.sampling().medianSpan()));
        facts.put(
                "Fitted until", TimeIndex.instant(rows.availableAt(fitted - 1)).toString());
        facts.put("LAMA", Versions.lama());
        facts.put("Java", Versions.java());
        facts.put("SHA-256 of the feed", book.checksum());
        BookAnomalyReport.Title title = new BookAnomalyReport.Title(
                "Anomalies in the book of " + book.request().symbol(), book.isSynthetic(), book.explain(), length());
        List<BookChart> charts = new ArrayList<>(List.of(chart));
        closeUp.ifPresent(charts::add);
        return BookAnomalyReport.of(
                title,
                facts,
                charts,
                new BookAnomalyReport.Findings(
                        parts(),
                        scorer.summary().notes(),
                        truth().map(words -> new BookAnomalyReport.Truth(words, planted()))));
    }

    /** One row for each that was scored behind the fit: when it was known, its score (NaN without), alarm 1 or 0. */
    private ParquetTable scored() {
        int count = rows.size() - fitted;
        long[] known = new long[count];
        long[] loud = new long[count];
        for (int k = 0; k < count; k++) {
            known[k] = rows.availableAt(fitted + k);
            loud[k] = alarms[fitted + k] ? 1 : 0;
        }
        return ParquetTable.builder(count)
                .times("time", known)
                .doubles("score", Arrays.copyOfRange(scores, fitted, rows.size()))
                .longs("alarm", loud)
                .build();
    }
}
