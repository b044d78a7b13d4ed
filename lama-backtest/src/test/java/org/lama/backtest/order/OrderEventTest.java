package org.lama.backtest.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.backtest.order.OrderEvent.Filled;
import org.lama.backtest.order.OrderEvent.Forced;
import org.lama.backtest.order.OrderEvent.Funded;
import org.lama.backtest.order.OrderEvent.Moved;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderEvent.Rejected;
import org.lama.core.market.Side;

class OrderEventTest {
    private static final OrderEvent.Visitor<String> WORDS = new OrderEvent.Visitor<>() {
        @Override
        public String moved(Moved event) {
            return "moved " + event.state();
        }

        @Override
        public String funded(Funded event) {
            return "funded " + event.paidUnits();
        }

        @Override
        public String filled(Filled event) {
            return "filled " + event.fill().signedLots();
        }

        @Override
        public String rejected(Rejected event) {
            return "rejected " + event.reason();
        }

        @Override
        public String forced(Forced event) {
            return "forced " + event.reason();
        }
    };

    @Test
    void everyCaseReachesItsVisitor() {
        Fill fill = new Fill(1, 101, 0, Side.SELL, 4, 10, 1);
        List<OrderEvent> events = List.of(
                new Filled(fill, OrderState.PARTIAL),
                new Rejected(102, 0, 7, Reason.NO_CASH),
                new Forced(fill, Reason.DELISTED),
                new Moved(103, 0, 7, OrderState.EXPIRED, Reason.TIME_IN_FORCE),
                new Funded(104, 0, 1e-4, 12));
        assertThat(events)
                .extracting(e -> e.accept(WORDS))
                .containsExactly("filled -4", "rejected NO_CASH", "forced DELISTED", "moved EXPIRED", "funded 12");
        assertThat(events).extracting(OrderEvent::tsNanos).containsExactly(101L, 102L, 101L, 103L, 104L);
    }

    @Test
    void impossibleFillsAreRefused() {
        assertThatThrownBy(() -> new Fill(-1, 0, 0, Side.BUY, 1, 1, 0)).hasMessageContaining("orderId must be >= 0");
        assertThatThrownBy(() -> new Fill(1, 0, 0, Side.BUY, 0, 1, 0)).hasMessage("lots must be > 0, got 0");
        assertThatThrownBy(() -> new Fill(1, 0, -1, Side.BUY, 1, 1, 0)).hasMessage("symbol must be >= 0, got -1");
        assertThatThrownBy(() -> new Fill(1, 0, 0, Side.BUY, 1, -1, 0)).hasMessageContaining("priceTicks must be >= 0");
    }
}
