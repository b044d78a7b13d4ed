package org.lama.core.features;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Caps the size of a trade by absolute numbers: its share of the traded volume and its modelled slippage. (A rank of an
 * asset's liquidity within its own past cannot do that: a deep and a thin coin both average 0.5.) Every method is a pure
 * function that gives a notional in quote currency, at least 0, and NaN where its inputs are unknown. Immutable and
 * thread-safe.
 *
 * @param maxParticipation largest share of the volume of the last 24 hours, in (0, 1]
 * @param maxSlippage largest modelled slippage, a fraction of the price above 0
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record LiquidityCap(double maxParticipation, double maxSlippage) {
    /**
     * Checks ranges.
     *
     * @param maxParticipation largest share of the volume of the last 24 hours, in (0, 1]
     * @param maxSlippage largest modelled slippage, a fraction of the price above 0
     */
    public LiquidityCap {
        Check.positive(maxParticipation, "maxParticipation");
        Check.inRange(maxParticipation, 0, 1, "maxParticipation");
        Check.positive(maxSlippage, "maxSlippage");
    }

    /**
     * 1 % of the volume of 24 hours and 25 basis points.
     *
     * @return the default settings
     */
    public static LiquidityCap defaults() {
        return new LiquidityCap(0.01, 25e-4);
    }

    /**
     * What an exchange trade may be: within the share of volume, and within the slippage bound of the square-root law.
     *
     * @param volume24hQuote volume of the last 24 hours in quote currency
     * @param dailyVolatility standard deviation of daily returns; NaN if unknown, then slippage does not bind
     * @param relativeSpread bid-ask spread over the price; NaN if unknown, taken as 0
     * @return the largest notional; NaN if the volume is unknown
     */
    public double exchange(double volume24hQuote, double dailyVolatility, double relativeSpread) {
        return smaller(byParticipation(volume24hQuote), bySquareRoot(volume24hQuote, dailyVolatility, relativeSpread));
    }

    /**
     * What a swap in a constant-product pool may be: within the share of volume and within the slippage bound.
     *
     * @param volume24hQuote swap volume of the last 24 hours in quote currency; NaN if unknown, then it does not bind
     * @param reserveQuote quote reserve of the pool
     * @return the largest notional; NaN if both are unknown
     */
    public double pool(double volume24hQuote, double reserveQuote) {
        return smaller(byParticipation(volume24hQuote), ConstantProduct.notional(reserveQuote, maxSlippage));
    }

    /**
     * The share of volume.
     *
     * @param volume24hQuote volume of the last 24 hours in quote currency
     * @return maxParticipation · volume; NaN if the volume is missing or negative
     */
    public double byParticipation(double volume24hQuote) {
        return known(volume24hQuote) ? maxParticipation * volume24hQuote : Double.NaN;
    }

    /**
     * The slippage bound where slippage is half of the spread + daily volatility · √(notional / volume).
     *
     * @param volume24hQuote volume of the last 24 hours in quote currency
     * @param dailyVolatility standard deviation of daily returns
     * @param relativeSpread bid-ask spread over the price; NaN if unknown, taken as 0
     * @return the largest notional, 0 if half of the spread alone is too much; NaN if volume or volatility is unknown
     */
    public double bySquareRoot(double volume24hQuote, double dailyVolatility, double relativeSpread) {
        if (!known(volume24hQuote) || !known(dailyVolatility)) {
            return Double.NaN;
        }
        double room = maxSlippage - (known(relativeSpread) ? 0.5 * relativeSpread : 0);
        if (room <= 0 || volume24hQuote == 0) {
            return 0;
        }
        double root = room / dailyVolatility;
        return Math.min(root * root, 1) * volume24hQuote;
    }

    private static boolean known(double value) {
        return value >= 0 && value < Double.POSITIVE_INFINITY;
    }

    private static double smaller(double a, double b) {
        return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
    }
}
