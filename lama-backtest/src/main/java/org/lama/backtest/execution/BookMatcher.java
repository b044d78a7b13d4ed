package org.lama.backtest.execution;

import java.util.Arrays;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderNormaliser;
import org.lama.backtest.order.OrderRequest.TimeInForce;
import org.lama.core.market.CostModel.Role;
import org.lama.core.market.Side;

/** What a snapshot of the book does to our orders. */
final class BookMatcher {
    private static final int NONE = OrderTable.NONE;

    private final OrderTable orders;
    private final OrderLife life;
    private final boolean[] hasBook;
    /** What is left of the snapshot after ours took. */
    private long[] bidsLeft = new long[32];

    private long[] asksLeft = new long[32];

    BookMatcher(OrderLife life) {
        this.life = life;
        orders = life.orders;
        hasBook = new boolean[life.budget.length];
    }

    boolean hasBook(int instrument) {
        return hasBook[instrument];
    }

    void note(int instrument) {
        hasBook[instrument] = true;
    }

    void match(
            int instrument,
            long tsNanos,
            long serial,
            long[] bidTicks,
            long[] bidLots,
            long[] askTicks,
            long[] askLots) {
        note(instrument);
        bidsLeft = lend(bidsLeft, bidTicks, bidLots);
        asksLeft = lend(asksLeft, askTicks, askLots);
        life.waking(serial, (byte) 0);
        for (int slot = orders.head[instrument]; slot != NONE; slot = orders.next[slot]) {
            if (life.isReady(slot, tsNanos) && orders.wokenBar[slot] != serial) {
                boolean buys = orders.sign[slot] > 0;
                serve(slot, tsNanos, buys ? askTicks : bidTicks, buys ? asksLeft : bidsLeft);
            }
        }
    }

    /** Sizes up to the first level without a price, zeros after it. */
    private static long[] lend(long[] scratch, long[] ticks, long[] lots) {
        long[] left = scratch.length >= ticks.length ? scratch : new long[2 * ticks.length];
        Arrays.fill(left, 0);
        for (int level = 0; level < ticks.length && ticks[level] > 0; level++) {
            left[level] = Math.max(0, lots[level]);
        }
        return left;
    }

    private void serve(int slot, long tsNanos, long[] ticks, long[] left) {
        long best = best(ticks, left);
        if (life.isWaiting(slot) && !triggers(slot, tsNanos, best)) {
            return;
        }
        if (life.isMarketLike(slot)) {
            take(slot, tsNanos, ticks, left);
        } else if (orders.resting[slot]) {
            meet(slot, tsNanos, ticks, left);
        } else if (best > 0 && life.crosses(slot, best) && !orders.postOnly[slot]) {
            take(slot, tsNanos, ticks, left);
            if (orders.isAlive(slot)) {
                life.judge(slot, tsNanos, best, false);
            }
        } else {
            life.judge(slot, tsNanos, best, best > 0 && life.crosses(slot, best));
        }
    }

    private static long best(long[] ticks, long[] left) {
        for (int level = 0; level < ticks.length; level++) {
            if (left[level] > 0) {
                return ticks[level];
            }
        }
        return 0;
    }

    /** A trigger looks at the price at which the order could trade. */
    private boolean triggers(int slot, long tsNanos, long best) {
        life.arrive(slot, tsNanos);
        if (best == 0) {
            return false;
        }
        if (orders.best[slot] == 0) {
            life.follow(slot, best);
        }
        if (!life.hits(slot, best)) {
            life.follow(slot, best);
            return false;
        }
        life.trigger(slot, tsNanos);
        return true;
    }

    private void take(int slot, long tsNanos, long[] ticks, long[] left) {
        if (orders.timeInForce[slot] == TimeInForce.FOK) {
            takeWhole(slot, tsNanos, ticks, left);
        } else {
            walk(slot, tsNanos, ticks, left);
        }
        life.endAtOnce(slot, tsNanos);
    }

    private void walk(int slot, long tsNanos, long[] ticks, long[] left) {
        int instrument = orders.instrument[slot];
        long best = best(ticks, left);
        for (int level = 0; level < ticks.length && orders.open[slot] > 0; level++) {
            if (left[level] > 0 && isWithin(slot, ticks[level])) {
                life.budget[instrument] = left[level];
                left[level] -= life.fill(slot, tsNanos, ticks[level], best, Role.TAKER);
            }
        }
    }

    private boolean isWithin(int slot, long levelTicks) {
        return orders.limit[slot] == 0 || life.crosses(slot, levelTicks);
    }

    /** One fill at the average price of the levels, rounded against us, or none. */
    private void takeWhole(int slot, long tsNanos, long[] ticks, long[] left) {
        int instrument = orders.instrument[slot];
        long wanted = orders.open[slot];
        long missing = wanted;
        double cost = 0;
        for (int level = 0; level < ticks.length && missing > 0; level++) {
            long taken = isWithin(slot, ticks[level]) ? Math.min(missing, left[level]) : 0;
            missing -= taken;
            cost += (double) taken * ticks[level];
        }
        if (missing > 0) {
            life.end(slot, tsNanos, Reason.TIME_IN_FORCE);
            return;
        }
        OrderNormaliser rule = life.rules[instrument];
        Side side = life.side(slot);
        long average = rule.adverseTicks(side, cost / wanted / tickUnits(rule));
        life.budget[instrument] = Long.MAX_VALUE;
        long taken = life.fill(slot, tsNanos, average, best(ticks, left), Role.TAKER);
        remove(taken, ticks, left);
    }

    private static double tickUnits(OrderNormaliser rule) {
        return 1 / rule.scale().price(1);
    }

    private static void remove(long lots, long[] ticks, long[] left) {
        long missing = lots;
        for (int level = 0; level < ticks.length && missing > 0; level++) {
            long taken = Math.min(missing, left[level]);
            left[level] -= taken;
            missing -= taken;
        }
    }

    /** The other side has crossed a limit at rest: it fills with a share of what is offered at such prices. */
    private void meet(int slot, long tsNanos, long[] ticks, long[] left) {
        long offered = 0;
        for (int level = 0; level < ticks.length; level++) {
            if (left[level] > 0 && life.passes(slot, ticks[level])) {
                offered += left[level];
            }
        }
        if (offered == 0) {
            return;
        }
        int instrument = orders.instrument[slot];
        long share = (long) (offered * life.settings.participation());
        life.budget[instrument] = life.rules[instrument].wholeSteps(share);
        long before = orders.filled[slot];
        life.make(slot, tsNanos);
        remove(orders.filled[slot] - before, ticks, left);
    }
}
