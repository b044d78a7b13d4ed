package org.lama.core.signal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.HonestyReport.Kind;

/** Makes frames whose rows after a cut are destroyed, and frames that are moved in time. */
final class Tampering {
    private Tampering() {}

    static List<Frame> apply(Kind kind, List<Frame> bars, int cut, boolean atOpen) {
        List<Frame> out = new ArrayList<>(bars.size());
        for (Frame frame : bars) {
            out.add(
                    switch (kind) {
                        case POISON_NAN, POISON_SCALE, POISON_REVERSE -> poisoned(kind, frame, cut, atOpen);
                        case TRUNCATE -> truncated(frame, cut, atOpen);
                        case SHIFT -> shifted(frame);
                        case DELAY -> delayed(frame);
                        case REPEAT, AVAILABLE -> frame;
                    });
        }
        return out;
    }

    /** The first poisoned row of a column: the row after the cut, or the cut itself if only its open is known. */
    private static int firstUnknown(String column, int cut, boolean atOpen) {
        return atOpen && !column.equals(Columns.OPEN) ? cut : cut + 1;
    }

    private static Frame poisoned(Kind kind, Frame frame, int cut, boolean atOpen) {
        Frame out = frame;
        for (String column : frame.columnNames()) {
            double[] values = frame.column(column).toArray();
            int from = firstUnknown(column, cut, atOpen);
            if (kind == Kind.POISON_NAN) {
                Arrays.fill(values, from, values.length, Double.NaN);
            } else if (kind == Kind.POISON_SCALE) {
                for (int row = from; row < values.length; row++) {
                    values[row] *= 1_000;
                }
            } else {
                reverse(values, from);
            }
            out = out.with(column, values);
        }
        return out;
    }

    private static void reverse(double[] values, int from) {
        for (int low = from, high = values.length - 1; low < high; low++, high--) {
            double swap = values[low];
            values[low] = values[high];
            values[high] = swap;
        }
    }

    private static Frame truncated(Frame frame, int cut, boolean atOpen) {
        Frame out = frame.slice(0, cut + 1);
        if (atOpen) {
            for (String column : frame.columnNames()) {
                double[] values = out.column(column).toArray();
                Arrays.fill(values, firstUnknown(column, cut, true), values.length, Double.NaN);
                out = out.with(column, values);
            }
        }
        return out;
    }

    private static Frame shifted(Frame frame) {
        long[] times = frame.index().copyRange(0, frame.size());
        for (int row = 0; row < times.length; row++) {
            times[row] += frame.barNanos();
        }
        Frame out = Frame.of(frame.symbol(), TimeIndex.of(times), frame.barNanos(), frame.provenance());
        for (String column : frame.columnNames()) {
            out = out.with(column, frame.column(column).toArray());
        }
        return out;
    }

    private static Frame delayed(Frame frame) {
        Frame out = frame;
        for (String column : frame.columnNames()) {
            double[] values = new double[frame.size()];
            values[0] = Double.NaN;
            System.arraycopy(frame.column(column).toArray(), 0, values, 1, values.length - 1);
            out = out.with(column, values);
        }
        return out;
    }
}
