package org.lama.backtest.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

/** Small markets for tests. */
public final class Markets {
    /** Length of a bar. */
    public static final long DAY = 86_400_000_000_000L;

    private Markets() {}

    /** One symbol from opens and closes, daily from 1970 on. */
    public static Frame frame(String symbol, double[] open, double[] close) {
        return frame(symbol, 0, open, close);
    }

    /** One symbol from opens and closes whose first bar is the given day. */
    public static Frame frame(String symbol, int firstDay, double[] open, double[] close) {
        TimeIndex index = TimeIndex.regular(firstDay * DAY, DAY, open.length);
        return Frame.of(symbol, index, DAY, new Provenance(Provenance.Kind.SYNTHETIC, "test", "", ""))
                .with(Columns.OPEN, open)
                .with(Columns.CLOSE, close);
    }

    /** Frames as a market. */
    public static MarketData of(Frame... frames) {
        return new MarketData(Arrays.asList(frames), List.of(), List.of());
    }

    /** Random walks with volume, listing dates that differ, gaps, and an end before the end for every tenth symbol. */
    public static MarketData random(long seed, int symbols, int days) {
        List<Frame> frames = new ArrayList<>();
        for (int s = 0; s < symbols; s++) {
            Rng rng = Seeds.rng(seed, s);
            int first = s % 3 == 0 ? 0 : rng.nextInt(days / 4);
            int size = days - first - (s % 10 == 9 ? days / 4 : 0);
            double[] open = new double[size];
            double[] close = new double[size];
            double[] volume = new double[size];
            double price = StrictMath.exp(4 * rng.nextGaussian());
            for (int i = 0; i < size; i++) {
                open[i] = price * StrictMath.exp(0.002 * rng.nextGaussian());
                price *= StrictMath.exp(0.03 * rng.nextGaussian());
                close[i] = price;
                volume[i] = 1e7 / price * (1 + rng.nextDouble());
                if (rng.nextInt(200) == 0) {
                    open[i] = Double.NaN;
                    close[i] = Double.NaN;
                    volume[i] = Double.NaN;
                }
            }
            frames.add(frame("S" + s, first, open, close).with(Columns.VOLUME, volume));
        }
        return new MarketData(frames, List.of(), List.of());
    }
}
