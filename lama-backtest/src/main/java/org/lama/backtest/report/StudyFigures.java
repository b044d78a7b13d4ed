package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lama.backtest.walkforward.StudyResult;
import org.lama.core.base.Api;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.FitStatus;

/**
 * The figures of a walk-forward study. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class StudyFigures {
    private StudyFigures() {}

    /**
     * What the figures over time draw.
     *
     * @param result the study
     * @return equity with benchmark, regimes and trades
     */
    public static EquityCurve curve(StudyResult result) {
        StudyResult.EquityCurve curve = result.curve();
        List<EquityCurve.Marker> markers = new ArrayList<>();
        for (StudyResult.TradeRow trade : result.trades()) {
            boolean isLong = !"SHORT".equals(trade.side());
            markers.add(new EquityCurve.Marker(trade.entryTime(), isLong));
            markers.add(new EquityCurve.Marker(trade.exitTime(), !isLong));
        }
        return EquityCurve.of(TimeIndex.of(curve.times()), curve.equity())
                .withBenchmark(curve.benchmark())
                .withRegimes(Arrays.asList(curve.regimes()))
                .withTrades(markers);
    }

    /**
     * Equity, drawdown and rolling Sharpe ratio on one time axis.
     *
     * @param result the study
     * @return the figure
     */
    public static Figure tearSheet(StudyResult result) {
        return Figures.tearSheet(curve(result));
    }

    /**
     * Return of each month and year.
     *
     * @param result the study
     * @return the figure
     */
    public static Figure monthlyReturns(StudyResult result) {
        return Figures.monthlyReturns(curve(result));
    }

    /**
     * Sharpe ratio at 0, 1, 2 and 3 times the costs.
     *
     * @param result the study
     * @return the figure
     */
    public static Figure costSensitivity(StudyResult result) {
        List<StudyResult.CostPoint> points = result.sensitivity();
        return Figures.costSensitivity(
                "Sharpe ratio a year",
                points.stream().mapToDouble(StudyResult.CostPoint::multiple).toArray(),
                points.stream().mapToDouble(StudyResult.CostPoint::sharpe).toArray());
    }

    /**
     * Median score of all assets in and out of sample, and how their fits ended, per fold.
     *
     * @param result the study
     * @return the figure
     */
    public static Figure folds(StudyResult result) {
        Map<Long, List<StudyResult.FoldOutcome>> byStart = new TreeMap<>();
        for (StudyResult.FoldOutcome fold : result.folds()) {
            byStart.computeIfAbsent(fold.testFrom(), start -> new ArrayList<>()).add(fold);
        }
        List<FoldFigures.FoldMark> marks = new ArrayList<>();
        byStart.forEach((start, folds) -> marks.add(mark(start, folds)));
        String measure = result.assets().size() > 1 ? "median Sharpe, gross" : "Sharpe, gross";
        return Figures.folds(measure, marks);
    }

    private static FoldFigures.FoldMark mark(long start, List<StudyResult.FoldOutcome> folds) {
        Map<String, Double> status = new LinkedHashMap<>();
        for (FitStatus.Outcome outcome : FitStatus.Outcome.values()) {
            long count = folds.stream().filter(fold -> fold.status() == outcome).count();
            if (count > 0) {
                status.put(outcome.name(), (double) count);
            }
        }
        long end =
                folds.stream().mapToLong(StudyResult.FoldOutcome::testTo).max().orElse(start);
        return new FoldFigures.FoldMark(
                start,
                Math.max(end, start + 1),
                FoldFigures.median(folds.stream()
                        .mapToDouble(StudyResult.FoldOutcome::inSample)
                        .filter(Double::isFinite)
                        .toArray()),
                FoldFigures.median(folds.stream()
                        .mapToDouble(StudyResult.FoldOutcome::outOfSample)
                        .filter(Double::isFinite)
                        .toArray()),
                status);
    }

    /**
     * Sharpe ratio of the four combiners out of sample.
     *
     * @param result the study
     * @return the figure
     */
    public static Figure combiners(StudyResult result) {
        List<StudyResult.CombinerOutcome> all = result.combiners();
        return Figures.bars(
                "Sharpe ratio of each combiner, out of sample",
                all.stream().map(StudyResult.CombinerOutcome::name).toList(),
                all.stream().mapToDouble(StudyResult.CombinerOutcome::sharpe).toArray());
    }

    /**
     * Share of the time in each regime.
     *
     * @param result the study
     * @return the figure
     */
    public static Figure regimes(StudyResult result) {
        List<StudyResult.RegimeOutcome> all = result.regimes();
        return Figures.percentBars(
                "Share of the time in each regime",
                all.stream().map(regime -> Words.of(regime.label())).toList(),
                all.stream().mapToDouble(StudyResult.RegimeOutcome::share).toArray());
    }
}
