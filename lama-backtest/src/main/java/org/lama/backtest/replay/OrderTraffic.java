package org.lama.backtest.replay;

import java.util.List;
import org.lama.backtest.matching.OrderLatency;
import org.lama.backtest.matching.Venue;
import org.lama.backtest.matching.Venue.Terms;
import org.lama.backtest.order.Fill;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderState;
import org.lama.core.book.BookView;
import org.lama.core.market.Side;

/**
 * Requests that arrive at the venue of one market, its answers on their way, and what the strategy hears when they come.
 * Not thread-safe.
 */
final class OrderTraffic implements Venue.Answers {
    private static final double FEE_UNITS = 1e8;
    /** A reason travels as its place in here. */
    private static final List<Reason> REASONS = List.of(Reason.values());

    private final LocalSide side;
    private final OwnOrders orders;
    private final MessageBus toUs;
    private final MessageBus toVenue;
    private final OrderLatency latency;
    private final boolean cancelsWhenStale;
    private final Caller caller;
    private final Clock clock;
    private final MoneyRoom room;

    /** From when on nothing has happened to the venue's book for too long; prints are none of it. */
    long venueStaleFrom = MessageBus.NEVER;

    private long refused;
    private long cancelled;
    private long lateCancels;

    OrderTraffic(LocalSide side, OrderLatency latency, boolean cancelsWhenStale, Caller caller) {
        this.side = side;
        this.latency = latency;
        this.cancelsWhenStale = cancelsWhenStale;
        this.caller = caller;
        orders = side.orders;
        toUs = side.toUs;
        toVenue = side.toVenue;
        clock = caller.clock();
        room = new MoneyRoom(side.account);
    }

    long refused() {
        return refused;
    }

    long cancelled() {
        return cancelled;
    }

    long lateCancels() {
        return lateCancels;
    }

    /** The first request arrives. */
    void arrive(Venue venue) {
        long now = toVenue.nextNanos();
        int slot = toVenue.slot();
        byte what = toVenue.kind();
        int ticks = toVenue.ticks();
        long lots = toVenue.lots();
        toVenue.drop();
        boolean isOld = now >= venueStaleFrom;
        Terms terms = orders.terms[slot];
        Reason fault = what == LocalSide.CANCEL ? Reason.ACCEPTED : fault(venue.book(), slot, ticks, lots);
        if (what == LocalSide.CANCEL) {
            venue.cancel(slot, now);
        } else if (fault != Reason.ACCEPTED) {
            byte answer = what == LocalSide.AMEND ? LocalSide.NOT_AMENDED : LocalSide.REFUSED;
            send(answer, slot, REASONS.indexOf(fault), 0, 0, now);
        } else if (isOld && takes(venue.book(), orders.buys[slot], ticks, terms)) {
            if (what == LocalSide.AMEND) {
                venue.cancel(slot, now);
            } else {
                cancelled(slot, now);
            }
        } else if (what == LocalSide.AMEND) {
            venue.amend(slot, ticks, lots, now);
        } else {
            venue.place(slot, orders.buys[slot], ticks, lots, terms, now);
        }
        orders.heard(slot);
    }

    /** What a venue refuses at the door. */
    private Reason fault(BookView book, int slot, int ticks, long lots) {
        if (ticks == 0) {
            return Reason.NO_PRICE;
        }
        if (lots == 0) {
            return Reason.TOO_SMALL;
        }
        int price = MoneyRoom.price(book, orders.buys[slot], ticks, orders.terms[slot]);
        boolean fits = lots > 0 && room.take(slot, price, lots, FEE_UNITS);
        return fits ? Reason.ACCEPTED : Reason.QUANTITY_TOO_LARGE;
    }

    /** Whether an order would take from a book, as it must not from one that nobody has confirmed for too long. */
    private static boolean takes(BookView book, boolean buys, int ticks, Terms terms) {
        int other = buys ? book.askTicks() : book.bidTicks();
        boolean meets = other != 0 && (buys ? ticks >= other : ticks <= other);
        return meets && terms != Terms.POST_ONLY;
    }

    private void send(byte what, int slot, int ticks, long lots, long left, long now) {
        orders.sentMore(slot);
        toUs.add(what, slot, ticks, lots, left, now, now + latency.answerNanos(now));
    }

    @Override
    public void accepted(int slot, long now) {
        send(LocalSide.ACCEPTED, slot, 0, 0, 0, now);
    }

    @Override
    public void refused(int slot, long now) {
        send(LocalSide.REFUSED, slot, REASONS.indexOf(Reason.WOULD_TAKE), 0, 0, now);
    }

    @Override
    public void cancelled(int slot, long now) {
        send(LocalSide.CANCELLED, slot, 0, 0, 0, now);
    }

    @Override
    public void notCancelled(int slot, long now) {
        send(LocalSide.NOT_CANCELLED, slot, 0, 0, 0, now);
    }

    @Override
    public void amended(int slot, long now, int ticks, long lots) {
        send(LocalSide.AMENDED, slot, ticks, lots, 0, now);
    }

    @Override
    public void notAmended(int slot, long now) {
        send(LocalSide.NOT_AMENDED, slot, 0, 0, 0, now);
    }

    @Override
    public void filled(int slot, long now, int ticks, long lots, long left, boolean maker) {
        send(maker ? LocalSide.FILLED_MAKER : LocalSide.FILLED_TAKER, slot, ticks, lots, left, now);
    }

