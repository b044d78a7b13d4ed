package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.backtest.api.SharedFolder;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.engine.EngineSettings.QuantityMode;
import org.lama.backtest.execution.OrderSizing;
import org.lama.backtest.ledger.RoundTrip;
import org.lama.backtest.risk.RiskLimits;
import org.lama.core.data.BarFiles;
import org.lama.core.data.LoadOptions;
import org.lama.core.data.MarketData;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/**
 * The SMA 600/3600 crossover on 1,000,000 generated minute bars of the shared data; the oracle's own numbers come from
 * plain floating point, which vectorbt reproduces to 1e-14.
 */
class MinuteOracleTest {
    private static final long MINUTE = 60_000_000_000L;

    private static BacktestResult run(MarketData data, QuantityMode mode) {
        EngineSettings settings = EngineSettings.builder()
                .cost(new FlatCost(0.001, 0.0005))
                .orderSizing(OrderSizing.AT_FILL)
                .quantityMode(mode)
                .limits(RiskLimits.DEFAULT.withoutLiquidityCap())
                .build();
        return BarEngine.run(data, new Crossover(600, 3600), settings);
    }

    @Test
    void aMillionBarsGiveTheTradesOfTheOracle() throws IOException {
        Path bars = SharedFolder.require("peers/backtest/data/minute_1m.parquet");
        Node oracle = Documents.read(SharedFolder.require("oracles/backtest/sma_oracle_1m.json"));
        MarketData data = BarFiles.load(bars, LoadOptions.defaults());
        BacktestResult fine = run(data, QuantityMode.FRACTIONAL);
        compareTrades(fine, oracle.get("trades").items());
        double end = oracle.get("end_equity").asDouble();
        double fractional = fine.equity()[999_999] / end - 1;
        // as fine as 64 bits allow: only ticks and fees are rounded; required 1e-9
        assertThat(fractional).isCloseTo(0, within(1e-11));
        double lots = run(data, QuantityMode.LOTS).equity()[999_999] / end - 1;
        // 283 fills in lots of 1e-8; required 1e-6
        assertThat(lots).isCloseTo(0, within(1e-9));
        System.getLogger("oracle")
                .log(System.Logger.Level.INFO, "1 M bars: fractional " + fractional + ", lots " + lots);
        double min = Double.MAX_VALUE;
        for (double value : fine.equity()) {
            min = Math.min(min, value);
        }
        assertThat(min / oracle.get("min_equity").asDouble()).isCloseTo(1, within(1e-11)); // as above
        assertThat(fine.audit()).isEmpty();
    }

    private static void compareTrades(BacktestResult result, List<Node> trades) {
        // the last trade of the oracle is still open
        assertThat(result.roundTrips()).hasSize(trades.size() - 1);
        assertThat(result.fillCount()).isEqualTo(2 * trades.size() - 1);
        long start = result.times().at(0) - MINUTE;
        for (int i = 0; i < trades.size() - 1; i++) {
            Node trade = trades.get(i);
            RoundTrip trip = result.roundTrips().get(i);
            assertThat((trip.entryNanos() - start) / MINUTE)
                    .isEqualTo(trade.get("entry_bar").asLong());
            assertThat((trip.exitNanos() - start) / MINUTE)
                    .isEqualTo(trade.get("exit_bar").asLong());
            // ticks are finer than 1e-10 of the price, lots finer than 1e-10 of the size
            assertThat(trip.entryPrice() / trade.get("entry_price").asDouble()).isCloseTo(1, within(1e-11));
            assertThat(trip.exitPrice() / trade.get("exit_price").asDouble()).isCloseTo(1, within(1e-11));
            assertThat(trip.quantity() / trade.get("size").asDouble()).isCloseTo(1, within(1e-10));
        }
    }
}
