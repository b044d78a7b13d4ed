package org.lama.backtest.walkforward;

import java.util.Arrays;
import org.lama.core.series.Frame;
import org.lama.core.signal.Signal;

/**
 * The out-of-sample signals of one member on one listing, by column. Each row is written once, by the fold that owns it;
 * folds own disjoint rows, so that they can run on different threads.
 */
final class SignalPanel {
    private static final byte VALID = 1;
    private static final byte ALARM = 2;
    private static final byte RISK = 4;
    private static final byte SET = 8;

    private final double[] value;
    private final double[] confidence;
    private final double[] multiplier;
    private final double[] level;
    private final byte[] flags;

    SignalPanel(int rows) {
        value = new double[rows];
        confidence = new double[rows];
        multiplier = new double[rows];
        level = new double[rows];
        flags = new byte[rows];
        Arrays.fill(level, Double.NaN);
    }

    void set(int row, Signal signal) {
        value[row] = signal.value();
        confidence[row] = signal.confidence();
        multiplier[row] = signal.sizeMultiplier();
        level[row] = signal.level();
        flags[row] = (byte) (SET
                | (signal.valid() ? VALID : 0)
                | (signal.alarm() ? ALARM : 0)
                | (signal.role() == Signal.Role.RISK ? RISK : 0));
    }

    boolean isSet(int row) {
        return (flags[row] & SET) != 0;
    }

    /** Whether the row holds a valid directional signal. */
    boolean isDirectional(int row) {
        return (flags[row] & (SET | VALID | RISK)) == (SET | VALID);
    }

    double value(int row) {
        return value[row];
    }

    double confidence(int row) {
        return confidence[row];
    }

    double level(int row) {
        return (flags[row] & VALID) == 0 ? Double.NaN : level[row];
    }

    boolean alarm(int row) {
        return (flags[row] & ALARM) != 0;
    }

    Signal signal(int row, Frame bars) {
        Signal.Role role = (flags[row] & RISK) == 0 ? Signal.Role.DIRECTIONAL : Signal.Role.RISK;
        long close = bars.availableAt(row);
        return new Signal(
                role,
                value[row],
                confidence[row],
                multiplier[row],
                level[row],
                alarm(row),
                close,
                close,
                (flags[row] & VALID) != 0);
    }
}
