package org.lama.backtest.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.lama.backtest.cost.FeeSchedule;
import org.lama.backtest.matching.FillRules;
import org.lama.backtest.matching.OrderLatency;
import org.lama.backtest.matching.QueueModel;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;
import org.lama.core.book.MemoryFeed;

/**
 * A small feed of one market (rows take 5 ns to us, orders and answers 10 ns each), what is to be done at which time, and
 * what was heard about orders.
 */
class ReplayScript implements Strategy {
    static final BookScale SCALE = new BookScale(0.5, 0.1);
    final BookEvents events = new BookEvents(SCALE, 0);
    final List<String> heard = new ArrayList<>();
    private final Map<Long, Consumer<Context>> plan = new TreeMap<>();
    private ReplayMarket market = ReplayMarket.of("X", MemoryFeed.of(events))
            .withRules(FillRules.parts())
            .withLatency(new OrderLatency.Constant(10, 10))
            .withFees(FeeSchedule.makerTaker(-0.001, 0.002))
            .withWindow(256);
    /** Number of the order that was sent last. */
    long order;

    /** Bids at 50.0 (tick 100, 20 lots), asks at 51.0 (tick 102, 30 lots) and 52.0 (tick 104, 10 lots) from time 0 on. */
    ReplayScript start() {
        row(0, BookEvents.BID, 100, 20).row(0, BookEvents.ASK, 102, 30).row(0, BookEvents.ASK, 104, 10);
        return row(0, BookEvents.WHOLE, 0, 0);
    }

    ReplayScript row(long nanos, byte kind, int ticks, long lots) {
        events.add(kind, nanos, nanos + 5, ticks, lots);
        return this;
    }

    ReplayScript single(long nanos, byte kind, int ticks, long lots, long number) {
        events.addOrder(kind, nanos, nanos + 5, ticks, lots, number);
        return this;
    }

    ReplayScript at(long nanos, Consumer<Context> action) {
        plan.put(nanos, action);
        return this;
    }

    ReplayScript with(FillRules rules) {
        market = market.withRules(rules);
        return this;
    }

    ReplayScript with(OrderLatency latency) {
        market = market.withLatency(latency);
        return this;
    }

    ReplayScript with(QueueModel queue) {
        market = market.withQueue(queue);
        return this;
    }

    ReplayScript with(FeeSchedule fees) {
        market = market.withFees(fees);
        return this;
    }

    MarketResult run() {
        try {
            return Replay.run(this, market, ReplaySettings.DEFAULT).market(0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void onStart(Context context) {
        plan.keySet().forEach(nanos -> context.timer("plan", nanos));
    }

    @Override
    public void onBar(Context context) {}

    @Override
    public void onTimer(Context context, String name) {
        plan.getOrDefault(context.timeNanos(), now -> {}).accept(context);
    }

    @Override
    public void onOrder(Context context, OrderEvent event) {
        String what = event.toString();
        if (event instanceof OrderEvent.Filled filled) {
            what = filled.state() + " " + filled.fill().lots() + " at "
                    + filled.fill().priceTicks();
        } else if (event instanceof OrderEvent.Moved moved) {
            what = moved.state() + " " + moved.reason();
        } else if (event instanceof OrderEvent.Rejected rejected) {
            what = "REJECTED " + rejected.reason();
        }
        heard.add(context.timeNanos() + " " + what);
    }
}
