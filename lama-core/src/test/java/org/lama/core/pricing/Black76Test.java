package org.lama.core.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.core.market.Contract.Option;
import org.lama.core.market.Contract.Right;
import org.lama.core.pricing.ImpliedVolatility.Outcome;

class Black76Test {
    private static final Black76 CALL = new Black76(Right.CALL, 100, 110, 0.5, 0.03);

    @Test
    void withoutTimeOrVolatilityTheValueIsIntrinsic() {
        Black76 expired = new Black76(Right.PUT, 90, 100, 0, 0.1);
        assertThat(expired.price(0.8)).isEqualTo(10);
        assertThat(new Black76(Right.PUT, 90, 100, 1, 0).price(0)).isEqualTo(10);
        assertThat(CALL.price(0)).isZero();
        assertThat(expired.greeks(0.5)).isEqualTo(new Greeks(10, -1, 0, 0, 0.1 * 10, 0, 0, 0));
        assertThat(new Black76(Right.CALL, 100, 100, 0, 0).greeks(0.5).delta()).isEqualTo(0.5);
        assertThat(new Black76(Right.CALL, 100, 100, 0, 0).greeks(0.5).gamma()).isInfinite();
    }

    @Test
    void withInfiniteVolatilityTheValueIsTheBound() {
        assertThat(CALL.price(Double.POSITIVE_INFINITY)).isCloseTo(CALL.upperBound(), within(1e-12));
        assertThat(CALL.opposite().price(Double.POSITIVE_INFINITY)).isCloseTo(110 * Math.exp(-0.015), within(1e-12));
        assertThat(CALL.price(50)).isCloseTo(CALL.upperBound(), within(1e-12));
    }

    @Test
    void unknownVolatilityGivesNaNAndANegativeOneIsRefused() {
        assertThat(CALL.price(Double.NaN)).isNaN();
        assertThatThrownBy(() -> CALL.price(-0.1)).hasMessage("volatility must be >= 0, got -0.1");
        assertThatThrownBy(() -> new Black76(Right.CALL, 0, 1, 1, 0))
                .hasMessage("forward must be finite and > 0, got 0");
        assertThatThrownBy(() -> new Black76(Right.CALL, 1, Double.NaN, 1, 0)).hasMessageContaining("strike");
        assertThatThrownBy(() -> new Black76(Right.CALL, 1, 1, -1, 0)).hasMessageContaining("years");
        assertThatThrownBy(() -> new Black76(Right.CALL, 1, 1, 1, Double.NaN)).hasMessageContaining("rate");
    }

    @Test
    void pricesOutsideOfTheBoundsSayWhy() {
        Black76 put = new Black76(Right.PUT, 90, 100, 1, 0);
        assertThat(put.impliedVolatility(9.99)).isEqualTo(none(Outcome.BELOW_INTRINSIC));
        assertThat(put.impliedVolatility(10)).isEqualTo(new ImpliedVolatility(0, Outcome.AT_INTRINSIC, 0));
        assertThat(put.impliedVolatility(100)).isEqualTo(none(Outcome.ABOVE_MAXIMUM));
        assertThat(put.impliedVolatility(101)).isEqualTo(none(Outcome.ABOVE_MAXIMUM));
        assertThat(put.impliedVolatility(Double.NaN)).isEqualTo(none(Outcome.NO_PRICE));
        assertThat(put.impliedVolatility(-1)).isEqualTo(none(Outcome.NO_PRICE));
        assertThat(put.impliedVolatility(Double.POSITIVE_INFINITY)).isEqualTo(none(Outcome.NO_PRICE));
        assertThat(new Black76(Right.PUT, 90, 100, 0, 0).impliedVolatility(10)).isEqualTo(none(Outcome.EXPIRED));
        assertThat(new Black76(Right.CALL, 90, 100, 1, 0).impliedVolatility(0))
                .isEqualTo(new ImpliedVolatility(0, Outcome.AT_INTRINSIC, 0));
    }

    private static ImpliedVolatility none(Outcome outcome) {
        return new ImpliedVolatility(Double.NaN, outcome, 0);
    }

