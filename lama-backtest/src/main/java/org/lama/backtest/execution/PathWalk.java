package org.lama.backtest.execution;

/** Walks a price through a bar on a fixed path and meets the orders as it passes them. */
final class PathWalk {
    private static final int NONE = OrderTable.NONE;

    private final OrderTable orders;
    private final OrderLife life;
    private final BarTable bars;
    private final BarReach reach;
    private final ForcedExit forcedExit;

    PathWalk(OrderLife life, BarTable bars, BarReach reach, ForcedExit forcedExit) {
        this.life = life;
        this.bars = bars;
        this.reach = reach;
        this.forcedExit = forcedExit;
        orders = life.orders;
    }

    /** Told which order the price has reached. */
    interface Visitor {
        /** The price reaches an order. */
        void hit(int slot, long priceTicks);
    }

    void over(int instrument, long first, long second, Visitor visitor) {
        leg(instrument, bars.open[instrument], first, visitor);
        leg(instrument, first, second, visitor);
        leg(instrument, second, bars.close[instrument], visitor);
    }

    private void leg(int instrument, long from, long to, Visitor visitor) {
        long now = bars.closeNanos[instrument];
        long at = from;
        int slot = nearest(instrument, at, to);
        while (slot != NONE) {
            long met = priceOn(slot, at);
            if (forcedExit.takes(instrument, now, at, met)) {
                return;
            }
            at = met;
            visitor.hit(slot, at);
            slot = nearest(instrument, at, to);
        }
        if (forcedExit.takes(instrument, now, at, to)) {
            return;
        }
        for (int other = orders.head[instrument]; other != NONE; other = orders.next[other]) {
            if (reach.isPresent(other) && reach.isTrailing(other)) {
                life.follow(other, to);
            }
        }
    }

    /** The order that the price meets first on its way; at equal prices the older one. */
    private int nearest(int instrument, long at, long to) {
        int found = NONE;
        long distance = Long.MAX_VALUE;
        for (int slot = orders.head[instrument]; slot != NONE; slot = orders.next[slot]) {
            if (reach.isPresent(slot) && isOn(slot, at, to)) {
                long away = Math.abs(priceOn(slot, at) - at);
                if (away < distance) {
                    distance = away;
                    found = slot;
                }
            }
        }
        return found;
    }

    private boolean isOn(int slot, long at, long to) {
        boolean unjudged = !life.isWaiting(slot) && !orders.resting[slot];
        return unjudged || reach.isMet(slot, at) || reach.isMet(slot, to);
    }

    /** Where on its way the price meets an order that is on it. */
    private long priceOn(int slot, long at) {
        boolean unjudged = !life.isWaiting(slot) && !orders.resting[slot];
        return (unjudged || reach.isMet(slot, at)) ? at : reach.level(slot);
    }
}
