package org.lama.core.pricing;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Options that are quoted, paid and settled in the base currency, as BTC and ETH options at Deribit. The premium in base
 * currency is Black's value over the forward, {@code V/F}; at expiry one unit pays {@code max(0, ±(S − K))/S} in base
 * currency at the settlement price S. The venue's greeks are those of V in quote currency, with rate 0: delta is Φ(d1) or
 * −Φ(−d1) by the forward, gamma by the forward, vega and rho per percentage point, theta per day; its theta never exceeds
 * the value of the option. Static and thread-safe; allocates nothing but results.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class InverseOption {
    private InverseOption() {}

    /**
     * The premium.
     *
     * @param option the option against its forward
     * @param volatility a year, as a fraction, at least 0
     * @return in base currency per unit
     */
    public static double premium(Black76 option, double volatility) {
        return option.price(volatility) / option.forward();
    }

    /**
     * The volatility that gives a premium.
     *
     * @param option the option against its forward
     * @param premium in base currency per unit
     * @return the volatility, or why there is none
     */
    public static ImpliedVolatility impliedVolatility(Black76 option, double premium) {
        return option.impliedVolatility(premium * option.forward());
    }

    /**
     * What one unit pays at expiry.
     *
     * @param option the option; only right and strike count
     * @param settlementPrice price of the underlying at expiry in quote currency, above 0
     * @return in base currency, at least 0; below 1 for a call
     */
    public static double settlement(Black76 option, double settlementPrice) {
        Check.positive(settlementPrice, "settlementPrice");
        return new Black76(option.right(), settlementPrice, option.strike(), 0, 0).intrinsic() / settlementPrice;
    }

    /**
     * Greeks in the venue's units.
     *
     * @param option the option against its forward
     * @param volatility a year, as a fraction, at least 0 and finite
     * @return in quote currency; vega, vanna and rho per percentage point, theta per day and at least minus the value
     */
    public static Greeks venueGreeks(Black76 option, double volatility) {
        Greeks plain = option.greeks(volatility).perPointAndDay();
        return new Greeks(
                plain.price(),
                plain.delta(),
                plain.gamma(),
                plain.vega(),
                Math.max(plain.theta(), -plain.price()),
                plain.rho(),
                plain.vanna(),
                plain.volga());
    }

    /**
     * The delta of a holder who counts in base currency: a premium of V/F moves by {@code (delta − V/F)/F} when F moves by 1,
     * so a unit is hedged by so many units of base currency. It is the delta that venues call premium-adjusted or net.
     *
     * @param option the option against its forward
     * @param volatility a year, as a fraction, at least 0 and finite
     * @return {@code delta − premium}
     */
    public static double netDelta(Black76 option, double volatility) {
        Greeks greeks = option.greeks(volatility);
        return greeks.delta() - greeks.price() / option.forward();
    }
}
