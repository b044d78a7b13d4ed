package org.lama.backtest.sizing;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Settings of the sizing rules.
 *
 * @param targetVolatilityAnnual σ*: above this volatility a year positions shrink in proportion, above 0
 * @param noTradeBand share of the target below which a change is not worth a trade, in [0, 1)
 * @param longOnly true for spot, where a negative target becomes 0
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record SizingSettings(double targetVolatilityAnnual, double noTradeBand, boolean longOnly) {
    /** Spot, 40 % a year, band of a tenth. */
    public static final SizingSettings SPOT = new SizingSettings(0.40, 0.10, true);
    /** Perpetuals, long and short, 40 % a year, band of a tenth. */
    public static final SizingSettings PERPETUAL = new SizingSettings(0.40, 0.10, false);

    /**
     * Checks ranges.
     *
     * @param targetVolatilityAnnual σ*: above this volatility a year positions shrink in proportion, above 0
     * @param noTradeBand share of the target below which a change is not worth a trade, in [0, 1)
     * @param longOnly true for spot, where a negative target becomes 0
     */
    public SizingSettings {
        Check.positive(targetVolatilityAnnual, "targetVolatilityAnnual");
        if (!(noTradeBand >= 0 && noTradeBand < 1)) {
            throw new IllegalArgumentException("noTradeBand must be in [0, 1), got " + noTradeBand);
        }
    }

    /**
     * Whether a change of position is worth a trade: not if {@code |target − current| < noTradeBand · |target|}.
     *
     * @param current weight now
     * @param target wanted weight
     * @return true if the order should go out; going flat always is worth it
     */
    public boolean worthTrading(double current, double target) {
        return current != target && !(Math.abs(target - current) < noTradeBand * Math.abs(target));
    }
}
