package org.lama.models.arima;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * The seasonal part of an automatic choice.
 *
 * @param period rows per season m, at least 1; 1 for none
 * @param maxP largest seasonal autoregressive order P, 0 to 5 (default 2)
 * @param maxQ largest seasonal moving average order Q, 0 to 5 (default 2)
 * @param difference how D is chosen (default: by seasonal strength, at most 1)
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record SeasonalOptions(int period, int maxP, int maxQ, SeasonalDifferenceRule difference) {
    /** No season. */
    public static final SeasonalOptions NONE = new SeasonalOptions(1, 0, 0, SeasonalDifferenceRule.fixed(0));

    /**
     * Checks the ranges.
     *
     * @param period rows per season m, at least 1; 1 for none
     * @param maxP largest seasonal autoregressive order P, 0 to 5 (default 2)
     * @param maxQ largest seasonal moving average order Q, 0 to 5 (default 2)
     * @param difference how D is chosen (default: by seasonal strength, at most 1)
     */
    public SeasonalOptions {
        Check.atLeast(period, 1, "period");
        Check.inRange(maxP, 0, 5, "maxSeasonalP");
        Check.inRange(maxQ, 0, 5, "maxSeasonalQ");
        Check.notNull(difference, "difference");
    }

    /**
     * Orders up to (2, 2), D by seasonal strength.
     *
     * @param period rows per season, at least 1
     * @return the settings; {@link #NONE} for 1
     */
    public static SeasonalOptions of(int period) {
        return Check.atLeast(period, 1, "period") == 1
                ? NONE
                : new SeasonalOptions(period, 2, 2, SeasonalDifferenceRule.strength());
    }

    /**
     * A copy with another rule for D.
     *
     * @param rule the rule
     * @return the copy
     */
    public SeasonalOptions withDifference(SeasonalDifferenceRule rule) {
        return new SeasonalOptions(period, maxP, maxQ, rule);
    }

    /**
     * A copy with other largest orders.
     *
     * @param newMaxP largest P
     * @param newMaxQ largest Q
     * @return the copy
     */
    public SeasonalOptions withOrders(int newMaxP, int newMaxQ) {
        return new SeasonalOptions(period, newMaxP, newMaxQ, difference);
    }
}
