package org.lama.backtest.honesty;

import java.util.ArrayList;
import java.util.List;
import org.lama.core.base.Check;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;

/** The bars of a market as logarithmic moves at the rows that all assets share: [asset][row]. Immutable after building. */
final class MarketMoves {
    /** Moves beyond this are no market but a fault in the data. */
    private static final double LARGEST_MOVE = 1.5;

    final List<String> symbols;
    final double[][] gap;
    final double[][] body;
    final double[][] up;
    final double[][] down;
    final double[][] quoteVolume;
    final double[] firstClose;
    final boolean hasVolume;
    final long firstNanos;
    final long barNanos;
    final int rows;

    private MarketMoves(MarketData base, long[] times) {
        List<Frame> frames = base.frames();
        int assets = frames.size();
        symbols = base.symbols();
        barNanos = base.barNanos();
        rows = times.length;
        gap = new double[assets][rows];
        body = new double[assets][rows];
        up = new double[assets][rows];
        down = new double[assets][rows];
        quoteVolume = new double[assets][rows];
        firstClose = new double[assets];
        boolean volume = true;
        for (Frame frame : frames) {
            volume &= frame.has(Columns.VOLUME);
        }
        hasVolume = volume;
        firstNanos = rows == 0 ? 0 : times[0];
        for (int a = 0; a < assets; a++) {
            take(frames.get(a), a, times);
        }
    }

    static MarketMoves of(MarketData base) {
        Check.notNull(base, "base");
        Frame first = base.frames().get(0);
        List<Long> shared = new ArrayList<>();
        for (int row = 1; row < first.size(); row++) {
            long time = first.index().at(row);
            boolean everywhere = true;
            for (Frame frame : base.frames()) {
                everywhere = everywhere && isWhole(frame, time) && isWhole(frame, time - base.barNanos());
            }
            if (everywhere) {
                shared.add(time);
            }
        }
        return new MarketMoves(
                base, shared.stream().mapToLong(Long::longValue).toArray());
    }

    private static boolean isWhole(Frame frame, long time) {
        int row = frame.index().indexOf(time);
        if (row < 0) {
            return false;
        }
        return isPrice(frame, Columns.OPEN, row)
                && isPrice(frame, Columns.HIGH, row)
                && isPrice(frame, Columns.LOW, row)
                && isPrice(frame, Columns.CLOSE, row);
    }

    private static boolean isPrice(Frame frame, String column, int row) {
        double price = frame.column(column).get(row);
        return price > 0 && price < Double.POSITIVE_INFINITY;
    }

    private void take(Frame frame, int a, long[] times) {
        for (int t = 0; t < times.length; t++) {
            int row = frame.index().indexOf(times[t]);
            double open = frame.column(Columns.OPEN).get(row);
            double high = frame.column(Columns.HIGH).get(row);
            double low = frame.column(Columns.LOW).get(row);
            double close = frame.column(Columns.CLOSE).get(row);
            gap[a][t] = bounded(Math.log(open / frame.column(Columns.CLOSE).get(row - 1)));
            body[a][t] = bounded(Math.log(close / open));
            up[a][t] = Math.max(0, bounded(Math.log(high / Math.max(open, close))));
            down[a][t] = Math.max(0, bounded(Math.log(Math.min(open, close) / low)));
            double traded = hasVolume ? frame.column(Columns.VOLUME).get(row) * close : 0;
            quoteVolume[a][t] = traded >= 0 && traded < Double.POSITIVE_INFINITY ? traded : 0;
            if (t == 0) {
                firstClose[a] = close;
            }
        }
    }

    private static double bounded(double move) {
        return Math.max(-LARGEST_MOVE, Math.min(LARGEST_MOVE, move));
    }

    /** Mean square of an asset's bodies. */
    double bodyVariance(int asset) {
        return meanSquare(body[asset]);
    }

    static double meanSquare(double[] x) {
        double sum = 0;
        for (double value : x) {
            sum += value * value;
        }
        return sum / x.length;
    }
}
