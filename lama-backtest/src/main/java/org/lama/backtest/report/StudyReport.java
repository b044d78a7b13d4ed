package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lama.backtest.honesty.Waterfall;
import org.lama.backtest.walkforward.StudyResult;
import org.lama.backtest.walkforward.StudySettings;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.signal.FitStatus;

/**
 * Turns the result of a walk-forward study into a report. Nothing is computed here that the result does not hold; the
 * same result gives the same page. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class StudyReport {
    private static final int TRADES_SHOWN = 100;
    private static final int FOLDS_SHOWN = 400;
    private static final String DISCLAIMER =
            "Research software, no advice. Past and simulated results say little about the future; you can lose all you"
                    + " trade with.";

    private StudyReport() {}

    /**
     * What a report says beside the numbers.
     *
     * @param verdict the verdict in words, such as {@code NO EDGE}
     * @param why the reason in one sentence
     * @param next the command to type next
     * @param asked hypothesis, rule and their checksum, by name
     * @param run versions, seed, determinism, settings and whatever else is needed to run again, by name
     * @param rerun the command that gives the same numbers again
     */
    public record Statement(
            String verdict, String why, String next, Map<String, String> asked, Map<String, String> run, String rerun) {
        /**
         * Copies the maps, keeping their order.
         *
         * @param verdict the verdict in words, such as {@code NO EDGE}
         * @param why the reason in one sentence
         * @param next the command to type next
         * @param asked hypothesis, rule and their checksum, by name
         * @param run versions, seed, determinism, settings and whatever else is needed to run again, by name
         * @param rerun the command that gives the same numbers again
         */
        public Statement {
            Check.notBlank(verdict, "verdict");
            asked = new LinkedHashMap<>(asked);
            run = new LinkedHashMap<>(run);
        }
    }

    /**
     * The report of a study.
     *
     * @param result what the study found
     * @param waterfall the same study from naive to honest rules
     * @param statement verdict, rule and versions
     * @return the report, ready to be written
     */
    public static HtmlReport of(StudyResult result, Waterfall waterfall, Statement statement) {
        HtmlReport report = HtmlReport.titled(title(result)).subtitle(subtitle(result));
        banners(report, result);
        SealBanner.add(
                report,
                result.data().stream().map(StudyResult.SeriesInfo::provenance).toList());
        report.verdict(mood(statement.verdict()), statement.verdict(), statement.why(), statement.next());
        report.keyFigures(keyFigures(result));
        report.section(asked(result, statement));
        report.section(performance(result));
        report.section(WaterfallReport.section(waterfall));
        report.section(months(result));
        report.section(costs(result));
        report.section(StudyChecksReport.capacity(result));
        report.section(StudyChecksReport.bounds(result));
        report.section(assets(result));
        report.section(combiners(result));
        report.section(StudyChecksReport.tracking(result, "Which way to combine led"));
        report.section(StudyChecksReport.ablation(result, "With and without each member"));
        report.section(models(result));
        lastModels(result).forEach(report::section);
        report.section(regimes(result));
        report.section(trades(result));
        report.section(data(result));
        report.section(rerun(statement));
        return report.footnote(DISCLAIMER);
    }

    private static String title(StudyResult result) {
        int n = result.data().size();
        return n == 1
                ? "Walk-forward study of " + result.data().get(0).symbol()
                : "Walk-forward study of " + n + " assets";
    }

    private static String subtitle(StudyResult result) {
        StudySettings settings = result.settings();
        long[] times = result.curve().times();
        String span = times.length == 0
                ? "no decision was possible"
                : Words.date(times[0]) + " to " + Words.date(times[times.length - 1]) + ", out of sample";
        return span + " · " + bar(result.barNanos()) + " bars · " + String.join(", ", settings.models())
                + " · fitted on " + settings.trainDays() + " days, again every " + settings.stepDays();
    }

    private static String bar(long nanos) {
        double hours = nanos / 3.6e12;
        return hours == 24 ? "daily" : hours == 1 ? "hourly" : Numbers.significant(hours, 3) + "-hour";
    }

    private static void banners(HtmlReport report, StudyResult result) {
        if (result.isSynthetic()) {
            report.banner(
                    "SYNTHETIC",
                    "These prices were generated. The verdict is about the machinery, not about a market.");
        }
        if (result.partial()) {
            report.banner("PARTIAL", "The study was interrupted. Everything here holds for the part that was done.");
        }
    }

    private static HtmlReport.Mood mood(String verdict) {
        return switch (verdict.toUpperCase(Locale.ROOT).replace('_', ' ')) {
            case "EDGE" -> HtmlReport.Mood.GOOD;
            case "NO EDGE" -> HtmlReport.Mood.NEUTRAL;
            default -> HtmlReport.Mood.CAREFUL;
        };
    }

    private static List<KeyFigure> keyFigures(StudyResult result) {
        StudyResult.Significance s = result.significance();
        Map<String, Double> mine = result.strategy();
        Map<String, Double> hold = result.benchmark();
        List<KeyFigure> cards = new ArrayList<>();
        cards.add(KeyFigure.number(
                "Sharpe ratio a year",
                new KeyFigure.Whisker(s.sharpeLow(), s.sharpe(), s.sharpeHigh()),
                "buy and hold " + Numbers.fixed(StudyTables.value(hold, "sharpe"), 2)));
        cards.add(KeyFigure.percent(
                "Mean excess return a year",
                new KeyFigure.Whisker(s.meanLow(), s.meanReturn(), s.meanHigh()),
                "an edge needs its lower bound above 0 · " + Numbers.percent(s.meanLowerBound(), 1)));
        cards.add(percent("Growth a year", "compoundAnnualGrowth", mine, hold));
        cards.add(percent("Deepest drawdown", "maximumDrawdown", mine, hold));
        cards.add(KeyFigure.of(
                "Deflated Sharpe ratio",
                Numbers.fixed(s.deflated(), 3),
                "an edge needs 0.95 · " + Numbers.significant(s.effectiveTrials(), 3) + " effective of " + s.rawTrials()
                        + " trials" + onWindow(s)));
        cards.add(KeyFigure.of("Probabilistic Sharpe ratio", Numbers.fixed(s.probabilistic(), 3), "as if one trial"));
        cards.add(KeyFigure.of(
                "Break-even cost",
                breakEven(s.breakEvenCost()),
                (Double.isNaN(s.breakEvenCost()) ? "the gross return is not positive" : "of the assumed costs")
                        + CapacityReport.card(result.checks().capacity())));
        cards.add(KeyFigure.of(
                "Round trips",
                Numbers.fixed(result.trades().size(), 0),
                "in " + Numbers.fixed(Math.rint(s.days()), 0) + " days"));
        return cards;
    }

    private static KeyFigure percent(String name, String key, Map<String, Double> mine, Map<String, Double> hold) {
        return KeyFigure.of(
                name,
                Numbers.percent(StudyTables.value(mine, key), 1),
                "buy and hold " + Numbers.percent(StudyTables.value(hold, key), 1));
    }

    private static ReportSection asked(StudyResult result, Statement statement) {
        StudySettings settings = result.settings();
        ReportSection section = ReportSection.titled("What was asked")
                .text("The question and the rule that answers it were fixed before any price was read.")
                .facts(statement.asked());
        return section.note("Costs: " + settings.cost().describe()
                + ". A decision falls at the close of a bar and fills at the next open.");
    }

    /** Only where it says something: trials on other windows of the same data count as well. */
    private static String onWindow(StudyResult.Significance s) {
        return s.trialsOnWindow() < s.rawTrials() ? ", " + s.trialsOnWindow() + " on this very window" : "";
    }

    private static ReportSection performance(StudyResult result) {
        StudyResult.Significance s = result.significance();
        return ReportSection.titled("Performance")
                .figure(StudyFigures.tearSheet(result))
                .table(ReportTable.of("All metrics", StudyTables.metrics(result))
                        .folded())
                .note("Intervals: stationary bootstrap of " + result.settings().bootstrapSamples()
                        + " resamples with a mean block of " + Numbers.significant(s.blockLength(), 3) + " of "
                        + s.observations() + " returns. Minimum track record: "
                        + (Double.isFinite(s.minimumDays())
                                ? Numbers.fixed(Math.ceil(s.minimumDays()), 0) + " days."
                                : "none, as the Sharpe ratio is not positive.")
                        + " Probability of overfitting: "
                        + (Double.isNaN(s.overfitting())
                                ? "not available with fewer than 10 configurations."
                                : Numbers.percent(s.overfitting(), 1) + ".")
                        + (s.ledgerStarted().isEmpty()
                                ? " No trial ledger was used."
                                : " Trial ledger started " + s.ledgerStarted() + "."));
    }

    private static ReportSection months(StudyResult result) {
        return ReportSection.titled("Month by month").figure(StudyFigures.monthlyReturns(result));
    }

    private static String breakEven(double multiple) {
        if (Double.isNaN(multiple)) {
            return "none";
        }
        return multiple == Double.POSITIVE_INFINITY ? "above 10×" : Numbers.fixed(multiple, 2) + "×";
    }

    private static ReportSection costs(StudyResult result) {
        return ReportSection.titled("Costs")
                .text(costSentence(result))
                .figure(StudyFigures.costSensitivity(result))
                .table(ReportTable.of("Costs", StudyTables.sensitivity(result))
                        .format(ReportTable.Format.PERCENT, "totalReturn", "maxDrawdown")
                        .format(ReportTable.Format.FIXED_2, "sharpe")
                        .format(ReportTable.Format.WHOLE, "costsPaid"))
                .table(ReportTable.of("The same study under each model of slippage", StudyTables.slippageModels(result))
                        .format(ReportTable.Format.PERCENT, "totalReturn", "maxDrawdown")
                        .format(ReportTable.Format.FIXED_2, "sharpe")
                        .format(ReportTable.Format.WHOLE, "costsPaid"))
                .table(ReportTable.of("Loss when a held asset disappears", StudyTables.delisting(result))
                        .format(ReportTable.Format.PERCENT, "haircut", "totalReturn")
                        .format(ReportTable.Format.FIXED_2, "sharpe"))
                .note(
                        "Flat slippage is the same for every asset and size. It flatters assets that trade thinly, where the"
                                + " real spread is wider. Square-root slippage takes spread, volatility and traded value as known at the"
                                + " bar before a fill. Positions are limited to 1 % of the last 24 hours' volume.");
    }

    private static String costSentence(StudyResult result) {
        double free = result.sensitivity().stream()
                .filter(point -> point.multiple() == 0)
                .mapToDouble(StudyResult.CostPoint::totalReturn)
                .findFirst()
                .orElse(Double.NaN);
        double net = result.sensitivity().stream()
                .filter(point -> point.multiple() == 1)
                .mapToDouble(StudyResult.CostPoint::totalReturn)
                .findFirst()
                .orElse(Double.NaN);
        String share =
                free > 0 ? " Costs take " + Numbers.percent((free - net) / free, 0) + " of the gross return." : "";
        return "Without costs the study returns " + Numbers.percent(free, 1) + " in all, with them "
                + Numbers.percent(net, 1) + "." + share;
    }

    private static ReportSection assets(StudyResult result) {
        ReportSection section = ReportSection.titled("Asset by asset").text(assetSentence(result));
        if (!result.planted().isEmpty()) {
            section.bullets(result.planted().stream()
                    .map(truth -> truth.symbol() + ", planted Sharpe ratio "
                            + Numbers.fixed(truth.annualSharpe(), 2) + " a year: "
                            + (isFound(result, truth.symbol()) ? "found" : "missed") + " (" + truth.description()
                            + ")")
                    .toList());
        }
        section.table(ReportTable.of("Assets by p-value", StudyTables.assets(result))
                .format(ReportTable.Format.LABEL, "edge", "judgement")
                .format(ReportTable.Format.FIXED_2, "sharpe")
                .format(ReportTable.Format.WHOLE, "pnl"));
        if (!result.dropped().isEmpty()) {
            section.table(ReportTable.of("Dropped: never active", StudyTables.dropped(result))
                    .folded());
        }
        return section;
    }

    private static boolean isFound(StudyResult result, String symbol) {
        return result.assets().stream().anyMatch(asset -> asset.symbol().equals(symbol) && asset.found());
    }

    private static String assetSentence(StudyResult result) {
        long found =
                result.assets().stream().filter(StudyResult.AssetOutcome::found).count();
        return "An edge was found in " + found + " of " + result.assets().size()
                + " assets: a one-sided bootstrap test of the mean net return, with Benjamini-Hochberg at 10% over all.";
    }

    private static ReportSection combiners(StudyResult result) {
        String best = result.combiners().stream()
                .filter(StudyResult.CombinerOutcome::best)
                .map(StudyResult.CombinerOutcome::name)
                .findFirst()
                .orElse("none");
        return ReportSection.titled("Four ways to combine")
                .text("Same signals, sizing and costs, all four tracked out of sample. Best by Sharpe ratio: " + best
                        + ". Picking it afterwards is a trial, and the deflated Sharpe ratio counts it. "
                        + StudyChecksReport.bestOfTried(result))
                .figure(StudyFigures.combiners(result))
                .table(ReportTable.of("Combiners", StudyTables.combiners(result))
                        .format(ReportTable.Format.PERCENT, "totalReturn", "maxDrawdown")
                        .format(ReportTable.Format.FIXED_2, "sharpe", "turnoverAYear"));
    }

    private static ReportSection models(StudyResult result) {
        long good =
                StudyTables.count(result, FitStatus.Outcome.OK) + StudyTables.count(result, FitStatus.Outcome.BUDGET);
        double share = good / (double) Math.max(1, result.folds().size());
        return ReportSection.titled("Models, fold by fold")
                .text(Numbers.percent(share, 1) + " of "
                        + Numbers.fixed(result.folds().size(), 0)
                        + " momentum fits ended OK or within their budget. In and out of sample are measured alike, gross,"
                        + " as the Sharpe ratio of holding the mean directional signal.")
                .figure(StudyFigures.folds(result))
                .table(ReportTable.of("How the fits ended", StudyTables.fits(result))
                        .format(ReportTable.Format.LABEL, "outcome")
                        .format(ReportTable.Format.PERCENT, "share"))
                .table(ReportTable.of("What each model did", StudyTables.activity(result))
                        .format(ReportTable.Format.FIXED_2, "meanWeight", "meanContribution"))
                .table(ReportTable.of("Vetoes of the configured combiner", StudyTables.vetoes(result))
                        .folded())
                .table(ReportTable.of("Folds", StudyTables.folds(result))
                        .format(ReportTable.Format.LABEL, "status")
                        .format(ReportTable.Format.FIXED_2, "inSample", "outOfSample")
                        .first(FOLDS_SHOWN)
                        .folded());
    }

    /**
     * A line for each asset, and all figures of one: the asset with the smallest p-value, where a reader looks first. All
     * figures of all assets would be more than anybody reads.
     */
    private static List<ReportSection> lastModels(StudyResult result) {
        if (result.models().isEmpty()) {
            return List.of();
        }
        StudyResult.LastModel shown = result.assets().stream()
                .sorted(Comparator.comparingDouble(StudyResult.AssetOutcome::pValue))
                .flatMap(asset ->
                        result.models().stream().filter(last -> last.asset().equals(asset.symbol())))
                .findFirst()
                .orElse(result.models().get(0));
        ReportSection section = ReportSection.titled("The last models")
                .text("The momentum model of each asset as fitted on its last window, with p-values of the tests of its"
                        + " residuals: memory left (Ljung-Box, and robust to changing variance), changing variance (squares),"
                        + " the normal law. With many assets some p-values are small by chance. The figures show "
                        + shown.asset() + ", the asset with the smallest p-value above.")
                .table(ReportTable.of("Last model of each asset", StudyTables.models(result))
                        .format(ReportTable.Format.LABEL, "status")
                        .folded());
        ModelFigures.overview(shown.model(), Optional.of(shown.observed())).forEach((name, figure) -> {
            // A price one row late looks like a good fit and is none.
            if (!name.equals("fitted")) {
                section.figure(figure.withTitle(shown.asset() + ": " + figure.title()));
            }
        });
        return List.of(section);
    }

    private static ReportSection regimes(StudyResult result) {
        return ReportSection.titled("Regimes")
                .figure(StudyFigures.regimes(result))
                .table(ReportTable.of("Return while each regime held", StudyTables.regimes(result))
                        .format(ReportTable.Format.PERCENT, "share", "annualReturn")
                        .format(ReportTable.Format.FIXED_2, "sharpe"));
    }

    private static ReportSection trades(StudyResult result) {
        return ReportSection.titled("Trades")
                .text(Numbers.fixed(result.trades().size(), 0)
                        + " round trips. All of them stand in trades.parquet beside this report; equity.parquet holds the"
                        + " equity of every bar.")
                .table(ReportTable.of("Largest gains and losses", StudyTables.largestTrades(result, TRADES_SHOWN))
                        .format(ReportTable.Format.WHOLE, "fees", "slippage", "pnl")
                        .folded());
    }

    private static ReportSection data(StudyResult result) {
        long errors = result.data().stream()
                .filter(series -> series.quality().hasErrors())
                .count();
        ReportSection section = ReportSection.titled("Data quality")
                .text(
                        errors == 0
                                ? "No series breaks a rule that makes its rows unusable as they are."
                                : errors + " of " + result.data().size()
                                        + " series break a rule; the rows in question were marked as gaps.")
                .table(ReportTable.of("Series", StudyTables.data(result))
                        .format(ReportTable.Format.LABEL, "quality", "provenance"));
        if (result.data().stream()
                .anyMatch(series -> !series.quality().findings().isEmpty())) {
            section.table(ReportTable.of("Findings", StudyTables.findings(result))
                    .format(ReportTable.Format.LABEL, "severity")
                    .folded());
        }
        return section;
    }

    private static ReportSection rerun(Statement statement) {
        return ReportSection.titled("Run it again")
                .text("The same data, settings and seed give the same numbers bit for bit, for any number of threads.")
                .code(statement.rerun())
                .facts(statement.run());
    }
}
