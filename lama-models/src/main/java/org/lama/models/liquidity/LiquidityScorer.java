package org.lama.models.liquidity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.core.series.Frame;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.Scorer;
import org.lama.core.signal.Signal;

/** The frozen liquidity model; reads nothing but the last row of what it is given. */
final class LiquidityScorer implements Scorer {
    private final LiquiditySettings settings;
    private final LiquidityFit fit;
    private final double[] trainingSignal;
    private final FitStatus status;

    LiquidityScorer(LiquiditySettings settings, LiquidityFit fit, double[] trainingSignal, FitStatus status) {
        this.settings = settings;
        this.fit = fit;
        this.trainingSignal = trainingSignal;
        this.status = status;
    }

    @Override
    public Signal score(Frame past) {
        int last = past.size() - 1;
        if (last < 0) {
            return Signal.missing(Signal.Role.DIRECTIONAL, 0, 0);
        }
        long time = past.availableAt(last);
        double level = read(past, LiquidityScore.SCORE, last);
        if (!Double.isFinite(level)) {
            return Signal.missing(Signal.Role.DIRECTIONAL, time, time);
        }
        double coverage = read(past, LiquidityScore.COVERAGE, last);
        double change = read(past, LiquidityScore.CHANGE_7D, last);
        boolean known = status.converged() && Double.isFinite(change) && coverage >= settings.minimumCoverage();
        return Signal.directional(known ? fit.signal(change) : 0, known ? coverage : 0, level, time, time);
    }

    private static double read(Frame past, String column, int row) {
        return past.has(column) ? past.column(column).get(row) : Double.NaN;
    }

    @Override
    public double[] trainingSignal() {
        return trainingSignal.clone();
    }

    @Override
    public FitStatus status() {
        return status;
    }

    @Override
    public ModelSummary summary() {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("mean change over 7 days", fit.mean());
        values.put("standard deviation of the change", fit.deviation());
        values.put("rows", (double) fit.rows());
        values.put("mean coverage", fit.meanCoverage());
        values.put("default weight", LiquidityModel.DEFAULT_WEIGHT);
        List<String> notes = List.of(
                "profile = " + fit.profile() + ", configured components: "
                        + fit.profile().components(),
                "coverage is the share of configured components that are available; below " + settings.minimumCoverage()
                        + " the confidence is 0",
                "The score ranks a symbol against its own past; it says nothing about absolute size.");
        return new ModelSummary(
                "Liquidity score (" + fit.profile() + ")", status, values, List.of(), notes, new double[0], List.of());
    }
}
