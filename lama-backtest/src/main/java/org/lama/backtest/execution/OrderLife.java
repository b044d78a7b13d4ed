package org.lama.backtest.execution;

import java.util.Arrays;
import java.util.List;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderNormaliser;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.order.OrderRequest.TimeInForce;
import org.lama.backtest.order.OrderState;
import org.lama.core.market.Contract;
import org.lama.core.market.CostModel;
import org.lama.core.market.CostModel.Role;
import org.lama.core.market.Side;

/**
 * What can happen to one order, whatever the market data: it arrives, triggers, fills, ends, and takes its group with it.
 * The matchers decide when.
 */
final class OrderLife {
    private static final int NONE = OrderTable.NONE;

    final OrderTable orders;
    final ExecutionSettings settings;
    final OrderNormaliser[] rules;
    /** What the market still offers to ours in this bar, print or level; {@link Long#MAX_VALUE} for no limit. */
    final long[] budget;

    private final ExecutionSink sink;
    private final boolean dependsOnMarket;
    private final FillPricing[] pricing;
    private final double[] tradedValueDay;
    private final double[] spread;
    private final double[] volatilityDay;

    /** Bar in which exits come to life, and which prices have yet to come in it. */
    private long wakeBar;

    private byte wakeForced;

    OrderLife(List<Contract> contracts, CostModel cost, ExecutionSettings settings, ExecutionSink sink) {
        int count = contracts.size();
        this.settings = settings;
        this.sink = sink;
        orders = new OrderTable(count);
        dependsOnMarket = cost.dependsOnMarket();
        rules = new OrderNormaliser[count];
        pricing = new FillPricing[count];
        for (int i = 0; i < count; i++) {
            rules[i] = OrderNormaliser.of(contracts.get(i));
            pricing[i] = new FillPricing(cost, rules[i]);
        }
        budget = new long[count];
        tradedValueDay = unknown(count);
        spread = unknown(count);
        volatilityDay = unknown(count);
    }

