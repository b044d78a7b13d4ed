package org.lama.models.ensemble;

import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.signal.RegimeLabel;

/**
 * How much of a position each regime leaves: factors in [0, 1] that never grow from the calmest regime to the worst.
 *
 * @param normal factor in normal markets (default 1.0)
 * @param highVolatility factor at high volatility (default 0.5), at most the one before
 * @param lowLiquidity factor at low liquidity (default 0.5), at most the one before
 * @param crisis factor in a crisis (default 0.25), at most the one before
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record RegimeFactors(double normal, double highVolatility, double lowLiquidity, double crisis) {
    /**
     * Checks range and order.
     *
     * @param normal factor in normal markets (default 1.0)
     * @param highVolatility factor at high volatility (default 0.5), at most the one before
     * @param lowLiquidity factor at low liquidity (default 0.5), at most the one before
     * @param crisis factor in a crisis (default 0.25), at most the one before
     */
    public RegimeFactors {
        Check.inRange(normal, 0, 1, "normal");
        Check.inRange(highVolatility, 0, normal, "highVolatility");
        Check.inRange(lowLiquidity, 0, highVolatility, "lowLiquidity");
        Check.inRange(crisis, 0, lowLiquidity, "crisis");
    }

    /**
     * 1.0, 0.5, 0.5 and 0.25.
     *
     * @return the factors
     */
    public static RegimeFactors defaults() {
        return new RegimeFactors(1.0, 0.5, 0.5, 0.25);
    }

    /**
     * The factor of one regime.
     *
     * @param regime the regime that holds
     * @return in [0, 1]
     */
    public double factor(RegimeLabel regime) {
        return switch (regime) {
            case NORMAL -> normal;
            case HIGH_VOLATILITY -> highVolatility;
            case LOW_LIQUIDITY -> lowLiquidity;
            case CRISIS -> crisis;
        };
    }
}
