package org.lama.backtest.risk;

import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.features.LiquidityCap;

/**
 * Limits on target weights. They bind last. With wishes t, each limit gives every asset a bound that depends on the wishes
 * and on that limit alone, and the smallest bound holds: what one asset gives up is not handed to another, so <b>a tighter
 * limit never enlarges any position</b>, and no limit turns a position around.
 *
 * <ul>
 *   <li>gross and leverage: all wishes scaled by the same g, so that the sum of absolute weights, with what is kept, is at
 *       most {@code min(maxGross, maxLeverage)};
 *   <li>weight: each asset at most {@code maxWeight};
 *   <li>concentration: one level for all, so that the {@code topCount} largest weights sum to at most {@code maxTopWeight}.
 *       (A bound on their share of gross, or on a Herfindahl index of shares, cannot be monotone: there a cut of a small
 *       position enlarges the share of the others.)
 *   <li>liquidity: a position is at most {@code maxParticipation} of the last 24 hours' traded value, and at most what the
 *       square-root law moves by {@code maxSlippage} ({@code ½·spread + σ_day·√participation}). It bounds the position and
 *       not the trade: a bound on the trade would keep too large a position from being reduced.
 *   <li>net: long and short sums may differ by at most {@code maxNet}. The heavier side is scaled down; then each side is
 *       cut by what the other limits took from the other side ({@code f_long = min(1, (maxNet + short after limits) /
 *       long before them)}), which keeps the bound for sure and stays monotone, at the price of cutting more than needed
 *       when caps hit both sides.
 * </ul>
 *
 * Immutable and thread-safe.
 *
 * @param maxGross largest sum of absolute weights, at least 0
 * @param maxWeight largest absolute weight of one asset, at least 0
 * @param maxParticipation largest position as a share of the last 24 hours' traded value, at least 0; positive infinity
 *     switches it off
 * @param maxSlippage largest slippage by the square-root law, a fraction of the price, at least 0; positive infinity
 *     switches it off
 * @param maxNet largest absolute sum of signed weights, at least 0; positive infinity switches it off
 * @param topCount how many assets {@code maxTopWeight} sums, at least 1
 * @param maxTopWeight largest sum of the {@code topCount} largest absolute weights, at least 0; positive infinity switches
 *     it off
 * @param maxLeverage largest notional over equity, at least 0: it binds targets like {@code maxGross} and, in {@link
 *     #allowedNotional}, every single order; positive infinity switches it off
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record RiskLimits(
        double maxGross,
        double maxWeight,
        double maxParticipation,
        double maxSlippage,
        double maxNet,
        int topCount,
        double maxTopWeight,
        double maxLeverage) {
    private static final double NONE = Double.POSITIVE_INFINITY;
    private static final double[] UNKNOWN = {};

    /** Gross 1, single asset 1, at most 1 % of a day's traded value; no other limit. */
    public static final RiskLimits DEFAULT = new RiskLimits(1, 1, 0.01);

    /**
     * Checks ranges.
     *
     * @param maxGross largest sum of absolute weights, at least 0
     * @param maxWeight largest absolute weight of one asset, at least 0
     * @param maxParticipation largest position as a share of the last 24 hours' traded value, at least 0; positive infinity
     *     switches it off
     * @param maxSlippage largest slippage by the square-root law, a fraction of the price, at least 0; positive infinity
     *     switches it off
     * @param maxNet largest absolute sum of signed weights, at least 0; positive infinity switches it off
     * @param topCount how many assets {@code maxTopWeight} sums, at least 1
     * @param maxTopWeight largest sum of the {@code topCount} largest absolute weights, at least 0; positive infinity
     *     switches it off
     * @param maxLeverage largest notional over equity, at least 0; positive infinity switches it off
     */
    public RiskLimits {
        Check.notNegative(maxGross, "maxGross");
        Check.notNegative(maxWeight, "maxWeight");
        Check.inRange(maxParticipation, 0, NONE, "maxParticipation");
        Check.inRange(maxSlippage, 0, NONE, "maxSlippage");
        Check.inRange(maxNet, 0, NONE, "maxNet");
        Check.atLeast(topCount, 1, "topCount");
        Check.inRange(maxTopWeight, 0, NONE, "maxTopWeight");
        Check.inRange(maxLeverage, 0, NONE, "maxLeverage");
    }

    /**
     * Limits of gross, weight and participation alone.
     *
     * @param maxGross largest sum of absolute weights, at least 0
     * @param maxWeight largest absolute weight of one asset, at least 0
     * @param maxParticipation largest position as a share of the last 24 hours' traded value, at least 0
     */
    public RiskLimits(double maxGross, double maxWeight, double maxParticipation) {
        this(maxGross, maxWeight, maxParticipation, NONE, NONE, 1, NONE, NONE);
    }

    /**
     * Starts from {@link #DEFAULT}.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder(DEFAULT);
    }

    /**
     * Starts from these limits.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /**
     * The same limits without the liquidity caps.
     *
     * @return new limits
     */
    public RiskLimits withoutLiquidityCap() {
        return toBuilder().maxParticipation(NONE).maxSlippage(NONE).build();
    }

    /**
     * Cuts targets to the limits; a pure function, O(number of symbols), allocates nothing unless a concentration limit is
     * set. Volatility and spread count as unknown.
     *
     * @param targets wanted weights, replaced by the allowed ones; NaN means no wish and stays NaN
     * @param current weights held; a symbol without a wish counts with this
     * @param dayVolume traded value of the last 24 hours in quote currency; NaN where unknown, which switches the
     *     liquidity caps off for that symbol
     * @param equity in quote currency; at 0 or below all targets become 0
     */
    public void apply(double[] targets, double[] current, double[] dayVolume, double equity) {
        cut(targets, current, UNKNOWN, new MarketLiquidity(dayVolume, UNKNOWN, UNKNOWN, dayVolume.length), equity);
    }

    /**
     * Cuts targets to the limits; a pure function, O(number of symbols), allocates nothing that grows with their number
     * unless a concentration limit is set.
     *
     * @param targets wanted weights, replaced by the allowed ones; NaN means no wish and stays NaN
     * @param current weights held; a symbol without a wish counts with this
     * @param liquidity what is known of each symbol; a cap whose inputs are unknown does not bind
     * @param equity in reporting currency; at 0 or below all targets become 0
     */
    public void apply(double[] targets, double[] current, MarketLiquidity liquidity, double equity) {
        checkLengths(targets, current, liquidity);
        cut(targets, current, UNKNOWN, liquidity, equity);
    }

    /**
     * Cuts targets to the limits as {@link #apply(double[], double[], MarketLiquidity, double)} does, with orders under way:
     * gross, leverage, weight and liquidity hold for what the positions are if all orders of their worse side fill. Net and
     * concentration are limits on targets only. Where the orders alone break a limit, targets become 0 and no less.
     *
     * @param targets wanted weights, replaced by the allowed ones; NaN means no wish and stays NaN
     * @param current weights held; a symbol without a wish counts with this
     * @param working by how much orders under way can make each position larger than its wish, or than what is held without
     *     one; weights, at least 0
     * @param liquidity what is known of each symbol; a cap whose inputs are unknown does not bind
     * @param equity in reporting currency; at 0 or below all targets become 0
     */
    public void apply(double[] targets, double[] current, double[] working, MarketLiquidity liquidity, double equity) {
        checkLengths(targets, current, liquidity);
        Check.that(
                working.length == targets.length,
                "working must have the length of targets, " + targets.length + ", got " + working.length);
        cut(targets, current, working, liquidity, equity);
    }

    private static void checkLengths(double[] targets, double[] current, MarketLiquidity liquidity) {
        Check.that(
                targets.length == current.length && targets.length == liquidity.size(),
                "targets, current and liquidity must have the same length, got " + targets.length + ", "
                        + current.length + " and " + liquidity.size());
    }

    /**
     * What an order may be when it is sent, whatever asked for it: a pure function, O(1), allocates nothing. Bringing a
     * position to 0 is always allowed. Weight, gross, leverage and liquidity bind; net and concentration are limits on
     * targets only. Monotone as the limits on targets are.
     *
     * @param wanted signed notional of the order in reporting currency, negative for a sale
     * @param position signed notional of this asset, its open orders counted as filled where that makes it larger
     * @param otherGross sum of absolute notionals of all other assets, open orders counted as filled
     * @param liquidityNotional largest position by {@link #liquidityNotional}; positive infinity if unknown
     * @param equity in reporting currency
     * @return the allowed notional: same sign as wanted, not larger
     */
    public double allowedNotional(
            double wanted, double position, double otherGross, double liquidityNotional, double equity) {
        double gross = Math.min(maxGross, maxLeverage) * Math.max(0, equity) - otherGross;
        double weight = maxWeight * Math.max(0, equity);
        double most = Math.max(0, Math.min(Math.min(gross, weight), liquidityNotional));
        return wanted >= 0
                ? Math.min(wanted, Math.max(0, most - position))
                : Math.max(wanted, Math.min(0, -most - position));
    }

    /**
     * The largest position that the liquidity of an asset allows.
     *
     * @param dayVolume traded value of the last 24 hours in reporting currency; NaN if unknown
     * @param volatilityDay standard deviation of daily returns; NaN if unknown, then slippage does not bind
     * @param spread relative bid-ask spread; NaN if unknown, taken as 0
     * @return notional in reporting currency, at least 0; positive infinity where nothing binds
     */
    public double liquidityNotional(double dayVolume, double volatilityDay, double spread) {
        if (Double.isNaN(dayVolume)) {
            return NONE;
        }
        double cap = maxParticipation == NONE ? NONE : Math.max(0, dayVolume) * maxParticipation;
        return maxSlippage == NONE ? cap : Math.min(cap, slippageNotional(dayVolume, volatilityDay, spread));
    }

    private double slippageNotional(double dayVolume, double volatilityDay, double spread) {
        if (!(volatilityDay >= 0 && volatilityDay < NONE) || !(dayVolume >= 0)) {
            return NONE;
        }
        double notional =
                maxSlippage > 0 ? new LiquidityCap(1, maxSlippage).bySquareRoot(dayVolume, volatilityDay, spread) : 0;
        return Double.isNaN(notional) ? NONE : notional;
    }

    private void cut(double[] targets, double[] current, double[] working, MarketLiquidity liquidity, double equity) {
        double wanted = 0;
        double kept = 0;
        for (int i = 0; i < targets.length; i++) {
            kept += working.length == 0 ? 0 : working[i];
            if (Double.isNaN(targets[i])) {
                kept += Math.abs(current[i]);
            } else {
                wanted += Math.abs(targets[i]);
            }
        }
        double room = Math.max(0, Math.min(maxGross, maxLeverage) - kept);
        double scale = wanted > room ? room / wanted : 1;
        double level = maxTopWeight < NONE ? Concentration.level(targets, current, topCount, maxTopWeight) : NONE;
        if (maxNet < NONE && scale > 0) {
            NetBalance balance = new NetBalance(targets, current, maxNet, scale);
            for (int i = 0; i < targets.length; i++) {
                double cap = Math.min(level, cap(working, liquidity, i, equity));
                targets[i] = balance.capped(targets[i], cap);
            }
            balance.finish(targets);
            return;
        }
        for (int i = 0; i < targets.length; i++) {
            if (!Double.isNaN(targets[i])) {
                double cap = Math.min(level, cap(working, liquidity, i, equity));
                targets[i] = Math.max(-cap, Math.min(cap, targets[i] * scale));
            }
        }
    }

    private double cap(double[] working, MarketLiquidity liquidity, int i, double equity) {
        if (!(equity > 0)) {
            return 0;
        }
        double notional = liquidityNotional(liquidity.dayVolume(i), liquidity.volatilityDay(i), liquidity.spread(i));
        double most = Math.min(maxWeight, notional / equity);
        return working.length == 0 ? most : Math.max(0, most - working[i]);
    }

    /** Sets the limits one by one; each has the value of what the builder started from until it is set. Not thread-safe. */
    public static final class Builder {
        private double maxGross;
        private double maxWeight;
        private double maxParticipation;
        private double maxSlippage;
        private double maxNet;
        private int topCount;
        private double maxTopWeight;
        private double maxLeverage;

        private Builder(RiskLimits from) {
            maxGross = from.maxGross;
            maxWeight = from.maxWeight;
            maxParticipation = from.maxParticipation;
            maxSlippage = from.maxSlippage;
            maxNet = from.maxNet;
            topCount = from.topCount;
            maxTopWeight = from.maxTopWeight;
            maxLeverage = from.maxLeverage;
        }

        /**
         * Sets the largest sum of absolute weights.
         *
         * @param value at least 0
         * @return this
         */
        public Builder maxGross(double value) {
            maxGross = value;
            return this;
        }

        /**
         * Sets the largest absolute weight of one asset.
         *
         * @param value at least 0
         * @return this
         */
        public Builder maxWeight(double value) {
            maxWeight = value;
            return this;
        }

        /**
         * Sets the largest position as a share of the last 24 hours' traded value.
         *
         * @param value at least 0; infinite for no limit
         * @return this
         */
        public Builder maxParticipation(double value) {
            maxParticipation = value;
            return this;
        }

        /**
         * Sets the largest slippage by the square-root law.
         *
         * @param value fraction of the price, at least 0, for example 0.0025; infinite for no limit
         * @return this
         */
        public Builder maxSlippage(double value) {
            maxSlippage = value;
            return this;
        }

        /**
         * Sets the largest absolute sum of signed weights.
         *
         * @param value at least 0; infinite for no limit
         * @return this
         */
        public Builder maxNet(double value) {
            maxNet = value;
            return this;
        }

        /**
         * Sets the largest sum of the largest weights.
         *
         * @param count how many assets to sum, at least 1
         * @param value at least 0; infinite for no limit
         * @return this
         */
        public Builder maxTopWeight(int count, double value) {
            topCount = count;
            maxTopWeight = value;
            return this;
        }

        /**
         * Sets the largest notional over equity.
         *
         * @param value at least 0; infinite for no limit
         * @return this
         */
        public Builder maxLeverage(double value) {
            maxLeverage = value;
            return this;
        }

        /**
         * Builds the limits.
         *
         * @return the limits
         * @throws IllegalArgumentException naming the limit that is out of range
         */
        public RiskLimits build() {
            return new RiskLimits(
                    maxGross, maxWeight, maxParticipation, maxSlippage, maxNet, topCount, maxTopWeight, maxLeverage);
        }
    }
}
