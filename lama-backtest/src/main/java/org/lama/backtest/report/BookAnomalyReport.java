package org.lama.backtest.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;

/**
 * The report page of the alarms of a model in an order book. Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BookAnomalyReport {
    private static final double MINUTE_SECONDS = 60;
    private static final double HOUR_SECONDS = 3_600;
    private static final double DAY_SECONDS = 86_400;

    private final Title title;
    private final Map<String, String> facts;
    private final List<BookChart> charts;
    private final Findings findings;

    /**
     * What stands above the page.
     *
     * @param name what was looked at
     * @param synthetic whether the feed is generated
     * @param feed what the feed is, in lines
     * @param length of the feed
     * @since 0.1.0
     */
    public record Title(String name, boolean synthetic, String feed, Duration length) {}

    /**
     * Some rows of the feed, counted.
     *
     * @param name what they were used for
     * @param rows how many
     * @param scored rows with a score; a book that is not valid has none
     * @param alarms rows with an alarm
     * @param runs alarms in a row count once
     * @since 0.1.0
     */
    public record Part(String name, int rows, int scored, int alarms, int runs) {}

    /**
     * What was found.
     *
     * @param parts the rows of the fit and those behind it
     * @param notes what the fitted model says of itself, in lines
     * @param truth how alarms and planted anomalies meet; empty for a recorded feed
     * @since 0.1.0
     */
    public record Findings(List<Part> parts, List<String> notes, Optional<Truth> truth) {
        /**
         * Copies the lists.
         *
         * @param parts the rows of the fit and those behind it
         * @param notes what the fitted model says of itself, in lines
         * @param truth how alarms and planted anomalies meet; empty for a recorded feed
         */
        public Findings {
            parts = List.copyOf(parts);
            notes = List.copyOf(notes);
        }
    }

    /**
     * How alarms and planted anomalies of a generated feed meet.
     *
     * @param words one sentence
     * @param planted one row for each planted anomaly, with a column {@code alarm}
     * @since 0.1.0
     */
    public record Truth(String words, Tabular planted) {}

    private BookAnomalyReport(Title title, Map<String, String> facts, List<BookChart> charts, Findings findings) {
        this.title = title;
        this.facts = new LinkedHashMap<>(facts);
        this.charts = List.copyOf(charts);
        this.findings = findings;
    }

    /**
     * The report of one feed.
     *
     * @param title what stands above
     * @param facts settings and checksums by name
     * @param charts first that of all rows behind the fit, then that of a part of them, if any
     * @param findings counts, notes and truth
     * @return the report
     */
    public static BookAnomalyReport of(
            Title title, Map<String, String> facts, List<BookChart> charts, Findings findings) {
        Check.that(!charts.isEmpty(), "charts must not be empty");
        return new BookAnomalyReport(title, facts, charts, findings);
    }

    /**
     * The counts as texts for readers.
     *
     * @param parts of the feed
     * @return one row for each part
     */
    public static Tabular words(List<Part> parts) {
        return () -> List.of(
                new Tabular.Column("part", parts.stream().map(Part::name).toList()),
                new Tabular.Column("rows", parts.stream().map(Part::rows).toList()),
                new Tabular.Column("scored", parts.stream().map(Part::scored).toList()),
                new Tabular.Column("alarms", parts.stream().map(Part::alarms).toList()),
                new Tabular.Column(
                        "share", parts.stream().map(BookAnomalyReport::share).toList()),
                new Tabular.Column("runs", parts.stream().map(Part::runs).toList()));
    }

    private static String share(Part part) {
        return part.scored() == 0
                ? "n/a"
                : String.format(Locale.ROOT, "%.1f %%", 100.0 * part.alarms() / part.scored());
    }

    /**
     * What the length of a feed allows to say.
     *
     * @param length of the feed
     * @return one sentence
     */
    public static String tooShort(Duration length) {
        double seconds = length.toNanos() / 1e9;
        String span = seconds < 2 * HOUR_SECONDS
                ? String.format(Locale.ROOT, "%.1f minutes", seconds / MINUTE_SECONDS)
                : seconds < 2 * DAY_SECONDS
                        ? String.format(Locale.ROOT, "%.1f hours", seconds / HOUR_SECONDS)
                        : String.format(Locale.ROOT, "%.1f days", seconds / DAY_SECONDS);
        return span + " of one market" + (seconds < DAY_SECONDS ? " decide nothing" : "")
                + ": alarms are shown, and whether anything follows them is not tested.";
    }

    /**
     * The page.
     *
     * @return one HTML document
     */
    public String html() {
        return page().html();
    }

    private HtmlReport page() {
        HtmlReport page = HtmlReport.titled(title.name()).subtitle(tooShort(title.length()));
        if (title.synthetic()) {
            page.banner("SYNTHETIC", "A generated book: the result is about the machinery, not about any market.");
        }
        ReportSection shown = ReportSection.titled("Alarms behind the fit")
                .text("The model was fitted on the first rows and then looked at each later row as it came, knowing"
                        + " nothing of what followed. An alarm says that the book is unusual beside the fit, not"
                        + " that it is bad, and not where the price goes.");
        charts.forEach(chart -> shown.figure(Figures.book(chart)));
        shown.table(ReportTable.of("Rows and alarms", words(findings.parts())))
                .note("Runs: alarms of neighbouring rows count once. In the fit the share of alarms is set, not found:"
                        + " the threshold is a quantile of its scores.");
        page.section(shown);
        findings.truth()
                .ifPresent(truth -> page.section(ReportSection.titled("What was planted")
                        .text(truth.words())
                        .table(ReportTable.of("Planted anomalies behind the fit", truth.planted()))
                        .note("An alarm counts for an anomaly from its first moment to 2 s after its last.")));
        return page.section(ReportSection.titled("Model").bullets(findings.notes()))
                .section(ReportSection.titled("Feed").code(title.feed()))
                .section(ReportSection.titled("Settings").facts(facts))
                .footnote(tooShort(title.length()))
                .footnote("Research and education only; no financial advice.");
    }

    /**
     * Writes the page.
     *
     * @param file the file, replaced if it is there
     * @return the file
     * @throws IOException if it cannot be written
     */
    public Path write(Path file) throws IOException {
        return page().write(file);
    }
}
