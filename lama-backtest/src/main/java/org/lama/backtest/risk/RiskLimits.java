package org.lama.backtest.risk;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Limits on target weights. They bind last, in this order: the gross limit scales all targets by the same factor, then
 * the cap per asset and the liquidity cap cut each target towards 0. The caps come after the scaling on purpose: what
 * one asset gives up is not handed to another, so <b>a tighter limit never enlarges any position</b>.
 *
 * @param maxGross largest sum of absolute weights, at least 0
 * @param maxWeight largest absolute weight of one asset, at least 0
 * @param maxParticipation largest position as a share of the last 24 hours' traded value, at least 0; positive infinity
 *     switches the liquidity cap off
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record RiskLimits(double maxGross, double maxWeight, double maxParticipation) {
    /** Gross 1, single asset 1, at most 1 % of a day's traded value. */
    public static final RiskLimits DEFAULT = new RiskLimits(1, 1, 0.01);

    /**
     * Checks ranges.
     *
     * @param maxGross largest sum of absolute weights, at least 0
     * @param maxWeight largest absolute weight of one asset, at least 0
     * @param maxParticipation largest position as a share of the last 24 hours' traded value, at least 0; positive infinity
     *     switches the liquidity cap off
     */
    public RiskLimits {
        Check.notNegative(maxGross, "maxGross");
        Check.notNegative(maxWeight, "maxWeight");
        Check.inRange(maxParticipation, 0, Double.POSITIVE_INFINITY, "maxParticipation");
    }

    /**
     * The same limits without the liquidity cap.
     *
     * @return new limits
     */
    public RiskLimits withoutLiquidityCap() {
        return new RiskLimits(maxGross, maxWeight, Double.POSITIVE_INFINITY);
    }

    /**
     * Cuts targets to the limits; a pure function, O(number of symbols), allocates nothing.
     *
     * @param targets wanted weights, replaced by the allowed ones; NaN means no wish and stays NaN
     * @param current weights held; a symbol without a wish counts with this towards gross
     * @param dayVolume traded value of the last 24 hours in quote currency; NaN where unknown, which switches the
     *     liquidity cap off for that symbol
     * @param equity in quote currency; at 0 or below all targets become 0
     */
    public void apply(double[] targets, double[] current, double[] dayVolume, double equity) {
        double wanted = 0;
        double kept = 0;
        for (int i = 0; i < targets.length; i++) {
            if (Double.isNaN(targets[i])) {
                kept += Math.abs(current[i]);
            } else {
                wanted += Math.abs(targets[i]);
            }
        }
        double room = Math.max(0, maxGross - kept);
        double scale = wanted > room ? room / wanted : 1;
        for (int i = 0; i < targets.length; i++) {
            if (!Double.isNaN(targets[i])) {
                double cap = equity > 0 ? Math.min(maxWeight, liquidityCap(dayVolume[i], equity)) : 0;
                targets[i] = Math.max(-cap, Math.min(cap, targets[i] * scale));
            }
        }
    }

    private double liquidityCap(double dayVolume, double equity) {
        if (Double.isNaN(dayVolume) || maxParticipation == Double.POSITIVE_INFINITY) {
            return Double.POSITIVE_INFINITY;
        }
        return Math.max(0, dayVolume) * maxParticipation / equity;
    }
}
