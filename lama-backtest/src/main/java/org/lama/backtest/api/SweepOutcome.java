package org.lama.backtest.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lama.backtest.analytics.OverfittingProbability;
import org.lama.backtest.analytics.Perturbation;
import org.lama.backtest.analytics.RealityCheck;
import org.lama.backtest.analytics.TradeRisk;
import org.lama.backtest.report.BacktestReport;
import org.lama.backtest.report.Figure;
import org.lama.backtest.report.ReportSection;
import org.lama.backtest.report.Robustness;
import org.lama.backtest.report.SweepReport;
import org.lama.backtest.sweep.Plateau;
import org.lama.backtest.sweep.SweepResult;
import org.lama.backtest.sweep.SweepStatistics;
import org.lama.backtest.sweep.SweepTrial;
import org.lama.backtest.verdict.Evidence;
import org.lama.backtest.verdict.Verdict;
import org.lama.backtest.verdict.VerdictRule;
import org.lama.core.base.Api;
import org.lama.core.base.Tabular;
import org.lama.core.store.Node;

/**
 * A finished sweep: its trials, the verdict on the best of them with all trials counted against it, and everything a person
 * looks at. Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class SweepOutcome {
    private final SweepRequest request;
    private final SweepResult result;
    private final SweepJudgement judged;
    private final SweepExtras extras;

    SweepOutcome(SweepRequest request, SweepResult result, SweepJudgement judged, SweepExtras extras) {
        this.request = request;
        this.result = result;
        this.judged = judged;
        this.extras = extras;
    }

    /**
     * What was asked.
     *
     * @return the request
     */
    public SweepRequest request() {
        return request;
    }

    /**
     * The trials.
     *
     * @return counts, best ones, and a walk over all
     */
    public SweepResult result() {
        return result;
    }

    /**
     * The verdict on the best trial by the rule of studies, with the trials counted against it.
     *
     * @return the verdict
     */
    public Verdict verdict() {
        return judged.verdict();
    }

    /**
     * The rule, which depends on the request alone.
     *
     * @return rule with its checksum
     */
    public VerdictRule rule() {
        return judged.rule();
    }

    /**
     * Trials on the same data: this sweep, and what the ledger knows besides.
     *
     * @return number, effective number, and variance of the Sharpe ratios
     */
    public Evidence.Trials trials() {
        return judged.trials();
    }

    /**
     * The deflated Sharpe ratio of the best trial.
     *
     * @return a probability; NaN if no trial has a value
     */
    public double deflatedSharpe() {
        return judged.deflatedSharpe();
    }

    /**
     * The probability of overfitting over the sample of trials whose returns were kept.
     *
     * @return empty below 10 configurations or 32 returns
     */
    public Optional<OverfittingProbability> overfitting() {
        return judged.overfitting();
    }

    /**
     * White's reality check and Hansen's test of superior predictive ability over the same sample.
     *
     * @return empty where they have no p-value
     */
    public Optional<RealityCheck> realityCheck() {
        return judged.reality();
    }

    /**
     * The robust region.
     *
     * @return empty if no trial has a value
     */
    public Optional<Plateau> plateau() {
        return judged.plateau();
    }

    /**
     * Share of the metric's variance that each parameter explains alone.
     *
     * @return by parameter, a copy; empty with fewer than 10 values
     */
    public Map<String, Double> importance() {
        return new LinkedHashMap<>(judged.importance());
    }

    /**
     * The choice walked forward, if the request asks for it.
     *
     * @return folds, account out of sample, and the verdict on it; empty also if it was interrupted
     */
    public Optional<SweepWalkOutcome> walkForward() {
        return extras.walk();
    }

    /**
     * How the metric of the best trial holds when each of its numbers is moved.
     *
     * @return empty without a best trial, or if no parameter is a number
     */
    public Optional<Perturbation> movedParameters() {
        return extras.shaken().flatMap(SweepShake.Shaken::parameters);
    }

    /**
     * How the metric of the best trial holds under noise on prices.
     *
     * @return empty without a best trial
     */
    public Optional<Perturbation> noisyPrices() {
        return extras.shaken().flatMap(SweepShake.Shaken::prices);
    }

    /**
     * The round trips of the best trial drawn anew.
     *
     * @return empty without a best trial
     */
    public Optional<TradeRisk> tradeRisk() {
        return extras.trades();
    }

    /**
     * Whether all that was asked for is there.
     *
     * @return false if the sweep was stopped before its end
     */
    public boolean isWhole() {
        return result.isWhole() && !extras.interrupted();
    }

    /**
     * Whether any series was generated.
     *
     * @return true if so
     */
    public boolean isSynthetic() {
        return judged.isSynthetic();
    }

    /**
     * The best trials.
     *
     * @return a table; {@code Tables.of} makes a Tablesaw table of it
     */
    public Tabular table() {
        return result;
    }

    /**
     * All trials as a table, for sweeps that fit into memory.
     *
     * @return a table; {@code Tables.of} makes a Tablesaw table of it
     * @throws IOException if the log cannot be read
     */
    public Tabular allTrials() throws IOException {
        List<SweepTrial> all = new ArrayList<>();
        result.forEach(all::add);
        return SweepReport.table(result, all);
    }

    /**
     * Every figure by name: heat map, parallel coordinates, importance, slices.
     *
     * @return in reading order
     * @throws IOException if the log cannot be read
     */
    public Map<String, Figure> figures() throws IOException {
        Map<String, Figure> figures = new LinkedHashMap<>(report().figures());
        extras.walk().ifPresent(walk -> figures.putAll(SweepWalkReport.figures(walk)));
        return figures;
    }

    SweepReport report() throws IOException {
        return SweepReport.of(
                result,
                new SweepReport.Judgement(
                        request.backtest().strategy(),
                        request.metric(),
                        judged.verdict(),
                        judged.selection(),
                        judged.plateau(),
                        judged.importance(),
                        run(),
                        isSynthetic()),
                sections());
    }

    private List<ReportSection> sections() {
        List<ReportSection> sections = new ArrayList<>();
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("Hypothesis", judged.rule().hypothesis());
        asked.put("Rule", judged.rule().sentence());
        asked.put("SHA-256 of the rule", judged.rule().hash());
        sections.add(ReportSection.titled("What was asked")
                .text("The hypothesis and the rule that answers it follow from the request alone.")
                .facts(asked));
        extras.record().ifPresent(record -> sections.addAll(BacktestReport.judging(record)));
        extras.walk().ifPresent(walk -> sections.add(SweepWalkReport.section(walk)));
        if (extras.walk().isEmpty() && request.walk().isPresent()) {
            sections.add(ReportSection.titled(SweepWalkReport.TITLE).text("n/a: the sweep was stopped before it."));
        }
        sections.add(Robustness.shaken(request.metric(), movedParameters(), noisyPrices()));
        extras.trades().ifPresent(risk -> sections.add(Robustness.trades(risk)));
        return sections;
    }

    private Map<String, String> run() {
        Map<String, String> run = new LinkedHashMap<>();
        run.put("LAMA", Versions.lama());
        run.put("Java", Versions.java());
        run.put("Seed", String.valueOf(request.backtest().settings().seed()));
        run.put("Sampler", result.identity().settings().getOrDefault("sampler", ""));
        run.put("Computed by", judged.path());
        run.put("SHA-256 of the data", result.identity().dataSha256());
        run.put("SHA-256 of the settings", result.identity().settingsSha256());
        run.put("SHA-256 of the rule", judged.rule().hash());
        return run;
    }

    /**
     * The result in a few lines.
     *
     * @return text that ends in a line feed
     */
    public String explain() {
        SweepStatistics statistics = result.statistics();
        StringBuilder text = new StringBuilder();
        line(
                text,
                "%d trials of %s over %s",
                statistics.count(),
                request.backtest().strategy(),
                request.space());
        line(text, "Computed by %s", judged.path());
        if (statistics.count() > statistics.defined()) {
            line(
                    text,
                    "%d have no %s: %s",
                    statistics.count() - statistics.defined(),
                    request.metric(),
                    SweepReasons.words(statistics));
        }
        if (result.best().isPresent()) {
            SweepTrial best = result.best().get();
            line(
                    text,
                    "Best: %s with %s %s; total return %s, deepest drawdown %s, %d round trips",
                    best.parameters(),
                    request.metric(),
                    SweepJudgement.fixed(best.value(), 3),
                    percent(best.figures().totalReturn()),
                    percent(best.figures().maximumDrawdown()),
                    best.figures().roundTrips());
        } else {
            line(text, "Best: n/a, no trial has a value");
        }
        judged.plateau()
                .ifPresent(region -> line(
                        text,
                        "Robust region: %s",
                        region.weakness(request.metric()).orElseGet(() -> around(region))));
        judged.selection().forEach((name, words) -> line(text, "%s: %s", name, words));
        extras.walk().ifPresent(walk -> text.append(SweepWalkReport.explain(walk)));
        return text.toString();
    }

    private String around(Plateau region) {
        return String.format(
                Locale.ROOT,
                "around trial %d (%s %s), three quarters of its %d neighbours reach %s",
                region.trial(),
                request.metric(),
                SweepJudgement.fixed(region.value(), 3),
                region.neighbours(),
                SweepJudgement.fixed(region.quartile(), 3));
    }

    private static void line(StringBuilder text, String pattern, Object... values) {
        text.append(String.format(Locale.ROOT, pattern, values)).append('\n');
    }

    private static String percent(double fraction) {
        return Double.isFinite(fraction) ? String.format(Locale.ROOT, "%.1f %%", 100 * fraction) : "n/a";
    }

    /**
     * The verdict for the end of a command: on the returns out of sample if the choice was walked forward, which is the stronger
     * test, else on the best trial.
     *
     * @return verdict, why and next command
     */
    public List<String> closingLines() {
        List<String> lines = new ArrayList<>();
        if (!isWhole()) {
            lines.add("PARTIAL: the sweep was stopped; the same command with --resume goes on.");
        }
        lines.addAll(extras.walk()
                .map(SweepWalkOutcome::verdict)
                .orElse(judged.verdict())
                .closingLines());
        return lines;
    }

    /**
     * The manifest: settings, seeds, checksums, versions, counts, the best trials, and the verdict.
     *
     * @param folder where it will lie
     * @return what {@code result.json} holds
     */
    public Node manifest(OutputFolder folder) {
        return SweepFiles.manifest(request, result, judged, extras, folder.path());
    }

    /**
     * Writes report.html, the figures as SVG, all trials as CSV, JSON lines and, up to 250,000, Parquet, and, last, result.json.
     *
     * @param folder where
     * @throws IOException if a file cannot be written
     */
    public void write(OutputFolder folder) throws IOException {
        SweepFiles.write(result, figures(), report(), manifest(folder), folder);
        if (extras.walk().isPresent()) {
            SweepFiles.writeEquity(extras.walk().get().nested(), folder);
        }
    }
}
