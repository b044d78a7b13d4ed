package org.lama.benchmarks;

import java.util.concurrent.TimeUnit;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.engine.BarEngine;
import org.lama.backtest.engine.EngineSettings;
import org.lama.core.base.Api;
import org.lama.core.data.MarketData;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A run of the engine over daily bars with weekly orders in every symbol: orders, costs, ledger with its checks, equity
 * curve. The baseline is a loop over bar objects without ledger, checks and limits.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class EngineBenchmark {
    /** Number of symbols. */
    @Param({"120"})
    public int symbols;

    /** Number of daily bars of each symbol. */
    @Param({"1500"})
    public int days;

    private MarketData data = BenchmarkData.market(1, 2);
    private Schedule schedule = new Schedule(1);

    /** When the strategy of both sides decides, and what it wants: every week, half of the symbols in turn. */
    record Schedule(int symbols) {
        private static final int DAYS_BETWEEN = 7;

        boolean decidesAt(int row) {
            return row % DAYS_BETWEEN == 0;
        }

        double weight(int symbol, int row) {
            boolean chosen = (symbol + row / DAYS_BETWEEN) % 4 < 2;
            return chosen ? 1.6 / symbols : 0;
        }
    }

    /** Called by the harness. */
    public EngineBenchmark() {}

    /** Makes the bars. */
    @Setup
    public void prepare() {
        data = BenchmarkData.market(symbols, days);
        schedule = new Schedule(symbols);
    }

    /**
     * Our engine.
     *
     * @return the run
     */
    @Benchmark
    public BacktestResult engine() {
        Schedule plan = schedule;
        return BarEngine.run(
                data,
                context -> {
                    int row = context.past(0).size() - 1;
                    for (int s = 0; plan.decidesAt(row) && s < plan.symbols(); s++) {
                        context.target(s, plan.weight(s, row));
                    }
                },
                EngineSettings.DEFAULT);
    }

    /**
     * The baseline, with the building of its bar objects.
     *
     * @return equity at the end
     */
    @Benchmark
    public double objects() {
        return new NaiveEngine(data, EngineSettings.DEFAULT.cash()).run(schedule);
    }
}