    /** The first answer comes to us. */
    void answer() {
        clock.now = toUs.nextNanos();
        int slot = toUs.slot();
        byte what = toUs.kind();
        int ticks = toUs.ticks();
        long lots = toUs.lots();
        long left = toUs.left();
        long sent = toUs.sentNanos();
        toUs.drop();
        switch (what) {
            case LocalSide.ACCEPTED -> taken(slot);
            case LocalSide.REFUSED -> refused(slot, REASONS.get(ticks));
            case LocalSide.LOST -> rejected(slot, Reason.HALTED, "lost on its way to the venue");
            case LocalSide.CANCELLED -> gone(slot);
            case LocalSide.NOT_CANCELLED, LocalSide.NOT_AMENDED -> missed(slot, what, REASONS.get(ticks));
            case LocalSide.AMENDED -> changed(slot, ticks, lots);
            default -> traded(slot, sent, ticks, lots, left, what == LocalSide.FILLED_MAKER);
        }
        if (orders.state[slot] == OwnOrders.ENDED) {
            room.free(slot);
        }
        orders.heard(slot);
    }

    private void rejected(int slot, Reason reason, String words) {
        orders.state[slot] = OwnOrders.ENDED;
        tell(new OrderEvent.Rejected(clock.now, side.instrument, orders.number[slot], reason, words));
    }

    /** An order that was refused at once, or a post-only one when it was to be changed. */
    private void refused(int slot, Reason reason) {
        refused++;
        if (orders.acknowledged[slot]) {
            move(slot, OwnOrders.ENDED, OrderState.CANCELED, reason);
        } else {
            rejected(slot, reason, words(reason));
        }
    }

    private String words(Reason reason) {
        return switch (reason) {
            case TOO_SMALL -> "less than one lot, " + side.scale.lotSize();
            case QUANTITY_TOO_LARGE ->
                "more lots of " + side.scale.lotSize()
                        + ", or with all that was traded more money, than can be counted; ask for less";
            case NO_PRICE -> "no price, or below one tick, " + side.scale.tickSize() + "; was the book valid?";
            default -> "";
        };
    }

    private void gone(int slot) {
        cancelled++;
        byte state = orders.state[slot];
        boolean underWay = state == OwnOrders.CANCELLING || state == OwnOrders.AMENDING;
        // one that cannot rest is gone before a request about it arrives
        boolean asked = underWay && orders.acknowledged[slot];
        move(slot, OwnOrders.ENDED, OrderState.CANCELED, asked ? Reason.ASKED : Reason.TIME_IN_FORCE);
    }

    /** The venue took an order, about which another request may be on its way already. */
    private void taken(int slot) {
        orders.acknowledged[slot] = true;
        if (orders.state[slot] == OwnOrders.SENT) {
            works(slot, Reason.ACCEPTED);
        } else {
            move(slot, orders.state[slot], OrderState.ACKED, Reason.ACCEPTED);
        }
    }

    private void works(int slot, Reason reason) {
        OrderState shown = orders.isPartlyFilled(slot) ? OrderState.PARTIAL : OrderState.ACKED;
        move(slot, OwnOrders.WORKING, shown, reason);
        if (cancelsWhenStale && side.isStale()) {
            side.cancelSlot(slot); // it was on its way when the book went
        }
    }

    /** What was asked of an order came too late, was refused, or was lost on its way. */
    private void missed(int slot, byte what, Reason reason) {
        byte asked = what == LocalSide.NOT_CANCELLED ? OwnOrders.CANCELLING : OwnOrders.AMENDING;
        if (orders.state[slot] == asked && orders.acknowledged[slot]) {
            works(slot, reason);
        } else if (orders.state[slot] == asked) {
            orders.state[slot] = OwnOrders.SENT; // what the venue says of it is still to come
        } else if (what == LocalSide.NOT_CANCELLED) {
            lateCancels++;
        }
    }

    private void changed(int slot, int ticks, long lots) {
        orders.left[slot] += lots - orders.lots[slot];
        orders.lots[slot] = lots;
        orders.ticks[slot] = ticks;
        if (orders.state[slot] == OwnOrders.AMENDING) {
            works(slot, Reason.ASKED);
        } // else it is being cancelled
    }

    private void move(int slot, byte state, OrderState shown, Reason reason) {
        orders.state[slot] = state;
        tell(new OrderEvent.Moved(clock.now, side.instrument, orders.number[slot], shown, reason));
    }

    private void traded(int slot, long sent, int ticks, long lots, long left, boolean maker) {
        boolean buys = orders.buys[slot];
        double fee = side.account.book(buys, ticks, lots, maker, sent);
        room.booked(slot, (double) ticks * lots);
        orders.left[slot] -= lots;
        if (left == 0) {
            orders.state[slot] = OwnOrders.ENDED;
        }
        long feeUnits = Math.round(fee * FEE_UNITS);
        Fill fill = new Fill(
                orders.number[slot], sent, side.instrument, buys ? Side.BUY : Side.SELL, lots, ticks, feeUnits);
        tell(new OrderEvent.Filled(fill, left == 0 ? OrderState.FILLED : OrderState.PARTIAL));
    }

    private void tell(OrderEvent event) {
        caller.strategy().onOrder(caller.context(), event);
    }
}
