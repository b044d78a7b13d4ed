package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.backtest.api.SharedFolder;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.engine.EngineSettings.QuantityMode;
import org.lama.backtest.execution.OrderSizing;
import org.lama.backtest.risk.RiskLimits;
import org.lama.core.data.BarFiles;
import org.lama.core.data.LoadOptions;
import org.lama.core.data.MarketData;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/**
 * Monthly momentum rotation over 100 generated assets. The oracle values equity at the open, sizes with the purchase price
 * whichever side trades, and lets cash go a little below zero when it sells more than it keeps: sizing AT_OPEN on credit.
 */
class MomentumOracleTest {
    private static MarketData data() throws IOException {
        return BarFiles.load(SharedFolder.require("peers/backtest/data/daily100.parquet"), LoadOptions.defaults());
    }

    private static BacktestResult run(MarketData data, Kind kind) {
        EngineSettings settings = EngineSettings.builder()
                .cost(new FlatCost(0.001, 0.0005))
                .kind(kind)
                .orderSizing(OrderSizing.AT_OPEN)
                .quantityMode(QuantityMode.FRACTIONAL)
                .limits(RiskLimits.DEFAULT.withoutLiquidityCap())
                .build();
        return BarEngine.run(data, new MomentumRotation(90, 10, 30, 3649), settings);
    }

    @Test
    void ordersAndEquityAreTheOnesOfTheOracle() throws IOException {
        MarketData data = data();
        Node oracle = Documents.read(SharedFolder.require("oracles/backtest/portfolio_momentum.json"));
        BacktestResult result = run(data, Kind.PERP);
        assertThat(result.fillCount()).isEqualTo(oracle.get("orders").asInt());
        double[] equity = result.equity();
        List<Node> every30 = oracle.get("equity_every_30").items();
        double worst = 0;
        for (int i = 0; i < every30.size(); i++) {
            worst = Math.max(worst, Math.abs(equity[30 * i] / every30.get(i).asDouble() - 1));
        }
        double end = equity[3649] / oracle.get("end_equity").asDouble() - 1;
        System.getLogger("oracle")
                .log(System.Logger.Level.INFO, "momentum: end " + end + ", worst of every 30th " + worst);
        // ticks and fees are rounded, nothing else
        assertThat(end).isCloseTo(0, within(1e-9));
        assertThat(worst).isLessThan(1e-9);
        assertThat(result.tradedNotional() / oracle.get("turnover").asDouble()).isCloseTo(1, within(1e-9));
        assertThat(result.audit()).isEmpty();
    }

    @Test
    void withoutCreditPurchasesAreCutToTheCashThatSalesLeave() throws IOException {
        BacktestResult spot = run(data(), Kind.SPOT);
        double least = Double.MAX_VALUE;
        for (double cash : spot.cash()) {
            least = Math.min(least, cash);
        }
        assertThat(least).isGreaterThanOrEqualTo(0);
        // the last purchase of a month is smaller, by what the sales cost beyond what was kept: about a basis point a
        // month
        assertThat(spot.equity()[3649] / 60_592_233.7350198).isCloseTo(1, within(0.02));
    }
}
