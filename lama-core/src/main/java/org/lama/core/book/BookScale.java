package org.lama.core.book;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * What one tick of price and one lot of quantity are worth. Steps that are decimals give decimals: 618392 ticks of 0.1 are
 * the double that 61839.2 is read as, where a product would be 61839.200000000004. Immutable and thread-safe; every method
 * is O(1) and allocates nothing.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BookScale {
    /** Largest price in ticks that a book takes. */
    public static final int MOST_TICKS = 1 << 30;

    private static final double ON_GRID = 1e-6;
    /** Prices that were computed miss a step by some last bits; never by more than {@link #ON_GRID} of it. */
    private static final double NOISE = 1e-12;

    private static final double MOST_LOTS = 1L << 53;

    private static final int MOST_DECIMALS = 15;

    private final double tickSize;
    private final double lotSize;
    /** A step is units / power: whole numbers both, so that only the last division rounds; power is 1 if it is no decimal. */
    private final double tickUnits;

    private final double tickPower;
    private final double lotUnits;
    private final double lotPower;

    /**
     * Steps of price and quantity.
     *
     * @param tickSize price of one tick in quote currency, above 0
     * @param lotSize quantity of one lot in base units or contracts, above 0
     */
    public BookScale(double tickSize, double lotSize) {
        this.tickSize = Check.positive(tickSize, "tickSize");
        this.lotSize = Check.positive(lotSize, "lotSize");
        tickPower = power(tickSize);
        tickUnits = units(tickSize, tickPower);
        lotPower = power(lotSize);
        lotUnits = units(lotSize, lotPower);
    }

    /** The least power of ten by which a step is a whole number; 1 if there is none. */
    private static double power(double step) {
        double power = 1;
        for (int decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
            if (Math.rint(step * power) / power == step) {
                return power;
            }
            power *= 10;
        }
        return 1;
    }

    private static double units(double step, double power) {
        return power == 1 ? step : Math.rint(step * power);
    }

    /**
     * The step of price.
     *
     * @return price of one tick in quote currency, above 0
     */
    public double tickSize() {
        return tickSize;
    }

    /**
     * The step of quantity.
     *
     * @return quantity of one lot in base units or contracts, above 0
     */
    public double lotSize() {
        return lotSize;
    }

    /**
     * The tick nearest to a price.
     *
     * @param price any number
     * @return 1 to {@link #MOST_TICKS}; 0 for what is no price here: NaN, infinite, zero, negative, too large
     */
    public int ticks(double price) {
        return limit(Math.rint(price / tickSize));
    }

    /**
     * Lots nearest to a quantity.
     *
     * @param quantity any number
     * @return at least 0; -1 for what is no quantity here: NaN, infinite, negative, above 2^53 lots
     */
    public long lots(double quantity) {
        double lots = Math.rint(quantity / lotSize);
        return quantity >= 0 && lots <= MOST_LOTS ? (long) lots : -1;
    }

    /**
     * The limit of a buy: the tick at a price or the next one below. What misses a tick by 1e-12 of the price stands on it.
     *
     * @param price any number
     * @return 1 to {@link #MOST_TICKS}; 0 for what is no price here: NaN, infinite, below one tick, too large
     */
    public int ticksAtMost(double price) {
        return limit(atMost(price / tickSize));
    }

    /**
     * The limit of a sale: the tick at a price or the next one above. What misses a tick by 1e-12 of the price stands on it.
     *
     * @param price any number
     * @return 1 to {@link #MOST_TICKS}; 0 for what is no price here: NaN, infinite, zero, negative, too large
     */
    public int ticksAtLeast(double price) {
        return limit(-atMost(-price / tickSize));
    }

    private static int limit(double ticks) {
        return ticks >= 1 && ticks <= MOST_TICKS ? (int) ticks : 0;
    }

    /**
     * The size of an order: whole lots that a quantity holds. What misses a lot by 1e-12 of the quantity holds it.
     *
     * @param quantity any number
     * @return at least 0; -1 for what is no quantity here: NaN, infinite, negative, above 2^53 lots
     */
    public long lotsAtMost(double quantity) {
        double lots = atMost(quantity / lotSize);
        return quantity >= 0 && lots <= MOST_LOTS ? (long) lots : -1;
    }

    private static double atMost(double steps) {
        double nearest = Math.rint(steps);
        boolean isNear = Math.abs(steps - nearest) <= Math.min(ON_GRID, NOISE * Math.abs(nearest));
        return isNear ? nearest : Math.floor(steps);
    }

    /**
     * Whether a price stands on the grid, to a millionth of a tick.
     *
     * @param price any number
     * @return true if it does
     */
    public boolean isPriceOnGrid(double price) {
        double ticks = price / tickSize;
        return Math.abs(ticks - Math.rint(ticks)) < ON_GRID;
    }

    /**
     * Whether a quantity stands on the grid, to a millionth of a lot.
     *
     * @param quantity any number
     * @return true if it does
     */
    public boolean isQuantityOnGrid(double quantity) {
        double lots = quantity / lotSize;
        return Math.abs(lots - Math.rint(lots)) < ON_GRID;
    }

    /**
     * A price in quote currency.
     *
     * @param ticks price in ticks
     * @return ticks times tick size, rounded once where that is a decimal
     */
    public double price(long ticks) {
        return ticks * tickUnits / tickPower;
    }

    /**
     * A quantity in base units or contracts.
     *
     * @param lots quantity in lots
     * @return lots times lot size, rounded once where that is a decimal
     */
    public double quantity(long lots) {
        return lots * lotUnits / lotPower;
    }

    /**
     * An amount of quote currency.
     *
     * @param tickLots sum over ticks times lots
     * @return that times tick size times lot size, rounded once where both are decimals
     */
    public double money(long tickLots) {
        return tickLots * (tickUnits * lotUnits) / (tickPower * lotPower);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BookScale scale && tickSize == scale.tickSize && lotSize == scale.lotSize;
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(tickSize) + Double.hashCode(lotSize);
    }

    @Override
    public String toString() {
        return "BookScale[tickSize=" + tickSize + ", lotSize=" + lotSize + "]";
    }
}
