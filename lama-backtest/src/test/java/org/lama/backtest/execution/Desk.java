package org.lama.backtest.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.order.OrderRequest.TimeInForce;
import org.lama.backtest.order.OrderState;
import org.lama.core.market.Contract;
import org.lama.core.market.CostModel;
import org.lama.core.market.CostModel.Role;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.Side;
import org.lama.core.market.TradingRules;

/** One instrument whose prices and quantities are whole numbers, an owner without limits, and every rule watched. */
final class Desk implements ExecutionSink {
    /** Length of a bar. */
    static final long BAR = 1000;

    final List<String> log = new ArrayList<>();
    final WorkingOrders orders;
    /** Lots held, and what was paid for them less what was received. */
    long position;

    long paid;
    /** Paid had every fill had the best price of its bar; moved by {@link #bar}. */
    long bestPaid;

    long highest = Long.MAX_VALUE;
    long lowest;
    /** Largest fill that the owner allows. */
    long allowance = Long.MAX_VALUE;

    /** All steps that orders took, as "FROM TO". */
    final Set<String> steps = new TreeSet<>();

    private final Map<Long, Book> books = new HashMap<>();

    private static final class Book {
        OrderState state = OrderState.SENT;
        long quantity = Long.MAX_VALUE;
        long filled;
        OrderRequest request = OrderRequest.market(0, Side.BUY, 1);
    }

    Desk(ExecutionSettings settings, CostModel cost) {
        this(settings, cost, TradingRules.NONE);
    }

    Desk(ExecutionSettings settings, CostModel cost, TradingRules rules) {
        Contract contract = Contract.spot(new Instrument("TEST", Kind.SPOT, "BTC", "USD", 0, 0), rules);
        orders = new WorkingOrders(List.of(contract), cost, settings, this);
    }

    /** Lets a bar happen to whatever works. */
    void bar(long opens, long open, long high, long low, long close, long volume) {
        highest = high;
        lowest = low;
        orders.openBar(0, opens, opens + BAR, open, high, low, close, volume);
        orders.matchOpen(0, Side.SELL);
        orders.matchOpen(0, Side.BUY);
        orders.matchInside(0);
        orders.matchClose(0, Side.SELL);
        orders.matchClose(0, Side.BUY);
    }

    void bar(long opens, long open, long high, long low, long close) {
        bar(opens, open, high, low, close, -1);
    }

    long submit(OrderRequest request, long now, long reference) {
        long number = orders.submit(request, now, reference);
        know(number, request);
        return number;
    }

    void know(long number, OrderRequest request) {
        Book book = book(number);
        book.quantity = (long) request.quantity();
        book.request = request;
    }

    long filled(long order) {
        return book(order).filled;
    }

    OrderState state(long order) {
        return book(order).state;
    }

    private Book book(long order) {
        return books.computeIfAbsent(order, number -> new Book());
    }

    @Override
    public long positionLots(long order, int instrument) {
        return position;
    }

    @Override
    public long allowedLots(long order, int instrument, long signedLots, long priceTicks, Role role) {
        return Long.signum(signedLots) * Math.min(allowance, Math.abs(signedLots));
    }

    @Override
    public Reason refusal() {
        return Reason.NO_CASH;
    }

    @Override
    public void filled(
            long tsNanos,
            long order,
            int instrument,
            long signedLots,
            long priceTicks,
            long referenceTicks,
            Role role,
            OrderState state) {
        log.add(tsNanos + " #" + order + " " + state + " " + signedLots + " at " + priceTicks + " of " + referenceTicks
                + " " + role);
        Book book = step(order, state);
        book.filled += Math.abs(signedLots);
        assertThat(book.filled).as("filled of order %d", order).isLessThanOrEqualTo(book.quantity);
        OrderRequest request = book.request;
        if (request.reduceOnly()) {
            assertThat(Math.abs(position + signedLots))
                    .as("a reduce-only order")
                    .isLessThan(Math.abs(position));
        }
        if (request.timeInForce() == TimeInForce.FOK) {
            assertThat(book.filled).as("a fill-or-kill order").isEqualTo(book.quantity);
        }
        if (request.postOnly()) {
            assertThat(role).as("a post-only order").isEqualTo(Role.MAKER);
        }
        assertThat(tsNanos).as("a fill against its end of time").isLessThanOrEqualTo(request.expiresNanos());
        assertThat(signedLots * (priceTicks - referenceTicks)).as("slippage").isNotNegative();
        if (!Double.isNaN(request.limitPrice())) {
            assertThat(signedLots * (request.limitPrice() - priceTicks) >= 0)
                    .as("the limit")
                    .isTrue();
        }
        position += signedLots;
        paid += signedLots * priceTicks;
        bestPaid += signedLots * (signedLots > 0 ? lowest : highest);
    }

    private Book step(long order, OrderState next) {
        Book book = book(order);
        assertThat(book.state.mayBecome(next))
                .as("order %d from %s to %s", order, book.state, next)
                .isTrue();
        steps.add(book.state + " " + next);
        book.state = next;
        return book;
    }

    @Override
    public void moved(long tsNanos, long order, int instrument, OrderState state, Reason reason) {
        log.add(tsNanos + " #" + order + " " + state + " " + reason);
        if (reason != Reason.TRIGGERED) {
            step(order, state);
        }
    }

    @Override
    public void rejected(long tsNanos, long order, int instrument, Reason reason) {
        log.add(tsNanos + " #" + order + " REJECTED " + reason);
        step(order, OrderState.REJECTED);
    }

    /** What the position and the cash are worth at a price. */
    long worth(long priceTicks) {
        return position * priceTicks - paid;
    }

    /** The same had every fill had the best price of its bar and no cost. */
    long bestWorth(long priceTicks) {
        return position * priceTicks - bestPaid;
    }
}
