package org.lama.backtest.order;

import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Side;

/**
 * A market order as it left us: it fills at the next open of its symbol that lies at or after the decision. Immutable.
 *
 * @param orderId number of the order within a run, from 1 on
 * @param decidedNanos when it was decided (close of a bar), UTC epoch nanoseconds
 * @param symbol position of the symbol in the study
 * @param side direction
 * @param lots wanted quantity in lots, above 0
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record Order(long orderId, long decidedNanos, int symbol, Side side, long lots) {
    /**
     * Checks ranges.
     *
     * @param orderId number of the order within a run, from 1 on
     * @param decidedNanos when it was decided (close of a bar), UTC epoch nanoseconds
     * @param symbol position of the symbol in the study
     * @param side direction
     * @param lots wanted quantity in lots, above 0
     */
    public Order {
        Check.that(orderId >= 1, "orderId must be >= 1, got " + orderId);
        Check.atLeast(symbol, 0, "symbol");
        Check.notNull(side, "side");
        Check.that(lots > 0, "lots must be > 0, got " + lots);
    }

    /**
     * The order whose fill is described.
     *
     * @param fillNanos time of the fill, not before the decision
     * @param filledLots filled quantity, above 0 and at most {@link #lots()}
     * @param priceTicks price per unit
     * @param feeUnits fee in money units
     * @return the fill
     */
    public Fill filled(long fillNanos, long filledLots, long priceTicks, long feeUnits) {
        Check.that(
                fillNanos >= decidedNanos, "a fill at " + fillNanos + " must not precede its decision " + decidedNanos);
        Check.that(filledLots <= lots, "filledLots must be <= " + lots + ", got " + filledLots);
        return new Fill(orderId, fillNanos, symbol, side, filledLots, priceTicks, feeUnits);
    }
}
