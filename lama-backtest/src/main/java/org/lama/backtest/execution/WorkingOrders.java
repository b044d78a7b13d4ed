package org.lama.backtest.execution;

import java.util.List;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderNormaliser;
import org.lama.backtest.order.OrderNormaliser.Normalised;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.order.OrderRequest.TimeInForce;
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
 * {@link #matchInside} and {@link #matchClose}; or {@link #matchTrade} and {@link #matchBook} for ticks. It may leave
 * out bars while {@link #isEmpty(int)}; prints and books are cheap then and tell what market the next order meets.
 *
 * <p>Every step of every order follows {@link OrderState#mayBecome}; an illegal one throws {@link IllegalStateException},
 * since it can only be a bug. An order works from its decision plus the latency on; inside bars an order or a
 * cancellation that arrives after the open counts from the next open on (market orders under
 * {@link FillTiming#CLOSE_WITH_LATENCY} excepted). An order good till a time fills in no bar that closes after it.
 *
 * <p>Single-threaded. Columns of primitives whose slots are used again: nothing is allocated once as many orders have
 * worked at a time as ever will. A bar that reaches no order costs a few comparisons, any other
 * O(working orders · (1 + orders that fill)) of the instrument.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class WorkingOrders {
    private final ExecutionSettings settings;
    private final ExecutionSink sink;
    private final OrderLife life;
    private final OrderTable orders;
    private final BarMatcher bars;
    private final PrintMatcher prints;
    private final BookMatcher books;
    private final Stillness stillness;
    private long numbers;
    /** Prints and books are numbered downwards, bars upwards. */
    private long ticksSeen;

    private boolean matching;

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
        this.sink = Check.notNull(sink, "sink");
        life = new OrderLife(List.copyOf(contracts), Check.notNull(cost, "cost"), settings, sink);
        orders = life.orders;
        bars = new BarMatcher(life);
        prints = new PrintMatcher(life);
        books = new BookMatcher(life);
        stillness = new Stillness(life);
    }

    /**
     * Whether nothing works. One read of an array.
     *
     * @param instrument number of the instrument
     * @return true if no order of it is alive
     */
    public boolean isEmpty(int instrument) {
        return orders.head[instrument] == OrderTable.NONE;
    }

    /**
     * Whether nothing works in any instrument.
     *
     * @return true if no order is alive
     */
    public boolean isEmpty() {
        return orders.living() == 0;
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
        Normalised form = form(request, referenceTicks);
        begin();
        long number = ++numbers;
        if (form.isAccepted()) {
            add(number, request, form, decidedNanos, referenceTicks);
        } else {
            sink.rejected(decidedNanos, number, request.instrument(), form.reason());
        }
        matching = false;
        return number;
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
        begin();
        long number = ++numbers;
        OrderNormaliser rule = life.rules[instrument];
        long lots = Math.abs(rule.wholeSteps(signedLots));
        Reason reason = rule.check(lots, referenceTicks, reduceOnly);
        if (reason == Reason.ACCEPTED) {
            int slot = addMarket(number, instrument, signedLots > 0 ? 1 : -1, decidedNanos, referenceTicks);
            orders.reduceOnly[slot] = reduceOnly;
            orders.open[slot] = lots;
            send(slot);
        } else {
            sink.rejected(decidedNanos, number, instrument, reason);
        }
        matching = false;
        return number;
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
    public long submitOneCancelsOther(OrderRequest first, OrderRequest second, long decidedNanos, long referenceTicks) {
        rests(first, "first");
        rests(second, "second");
        sameInstrument(first, second, "second");
        Normalised one = form(first, referenceTicks);
        Normalised two = form(second, referenceTicks);
        begin();
        long number = numbers + 1;
        numbers += 2;
        if (one.isAccepted() && two.isAccepted()) {
            int a = add(number, first, one, decidedNanos, referenceTicks);
            pair(a, add(number + 1, second, two, decidedNanos, referenceTicks));
        } else {
            refuseAll(number, first.instrument(), decidedNanos, one.reason(), two.reason());
        }
        matching = false;
        return number;
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
            OrderRequest entry,
            OrderRequest takeProfit,
            OrderRequest stopLoss,
            long decidedNanos,
            long referenceTicks) {
        checkBracket(entry, takeProfit, stopLoss);
        Normalised in = form(entry, referenceTicks);
        Normalised profit = form(takeProfit.asReduceOnly(), referenceTicks);
        Normalised loss = form(stopLoss.asReduceOnly(), referenceTicks);
        begin();
        long number = numbers + 1;
        numbers += 3;
        if (in.isAccepted() && profit.isAccepted() && loss.isAccepted()) {
            int slot = add(number, entry, in, decidedNanos, referenceTicks);
            int first = add(number + 1, takeProfit, profit, decidedNanos, referenceTicks);
            int second = add(number + 2, stopLoss, loss, decidedNanos, referenceTicks);
            pair(first, second);
            orders.exit[slot] = first;
            sleep(first, slot);
            sleep(second, slot);
        } else {
            refuseAll(number, entry.instrument(), decidedNanos, in.reason(), profit.reason(), loss.reason());
        }
        matching = false;
        return number;
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
        begin();
        long number = ++numbers;
        sink.rejected(tsNanos, number, instrument, reason);
        matching = false;
        return number;
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
        int slot = orders.slot(order);
        if (slot == OrderTable.NONE) {
            return false;
        }
        begin();
        int instrument = orders.instrument[slot];
        life.cancel(slot, decidedNanos);
        end(instrument);
        return true;
    }

    /**
     * Ends all orders of an instrument at once: delisting, a new segment, a halt.
     *
     * @param instrument number of the instrument
     * @param tsNanos when
     * @param reason why
     */
    public void endAll(int instrument, long tsNanos, Reason reason) {
        if (reason == Reason.NEW_SEGMENT) {
            // the last print was of another instrument
            prints.note(instrument, 0);
        }
        if (isEmpty(instrument)) {
            return;
        }
        begin();
        for (int slot = orders.head[instrument]; slot != OrderTable.NONE; slot = orders.next[slot]) {
            if (orders.isAlive(slot)) {
                life.end(slot, tsNanos, reason);
            }
        }
        end(instrument);
    }

    /**
     * Lets the orders of an instrument only reduce a position from now on: those that would open or enlarge it end with
     * {@link Reason#LIMIT}, entries of brackets too; the others become reduce-only.
     *
     * @param instrument number of the instrument
     * @param tsNanos when
     * @param heldLots the position, negative if short
     */
    public void onlyReduce(int instrument, long tsNanos, long heldLots) {
        if (isEmpty(instrument)) {
            return;
        }
        begin();
        for (int slot = orders.head[instrument]; slot != OrderTable.NONE; slot = orders.next[slot]) {
            if (orders.isAlive(slot) && !orders.reduceOnly[slot]) {
                if (orders.sign[slot] * Long.signum(heldLots) < 0 && orders.exit[slot] == OrderTable.NONE) {
                    orders.reduceOnly[slot] = true;
                } else {
                    life.end(slot, tsNanos, Reason.LIMIT);
                }
            }
        }
        end(instrument);
    }

    /**
     * Ends all orders of the run with {@link Reason#END_OF_RUN}.
     *
     * @param tsNanos when
     */
    public void endOfRun(long tsNanos) {
        for (int instrument = 0; instrument < life.rules.length; instrument++) {
            endAll(instrument, tsNanos, Reason.END_OF_RUN);
        }
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
        life.market(instrument, tradedValueDay, spread, volatilityDay);
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
        bars.openBar(instrument, openNanos, closeNanos, volumeLots);
        bars.prices(instrument, openTicks, highTicks, lowTicks, closeTicks);
        stillness.open(instrument, closeNanos, bars.low(instrument), bars.high(instrument));
    }

    /**
     * What is left to ours of the volume of the bar that was laid out last, where others draw on it too.
     *
     * @param instrument number of the instrument
     * @param lots at least 0; {@link Long#MAX_VALUE} for no limit
     */
    public void offer(int instrument, long lots) {
        life.budget[instrument] = lots;
    }

    /**
     * The open of the bar: arrivals, cancellations and ends of time up to it; market orders, stops that the market has
     * jumped over (at the open), limits that would take (at the open) and limits it has jumped over (at their limit).
     *
     * @param instrument number of the instrument
     * @param side whose orders
     */
    public void matchOpen(int instrument, Side side) {
        if (isEmpty(instrument) || stillness.isStill(instrument)) {
            return;
        }
        begin();
        bars.matchOpen(instrument, side);
        end(instrument);
    }

    /**
     * The prices between open and close, along the path. Fills are stamped with the close, when they are known.
     *
     * @param instrument number of the instrument
     */
    public void matchInside(int instrument) {
        if (isEmpty(instrument) || stillness.isStill(instrument)) {
            return;
        }
        begin();
        bars.matchInside(instrument);
        end(instrument);
    }

    /**
     * The close of the bar: market orders under {@link FillTiming#NEXT_CLOSE}.
     *
     * @param instrument number of the instrument
     * @param side whose orders
     */
    public void matchClose(int instrument, Side side) {
        if (isEmpty(instrument) || stillness.isStill(instrument)) {
            return;
        }
        begin();
        bars.matchClose(instrument, side);
        end(instrument);
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
        if (isEmpty(instrument)) {
            prints.note(instrument, priceTicks);
            return;
        }
        begin();
        prints.match(instrument, tsNanos, priceTicks, lots, --ticksSeen, books.hasBook(instrument));
        end(instrument);
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
        if (isEmpty(instrument)) {
            books.note(instrument);
            return;
        }
        begin();
        books.match(instrument, tsNanos, --ticksSeen, bidTicks, bidLots, askTicks, askLots);
        end(instrument);
    }

    /**
     * State of an order that is alive.
     *
     * @param order its number
     * @return its state; {@link OrderState#NOT_FOUND} if it is unknown or has ended
     */
    public OrderState state(long order) {
        int slot = orders.slot(order);
        return slot == OrderTable.NONE ? OrderState.NOT_FOUND : orders.state[slot];
    }

    /**
     * What an order still may fill.
     *
     * @param order its number
     * @return signed lots, negative for a sale; 0 if it is unknown, has ended or sleeps
     */
    public long openLots(long order) {
        int slot = orders.slot(order);
        return slot == OrderTable.NONE ? 0 : orders.sign[slot] * orders.open[slot];
    }

    /**
     * What all orders of one side may still fill, for limits that count pending orders; of a pair the larger one counts.
     *
     * @param instrument number of the instrument
     * @param side direction
     * @return lots, at least 0
     */
    public long pendingLots(int instrument, Side side) {
        return pendingLots(instrument, side, true);
    }

    /**
     * What the orders of one side may still fill that can open or enlarge a position: all but the reduce-only ones.
     *
     * @param instrument number of the instrument
     * @param side direction
     * @return lots, at least 0
     */
    public long openingLots(int instrument, Side side) {
        return pendingLots(instrument, side, false);
    }

    private long pendingLots(int instrument, Side side, boolean reducing) {
        long pending = 0;
        for (int slot = orders.head[instrument]; slot != OrderTable.NONE; slot = orders.next[slot]) {
            if (orders.sign[slot] == side.sign() && (reducing || !orders.reduceOnly[slot])) {
                int other = orders.other[slot];
                boolean paired = other != OrderTable.NONE && orders.sign[other] == side.sign();
                long rival = paired ? orders.open[other] : 0;
                boolean counts = orders.open[slot] > rival
                        || (orders.open[slot] == rival && (!paired || orders.number[slot] < orders.number[other]));
                pending += counts ? orders.open[slot] : 0;
            }
        }
        return pending;
    }

    /**
     * Notes for the owner's limits that the orders of one side may lead to a position of so many lots. Nothing here looks at
     * it; {@link #promisedLots} tells it to the sink. An order that has been promised more keeps that.
     *
     * @param instrument number of the instrument
     * @param side direction
     * @param lots size of the position in that direction, at least 0
     */
    public void promise(int instrument, Side side, long lots) {
        for (int slot = orders.head[instrument]; slot != OrderTable.NONE; slot = orders.next[slot]) {
            if (orders.sign[slot] == side.sign()) {
                orders.promised[slot] = Math.max(orders.promised[slot], lots);
            }
        }
    }

    /**
     * The largest position that an order may lead to by {@link #promise}. May be asked in the middle of matching.
     *
     * @param order its number
     * @return lots in the direction of the order; 0 if nothing was promised, or if it is unknown or has ended
     */
    public long promisedLots(long order) {
        int slot = orders.slot(order);
        return slot == OrderTable.NONE ? 0 : orders.promised[slot];
    }

    /**
     * Orders that are alive.
     *
     * @param instrument number of the instrument
     * @return how many, sleeping exits included
     */
    public int size(int instrument) {
        return orders.size(instrument);
    }

    /**
     * Bars in which the order of prices decided what filled: both exits of a position lay inside, or an entry and an exit.
     *
     * @return how many so far
     */
    public long ambiguousBars() {
        return bars.ambiguousBars();
    }

    /**
     * The venue's rules of an instrument: for owners who size orders.
     *
     * @param instrument number of the instrument
     * @return its normaliser
     */
    public OrderNormaliser rules(int instrument) {
        return life.rules[instrument];
    }

    /**
     * What is assumed.
     *
     * @return the settings
     */
    public ExecutionSettings settings() {
        return settings;
    }

    private void begin() {
        if (matching) {
            throw new IllegalStateException(
                    "orders must not be called from their sink: keep events until the call ends");
        }
        matching = true;
    }

    private void end(int instrument) {
        orders.reap(instrument);
        stillness.disturb(instrument);
        matching = false;
    }

    private Normalised form(OrderRequest request, long referenceTicks) {
        Check.inRange(request.instrument(), 0, life.rules.length - 1, "instrument");
        return life.rules[request.instrument()].normalise(request, referenceTicks);
    }

    private int add(long number, OrderRequest request, Normalised form, long decidedNanos, long referenceTicks) {
        int slot = addMarket(number, request.instrument(), request.side().sign(), decidedNanos, referenceTicks);
        orders.type[slot] = request.type();
        orders.timeInForce[slot] = request.timeInForce();
        orders.postOnly[slot] = request.postOnly();
        orders.reduceOnly[slot] = request.reduceOnly();
        orders.open[slot] = form.lots();
        orders.limit[slot] = form.limitTicks();
        orders.trigger[slot] = form.triggerTicks();
        orders.trail[slot] = request.trail();
        orders.expires[slot] = request.expiresNanos();
        orders.best[slot] = request.type() == OrderRequest.Type.TRAILING_STOP ? referenceTicks : 0;
        send(slot);
        return slot;
    }

    private int addMarket(long number, int instrument, int sign, long decidedNanos, long referenceTicks) {
        int slot = orders.add(number, instrument);
        orders.sign[slot] = sign;
        orders.type[slot] = OrderRequest.Type.MARKET;
        orders.timeInForce[slot] = TimeInForce.GTC;
        orders.postOnly[slot] = false;
        orders.limit[slot] = 0;
        orders.trigger[slot] = 0;
        orders.trail[slot] = Double.NaN;
        orders.expires[slot] = Long.MAX_VALUE;
        orders.reference[slot] = referenceTicks;
        orders.active[slot] = life.later(decidedNanos);
        return slot;
    }

    private void send(int slot) {
        orders.become(slot, OrderState.INTENT_LOGGED);
        orders.become(slot, OrderState.SENT);
        stillness.disturb(orders.instrument[slot]);
    }

    private void pair(int first, int second) {
        orders.other[first] = second;
        orders.other[second] = first;
    }

    private void sleep(int slot, int entry) {
        orders.entry[slot] = entry;
        orders.reduceOnly[slot] = true;
        orders.asleep[slot] = orders.open[slot];
        orders.open[slot] = 0;
        orders.best[slot] = 0;
    }

    /** All orders of a group go back: each with its own fault, those without one because of the others. */
    private void refuseAll(long first, int instrument, long tsNanos, Reason... reasons) {
        for (int i = 0; i < reasons.length; i++) {
            Reason reason = reasons[i] == Reason.ACCEPTED ? Reason.OTHER_SIDE : reasons[i];
            sink.rejected(tsNanos, first + i, instrument, reason);
        }
    }

    private static void rests(OrderRequest request, String name) {
        boolean atOnce = request.timeInForce() == TimeInForce.IOC || request.timeInForce() == TimeInForce.FOK;
        Check.that(
                request.type() != OrderRequest.Type.MARKET && !atOnce,
                name + " must be an order that can rest, got " + request.type() + " " + request.timeInForce());
    }

    private static void sameInstrument(OrderRequest one, OrderRequest two, String name) {
        Check.that(
                one.instrument() == two.instrument(),
                name + " must be of instrument " + one.instrument() + ", got " + two.instrument());
    }

    private static void checkBracket(OrderRequest entry, OrderRequest takeProfit, OrderRequest stopLoss) {
        rests(takeProfit, "takeProfit");
        rests(stopLoss, "stopLoss");
        sameInstrument(entry, takeProfit, "takeProfit");
        sameInstrument(entry, stopLoss, "stopLoss");
        Check.that(!entry.reduceOnly(), "entry must not be reduce-only: its exits close what it opens");
        OrderRequest.Type profit = takeProfit.type();
        Check.that(
                profit == OrderRequest.Type.LIMIT
                        || profit == OrderRequest.Type.TAKE_PROFIT
                        || profit == OrderRequest.Type.TAKE_PROFIT_LIMIT,
                "takeProfit must be LIMIT, TAKE_PROFIT or TAKE_PROFIT_LIMIT, got " + profit);
        OrderRequest.Type loss = stopLoss.type();
        Check.that(
                loss == OrderRequest.Type.STOP
                        || loss == OrderRequest.Type.STOP_LIMIT
                        || loss == OrderRequest.Type.TRAILING_STOP,
                "stopLoss must be STOP, STOP_LIMIT or TRAILING_STOP, got " + loss);
        Check.that(
                takeProfit.side() != entry.side() && stopLoss.side() != entry.side(),
                "takeProfit and stopLoss must be of the other side than the entry, " + entry.side());
    }
}
