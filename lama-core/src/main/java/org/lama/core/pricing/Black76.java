package org.lama.core.pricing;

import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Contract;
import org.lama.core.math.Distributions;

/**
 * A European option on a forward by Black (1976), "The pricing of commodity contracts", Journal of Financial Economics 3:
 * with {@code d1 = ln(F/K)/(σ√T) + σ√T/2} and {@code d2 = d1 − σ√T} a call is worth {@code e^(−rT)·(F·Φ(d1) − K·Φ(d2))} and
 * a put {@code e^(−rT)·(K·Φ(−d2) − F·Φ(−d1))}. Values out of the money keep about 13 digits however small they are; those in
 * the money are the intrinsic value plus the value of the opposite option, so put-call parity holds to rounding.
 *
 * <p>Immutable and thread-safe. Pricing is O(1) and allocates nothing; NaN for a volatility gives NaN.
 *
 * @param right call or put
 * @param forward price of the underlying for delivery at expiry, above 0
 * @param strike above 0
 * @param years time to expiry in years of 365 days, at least 0
 * @param rate continuously compounded rate a year; 0 at venues that quote against the forward
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record Black76(Contract.Right right, double forward, double strike, double years, double rate) {
    private static final double YEAR_NANOS = 365 * 86_400e9;
    /** Time values below this share of the price are its rounding. */
    private static final double ROUNDING = 4e-16;

    /**
     * Checks ranges.
     *
     * @param right call or put
     * @param forward price of the underlying for delivery at expiry, above 0
     * @param strike above 0
     * @param years time to expiry in years of 365 days, at least 0
     * @param rate continuously compounded rate a year
     */
    public Black76 {
        Check.notNull(right, "right");
        Check.positive(forward, "forward");
        Check.positive(strike, "strike");
        Check.notNegative(years, "years");
        Check.finite(rate, "rate");
    }

    /**
     * An option of a venue at a moment, with rate 0.
     *
     * @param option its terms
     * @param forward price of the underlying for delivery at expiry, above 0
     * @param nowNanos UTC epoch nanoseconds; from the expiry on, no time is left
     * @return the option
     */
    public static Black76 of(Contract.Option option, double forward, long nowNanos) {
        double years = Math.max(0, option.expiryNanos() - nowNanos) / YEAR_NANOS;
        return new Black76(option.right(), forward, option.strike(), years, 0);
    }

    /**
     * The value.
     *
     * @param volatility a year, as a fraction, at least 0; infinite gives the upper bound
     * @return in quote currency
     */
    public double price(double volatility) {
        if (Double.isNaN(volatility)) {
            return Double.NaN;
        }
        Check.that(volatility >= 0, "volatility must be >= 0, got " + volatility);
        double total = volatility == 0 || years == 0 ? 0 : volatility * Math.sqrt(years);
        return discount() * (intrinsic() + NormalizedBlack.price(outOfTheMoney(), total) * root());
    }

    /**
     * The value at expiry if the underlying ended at the forward.
     *
     * @return in quote currency, not discounted, at least 0
     */
    public double intrinsic() {
        return Math.max(0, right == Contract.Right.CALL ? forward - strike : strike - forward);
    }

    /**
     * The largest possible value: the discounted forward of a call, the discounted strike of a put.
     *
     * @return in quote currency
     */
    public double upperBound() {
        return discount() * (right == Contract.Right.CALL ? forward : strike);
    }

    /**
     * The option with the other right and the same terms: {@code call − put = e^(−rT)·(F − K)}.
     *
     * @return the option
     */
    public Black76 opposite() {
        Contract.Right other = right == Contract.Right.CALL ? Contract.Right.PUT : Contract.Right.CALL;
        return new Black76(other, forward, strike, years, rate);
    }

    /**
     * Value and derivatives. Without time or volatility left, delta is that of the intrinsic value (half of it at the
     * strike), gamma is infinite at the strike and 0 elsewhere, and what depends on the volatility is 0.
     *
     * @param volatility a year, as a fraction, at least 0 and finite
     * @return in the units of the formula
     */
    public Greeks greeks(double volatility) {
        double price = price(volatility);
        double total = volatility * Math.sqrt(years);
        int sign = right == Contract.Right.CALL ? 1 : -1;
        double discount = discount();
        if (total == 0) {
            double inside = 0.5 + 0.5 * sign * Math.signum(forward - strike);
            double gamma = forward == strike ? Double.POSITIVE_INFINITY : 0;
            // a zero has no sign
            double rho = sign * strike * years * discount * inside + 0.0;
            return new Greeks(price, sign * discount * inside + 0.0, gamma, 0, rate * price, rho, 0, 0);
        }
        double d1 = logMoneyness() / total + 0.5 * total;
        double d2 = d1 - total;
        double density = discount * Math.exp(-0.5 * d1 * d1) / Math.sqrt(2 * Math.PI);
        double vega = forward * density * Math.sqrt(years);
        return new Greeks(
                price,
                sign * discount * Distributions.normalCdf(sign * d1),
                density / (forward * total),
                vega,
                rate * price - 0.5 * vega * volatility / years,
                sign * strike * years * discount * Distributions.normalCdf(sign * d2),
                -density * d2 / volatility,
                vega * d1 * d2 / volatility);
    }

    /**
     * The volatility that gives a price: Newton's steps in coordinates that make the curve almost straight, within a bracket,
     * to the last digits that the price holds. Never throws for a price.
     *
     * @param price in quote currency, discounted
     * @return the volatility, or why there is none
     */
    public ImpliedVolatility impliedVolatility(double price) {
        if (!(price >= 0 && price < Double.POSITIVE_INFINITY)) {
            return none(ImpliedVolatility.Outcome.NO_PRICE);
        }
        if (years == 0) {
            return none(ImpliedVolatility.Outcome.EXPIRED);
        }
        double undiscounted = price / discount();
        double timeValue = undiscounted - intrinsic();
        if (Math.abs(timeValue) <= ROUNDING * undiscounted) {
            return new ImpliedVolatility(0, ImpliedVolatility.Outcome.AT_INTRINSIC, 0);
        }
        if (timeValue < 0) {
            return none(ImpliedVolatility.Outcome.BELOW_INTRINSIC);
        }
        double x = outOfTheMoney();
        double target = timeValue / root();
        if (!(target < Math.exp(0.5 * x)) || timeValue >= Math.min(forward, strike)) {
            return none(ImpliedVolatility.Outcome.ABOVE_MAXIMUM);
        }
        ImpliedSearch search = new ImpliedSearch(x, target);
        double total = search.solve();
        return new ImpliedVolatility(total / Math.sqrt(years), ImpliedVolatility.Outcome.SOLVED, search.steps());
    }

    private static ImpliedVolatility none(ImpliedVolatility.Outcome outcome) {
        return new ImpliedVolatility(Double.NaN, outcome, 0);
    }

    private double discount() {
        return rate == 0 ? 1 : Math.exp(-rate * years);
    }

    /** ln(F/K), with all its digits near the strike. */
    private double logMoneyness() {
        double apart = (forward - strike) / strike;
        return Math.abs(apart) < 0.5 ? Math.log1p(apart) : Math.log(forward) - Math.log(strike);
    }

    private double outOfTheMoney() {
        return -Math.abs(logMoneyness());
    }

    private double root() {
        return Math.sqrt(forward) * Math.sqrt(strike);
    }
}
