package org.lama.models.anomaly;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

/** Generated hourly bars with an order book and a pool. */
public final class TestBars {
    /** An hour. */
    public static final long HOUR = Duration.ofHours(1).toNanos();

    private TestBars() {}

    /** Bars alone. */
    public static Frame bars(int rows, long barNanos, long seed) {
        Rng rng = Seeds.rng(seed, 0);
        double[][] v = new double[5][rows];
        double price = 100;
        for (int t = 0; t < rows; t++) {
            double open = price;
            price *= StrictMath.exp(0.01 * rng.nextGaussian());
            v[0][t] = open;
            v[1][t] = Math.max(open, price) * (1 + 0.004 * rng.nextDouble());
            v[2][t] = Math.min(open, price) * (1 - 0.004 * rng.nextDouble());
            v[3][t] = price;
            v[4][t] = 10 + 10 * rng.nextDouble();
            if (rng.nextInt(60) == 0) {
                for (double[] column : v) {
                    column[t] = Double.NaN;
                }
            }
        }
        return Frame.of(
                        "TEST",
                        TimeIndex.regular(0, barNanos, rows),
                        barNanos,
                        new Provenance(Provenance.Kind.SYNTHETIC, "test", "", ""))
                .with(Columns.OPEN, v[0])
                .with(Columns.HIGH, v[1])
                .with(Columns.LOW, v[2])
                .with(Columns.CLOSE, v[3])
                .with(Columns.VOLUME, v[4]);
    }

    /** Bars with a book from a given row on. */
    public static Frame withBook(Frame bars, int from, long seed) {
        Rng rng = Seeds.rng(seed, 1);
        Frame out = bars;
        double[] close = bars.column(Columns.CLOSE).toArray();
        out = out.with(Columns.BOOK_BID, filled(close, from, 0.9995, 0.0002, rng));
        out = out.with(Columns.BOOK_ASK, filled(close, from, 1.0003, 0.0002, rng));
        for (int levels : new int[] {1, 5, 10}) {
            out = out.with(Columns.BOOK_BID_SIZE + levels, filled(null, from, levels, levels, rng, close.length));
            out = out.with(Columns.BOOK_ASK_SIZE + levels, filled(null, from, levels, levels, rng, close.length));
        }
        for (int bps : new int[] {10, 25, 50}) {
            out = out.with(Columns.BOOK_BID_DEPTH + bps, filled(null, from, 1000 * bps, 500 * bps, rng, close.length));
            out = out.with(Columns.BOOK_ASK_DEPTH + bps, filled(null, from, 1000 * bps, 500 * bps, rng, close.length));
        }
        return out;
    }

    /** Bars with pool columns. */
    public static Frame withPool(Frame bars, long seed) {
        Rng rng = Seeds.rng(seed, 2);
        int n = bars.size();
        return bars.with(Columns.POOL_TVL, filled(null, 0, 1e7, 2e6, rng, n))
                .with(Columns.POOL_VOLUME, filled(null, 0, 1e5, 5e4, rng, n))
                .with(Columns.POOL_COUNT, filled(null, 0, 5, 3, rng, n))
                .with(Columns.POOL_CONCENTRATION, filled(null, 0, 0.3, 0.3, rng, n))
                .with(Columns.POOL_RESERVE_QUOTE, filled(null, 0, 4e6, 1e6, rng, n));
    }

    private static double[] filled(double[] by, int from, double base, double spread, Rng rng) {
        return filled(by, from, base, spread, rng, by.length);
    }

    private static double[] filled(double @Nullable [] by, int from, double base, double spread, Rng rng, int rows) {
        double[] out = new double[rows];
        for (int t = 0; t < rows; t++) {
            double value = base + spread * rng.nextDouble();
            out[t] = t < from ? Double.NaN : by == null ? value : value * by[t];
        }
        return out;
    }
}
