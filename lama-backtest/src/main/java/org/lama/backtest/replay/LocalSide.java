package org.lama.backtest.replay;

import org.lama.backtest.matching.OrderLatency;
import org.lama.backtest.matching.VenueBook.Terms;
import org.lama.backtest.order.OrderEvent;
import org.lama.core.book.BookMeasures;
import org.lama.core.book.BookScale;
import org.lama.core.book.LevelBook;

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

    private static final long UNHEARD = Long.MIN_VALUE;

    final int instrument;
    final BookScale scale;
    final LevelBook book;
    final OwnOrders orders;
    final MessageBus toVenue = new MessageBus();
    final MessageBus toUs = new MessageBus();
    final LocalAccount account;
    final long staleNanos;
    long heardNanos = UNHEARD;
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
        book = LevelBook.of(scale, market.windowTicks());
        orders = new OwnOrders(instrument);
        account = new LocalAccount(scale, market.fees());
        staleNanos = settings.staleAfter().toNanos();
    }

    boolean isStale() {
        return heardNanos == UNHEARD || clock.now - heardNanos >= staleNanos;
    }

    /** Whether the book can be traded on. */
    boolean isSound() {
        return book.isValid() && !isStale();
    }

    double worth() {
        double position = account.position();
        return position == 0 ? 0 : position * BookMeasures.mid(book);
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
        post(PLACE, slot);
        return orders.number[slot];
    }

    private void post(byte what, int slot) {
        long now = clock.now;
        long nanos = latency.requestNanos(now);
        if (nanos < 0) {
            toUs.add(what == PLACE ? LOST : NOT_CANCELLED, slot, 0, now, now - nanos);
            clock.expect(instrument, toUs.nextNanos());
        } else {
            toVenue.add(what, slot, orders.ticks[slot], now, now + nanos);
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
        if (orders.state[slot] == OwnOrders.WORKING) {
            orders.state[slot] = OwnOrders.CANCELLING;
            orders.sentMore(slot);
            post(CANCEL, slot);
        }
    }

    void cancelAll() {
        for (int slot = 0; slot < orders.slots(); slot++) {
            cancelSlot(slot);
        }
    }
}
