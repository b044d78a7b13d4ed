package org.lama.backtest.ledger;

import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.FixedPoint.Rounding;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * An amount of one currency in units of 10^-8. USDT is not USD: arithmetic on two currencies fails and names both.
 * Immutable and thread-safe.
 *
 * @param units count of 10^-8 of the currency
 * @param currency upper-case name
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record Money(long units, String currency) {
    /**
     * Checks the currency.
     *
     * @param units count of 10^-8 of the currency
     * @param currency upper-case name
     */
    public Money {
        Check.notBlank(currency, "currency");
    }

    /**
     * An amount from a number, to the nearest unit, ties to even.
     *
     * @param amount finite
     * @param currency upper-case name
     * @return the money
     * @throws ArithmeticException if the amount exceeds 92 billion
     */
    public static Money of(double amount, String currency) {
        return new Money(FixedPoint.fromDouble(amount, FixedPoint.MONEY_DECIMALS, Rounding.NEAREST), currency);
    }

    /**
     * The sum.
     *
     * @param other money of the same currency
     * @return this plus other
     * @throws IllegalArgumentException if the currencies differ, naming both
     * @throws ArithmeticException if the sum does not fit
     */
    public Money plus(Money other) {
        Check.that(
                currency.equals(other.currency),
                "cannot add " + other.currency + " to " + currency + ": convert at an explicit rate first");
        return new Money(Math.addExact(units, other.units), currency);
    }

    /**
     * The same amount with the other sign.
     *
     * @return minus this
     * @throws ArithmeticException if the result does not fit
     */
    public Money negated() {
        return new Money(Math.negateExact(units), currency);
    }

    /**
     * The amount as floating point, for reports.
     *
     * @return whole currency
     */
    public double amount() {
        return FixedPoint.toDouble(units, FixedPoint.MONEY_DECIMALS);
    }
}
