package org.lama.models.anomaly;

import org.lama.core.series.Frame;

/** Ways to remove or spoil the future of a frame. */
public enum Attack {
    /** The rows are gone. */
    TRUNCATE,
    /** Every value is NaN. */
    NAN,
    /** Every value is a thousand times as large. */
    TIMES_1000,
    /** The rows run backwards. */
    REVERSE;

    /** The frame with its rows from the cut on attacked. */
    public Frame apply(Frame frame, int cut) {
        if (this == TRUNCATE) {
            return frame.slice(0, cut);
        }
        Frame out = frame;
        for (String name : frame.columnNames()) {
            double[] values = frame.column(name).toArray();
            double[] old = values.clone();
            for (int t = cut; t < values.length; t++) {
                values[t] = this == NAN
                        ? Double.NaN
                        : this == TIMES_1000 ? 1000 * old[t] : old[values.length - 1 - (t - cut)];
            }
            out = out.with(name, values);
        }
        return out;
    }
}