    private static double[] unknown(int count) {
        double[] values = new double[count];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    void market(int instrument, double traded, double relativeSpread, double volatility) {
        tradedValueDay[instrument] = traded;
        spread[instrument] = relativeSpread;
        volatilityDay[instrument] = volatility;
    }

    /** Exits that come to life from here on do so inside this bar, with these prices still to come. */
    void waking(long bar, byte forcedPrices) {
        wakeBar = bar;
        wakeForced = forcedPrices;
    }

    /** Cancellations and ends of time that are due; then whether the order can fill at all. */
    boolean isReady(int slot, long nowNanos) {
        if (!orders.isAlive(slot)) {
            return false;
        }
        if (orders.expires[slot] <= nowNanos && orders.expires[slot] <= orders.cancelAt[slot]) {
            end(slot, nowNanos, Reason.TIME_IN_FORCE);
            return false;
        }
        if (orders.cancelAt[slot] <= nowNanos) {
            end(slot, nowNanos, Reason.ASKED);
            return false;
        }
        return orders.active[slot] <= nowNanos && orders.open[slot] > 0;
    }

    /** Whether it fills at whatever price there is. */
    boolean isMarketLike(int slot) {
        return switch (orders.type[slot]) {
            case MARKET -> true;
            case STOP, TRAILING_STOP, TAKE_PROFIT -> orders.triggered[slot];
            case LIMIT, STOP_LIMIT, TAKE_PROFIT_LIMIT -> false;
        };
    }

    /** Whether a price has first to reach its trigger. */
    boolean isWaiting(int slot) {
        return !orders.triggered[slot]
                && orders.type[slot] != OrderRequest.Type.MARKET
                && orders.type[slot] != OrderRequest.Type.LIMIT;
    }

    /** Whether its trigger lies against the position it closes: a stop. */
    boolean isStop(int slot) {
        OrderRequest.Type type = orders.type[slot];
        return type == OrderRequest.Type.STOP
                || type == OrderRequest.Type.STOP_LIMIT
                || type == OrderRequest.Type.TRAILING_STOP;
    }

    boolean isAtOnce(int slot) {
        return orders.timeInForce[slot] == TimeInForce.IOC || orders.timeInForce[slot] == TimeInForce.FOK;
    }

    Side side(int slot) {
        return orders.sign[slot] > 0 ? Side.BUY : Side.SELL;
    }

    /** The price that triggers it; for trailing stops from the best price so far. */
    long triggerTicks(int slot) {
        return orders.type[slot] == OrderRequest.Type.TRAILING_STOP
                ? trailTicks(slot, orders.best[slot])
                : orders.trigger[slot];
    }

    /** The trigger of a trailing stop if this had been the best price. */
    long trailTicks(int slot, long best) {
        OrderNormaliser rule = rules[orders.instrument[slot]];
        double price = rule.scale().price(best) * (1 + orders.sign[slot] * orders.trail[slot]);
        return Math.max(1, rule.ticks(side(slot), price));
    }

    /** Whether a price reaches the trigger: at it suffices. */
    boolean hits(int slot, long priceTicks) {
        long trigger = triggerTicks(slot);
        boolean upward = isStop(slot) == (orders.sign[slot] > 0);
        return upward ? priceTicks >= trigger : priceTicks <= trigger;
    }

    /** Whether a price fills a limit that rests. */
    boolean passes(int slot, long priceTicks) {
        long beyond = orders.sign[slot] * (orders.limit[slot] - priceTicks);
        return beyond > 0 || (beyond == 0 && settings.touch() == TouchRule.TOUCH);
    }

    /** Whether a limit would take at a price. */
    boolean crosses(int slot, long priceTicks) {
        return orders.sign[slot] * (orders.limit[slot] - priceTicks) >= 0;
    }

    void follow(int slot, long priceTicks) {
        if (orders.type[slot] == OrderRequest.Type.TRAILING_STOP) {
            long best = orders.best[slot];
            boolean better = orders.sign[slot] < 0 ? priceTicks > best : priceTicks < best;
            orders.best[slot] = (best == 0 || better) ? priceTicks : best;
        }
    }

    /** The venue has it and it waits there. */
    void arrive(int slot, long tsNanos) {
        if (orders.arrived[slot]) {
            return;
        }
        orders.arrived[slot] = true;
        if (orders.state[slot] == OrderState.SENT) {
            orders.become(slot, OrderState.ACKED);
            told(slot, tsNanos, Reason.ACCEPTED);
            pendAgain(slot);
        }
    }

    /** A cancellation that was asked for before keeps its hold through acknowledgements and partial fills. */
    private void pendAgain(int slot) {
        if (orders.cancelAt[slot] != Long.MAX_VALUE) {
            orders.become(slot, OrderState.PENDING_CANCEL);
        }
    }

    void cancel(int slot, long decidedNanos) {
        long arrives = later(decidedNanos);
        if (arrives <= decidedNanos) {
            end(slot, decidedNanos, Reason.ASKED);
            return;
        }
        boolean first = orders.cancelAt[slot] == Long.MAX_VALUE;
        orders.cancelAt[slot] = Math.min(orders.cancelAt[slot], arrives);
        if (first && orders.state[slot] != OrderState.SENT) {
            orders.become(slot, OrderState.PENDING_CANCEL);
            told(slot, decidedNanos, Reason.ASKED);
        }
    }

    /** A time plus the latency. */
    long later(long nanos) {
        long latency = settings.latency().toNanos();
        return nanos > Long.MAX_VALUE - latency ? Long.MAX_VALUE : nanos + latency;
    }

    void trigger(int slot, long tsNanos) {
        orders.triggered[slot] = true;
        told(slot, tsNanos, Reason.TRIGGERED);
    }

    private void told(int slot, long tsNanos, Reason reason) {
        sink.moved(tsNanos, orders.number[slot], orders.instrument[slot], orders.state[slot], reason);
    }

    /**
     * What a price does to an order that has arrived, or arrives with it: the same at an open, at a print and at a point
     * of the path.
     */
    void serve(int slot, long tsNanos, long priceTicks) {
        if (isWaiting(slot)) {
            arrive(slot, tsNanos);
            if (orders.best[slot] == 0) {
                follow(slot, priceTicks);
            }
            if (!hits(slot, priceTicks)) {
                follow(slot, priceTicks);
                return;
            }
            trigger(slot, tsNanos);
        }
        if (isMarketLike(slot)) {
            take(slot, tsNanos, priceTicks);
        } else if (!orders.resting[slot]) {
            judge(slot, tsNanos, priceTicks, crosses(slot, priceTicks));
        } else if (passes(slot, priceTicks)) {
            make(slot, tsNanos);
        }
    }

    /** A limit reaches the market: it takes what it can, or it rests, or it ends. */
    void judge(int slot, long tsNanos, long priceTicks, boolean takes) {
        if (takes && orders.postOnly[slot]) {
            end(slot, tsNanos, Reason.WOULD_TAKE);
            return;
        }
        if (takes) {
            take(slot, tsNanos, priceTicks);
        } else {
            endAtOnce(slot, tsNanos);
        }
        if (orders.isAlive(slot)) {
            orders.resting[slot] = true;
            arrive(slot, tsNanos);
        }
    }

    /** Ends an order that had to fill at once. */
    void endAtOnce(int slot, long tsNanos) {
        if (orders.isAlive(slot) && isAtOnce(slot)) {
            end(slot, tsNanos, Reason.TIME_IN_FORCE);
        }
    }

    /** Takes liquidity at a price, with slippage but never beyond the order's limit; what must fill at once then ends. */
    void take(int slot, long tsNanos, long referenceTicks) {
        int instrument = orders.instrument[slot];
        if (!pricing[instrument].hasPrice(tradedValueDay[instrument], volatilityDay[instrument])) {
            // waits for a day in which somebody trades
            endAtOnce(slot, tsNanos);
            return;
        }
        Side side = side(slot);
        double participation = dependsOnMarket ? participation(slot, referenceTicks) : Double.NaN;
        long ticks = pricing[instrument].takerTicks(
                side, referenceTicks, participation, spread[instrument], volatilityDay[instrument]);
        if (orders.limit[slot] > 0) {
            ticks = side == Side.BUY ? Math.min(ticks, orders.limit[slot]) : Math.max(ticks, orders.limit[slot]);
        }
        fill(slot, tsNanos, ticks, referenceTicks, Role.TAKER);
        endAtOnce(slot, tsNanos);
    }

    private double participation(int slot, long referenceTicks) {
        int instrument = orders.instrument[slot];
        long lots = Math.min(orders.open[slot], budget[instrument]);
        OrderNormaliser rule = rules[instrument];
        return rule.notional(rule.scale().quantity(lots), referenceTicks) / tradedValueDay[instrument];
    }

    /** Is met at its limit. */
    void make(int slot, long tsNanos) {
        fill(slot, tsNanos, orders.limit[slot], orders.limit[slot], Role.MAKER);
    }

    /**
     * Fills as much as the order, the market, the position and the cash allow, at one price.
     *
     * @return lots that filled
     */
    long fill(int slot, long tsNanos, long priceTicks, long referenceTicks, Role role) {
        long wanted = orders.open[slot];
        long room = room(slot);
        if (room == 0 || (room < wanted && orders.timeInForce[slot] == TimeInForce.FOK)) {
            end(slot, tsNanos, Reason.WOULD_ENLARGE);
            return 0;
        }
        int instrument = orders.instrument[slot];
        long offered = Math.min(Math.min(wanted, room), budget[instrument]);
        if (offered < wanted && offered < room) {
            offered = rules[instrument].wholeSteps(offered);
        }
        if (offered == 0 || (offered < wanted && orders.timeInForce[slot] == TimeInForce.FOK)) {
            return 0;
        }
        long allowed = allowed(slot, offered, priceTicks, role);
        boolean refused = allowed < offered;
        if (refused && (allowed == 0 || orders.timeInForce[slot] == TimeInForce.FOK)) {
            end(slot, tsNanos, sink.refusal());
            return 0;
        }
        Reason refusal = refused ? sink.refusal() : Reason.WOULD_ENLARGE;
        book(slot, tsNanos, allowed, priceTicks, referenceTicks, role);
        if (orders.open[slot] > 0 && orders.isAlive(slot) && (refused || allowed == room)) {
            end(slot, tsNanos, refusal);
        }
        return allowed;
    }

    /** How much a reduce-only order may fill; no bound for others. */
    private long room(int slot) {
        if (!orders.reduceOnly[slot]) {
            return Long.MAX_VALUE;
        }
        long held = sink.positionLots(orders.number[slot], orders.instrument[slot]);
        return Math.max(0, -orders.sign[slot] * held);
    }

    /** Where the venue takes the position away; 0 if nowhere. */
    long liquidationTicks(int instrument) {
        return sink.liquidationTicks(instrument);
    }

    int positionSign(int instrument) {
        return Long.signum(sink.positionLots(0, instrument));
    }

    void liquidate(long tsNanos, int instrument, long priceTicks) {
        sink.liquidate(tsNanos, instrument, priceTicks);
    }

    private long allowed(int slot, long lots, long priceTicks, Role role) {
        int instrument = orders.instrument[slot];
        long signed = orders.sign[slot] * lots;
        long answer = orders.sign[slot] * sink.allowedLots(orders.number[slot], instrument, signed, priceTicks, role);
        if (answer >= lots) {
            return lots;
        }
        return orders.reduceOnly[slot] ? Math.max(0, answer) : rules[instrument].wholeSteps(Math.max(0, answer));
    }

    private void book(int slot, long tsNanos, long lots, long priceTicks, long referenceTicks, Role role) {
        int instrument = orders.instrument[slot];
        if (budget[instrument] != Long.MAX_VALUE) {
            budget[instrument] -= lots;
        }
        orders.open[slot] -= lots;
        orders.filled[slot] += lots;
        boolean done = orders.open[slot] == 0 && !mayWakeMore(slot);
        OrderState now = done ? OrderState.FILLED : OrderState.PARTIAL;
        orders.become(slot, now);
        sink.filled(
                tsNanos,
                orders.number[slot],
                instrument,
                orders.sign[slot] * lots,
                priceTicks,
                referenceTicks,
                role,
                now);
        if (!done) {
            pendAgain(slot);
        }
        shrinkOther(slot, tsNanos, lots, done);
        wakeExits(slot, tsNanos, lots, referenceTicks);
        if (done) {
            closeExits(slot, tsNanos);
        }
    }

    /** Whether more of an exit can come to life. */
    private boolean mayWakeMore(int slot) {
        return orders.asleep[slot] > 0 && orders.entry[slot] != NONE && orders.isAlive(orders.entry[slot]);
    }

    private void shrinkOther(int slot, long tsNanos, long lots, boolean done) {
        int other = orders.other[slot];
        if (other == NONE || !orders.isAlive(other)) {
            return;
        }
        orders.open[other] = Math.max(0, orders.open[other] - lots);
        if (done || (orders.open[other] == 0 && !mayWakeMore(other))) {
            finish(other, tsNanos, OrderState.CANCELED, Reason.OTHER_SIDE);
        }
    }

    private void wakeExits(int slot, long tsNanos, long lots, long priceTicks) {
        int first = orders.exit[slot];
        if (first == NONE) {
            return;
        }
        int second = orders.other[first];
        wake(first, tsNanos, lots, priceTicks);
        if (second != NONE) {
            wake(second, tsNanos, lots, priceTicks);
        }
    }

    private void wake(int slot, long tsNanos, long lots, long priceTicks) {
        if (!orders.isAlive(slot)) {
            return;
        }
        long woken = Math.min(lots, orders.asleep[slot]);
        orders.asleep[slot] -= woken;
        orders.open[slot] += woken;
        orders.active[slot] = Math.min(orders.active[slot], tsNanos);
        if (orders.best[slot] == 0) {
            follow(slot, priceTicks);
        }
        // an exit that was awake counts as new with the lots that join it: the cautious side for what it gains
        orders.wokenBar[slot] = wakeBar;
        orders.forced[slot] = wakeForced;
        orders.from[slot] = priceTicks;
        arrive(slot, tsNanos);
    }

    /** The entry has ended: exits without anything to close end too. */
    private void closeExits(int slot, long tsNanos) {
        int first = orders.exit[slot];
        if (first == NONE) {
            return;
        }
        int second = orders.other[first];
        closeExit(first, tsNanos);
        if (second != NONE) {
            closeExit(second, tsNanos);
        }
    }

    private void closeExit(int slot, long tsNanos) {
        if (orders.isAlive(slot) && orders.open[slot] == 0) {
            finish(slot, tsNanos, OrderState.CANCELED, Reason.OTHER_SIDE);
        }
    }

    /** Ends an order before it has filled whole, and what depends on it. */
    void end(int slot, long tsNanos, Reason reason) {
        OrderState last = orders.expires[slot] <= tsNanos && reason == Reason.TIME_IN_FORCE
                ? OrderState.EXPIRED
                : OrderState.CANCELED;
        finish(slot, tsNanos, last, reason);
        int other = orders.other[slot];
        if (other != NONE && orders.isAlive(other)) {
            finish(other, tsNanos, OrderState.CANCELED, Reason.OTHER_SIDE);
        }
        closeExits(slot, tsNanos);
    }

    private void finish(int slot, long tsNanos, OrderState last, Reason reason) {
        orders.open[slot] = 0;
        if (orders.state[slot] == OrderState.SENT && isRefusal(reason)) {
            orders.become(slot, OrderState.REJECTED);
            sink.rejected(tsNanos, orders.number[slot], orders.instrument[slot], reason);
        } else {
            orders.become(slot, last);
            told(slot, tsNanos, reason);
        }
    }

    private static boolean isRefusal(Reason reason) {
        return reason != Reason.ASKED
                && reason != Reason.TIME_IN_FORCE
                && reason != Reason.OTHER_SIDE
                && reason != Reason.END_OF_RUN;
    }
}
