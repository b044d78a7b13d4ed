package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.TimeSource;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/**
 * The built-in strategies on the shared data against an independent implementation (vectorbt, ta4j and backtrader agree
 * with it to 1e-14): same trades, same end equity.
 */
class BacktestOracleTest {
    private static final long MINUTE_SECONDS = 60;
    private static final Instant START = Instant.parse("2022-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    /** The data are others': nothing is written beside them. */
    private Backtest counted(BacktestRequest request) throws IOException {
        return Lama.backtest(
                request, Lama.Options.defaults().withLedger(folder.resolve("ledger"), TimeSource.fixed(0)));
    }

    private Backtest crossing(Path bars, String quantities) throws IOException {
        Node settings = Documents.parseYaml(
                "backtest: {cash: 1000000, commission: 0.001, slippage: 0.0005, sizing: all-in, quantityMode: "
                        + quantities + "}",
                "test");
        return counted(BacktestConfig.apply(
                BacktestRequest.of(bars, "sma-cross").with("fast", 600).with("slow", 3600), settings));
    }

    private static void sameTrades(Backtest backtest, Node oracle, double relative) {
        Node trades = backtest.manifest().get("trades");
        Node expected = oracle.get("trades");
        // the oracle lists a trade that is still open; ours stands among the open positions
        int open = expected.at(expected.size() - 1).has("exit_bar") ? 0 : 1;
        assertThat(backtest.manifest().get("openPositions").size()).isEqualTo(open);
        assertThat(trades.size()).isEqualTo(expected.size() - open);
        for (int i = 0; i < trades.size(); i++) {
            Node trade = trades.at(i);
            Node other = expected.at(i);
            assertThat(trade.get("entryTime").asInstant())
                    .isEqualTo(bar(other.get("entry_bar").asLong()));
            assertThat(trade.get("exitTime").asInstant())
                    .isEqualTo(bar(other.get("exit_bar").asLong()));
            close(trade.get("entryPrice"), other.get("entry_price").asDouble(), 1e-12);
            close(trade.get("exitPrice"), other.get("exit_price").asDouble(), 1e-12);
            close(trade.get("quantity"), other.get("size").asDouble(), relative);
            close(
                    trade.get("fees"),
                    other.get("entry_fee").asDouble() + other.get("exit_fee").asDouble(),
                    relative);
            // profits are differences of two values of a million: their error is that of the values
            assertThat(trade.get("pnl").asDouble()).isCloseTo(other.get("pnl").asDouble(), within(relative * 4e6));
        }
    }

    private static Instant bar(long number) {
        return START.plusSeconds(number * MINUTE_SECONDS);
    }

    private static void close(Node value, double expected, double relative) {
        assertThat(value.asDouble()).isCloseTo(expected, within(relative * Math.abs(expected)));
    }

    @Test
    void theCrossingOfAHundredThousandBarsIsTheSame() throws IOException {
        Path bars = SharedFolder.require("peers/backtest/data/minute_100k.csv.gz");
        Node oracle = Documents.read(SharedFolder.require("oracles/backtest/sma_oracle_100k.json"));
        double end = oracle.get("end_equity").asDouble();
        // required: 1e-9; quantities as fine as 64 bits allow for the capital of the run
        Backtest fractional = crossing(bars, "fractional");
        assertThat(fractional.endEquity()).isCloseTo(end, within(1e-9 * end));
        sameTrades(fractional, oracle, 1e-10);
        assertThat(fractional.metrics().get("maxDrawdown"))
                .isCloseTo(oracle.get("max_drawdown").asDouble(), within(1e-9));
        // required: 1e-6; one lot of 1e-8 at a price of 50,000 is 5e-4 of a million
        Backtest lots = crossing(bars, "lots");
        assertThat(lots.endEquity()).isCloseTo(end, within(1e-8 * end));
        sameTrades(lots, oracle, 1e-8);
    }

    /**
     * The oracle sells and buys at one open and lets cash go below zero by what the sales cost beyond what was kept. Here the
     * last purchases are cut to the cash that is there, so that the account stays a little behind: 0.16 % after 119 months.
     */
    @Test
    void theMomentumPortfolioIsThatOfTheOracleLessTheCashItOverspends() throws IOException {
        Path bars = SharedFolder.require("peers/backtest/data/daily100.parquet");
        Node oracle = Documents.read(SharedFolder.require("oracles/backtest/portfolio_momentum.json"));
        Node settings = Documents.parseYaml(
                "backtest: {commission: 0.001, slippage: 0.0005, slippageModel: flat, quantityMode: fractional}",
                "test");
        Backtest backtest = counted(BacktestConfig.apply(
                BacktestRequest.of(bars, "momentum-rotation")
                        .with("look", 90)
                        .with("top", 10)
                        .with("rebalanceEvery", 30),
                settings));
        assertThat(backtest.fills().columns().get(0).cells())
                .hasSize(oracle.get("orders").asInt());
        assertThat(backtest.manifest().get("events").names()).isEmpty();
        // measured: -0.00156
        assertThat(backtest.endEquity() / oracle.get("end_equity").asDouble() - 1)
                .isBetween(-0.002, 0.0);
    }

    @Test
    void theCrossingOfAMillionBarsIsTheSame() throws IOException {
        Path bars = SharedFolder.require("peers/backtest/data/minute_1m.parquet");
        Node oracle = Documents.read(SharedFolder.require("oracles/backtest/sma_oracle_1m.json"));
        double end = oracle.get("end_equity").asDouble();
        Backtest fractional = crossing(bars, "fractional");
        assertThat(fractional.endEquity()).isCloseTo(end, within(1e-9 * end));
        sameTrades(fractional, oracle, 1e-9);
    }
}
