package org.lama.backtest.api;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.lama.backtest.honesty.Waterfall;
import org.lama.backtest.verdict.Verdict;
import org.lama.backtest.walkforward.StudyResult;
import org.lama.core.base.Issue;
import org.lama.core.series.Provenance;
import org.lama.core.series.QualityReport;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.Node;

/** Writes a study as {@code result.json}: everything needed to run it again and to compare. */
final class Manifest {
    static final String SCHEMA = "lama.study/1";

    private Manifest() {}

    /** What stands in the manifest beside the result. */
    record Header(String command, boolean quick, String dataChecksum, Node hypothesis, Node ledger) {
        /** Of a study; its hypothesis is added by {@link #withHypothesis}. */
        static Header of(boolean quick, String dataChecksum, Node ledger) {
            return new Header("study", quick, dataChecksum, Node.object().build(), ledger);
        }

        Header withHypothesis(Node text) {
            return new Header(command, quick, dataChecksum, text, ledger);
        }
    }

    static Node of(StudyRequest request, StudyResult result, Verdict verdict, Waterfall waterfall, Header header) {
        return Node.object()
                .put("schema", SCHEMA)
                .put("command", header.command())
                .put("partial", result.partial())
                .put("quick", header.quick())
                .put("settings", StudyConfig.document(request))
                .put("seed", request.study().seed())
                .put("versions", versions())
                .put("determinism", "BITWISE")
                .put("provenance", worst(result).name())
                .put("hypothesis", header.hypothesis())
                .put("dataChecksum", header.dataChecksum())
                .put("data", list(result.data(), Manifest::series))
                .put("trials", trials(result))
                .put("ledger", header.ledger())
                .put("metrics", metrics(result))
                .put("significance", significance(result.significance()))
                .put("sensitivity", list(result.sensitivity(), Manifest::cost))
                .put("slippageModels", list(result.slippageModels(), Manifest::slippage))
                .put("combiners", list(result.combiners(), Manifest::combiner))
                .put("regimes", list(result.regimes(), Manifest::regime))
                .put("assets", list(result.assets(), Manifest::asset))
                .put("planted", list(planted(result), Function.identity()))
                .put("folds", list(result.folds(), Manifest::fold))
                .put("dropped", list(result.dropped(), Manifest::dropped))
                .put("members", list(result.activity(), Manifest::member))
                .put("vetoes", list(result.vetoes(), Manifest::veto))
                .put("delisting", list(result.delisting(), Manifest::delisting))
                .put("waterfall", ChecksManifest.waterfall(waterfall))
                .put("intrabarBounds", ChecksManifest.bounds(result.checks().bounds()))
                .put("capacity", ChecksManifest.capacity(result.checks().capacity()))
                .put("ablation", list(result.checks().ablation(), ChecksManifest::ablation))
                .put("bestOfTried", ChecksManifest.bestOfTried(result.checks().bestOfTried()))
                .put("combinerTracking", ChecksManifest.tracking(result.checks().tracking()))
                .put("equityChecksum", DataBits.of(result.curve()))
                .put("verdict", verdict.outcome().name())
                .put("reason", verdict.why())
                .put("next", verdict.next())
                .build();
    }

    /** A result is worth what the worst of its series is worth. */
    private static Provenance.Kind worst(StudyResult result) {
        return result.data().stream()
                .map(series -> series.provenance().kind())
                .max(Comparator.naturalOrder())
                .orElse(Provenance.Kind.HISTORICAL);
    }

    private static Node versions() {
        return Node.object()
                .put("lama", Versions.lama())
                .put("java", Versions.java())
                .build();
    }

    private static <T> Node list(List<T> items, Function<T, Node> writer) {
        return Node.array(items.stream().map(writer).toList());
    }

    private static Instant time(long nanos) {
        return TimeIndex.instant(nanos);
    }

    private static Node series(StudyResult.SeriesInfo series) {
        QualityReport quality = series.quality();
        Node.Fields counts = Node.object();
        for (Issue.Reason reason : Issue.Reason.values()) {
            if (quality.count(reason) > 0) {
                counts.put(reason.name(), quality.count(reason));
            }
        }
        return Node.object()
                .put("symbol", series.symbol())
                .put("instrument", series.instrument())
                .put("path", series.provenance().source())
                .put("sha256", series.provenance().sha256())
                .put("rows", series.rows())
                .put("from", time(series.from()))
                .put("to", time(series.to()))
                .put("provenance", series.provenance().kind().name())
                .put("note", series.provenance().note())
                .put(
                        "quality",
                        Node.object()
                                .put("rows", quality.rows())
                                .put("expected", quality.expected())
                                .put("missing", quality.missing())
                                .put("gaps", quality.gaps())
                                .put("findings", counts.build())
                                .build())
                .build();
    }

    private static Node trials(StudyResult result) {
        return Node.object()
                .put("raw", result.significance().rawTrials())
                .put("onThisWindow", result.significance().trialsOnWindow())
                .put("effective", result.significance().effectiveTrials())
                .put("variance", result.significance().trialVariance())
                .put("ledgerStarted", result.significance().ledgerStarted())
                .build();
    }

