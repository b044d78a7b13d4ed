package org.lama.backtest.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lama.backtest.honesty.Calibration;
import org.lama.backtest.honesty.CalibrationResult;
import org.lama.backtest.honesty.NullMarkets;
import org.lama.backtest.honesty.VerdictPower;
import org.lama.backtest.report.CalibrationReport;
import org.lama.backtest.report.Figure;
import org.lama.core.base.Api;
import org.lama.core.base.Tabular;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/**
 * A finished calibration: false alarms, power, smallest detectable edge, and the user's own result held against the null
 * markets. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class CalibrationOutcome {
    private final CalibrationRequest request;
    private final CalibrationResult result;
    private final List<VerdictPower.Point> verdict;
    private final Optional<Study> own;
    private final CalibrationJournal.Identity identity;

    CalibrationOutcome(
            CalibrationRequest request,
            CalibrationResult result,
            List<VerdictPower.Point> verdict,
            Optional<Study> own,
            CalibrationJournal.Identity identity) {
        this.request = request;
        this.result = result;
        this.verdict = List.copyOf(verdict);
        this.own = own;
        this.identity = identity;
    }

    /**
     * The figures.
     *
     * @return the result of the whole pipeline
     */
    public CalibrationResult result() {
        return result;
    }

    /**
     * The verdict alone, on streams of returns.
     *
     * @return one point per Sharpe ratio
     */
    public List<VerdictPower.Point> verdict() {
        return verdict;
    }

    /**
     * The study of the user's own data.
     *
     * @return empty for the synthetic market
     */
    public Optional<Study> own() {
        return own;
    }

    /**
     * One row per planted strength, the null markets first.
     *
     * @return the table
     */
    public Tabular table() {
        return result;
    }

    /**
     * The power curve.
     *
     * @return the figure
     */
    public Figure figure() {
        return CalibrationReport.powerCurve(result, verdict);
    }

    /**
     * The calibration in words.
     *
     * @return lines of text
     */
    public String explain() {
        CalibrationResult.Level nulls = result.nulls();
        StringBuilder text = new StringBuilder();
        text.append(line(
                "False alarms: %d of %d markets without an edge were called EDGE: %.1f %% (standard error %.1f %%), %s",
                nulls.edges(),
                nulls.markets(),
                100 * nulls.share(),
                100 * nulls.standardError(),
                result.sizeHolds() ? "within 5 % plus two standard errors" : "MORE than 5 % plus two standard errors"));
        for (NullMarkets.Kind kind : NullMarkets.Kind.values()) {
            CalibrationResult.Level some = result.nulls(kind);
            text.append(line(
                    "  %s: %d of %d, mean net Sharpe ratio %.2f",
                    kind.label(), some.edges(), some.markets(), some.meanSharpe()));
        }
        text.append(besideText());
        for (CalibrationResult.Level level :
                result.levels().subList(1, result.levels().size())) {
            text.append(line(
                    "Planted %.2f: found in %.0f %% (± %.0f %%), mean net Sharpe ratio %.2f; who knows the drift's law earns"
                            + " %.2f",
                    level.strength(),
                    100 * level.share(),
                    100 * level.standardError(),
                    level.meanSharpe(),
                    level.perfectSharpe()));
        }
        text.append(smallest());
        own.ifPresent(study -> text.append(line(
                "Your data: net Sharpe ratio %.2f, empirical p-value %.3f: %s",
                study.result().significance().sharpe(),
                pValue(study),
                study.verdict().headline())));
        return text.toString();
    }

    private String besideText() {
        StringBuilder text = new StringBuilder();
        result.beside(Calibration.Batch.FREE)
                .ifPresent(level -> text.append(line(
                        "  without costs: %d of %d (standard error %.1f %%), mean Sharpe ratio %.2f",
                        level.edges(), level.markets(), 100 * level.standardError(), level.meanSharpe())));
        result.beside(Calibration.Batch.RISING)
                .ifPresent(level -> text.append(line(
                        "Rising markets without anything to forecast: %d of %d called EDGE (mean net Sharpe ratio %.2f): the"
                                + " verdict compares with cash, and holding them earns; %d of them above holding as well",
                        level.edges(), level.markets(), level.meanSharpe(), result.edgesAboveRisingMarkets())));
        return text.toString();
    }

    private String smallest() {
        String bound =
                String.format(Locale.ROOT, "at most %.2f wanted over %.1f years", result.bound(), result.years());
        return result.smallestDetectable().isPresent()
                ? line(
                        "Smallest edge found in 80 %%: net Sharpe ratio %.2f a year as traded (%s); %.2f for who knows its"
                                + " law",
                        result.smallestDetectable().getAsDouble(),
                        bound,
                        result.smallestDetectablePerfect().orElse(Double.NaN))
                : "Smallest edge found in 80 %: n/a, no planted strength was found that often (" + bound + ")\n";
    }

    private double pValue(Study study) {
        return result.empiricalPValue(study.result().significance().sharpe());
    }

    private static String line(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values) + "\n";
    }

    /**
     * Everything as a document; no time of day stands in it, so equal calibrations have equal bytes.
     *
     * @return figures, settings, checksums and all markets
     */
    public Node document() {
        List<Node> levels = new ArrayList<>();
        for (CalibrationResult.Level level : result.levels()) {
            Node.Fields fields = Node.object()
                    .put("strength", level.strength())
                    .put("markets", level.markets())
                    .put("edges", level.edges())
                    .put("notEnough", level.notEnough())
                    .put("failed", level.failed())
                    .put("share", level.share())
                    .put("standardError", level.standardError())
                    .put("meanSharpe", level.meanSharpe())
                    .put("sharpeDeviation", level.sharpeDeviation());
            if (level.strength() > 0) {
                fields.put("perfectSharpe", level.perfectSharpe());
            }
            levels.add(fields.build());
        }
        Node.Fields root = Node.object()
                .put("format", "lama-calibration-result-1")
                .put("lama", identity.version())
                .put("dataChecksum", identity.dataChecksum())
                .put("settingsHash", identity.settingsHash())
                .put("years", result.years())
                .put("falseAlarms", result.nulls().share())
                .put("falseAlarmsStandardError", result.nulls().standardError())
                .put("sizeHolds", result.sizeHolds())
                .put("bound", result.bound());
        result.smallestDetectable().ifPresent(value -> root.put("smallestDetectableSharpe", value));
        result.smallestDetectablePerfect().ifPresent(value -> root.put("smallestDetectablePerfectSharpe", value));
        own.ifPresent(study -> root.put("own", own(study)));
        result.beside(Calibration.Batch.FREE)
                .ifPresent(level -> root.put("withoutCosts", beside(level).build()));
        result.beside(Calibration.Batch.RISING)
                .ifPresent(level -> root.put(
                        "rising",
                        beside(level)
                                .put("edgesAboveHolding", result.edgesAboveRisingMarkets())
                                .build()));
        return root.put("levels", Node.array(levels))
                .put("verdictAlone", Node.array(points()))
                .put("settings", settings())
                .put(
                        "markets",
                        Node.array(result.markets().stream()
                                .map(CalibrationJournal::document)
                                .toList()))
                .build();
    }

    private static Node.Fields beside(CalibrationResult.Level level) {
        return Node.object()
                .put("markets", level.markets())
                .put("edges", level.edges())
                .put("failed", level.failed())
                .put("share", level.share())
                .put("standardError", level.standardError())
                .put("meanSharpe", level.meanSharpe())
                .put("sharpeDeviation", level.sharpeDeviation());
    }

    private Node own(Study study) {
        Node.Fields fields = Node.object().put("verdict", study.verdict().headline());
        double sharpe = study.result().significance().sharpe();
        if (!Double.isNaN(sharpe)) {
            fields.put("sharpe", sharpe).put("pValue", pValue(study));
        }
        return fields.build();
    }

    private List<Node> points() {
        List<Node> points = new ArrayList<>();
        for (VerdictPower.Point point : verdict) {
            points.add(Node.object()
                    .put("sharpe", point.sharpe())
                    .put("streams", point.streams())
                    .put("edges", point.edges())
                    .put("share", point.share())
                    .build());
        }
        return points;
    }

    private Node settings() {
        return settings(request);
    }

    static Node settings(CalibrationRequest request) {
        Node.Fields fields = Node.object()
                .put("nullMarkets", request.nullMarkets())
                .put("plantedMarkets", request.plantedMarkets())
                .put(
                        "strengths",
                        Node.array(request.strengths().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray()))
                .put("persistence", request.persistence())
                .put("free", request.beside().free())
                .put("rising", request.beside().rising())
                .put("riseSharpe", request.beside().riseSharpe())
                .put("kind", request.study().data().kind().name())
                .put("study", StudyConfig.document(request.study()).get("study"));
        request.testYears().ifPresent(years -> fields.put("testYears", years));
        return fields.build();
    }

    /**
     * Writes {@code calibration.html}, {@code power.svg} and {@code result.json}.
     *
     * @param folder where to
     * @throws IOException if it cannot be written
     */
    public void write(OutputFolder folder) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("LAMA", identity.version());
        facts.put("Seed", String.valueOf(request.study().study().seed()));
        facts.put("Determinism", "equal bits for any number of threads, interrupted or not");
        facts.put("SHA-256 of the data", identity.dataChecksum());
        facts.put("Settings", Documents.compactJson(settings()));
        List<CalibrationReport.Own> mine = own.stream()
                .map(study -> new CalibrationReport.Own(
                        study.result().significance().sharpe(),
                        pValue(study),
                        study.verdict().headline()))
                .toList();
        CalibrationReport.of(result, verdict, mine, facts).write(folder.file("calibration.html"));
        figure().write(folder.file("power.svg"));
        Documents.writeJson(folder.file("result.json"), document());
    }

    /** How a study's result is read as the outcome of a pipeline. */
    static Calibration.Judged judged(
            org.lama.backtest.walkforward.StudyResult study, String outcome, boolean aboveMarket) {
        return new Calibration.Judged(
                outcome,
                study.significance().sharpe(),
                study.significance().deflated(),
                study.trades().size(),
                aboveMarket);
    }
}
