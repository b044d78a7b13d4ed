package org.lama.backtest.replay;

import org.lama.backtest.matching.OrderLatency;
import org.lama.backtest.matching.VenueBook;
import org.lama.backtest.order.Fill;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderState;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookMeasures;
import org.lama.core.book.LevelBook;
import org.lama.core.market.Side;

/**
 * Replays the feed of one book to a strategy. Each row happens twice: at the venue at its exchange time, where it meets
 * own orders, and with us at its local time, where the strategy sees it. Orders and answers take their time between the
 * two, in the order in which they were sent. Of equal times, data that come to us go first, then answers, then data at
 * the venue, then orders that arrive there, then timers. Where a clock steps back it stands still instead. The run ends
 * when nothing is left but timers.
 *
 * <p>The strategy hears {@link Strategy#onBook} once the rows of one local time have changed the book, {@link
 * Strategy#onTrade} for each print, {@link Strategy#onOrder} for each answer, and its timers. There are no bars. Not
 * thread-safe; one run has one strategy object. O(rows); rows make no garbage, orders do.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Replay {
    private static final long NEVER = MessageBus.NEVER;
    private static final double FEE_UNITS = 1e8;

    private final Strategy strategy;
    private final BookEvents events;
    private final OrderLatency latency;
    private final ReplayContext context;
    private final LevelBook venueLevels;
    private final VenueBook venue;
    private int localRow;
    private int venueRow;
    private long localNanos;
    private long venueNanos;
    private boolean changed;
    private long refused;
    private long cancelled;
    private long lateCancels;

    private Replay(Strategy strategy, BookEvents events, ReplaySettings settings) {
        this.strategy = Check.notNull(strategy, "strategy");
        this.events = Check.notNull(events, "events");
        latency = Check.notNull(settings, "settings").latency();
        context = new ReplayContext(settings, events.scale());
        venueLevels = LevelBook.of(events.scale(), settings.windowTicks());
        venue = new VenueBook(venueLevels, settings.queue(), new Answering());
    }

    /**
     * Runs a strategy over a feed.
     *
     * @param strategy a fresh object
     * @param events the feed; no row may come to us before it happened
     * @param settings under what rules
     * @return what came of it
     * @throws IllegalArgumentException if a row came to us before it happened, naming it
     */
    public static ReplayResult run(Strategy strategy, BookEvents events, ReplaySettings settings) {
        for (int row = 0; row < events.size(); row++) {
            long early = events.exchangeNanos(row) - events.localNanos(row);
            if (early > 0) {
                throw new IllegalArgumentException("row " + row + " came " + early + " ns before it happened: the"
                        + " receiver's clock is behind the venue's; shift it first");
            }
        }
        return new Replay(strategy, events, settings).run();
    }

    private ReplayResult run() {
        localNanos = events.size() == 0 ? NEVER : events.localNanos(0);
        venueNanos = events.size() == 0 ? NEVER : events.exchangeNanos(0);
        context.now = events.size() == 0 ? 0 : Math.min(localNanos, venueNanos);
        strategy.onStart(context);
        loop();
        context.ended = true;
        strategy.onEnd(context);
        return result();
    }

    private ReplayResult result() {
        LocalAccount account = context.account;
        return new ReplayResult(
                account.position(),
                account.balance(),
                account.fees(),
                account.trades(),
                account.makerTrades(),
                account.quantity(),
                account.notional(),
                BookMeasures.mid(context.book),
                context.sent,
                refused,
                cancelled,
                lateCancels,
                events.size(),
                venueLevels.crossings());
    }

    private void loop() {
        MessageBus toUs = context.toUs;
        MessageBus toVenue = context.toVenue;
        Timers timers = context.timers;
        while (true) {
            long answer = toUs.nextNanos();
            long order = toVenue.nextNanos();
            long timer = timers.nextNanos();
            long message = Math.min(Math.min(order, timer), answer);
            if (localNanos <= venueNanos && localNanos <= message) {
                if (localNanos == NEVER) {
                    return;
                }
                localData();
            } else if (venueNanos < answer && venueNanos <= order && venueNanos <= timer) {
                venueData();
            } else if (answer <= order && answer <= timer) {
                answer();
            } else if (order <= timer) {
                arrive();
            } else if (localNanos == NEVER && venueNanos == NEVER && answer == NEVER && order == NEVER) {
                return;
            } else {
                context.now = Math.max(context.now, timer);
                strategy.onTimer(context, timers.take());
            }
        }
    }

    private void localData() {
        int row = localRow;
        context.now = localNanos;
        byte kind = events.kind(row);
        if (kind == BookEvents.BUY || kind == BookEvents.SELL) {
            context.lastTradeTicks = events.ticks(row);
            context.lastTradeLots = kind == BookEvents.BUY ? events.lots(row) : -events.lots(row);
            strategy.onTrade(context, 0);
        } else {
            events.applyTo(row, context.book);
            changed = true;
        }
        localRow = row + 1;
        long next = localRow == events.size() ? NEVER : Math.max(localNanos, events.localNanos(localRow));
        if (changed && next != localNanos) {
            changed = false;
            strategy.onBook(context, 0);
        }
        localNanos = next;
    }

    private void venueData() {
        int row = venueRow;
        venue.row(events, row, venueNanos);
        venueRow = row + 1;
        venueNanos = venueRow == events.size() ? NEVER : Math.max(venueNanos, events.exchangeNanos(venueRow));
    }

    private void arrive() {
        MessageBus bus = context.toVenue;
        long now = bus.nextNanos();
        int slot = bus.slot();
        byte what = bus.kind();
        bus.drop();
        if (what == ReplayContext.CANCEL) {
            venue.cancel(slot, now);
        } else {
            OwnOrders orders = context.orders;
            venue.place(slot, orders.buys[slot], orders.ticks[slot], orders.terms[slot], now);
        }
    }

    /** Puts the venue's answers on their way. */
    private final class Answering implements VenueBook.Answers {
        private void send(byte what, int slot, int ticks, long now) {
            context.toUs.add(what, slot, ticks, now, now + latency.answerNanos(now));
        }

        @Override
        public void accepted(int slot, long now) {
            send(ReplayContext.ACCEPTED, slot, 0, now);
        }

        @Override
        public void refused(int slot, long now) {
            send(ReplayContext.REFUSED, slot, 0, now);
        }

        @Override
        public void cancelled(int slot, long now) {
            send(ReplayContext.CANCELLED, slot, 0, now);
        }

        @Override
        public void notCancelled(int slot, long now) {
            send(ReplayContext.NOT_CANCELLED, slot, 0, now);
        }

        @Override
        public void filled(int slot, long now, int ticks, boolean maker) {
            if (maker) {
                context.orders.sentMore(slot); // besides the answer to the order itself
            }
            send(maker ? ReplayContext.FILLED_MAKER : ReplayContext.FILLED_TAKER, slot, ticks, now);
        }
    }

    private void answer() {
        MessageBus bus = context.toUs;
        context.now = Math.max(context.now, bus.nextNanos());
        int slot = bus.slot();
        byte what = bus.kind();
        int ticks = bus.ticks();
        long sent = bus.sentNanos();
        bus.drop();
        OwnOrders orders = context.orders;
        long number = orders.number[slot];
        switch (what) {
            case ReplayContext.ACCEPTED -> move(slot, OwnOrders.WORKING, OrderState.ACKED, Reason.ACCEPTED);
            case ReplayContext.REFUSED -> {
                refused++;
                orders.state[slot] = OwnOrders.ENDED;
                strategy.onOrder(context, new OrderEvent.Rejected(context.now, 0, number, Reason.WOULD_TAKE));
            }
            case ReplayContext.LOST -> {
                orders.state[slot] = OwnOrders.ENDED;
                strategy.onOrder(
                        context,
                        new OrderEvent.Rejected(context.now, 0, number, Reason.HALTED, "lost on its way to the venue"));
            }
            case ReplayContext.CANCELLED -> {
                cancelled++;
                boolean asked = orders.state[slot] == OwnOrders.CANCELLING;
                move(slot, OwnOrders.ENDED, OrderState.CANCELED, asked ? Reason.ASKED : Reason.TIME_IN_FORCE);
            }
            case ReplayContext.NOT_CANCELLED -> notCancelled(slot);
            default -> filled(slot, sent, ticks, what == ReplayContext.FILLED_MAKER);
        }
        orders.heard(slot);
    }

    private void move(int slot, byte state, OrderState shown, Reason reason) {
        context.orders.state[slot] = state;
        strategy.onOrder(context, new OrderEvent.Moved(context.now, 0, context.orders.number[slot], shown, reason));
    }

    /** Either the order had filled before, which we know by now, or the request was lost. */
    private void notCancelled(int slot) {
        if (context.orders.state[slot] == OwnOrders.CANCELLING) {
            move(slot, OwnOrders.WORKING, OrderState.ACKED, Reason.ACCEPTED);
        } else {
            lateCancels++;
        }
    }

    private void filled(int slot, long sent, int ticks, boolean maker) {
        OwnOrders orders = context.orders;
        boolean buys = orders.buys[slot];
        long lots = orders.lots[slot];
        double fee = context.account.book(buys, ticks, lots, maker);
        orders.state[slot] = OwnOrders.ENDED;
        Side side = buys ? Side.BUY : Side.SELL;
        long feeUnits = Math.round(fee * FEE_UNITS);
        Fill fill = new Fill(orders.number[slot], sent, 0, side, lots, ticks, feeUnits);
        strategy.onOrder(context, new OrderEvent.Filled(fill, OrderState.FILLED));
    }
}
