package org.lama.backtest.honesty;

import java.util.ArrayList;
import java.util.List;
import org.lama.backtest.engine.BarEngine;
import org.lama.backtest.honesty.StrategyHonestyReport.Spoiling;
import org.lama.core.base.Seeds;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.QualityReport;
import org.lama.core.series.TimeIndex;

/** Copies of market data whose rows from a time on are spoilt. Rows before it keep their bits. */
final class SpoiltData {
    private static final double FACTOR = 1000;

    private SpoiltData() {}

    static MarketData from(MarketData data, Spoiling how, long cutNanos) {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : data.frames()) {
            int from = frame.index().ceiling(cutNanos);
            if (how == Spoiling.SHIFT) {
                frames.add(shifted(frame));
            } else if (how == Spoiling.TRUNCATE) {
                frames.add(frame.slice(0, from));
            } else if (how == Spoiling.POISON_OWN) {
                frames.add(OwnFactors.of(frame, from, Seeds.derive(cutNanos, frames.size())));
            } else {
                frames.add(rewritten(frame, how, from, cutNanos));
            }
        }
        return of(frames);
    }

    /**
     * Data as every run of a check sees them: what a report says of all rows, such as how many there are, is counted anew on
     * the rows of the run, and no truth of generated data is told.
     */
    static MarketData of(List<Frame> frames) {
        return new MarketData(frames, frames.stream().map(SpoiltData::quality).toList(), List.of());
    }

    private static QualityReport quality(Frame frame) {
        int rows = frame.size();
        int present = 0;
        int gaps = 0;
        boolean before = true;
        double[] close = frame.has(Columns.CLOSE) ? frame.column(Columns.CLOSE).toArray() : new double[rows];
        for (double price : close) {
            boolean here = !Double.isNaN(price);
            present += here ? 1 : 0;
            gaps += before && !here ? 1 : 0;
            before = here;
        }
        long span = rows == 0 ? 0 : frame.index().at(rows - 1) - frame.index().at(0);
        int expected = rows == 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, span / frame.barNanos() + 1);
        return new QualityReport(
                frame.symbol(),
                frame.provenance().source(),
                rows,
                expected,
                present,
                expected - present,
                gaps,
                frame.barNanos(),
                List.of());
    }

    private static Frame rewritten(Frame frame, Spoiling how, int from, long cutNanos) {
        Frame copy = frame;
        for (String name : frame.columnNames()) {
            double[] values = frame.column(name).toArray();
            int first = from;
            boolean knownAtOpen = name.equals(Columns.OPEN) || name.equals(BarEngine.SEGMENT);
            if (how == Spoiling.INTRABAR
                    && knownAtOpen
                    && from < values.length
                    && frame.index().at(from) == cutNanos) {
                first++;
            }
            spoil(values, first, how);
            copy = copy.with(name, values);
        }
        return copy;
    }

    private static void spoil(double[] values, int first, Spoiling how) {
        if (how == Spoiling.POISON_REVERSED) {
            for (int i = first, j = values.length - 1; i < j; i++, j--) {
                double swap = values[i];
                values[i] = values[j];
                values[j] = swap;
            }
            return;
        }
        for (int i = first; i < values.length; i++) {
            values[i] = how == Spoiling.POISON_NAN ? Double.NaN : values[i] * FACTOR;
        }
    }

    private static Frame shifted(Frame frame) {
        long[] times = frame.index().copyRange(0, frame.size());
        for (int i = 0; i < times.length; i++) {
            times[i] += frame.barNanos();
        }
        Frame moved = Frame.of(frame.symbol(), TimeIndex.of(times), frame.barNanos(), frame.provenance());
        for (String name : frame.columnNames()) {
            moved = moved.with(name, frame.column(name).toArray());
        }
        return moved;
    }
}
