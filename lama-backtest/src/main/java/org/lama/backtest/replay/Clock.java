package org.lama.backtest.replay;

/** What time it is, and until when the market whose turn it is may go on without asking anybody. Not thread-safe. */
final class Clock {
    long now;
    boolean ended;

    /** The last time at which the market in turn goes before all others and before all timers. */
    private long until;

    private int turn;

    void begin(int market, long limit) {
        turn = market;
        until = limit;
    }

    long until() {
        return until;
    }

    /** Something comes at a market: of equal times the earlier market goes first. */
    void expect(int market, long nanos) {
        if (market < turn) {
            until = Math.min(until, nanos - 1);
        } else if (market > turn) {
            until = Math.min(until, nanos);
        }
    }

    /** A timer was set: of equal times it comes last. */
    void expectTimer(long nanos) {
        until = Math.min(until, nanos);
    }
}
