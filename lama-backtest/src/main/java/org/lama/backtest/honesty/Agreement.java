package org.lama.backtest.honesty;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lama.backtest.honesty.Experiment.Difference;
import org.lama.backtest.honesty.Experiment.Moment;

/**
 * How many of the targets that hold at the closes of bars agree in two runs.
 *
 * @param compared number of targets
 * @param differing how many differ
 * @param last number of the last bar at which one differs, -1 for none
 * @param first the first that differs
 */
record Agreement(long compared, long differing, int last, Optional<Difference> first) {
    /** Weights that differ by less are equal: recursions without end, such as an EMA, never forget their start wholly. */
    private static final double TOLERANCE = 1e-6;

    static Agreement of(Recording truth, Recording other, long[] closes, int from, List<String> symbols) {
        Held one = new Held(truth.targets(), symbols.size());
        Held two = new Held(other.targets(), symbols.size());
        long compared = 0;
        long differing = 0;
        int last = -1;
        Optional<Difference> first = Optional.empty();
        for (int bar = from; bar < closes.length; bar++) {
            one.until(closes[bar]);
            two.until(closes[bar]);
            for (int s = 0; s < symbols.size(); s++) {
                compared++;
                if (!(Math.abs(one.weights[s] - two.weights[s]) <= TOLERANCE)) {
                    differing++;
                    last = bar;
                    first = first.isPresent()
                            ? first
                            : Optional.of(new Difference(
                                    new Moment(closes[bar], false),
                                    symbols.get(s),
                                    "target",
                                    "weight " + one.weights[s],
                                    "weight " + two.weights[s]));
                }
            }
        }
        return new Agreement(compared, differing, last, first);
    }

    /** The share that agrees. */
    double share() {
        return (double) (compared - differing) / Math.max(1, compared);
    }

    String percent() {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share());
    }

    /** The targets that hold, as time goes on. */
    private static final class Held {
        private final Recording.Column targets;
        private final double[] weights;
        private int next;

        Held(Recording.Column targets, int symbols) {
            this.targets = targets;
            this.weights = new double[symbols];
        }

        void until(long nanos) {
            while (next < targets.size() && targets.cell(next, 0) <= nanos) {
                weights[(int) targets.cell(next, 1)] = Double.longBitsToDouble(targets.cell(next, 2));
                next++;
            }
        }
    }
}
