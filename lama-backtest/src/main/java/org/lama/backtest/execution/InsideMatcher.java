package org.lama.backtest.execution;

import org.lama.backtest.execution.PathWalk.Visitor;

/**
 * What fills between the open and the close of a bar. On a fixed path the orders are met as the price passes them. On the
 * two extreme paths each position has its own order of prices, the worst or the best that its bar allows: stops and the
 * rest go in two classes, the class that hurts (or helps) first; an exit whose entry filled in this bar goes with the
 * other class only if it is met whatever the order of prices.
 */
final class InsideMatcher implements Visitor {
    private static final int NONE = OrderTable.NONE;

    private final OrderTable orders;
    private final OrderLife life;
    private final BarTable bars;
    private final BarReach reach;
    private final IntrabarPath path;
    private final PathWalk walk;
    private final ForcedExit forcedExit;

    InsideMatcher(OrderLife life, BarTable bars) {
        this.life = life;
        this.bars = bars;
        orders = life.orders;
        path = life.settings.path();
        reach = new BarReach(life, bars);
        forcedExit = new ForcedExit(life, bars, reach);
        walk = new PathWalk(life, bars, reach, forcedExit);
    }

    void match(int instrument) {
        forcedExit.noteRivals(instrument);
        if (path == IntrabarPath.PESSIMISTIC || path == IntrabarPath.OPTIMISTIC) {
            extremes(instrument);
        } else {
            walk.over(instrument, first(instrument), second(instrument), this);
        }
    }

    private long first(int instrument) {
        return lowFirst(instrument) ? bars.low[instrument] : bars.high[instrument];
    }

    private long second(int instrument) {
        return lowFirst(instrument) ? bars.high[instrument] : bars.low[instrument];
    }

    private boolean lowFirst(int instrument) {
        return path.lowFirst(bars.open[instrument], bars.high[instrument], bars.low[instrument]);
    }

    /** Takes a position away whose end lies at a price or before it. */
    void endPosition(int instrument, long tsNanos, long priceTicks) {
        forcedExit.takes(instrument, tsNanos, bars.open[instrument], priceTicks);
    }

    private void extremes(int instrument) {
        boolean stopsFirst = path == IntrabarPath.PESSIMISTIC;
        boolean again = orders.head[instrument] != NONE;
        while (again) {
            again = judgeNew(instrument)
                    || pass(instrument, stopsFirst, false)
                    || pass(instrument, !stopsFirst, true)
                    || forcedExit.takesInRange(instrument);
        }
    }

    /** Limits that came to life in this bar first show whether they take. */
    private boolean judgeNew(int instrument) {
        boolean changed = false;
        for (int slot = orders.head[instrument]; slot != NONE; slot = orders.next[slot]) {
            if (reach.isPresent(slot) && !life.isWaiting(slot) && !orders.resting[slot]) {
                hit(slot, reach.isNew(slot) ? orders.from[slot] : bars.open[instrument]);
                changed = true;
            }
        }
        return changed;
    }

    /** Serves the first order of a class that can fill. */
    private boolean pass(int instrument, boolean stops, boolean onlyForced) {
        boolean ends = forcedExit.look(instrument);
        for (int slot = orders.head[instrument]; slot != NONE; slot = orders.next[slot]) {
            if (!reach.isPresent(slot)
                    || reach.isAdverse(slot) != stops
                    || (ends && forcedExit.comesBefore(slot, priceOf(slot), path == IntrabarPath.PESSIMISTIC))) {
                continue;
            }
            if (reach.isTrailing(slot)) {
                if (trails(slot, onlyForced)) {
                    hit(slot, priceOf(slot));
                    return true;
                }
            } else if (onlyForced ? reach.isForced(slot) : reach.isInRange(slot) || isMetAtOnce(slot)) {
                hit(slot, priceOf(slot));
                return true;
            }
        }
        return false;
    }

    private boolean isMetAtOnce(int slot) {
        return reach.isNew(slot) && reach.isMet(slot, orders.from[slot]);
    }

    private long priceOf(int slot) {
        return isMetAtOnce(slot) ? orders.from[slot] : reach.level(slot);
    }

    /**
     * A trailing stop in a bar: with the best price as it was, and as the bar makes it. If it is not hit the best price
     * moves on, once.
     *
     * @return whether it is hit; its best price is then the one that counts
     */
    private boolean trails(int slot, boolean onlyForced) {
        int instrument = orders.instrument[slot];
        boolean sells = orders.sign[slot] < 0;
        long contrary = sells ? bars.low[instrument] : bars.high[instrument];
        long before = orders.best[slot];
        long after = bestAfter(slot, sells);
        long early = life.trailTicks(slot, before);
        long late = life.trailTicks(slot, after);
        boolean earlyHit = sells ? contrary <= early : contrary >= early;
        boolean lateHit = sells ? contrary <= late : contrary >= late;
        if (lateHit && early != late) {
            bars.markAmbiguous(instrument);
        }
        if (!onlyForced && earlyHit) {
            return true;
        }
        orders.best[slot] = after;
        boolean atClose = sells ? bars.close[instrument] <= late : bars.close[instrument] >= late;
        boolean hit = onlyForced ? atClose || (earlyHit && !isFree(slot)) : lateHit;
        if (!hit) {
            orders.spentBar[slot] = bars.serial[instrument];
        }
        return hit;
    }

    /** Whether the contrary extreme may have come before the order did. */
    private boolean isFree(int slot) {
        byte contrary = orders.sign[slot] < 0 ? OrderTable.DOWN : OrderTable.UP;
        return reach.isNew(slot) && (orders.forced[slot] & contrary) == 0;
    }

    private long bestAfter(int slot, boolean sells) {
        int instrument = orders.instrument[slot];
        byte favourable = sells ? OrderTable.UP : OrderTable.DOWN;
        boolean sees = !reach.isNew(slot) || (orders.forced[slot] & favourable) != 0;
        long extreme = sells ? bars.high[instrument] : bars.low[instrument];
        long seen = sees ? extreme : bars.close[instrument];
        return sells ? Math.max(orders.best[slot], seen) : Math.min(orders.best[slot], seen);
    }

    /** The price reaches an order. */
    @Override
    public void hit(int slot, long priceTicks) {
        int instrument = orders.instrument[slot];
        long serial = bars.serial[instrument];
        long now = bars.closeNanos[instrument];
        boolean wasWaiting = life.isWaiting(slot);
        byte forced = reach.isNew(slot) ? 0 : reach.forcedAfter(instrument, priceTicks);
        long filledBefore = orders.filled[slot];
        reach.noteRivals(slot);
        life.waking(serial, forced);
        boolean rested = orders.resting[slot];
        if (rested) {
            life.make(slot, now);
        } else {
            life.serve(slot, now, priceTicks);
        }
        if (!rested && orders.resting[slot] && orders.filled[slot] == filledBefore) {
            if (wasWaiting) {
                orders.wokenBar[slot] = serial;
                orders.from[slot] = priceTicks;
                orders.forced[slot] = forced;
            }
        } else {
            orders.spentBar[slot] = serial;
        }
        reach.noteExits(slot);
    }
}
