package org.lama.backtest.replay;

import java.util.Arrays;
import org.lama.backtest.matching.Venue.Terms;
import org.lama.core.book.BookView;

/**
 * Whether all that orders may trade can still be counted: ticks times lots of what has traded, of what the venue has taken
 * and of the order at its door, as whole numbers, and the fees of it. O(1) for each order; allocates nothing once its array
 * has room. Not thread-safe.
 */
final class MoneyRoom {
    /** Profit counts half ticks, and the mid may move by as much again. */
    private static final double MOST_TICK_LOTS = Long.MAX_VALUE / 8.0;

    private static final double MOST_FEE_UNITS = Long.MAX_VALUE / 8.0;

    private final LocalAccount account;
    private double[] taken = new double[16];
    private double sum;

    MoneyRoom(LocalAccount account) {
        this.account = account;
    }

    /** Takes an order, or what it is changed to, into the sum; false if that would be too much. */
    boolean take(int slot, double price, long lots, double feeUnits) {
        if (slot >= taken.length) {
            taken = Arrays.copyOf(taken, Math.max(slot + 1, 2 * taken.length));
        }
        double worth = price * lots;
        double all = account.tickLots() + sum - taken[slot] + worth;
        if (all > MOST_TICK_LOTS || account.mostFee(all) * feeUnits > MOST_FEE_UNITS) {
            return false;
        }
        put(slot, Math.max(taken[slot], worth)); // what filled before a change may not have been heard of yet
        return true;
    }

    /** We have heard of a fill: it is in the account now. */
    void booked(int slot, double tickLots) {
        put(slot, Math.max(0, taken[slot] - tickLots));
    }

    /** An order has ended. */
    void free(int slot) {
        if (slot < taken.length) {
            put(slot, 0);
        }
    }

    private void put(int slot, double worth) {
        sum += worth - taken[slot];
        taken[slot] = worth;
    }

    /** In ticks, about the highest at which an order may fill; beyond the best price a book gives no more than it holds. */
    static int price(BookView book, boolean buys, int ticks, Terms terms) {
        boolean rests = terms == Terms.REST || terms == Terms.POST_ONLY;
        if (buys) {
            return rests ? ticks : Math.min(ticks, Math.max(1, book.askTicks()));
        }
        return Math.max(ticks, book.bidTicks());
    }
}
