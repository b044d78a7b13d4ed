package org.lama.core.features;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * What a swap costs in a pool whose liquidity lies in ranges of prices (Adams et al. 2021, Uniswap v3 Core, section 6),
 * without its fee. Prices are quote per base and above 0; liquidity is in whole tokens: the raw integer of the chain over
 * 10^((decimals of base + decimals of quote) / 2). Within one range the pool is a constant-product pool with the reserves
 * {@code L·√P} of quote and {@code L/√P} of base. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ConcentratedLiquidity {
    private static final double TICK_LOG = Math.log(1.0001);

    private ConcentratedLiquidity() {}

    /**
     * Liquidity in whole tokens.
     *
     * @param raw the integer of the chain, as a double
     * @param baseDecimals decimals of the base token, 0 to 36
     * @param quoteDecimals decimals of the quote token, 0 to 36
     * @return the liquidity
     */
    public static double liquidity(double raw, int baseDecimals, int quoteDecimals) {
        return raw / Math.pow(10, (baseDecimals + quoteDecimals) / 2.0);
    }

    /**
     * The price of token0 in token1, in the chain's integers, at a tick: 1.0001^tick.
     *
     * @param tick the tick
     * @return above 0
     */
    public static double priceAtTick(double tick) {
        return Math.exp(tick * TICK_LOG);
    }

    /**
     * Reserve of quote that a constant-product pool of equal cost would have.
     *
     * @param liquidity in whole tokens
     * @param price quote per base
     * @return L·√P; NaN if either is not above 0
     */
    public static double virtualQuote(double liquidity, double price) {
        return liquidity > 0 && price > 0 ? liquidity * Math.sqrt(price) : Double.NaN;
    }

    /**
     * Reserve of base that a constant-product pool of equal cost would have.
     *
     * @param liquidity in whole tokens
     * @param price quote per base
     * @return L/√P; NaN if either is not above 0
     */
    public static double virtualBase(double liquidity, double price) {
        return liquidity > 0 && price > 0 ? liquidity / Math.sqrt(price) : Double.NaN;
    }

    /**
     * Quote that can be swapped for base before the price leaves the present range.
     *
     * @param liquidity in whole tokens
     * @param price quote per base
     * @param rangeEnd upper end of the range, at or above the price
     * @return L·(√end − √P); NaN if an argument is missing
     */
    public static double capacity(double liquidity, double price, double rangeEnd) {
        return rangeEnd >= price ? liquidity * (Math.sqrt(rangeEnd) - Math.sqrt(price)) : Double.NaN;
    }

    /**
     * What is known of a swap when only the present range is: a lower bound, and the cost if the liquidity went on.
     *
     * @param atLeast slippage if all that leaves the range were swapped at its end, the least that is possible
     * @param ifContinued slippage if the liquidity beyond the range were that within it; no bound
     * @param exact whether the swap stays within the range, so that both are the slippage
     */
    public record Bounds(double atLeast, double ifContinued, boolean exact) {}

    /**
     * Slippage of buying base for a notional when nothing is known beyond the present range.
     *
     * @param liquidity in whole tokens
     * @param price quote per base
     * @param rangeEnd upper end of the range
     * @param notional size of the swap in quote, above 0
     * @return fractions of the price; NaN if an argument is missing
     */
    public static Bounds slippage(double liquidity, double price, double rangeEnd, double notional) {
        Check.positive(notional, "notional");
        double continued = ConstantProduct.slippage(virtualQuote(liquidity, price), notional);
        double inside = capacity(liquidity, price, rangeEnd);
        if (!(inside >= 0) || Double.isNaN(continued)) {
            return new Bounds(Double.NaN, Double.NaN, false);
        }
        if (notional <= inside) {
            return new Bounds(continued, continued, true);
        }
        double base = liquidity * (1 / Math.sqrt(price) - 1 / Math.sqrt(rangeEnd)) + (notional - inside) / rangeEnd;
        return new Bounds(notional / base / price - 1, continued, false);
    }

    /** The ranges of a pool: prices at which liquidity changes. Immutable. */
    public static final class Ranges {
        private final double[] prices;
        private final double[] changes;

        private Ranges(double[] prices, double[] changes) {
            this.prices = prices;
            this.changes = changes;
        }

        /**
         * Ranges of a pool.
         *
         * @param prices quote per base at which liquidity changes, ascending, copied
         * @param changes liquidity that is added when the price rises through each, in whole tokens, copied
         * @return the ranges
         */
        public static Ranges of(double[] prices, double[] changes) {
            Check.that(
                    prices.length == changes.length,
                    "changes must have " + prices.length + " values like prices, got " + changes.length);
            for (int i = 0; i < prices.length; i++) {
                Check.that(
                        prices[i] > (i == 0 ? 0 : prices[i - 1]),
                        "prices must be above 0 and ascend, got " + prices[i] + " at " + i);
            }
            return new Ranges(prices.clone(), changes.clone());
        }

        /**
         * Slippage of buying base for a notional across ranges: the mean price over the price before the swap, less 1.
         * O(ranges that are crossed).
         *
         * @param price quote per base before the swap
         * @param notional size of the swap in quote, above 0
         * @return a fraction, 0 or above; NaN if the pool does not hold enough base, or the price is missing
         */
        public double slippage(double price, double notional) {
            Check.positive(notional, "notional");
            if (!(price > 0)) {
                return Double.NaN;
            }
            int next = Arrays.binarySearch(prices, price);
            next = next < 0 ? -next - 1 : next + 1;
            double liquidity = 0;
            for (int i = 0; i < next; i++) {
                liquidity += changes[i];
            }
            double root = Math.sqrt(price);
            double left = notional;
            double base = 0;
            for (; next < prices.length; next++) {
                double end = Math.sqrt(prices[next]);
                double fits = liquidity * (end - root);
                if (fits >= left) {
                    double stop = root + left / liquidity;
                    base += left / (root * stop);
                    return notional / base / price - 1;
                }
                left -= Math.max(0, fits);
                base += liquidity > 0 ? liquidity * (1 / root - 1 / end) : 0;
                liquidity += changes[next];
                root = end;
            }
            return Double.NaN;
        }
    }
}
