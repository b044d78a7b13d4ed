package org.lama.backtest.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lama.backtest.order.OrderRequest.TimeInForce;
import org.lama.core.market.Side;

class OrderRequestTest {
    private static final double NAN = Double.NaN;

    private static OrderRequest of(OrderRequest.Type type, double limit, double trigger, double trail) {
        return new OrderRequest(
                0, Side.BUY, type, 1, limit, trigger, trail, TimeInForce.GTC, Long.MAX_VALUE, false, false, "");
    }

    @Test
    void eachKindAsksForItsOwnPrices() {
        assertThat(of(OrderRequest.Type.TAKE_PROFIT_LIMIT, 9, 10, NAN).limitPrice())
                .isEqualTo(9);
        assertThat(OrderRequest.trailingStop(0, Side.SELL, 1, 0.1).trail()).isEqualTo(0.1);
        assertThatThrownBy(() -> of(OrderRequest.Type.LIMIT, NAN, NAN, NAN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limitPrice");
        assertThatThrownBy(() -> of(OrderRequest.Type.MARKET, 5, NAN, NAN))
                .hasMessage("limitPrice must be NaN for MARKET, got 5.0");
        assertThatThrownBy(() -> of(OrderRequest.Type.LIMIT, 5, 6, NAN))
                .hasMessage("triggerPrice must be NaN for LIMIT, got 6.0");
        assertThatThrownBy(() -> of(OrderRequest.Type.STOP, NAN, -1, NAN)).hasMessageContaining("triggerPrice");
        assertThatThrownBy(() -> of(OrderRequest.Type.TRAILING_STOP, NAN, NAN, 1))
                .hasMessageContaining("trail must be in (0, 1)");
        assertThatThrownBy(() -> of(OrderRequest.Type.STOP, NAN, 5, 0.1)).hasMessageContaining("NaN for all else");
        assertThatThrownBy(() -> OrderRequest.market(0, Side.BUY, 0)).hasMessageContaining("quantity");
        assertThatThrownBy(() -> OrderRequest.market(-1, Side.BUY, 1)).hasMessageContaining("instrument");
    }

    @Test
    void timesAndFlagsFitTogether() {
        OrderRequest limit = OrderRequest.limit(0, Side.BUY, 1, 100);
        assertThat(limit.goodTill(7).expiresNanos()).isEqualTo(7);
        assertThat(limit.goodTill(7).withTimeInForce(TimeInForce.GTC)).isEqualTo(limit);
        assertThat(limit.asPostOnly().asReduceOnly().withTag("x"))
                .matches(r -> r.postOnly() && r.reduceOnly() && r.tag().equals("x"));
        assertThatThrownBy(() -> limit.withTimeInForce(TimeInForce.GTD)).hasMessageContaining("expiresNanos");
        assertThatThrownBy(() -> limit.asPostOnly().withTimeInForce(TimeInForce.IOC))
                .hasMessage("postOnly must go with a LIMIT order that may rest, got LIMIT IOC");
        assertThatThrownBy(() -> OrderRequest.market(0, Side.BUY, 1).asPostOnly())
                .hasMessageContaining("postOnly");
    }

    @Test
    void finalStatesAreLeftByLateFillsAloneAndTheUnknownOnlyWithEvidence() {
        Set<OrderState> fills = EnumSet.of(OrderState.PARTIAL, OrderState.FILLED);
        for (OrderState to : OrderState.values()) {
            assertThat(OrderState.FILLED.mayBecome(to)).isFalse();
            assertThat(OrderState.REJECTED.mayBecome(to)).isFalse();
            assertThat(OrderState.NOT_FOUND.mayBecome(to)).isFalse();
            assertThat(OrderState.CANCELED.mayBecome(to)).isEqualTo(fills.contains(to));
            assertThat(OrderState.EXPIRED.mayBecome(to)).isEqualTo(fills.contains(to));
            assertThat(to.mayBecome(OrderState.CREATED))
                    .as("%s back to the start", to)
                    .isFalse();
        }
        assertThat(OrderState.UNKNOWN.mayBecome(OrderState.NOT_FOUND)).isTrue();
        assertThat(OrderState.ACKED.mayBecome(OrderState.NOT_FOUND)).isFalse();
    }
}
