package org.lama.backtest.execution;

import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderState;
import org.lama.core.base.Api;
import org.lama.core.market.CostModel.Role;

/**
 * What {@link WorkingOrders} asks of and tells to the owner of cash, margin and positions. All arguments are primitive,
 * so nothing is allocated. The methods are called in the middle of matching: they must not call back into the orders;
 * events for strategies are to be kept until the call that led to them has returned.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface ExecutionSink {
    /**
     * The position that a reduce-only order may reduce.
     *
     * @param order number of the order; 0 where only the position is asked for
     * @param instrument its instrument
     * @return signed lots, of the strategy that owns the order
     */
    long positionLots(long order, int instrument);

    /**
     * How much of a fill cash, margin and holdings allow. Asked before every fill; nothing is booked.
     *
     * @param order number of the order
     * @param instrument its instrument
     * @param signedLots what would fill, negative for a sale, never 0
     * @param priceTicks at which price
     * @param role maker or taker, which decides the fee
     * @return from 0 to {@code signedLots}; if it is less in size, the order ends with {@link #refusal()}
     */
    long allowedLots(long order, int instrument, long signedLots, long priceTicks, Role role);

    /**
     * The price at which the venue takes the position away because its margin is gone. Asked inside bars, where the order
     * of prices decides whether that or an order comes first.
     *
     * @param instrument number of the instrument
     * @return ticks: the first price, seen from a sound position, at which it is due; 0 if there is none
     */
    default long liquidationTicks(int instrument) {
        return 0;
    }

    /**
     * The price has met {@link #liquidationTicks}: the whole position is to be closed. The orders of the instrument end
     * after this with {@link Reason#LIQUIDATED}.
     *
     * @param tsNanos when
     * @param instrument number of the instrument
     * @param priceTicks price before slippage
     */
    default void liquidate(long tsNanos, int instrument, long priceTicks) {}

    /**
     * Why the last {@link #allowedLots} allowed less than asked.
     *
     * @return for example {@link Reason#NO_CASH} or {@link Reason#NO_POSITION}
     */
    Reason refusal();

    /**
     * An order filled; to be booked.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param order number of the order
     * @param instrument its instrument
     * @param signedLots what filled, negative for a sale, never 0
     * @param priceTicks price of the fill
     * @param referenceTicks price before slippage
     * @param role maker or taker
     * @param state PARTIAL or FILLED, what the order is now
     */
    void filled(
            long tsNanos,
            long order,
            int instrument,
            long signedLots,
            long priceTicks,
            long referenceTicks,
            Role role,
            OrderState state);

    /**
     * An order moved on without a trade.
     *
     * @param tsNanos when
     * @param order number of the order
     * @param instrument its instrument
     * @param state ACKED, PENDING_CANCEL, CANCELED or EXPIRED
     * @param reason why
     */
    void moved(long tsNanos, long order, int instrument, OrderState state, Reason reason);

    /**
     * An order was refused and will not fill.
     *
     * @param tsNanos when
     * @param order number of the order
     * @param instrument its instrument
     * @param reason why
     */
    void rejected(long tsNanos, long order, int instrument, Reason reason);
}
