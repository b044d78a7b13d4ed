package org.lama.backtest.execution;

import java.util.Arrays;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.order.OrderRequest.TimeInForce;
import org.lama.backtest.order.OrderState;

/**
 * The columns of all living orders. A slot holds one order; slots of one instrument are chained in the order of their
 * numbers. An order that ends stays in its chain until {@link #reap}, so that loops over the chain may end orders.
 */
final class OrderTable {
    static final int NONE = -1;
    /** In {@link #forced}: prices above the start must still come. */
    static final byte UP = 1;
    /** In {@link #forced}: prices below the start must still come. */
    static final byte DOWN = 2;

    private static final int FIRST_SLOTS = 16;

    long[] number = new long[0];
    int[] instrument = new int[0];
    /** +1 buys, -1 sells. */
    int[] sign = new int[0];

    OrderRequest.Type[] type = new OrderRequest.Type[0];
    TimeInForce[] timeInForce = new TimeInForce[0];
    OrderState[] state = new OrderState[0];
    boolean[] postOnly = new boolean[0];
    boolean[] reduceOnly = new boolean[0];
    /** The venue has it. */
    boolean[] arrived = new boolean[0];
    /** Its trigger was reached. */
    boolean[] triggered = new boolean[0];
    /** A limit that did not take when it came and now waits in the book. */
    boolean[] resting = new boolean[0];

    /** What it may fill now, what it has filled, and what sleeps until the entry fills. */
    long[] open = new long[0];

    long[] filled = new long[0];
    long[] asleep = new long[0];
    /** The largest position in its direction that it may lead to, whatever its owner's limits say at the fill. */
    long[] promised = new long[0];
    /** Prices; 0 for none. The best price since the order for trailing stops. */
    long[] limit = new long[0];

    long[] trigger = new long[0];
    long[] best = new long[0];
    double[] trail = new double[0];
    /** Last price known at the decision; 0 if unknown. */
    long[] reference = new long[0];

    long[] active = new long[0];
    long[] cancelAt = new long[0];
    long[] expires = new long[0];
    /** Slots of the order that ends with this one, of the entry, and of the first exit (the second is its other). */
    int[] other = new int[0];

    int[] entry = new int[0];
    int[] exit = new int[0];
    /** Bar in which it came to life inside, at which price, and which prices had to come after that. */
    long[] wokenBar = new long[0];

    long[] from = new long[0];
    byte[] forced = new byte[0];
    /** Bar in which it has had its attempt. */
    long[] spentBar = new long[0];

    int[] next = new int[0];
    private int[] previous = new int[0];
    final int[] head;
    private final int[] tail;
    private final int[] sizes;
    private final boolean[] ended;
    private final NumberIndex index = new NumberIndex();
    private int free = NONE;
    private int living;

    OrderTable(int instruments) {
        head = filled(instruments);
        tail = filled(instruments);
        sizes = new int[instruments];
        ended = new boolean[instruments];
    }

    private static int[] filled(int length) {
        int[] array = new int[length];
        Arrays.fill(array, NONE);
        return array;
    }

    int living() {
        return living;
    }

    int size(int instrumentNumber) {
        return sizes[instrumentNumber];
    }

    int slot(long orderNumber) {
        return index.get(orderNumber);
    }

    boolean isAlive(int slot) {
        return !state[slot].isFinal();
    }

    /** A slot for a new order at the end of its instrument's chain, in state CREATED, everything else blank. */
    int add(long orderNumber, int instrumentNumber) {
        if (free == NONE) {
            grow();
        }
        int slot = free;
        free = next[slot];
        blank(slot);
        number[slot] = orderNumber;
        instrument[slot] = instrumentNumber;
        next[slot] = NONE;
        previous[slot] = tail[instrumentNumber];
        if (tail[instrumentNumber] == NONE) {
            head[instrumentNumber] = slot;
        } else {
            next[tail[instrumentNumber]] = slot;
        }
        tail[instrumentNumber] = slot;
        sizes[instrumentNumber]++;
        living++;
        index.put(orderNumber, slot);
        return slot;
    }

