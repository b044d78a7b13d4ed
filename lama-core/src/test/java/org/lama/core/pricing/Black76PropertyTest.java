package org.lama.core.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Contract.Right;

class Black76PropertyTest {
    private static final int ROUNDS = 3_000;

    private static Black76 any(Rng rng) {
        double strike = Math.exp(8 * rng.nextDouble());
        return new Black76(
                rng.nextInt(2) == 0 ? Right.CALL : Right.PUT,
                strike * Math.exp(1.5 * rng.nextGaussian()),
                strike,
                0.001 + 2 * rng.nextDouble(),
                0.1 * rng.nextGaussian());
    }

    @Test
    void callMinusPutIsTheDiscountedForwardMinusStrike() {
        Rng rng = Seeds.rng(76, 0);
        for (int round = 0; round < ROUNDS; round++) {
            Black76 option = any(rng);
            double volatility = 0.05 + 2 * rng.nextDouble();
            double sign = option.right() == Right.CALL ? 1 : -1;
            double apart = Math.exp(-option.rate() * option.years()) * (option.forward() - option.strike());
            assertThat(sign * (option.price(volatility) - option.opposite().price(volatility)))
                    .as("round %d", round)
                    .isCloseTo(apart, within(1e-14 * (option.forward() + option.strike()) * 2));
            assertThat(option.greeks(volatility).delta()
                            - option.opposite().greeks(volatility).delta())
                    .isCloseTo(sign * Math.exp(-option.rate() * option.years()), within(1e-14));
        }
    }

    @Test
    void theValueRisesWithVolatilityWithinItsBounds() {
        Rng rng = Seeds.rng(76, 1);
        for (int round = 0; round < ROUNDS; round++) {
            Black76 option = any(rng);
            double volatility = 3 * rng.nextDouble();
            double low = option.price(volatility);
            double high = option.price(volatility * (1.001 + rng.nextDouble()));
            assertThat(high).as("round %d", round).isGreaterThanOrEqualTo(low * (1 - 1e-14));
            assertThat(low).isBetween(0.0, option.upperBound() * (1 + 1e-14));
        }
    }

    @Test
    void impliedVolatilityIsTheInverseOfThePrice() {
        Rng rng = Seeds.rng(76, 2);
        int solved = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Black76 option = any(rng);
            double volatility = 0.05 + 3 * rng.nextDouble();
            double price = option.price(volatility);
            ImpliedVolatility implied = option.impliedVolatility(price);
            if (!implied.isSolved()) {
                // all of the value is intrinsic, or at the bound, to the last digit
                double timeValue = Math.min(price, option.opposite().price(volatility));
                double left = Math.min(timeValue, option.upperBound() - price);
                assertThat(left).as("round %d", round).isLessThan(1e-14 * price + 1e-300);
                continue;
            }
            solved++;
            // the last digit of the volatility is worth d² last digits of the price
            double tail = 1 + Math.abs(Math.log(price / option.upperBound()));
            assertThat(option.price(implied.volatility()))
                    .as("round %d", round)
                    .isCloseTo(price, within(2e-15 * tail * price));
            assertThat(implied.iterations()).isLessThan(40);
        }
        assertThat(solved).isGreaterThan(ROUNDS * 9 / 10);
    }

    @Test
    void greeksAreTheSlopesOfThePrice() {
        Rng rng = Seeds.rng(76, 3);
        for (int round = 0; round < 500; round++) {
            double strike = 100;
            Black76 option = new Black76(
                    rng.nextInt(2) == 0 ? Right.CALL : Right.PUT,
                    60 + 80 * rng.nextDouble(),
                    strike,
                    0.1 + rng.nextDouble(),
                    0.05 * rng.nextGaussian());
            double volatility = 0.3 + rng.nextDouble();
            Greeks greeks = option.greeks(volatility);
            double h = 1e-4;
            // central differences: truncation of order h², rounding of order 1e-14 · 100 / h
            assertThat(greeks.delta())
                    .isCloseTo(
                            (forward(option, h, volatility) - forward(option, -h, volatility)) / (2 * h), within(1e-7));
            assertThat(greeks.vega())
                    .isCloseTo((option.price(volatility + h) - option.price(volatility - h)) / (2 * h), within(1e-4));
            assertThat(greeks.theta())
                    .isCloseTo(-(years(option, h, volatility) - years(option, -h, volatility)) / (2 * h), within(2e-3));
            assertThat(greeks.rho()).isCloseTo(spotRho(option, h, volatility), within(1e-3));
            double vanna = (vega(option, h, volatility) - vega(option, -h, volatility)) / (2 * h);
            assertThat(greeks.vanna()).isCloseTo(vanna, within(1e-6));
            double volga = (option.greeks(volatility + h).vega()
                            - option.greeks(volatility - h).vega())
                    / (2 * h);
            assertThat(greeks.volga()).isCloseTo(volga, within(1e-3));
            double gamma = (slope(option, h, volatility) - slope(option, -h, volatility)) / (2 * h);
            assertThat(greeks.gamma()).isCloseTo(gamma, within(1e-9));
        }
    }

    private static Black76 moved(Black76 option, double forward, double years, double rate) {
        return new Black76(option.right(), forward, option.strike(), years, rate);
    }

    private static double forward(Black76 option, double step, double volatility) {
        return moved(option, option.forward() + step, option.years(), option.rate())
                .price(volatility);
    }

    private static double vega(Black76 option, double step, double volatility) {
        return moved(option, option.forward() + step, option.years(), option.rate())
                .greeks(volatility)
                .vega();
    }

    private static double slope(Black76 option, double step, double volatility) {
        return moved(option, option.forward() + step, option.years(), option.rate())
                .greeks(volatility)
                .delta();
    }

    private static double years(Black76 option, double step, double volatility) {
        return moved(option, option.forward(), option.years() + step, option.rate())
                .price(volatility);
    }

    /** At a fixed spot the forward moves with the rate. */
    private static double spotRho(Black76 option, double step, double volatility) {
        double up = option.forward() * Math.exp(step * option.years());
        double down = option.forward() * Math.exp(-step * option.years());
        return (moved(option, up, option.years(), option.rate() + step).price(volatility)
                        - moved(option, down, option.years(), option.rate() - step)
                                .price(volatility))
                / (2 * step);
    }
}
