package org.lama.backtest.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.engine.EngineSettings.QuantityMode;
import org.lama.backtest.engine.Market;
import org.lama.backtest.execution.OrderSizing;
import org.lama.backtest.risk.RiskLimits;
import org.lama.backtest.strategies.Strategies;
import org.lama.core.search.Direction;
import org.lama.core.search.ParameterSpace;
import org.lama.core.search.Samplers;
import org.lama.core.search.ThreadTaskExecutor;
import org.lama.core.series.Frame;

/** Many trials in a process of its own with a small heap: folder, number of trials, number of bars. */
public final class SweepMillion {
    private SweepMillion() {}

    /** Prints the number of trials. */
    public static void main(String[] args) throws IOException {
        Frame frame = SweepMarkets.walk(9, Integer.parseInt(args[2]), SweepMarkets.HOUR, 100, 0.01);
        EngineSettings settings = EngineSettings.builder()
                .cost(new FlatCost(0.001, 0.0005))
                .orderSizing(OrderSizing.AT_OPEN)
                .quantityMode(QuantityMode.FRACTIONAL)
                .limits(new RiskLimits(1, 1, Double.POSITIVE_INFINITY))
                .build();
        EngineTrials trials = EngineTrials.of(
                        step -> Market.of(SweepMarkets.of(frame)),
                        Strategies.named("sma-cross")::create,
                        settings,
                        SweepMetric.SHARPE,
                        "sma-cross")
                .withRule("sma-cross");
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            int count = Integer.parseInt(args[1]);
            SweepResult result = Sweep.of(
                            Samplers.grid(ParameterSpace.parse("fast=20..1019,slow=1100..2099"), Direction.MAXIMISE),
                            trials,
                            SweepSettings.of(count, 1).withBatch(4096))
                    .withFolder(Path.of(args[0]), "data", "1")
                    .run(ThreadTaskExecutor.of(pool, 16));
            // figures and plateaus are made of all trials too
            TrialColumns columns = TrialColumns.of(result);
            report(
                    result.statistics(),
                    Plateau.find(columns, Direction.MAXIMISE).orElseThrow());
        } finally {
            pool.shutdownNow();
        }
    }

    @SuppressWarnings("SystemOut") // the parent process reads it
    private static void report(SweepStatistics statistics, Plateau plateau) {
        System.out.println(statistics.count() + " " + statistics.paths() + " " + plateau);
    }
}