    @Test
    void pricesAtTheEdgesOfTheNumbersAreSolved() {
        // what a double can hold: a price of 1e-300, and a price one digit below the bound
        ImpliedVolatility tiny = new Black76(Right.CALL, 100, 200, 1, 0).impliedVolatility(1e-300);
        assertThat(tiny.isSolved()).isTrue();
        assertThat(tiny.volatility()).isBetween(0.01, 0.03);
        ImpliedVolatility huge = new Black76(Right.CALL, 100, 200, 1, 0).impliedVolatility(100 * (1 - 1e-15));
        assertThat(huge.isSolved()).isTrue();
        assertThat(huge.volatility()).isBetween(14.0, 18.0);
        for (double scale : new double[] {1e-150, 1e150}) {
            Black76 option = new Black76(Right.PUT, 100 * scale, 80 * scale, 0.3, 0);
            assertThat(option.impliedVolatility(option.price(0.6)).volatility()).isCloseTo(0.6, within(1e-13));
        }
    }

    @Test
    void anOptionOfAVenueHasTheTimeToItsExpiry() {
        long day = 86_400_000_000_000L;
        Option terms = new Option(Right.CALL, 3_000, 400 * day, "ETH", true);
        assertThat(Black76.of(terms, 2_000, 35 * day)).isEqualTo(new Black76(Right.CALL, 2_000, 3_000, 1, 0));
        assertThat(Black76.of(terms, 2_000, 500 * day).years()).isZero();
    }

    @Test
    void anInverseOptionPaysInBaseCurrency() {
        Black76 call = new Black76(Right.CALL, 2_000, 2_500, 0.1, 0);
        assertThat(InverseOption.settlement(call, 4_000)).isEqualTo(1_500.0 / 4_000);
        assertThat(InverseOption.settlement(call, 2_400)).isZero();
        assertThat(InverseOption.settlement(call.opposite(), 500)).isEqualTo(4);
        assertThat(InverseOption.premium(call, 0.9)).isEqualTo(call.price(0.9) / 2_000);
        assertThat(InverseOption.impliedVolatility(call, InverseOption.premium(call, 0.9))
                        .volatility())
                .isCloseTo(0.9, within(1e-14));
        Option terms = new Option(Right.CALL, 2_500, 0, "ETH", true);
        assertThat(InverseOption.settlement(call, 4_000)).isEqualTo(terms.payoff(4_000));
    }

    @Test
    void theNetDeltaIsTheSlopeOfThePremiumTimesTheForward() {
        Black76 call = new Black76(Right.CALL, 2_000, 2_500, 0.1, 0);
        double step = 0.01;
        double up = InverseOption.premium(new Black76(Right.CALL, 2_000 + step, 2_500, 0.1, 0), 0.9);
        double down = InverseOption.premium(new Black76(Right.CALL, 2_000 - step, 2_500, 0.1, 0), 0.9);
        // central difference: error step² times the third derivative
        assertThat(InverseOption.netDelta(call, 0.9)).isCloseTo((up - down) / (2 * step) * 2_000, within(1e-9));
    }

    @Test
    void aDayOfThetaTakesNoMoreThanTheValue() {
        Black76 dying = new Black76(Right.CALL, 2_000, 2_300, 0.001, 0);
        Greeks greeks = InverseOption.venueGreeks(dying, 1.5);
        assertThat(dying.greeks(1.5).theta() / 365).isLessThan(-greeks.price());
        assertThat(greeks.theta()).isEqualTo(-greeks.price());
    }

    @Test
    void aStrangleHeldToExpiryLosesItsPremiumBetweenTheStrikesAndIsFairOnAverage() {
        double volatility = 0.8;
        Black76 call = new Black76(Right.CALL, 2_000, 2_400, 0.25, 0);
        Black76 put = new Black76(Right.PUT, 2_000, 1_600, 0.25, 0);
        double premium = InverseOption.premium(call, volatility) + InverseOption.premium(put, volatility);
        for (double settlement : new double[] {1_600, 2_000, 2_400}) {
            assertThat(InverseOption.settlement(call, settlement) + InverseOption.settlement(put, settlement))
                    .isZero();
        }
        // In base currency the fair law has the forward as its numeraire: ln(S/F) is normal with mean +s²/2.
        double s = volatility * Math.sqrt(0.25);
        double mean = 0;
        double step = 1e-3;
        for (double z = -10; z < 10; z += step) {
            double settlement = 2_000 * Math.exp(s * z + 0.5 * s * s);
            double paid = InverseOption.settlement(call, settlement) + InverseOption.settlement(put, settlement);
            mean += paid * Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI) * step;
        }
        // the sum has kinks at the strikes: error of the order of step²
        assertThat(mean).isCloseTo(premium, within(1e-6));
    }
}
