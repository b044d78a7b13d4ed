package org.lama.backtest.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.lama.backtest.order.Scale;
import org.lama.core.base.Check;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.market.Instrument;
import org.lama.core.series.Frame;

/**
 * The data of a run as primitive columns: ticks per symbol, the union of all times and, per symbol, where its segments
 * begin. Everything at row r is a function of rows up to r, but for the scale, which the first price alone decides.
 */
final class MarketTape {
    private static final double NANOS_PER_DAY = 86_400e9;

    final List<String> symbols;
    final List<Instrument> instruments;
    final Scale[] scales;
    final long barNanos;
    /** Bar opens of the union grid. */
    final long[] grid;

    final long[][] rowTimes;
    /** Ticks, or -1 where there is no price. */
    final long[][] openTicks;

    final long[][] closeTicks;
    /** First row of the segment that each row belongs to. */
    final int[][] segmentFrom;

    /** Running sums over the rows: traded value, and how many rows had one. */
    private final double[][] tradedValue;

    private final int[][] tradedRows;
    private final int barsPerDay;
    private final Frame[][] segmentFrames;

    MarketTape(MarketData data, EngineSettings settings) {
        List<Frame> frames = data.frames();
        int n = frames.size();
        symbols = data.symbols();
        barNanos = data.barNanos();
        barsPerDay = (int) Math.max(1, Math.round(NANOS_PER_DAY / barNanos));
        Check.that(
                settings.contracts().isEmpty() || settings.contracts().size() == n,
                "contracts must be empty or one per symbol (" + n + "), got "
                        + settings.contracts().size());
        scales = new Scale[n];
        rowTimes = new long[n][];
        openTicks = new long[n][];
        closeTicks = new long[n][];
        segmentFrom = new int[n][];
        tradedValue = new double[n][];
        tradedRows = new int[n][];
        segmentFrames = new Frame[n][];
        List<Instrument> found = new ArrayList<>();
        for (int s = 0; s < n; s++) {
            Frame frame = frames.get(s);
            double[] open = frame.column(Columns.OPEN).toArray();
            double[] close = frame.column(Columns.CLOSE).toArray();
            Instrument instrument = settings.contracts().isEmpty()
                    ? instrument(frame.symbol(), settings, open, close)
                    : settings.contracts().get(s).instrument();
            found.add(instrument);
            scales[s] = Scale.of(instrument);
            rowTimes[s] = frame.index().copyRange(0, frame.size());
            openTicks[s] = ticks(open, scales[s]);
            closeTicks[s] = ticks(close, scales[s]);
            accumulate(s, frame, close);
            segmentFrom[s] = segments(frame);
            segmentFrames[s] = split(frame, segmentFrom[s]);
        }
        instruments = List.copyOf(found);
        grid = union(rowTimes);
    }

    /** Rows of the symbol's present segment up to and with a row; row -1 gives an empty view. */
    Frame past(int symbol, int row) {
        if (row < 0) {
            return segmentFrames[symbol][0].head(0);
        }
        int from = segmentFrom[symbol][row];
        Frame segment = segmentFrames[symbol][from == 0 ? 0 : ordinal(symbol, from)];
        return segment.head(row + 1 - from);
    }

    /** Traded value of the 24 hours up to the close of a row, NaN if no row of theirs has a volume. */
    double dayValue(int symbol, int row) {
        if (row < 0) {
            return Double.NaN;
        }
        int before = row - barsPerDay;
        boolean whole = before < 0;
        if (tradedRows[symbol][row] == (whole ? 0 : tradedRows[symbol][before])) {
            return Double.NaN;
        }
        return tradedValue[symbol][row] - (whole ? 0 : tradedValue[symbol][before]);
    }

    private void accumulate(int symbol, Frame frame, double[] close) {
        double[] sum = new double[close.length];
        int[] rows = new int[close.length];
        double[] volume =
                frame.has(Columns.VOLUME) ? frame.column(Columns.VOLUME).toArray() : new double[0];
        double total = 0;
        int count = 0;
        for (int i = 0; i < volume.length; i++) {
            double value = close[i] * volume[i];
            if (value >= 0 && value < Double.POSITIVE_INFINITY) {
                total += value;
                count++;
            }
            sum[i] = total;
            rows[i] = count;
        }
        tradedValue[symbol] = sum;
        tradedRows[symbol] = rows;
    }

    private int ordinal(int symbol, int from) {
        int count = 0;
        for (int row = from; row > 0; row = segmentFrom[symbol][row - 1]) {
            count++;
        }
        return count;
    }

    private static Instrument instrument(String symbol, EngineSettings settings, double[] open, double[] close) {
        String base = symbol.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9._%]", ".");
        base = (base.isEmpty() || !Character.isLetterOrDigit(base.charAt(0))) ? "X" + base : base;
        Scale scale = Scale.forPrice(firstPrice(open, close));
        return new Instrument(
                "UNKNOWN",
                settings.kind(),
                base.substring(0, Math.min(base.length(), 32)),
                settings.currency(),
                scale.priceDecimals(),
                scale.quantityDecimals());
    }

    private static double firstPrice(double[] open, double[] close) {
        for (int i = 0; i < open.length; i++) {
            if (open[i] > 0 && open[i] < Double.POSITIVE_INFINITY) {
                return open[i];
            }
            if (close[i] > 0 && close[i] < Double.POSITIVE_INFINITY) {
                return close[i];
            }
        }
        return 1;
    }

    private static long[] ticks(double[] price, Scale scale) {
        long[] ticks = new long[price.length];
        for (int i = 0; i < ticks.length; i++) {
            ticks[i] = scale.ticksOrMissing(price[i]);
        }
        return ticks;
    }

    private static int[] segments(Frame frame) {
        int[] from = new int[frame.size()];
        if (!frame.has(BarEngine.SEGMENT)) {
            return from;
        }
        double[] segment = frame.column(BarEngine.SEGMENT).toArray();
        double last = Double.NaN;
        for (int i = 0; i < from.length; i++) {
            from[i] = i == 0 ? 0 : from[i - 1];
            if (!Double.isNaN(segment[i])) {
                if (!Double.isNaN(last) && segment[i] != last) {
                    from[i] = i;
                }
                last = segment[i];
            }
        }
        return from;
    }

    private static Frame[] split(Frame frame, int[] from) {
        int size = from.length;
        if (size == 0 || from[size - 1] == 0) {
            return new Frame[] {frame};
        }
        List<Frame> parts = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= size; i++) {
            if (i == size || from[i] != start) {
                parts.add(frame.slice(start, i));
                start = i;
            }
        }
        return parts.toArray(Frame[]::new);
    }

    private static long[] union(long[][] times) {
        int total = 0;
        boolean equal = true;
        for (long[] each : times) {
            total += each.length;
            equal &= Arrays.equals(each, times[0]);
        }
        if (equal) {
            return times[0];
        }
        long[] all = new long[total];
        int at = 0;
        for (long[] each : times) {
            System.arraycopy(each, 0, all, at, each.length);
            at += each.length;
        }
        Arrays.sort(all);
        int size = 0;
        for (int i = 0; i < total; i++) {
            if (i == 0 || all[i] != all[i - 1]) {
                all[size++] = all[i];
            }
        }
        return Arrays.copyOf(all, size);
    }
}
