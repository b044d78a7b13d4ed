package org.lama.backtest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.lama.backtest.api.SharedFolder;
import org.lama.backtest.cost.FeeSchedule;
import org.lama.backtest.matching.FillRules;
import org.lama.backtest.matching.OrderLatency;
import org.lama.backtest.order.Fill;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.order.OrderRequest.TimeInForce;
import org.lama.backtest.order.OrderState;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.book.MemoryFeed;
import org.lama.core.market.Side;
import org.lama.core.store.ParquetFrames;

/**
 * Orders that walk the book, against the exchange with partial fills of hftbacktest 2.4.4 on the 2 M synthetic events: made
 * with l2_takers.py of the test resources. Its totals count the last part of each order alone (its local side books an
 * answer only if the order is filled with it), so that we sum the same. Its maker fills are no oracle: a maker that is
 * filled in part is dropped there and the run ends with an error.
 */
class ReplayTakerOracleTest {
    private static final long LATENCY_NANOS = 10_000_000;

    @Test
    void ordersThatWalkTheBookFillAsWithHftbacktest() throws IOException {
        Path data = SharedFolder.require("peers/backtest/data/l2_events.parquet");
        ReplayMarket market = ReplayMarket.of("SYNTH", MemoryFeed.of(ReplayOracleTest.events(ParquetFrames.read(data))))
                .withRules(FillRules.parts())
                .withLatency(new OrderLatency.Constant(LATENCY_NANOS, LATENCY_NANOS))
                .withFees(FeeSchedule.makerTaker(-0.00005, 0.0007));
        Taker taker = new Taker();
        MarketResult result = Replay.run(taker, market, ReplaySettings.DEFAULT).market(0);
        assertThat(taker.lastParts).isEqualTo(44_971);
        // theirs are sums of 45,000 numbers in floating point
        assertThat(taker.position / 1000.0).isCloseTo(1765.7419999997935, within(1e-8));
        assertThat(taker.volume / 1000.0).isCloseTo(44857.70799999532, within(1e-8));
        assertThat(taker.balance / 10_000.0).isCloseTo(-52971226.770199746, within(1e-4));
        assertThat(taker.feeUnits / 1e8).isCloseTo(941790.1713093978, within(1e-3)); // 10^-8 for each fill
        assertThat(result.trades()).isGreaterThan(3L * taker.lastParts);
    }

    /** Every 100 ms one order: IOC, market and FOK in turn, of more than the best level has. */
    private static final class Taker implements Strategy {
        private static final long STEP_NANOS = 100_000_000;
        private long next;
        private int count;
        private long lastParts;
        private long position;
        private long volume;
        private long balance;
        private long feeUnits;

        @Override
        public void onOrder(Context context, OrderEvent event) {
            if (event instanceof OrderEvent.Filled filled && filled.state() == OrderState.FILLED) {
                Fill fill = filled.fill();
                lastParts++;
                position += fill.signedLots();
                volume += fill.lots();
                balance -= fill.signedLots() * fill.priceTicks();
                feeUnits += fill.feeUnits();
            }
        }

        @Override
        public void onStart(Context context) {
            next = context.timeNanos() + STEP_NANOS;
            context.timer("take", next);
        }

        @Override
        public void onBar(Context context) {}

        @Override
        public void onTimer(Context context, String name) {
            double bid = context.bid(0);
            double ask = context.ask(0);
            count++;
            context.submit(
                    switch (count % 6) {
                        case 0 -> limit(Side.BUY, 4, ask + 0.2, TimeInForce.IOC);
                        case 1 -> OrderRequest.market(0, Side.SELL, 3);
                        case 2 -> limit(Side.BUY, 2.5, ask, TimeInForce.FOK);
                        case 3 -> limit(Side.SELL, 6, bid - 0.1, TimeInForce.FOK);
                        case 4 -> limit(Side.SELL, 0.7, bid, TimeInForce.IOC);
                        default -> OrderRequest.market(0, Side.BUY, 2.2);
                    });
            next += STEP_NANOS;
            context.timer("take", next);
        }

        private static OrderRequest limit(Side side, double quantity, double price, TimeInForce time) {
            return OrderRequest.limit(0, side, quantity, price).withTimeInForce(time);
        }
    }
}
