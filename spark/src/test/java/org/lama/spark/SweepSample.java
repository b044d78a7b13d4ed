package org.lama.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lama.backtest.cost.SquareRootCost;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.engine.Market;
import org.lama.backtest.sweep.EngineRecipe;
import org.lama.backtest.sweep.Sweep;
import org.lama.backtest.sweep.SweepResult;
import org.lama.backtest.sweep.SweepSettings;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.search.Direction;
import org.lama.core.search.ParameterSpace;
import org.lama.core.search.Samplers;
import org.lama.core.search.TaskExecutor;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

/** A sweep over a generated market of hours, through the event engine. */
final class SweepSample {
    private static final long HOUR = 3_600_000_000_000L;
    private static final long START = 1_640_995_200_000_000_000L;

    private SweepSample() {}

    static Market market(int bars) {
        Rng rng = Seeds.rng(11, 0);
        double[] open = new double[bars];
        double[] high = new double[bars];
        double[] low = new double[bars];
        double[] close = new double[bars];
        double[] volume = new double[bars];
        double last = 20_000;
        for (int t = 0; t < bars; t++) {
            open[t] = cents(last * Math.exp(0.001 * rng.nextGaussian()));
            close[t] = cents(open[t] * Math.exp(0.01 * rng.nextGaussian()));
            high[t] = cents(Math.max(open[t], close[t]) * 1.002);
            low[t] = cents(Math.min(open[t], close[t]) * 0.998);
            volume[t] = 500 + 100 * rng.nextGaussian();
            last = close[t];
        }
        open[bars / 2] = Double.NaN;
        Frame frame = Frame.of(
                        "BTC",
                        TimeIndex.regular(START, HOUR, bars),
                        HOUR,
                        new Provenance(Provenance.Kind.SYNTHETIC, "test", "", ""))
                .with(Columns.OPEN, open)
                .with(Columns.HIGH, high)
                .with(Columns.LOW, low)
                .with(Columns.CLOSE, close)
                .with(Columns.VOLUME, volume);
        return Market.of(new MarketData(List.of(frame), List.of(), List.of()));
    }

    private static double cents(double price) {
        return Math.rint(price * 100) / 100;
    }

    static EngineRecipe recipe(int bars) throws IOException {
        EngineSettings settings =
                EngineSettings.builder().cost(SquareRootCost.DEFAULT).build();
        return EngineRecipe.builder("sma-cross", Optional.empty(), market(bars), settings)
                .build();
    }

    static SweepResult sweep(TaskExecutor executor, EngineRecipe recipe, int trials) throws IOException {
        // some sets are refused by the strategy: fast must lie below slow
        ParameterSpace space = ParameterSpace.parse("fast=2..60,slow=20..200");
        return Sweep.of(
                        Samplers.random(space, Direction.MAXIMISE, 3),
                        recipe.trials(),
                        SweepSettings.of(trials, 5).withBatch(Math.min(trials, 256)))
                .run(executor);
    }

    /** All that a sweep found, bit by bit. */
    static List<Object> bits(SweepResult result) throws IOException {
        List<Object> all = new ArrayList<>();
        result.forEach(all::add);
        for (double[] row : result.returns().matrix()) {
            for (double value : row) {
                all.add(Double.doubleToRawLongBits(value));
            }
        }
        return all;
    }
}
