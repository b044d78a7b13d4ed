package org.lama.backtest.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Contract;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.MarginTiers;
import org.lama.core.market.Side;
import org.lama.core.market.TradingRules;

class OrderNormaliserTest {
    private static final Scale SCALE = new Scale(4, 6);
    /** Tick 0.05, lot 0.001, from 0.002 to 100, at least 10 in value. */
    private static final OrderNormaliser RULES =
            OrderNormaliser.of(SCALE, new TradingRules(0.05, 0.001, 0.002, 100, 10));

    @Test
    void allPricesOfABuyGoDownAndOfASaleUp() {
        assertThat(RULES.ticks(Side.BUY, 100.04)).isEqualTo(1_000_000);
        assertThat(RULES.ticks(Side.SELL, 100.04)).isEqualTo(1_000_500);
        assertThat(RULES.ticks(Side.BUY, 100.05)).isEqualTo(1_000_500);
        assertThat(RULES.ticks(Side.SELL, 100.05)).isEqualTo(1_000_500);
        OrderRequest stop = OrderRequest.stopLimit(0, Side.SELL, 1, 95.02, 94.99);
        assertThat(RULES.normalise(stop, 0))
                .isEqualTo(new OrderNormaliser.Normalised(1_000_000, 950_000, 950_500, Reason.ACCEPTED));
    }

    @Test
    void fillsAreRoundedAgainstUs() {
        assertThat(RULES.adverseTicks(Side.BUY, 100.01)).isEqualTo(1_000_500);
        assertThat(RULES.adverseTicks(Side.SELL, 100.04)).isEqualTo(1_000_000);
    }

    @Test
    void quantitiesGoTowardsZero() {
        assertThat(RULES.lots(0.0029999)).isEqualTo(2_000);
        assertThat(RULES.wholeSteps(-2_999)).isEqualTo(-2_000);
        assertThat(RULES.lotStep()).isEqualTo(1_000);
        assertThat(RULES.tickStep()).isEqualTo(500);
        assertThat(RULES.scale()).isEqualTo(SCALE);
    }

    @Test
    void whatTheVenueWouldRefuseHasAReason() {
        assertThat(reason(OrderRequest.limit(0, Side.BUY, 0.0019, 1e6))).isEqualTo(Reason.TOO_SMALL);
        assertThat(reason(OrderRequest.limit(0, Side.BUY, 100.001, 100))).isEqualTo(Reason.TOO_LARGE);
        assertThat(reason(OrderRequest.limit(0, Side.BUY, 0.09, 100))).isEqualTo(Reason.TOO_SMALL);
        assertThat(reason(OrderRequest.limit(0, Side.BUY, 0.1, 100))).isEqualTo(Reason.ACCEPTED);
        assertThat(reason(OrderRequest.limit(0, Side.BUY, 0.09, 100).asReduceOnly()))
                .as("dust may be closed")
                .isEqualTo(Reason.ACCEPTED);
        assertThat(reason(OrderRequest.limit(0, Side.BUY, 1, 0.04))).isEqualTo(Reason.NO_PRICE);
        assertThat(reason(OrderRequest.stop(0, Side.BUY, 1, 1e300))).isEqualTo(Reason.NO_PRICE);
        assertThat(reason(OrderRequest.market(0, Side.BUY, 1e300))).isEqualTo(Reason.QUANTITY_TOO_LARGE);
    }

    private static Reason reason(OrderRequest request) {
        OrderNormaliser.Normalised form = RULES.normalise(request, 1_000_000);
        assertThat(form.isAccepted()).isEqualTo(form.reason() == Reason.ACCEPTED);
        return form.reason();
    }

    @Test
    void anOrderUnderRulesThatChangedIsRoundedToTheSafeSideOrDenied() {
        OrderNormaliser coarser = OrderNormaliser.of(SCALE, new TradingRules(0.5, 0.01, 0.02, 100, 50));
        OrderRequest buy = OrderRequest.limit(0, Side.BUY, 0.456, 123.45);
        assertThat(RULES.normalise(buy, 0))
                .isEqualTo(new OrderNormaliser.Normalised(456_000, 1_234_500, 0, Reason.ACCEPTED));
        assertThat(coarser.normalise(buy, 0))
                .isEqualTo(new OrderNormaliser.Normalised(450_000, 1_230_000, 0, Reason.ACCEPTED));
        OrderRequest small = OrderRequest.limit(0, Side.BUY, 0.123, 123.45);
        assertThat(RULES.normalise(small, 0).reason()).isEqualTo(Reason.ACCEPTED);
        assertThat(coarser.normalise(small, 0).reason()).isEqualTo(Reason.TOO_SMALL);
    }

