package org.lama.backtest.matching;

import java.util.Arrays;

/**
 * Own orders at rest, one column for each field: buys before sales, of one side the better price first, of one price who
 * came first. A handful, so that they are searched from one end to the other. Not thread-safe.
 */
final class RestingOrders {
    static final int NONE = -1;

    int[] slot = new int[8];
    int[] ticks = new int[8];
    boolean[] buys = new boolean[8];
    boolean[] postOnly = new boolean[8];
    long[] lots = new long[8];
    long[] left = new long[8];
    /** Size in front, in base units; below 0 once trades took more than what stood there. */
    double[] front = new double[8];
    /** What traded at the level since its last change, in base units. */
    double[] traded = new double[8];
    /** Lots of others that may be ours but do not make a whole lot yet, or that came when nothing was left to fill. */
    double[] allowed = new double[8];
    /** Place in a queue of single orders. */
    long[] place = new long[8];

    int size;

    /** Makes room for an order and gives its index; its columns apart from slot, side and price are what they were. */
    int insert(int who, boolean buy, int price) {
        if (size == slot.length) {
            grow();
        }
        int at = size;
        while (at > 0 && isBefore(buy, price, at - 1)) {
            copy(at - 1, at);
            at--;
        }
        size++;
        slot[at] = who;
        buys[at] = buy;
        ticks[at] = price;
        return at;
    }

    private boolean isBefore(boolean buy, int price, int other) {
        if (buy != buys[other]) {
            return buy;
        }
        return buy ? price > ticks[other] : price < ticks[other];
    }

    void remove(int at) {
        size--;
        for (int i = at; i < size; i++) {
            copy(i + 1, i);
        }
    }

    private void copy(int from, int to) {
        slot[to] = slot[from];
        ticks[to] = ticks[from];
        buys[to] = buys[from];
        postOnly[to] = postOnly[from];
        lots[to] = lots[from];
        left[to] = left[from];
        front[to] = front[from];
        traded[to] = traded[from];
        allowed[to] = allowed[from];
        place[to] = place[from];
    }

    /** The index of an order, {@link #NONE} if it does not rest. */
    int find(int who) {
        for (int i = 0; i < size; i++) {
            if (slot[i] == who) {
                return i;
            }
        }
        return NONE;
    }

    private void grow() {
        int room = 2 * size;
        slot = Arrays.copyOf(slot, room);
        ticks = Arrays.copyOf(ticks, room);
        buys = Arrays.copyOf(buys, room);
        postOnly = Arrays.copyOf(postOnly, room);
        lots = Arrays.copyOf(lots, room);
        left = Arrays.copyOf(left, room);
        front = Arrays.copyOf(front, room);
        traded = Arrays.copyOf(traded, room);
        allowed = Arrays.copyOf(allowed, room);
        place = Arrays.copyOf(place, room);
    }
}
