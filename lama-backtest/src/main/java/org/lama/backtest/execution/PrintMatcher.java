package org.lama.backtest.execution;

/** What a print of the venue's tape does to our orders. */
final class PrintMatcher {
    private static final int NONE = OrderTable.NONE;

    private final OrderTable orders;
    private final OrderLife life;
    /** Price of the last print; 0 before the first. */
    private final long[] last;

    PrintMatcher(OrderLife life) {
        this.life = life;
        orders = life.orders;
        last = new long[life.budget.length];
    }

    /** With a serial number of its own, so that what comes to life through this print waits for the next. */
    void match(int instrument, long tsNanos, long priceTicks, long lots, long serial, boolean hasBook) {
        double share = life.settings.participation();
        life.budget[instrument] = life.rules[instrument].wholeSteps((long) (lots * share));
        life.waking(serial, (byte) 0);
        for (int slot = orders.head[instrument]; slot != NONE; slot = orders.next[slot]) {
            if (life.isReady(slot, tsNanos) && orders.wokenBar[slot] != serial) {
                serve(slot, tsNanos, priceTicks, hasBook);
            }
        }
        last[instrument] = priceTicks;
    }

    void note(int instrument, long priceTicks) {
        last[instrument] = priceTicks;
    }

    private void serve(int slot, long tsNanos, long priceTicks, boolean hasBook) {
        if (life.isWaiting(slot)) {
            watch(slot, tsNanos, priceTicks);
        } else if (orders.resting[slot]) {
            if (life.passes(slot, priceTicks)) {
                life.make(slot, tsNanos);
            }
        } else if (!hasBook) {
            if (life.isMarketLike(slot)) {
                life.take(slot, tsNanos, priceTicks);
            } else {
                judge(slot, tsNanos, priceTicks);
            }
        }
    }

    /** A trigger that this print reaches works from the next one on: this one has already traded. */
    private void watch(int slot, long tsNanos, long priceTicks) {
        life.arrive(slot, tsNanos);
        if (orders.best[slot] == 0) {
            life.follow(slot, priceTicks);
        }
        if (life.hits(slot, priceTicks)) {
            life.trigger(slot, tsNanos);
        } else {
            life.follow(slot, priceTicks);
        }
    }

    /** Without a book the last price tells whether a limit would take. */
    private void judge(int slot, long tsNanos, long priceTicks) {
        long known = last[orders.instrument[slot]];
        if (known == 0) {
            known = orders.reference[slot] > 0 ? orders.reference[slot] : priceTicks;
        }
        boolean would = life.crosses(slot, known);
        boolean takes = would && (orders.postOnly[slot] || life.crosses(slot, priceTicks));
        life.judge(slot, tsNanos, priceTicks, takes);
        if (!would && orders.isAlive(slot) && life.passes(slot, priceTicks)) {
            life.make(slot, tsNanos);
        }
    }
}
