package org.lama.backtest.replay;

import java.util.Arrays;

/**
 * Messages on their way, delivered in the order in which they were sent: one that would be faster than the one before it
 * comes with it. A ring of columns that grows when it is full. Not thread-safe.
 */
final class MessageBus {
    /** No message: later than all times. */
    static final long NEVER = Long.MAX_VALUE;

    private long[] time = new long[16];
    private long[] sent = new long[16];
    private int[] slot = new int[16];
    private int[] ticks = new int[16];
    private long[] lots = new long[16];
    private long[] left = new long[16];
    private byte[] kind = new byte[16];
    private int first;
    private int size;
    private long next = NEVER;

    /** When the next message comes. */
    long nextNanos() {
        return next;
    }

    void add(byte what, int who, long sentNanos, long arrivesNanos) {
        add(what, who, 0, 0, 0, sentNanos, arrivesNanos);
    }

    void add(byte what, int who, int price, long quantity, long rest, long sentNanos, long arrivesNanos) {
        if (size == time.length) {
            grow();
        }
        int mask = time.length - 1;
        long at = size == 0 ? arrivesNanos : Math.max(arrivesNanos, time[(first + size - 1) & mask]);
        int place = (first + size) & mask;
        time[place] = at;
        sent[place] = sentNanos;
        slot[place] = who;
        ticks[place] = price;
        lots[place] = quantity;
        left[place] = rest;
        kind[place] = what;
        size++;
        if (size == 1) {
            next = at;
        }
    }

    byte kind() {
        return kind[first];
    }

    int slot() {
        return slot[first];
    }

    int ticks() {
        return ticks[first];
    }

    long lots() {
        return lots[first];
    }

    long left() {
        return left[first];
    }

    /** When the first message left. */
    long sentNanos() {
        return sent[first];
    }

    void drop() {
        first = (first + 1) & (time.length - 1);
        size--;
        next = size == 0 ? NEVER : time[first];
    }

    private void grow() {
        int old = time.length;
        time = unrolled(time);
        sent = unrolled(sent);
        lots = unrolled(lots);
        left = unrolled(left);
        int[] slots = new int[2 * old];
        int[] prices = new int[2 * old];
        byte[] kinds = new byte[2 * old];
        for (int i = 0; i < old; i++) {
            int from = (first + i) & (old - 1);
            slots[i] = slot[from];
            prices[i] = ticks[from];
            kinds[i] = kind[from];
        }
        slot = slots;
        ticks = prices;
        kind = kinds;
        first = 0;
    }

    private long[] unrolled(long[] ring) {
        long[] out = Arrays.copyOfRange(ring, first, first + 2 * ring.length);
        System.arraycopy(ring, 0, out, ring.length - first, first);
        return out;
    }
}