    @Test
    void marketOrdersAreValuedAtTheReference() {
        OrderRequest market = OrderRequest.market(0, Side.BUY, 0.09);
        assertThat(RULES.normalise(market, 1_000_000).reason()).isEqualTo(Reason.TOO_SMALL);
        assertThat(RULES.normalise(market, 2_000_000).reason()).isEqualTo(Reason.ACCEPTED);
        assertThat(RULES.normalise(market, 0).reason()).as("no price is known").isEqualTo(Reason.ACCEPTED);
    }

    @Test
    void inverseContractsAreWorthTheirSizeWhateverThePrice() {
        Instrument instrument = new Instrument("X", Kind.PERP, "BTC", "USD", 1, 0);
        Contract contract = Contract.inversePerpetual(
                instrument, 100, new TradingRules(0.5, 1, 1, 1e6, 150), MarginTiers.DEFAULT, Duration.ofHours(8));
        OrderNormaliser rules = OrderNormaliser.of(contract);
        assertThat(rules.normalise(OrderRequest.limit(0, Side.BUY, 1, 50_000), 0)
                        .reason())
                .isEqualTo(Reason.TOO_SMALL);
        assertThat(rules.normalise(OrderRequest.limit(0, Side.BUY, 2, 5), 0).reason())
                .isEqualTo(Reason.ACCEPTED);
    }

    @Test
    void withoutRulesTheDecimalsAreTheSteps() {
        OrderNormaliser free = OrderNormaliser.of(SCALE, TradingRules.NONE);
        assertThat(free.tickStep()).isEqualTo(1);
        assertThat(free.lotStep()).isEqualTo(1);
        assertThat(free.normalise(OrderRequest.market(0, Side.BUY, 1e-6), 1).isAccepted())
                .isTrue();
        assertThat(free.normalise(OrderRequest.market(0, Side.BUY, 1e-7), 1).reason())
                .isEqualTo(Reason.TOO_SMALL);
    }

    @Test
    void stepsFinerThanTheDecimalsAreRefused() {
        assertThatThrownBy(() -> OrderNormaliser.of(SCALE, new TradingRules(0.00001, 0, 0, 1, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tickSize must be a multiple of 10^-4, the decimals of the instrument, got 1.0E-5");
        assertThatThrownBy(() -> OrderNormaliser.of(SCALE, new TradingRules(0, 0.0000015, 0, 1, 0)))
                .hasMessageContaining("lotSize must be a multiple of 10^-6");
    }

    @Test
    void aNormalisedOrderIsOnTheGridAndNeverWorseThanAsked() {
        Rng rng = Seeds.rng(5, 0);
        for (int i = 0; i < 20_000; i++) {
            Side side = rng.nextInt(2) == 0 ? Side.BUY : Side.SELL;
            double price = Math.exp(8 * rng.nextDouble());
            double quantity = Math.exp(6 * rng.nextDouble() - 5);
            OrderNormaliser.Normalised form = RULES.normalise(OrderRequest.limit(0, side, quantity, price), 0);
            if (form.reason() == Reason.NO_PRICE) {
                continue;
            }
            assertThat(form.limitTicks() % RULES.tickStep()).isZero();
            assertThat(form.lots() % RULES.lotStep()).isZero();
            double noise = 1e-9 * price;
            double better = side.sign() * (price - SCALE.price(form.limitTicks()));
            assertThat(better).isBetween(-noise, 0.05 + noise);
            assertThat(quantity - SCALE.quantity(form.lots())).isBetween(-1e-9, 0.001 + 1e-9);
            assertThat(RULES.ticks(side, SCALE.price(form.limitTicks())))
                    .as("once more changes nothing")
                    .isEqualTo(form.limitTicks());
        }
    }
}
