package org.lama.core.pricing;

import org.lama.core.base.Api;

/**
 * The value of an option and its derivatives, in the plain units of the formula: years and fractions. Immutable. {@link
 * #perPointAndDay()} has the units of trading screens.
 *
 * @param price value today, in quote currency
 * @param delta by the forward
 * @param gamma second by the forward
 * @param vega by the volatility, per 1.00
 * @param theta by the passing of time at a fixed forward, per year of 365 days
 * @param rho by the rate at a fixed spot, F = S·e^(rT), per 1.00: {@code ±K·T·e^(−rT)·Φ(±d2)}
 * @param vanna by forward and volatility
 * @param volga second by the volatility
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record Greeks(
        double price, double delta, double gamma, double vega, double theta, double rho, double vanna, double volga) {
    private static final double DAYS = 365;

    /**
     * The same with vega, vanna and rho per percentage point, volga per point squared, and theta per day.
     *
     * @return new greeks
     */
    public Greeks perPointAndDay() {
        return new Greeks(price, delta, gamma, vega / 100, theta / DAYS, rho / 100, vanna / 100, volga / 10_000);
    }
}
