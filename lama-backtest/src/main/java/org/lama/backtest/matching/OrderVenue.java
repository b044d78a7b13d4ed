package org.lama.backtest.matching;

import org.lama.core.book.BookEvents;
import org.lama.core.book.OrderQueueBook;
import org.lama.core.market.Side;

/**
 * A venue whose feed tells single orders, each level a queue by arrival. An own order at rest waits behind the orders that
 * stood at its price when it came, and fills when
 *
 * <ul>
 *   <li>an order behind it at its price is executed: what that one got would have been ours,
 *   <li>an order at a worse price is executed, or
 *   <li>the best price of the other side comes to it or beyond.
 * </ul>
 *
 * Prints alone fill nothing, since what they took comes as executions. Nothing fills while the book is not valid; what the
 * best prices have passed meanwhile fills once it is valid again. After a hole an order stands behind all others. O(number
 * of own orders) for a row. Not thread-safe.
 */
final class OrderVenue extends Matching {
    private final OrderQueueBook book;

    OrderVenue(OrderQueueBook book, FillRules rules, Answers answers) {
        super(book, rules, answers);
        this.book = book;
    }

    @Override
    void join(int i) {
        own.place[i] = book.nextPlace();
    }

    @Override
    public long crossings() {
        return book.crossings();
    }

    @Override
    public double sizeAhead(int who) {
        int i = own.find(who);
        if (i == RestingOrders.NONE) {
            return Double.NaN;
        }
        return units(book.lotsBefore(own.buys[i] ? Side.BUY : Side.SELL, own.ticks[i], own.place[i]));
    }

    @Override
    public void row(BookEvents events, int row, long now) {
        if (own.size == 0) {
            events.applyTo(row, book);
            return;
        }
        begin();
        switch (events.kind(row)) {
            case BookEvents.ADD_BID -> come(events, row, true, now);
            case BookEvents.ADD_ASK -> come(events, row, false, now);
            case BookEvents.CHANGE -> come(events, row, book.isBid(events.order(row)), now);
            case BookEvents.EXECUTE -> execute(events, row, now);
            case BookEvents.WHOLE -> whole(now);
            default -> events.applyTo(row, book);
        }
        end(now);
    }

    private void whole(long now) {
        boolean hadHole = !book.isWhole();
        book.complete();
        if (hadHole) {
            rejoin(now); // else it only says that nothing has changed
        }
    }

    /** An order comes, moves or changes its size. */
    private void come(BookEvents events, int row, boolean bids, long now) {
        int price = events.ticks(row);
        int bestBefore = bids ? book.bidTicks() : book.askTicks();
        long before = bids ? book.bidLots(price) : book.askLots(price);
        events.applyTo(row, book);
        long grown = (bids ? book.bidLots(price) : book.askLots(price)) - before;
        int best = bids ? book.bidTicks() : book.askTicks();
        if (bids ? best > bestBefore : best != 0 && (bestBefore == 0 || best < bestBefore)) {
            opposed(bids, best, grown, true, now);
        } else if (grown > 0 && rules.partial()) {
            opposed(bids, price, grown, false, now);
        }
    }

    private void execute(BookEvents events, int row, long now) {
        long number = events.order(row);
        int price = book.ticksOf(number);
        boolean bids = book.isBid(number);
        long place = book.placeOf(number);
        long quantity = events.lots(row);
        boolean sound = price != 0 && quantity <= book.lotsOf(number);
        events.applyTo(row, book);
        if (!sound || !canFill()) {
            return;
        }
        offer(quantity);
        int i = 0;
        while (i < own.size) {
            boolean gone = false;
            if (own.buys[i] == bids && own.ticks[i] == price) {
                gone = own.place[i] <= place && reached(i, (double) quantity, now);
            } else if (own.buys[i] == bids && (bids ? own.ticks[i] > price : own.ticks[i] < price)) {
                gone = passed(i, quantity, now);
            }
            i += gone ? 0 : 1;
        }
    }
}
