package org.lama.core.signal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lama.core.series.Frame;
import org.lama.core.signal.HonestyReport.Violation;

/** Fits a model on a window and scores every close from its last row on. */
final class ModelSubject implements Subject {
    private static final List<String> NAMES = List.of(
            "trainingSignal",
            "role",
            "value",
            "confidence",
            "sizeMultiplier",
            "level",
            "alarm",
            "valid",
            "eventAge",
            "availableAge");

    private final SignalModel model;
    private final int trainFrom;
    private final int trainTo;
    private final long seed;
    private Optional<Violation> late = Optional.empty();

    ModelSubject(SignalModel model, int trainFrom, int trainTo, long seed) {
        this.model = model;
        this.trainFrom = trainFrom;
        this.trainTo = trainTo;
        this.seed = seed;
    }

    /** The first signal that claims to describe or to be known at a time after its decision. */
    Optional<Violation> late() {
        return late;
    }

    @Override
    public Outputs run(List<Frame> bars, int rows) {
        Frame input = model.indicators(bars.get(0));
        Scorer scorer = model.fit(input.slice(trainFrom, trainTo), FitContext.backtest(seed));
        double[][] out = new double[NAMES.size()][rows];
        for (double[] column : out) {
            Arrays.fill(column, Double.NaN);
        }
        double[] training = scorer.trainingSignal();
        System.arraycopy(training, 0, out[0], trainFrom, Math.min(training.length, rows - trainFrom));
        for (int row = trainTo - 1; row < rows; row++) {
            Signal signal = scorer.score(input.head(row + 1));
            long decision = bars.get(0).availableAt(row);
            out[1][row] = signal.role() == Signal.Role.RISK ? 1 : 0;
            out[2][row] = signal.value();
            out[3][row] = signal.confidence();
            out[4][row] = signal.sizeMultiplier();
            out[5][row] = signal.level();
            out[6][row] = signal.alarm() ? 1 : 0;
            out[7][row] = signal.valid() ? 1 : 0;
            out[8][row] = decision - signal.eventTime();
            out[9][row] = decision - signal.availableAt();
            if (late.isEmpty() && (out[8][row] < 0 || out[9][row] < 0)) {
                late = Optional.of(new Violation(
                        -1,
                        row,
                        "availableAge",
                        Double.doubleToLongBits(0),
                        Double.doubleToLongBits(Math.min(out[8][row], out[9][row])),
                        "a time of the signal lies after the decision"));
            }
        }
        return new Outputs(NAMES, out);
    }
}
