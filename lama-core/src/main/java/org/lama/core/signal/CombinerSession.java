package org.lama.core.signal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.lama.core.series.Frame;

/** Streams made-up signals through a fresh session: outcome, now and then training, then a combination. */
final class CombinerSession {
    static final String OBSERVE = "observe";
    static final String TRAIN = "train";
    static final String COMBINE = "combine";
    private static final int TRAIN_EVERY_BARS = 30;
    private static final List<RegimeLabel> REGIMES = List.of(RegimeLabel.values());

    private final Combiner combiner;
    private final List<String> members;

    CombinerSession(Combiner combiner, List<String> members) {
        this.combiner = combiner;
        this.members = List.copyOf(members);
    }

    /** Columns of a stream by member. */
    @SuppressWarnings("ArrayRecordComponent") // lives for one session
    private record Inputs(double[][] values, double[][] trusts, double[] returns, double[] regimes) {}

    private Inputs inputs(Frame stream) {
        int n = members.size();
        double[][] values = new double[n][];
        double[][] trusts = new double[n][];
        for (int m = 0; m < n; m++) {
            values[m] = stream.column(Streams.value(members.get(m))).toArray();
            trusts[m] = stream.column(Streams.trust(members.get(m))).toArray();
        }
        return new Inputs(
                values,
                trusts,
                stream.column(Streams.RETURN).toArray(),
                stream.column(Streams.REGIME).toArray());
    }

    /** One session; each of its calls may be fed from another stream. */
    double[][] run(Function<String, Frame> streamOf, int rows) {
        Frame stream = streamOf.apply(COMBINE);
        Inputs observed = inputs(streamOf.apply(OBSERVE));
        Inputs trained = inputs(streamOf.apply(TRAIN));
        Inputs combined = inputs(stream);
        int n = members.size();
        double[][] out = new double[4 + n][rows];
        Combiner.Session session = combiner.open(members, 86_400e9 / stream.barNanos());
        for (int row = 0; row < rows; row++) {
            long close = stream.availableAt(row);
            if (row > 0) {
                session.observe(close, outcomes(observed.values, observed.returns, row));
            }
            if (row > 0 && row % TRAIN_EVERY_BARS == 0) {
                session.train(trainingRows(trained.values, trained.returns, row));
            }
            List<Signal> signals = new ArrayList<>(n);
            for (int m = 0; m < n; m++) {
                signals.add(signal(combined.values[m][row], combined.trusts[m][row], m == n - 1 && n > 2, close));
            }
            RegimeLabel regime = REGIMES.get((int) Math.max(0, Math.min(3, combined.regimes[row])));
            write(session.combine(List.copyOf(signals), regime), out, row);
        }
        return out;
    }

    private static double clip(double value, double low, double high) {
        return Math.max(low, Math.min(high, value));
    }

    /** The last of three or more members is a risk member every other time that its trust is low. */
    private static Signal signal(double value, double trust, boolean risky, long close) {
        if (Double.isNaN(value) || Double.isNaN(trust)) {
            return Signal.missing(Signal.Role.DIRECTIONAL, close, close);
        }
        return risky && trust < 0.5
                ? Signal.risk(clip(trust + 0.3, 0, 1), clip(value, -1, 1), trust < 0.1, close, close)
                : Signal.directional(clip(value, -1, 1), clip(trust, 0, 1), Double.NaN, close, close);
    }

    private static double[] outcomes(double[][] values, double[] returns, int row) {
        double[] out = new double[values.length];
        for (int m = 0; m < out.length; m++) {
            out[m] = clip(values[m][row - 1], -1, 1) * returns[row];
        }
        return out;
    }

    private static Combiner.TrainingRows trainingRows(double[][] values, double[] returns, int row) {
        double[][] signals = new double[values.length][];
        for (int m = 0; m < signals.length; m++) {
            signals[m] =
                    Arrays.stream(values[m], 0, row).map(v -> clip(v, -1, 1)).toArray();
        }
        return new Combiner.TrainingRows(signals, Arrays.copyOfRange(returns, 1, row + 1));
    }

    private void write(Composite composite, double[][] out, int row) {
        out[0][row] = composite.signal();
        out[1][row] = composite.confidence();
        out[2][row] = composite.sizeMultiplier();
        out[3][row] = composite.vetoes().size();
        for (int m = 0; m < members.size(); m++) {
            out[4 + m][row] = Double.NaN;
        }
        for (Composite.Contribution part : composite.contributions()) {
            int m = members.indexOf(part.member());
            if (m >= 0) {
                out[4 + m][row] = part.amount();
            }
        }
    }

    List<String> names() {
        List<String> names = new ArrayList<>(List.of("signal", "confidence", "sizeMultiplier", "vetoes"));
        members.forEach(member -> names.add("contribution of " + member));
        return names;
    }
}
