package org.lama.backtest.honesty;

import java.util.ArrayList;
import java.util.List;
import org.lama.core.series.Frame;
import org.lama.core.series.TimeIndex;

/** Copies of data with one faulty bar, as feeds have them. Rows before it keep their bits. */
final class FaultyBars {
    private FaultyBars() {}

    /** The bar of one symbol at a time, or the next it has, is not there. */
    static List<Frame> missing(List<Frame> frames, int symbol, long nanos) {
        return with(frames, symbol, nanos, FaultyBars::without);
    }

    /** The bar of one symbol at a time, or the next it has, holds the values of the bar before once more. */
    static List<Frame> duplicated(List<Frame> frames, int symbol, long nanos) {
        return with(frames, symbol, nanos, FaultyBars::repeated);
    }

    private interface Fault {
        Frame at(Frame frame, int row);
    }

    private static List<Frame> with(List<Frame> frames, int symbol, long nanos, Fault fault) {
        List<Frame> out = new ArrayList<>(frames);
        Frame frame = frames.get(symbol);
        int row = frame.index().ceiling(nanos);
        if (row > 0 && row < frame.size()) {
            out.set(symbol, fault.at(frame, row));
        }
        return out;
    }

    private static Frame without(Frame frame, int row) {
        int rows = frame.size();
        long[] times = new long[rows - 1];
        System.arraycopy(frame.index().copyRange(0, row), 0, times, 0, row);
        System.arraycopy(frame.index().copyRange(row + 1, rows), 0, times, row, rows - row - 1);
        Frame out = Frame.of(frame.symbol(), TimeIndex.of(times), frame.barNanos(), frame.provenance());
        for (String column : frame.columnNames()) {
            double[] all = frame.column(column).toArray();
            double[] values = new double[rows - 1];
            System.arraycopy(all, 0, values, 0, row);
            System.arraycopy(all, row + 1, values, row, rows - row - 1);
            out = out.with(column, values);
        }
        return out;
    }

    private static Frame repeated(Frame frame, int row) {
        Frame out = frame;
        for (String column : frame.columnNames()) {
            double[] values = frame.column(column).toArray();
            System.arraycopy(values, row - 1, values, row, values.length - row);
            out = out.with(column, values);
        }
        return out;
    }
}