    private void blank(int slot) {
        state[slot] = OrderState.CREATED;
        arrived[slot] = false;
        triggered[slot] = false;
        resting[slot] = false;
        filled[slot] = 0;
        asleep[slot] = 0;
        promised[slot] = 0;
        best[slot] = 0;
        cancelAt[slot] = Long.MAX_VALUE;
        other[slot] = NONE;
        entry[slot] = NONE;
        exit[slot] = NONE;
        wokenBar[slot] = 0;
        from[slot] = 0;
        forced[slot] = 0;
        spentBar[slot] = 0;
    }

    /**
     * Moves an order to its next state.
     *
     * @throws IllegalStateException if the step is not legal
     */
    void become(int slot, OrderState to) {
        OrderState now = state[slot];
        if (!now.mayBecome(to)) {
            throw new IllegalStateException("order " + number[slot] + " must not go from " + now + " to " + to);
        }
        state[slot] = to;
        ended[instrument[slot]] |= to.isFinal();
    }

    /** Frees the slots of orders that have ended. */
    void reap(int instrumentNumber) {
        if (!ended[instrumentNumber]) {
            return;
        }
        ended[instrumentNumber] = false;
        for (int slot = head[instrumentNumber]; slot != NONE; ) {
            int following = next[slot];
            if (!isAlive(slot)) {
                remove(slot);
            }
            slot = following;
        }
    }

    private void remove(int slot) {
        int chain = instrument[slot];
        if (previous[slot] == NONE) {
            head[chain] = next[slot];
        } else {
            next[previous[slot]] = next[slot];
        }
        if (next[slot] == NONE) {
            tail[chain] = previous[slot];
        } else {
            previous[next[slot]] = previous[slot];
        }
        unlinkGroup(slot);
        index.remove(number[slot]);
        sizes[chain]--;
        living--;
        next[slot] = free;
        free = slot;
    }

    /** Nobody may point at a slot that will hold another order. */
    private void unlinkGroup(int slot) {
        if (other[slot] != NONE) {
            other[other[slot]] = NONE;
        }
        if (entry[slot] != NONE && exit[entry[slot]] == slot) {
            exit[entry[slot]] = other[slot];
        }
        for (int child = exit[slot], i = 0; child != NONE && i < 2; child = other[child], i++) {
            entry[child] = NONE;
        }
    }

    private void grow() {
        int old = number.length;
        int slots = Math.max(FIRST_SLOTS, 2 * old);
        number = Arrays.copyOf(number, slots);
        instrument = Arrays.copyOf(instrument, slots);
        sign = Arrays.copyOf(sign, slots);
        type = Arrays.copyOf(type, slots);
        timeInForce = Arrays.copyOf(timeInForce, slots);
        state = Arrays.copyOf(state, slots);
        postOnly = Arrays.copyOf(postOnly, slots);
        reduceOnly = Arrays.copyOf(reduceOnly, slots);
        arrived = Arrays.copyOf(arrived, slots);
        triggered = Arrays.copyOf(triggered, slots);
        resting = Arrays.copyOf(resting, slots);
        growNumbers(slots);
        for (int slot = slots - 1; slot >= old; slot--) {
            next[slot] = free;
            free = slot;
        }
    }

    private void growNumbers(int slots) {
        open = Arrays.copyOf(open, slots);
        filled = Arrays.copyOf(filled, slots);
        asleep = Arrays.copyOf(asleep, slots);
        promised = Arrays.copyOf(promised, slots);
        limit = Arrays.copyOf(limit, slots);
        trigger = Arrays.copyOf(trigger, slots);
        best = Arrays.copyOf(best, slots);
        trail = Arrays.copyOf(trail, slots);
        reference = Arrays.copyOf(reference, slots);
        active = Arrays.copyOf(active, slots);
        cancelAt = Arrays.copyOf(cancelAt, slots);
        expires = Arrays.copyOf(expires, slots);
        other = Arrays.copyOf(other, slots);
        entry = Arrays.copyOf(entry, slots);
        exit = Arrays.copyOf(exit, slots);
        wokenBar = Arrays.copyOf(wokenBar, slots);
        from = Arrays.copyOf(from, slots);
        forced = Arrays.copyOf(forced, slots);
        spentBar = Arrays.copyOf(spentBar, slots);
        next = Arrays.copyOf(next, slots);
        previous = Arrays.copyOf(previous, slots);
    }
}
