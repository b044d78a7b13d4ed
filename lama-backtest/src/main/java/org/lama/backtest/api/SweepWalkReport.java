package org.lama.backtest.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lama.backtest.report.EquityCurve;
import org.lama.backtest.report.Figure;
import org.lama.backtest.report.Figures;
import org.lama.backtest.report.FoldFigures;
import org.lama.backtest.report.ReportSection;
import org.lama.backtest.report.ReportTable;
import org.lama.core.series.TimeIndex;

/** The walk-forward of a sweep in words, figures and a section of its report. */
final class SweepWalkReport {
    static final String TITLE = "Walk-forward: chosen inside each fold";

    private SweepWalkReport() {}

    static Map<String, Figure> figures(SweepWalkOutcome walk) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put(
                "walk-forward-equity",
                Figures.equity(EquityCurve.of(
                        TimeIndex.of(walk.nested().times()), walk.nested().equity())));
        List<FoldFigures.FoldMark> marks = new ArrayList<>();
        walk.folds()
                .forEach(fold -> marks.add(new FoldFigures.FoldMark(
                        fold.fromNanos(), fold.untilNanos(), fold.inSample(), fold.outOfSample(), Map.of())));
        figures.put("walk-forward-folds", Figures.folds("Sharpe ratio a year", marks));
        return figures;
    }

    static ReportSection section(SweepWalkOutcome walk) {
        ReportSection section = ReportSection.titled(TITLE).facts(facts(walk));
        figures(walk).values().forEach(figure -> section.figure(figure).note(figure.description()));
        return section.table(ReportTable.of("What was chosen, and what it earned", walk)
                        .format(ReportTable.Format.FIXED_2, "inSample", "outOfSample")
                        .format(ReportTable.Format.PERCENT, "totalReturn")
                        .format(ReportTable.Format.SENTENCE, "parameters"))
                .note(
                        "In every fold all sets were judged on the training window alone: in sample is the Sharpe ratio of the"
                                + " chosen set over the inner validation blocks, the best of all sets, and therefore too good."
                                + " Out of sample is what it earned in the days that follow.");
    }

    private static Map<String, String> facts(SweepWalkOutcome walk) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "Out of sample",
                walk.verdict().headline() + ": " + walk.verdict().why());
        facts.put("Windows", walk.walk().canonicalText());
        facts.put(
                "Folds, sets in each",
                walk.folds().size() + ", " + walk.candidates() + " ("
                        + walk.nested().evaluations() + " runs)");
        facts.put(
                "Sharpe ratio a year",
                fixed(walk.inSampleSharpe()) + " promised in sample, " + fixed(walk.outOfSampleSharpe())
                        + " kept out of sample");
        facts.put(
                "Probabilistic Sharpe ratio", fixed(walk.probabilisticSharpe()) + " out of sample, as the only trial");
        facts.put(
                "Deflated Sharpe ratio",
                fixed(walk.deflatedSharpe()) + " out of sample, counting "
                        + (walk.trials().raw() == 1
                                ? "this walk alone"
                                : walk.trials().raw()
                                        + " trials: this walk and what the ledger knows of these data besides the sets of"
                                        + " this sweep"));
        return facts;
    }

    static String explain(SweepWalkOutcome walk) {
        StringBuilder text = new StringBuilder();
        facts(walk)
                .forEach((name, words) -> text.append("Walk-forward, ")
                        .append(name.substring(0, 1).toLowerCase(Locale.ROOT))
                        .append(name.substring(1))
                        .append(": ")
                        .append(words)
                        .append('\n'));
        return text.toString();
    }

    private static String fixed(double value) {
        return SweepJudgement.fixed(value, 2);
    }
}
