package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.strategies.Parameters;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.store.Node;

/** The parts of each trade sum to what it earned, funding and what insurance bore among them. */
class TradePartsTest {
    private static final int BARS = 400;
    private static final double CENT = 0.01;

    @TempDir
    private Path folder;

    /** Long and short in turns, and flat between. */
    public static final class Turns implements Strategy {
        private int bars;

        /** Without parameters. */
        public Turns(Parameters parameters) {}

        @Override
        public void onBar(Context now) {
            int turn = bars++ % 40;
            now.target(0, turn < 18 ? 2 : turn < 20 ? 0 : turn < 38 ? -2 : 0);
        }
    }

    /** Bars of eight hours with funding in each, and two falls and a rise that no margin survives. */
    private Path perpetual() throws IOException {
        Rng random = Seeds.rng(11, 1);
        List<String> rows = new ArrayList<>(List.of("time,open,high,low,close,volume,funding_rate"));
        double price = 30_000;
        for (int bar = 0; bar < BARS; bar++) {
            double open = price;
            double jump = bar == 45 || bar == 205 ? -0.7 : bar == 110 ? 1.1 : 0;
            price *= Math.exp(0.01 * random.nextGaussian() + jump);
            rows.add(1_600_000_000_000L / 28_800_000 * 28_800_000 + bar * 28_800_000L + "," + open + ","
                    + Math.max(open, price) * 1.001 + "," + Math.min(open, price) * 0.999 + "," + price + ",1e6,"
                    + (bar % 7 < 4 ? 0.0004 : -0.0002));
        }
        return Files.write(folder.resolve("BTCUSDTPERP.csv"), rows);
    }

    private Backtest run() throws IOException {
        BacktestRequest request = BacktestRequest.of(perpetual(), Turns.class, Turns::new);
        BacktestSettings base = BacktestSettings.defaults();
        return Lama.backtest(request.withSettings(new BacktestSettings(
                base.cash(),
                base.commission(),
                base.slippage(),
                "flat",
                "own",
                "lots",
                "next-open",
                "pessimistic",
                base.participation(),
                2,
                "isolated",
                "stop",
                42)));
    }

    @Test
    void thePartsOfEachTradeSumToItsProfit() throws IOException {
        Backtest run = run();
        List<Node> trades = run.manifest().get("trades").items();
        assertThat(trades).hasSizeGreaterThan(12);
        double funding = 0;
        double insurance = 0;
        for (Node trade : trades) {
            double sign = trade.get("side").asText().equals("LONG") ? 1 : -1;
            double costs = trade.get("fees").asDouble()
                    + trade.get("funding").asDouble()
                    - trade.get("insurance").asDouble();
            double turn = sign
                    * (trade.get("exitPrice").asDouble()
                            - trade.get("entryPrice").asDouble())
                    * trade.get("quantity").asDouble();
            double pnl = trade.get("pnl").asDouble();
            // prices hold the slippage already; averages are rounded to ticks
            assertThat(turn - costs).isCloseTo(pnl, within(CENT));
            assertThat(trade.get("grossProfit").asDouble()
                            - trade.get("slippage").asDouble()
                            - costs)
                    .isCloseTo(pnl, within(1e-6));
            funding += trade.get("funding").asDouble();
            insurance += trade.get("insurance").asDouble();
        }
        assertThat(funding).isNotZero();
        assertThat(insurance).isPositive();
        assertThat(trades.stream().anyMatch(trade -> trade.get("funding").asDouble() < 0))
                .isTrue();
    }
}
