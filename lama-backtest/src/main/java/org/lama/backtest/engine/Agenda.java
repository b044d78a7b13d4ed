package org.lama.backtest.engine;

/** When the next thing happens that is no bar; one field, since every bar asks several times. */
final class Agenda {
    private long nextNanos = Long.MAX_VALUE;

    long nextNanos() {
        return nextNanos;
    }

    /** Something was added. */
    void add(long nanos) {
        nextNanos = Math.min(nextNanos, nanos);
    }

    /** All was looked through. */
    void set(long nanos) {
        nextNanos = nanos;
    }
}
