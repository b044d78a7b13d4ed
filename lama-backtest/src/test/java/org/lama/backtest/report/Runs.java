package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.engine.BarEngine;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.Series;
import org.lama.core.series.TimeIndex;

/** Small runs of the engine for reports. */
final class Runs {
    static final long HOUR = 3_600_000_000_000L;
    static final EngineSettings SETTINGS =
            EngineSettings.DEFAULT.toBuilder().kind(Kind.PERP).build();

    private Runs() {}

    /** Random walks with drift, highs, lows and volume, from 2019 on. */
    static MarketData market(int symbols, int bars, long barNanos, Provenance.Kind kind) {
        List<Frame> frames = new ArrayList<>();
        for (int s = 0; s < symbols; s++) {
            Rng rng = Seeds.rng(7, s);
            double step = 0.04 * Math.sqrt(barNanos / 8.64e13);
            double[][] c = new double[5][bars];
            double price = 100 * (s + 1);
            double trend = 0;
            for (int t = 0; t < bars; t++) {
                trend = 0.95 * trend + 0.045 * step * rng.nextGaussian();
                double open = price;
                price *= StrictMath.exp(trend + step * rng.nextGaussian());
                c[0][t] = open;
                c[3][t] = price;
                c[1][t] = Math.max(open, price) * (1 + step * rng.nextDouble() / 2);
                c[2][t] = Math.min(open, price) * (1 - step * rng.nextDouble() / 2);
                c[4][t] = 5e7 / price * (0.5 + rng.nextDouble()) * (barNanos / 8.64e13);
            }
            String symbol = s == 0 ? Samples.HOSTILE : "SYM" + s;
            frames.add(Frame.of(
                            symbol,
                            TimeIndex.regular(Samples.START, barNanos, bars),
                            barNanos,
                            new Provenance(kind, "made <up>", "0123456789abcdef0123", ""))
                    .with(Columns.OPEN, c[0])
                    .with(Columns.HIGH, c[1])
                    .with(Columns.LOW, c[2])
                    .with(Columns.CLOSE, c[3])
                    .with(Columns.VOLUME, c[4]));
        }
        return new MarketData(frames, List.of(), List.of());
    }

    /** Long above the mean of some bars, short below it, a change of sign only. */
    record Cross(int fast, int slow) implements Strategy {
        @Override
        public void onBar(Context context) {
            int n = context.symbols().size();
            for (int s = 0; s < n; s++) {
                Series close = context.past(s).column(Columns.CLOSE);
                if (context.isTradable(s) && close.size() >= slow) {
                    double weight = mean(close, fast) > mean(close, slow) ? 0.9 / n : -0.5 / n;
                    if (Math.signum(weight) != Math.signum(context.weight(s))) {
                        context.target(s, weight);
                    }
                }
            }
        }

        private static double mean(Series x, int bars) {
            double[] last = new double[bars];
            Arrays.setAll(last, i -> x.get(x.size() - bars + i));
            return Arrays.stream(last).sum() / bars;
        }
    }

    static BacktestResult run(MarketData data, int slow, double costMultiple, double cash) {
        EngineSettings settings = SETTINGS.toBuilder()
                .cash(cash)
                .cost(SETTINGS.cost().scaled(costMultiple))
                .build();
        return BarEngine.run(data, new Cross(slow / 4, slow), settings);
    }

    static BacktestRecord record(String name, MarketData data, int slow) {
        return BacktestRecord.of(name, run(data, slow, 1, 1e6), data)
                .withSettings(Map.of("strategy", name, "slow", String.valueOf(slow)))
                .withCostRuns(multiple -> run(data, slow, multiple, 1e6));
    }
}
