package org.lama.backtest.execution;

import java.util.Arrays;

/**
 * The band of prices and the time within which no bar can change anything for the orders of an instrument, so that such
 * bars cost a few comparisons however many orders rest. Found anew at the bar after a change.
 */
final class Stillness {
    private static final int NONE = OrderTable.NONE;

    private final OrderTable orders;
    private final OrderLife life;
    /** Highest price at or below which something happens, lowest at or above which, and the time at which. */
    private final long[] below;

    private final long[] above;
    private final long[] due;
    private final boolean[] still;

    Stillness(OrderLife life) {
        this.life = life;
        orders = life.orders;
        int instruments = life.budget.length;
        below = new long[instruments];
        above = new long[instruments];
        due = new long[instruments];
        still = new boolean[instruments];
        Arrays.fill(due, Long.MIN_VALUE);
    }

    /** Whether the bar that was laid out last changes nothing. */
    boolean isStill(int instrument) {
        return still[instrument];
    }

    /** A bar is laid out; without prices its low is 0. */
    void open(int instrument, long closeNanos, long low, long high) {
        if (due[instrument] == Long.MIN_VALUE) {
            survey(instrument);
        }
        still[instrument] =
                closeNanos < due[instrument] && low > below[instrument] && high < above[instrument] && low > 0;
    }

    /** Something has changed: until the next survey nothing is still. */
    void disturb(int instrument) {
        still[instrument] = false;
        due[instrument] = Long.MIN_VALUE;
    }

    /** Looks through all orders of an instrument. */
    private void survey(int instrument) {
        below[instrument] = 0;
        above[instrument] = Long.MAX_VALUE;
        due[instrument] = Long.MAX_VALUE;
        for (int slot = orders.head[instrument]; slot != NONE; slot = orders.next[slot]) {
            long until = Math.min(orders.expires[slot], orders.cancelAt[slot]);
            due[instrument] = Math.min(due[instrument], orders.open[slot] > 0 ? dueOf(slot, until) : until);
            if (orders.open[slot] > 0) {
                levels(instrument, slot);
            }
        }
    }

    /** An order on its way, or one that takes what there is, needs every bar. */
    private long dueOf(int slot, long until) {
        boolean waits = life.isWaiting(slot) || orders.resting[slot];
        return orders.arrived[slot] && waits ? until : Long.MIN_VALUE;
    }

    private void levels(int instrument, int slot) {
        boolean buys = orders.sign[slot] > 0;
        boolean waits = life.isWaiting(slot);
        boolean upward = waits && life.isStop(slot) ? buys : !buys;
        note(instrument, upward, waits ? life.triggerTicks(slot) : orders.limit[slot]);
        if (orders.trail[slot] > 0) {
            // a new best price moves the trigger
            note(instrument, !upward, orders.best[slot] + (upward ? -1 : 1));
        }
    }

    private void note(int instrument, boolean upward, long ticks) {
        if (upward) {
            above[instrument] = Math.min(above[instrument], ticks);
        } else {
            below[instrument] = Math.max(below[instrument], ticks);
        }
    }
}
