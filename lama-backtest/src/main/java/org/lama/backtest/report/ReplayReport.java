package org.lama.backtest.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.backtest.replay.PnlSplit;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;

/**
 * The report page of a replay. Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ReplayReport {
    private static final double MINUTE_NANOS = 60e9;
    private static final MathContext FIVE_DIGITS = new MathContext(5);
    /** Place of the profit among the parts. */
    private static final int PROFIT = 3;

    private static final String FEES = "fees";
    private static final Set<String> COUNTS = Set.of("fills", "orders", "refused");
    private static final Set<String> SHARES = Set.of("fill ratio", "both sides quoted", "any side quoted");

    private final Title title;
    private final Map<String, String> facts;
    private final List<ReplayRun> runs;
    private final Optional<ReplayRun> touch;

    /**
     * What stands above the page.
     *
     * @param name what was replayed
     * @param synthetic whether the feed is generated
     * @param feed what the feed is, in lines
     * @since 0.1.0
     */
    public record Title(String name, boolean synthetic, String feed) {}

    private ReplayReport(Title title, Map<String, String> facts, List<ReplayRun> runs, Optional<ReplayRun> touch) {
        this.title = title;
        this.facts = new LinkedHashMap<>(facts);
        this.runs = List.copyOf(runs);
        this.touch = touch;
    }

    /**
     * The report of some replays of one strategy over one feed.
     *
     * @param title what stands above
     * @param facts settings and checksums by name
     * @param runs at least one, each under another queue model
     * @param touch the same as if the touch of a price were a fill; empty if it was not run
     * @return the report
     */
    public static ReplayReport of(
            Title title, Map<String, String> facts, List<ReplayRun> runs, Optional<ReplayRun> touch) {
        Check.that(!runs.isEmpty(), "runs must not be empty");
        return new ReplayReport(title, facts, runs, touch);
    }

    /**
     * The figures of some replays side by side, one row each, one column for each replay.
     *
     * @param runs at least one
     * @return a table; NaN where a figure is not defined
     */
    public static Tabular table(List<ReplayRun> runs) {
        Check.that(!runs.isEmpty(), "runs must not be empty");
        List<String> names = new ArrayList<>(
                runs.get(0).split().parts().stream().map(PnlSplit.Part::name).toList());
        names.addAll(List.of(
                "fills",
                "orders",
                "refused",
                "fill ratio",
                "both sides quoted",
                "any side quoted",
                "position",
                "most held",
                "max drawdown",
                "notional"));
        List<Tabular.Column> columns = new ArrayList<>(List.of(new Tabular.Column("figure", names)));
        for (ReplayRun run : runs) {
            List<Double> values = new ArrayList<>(
                    run.split().parts().stream().map(PnlSplit.Part::value).toList());
            values.addAll(List.of(
                    (double) run.result().trades(),
                    (double) run.result().orders(),
                    (double) run.result().refused(),
                    run.quotes().fillRatio(),
                    run.bothQuoted(),
                    run.anyQuoted(),
                    run.result().position(),
                    run.split().path().mostHeld(),
                    run.split().path().maxDrawdown(),
                    run.result().notional()));
            columns.add(new Tabular.Column(run.queue(), values));
        }
        List<Tabular.Column> all = List.copyOf(columns);
        return () -> all;
    }

    /**
     * The same as texts for readers: counts whole, shares in per cent, money with five digits, n/a where not defined. Fees
     * count, so they are below 0; above 0 they are named a rebate.
     *
     * @param runs at least one
     * @return a table
     */
    public static Tabular words(List<ReplayRun> runs) {
        List<Tabular.Column> numbers = table(runs).columns();
        List<?> names = numbers.get(0).cells();
        List<Tabular.Column> texts = new ArrayList<>(List.of(numbers.get(0)));
        for (Tabular.Column column : numbers.subList(1, numbers.size())) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                cells.add(word(
                        String.valueOf(names.get(i)), ((Number) column.cells().get(i)).doubleValue()));
            }
            texts.add(new Tabular.Column(column.name(), cells));
        }
        return () -> texts;
    }

    private static String word(String name, double value) {
        if (Double.isNaN(value)) {
            return "n/a";
        }
        if (COUNTS.contains(name)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (SHARES.contains(name)) {
            return String.format(Locale.ROOT, "%.1f %%", 100 * value);
        }
        String money =
                new BigDecimal(value).round(FIVE_DIGITS).stripTrailingZeros().toPlainString();
        return name.equals(FEES) && value > 0 ? money + " (rebate)" : money;
    }

    /**
     * What the length of a feed allows to say.
     *
     * @param run a run over the feed
     * @return one sentence
     */
    public static String tooShort(ReplayRun run) {
        double minutes = run.lengthNanos() / MINUTE_NANOS;
        String length = String.format(Locale.ROOT, "%.1f minutes", minutes);
        String decide = " decide nothing: they show that the machinery works, not that the strategy does.";
        if (minutes < StationaryBootstrap.MINIMUM_ROWS) {
            return length + " of one market" + decide;
        }
        return run.split().whyNoInterval().isEmpty()
                ? length + " of one market: the intervals know nothing of other days and other markets."
                : length + " of one market with so few fills" + decide;
    }

    /**
     * The interval of the profit of each run, or why there is none.
     *
     * @param runs at least one
     * @return one sentence
     */
    public static String intervals(List<ReplayRun> runs) {
        Map<String, List<String>> queuesOf = new LinkedHashMap<>();
        for (ReplayRun run : runs) {
            queuesOf.computeIfAbsent(plain(profit(run)), words -> new ArrayList<>())
                    .add(run.queue());
        }
        List<String> said = new ArrayList<>();
        queuesOf.forEach((words, queues) ->
                said.add(words + (queuesOf.size() == 1 ? "" : " (" + String.join(", ", queues) + ")")));
        boolean none =
                runs.stream().noneMatch(run -> run.split().whyNoInterval().isEmpty());
        return (none ? "Intervals: " : "Profit, 95 %: ") + String.join("; ", said);
    }

    /** As in the table of texts: for a console. */
    private static String plain(PnlSplit.Part part) {
        return part.whyNoInterval().isEmpty()
                ? word(part.name(), part.low()) + " to " + word(part.name(), part.high())
                : part.whyNoInterval();
    }

    private static PnlSplit.Part profit(ReplayRun run) {
        return run.split().parts().get(PROFIT);
    }

    private ReportSection parts() {
        ReportSection section = ReportSection.titled("Where the profit came from")
                .text(
                        "Profit = spread captured + inventory + fees, each with the sign with which it counts: fees that were"
                                + " paid are below 0, rebates above. Spread is the fill against the mid just before it,"
                                + " inventory what the mid did to the position afterwards. The mid after fills is a part of"
                                + " the inventory: below 0 the fills came from those who knew better (adverse selection).");
        if (runs.stream().anyMatch(run -> run.fills().size() > 0)) {
            section.figure(ReplayFigures.parts(runs));
        }
        for (ReplayRun run : runs) {
            section.table(ReportTable.of("Queue model " + run.queue(), partsOf(run)));
        }
        return section.note("Intervals: stationary bootstrap over minutes, 95 %. " + tooShort(runs.get(0)));
    }

    private static Tabular partsOf(ReplayRun run) {
        List<PnlSplit.Part> parts = run.split().parts();
        return () -> List.of(
                new Tabular.Column(
                        "part", parts.stream().map(ReplayReport::shown).toList()),
                new Tabular.Column(
                        "value", parts.stream().map(PnlSplit.Part::value).toList()),
                new Tabular.Column(
                        "interval95", parts.stream().map(ReplayReport::interval).toList()));
    }

    private static String shown(PnlSplit.Part part) {
        return part.name().equals(FEES) && part.value() > 0 ? "fees (a rebate)" : part.name();
    }

    private static String interval(PnlSplit.Part part) {
        return part.whyNoInterval().isEmpty()
                ? Numbers.significant(part.low(), 4) + " to " + Numbers.significant(part.high(), 4)
                : part.whyNoInterval();
    }

    private ReportSection queues() {
        List<ReplayRun> all = new ArrayList<>(runs);
        touch.ifPresent(all::add);
        ReportSection section = ReportSection.titled("Queue models")
                .text("Where an order stands in the queue of its price is not in the feed: each model guesses it in its"
                        + " own way. What differs between the columns is what is not known.")
                .table(ReportTable.of("Each model", words(all)));
        touch.ifPresent(fiction -> section.note("Fills by touch are a fiction: no queue in front, every print at the"
                + " price is ours, in whole orders. Such a simulation would have claimed "
                + Numbers.significant(fiction.split().profit(), 4) + "."));
        return section;
    }

    private List<KeyFigure> keyFigures() {
        List<KeyFigure> figures = new ArrayList<>();
        for (ReplayRun run : runs) {
            PnlSplit.Part profit = profit(run);
            KeyFigure.Whisker whisker = new KeyFigure.Whisker(profit.low(), profit.value(), profit.high());
            figures.add(new KeyFigure(
                    "Profit, " + run.queue(),
                    Numbers.significant(profit.value(), 4),
                    interval(profit),
                    touch.map(fiction -> "by touch "
                                    + Numbers.significant(fiction.split().profit(), 4))
                            .orElse(""),
                    whisker));
        }
        return figures;
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
        HtmlReport page = HtmlReport.titled(title.name())
                .subtitle("Replay of an order book")
                .keyFigures(keyFigures());
        if (title.synthetic()) {
            page.banner("SYNTHETIC", "A generated book: the result is about the machinery, not about any market.");
        }
        ReplayRun first = runs.get(0);
        double seconds = first.lengthNanos() / 1e9;
        ReportSection quotes = ReportSection.titled("Quotes, fills and inventory");
        if (seconds > 0) {
            double shown = Math.min(60, seconds);
            quotes.figure(ReplayFigures.quotes(first, Math.max(0, seconds / 2 - shown / 2), shown));
        }
        if (first.fills().size() > 0) {
            quotes.figure(ReplayFigures.profit(first));
        } else {
            quotes.text("Nothing filled, so there is no inventory and no profit to draw.");
        }
        return page.section(parts())
                .section(quotes)
                .section(queues())
                .section(ReportSection.titled("Feed").code(title.feed()))
                .section(ReportSection.titled("Settings").facts(facts))
                .footnote(tooShort(first))
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
