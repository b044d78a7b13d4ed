package org.lama.core.market;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * A venue's table of margin rates by size of position. In the tier that begins at {@code floor[k]} of notional the
 * maintenance margin is {@code rate[k] · notional − deduction[k]}, where the deduction makes the margin continuous:
 * {@code deduction[k] = deduction[k−1] + floor[k] · (rate[k] − rate[k−1])}. Immutable and thread-safe, O(tiers).
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class MarginTiers {
    /** One tier: 0.5 % maintenance, leverage up to 20, 0.5 % liquidation fee. */
    public static final MarginTiers DEFAULT = of(new double[] {0}, new double[] {0.005}, 20, 0.005);

    private final double[] floors;
    private final double[] rates;
    private final double[] deductions;
    private final double maxLeverage;
    private final double liquidationFee;

    private MarginTiers(double[] floors, double[] rates, double maxLeverage, double liquidationFee) {
        this.floors = floors;
        this.rates = rates;
        this.maxLeverage = maxLeverage;
        this.liquidationFee = liquidationFee;
        deductions = new double[rates.length];
        for (int k = 1; k < rates.length; k++) {
            deductions[k] = deductions[k - 1] + floors[k] * (rates[k] - rates[k - 1]);
        }
    }

    /**
     * A table.
     *
     * @param floors notional in settlement currency at which each tier begins: the first 0, then increasing
     * @param rates maintenance rate of each tier, in (0, 1), not decreasing
     * @param maxLeverage largest leverage of a new position, at least 1
     * @param liquidationFee share of the notional taken at a liquidation, in [0, 1)
     * @return the table
     */
    public static MarginTiers of(double[] floors, double[] rates, double maxLeverage, double liquidationFee) {
        Check.that(
                floors.length > 0 && floors.length == rates.length,
                "floors and rates must have one value per tier, got " + floors.length + " and " + rates.length);
        Check.that(floors[0] == 0, "the first floor must be 0, got " + floors[0]);
        for (int k = 0; k < rates.length; k++) {
            Check.that(rates[k] > 0 && rates[k] < 1, "rates[" + k + "] must be in (0, 1), got " + rates[k]);
            Check.that(
                    k == 0 || (floors[k] > floors[k - 1] && rates[k] >= rates[k - 1]),
                    "floors must increase and rates must not decrease, but not so at tier " + k);
        }
        Check.that(maxLeverage >= 1, "maxLeverage must be >= 1, got " + maxLeverage);
        Check.that(
                liquidationFee >= 0 && liquidationFee < 1, "liquidationFee must be in [0, 1), got " + liquidationFee);
        return new MarginTiers(floors.clone(), rates.clone(), maxLeverage, liquidationFee);
    }

    /**
     * The margin below which a position is liquidated.
     *
     * @param notional absolute value of the position in settlement currency, at least 0
     * @return in settlement currency
     */
    public double maintenance(double notional) {
        int k = tier(notional);
        return rates[k] * notional - deductions[k];
    }

    /**
     * The maintenance rate of the tier of a notional.
     *
     * @param notional absolute value of the position in settlement currency, at least 0
     * @return in (0, 1)
     */
    public double rate(double notional) {
        return rates[tier(notional)];
    }

    /**
     * What is taken off the maintenance margin in the tier of a notional.
     *
     * @param notional absolute value of the position in settlement currency, at least 0
     * @return in settlement currency, at least 0
     */
    public double deduction(double notional) {
        return deductions[tier(notional)];
    }

    private int tier(double notional) {
        int k = rates.length - 1;
        while (k > 0 && notional < floors[k]) {
            k--;
        }
        return k;
    }

    /**
     * Where the tiers begin.
     *
     * @return notionals in settlement currency, the first 0; a copy
     */
    public double[] floors() {
        return floors.clone();
    }

    /**
     * The maintenance rates of the tiers.
     *
     * @return fractions of the notional, one per floor; a copy
     */
    public double[] rates() {
        return rates.clone();
    }

    /**
     * The largest leverage of a new position.
     *
     * @return at least 1
     */
    public double maxLeverage() {
        return maxLeverage;
    }

    /**
     * The share of the notional taken at a liquidation.
     *
     * @return in [0, 1)
     */
    public double liquidationFee() {
        return liquidationFee;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MarginTiers tiers
                && Arrays.equals(floors, tiers.floors)
                && Arrays.equals(rates, tiers.rates)
                && maxLeverage == tiers.maxLeverage
                && liquidationFee == tiers.liquidationFee;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(floors) + Arrays.hashCode(rates);
    }

    @Override
    public String toString() {
        return "MarginTiers[floors=" + Arrays.toString(floors) + ", rates=" + Arrays.toString(rates) + ", maxLeverage="
                + maxLeverage + ", liquidationFee=" + liquidationFee + "]";
    }
}
