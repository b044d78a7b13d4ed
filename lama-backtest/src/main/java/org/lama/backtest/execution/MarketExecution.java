package org.lama.backtest.execution;

import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.FixedPoint.Rounding;
import org.lama.backtest.order.Scale;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.CostModel;
import org.lama.core.market.Side;

/**
 * How market orders fill: price after slippage rounded against us to a tick, fee rounded up to a money unit, quantity
 * rounded towards zero to a lot. Immutable and thread-safe if the cost model is; allocates nothing.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class MarketExecution {
    private static final int NEIGHBOURS = 4;

    private final CostModel cost;

    /**
     * Execution at given costs.
     *
     * @param cost slippage and commission
     */
    public MarketExecution(CostModel cost) {
        this.cost = Check.notNull(cost, "cost");
    }

    /**
     * The price of a market fill when nothing is known of the market.
     *
     * @param side direction
     * @param referenceTicks the open at which it fills
     * @param scale of the instrument
     * @return ticks, not better than the reference
     */
    public long fillTicks(Side side, long referenceTicks, Scale scale) {
        return fillTicks(side, referenceTicks, scale, cost.slippage(Double.NaN, Double.NaN, Double.NaN));
    }

    /**
     * What the cost model takes for a fill that takes liquidity.
     *
     * @param participation notional of the fill over the traded value of the last 24 hours; NaN where unknown
     * @param spread relative bid-ask spread; NaN where unknown
     * @param volatilityDay standard deviation of daily returns; NaN where unknown
     * @return fraction of the price, at least 0
     */
    public double slippage(double participation, double spread, double volatilityDay) {
        return cost.slippage(participation, spread, volatilityDay);
    }

    /**
     * The price of a market fill at a given slippage.
     *
     * @param side direction
     * @param referenceTicks the open at which it fills
     * @param scale of the instrument
     * @param slippage fraction of the price, at least 0
     * @return ticks, not better than the reference
     */
    public long fillTicks(Side side, long referenceTicks, Scale scale, double slippage) {
        long slipped = scale.adverseTicks(side, scale.price(referenceTicks) * (1 + side.sign() * slippage));
        return side == Side.BUY ? Math.max(slipped, referenceTicks) : Math.max(0, Math.min(slipped, referenceTicks));
    }

    /**
     * The fee of a fill.
     *
     * @param notionalUnits absolute slipped notional in money units
     * @return fee in money units, rounded up
     */
    public long feeUnits(long notionalUnits) {
        double fee = FixedPoint.toDouble(notionalUnits, FixedPoint.MONEY_DECIMALS) * takerRate();
        return FixedPoint.fromDouble(fee, FixedPoint.MONEY_DECIMALS, Rounding.CEILING);
    }

    /**
     * The largest purchase, up to a wish, that cash can pay with its fee. Assumes that cost rises with quantity.
     *
     * @param cashUnits cash at hand
     * @param wantedLots wish, at least 0
     * @param priceTicks price after slippage, above 0
     * @param scale of the instrument
     * @return lots, 0 up to the wish
     */
    public long affordableLots(long cashUnits, long wantedLots, long priceTicks, Scale scale) {
        if (cashUnits <= 0 || wantedLots <= 0) {
            return 0;
        }
        if (affordable(cashUnits, wantedLots, priceTicks, scale)) {
            return wantedLots;
        }
        double cash = FixedPoint.toDouble(cashUnits, FixedPoint.MONEY_DECIMALS);
        double spent = cash * cash / (cash + cash * takerRate());
        double guess = spent / scale.price(priceTicks);
        long estimate = FixedPoint.fits(guess, scale.quantityDecimals()) ? scale.lots(guess) : wantedLots;
        long low = Math.max(0, Math.min(wantedLots, estimate) - NEIGHBOURS);
        long high = Math.min(wantedLots, low + 2 * NEIGHBOURS);
        if (low > 0 && !affordable(cashUnits, low, priceTicks, scale)) {
            high = low;
            low = 0;
        } else if (high < wantedLots && affordable(cashUnits, high, priceTicks, scale)) {
            low = high;
            high = wantedLots;
        }
        // invariant: low lots can be paid, high lots cannot
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (affordable(cashUnits, middle, priceTicks, scale)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private double takerRate() {
        return cost.feeRate(CostModel.Role.TAKER, 0);
    }

    private boolean affordable(long cashUnits, long lots, long priceTicks, Scale scale) {
        // the comparison in floating point keeps products that would not fit away from the exact one
        double rough = scale.quantity(lots) * scale.price(priceTicks);
        if (rough > 2 * FixedPoint.toDouble(cashUnits, FixedPoint.MONEY_DECIMALS) + 1) {
            return false;
        }
        long notional = scale.notionalUnits(lots, priceTicks);
        return Math.addExact(notional, feeUnits(notional)) <= cashUnits;
    }
}