    private static Node metrics(StudyResult result) {
        return Node.object()
                .put("strategy", numbers(result.strategy()))
                .put("benchmark", numbers(result.benchmark()))
                .build();
    }

    private static Node numbers(Map<String, Double> values) {
        Node.Fields fields = Node.object();
        values.forEach(fields::put);
        return fields.build();
    }

    private static Node significance(StudyResult.Significance s) {
        return Node.object()
                .put("days", s.days())
                .put("observations", s.observations())
                .put("sharpe", s.sharpe())
                .put("sharpeLow", s.sharpeLow())
                .put("sharpeHigh", s.sharpeHigh())
                .put("meanReturn", s.meanReturn())
                .put("meanLow", s.meanLow())
                .put("meanHigh", s.meanHigh())
                .put("meanLowerBound", s.meanLowerBound())
                .put("blockLength", s.blockLength())
                .put("probabilisticSharpe", s.probabilistic())
                .put("deflatedSharpe", s.deflated())
                .put("overfittingProbability", s.overfitting())
                .put("minimumTrackRecordDays", s.minimumDays())
                .put("breakEvenCost", s.breakEvenCost())
                .build();
    }

    private static Node cost(StudyResult.CostPoint point) {
        return Node.object()
                .put("multiple", point.multiple())
                .put("totalReturn", point.totalReturn())
                .put("sharpe", point.sharpe())
                .put("maxDrawdown", point.maxDrawdown())
                .put("costs", point.costs())
                .build();
    }

    private static Node slippage(StudyResult.SlippagePoint point) {
        return Node.object()
                .put("model", point.model().text())
                .put("assumes", point.assumes())
                .put("configured", point.configured())
                .put("totalReturn", point.totalReturn())
                .put("sharpe", point.sharpe())
                .put("maxDrawdown", point.maxDrawdown())
                .put("costs", point.costs())
                .build();
    }

    private static Node combiner(StudyResult.CombinerOutcome outcome) {
        return Node.object()
                .put("name", outcome.name())
                .put("totalReturn", outcome.totalReturn())
                .put("sharpe", outcome.sharpe())
                .put("maxDrawdown", outcome.maxDrawdown())
                .put("turnover", outcome.turnover())
                .put("configured", outcome.configured())
                .put("best", outcome.best())
                .build();
    }

    private static Node regime(StudyResult.RegimeOutcome outcome) {
        return Node.object()
                .put("label", outcome.label().name())
                .put("share", outcome.share())
                .put("annualReturn", outcome.annualReturn())
                .put("sharpe", outcome.sharpe())
                .build();
    }

    private static Node asset(StudyResult.AssetOutcome outcome) {
        return Node.object()
                .put("asset", outcome.symbol())
                .put("activeDays", outcome.activeDays())
                .put("okFolds", outcome.okFolds())
                .put("folds", outcome.folds())
                .put("nonZeroDays", outcome.nonZeroDays())
                .put("roundTrips", outcome.roundTrips())
                .put("pnl", outcome.pnl())
                .put("sharpe", outcome.sharpe())
                .put("pValue", outcome.pValue())
                .put("adjusted", outcome.adjusted())
                .put("found", outcome.found())
                .build();
    }

    private static List<Node> planted(StudyResult result) {
        return result.planted().stream()
                .map(truth -> Node.object()
                        .put("asset", truth.symbol())
                        .put("annualSharpe", truth.annualSharpe())
                        .put(
                                "found",
                                result.assets().stream()
                                        .anyMatch(asset -> asset.symbol().equals(truth.symbol()) && asset.found()))
                        .build())
                .toList();
    }

    private static Node fold(StudyResult.FoldOutcome fold) {
        return Node.object()
                .put("asset", fold.asset())
                .put("trainFrom", time(fold.trainFrom()))
                .put("trainTo", time(fold.trainTo()))
                .put("testFrom", time(fold.testFrom()))
                .put("testTo", time(fold.testTo()))
                .put("complete", fold.complete())
                .put("status", fold.status().name())
                .put("model", fold.model())
                .put("inSample", fold.inSample())
                .put("outOfSample", fold.outOfSample())
                .build();
    }

    private static Node dropped(StudyResult.Dropped dropped) {
        return Node.object()
                .put("asset", dropped.asset())
                .put("reason", dropped.reason())
                .build();
    }

    private static Node member(StudyResult.MemberActivity member) {
        return Node.object()
                .put("member", member.member())
                .put("directionalFolds", member.directionalFolds())
                .put("riskFolds", member.riskFolds())
                .put("neutralFolds", member.neutralFolds())
                .put("meanWeight", member.meanWeight())
                .put("meanContribution", member.meanContribution())
                .put("fits", Node.texts(member.fits()))
                .build();
    }

    private static Node veto(StudyResult.Veto veto) {
        return Node.object()
                .put("reason", veto.reason())
                .put("decisions", veto.decisions())
                .build();
    }

    private static Node delisting(StudyResult.DelistingPoint point) {
        return Node.object()
                .put("haircut", point.haircut())
                .put("totalReturn", point.totalReturn())
                .put("sharpe", point.sharpe())
                .build();
    }
}
