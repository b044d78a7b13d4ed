package org.lama.backtest.execution;

import java.util.List;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderNormaliser;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.order.OrderState;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Contract;
import org.lama.core.market.CostModel;
import org.lama.core.market.Side;

/**
 * All orders of a run that have not ended, and what the market does to them. Orders are numbered from 1 on in the order
 * in which they come; those of one instrument are served in that order. The owner of time calls, per instrument and bar,
 * {@link #openBar}, then {@link #matchOpen} (sales of all instruments before purchases, where cash matters),
 * {@link #matchInside} and {@link #matchClose}; or {@link #matchTrade} and {@link #matchBook} for ticks. It may leave out
 * all of these while {@link #isEmpty(int)}.
 *
 * <p>Every step of every order follows {@link OrderState#mayBecome}; an illegal one throws {@link IllegalStateException},
 * since it can only be a bug. An order works from its decision plus the latency on; inside bars an order or a
 * cancellation that arrives after the open counts from the next open on (market orders under
 * {@link FillTiming#CLOSE_WITH_LATENCY} excepted). An order good till a time fills in no bar that closes after it.
 *
 * <p>Single-threaded. Columns of primitives whose slots are used again: nothing is allocated once as many orders have
 * worked at a time as ever will. Matching costs O(working orders of the instrument) per bar, O(orders that fill ·
 * working orders) inside one.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class WorkingOrders {
    private final ExecutionSettings settings;

    /**
     * No orders yet.
     *
     * @param contracts terms of each instrument, in the order of their numbers
     * @param cost slippage of fills that take liquidity
     * @param settings what is assumed
     * @param sink asked for cash and told what happens
     */
    public WorkingOrders(List<Contract> contracts, CostModel cost, ExecutionSettings settings, ExecutionSink sink) {
        this.settings = Check.notNull(settings, "settings");
        throw new UnsupportedOperationException("to come");
    }

    /**
     * Whether nothing works. One read of an array.
     *
     * @param instrument number of the instrument
     * @return true if no order of it is alive
     */
    public boolean isEmpty(int instrument) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * Whether nothing works in any instrument.
     *
     * @return true if no order is alive
     */
    public boolean isEmpty() {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * Takes an order. A refusal by the venue's rules is told to the sink before this returns.
     *
     * @param request what is asked
     * @param decidedNanos when it was decided
     * @param referenceTicks last price known at the decision: it values market orders for the smallest notional, starts
     *     the best price of a trailing stop and tells, for ticks without a book, whether a limit would take; 0 if unknown
     * @return number of the order
     */
    public long submit(OrderRequest request, long decidedNanos, long referenceTicks) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * Takes a market order, good till cancelled, without an object; for targets.
     *
     * @param instrument number of the instrument
     * @param signedLots wanted change, negative for a sale, not 0; goes towards zero to the venue's step
     * @param decidedNanos when it was decided
     * @param referenceTicks last price known at the decision, 0 if unknown
     * @param reduceOnly whether it may only make a position smaller
     * @return number of the order
     */
    public long submitMarket(
            int instrument, long signedLots, long decidedNanos, long referenceTicks, boolean reduceOnly) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * Takes two orders of one instrument of which one cancels the other: what one fills is taken off the other, and the
     * end of one for another cause is the end of the other. If the venue refuses one both are refused.
     *
     * @param first an order that can rest: not MARKET, not IOC, not FOK
     * @param second likewise, of the same instrument and side
     * @param decidedNanos when it was decided
     * @param referenceTicks as in {@link #submit}
     * @return number of the first; the second has the next
     */
    public long submitOneCancelsOther(
            OrderRequest first, OrderRequest second, long decidedNanos, long referenceTicks) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * Takes an entry with two exits which sleep until it fills: of what the entry has filled the exits close as much, one
     * cancelling the other. The exits are always reduce-only. When the entry ends unfilled they end too.
     *
     * @param entry any order that is not reduce-only
     * @param takeProfit LIMIT, TAKE_PROFIT or TAKE_PROFIT_LIMIT of the other side
     * @param stopLoss STOP, STOP_LIMIT or TRAILING_STOP of the other side
     * @param decidedNanos when it was decided
     * @param referenceTicks as in {@link #submit}
     * @return number of the entry; the take-profit has the next, the stop the one after
     */
    public long submitBracket(
            OrderRequest entry, OrderRequest takeProfit, OrderRequest stopLoss, long decidedNanos, long referenceTicks) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * Numbers an order that the owner refuses itself (warm-up, limits, halt) and tells the sink.
     *
     * @param instrument number of the instrument
     * @param tsNanos when
     * @param reason why
     * @return number of the order
     */
    public long refuse(int instrument, long tsNanos, Reason reason) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * Asks to cancel an order; it still may fill until the latency has passed. Of a bracket the entry takes sleeping exits
     * with it; of a pair the other ends too.
     *
     * @param order its number
     * @param decidedNanos when it was decided
     * @return false if the order is unknown or has ended
     */
    public boolean cancel(long order, long decidedNanos) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * Ends all orders of an instrument at once: delisting, a new segment, a halt.
     *
     * @param instrument number of the instrument
     * @param tsNanos when
     * @param reason why
     */
    public void endAll(int instrument, long tsNanos, Reason reason) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * Ends all orders of the run with {@link Reason#END_OF_RUN}.
     *
     * @param tsNanos when
     */
    public void endOfRun(long tsNanos) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * What is known of a market before the next match, for cost models that look at it.
     *
     * @param instrument number of the instrument
     * @param tradedValueDay traded value of the last 24 hours in quote currency; NaN if unknown
     * @param spread relative bid-ask spread; NaN if unknown
     * @param volatilityDay standard deviation of daily returns; NaN if unknown
     */
    public void market(int instrument, double tradedValueDay, double spread, double volatilityDay) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * Lays out a bar for the three matches that follow.
     *
     * @param instrument number of the instrument
     * @param openNanos when it opens
     * @param closeNanos when it closes
     * @param openTicks open; 0 or less where missing: then nothing fills at the open
     * @param highTicks high; where high or low is missing nothing fills inside
     * @param lowTicks low
     * @param closeTicks close; where missing nothing fills at the close
     * @param volumeLots volume in lots; negative where unknown: then a limit of volume lets nothing fill
     */
    public void openBar(
            int instrument,
            long openNanos,
            long closeNanos,
            long openTicks,
            long highTicks,
            long lowTicks,
            long closeTicks,
            long volumeLots) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * The open of the bar: arrivals, cancellations and ends of time up to it; market orders, stops that the market has
     * jumped over (at the open), limits that would take (at the open) and limits it has jumped over (at their limit).
     *
     * @param instrument number of the instrument
     * @param side whose orders
     */
    public void matchOpen(int instrument, Side side) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * The prices between open and close, along the path. Fills are stamped with the close, when they are known.
     *
     * @param instrument number of the instrument
     */
    public void matchInside(int instrument) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * The close of the bar: market orders under {@link FillTiming#NEXT_CLOSE}.
     *
     * @param instrument number of the instrument
     * @param side whose orders
     */
    public void matchClose(int instrument, Side side) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * A print of the venue's tape. Limits of ours fill when it trades through them, up to the share of its size; stops
     * trigger and fill from the next print on; where there is no book, market orders fill at it, up to the same share.
     *
     * @param instrument number of the instrument
     * @param tsNanos when
     * @param priceTicks price, above 0
     * @param lots size, at least 0
     */
    public void matchTrade(int instrument, long tsNanos, long priceTicks, long lots) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * A snapshot of the book, best prices first. Market orders and limits that arrive walk the levels, each level a fill,
     * without slippage beyond that; nothing fills where the other side is empty. A limit at rest which the other side has
     * crossed fills at its limit up to the share of what is offered there. What ours took is gone until the next snapshot.
     *
     * @param instrument number of the instrument
     * @param tsNanos when
     * @param bidTicks prices of the bids, falling; 0 ends the side early
     * @param bidLots sizes of the bids
     * @param askTicks prices of the asks, rising; 0 ends the side early
     * @param askLots sizes of the asks
     */
    public void matchBook(
            int instrument, long tsNanos, long[] bidTicks, long[] bidLots, long[] askTicks, long[] askLots) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * State of an order that is alive.
     *
     * @param order its number
     * @return its state; {@link OrderState#NOT_FOUND} if it is unknown or has ended
     */
    public OrderState state(long order) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * What an order still may fill.
     *
     * @param order its number
     * @return signed lots, negative for a sale; 0 if it is unknown, has ended or sleeps
     */
    public long openLots(long order) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * What all orders of one side may still fill, for limits that count pending orders; of a pair the larger one counts.
     *
     * @param instrument number of the instrument
     * @param side direction
     * @return lots, at least 0
     */
    public long pendingLots(int instrument, Side side) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * Orders that are alive.
     *
     * @param instrument number of the instrument
     * @return how many, sleeping exits included
     */
    public int size(int instrument) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * Bars in which the order of prices decided what filled: both exits of a position lay inside, or an entry and an exit.
     *
     * @return how many so far
     */
    public long ambiguousBars() {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * The venue's rules of an instrument: for owners who size orders.
     *
     * @param instrument number of the instrument
     * @return its normaliser
     */
    public OrderNormaliser rules(int instrument) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * What is assumed.
     *
     * @return the settings
     */
    public ExecutionSettings settings() {
        return settings;
    }
}
