package org.lama.backtest.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.order.OrderState;
import org.lama.core.market.Contract;
import org.lama.core.market.CostModel.Role;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.Side;
import org.lama.core.market.TradingRules;

class WorkingOrdersAllocationTest {
    private static final int BARS = 20_000;

    private static final class Quiet implements ExecutionSink {
        private long position;
        private int fills;

        @Override
        public long positionLots(long order, int instrument) {
            return position;
        }

        @Override
        public long allowedLots(long order, int instrument, long signedLots, long priceTicks, Role role) {
            return signedLots;
        }

        @Override
        public Reason refusal() {
            return Reason.NO_CASH;
        }

        @Override
        public void filled(
                long tsNanos,
                long order,
                int instrument,
                long signedLots,
                long priceTicks,
                long referenceTicks,
                Role role,
                OrderState state) {
            position += signedLots;
            fills++;
        }

        @Override
        public void moved(long tsNanos, long order, int instrument, OrderState state, Reason reason) {}

        @Override
        public void rejected(long tsNanos, long order, int instrument, Reason reason) {}
    }

    @Test
    void barsWithOrdersAtRestAndMarketOrdersAllocateNothing() {
        Quiet sink = new Quiet();
        Contract contract = Contract.spot(new Instrument("TEST", Kind.SPOT, "BTC", "USD", 0, 0), TradingRules.NONE);
        WorkingOrders orders = new WorkingOrders(List.of(contract), FlatCost.DEFAULT, ExecutionSettings.DEFAULT, sink);
        orders.submit(OrderRequest.limit(0, Side.BUY, 1, 500), 0, 1000);
        orders.submit(OrderRequest.trailingStop(0, Side.SELL, 1, 0.5), 0, 1000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int bar = round * BARS; bar < (round + 1) * BARS; bar++) {
                orders.submitMarket(0, (bar & 1) == 0 ? 1 : -1, bar, 1000, false);
                orders.openBar(0, bar, bar + 1, 1000, 1010, 990, 1005, 100);
                orders.matchOpen(0, Side.SELL);
                orders.matchOpen(0, Side.BUY);
                orders.matchInside(0);
                orders.matchClose(0, Side.SELL);
                orders.matchClose(0, Side.BUY);
            }
            bytes = Math.min(bytes, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(sink.fills).isEqualTo(5 * BARS);
        assertThat(orders.size(0)).isEqualTo(2);
        // the counter itself may cost some bytes a round
        assertThat(bytes / (double) BARS).isLessThan(0.01);
    }

    @Test
    void manyOrdersComeAndGoWithoutLosingTheirPlace() {
        Quiet sink = new Quiet();
        Contract contract = Contract.spot(new Instrument("TEST", Kind.SPOT, "BTC", "USD", 0, 0), TradingRules.NONE);
        WorkingOrders orders = new WorkingOrders(List.of(contract), FlatCost.DEFAULT, ExecutionSettings.DEFAULT, sink);
        for (int i = 1; i <= 3000; i++) {
            assertThat(orders.submit(OrderRequest.limit(0, Side.BUY, i, 500), i, 1000))
                    .isEqualTo(i);
            if (i > 100 && i % 3 != 0) {
                assertThat(orders.cancel(i - 100, i)).isTrue();
            }
        }
        int alive = 0;
        for (int i = 1; i <= 3000; i++) {
            boolean cancelled = i + 100 <= 3000 && (i + 100) % 3 != 0;
            assertThat(orders.openLots(i)).as("order %d", i).isEqualTo(cancelled ? 0 : i);
            alive += cancelled ? 0 : 1;
        }
        assertThat(orders.size(0)).isEqualTo(alive);
        orders.endOfRun(4000);
        assertThat(orders.isEmpty()).isTrue();
        assertThat(orders.state(1)).isEqualTo(OrderState.NOT_FOUND);
    }
}
