package org.lama.backtest.honesty;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.lama.backtest.engine.BarEngine;
import org.lama.backtest.honesty.Experiment.Moment;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Series;

/**
 * Copies of data in which chosen cells that were not known at a moment hold something else. A cell is known at the close
 * of its bar, or when its companion column says so; at a fill at an open, that open is known too.
 */
final class Garbling {
    private static final double FACTOR = 1000;

    private final Map<String, Frame> truth = new LinkedHashMap<>();

    Garbling(List<Frame> truth) {
        truth.forEach(frame -> this.truth.put(frame.symbol(), frame));
    }

    /** What a cell holds instead. */
    enum How {
        SCALED,
        MISSING,
        SHRUNK,
        STALE,
        OWN,
        OWN_OTHER_WAY
    }

    /**
     * Cells that were not known at a moment.
     *
     * @param moment of the decision
     * @param from first row time
     * @param to last row time, inclusive
     * @param symbols whose cells
     * @param columns which columns
     */
    record Cells(Moment moment, long from, long to, Set<String> symbols, Set<String> columns) {
        Cells within(long first, long last) {
            return new Cells(moment, first, last, symbols, columns);
        }

        Cells ofSymbols(List<String> some) {
            return new Cells(moment, from, to, new TreeSet<>(some), columns);
        }

        Cells ofColumns(List<String> some) {
            return new Cells(moment, from, to, symbols, new TreeSet<>(some));
        }
    }

    /** All cells that were not known at a moment. */
    Cells unknownAt(Moment moment) {
        Set<String> columns = new TreeSet<>();
        truth.values().forEach(frame -> columns.addAll(valueColumns(frame)));
        return new Cells(moment, Long.MIN_VALUE, Long.MAX_VALUE, new TreeSet<>(truth.keySet()), columns);
    }

    /** The row times of some cells, ascending. */
    long[] times(Cells cells) {
        Set<Long> times = new TreeSet<>();
        for (String symbol : cells.symbols()) {
            Frame frame = frame(symbol);
            for (String column : valueColumns(frame)) {
                for (int row = firstRow(frame, column, cells); row < frame.size(); row++) {
                    if (cells.columns().contains(column) && isIn(frame, column, row, cells)) {
                        times.add(frame.index().at(row));
                    }
                }
            }
        }
        return times.stream().mapToLong(Long::longValue).toArray();
    }

    private Frame frame(String symbol) {
        Frame frame = truth.get(symbol);
        if (frame == null) {
            throw new IllegalArgumentException("no frame of " + symbol);
        }
        return frame;
    }

    /** The columns that hold values, without those that say when values were known. */
    static List<String> valueColumns(Frame frame) {
        return frame.columnNames().stream()
                .filter(name -> !name.endsWith(Columns.AVAILABLE_AT))
                .toList();
    }

    /** Whether any value says that it was known later than its bar. */
    static boolean hasCompanions(List<Frame> frames) {
        return frames.stream()
                .flatMap(frame -> frame.columnNames().stream().filter(name -> frame.has(name + Columns.AVAILABLE_AT)))
                .findAny()
                .isPresent();
    }

    /** When a value could be known, UTC epoch nanoseconds; the close of its bar unless its companion says later. */
    static long knownAt(Frame frame, String column, int row) {
        long close = frame.availableAt(row);
        if (!frame.has(column + Columns.AVAILABLE_AT)) {
            return close;
        }
        double seconds = frame.column(column + Columns.AVAILABLE_AT).get(row);
        return Double.isFinite(seconds) ? Math.max(close, (long) (seconds * 1e9)) : close;
    }

    private static int firstRow(Frame frame, String column, Cells cells) {
        return frame.has(column + Columns.AVAILABLE_AT)
                ? 0
                : Math.max(frame.index().ceiling(cells.moment().nanos()), 0);
    }

    private static boolean isIn(Frame frame, String column, int row, Cells cells) {
        long open = frame.index().at(row);
        if (open < cells.from() || open > cells.to()) {
            return false;
        }
        Moment moment = cells.moment();
        if (open < moment.nanos()) {
            return knownAt(frame, column, row) > moment.nanos();
        }
        boolean openKnown = column.equals(Columns.OPEN) || column.equals(BarEngine.SEGMENT);
        return !(moment.fill() && open == moment.nanos() && openKnown);
    }

    List<Frame> apply(How how, Cells cells) {
        List<Frame> out = new ArrayList<>();
        for (Frame frame : truth.values()) {
            Frame copy = frame;
            for (String column : valueColumns(frame)) {
                if (cells.symbols().contains(frame.symbol()) && cells.columns().contains(column)) {
                    copy = copy.with(column, values(how, cells, frame.symbol(), frame.column(column)));
                }
            }
            out.add(copy);
        }
        return out;
    }

    /** The same for one column as it is handed out, whose rows may be a part of all. */
    Series apply(How how, Cells cells, String symbol, Series column) {
        return Series.of(column.name(), column.index(), values(how, cells, symbol, column));
    }

    /** Whether a column as it is handed out holds any of the cells. */
    boolean touches(Cells cells, String symbol, Series column) {
        if (!cells.symbols().contains(symbol) || !cells.columns().contains(column.name())) {
            return false;
        }
        Frame frame = frame(symbol);
        for (int i = column.size() - 1; i >= 0; i--) {
            int row = frame.index().indexOf(column.index().at(i));
            if (row >= 0 && isIn(frame, column.name(), row, cells)) {
                return true;
            }
            if (column.index().at(i) < cells.from()) {
                return false;
            }
        }
        return false;
    }

    private double[] values(How how, Cells cells, String symbol, Series column) {
        double[] values = column.toArray();
        Frame frame = frame(symbol);
        int first = column.index().ceiling(Math.max(cells.from(), firstTime(frame, column.name(), cells)));
        for (int i = Math.max(first, 0); i < values.length && column.index().at(i) <= cells.to(); i++) {
            int row = frame.index().indexOf(column.index().at(i));
            if (row >= 0 && isIn(frame, column.name(), row, cells)) {
                values[i] = garbled(how, values, i, column);
            }
        }
        return values;
    }

    private static long firstTime(Frame frame, String column, Cells cells) {
        int row = firstRow(frame, column, cells);
        return row < frame.size() ? frame.index().at(row) : Long.MAX_VALUE;
    }

    private static double garbled(How how, double[] values, int i, Series column) {
        return switch (how) {
            case SCALED -> values[i] * FACTOR;
            case MISSING -> Double.NaN;
            case SHRUNK -> values[i] / FACTOR;
            case STALE -> i == 0 ? Double.NaN : values[i - 1];
            case OWN, OWN_OTHER_WAY ->
                values[i] * OwnFactors.at(column.name(), column.index().at(i), how == How.OWN_OTHER_WAY);
        };
    }
}
