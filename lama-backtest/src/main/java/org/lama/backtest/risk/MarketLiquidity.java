package org.lama.backtest.risk;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * What is known about the liquidity of each symbol at a decision. The arrays are lent, not copied, one element per symbol:
 * the caller may refill them between calls, so that nothing is allocated per bar. NaN means unknown, and what is unknown
 * does not bind. Not thread-safe while the arrays change.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class MarketLiquidity {
    private final double[] dayVolume;
    private final double[] volatilityDay;
    private final double[] spread;
    private final int size;

    /**
     * Lends three columns.
     *
     * @param dayVolume traded value of the last 24 hours in reporting currency, at least 0
     * @param volatilityDay standard deviation of daily returns, a fraction
     * @param spread bid-ask spread over the mid price, a fraction
     */
    public MarketLiquidity(double[] dayVolume, double[] volatilityDay, double[] spread) {
        Check.that(
                dayVolume.length == volatilityDay.length && dayVolume.length == spread.length,
                "dayVolume, volatilityDay and spread must have the same length, got " + dayVolume.length + ", "
                        + volatilityDay.length + " and " + spread.length);
        this.dayVolume = dayVolume;
        this.volatilityDay = volatilityDay;
        this.spread = spread;
        size = dayVolume.length;
    }

    /** Columns of which those without elements are unknown throughout. */
    MarketLiquidity(double[] dayVolume, double[] volatilityDay, double[] spread, int size) {
        this.dayVolume = dayVolume;
        this.volatilityDay = volatilityDay;
        this.spread = spread;
        this.size = size;
    }

    /**
     * How many symbols there are.
     *
     * @return at least 0
     */
    public int size() {
        return size;
    }

    /**
     * Traded value of the last 24 hours.
     *
     * @param symbol its number
     * @return in reporting currency; NaN if unknown
     */
    public double dayVolume(int symbol) {
        return dayVolume[symbol];
    }

    /**
     * Standard deviation of daily returns.
     *
     * @param symbol its number
     * @return a fraction; NaN if unknown
     */
    public double volatilityDay(int symbol) {
        return volatilityDay.length == 0 ? Double.NaN : volatilityDay[symbol];
    }

    /**
     * Relative bid-ask spread.
     *
     * @param symbol its number
     * @return a fraction; NaN if unknown
     */
    public double spread(int symbol) {
        return spread.length == 0 ? Double.NaN : spread[symbol];
    }
}
