package org.lama.backtest.honesty;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lama.core.series.Frame;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.Scorer;
import org.lama.core.signal.Signal;
import org.lama.core.signal.SignalModel;

/** A model fitted on a window: its training signal and its signals at every later close. Single-threaded. */
final class ModelExperiment implements Experiment {
    private static final List<String> PARTS =
            List.of("role", "value", "confidence", "sizeMultiplier", "level", "alarm", "valid");

    private final SignalModel model;
    private final Frame bars;
    private final int trainTo;
    private final long seed;
    private final Outputs truth;

    /** What a run gave: training signal, then parts by row from the last of the window on. */
    @SuppressWarnings("ArrayRecordComponent") // made for one comparison, never compared as a record
    private record Outputs(double[] training, double[][] parts) {}

    ModelExperiment(SignalModel model, Frame bars, int trainTo, long seed) {
        this.model = model;
        this.bars = bars;
        this.trainTo = trainTo;
        this.seed = seed;
        this.truth = run(bars, bars.size());
    }

    /** How many of the signals on the true data say something. */
    int valid() {
        return (int) Arrays.stream(truth.parts).filter(each -> each[6] != 0).count();
    }

    /** Value times confidence by row from the last of the window on; NaN where nothing is said. */
    static double[] directions(SignalModel model, Frame bars, int trainTo, long seed) {
        Outputs outputs = new ModelExperiment(model, bars, trainTo, seed).truth;
        return Arrays.stream(outputs.parts)
                .mapToDouble(each -> each[6] != 0 && each[0] == 0 ? each[1] * each[2] : Double.NaN)
                .toArray();
    }

    private Outputs run(Frame data, int rows) {
        Frame input = model.indicators(data);
        Scorer scorer = model.fit(input.slice(0, trainTo), FitContext.backtest(seed));
        double[][] parts = new double[rows - trainTo + 1][];
        for (int i = 0; i < parts.length; i++) {
            Signal signal = scorer.score(input.head(trainTo + i));
            parts[i] = new double[] {
                signal.role() == Signal.Role.RISK ? 1 : 0,
                signal.value(),
                signal.confidence(),
                signal.sizeMultiplier(),
                signal.level(),
                signal.alarm() ? 1 : 0,
                signal.valid() ? 1 : 0
            };
        }
        return new Outputs(scorer.trainingSignal(), parts);
    }

    @Override
    public Optional<Difference> differs(List<Frame> frames, Moment until) {
        int rows = bars.index().ceiling(until.nanos());
        Outputs other;
        try {
            other = run(frames.get(0), rows);
        } catch (RuntimeException thrown) {
            return Optional.of(new Difference(until, bars.symbol(), "signal", "a value", "threw " + thrown));
        }
        Moment trained = new Moment(bars.availableAt(trainTo - 1), false);
        for (int i = 0; i < Math.min(truth.training.length, other.training.length); i++) {
            if (bits(truth.training[i]) != bits(other.training[i])) {
                return Optional.of(difference(trained, "training signal", truth.training[i], other.training[i]));
            }
        }
        for (int i = 0; i < other.parts.length; i++) {
            for (int k = 0; k < PARTS.size(); k++) {
                if (bits(truth.parts[i][k]) != bits(other.parts[i][k])) {
                    Moment at = new Moment(bars.availableAt(trainTo - 1 + i), false);
                    return Optional.of(
                            difference(at, "signal's " + PARTS.get(k), truth.parts[i][k], other.parts[i][k]));
                }
            }
        }
        return Optional.empty();
    }

    private Difference difference(Moment at, String what, double expected, double found) {
        return new Difference(at, bars.symbol(), what, String.valueOf(expected), String.valueOf(found));
    }

    private static long bits(double value) {
        return Double.doubleToLongBits(value);
    }
}
