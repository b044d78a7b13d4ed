package org.lama.backtest.api;

import java.util.List;
import java.util.function.Function;
import org.lama.backtest.analytics.CapacityCurve;
import org.lama.backtest.analytics.RealityCheck;
import org.lama.backtest.honesty.Waterfall;
import org.lama.backtest.report.BacktestRecord;
import org.lama.backtest.report.CapacityReport;
import org.lama.backtest.report.Robustness;
import org.lama.backtest.walkforward.CombinerTracking;
import org.lama.backtest.walkforward.StudyChecks;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.Node;

/** Writes what a run says about itself: waterfall, bounds, capacity, ablation, tracking. */
final class ChecksManifest {
    private ChecksManifest() {}

    private static <T> Node list(List<T> items, Function<T, Node> writer) {
        return Node.array(items.stream().map(writer).toList());
    }

    /** Of a backtest; what was not run is left out. */
    static Node of(BacktestRecord record) {
        BacktestRecord.Ambiguity found = record.ambiguity();
        double alike = found.bars() == 0 ? record.totalReturn() : Double.NaN;
        Node.Fields fields = Node.object()
                .put(
                        "intrabarBounds",
                        Node.object()
                                .put("ambiguousBars", found.bars())
                                .put("pessimisticReturn", found.bars() == 0 ? alike : found.pessimisticReturn())
                                .put("optimisticReturn", found.bars() == 0 ? alike : found.optimisticReturn())
                                .put("decidable", found.isDecidable())
                                .build());
        fields.put("tradeResampling", RobustnessManifest.trades(Robustness.of(record.result())));
        fields.put(
                "capacity",
                record.capacity()
                        .map(ChecksManifest::capacity)
                        .orElseGet(() -> Node.object()
                                .put("notAvailable", record.whyNoCapacity())
                                .build()));
        record.waterfall().ifPresent(steps -> fields.put("waterfall", waterfall(steps)));
        return fields.build();
    }

    static Node waterfall(Waterfall waterfall) {
        return Node.object()
                .put("naive", level(waterfall.naive()))
                .put("steps", list(waterfall.steps(), ChecksManifest::step))
                .put("honest", level(waterfall.honest()))
                .build();
    }

    private static Node level(Waterfall.Level level) {
        return Node.object()
                .put("sharpe", level.sharpe())
                .put("low", level.low())
                .put("high", level.high())
                .build();
    }

    /** Either the figures or the reason why there are none. */
    private static Node step(Waterfall.Step step) {
        Node.Fields fields = Node.object()
                .put("rule", step.rule())
                .put("naive", step.naive())
                .put("honest", step.honest());
        return step.applies()
                ? fields.put("after", level(step.after()))
                        .put("change", level(step.change()))
                        .build()
                : fields.put("notApplicable", step.reason()).build();
    }

    static Node bounds(StudyChecks.IntrabarBounds bounds) {
        return Node.object()
                .put("ambiguousBars", bounds.ambiguousBars())
                .put("pessimisticReturn", bounds.pessimisticReturn())
                .put("optimisticReturn", bounds.optimisticReturn())
                .put("why", bounds.why())
                .build();
    }

    static Node capacity(CapacityCurve curve) {
        if (!curve.whyUnknown().isEmpty()) {
            return Node.object().put("notAvailable", curve.whyUnknown()).build();
        }
        return Node.object()
                .put("from", curve.isOfRecordedFills() ? "recorded fills" : "runs with each capital")
                .put("zeroReturnCapital", curve.zero().capital())
                .put("low", curve.zero().low())
                .put("high", curve.zero().high())
                .put("points", list(curve.points(), ChecksManifest::point))
                .build();
    }

    /** The capital at which the mean return is 0, in words; results of older versions have none. */
    static String capacityWords(Node checks) {
        if (!checks.has("capacity")) {
            return "n/a";
        }
        Node found = checks.get("capacity");
        return found.has("notAvailable")
                ? "n/a. " + found.get("notAvailable").asText()
                : CapacityReport.words(new CapacityCurve.Zero(
                        BacktestManifest.number(found.get("zeroReturnCapital")),
                        found.has("low") ? BacktestManifest.number(found.get("low")) : Double.NaN,
                        found.has("high") ? BacktestManifest.number(found.get("high")) : Double.NaN));
    }

    private static Node point(CapacityCurve.Point point) {
        return Node.object()
                .put("capital", point.capital())
                .put("sharpe", point.sharpe())
                .put("low", point.low())
                .put("high", point.high())
                .put("annualReturn", point.annualReturn())
                .build();
    }

    static Node bestOfTried(RealityCheck check) {
        return Node.object()
                .put("variants", check.variants())
                .put("realityCheck", check.realityCheck())
                .put("superiorPredictiveAbility", check.consistent())
                .put("notAvailable", check.reason().orElse(""))
                .build();
    }

    static Node ablation(StudyChecks.Ablation row) {
        return Node.object()
                .put("member", row.member())
                .put("sharpeWith", row.sharpeWith())
                .put("sharpeWithout", row.sharpeWithout())
                .put("difference", row.difference())
                .put("low", row.low())
                .put("high", row.high())
                .put("pValue", row.pValue())
                .put("returnDifference", row.returnDifference())
                .put("notAvailable", row.reason())
                .build();
    }

    static Node tracking(CombinerTracking tracking) {
        return Node.object()
                .put("active", tracking.active())
                .put("combiners", list(tracking.combiners(), ChecksManifest::score))
                .put("switches", list(tracking.switches(), ChecksManifest::change))
                .build();
    }

    private static Node score(CombinerTracking.Score score) {
        return Node.object()
                .put("combiner", score.combiner())
                .put("score", score.mean())
                .put("standardError", score.standardError())
                .put("periods", score.periods())
                .put("ledShare", score.ledShare())
                .put("chosenShare", score.chosenShare())
                .build();
    }

    private static Node change(CombinerTracking.Switch change) {
        return Node.object()
                .put("time", TimeIndex.instant(change.timeNanos()))
                .put("from", change.from())
                .put("to", change.to())
                .put("lead", change.leadStandardErrors())
                .build();
    }
}
