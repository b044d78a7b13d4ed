package org.lama.backtest.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.Side;

class ScaleTest {
    private static final Scale EIGHT = Scale.of(Instrument.of("x", Kind.SPOT, "btc", "usd"));

    @Test
    void pricesThatCannotBeTradedAreMissing() {
        for (double price : new double[] {Double.NaN, 0, -1, 1e-9, 1e300, Double.POSITIVE_INFINITY}) {
            assertThat(EIGHT.ticksOrMissing(price)).as("%s", price).isEqualTo(-1);
        }
        assertThat(EIGHT.ticksOrMissing(30_000.01)).isEqualTo(3_000_001_000_000L);
    }

    @Test
    void slippedPricesAreRoundedAgainstUs() {
        Scale cents = new Scale(2, 0);
        assertThat(cents.adverseTicks(Side.BUY, 10.001)).isEqualTo(1001);
        assertThat(cents.adverseTicks(Side.SELL, 10.009)).isEqualTo(1000);
    }

    @Test
    void quantitiesAreRoundedTowardsZero() {
        assertThat(EIGHT.lots(-1.999999999)).isEqualTo(-199_999_999);
        assertThat(EIGHT.quantity(150_000_000)).isEqualTo(1.5);
        assertThat(EIGHT.price(150_000_000)).isEqualTo(1.5);
    }

    @Test
    void notionalIsMoneyForAnyNumberOfDecimals() {
        assertThat(EIGHT.notionalUnits(EIGHT.lots(2), EIGHT.ticksOrMissing(30_000)))
                .isEqualTo(6_000_000_000_000L);
        assertThat(new Scale(2, 0).notionalUnits(-3, 1050)).isEqualTo(-3_150_000_000L);
    }

    @Test
    void scalesFollowTheFirstPriceAlone() {
        assertThat(Scale.forPrice(1e-8)).isEqualTo(new Scale(12, 0));
        assertThat(Scale.forPrice(1e-4)).isEqualTo(new Scale(12, 4));
        assertThat(Scale.forPrice(1)).isEqualTo(new Scale(8, 8));
        assertThat(Scale.forPrice(1e7)).isEqualTo(new Scale(4, 12));
        assertThatThrownBy(() -> Scale.forPrice(0)).hasMessage("firstPrice must be finite and > 0, got 0");
        assertThatThrownBy(() -> new Scale(13, 0)).hasMessageContaining("priceDecimals");
    }
}
