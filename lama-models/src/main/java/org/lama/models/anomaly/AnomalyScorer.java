package org.lama.models.anomaly;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lama.core.series.Frame;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.Scorer;
import org.lama.core.signal.Signal;

/** The frozen anomaly model; reads nothing but the last row of what it is given. */
final class AnomalyScorer implements Scorer {
    private final AnomalyInputs inputs;
    private final @Nullable AnomalyRule rule;
    private final double[] trainingSignal;
    private final FitStatus status;

    AnomalyScorer(AnomalyInputs inputs, @Nullable AnomalyRule rule, double[] trainingSignal, FitStatus status) {
        this.inputs = inputs;
        this.rule = rule;
        this.trainingSignal = trainingSignal;
        this.status = status;
    }

    /** A scorer that says nothing, for a window that could not be learned from. */
    static AnomalyScorer failed(AnomalyInputs inputs, int minimumRows) {
        double[] nothing = new double[inputs.rows()];
        Arrays.fill(nothing, Double.NaN);
        String reason = inputs.features().isEmpty()
                ? "no feature of the profile " + inputs.profile() + " is present in half of the " + inputs.rows()
                        + " training rows"
                : inputs.usable() + " of " + inputs.rows() + " training rows are complete, but " + minimumRows
                        + " are needed";
        return new AnomalyScorer(
                inputs, null, nothing, new FitStatus(FitStatus.Outcome.FALLBACK_RW, 0, Double.NaN, reason));
    }

    @Override
    public Signal score(Frame past) {
        int last = past.size() - 1;
        if (last < 0) {
            return Signal.missing(inputs.role(), 0, 0);
        }
        long time = past.availableAt(last);
        AnomalyRule fitted = rule;
        double[] row = new double[inputs.features().size()];
        if (fitted == null || !read(past, last, row)) {
            return Signal.missing(inputs.role(), time, time);
        }
        for (int f = 0; f < row.length; f++) {
            row[f] = fitted.scale().standardiseOrUsual(f, row[f]);
        }
        double score = fitted.forest().score(row);
        double excess = fitted.excess(score);
        boolean alarm = fitted.isAnomaly(score);
        if (!inputs.directional() || excess <= 0) {
            // Nothing to say about direction: a directional 0 would only dilute the other members' confidence.
            return Signal.risk(fitted.sizeMultiplier(score), score, alarm, time, time);
        }
        double value = Math.signum(row[inputs.signed()]) * excess;
        return new Signal(
                Signal.Role.DIRECTIONAL,
                value,
                inputs.coverage(),
                fitted.sizeMultiplier(score),
                score,
                alarm,
                time,
                time,
                true);
    }

    private boolean read(Frame past, int row, double[] values) {
        for (int f = 0; f < values.length; f++) {
            String name = inputs.features().get(f);
            double value = past.has(name) ? past.column(name).get(row) : Double.NaN;
            values[f] = AnomalyInputs.shaped(name, value, inputs.logarithms());
            if (!Double.isFinite(values[f]) && inputs.isNeeded(f)) {
                return false;
            }
        }
        return true;
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
        values.put("coverage", inputs.coverage());
        values.put("rows", (double) inputs.usable());
        values.put("features", (double) inputs.features().size());
        if (rule != null) {
            values.put("threshold", rule.threshold());
            values.put("trees", (double) rule.forest().trees());
            values.put("sample size", (double) rule.forest().sampleSize());
        }
        List<String> notes = List.of(
                "profile = " + inputs.profile() + ", role = " + inputs.role(),
                "coverage = " + inputs.usable() + " of " + inputs.rows() + " training rows are complete",
                "features: " + String.join(", ", inputs.features()),
                "The score has no direction of its own; a direction, if any, is the sign of "
                        + (inputs.directional() ? inputs.features().get(inputs.signed()) : "a signed feature") + ".");
        return new ModelSummary(
                "Isolation forest (" + inputs.profile() + " profile)",
                status,
                values,
                List.of(),
                notes,
                new double[0],
                List.of());
    }
}
