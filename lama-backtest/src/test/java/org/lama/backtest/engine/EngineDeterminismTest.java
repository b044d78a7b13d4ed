package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.backtest.cost.FlatCost;
import org.lama.core.data.MarketData;
import org.lama.core.market.Instrument.Kind;

class EngineDeterminismTest {
    private static final MarketData DATA = Markets.random(42, 30, 600);

    private static BacktestResult run(int k) {
        Kind kind = k % 2 == 0 ? Kind.SPOT : Kind.PERP;
        EngineSettings settings = EngineSettings.DEFAULT.toBuilder()
                .cost(FlatCost.DEFAULT.scaled(Math.floorDiv(k, 2)))
                .kind(kind)
                .build();
        return BarEngine.run(DATA, new Momentum(20, true), settings);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void anyNumberOfThreadsGivesEqualBits(int threads) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<BacktestResult>> runs = new ArrayList<>();
            for (int k = 0; k < 8; k++) {
                int number = k;
                runs.add(pool.submit(() -> run(number)));
            }
            for (int k = 0; k < 8; k++) {
                BacktestResult alone = run(k);
                BacktestResult pooled = runs.get(k).get();
                assertThat(bits(pooled)).isEqualTo(bits(alone));
                assertThat(pooled.fills()).isEqualTo(alone.fills());
                assertThat(pooled.roundTrips()).isEqualTo(alone.roundTrips());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static long[] bits(BacktestResult result) {
        return Arrays.stream(result.equity())
                .mapToLong(Double::doubleToLongBits)
                .toArray();
    }

    @Test
    void theBooksOfEveryRunBalance() {
        for (int k = 0; k < 8; k++) {
            BacktestResult result = run(k);
            assertThat(result.fillCount()).isGreaterThan(300);
            assertThat(result.audit()).isEmpty();
            if (k % 2 == 0) {
                assertThat(Arrays.stream(result.cash()).min().orElseThrow()).isGreaterThanOrEqualTo(0);
            }
            double tripFees =
                    result.roundTrips().stream().mapToDouble(t -> t.fees()).sum();
            assertThat(tripFees).isLessThanOrEqualTo(result.totalFees() + 1e-6);
        }
    }

    @Test
    void higherCostsNeverPay() {
        double last = Double.POSITIVE_INFINITY;
        for (int multiple = 0; multiple <= 3; multiple++) {
            double end = run(2 * multiple).endEquityUnits();
            assertThat(end).isLessThan(last);
            last = end;
        }
    }

    @Test
    void columnsShowTheRunPerBar() {
        BacktestResult result = run(2);
        assertThat(result.columns()).extracting(c -> c.name()).containsExactly("time", "equity", "cash", "exposure");
        assertThat(result.columns().get(1).cells()).hasSize(result.times().size());
        assertThat(result.symbols()).hasSize(30);
        assertThat(result.settings().kind()).isEqualTo(Kind.SPOT);
        assertThat(result.journal().size()).isGreaterThan(1000);
    }

    @Test
    void aPanelOfOneHundredAndTwentySymbolsRunsFourTimesWithinASecondOrTwo() {
        MarketData panel = Markets.random(1, 120, 1500);
        BarEngine.run(panel, new Momentum(20, false), EngineSettings.DEFAULT);
        long start = System.nanoTime();
        for (int k = 0; k < 4; k++) {
            BarEngine.run(
                    panel,
                    new Momentum(20, false),
                    EngineSettings.DEFAULT.toBuilder()
                            .cost(FlatCost.DEFAULT.scaled(k))
                            .build());
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        System.getLogger("engine").log(System.Logger.Level.INFO, "120 symbols x 1500 days x 4 runs: " + seconds + " s");
        assertThat(seconds).isLessThan(20);
    }
}
