package org.lama.backtest.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lama.backtest.sweep.Plateau;
import org.lama.backtest.sweep.SweepResult;
import org.lama.backtest.sweep.SweepStatistics;
import org.lama.backtest.sweep.SweepTrial;
import org.lama.backtest.sweep.TrialColumns;
import org.lama.backtest.verdict.Verdict;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.search.Parameter;

/**
 * A sweep as a page: the verdict on its best configuration, what its number of trials does to it, robust regions, and figures
 * over the parameters. The same sweep gives the same bytes. Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class SweepReport {
    private static final int MOST_SLICES = 6;
    private static final int MOST_REASONS = 12;
    private static final String DISCLAIMER =
            "The best of many trials looks better than it is. Research and education only; no financial advice.";

    private final SweepResult result;
    private final Judgement judgement;
    private final TrialColumns trials;
    private final List<ReportSection> more;

    /**
     * What was made of a sweep.
     *
     * @param strategy name of the strategy
     * @param metric that ranked the trials
     * @param verdict on the best configuration
     * @param selection what the selection does to the result, in words by name
     * @param plateau the best region, if there is one
     * @param importance shares of the metric's variance by parameter; empty if unknown
     * @param run seeds, versions, checksums by name
     * @param synthetic whether the data were generated
     */
    public record Judgement(
            String strategy,
            String metric,
            Verdict verdict,
            Map<String, String> selection,
            Optional<Plateau> plateau,
            Map<String, Double> importance,
            Map<String, String> run,
            boolean synthetic) {
        /**
         * Copies the maps in their order.
         *
         * @param strategy name of the strategy
         * @param metric that ranked the trials
         * @param verdict on the best configuration
         * @param selection what the selection does to the result, in words by name
         * @param plateau the best region, if there is one
         * @param importance shares of the metric's variance by parameter; empty if unknown
         * @param run seeds, versions, checksums by name
         * @param synthetic whether the data were generated
         */
        public Judgement {
            Check.notBlank(strategy, "strategy");
            Check.notBlank(metric, "metric");
            selection = new LinkedHashMap<>(selection);
            importance = new LinkedHashMap<>(importance);
            run = new LinkedHashMap<>(run);
        }
    }

    private SweepReport(SweepResult result, Judgement judgement, TrialColumns trials, List<ReportSection> more) {
        this.result = result;
        this.judgement = judgement;
        this.trials = trials;
        this.more = List.copyOf(more);
    }

    /**
     * A report; reads all trials once.
     *
     * @param result the sweep
     * @param judgement what was made of it
     * @param more sections that follow the best trials
     * @return the report
     * @throws IOException if the log of the sweep cannot be read
     */
    public static SweepReport of(SweepResult result, Judgement judgement, List<ReportSection> more) throws IOException {
        return new SweepReport(result, judgement, TrialColumns.of(result), more);
    }

    /**
     * Every figure by the name of its file without ending.
     *
     * @return heat map of the two parameters that matter most, parallel coordinates, importance, slices
     */
    public Map<String, Figure> figures() {
        Map<String, Figure> figures = new LinkedHashMap<>();
        List<String> names = byImportance();
        pair(names)
                .ifPresent(pair -> figures.put(
                        "heat-map", SweepFigures.heatMap(trials, judgement.metric(), pair.get(0), pair.get(1))));
        figures.put(
                "parallel-coordinates",
                SweepFigures.parallelCoordinates(trials, judgement.metric(), result.direction()));
        if (!judgement.importance().isEmpty()) {
            figures.put("importance", SweepFigures.importance(judgement.metric(), judgement.importance()));
        }
        for (String name : names.subList(0, Math.min(MOST_SLICES, names.size()))) {
            figures.put("slice-" + name, SweepFigures.slice(trials, judgement.metric(), name));
        }
        return figures;
    }

    private List<String> byImportance() {
        List<String> names = new ArrayList<>(result.space().parameters().stream()
                .filter(each -> each.count().orElse(Long.MAX_VALUE) > 1)
                .map(Parameter::name)
                .toList());
        names.sort((a, b) -> Double.compare(share(b), share(a)));
        return names;
    }

    /** The two that matter most of those that exist together: one that exists for a single choice draws no map with it. */
    private Optional<List<String>> pair(List<String> names) {
        for (int first = 0; first < names.size(); first++) {
            for (int second = first + 1; second < names.size(); second++) {
                if (!depends(names.get(first), names.get(second)) && !depends(names.get(second), names.get(first))) {
                    return Optional.of(List.of(names.get(first), names.get(second)));
                }
            }
        }
        return Optional.empty();
    }

    private boolean depends(String name, String on) {
        return result.space()
                .parameter(name)
                .condition()
                .filter(each -> each.parent().equals(on))
                .isPresent();
    }

    private double share(String name) {
        double share = judgement.importance().getOrDefault(name, 0.0);
        return Double.isFinite(share) ? share : 0;
    }

    /**
     * The page: no script, no outside resource, light and dark.
     *
     * @return the page, ready to be written
     */
    public HtmlReport page() {
        SweepStatistics statistics = result.statistics();
        HtmlReport page = HtmlReport.titled("Sweep of " + judgement.strategy())
                .subtitle(Numbers.fixed((double) statistics.count(), 0) + " trials over "
                        + result.space().canonicalText() + ", ranked by " + judgement.metric());
        if (judgement.synthetic()) {
            page.banner("SYNTHETIC", "Generated data. The result is about the machinery, not about any coin.");
        }
        if (!result.isWhole()) {
            page.banner("PARTIAL", "The sweep was stopped; run it again with --resume to go on.");
        }
        Verdict verdict = judgement.verdict();
        page.verdict(mood(verdict), verdict.headline(), verdict.why(), verdict.next());
        page.section(
                ReportSection.titled("What the selection does to the best one").facts(judgement.selection()));
        page.section(bestSection());
        page.section(plateauSection());
        more.forEach(page::section);
        ReportSection over = ReportSection.titled("Over the parameters");
        figures().values().forEach(figure -> over.figure(figure).note(figure.description()));
        page.section(over);
        page.section(ended());
        page.section(ReportSection.titled("The run").facts(judgement.run()));
        return page.footnote(DISCLAIMER);
    }

    private static HtmlReport.Mood mood(Verdict verdict) {
        return switch (verdict.outcome()) {
            case EDGE -> HtmlReport.Mood.GOOD;
            case NO_EDGE -> HtmlReport.Mood.NEUTRAL;
            default -> HtmlReport.Mood.CAREFUL;
        };
    }

    private ReportSection bestSection() {
        ReportSection section = ReportSection.titled("Best trials");
        if (result.best().isEmpty()) {
            return section.text("No trial has a value: n/a.");
        }
        // the best ones all have a value: how they were computed stands below
        List<Tabular.Column> shown = new ArrayList<>();
        List<Tabular.Column> all = result.columns();
        int figures = all.size() - 8;
        for (int c = 0; c < figures + 5; c++) {
            Tabular.Column column = all.get(c);
            String name = c == figures ? judgement.metric() : column.name();
            boolean parameter = c > 0 && c < figures;
            shown.add(new Tabular.Column(
                    name,
                    parameter ? readable(result.space().parameters().get(c - 1), column.cells()) : column.cells()));
        }
        boolean apart = shown.stream().map(Tabular.Column::name).distinct().count() == shown.size();
        Tabular table = () -> apart ? shown : all;
        return section.table(
                ReportTable.of("Best trials", table).format(ReportTable.Format.PERCENT, "totalReturn", "maxDrawdown"));
    }

    /** Real numbers with a few digits; trials.csv has them all. */
    private static List<?> readable(Parameter parameter, List<?> cells) {
        boolean real = parameter instanceof Parameter.Real || parameter instanceof Parameter.Logarithmic;
        return real
                ? cells.stream()
                        .map(cell -> cell.toString().isEmpty() ? Double.NaN : parameter.parse(cell.toString()))
                        .toList()
                : cells;
    }

    private ReportSection plateauSection() {
        ReportSection section = ReportSection.titled("Robust region");
        Optional<Plateau> found = judgement.plateau();
        if (found.isEmpty()) {
            return section.text("n/a: no trial has a value.");
        }
        Plateau plateau = found.get();
        Optional<String> weakness = plateau.weakness(judgement.metric());
        if (weakness.isPresent()) {
            String words = weakness.get();
            return section.text(Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".");
        }
        String where = parameters(plateau.trial()).orElse("");
        return section.text("Around trial " + plateau.trial() + " (" + where + ") the "
                        + plateau.neighbours() + " trials within one step have a median " + judgement.metric() + " of "
                        + Numbers.significant(plateau.median(), 4) + ", and three quarters of them reach "
                        + Numbers.significant(plateau.quartile(), 4) + "; the trial itself has "
                        + Numbers.significant(plateau.value(), 4) + ".")
                .note("A region is ranked by what three quarters of its trials reach: a peak that stands alone is more"
                        + " likely luck than a plateau.");
    }

    private Optional<String> parameters(long number) {
        for (int row = 0; row < trials.size(); row++) {
            if (trials.number(row) == number) {
                List<String> parts = new ArrayList<>();
                for (int d = 0; d < trials.space().parameters().size(); d++) {
                    Parameter parameter = trials.space().parameters().get(d);
                    double at = trials.coordinate(d, row);
                    if (!Double.isNaN(at)) {
                        parts.add(parameter.name() + "="
                                + readable(parameter, List.of(parameter.text(at))).stream()
                                        .map(cell -> cell instanceof Double real
                                                ? Numbers.significant(real, 4)
                                                : cell.toString())
                                        .findFirst()
                                        .orElse(""));
                    }
                }
                return Optional.of(String.join(", ", parts));
            }
        }
        return Optional.empty();
    }

    private ReportSection ended() {
        SweepStatistics statistics = result.statistics();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Trials", Numbers.fixed((double) statistics.count(), 0));
        facts.put("With a value", Numbers.fixed((double) statistics.defined(), 0));
        facts.put("Stopped early", Numbers.fixed((double) statistics.pruned(), 0));
        statistics.paths().forEach((path, count) -> facts.put("Computed by " + path, Numbers.fixed((double) count, 0)));
        ReportSection section = ReportSection.titled("How the trials ended").facts(facts);
        if (!statistics.reasons().isEmpty()) {
            List<String> reasons = new ArrayList<>(statistics.reasons().keySet());
            List<Long> counts = new ArrayList<>(statistics.reasons().values());
            Tabular table = () -> List.of(new Tabular.Column("reason", reasons), new Tabular.Column("trials", counts));
            section.table(ReportTable.of("Trials without a value", table)
                    .format(ReportTable.Format.SENTENCE, "reason")
                    .first(MOST_REASONS));
        }
        return section;
    }

    /**
     * Trials as a table that reports and notebooks print.
     *
     * @param result the sweep
     * @param trials the rows
     * @return the table; {@link Tables#of} makes a Tablesaw table of it
     */
    public static Tabular table(SweepResult result, List<SweepTrial> trials) {
        return () -> SweepResult.columns(result.space(), trials);
    }
}
