package org.lama.backtest.replay;

import java.util.Arrays;
import org.lama.backtest.matching.Venue.Terms;

/**
 * Our side's view of our orders, in slots that are used again once an order has ended and nothing about it is on its way.
 * A number carries its slot in its low 20 bits and its market in the next 10, so that it is found without a search. Not thread-safe.
 */
final class OwnOrders {
    /** No such order, or it has ended. */
    static final int NONE = -1;

    static final byte SENT = 1;
    static final byte WORKING = 2;
    static final byte CANCELLING = 3;
    static final byte ENDED = 4;
    static final byte AMENDING = 5;

    private static final int SLOT_BITS = 20;
    private static final int MOST = 1 << SLOT_BITS;
    private static final int MARKET_BITS = 10;
    /** Markets that numbers can tell apart. */
    static final int MOST_MARKETS = 1 << MARKET_BITS;

    long[] number = new long[16];
    byte[] state = new byte[16];
    /** Whether we have heard that the venue took it; it may be asked to go before that. */
    boolean[] acknowledged = new boolean[16];

    boolean[] buys = new boolean[16];
    int[] ticks = new int[16];
    /** Size asked for, filled parts included. */
    long[] lots = new long[16];
    /** What of it has not filled, as far as we have heard. */
    long[] left = new long[16];

    Terms[] terms = new Terms[16];
    String[] tag = new String[16];
    private int[] underWay = new int[16];
    private int[] free = new int[16];
    private int freeCount;
    private int used;
    private long sequence;

    private final int market;

    OwnOrders(int market) {
        this.market = market;
        Arrays.fill(terms, Terms.REST);
        Arrays.fill(tag, "");
    }

    int take(boolean buy, int price, long quantity, Terms how, String text) {
        int slot = freeCount > 0 ? free[--freeCount] : used++;
        if (slot == number.length) {
            grow();
        }
        number[slot] = (((++sequence << MARKET_BITS) | market) << SLOT_BITS) | slot;
        state[slot] = SENT;
        acknowledged[slot] = false;
        buys[slot] = buy;
        ticks[slot] = price;
        lots[slot] = quantity;
        left[slot] = quantity;
        terms[slot] = how;
        tag[slot] = text;
        underWay[slot] = 0;
        return slot;
    }

    /** The market of a number. */
    static int market(long order) {
        return (int) (order >> SLOT_BITS) & (MOST_MARKETS - 1);
    }

    /** Slots that were ever used: all orders are in those below. */
    int slots() {
        return used;
    }

    /** The slot of a number, {@link #NONE} if it is unknown or used by another order by now. */
    int slot(long order) {
        int slot = (int) (order & (MOST - 1));
        return order > 0 && slot < used && number[slot] == order ? slot : NONE;
    }

    boolean isPartlyFilled(int slot) {
        return left[slot] < lots[slot];
    }

    /** A message about an order left, in whatever direction. */
    void sentMore(int slot) {
        underWay[slot]++;
    }

    /** A message about an order arrived: the slot is free if the order has ended and nothing more is to come. */
    void heard(int slot) {
        underWay[slot]--;
        if (state[slot] == ENDED && underWay[slot] == 0) {
            number[slot] = 0;
            free[freeCount++] = slot;
        }
    }

    private void grow() {
        int room = 2 * number.length;
        if (room > MOST) {
            throw new IllegalStateException(
                    "more than " + number.length + " orders stand at once: the strategy sends without cancelling");
        }
        number = Arrays.copyOf(number, room);
        state = Arrays.copyOf(state, room);
        acknowledged = Arrays.copyOf(acknowledged, room);
        buys = Arrays.copyOf(buys, room);
        ticks = Arrays.copyOf(ticks, room);
        lots = Arrays.copyOf(lots, room);
        left = Arrays.copyOf(left, room);
        terms = Arrays.copyOf(terms, room);
        tag = Arrays.copyOf(tag, room);
        underWay = Arrays.copyOf(underWay, room);
        free = Arrays.copyOf(free, room);
    }
}
