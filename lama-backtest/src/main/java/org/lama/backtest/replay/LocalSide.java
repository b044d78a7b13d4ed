package org.lama.backtest.replay;

import org.lama.backtest.matching.OrderLatency;
import org.lama.backtest.matching.Venue.Terms;
import org.lama.backtest.order.OrderEvent;
import org.lama.core.book.BookMeasures;
import org.lama.core.book.BookScale;

/** Our side of one market: what has come to us by now, and what we send. Not thread-safe. */
final class LocalSide {
    static final byte PLACE = 1;
    static final byte CANCEL = 2;
    static final byte ACCEPTED = 3;
    static final byte REFUSED = 4;
    static final byte CANCELLED = 5;
    static final byte NOT_CANCELLED = 6;
    static final byte FILLED_MAKER = 7;
    static final byte FILLED_TAKER = 8;
    static final byte LOST = 9;
    static final byte AMEND = 10;
    static final byte AMENDED = 11;
    static final byte NOT_AMENDED = 12;

    private static final long UNHEARD = Long.MIN_VALUE;
    /** 73 years: with it no time of this century runs over. */
    private static final long LONGEST_PATIENCE = Long.MAX_VALUE / 4;

    final int instrument;
    final BookScale scale;
    final LocalBook book;
    final OwnOrders orders;
    final MessageBus toVenue = new MessageBus();
    final MessageBus toUs = new MessageBus();
    final LocalAccount account;
    final long staleNanos;
    /** When something about the book came last; prints say nothing about it. */
    private long heardNanos = UNHEARD;

    long sent;
    int lastTradeTicks;
    long lastTradeLots;
    private final Clock clock;
    private final OrderLatency latency;

    LocalSide(int instrument, ReplayMarket market, ReplaySettings settings, Clock clock) {
        this.instrument = instrument;
        this.clock = clock;
        scale = market.feed().scale();
        latency = market.latency();
        book = LocalBook.of(market);
        orders = new OwnOrders(instrument);
        account = new LocalAccount(scale, market.fees());
        staleNanos = Math.min(settings.staleAfter().toNanos(), LONGEST_PATIENCE);
    }

    void heard(long nanos) {
        heardNanos = nanos;
    }

    /** From when on the book counts as one about which nothing came for too long. */
    long staleFrom() {
        return heardNanos == UNHEARD ? MessageBus.NEVER : heardNanos + staleNanos;
    }

    /** Whether the book must not be traded on: it is not valid, or nothing came about it for too long. */
    boolean isStale() {
        return !book.view().isValid() || clock.now >= staleFrom();
    }

    double worth() {
        double position = account.position();
        return position == 0 ? 0 : position * BookMeasures.mid(book.view());
    }

    long send(boolean buys, int ticks, double quantity, Terms terms, String tag) {
        long lots = scale.lots(quantity);
        if (ticks == 0 || lots <= 0) {
            throw new IllegalArgumentException("limit price and quantity must be at least one tick and one lot, got "
                    + ticks + " ticks and " + lots + " lots; is the book valid?");
        }
        if (clock.ended) {
            return OrderEvent.NO_ORDER;
        }
        int slot = orders.take(buys, ticks, lots, terms, tag);
        sent++;
        post(PLACE, slot, ticks, lots);
        return orders.number[slot];
    }

    private void post(byte what, int slot, int ticks, long lots) {
        long now = clock.now;
        long nanos = latency.requestNanos(now);
        orders.sentMore(slot);
        if (nanos < 0) {
            toUs.add(what == PLACE ? LOST : what == CANCEL ? NOT_CANCELLED : NOT_AMENDED, slot, now, now - nanos);
            clock.expect(instrument, toUs.nextNanos());
        } else {
            toVenue.add(what, slot, ticks, lots, 0, now, now + nanos);
            clock.expect(instrument, toVenue.nextNanos());
        }
    }

    String tag(long order) {
        int slot = orders.slot(order);
        return slot == OwnOrders.NONE ? "" : orders.tag[slot];
    }

    /** Only an order that the venue has accepted, and that is not being cancelled, can be cancelled. */
    void cancel(long order) {
        int slot = orders.slot(order);
        if (slot != OwnOrders.NONE) {
            cancelSlot(slot);
        }
    }

    void cancelSlot(int slot) {
        byte state = orders.state[slot];
        if (state == OwnOrders.WORKING || state == OwnOrders.AMENDING) {
            orders.state[slot] = OwnOrders.CANCELLING;
            post(CANCEL, slot, 0, 0);
        }
    }

    /** Only an order that the venue has accepted, and about which no request is under way, can be changed. */
    void amend(long order, double quantity, double limitPrice) {
        int slot = orders.slot(order);
        if (slot == OwnOrders.NONE || orders.state[slot] != OwnOrders.WORKING) {
            return;
        }
        int ticks = scale.ticks(limitPrice);
        long lots = scale.lots(quantity);
        if (ticks == 0 || lots <= 0) {
            throw new IllegalArgumentException("limit price and quantity must be at least one tick and one lot, got "
                    + ticks + " ticks and " + lots + " lots");
        }
        orders.state[slot] = OwnOrders.AMENDING;
        post(AMEND, slot, ticks, lots);
    }

    void cancelAll() {
        for (int slot = 0; slot < orders.slots(); slot++) {
            cancelSlot(slot);
        }
    }
}
