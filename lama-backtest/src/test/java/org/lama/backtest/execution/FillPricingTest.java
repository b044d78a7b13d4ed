package org.lama.backtest.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FeeSchedule;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.cost.SquareRootCost;
import org.lama.backtest.order.OrderNormaliser;
import org.lama.core.market.Contract;
import org.lama.core.market.CostModel;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.Side;
import org.lama.core.market.TradingRules;

/** Prices of fills that take liquidity: purchases rise with their size, sales keep a price. */
class FillPricingTest {
    private static final OrderNormaliser RULES =
            OrderNormaliser.of(Contract.spot(Instrument.of("X", Kind.SPOT, "ABC", "USD"), TradingRules.NONE));
    private static final double NAN = Double.NaN;

    private static double price(CostModel cost, Side side, double participation) {
        FillPricing pricing = new FillPricing(cost, RULES);
        long hundred = RULES.scale().ticksOrMissing(100);
        return RULES.scale().price(pricing.takerTicks(side, hundred, participation, NAN, 0.05));
    }

    @Test
    void aPurchaseRisesWithTheRootOfItsSizeBeyondThePriceItself() {
        SquareRootCost cost = SquareRootCost.DEFAULT;
        assertThat(price(cost, Side.BUY, 4)).isCloseTo(110, within(1e-6));
        // 5 % · √10,000: what is bought for a hundred days' trade costs six times its price, not half more
        assertThat(price(cost, Side.BUY, 10_000)).isCloseTo(600, within(1e-6));
        assertThat(price(cost, Side.BUY, 1e12)).isCloseTo(1000, within(1e-6));
    }

    @Test
    void aSaleFallsAsFarButKeepsAPrice() {
        SquareRootCost cost = SquareRootCost.DEFAULT;
        assertThat(price(cost, Side.SELL, 4)).isCloseTo(90, within(1e-6));
        assertThat(price(cost, Side.SELL, 144)).isCloseTo(40, within(1e-6));
        assertThat(price(cost, Side.SELL, 10_000)).isCloseTo(10, within(1e-6));
        assertThat(price(cost, Side.SELL, 1e300)).isCloseTo(10, within(1e-6));
    }

    @Test
    void costsOfAnyMultipleHaveAPrice() {
        CostModel wide = new SquareRootCost(FeeSchedule.DEFAULT, 0.095, 0, 1).scaled(10);
        assertThat(price(wide, Side.SELL, NAN)).isCloseTo(10, within(1e-6));
        assertThat(price(wide, Side.BUY, NAN)).isCloseTo(195, within(1e-6));
    }

    @Test
    void onlyWhereSizeMattersADayWithoutTradeHasNoPrice() {
        assertThat(new FillPricing(SquareRootCost.DEFAULT, RULES).hasPrice(0, 0.05))
                .isFalse();
        assertThat(new FillPricing(SquareRootCost.DEFAULT, RULES).hasPrice(0, 0))
                .isTrue();
        assertThat(new FillPricing(SquareRootCost.DEFAULT, RULES).hasPrice(1e-9, 0.05))
                .isTrue();
        assertThat(new FillPricing(SquareRootCost.DEFAULT, RULES).hasPrice(NAN, 0.05))
                .isTrue();
        assertThat(new FillPricing(SquareRootCost.DEFAULT.withImpact(0), RULES).hasPrice(0, 0.05))
                .isTrue();
        assertThat(new FillPricing(FlatCost.DEFAULT, RULES).hasPrice(0, 0.05)).isTrue();
    }
}
