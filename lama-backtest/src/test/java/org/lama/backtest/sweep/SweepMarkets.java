package org.lama.backtest.sweep;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

/** Markets of one symbol: the generated minute bars of the oracles, and random walks in cents. */
final class SweepMarkets {
    static final long MINUTE = 60_000_000_000L;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;
    private static final long START = 1_640_995_200_000_000_000L;
    private static final int ORACLE_BARS = 100_000;

    private SweepMarkets() {}

    static MarketData of(Frame... frames) {
        return new MarketData(List.of(frames), List.of(), List.of());
    }

    static Frame frame(long barNanos, double[] open, double[] close) {
        return Frame.of(
                        "BTC",
                        TimeIndex.regular(START, barNanos, open.length),
                        barNanos,
                        new Provenance(Provenance.Kind.SYNTHETIC, "test", "", ""))
                .with(Columns.OPEN, open)
                .with(Columns.CLOSE, close);
    }

    /** A walk in whole cents; a small price gives many equal means. */
    static Frame walk(long seed, int bars, long barNanos, double price, double volatility) {
        Rng rng = Seeds.rng(seed, 0);
        double[] open = new double[bars];
        double[] close = new double[bars];
        double last = price;
        for (int t = 0; t < bars; t++) {
            open[t] = cents(last * (1 + 0.2 * volatility * rng.nextGaussian()));
            close[t] = cents(open[t] * (1 + volatility * rng.nextGaussian()));
            last = close[t];
        }
        return frame(barNanos, open, close);
    }

    private static double cents(double price) {
        return Math.max(1, Math.rint(price * 100)) / 100;
    }

    /** The bars of minute_100k.csv.gz, from the delta-coded cents of the engine's oracle. */
    static Frame minutes() {
        double[] open = new double[ORACLE_BARS];
        double[] close = new double[ORACLE_BARS];
        try (InputStream in = new GZIPInputStream(Objects.requireNonNull(
                SweepMarkets.class.getResourceAsStream("/org/lama/backtest/engine/minute_100k_open_close.gz")))) {
            long last = 0;
            for (int i = 0; i < ORACLE_BARS; i++) {
                long first = last + difference(in);
                last = first + difference(in);
                open[i] = first / 100.0;
                close[i] = last / 100.0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return frame(MINUTE, open, close);
    }

    private static long difference(InputStream in) throws IOException {
        long coded = 0;
        int shift = 0;
        int next;
        do {
            next = in.read();
            coded |= (long) (next & 127) << shift;
            shift += 7;
        } while (next >= 128);
        return (coded >>> 1) ^ -(coded & 1);
    }
}
