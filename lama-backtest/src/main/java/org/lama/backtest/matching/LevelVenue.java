package org.lama.backtest.matching;

import org.lama.core.book.BookEvents;
import org.lama.core.book.LevelBook;

/**
 * A venue whose feed tells levels. An own order at rest fills when
 *
 * <ul>
 *   <li>the best price of the other side comes to it or beyond,
 *   <li>a trade prints beyond it, or
 *   <li>trades at its price have taken what the {@link QueueModel} sees in front of it, and half a lot more.
 * </ul>
 *
 * Nothing fills while the book is not valid, and prints of that time move nobody forward; what the best prices have passed
 * meanwhile fills once it is valid again. After a hole an order stands behind all that its level holds then. O(number of
 * own orders) for a row. Not thread-safe.
 */
final class LevelVenue extends Matching {
    private static final double HALF_A_LOT = 0.5;

    private final LevelBook book;
    private final QueueModel.ByLevel queue;

    LevelVenue(LevelBook book, QueueModel.ByLevel queue, FillRules rules, Answers answers) {
        super(book, rules, answers);
        this.book = book;
        this.queue = queue;
    }

    @Override
    void join(int i) {
        own.front[i] = queue.joining(units(own.buys[i] ? book.bidLots(own.ticks[i]) : book.askLots(own.ticks[i])));
        own.traded[i] = 0;
    }

    @Override
    public long crossings() {
        return book.crossings();
    }

    @Override
    public double sizeAhead(int who) {
        int i = own.find(who);
        return i == RestingOrders.NONE ? Double.NaN : Math.max(0, own.front[i]);
    }

    @Override
    public void row(BookEvents events, int row, long now) {
        if (own.size == 0) {
            events.applyTo(row, book);
            return;
        }
        begin();
        int price = events.ticks(row);
        long quantity = events.lots(row);
        switch (events.kind(row)) {
            case BookEvents.BID -> level(true, price, quantity, now);
            case BookEvents.ASK -> level(false, price, quantity, now);
            case BookEvents.BUY, BookEvents.SELL -> trade(events.kind(row) == BookEvents.SELL, price, quantity, now);
            case BookEvents.WHOLE -> whole(events, row, now);
            case BookEvents.BID_QUOTE -> quote(true, price, quantity, now);
            case BookEvents.ASK_QUOTE -> quote(false, price, quantity, now);
            default -> events.applyTo(row, book);
        }
        end(now);
    }

    private void whole(BookEvents events, int row, long now) {
        boolean hadHole = !book.isWhole();
        events.applyTo(row, book);
        if (hadHole) {
            rejoin(now); // else it only says that nothing has changed
        }
    }

    private void level(boolean bids, int price, long quantity, long now) {
        int bestBefore = bids ? book.bidTicks() : book.askTicks();
        long before = bids ? book.setBid(price, quantity) : book.setAsk(price, quantity);
        for (int i = 0; i < own.size; i++) {
            if (own.ticks[i] == price && own.buys[i] == bids) {
                own.front[i] = queue.advance(own.front[i], own.traded[i], units(before), units(quantity));
                own.traded[i] = 0;
            }
        }
        int best = bids ? book.bidTicks() : book.askTicks();
        if (bids ? best > bestBefore : best != 0 && (bestBefore == 0 || best < bestBefore)) {
            opposed(bids, best, quantity - before, true, now);
        } else if (quantity > before && rules.partial()) {
            opposed(bids, price, quantity - before, false, now);
        }
    }

    /** A quote sets the best level, and with it takes away the levels before it. */
    private void quote(boolean bids, int price, long quantity, long now) {
        int best = bids ? book.bidTicks() : book.askTicks();
        while (best != 0 && (bids ? best > price : best < price)) {
            level(bids, best, 0, now);
            best = bids ? book.bidTicks() : book.askTicks();
        }
        level(bids, price, quantity, now);
    }

    private void trade(boolean sold, int price, long quantity, long now) {
        if (!canFill()) {
            return;
        }
        double taken = units(quantity);
        offer(quantity);
        int i = 0;
        while (i < own.size) {
            boolean gone = false;
            if (own.buys[i] == sold && own.ticks[i] == price) {
                gone = atPrice(i, taken, quantity, now);
            } else if (own.buys[i] == sold && (sold ? own.ticks[i] > price : own.ticks[i] < price)) {
                gone = passed(i, quantity, now);
            }
            i += gone ? 0 : 1;
        }
    }

    private boolean atPrice(int i, double taken, long quantity, long now) {
        own.front[i] -= taken;
        own.traded[i] += taken;
        double beyond = lots(-own.front[i]);
        if (!(beyond >= HALF_A_LOT)) {
            return false;
        }
        own.front[i] = 0; // what comes next comes to it, however much it got of this
        return reached(i, Math.min(beyond, (double) quantity), now);
    }
}
