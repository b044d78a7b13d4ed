package org.lama.backtest.execution;

import org.lama.backtest.order.OrderRequest;

/** Which orders the range of a bar reaches, and which of them whatever the order of its prices was. */
final class BarReach {
    private static final int NONE = OrderTable.NONE;

    private final OrderTable orders;
    private final OrderLife life;
    private final BarTable bars;

    BarReach(OrderLife life, BarTable bars) {
        this.life = life;
        this.bars = bars;
        orders = life.orders;
    }

    /** Whether an order can fill inside the bar at all: alive, at the venue, not at its end before the close. */
    boolean isPresent(int slot) {
        int instrument = orders.instrument[slot];
        return orders.arrived[slot]
                && orders.open[slot] > 0
                && orders.isAlive(slot)
                && orders.spentBar[slot] != bars.serial[instrument]
                && orders.expires[slot] >= bars.closeNanos[instrument]
                && !life.isMarketLike(slot);
    }

    /** Whether it came to life inside this bar rather than before or at its open. */
    boolean isNew(int slot) {
        return orders.wokenBar[slot] == bars.serial[orders.instrument[slot]];
    }

    /** The price at which it fills or triggers next. */
    long level(int slot) {
        return life.isWaiting(slot) ? life.triggerTicks(slot) : orders.limit[slot];
    }

    /** Whether that price lies above those that do not fill it. */
    boolean isUpward(int slot) {
        boolean buys = orders.sign[slot] > 0;
        return life.isWaiting(slot) && life.isStop(slot) ? buys : !buys;
    }

    /** Whether the order lies against the position: a stop that still waits. */
    boolean isAdverse(int slot) {
        return life.isWaiting(slot) && life.isStop(slot);
    }

    /** Whether a price does what the order waits for. */
    boolean isMet(int slot, long priceTicks) {
        return life.isWaiting(slot) ? life.hits(slot, priceTicks) : life.passes(slot, priceTicks);
    }

    /** Whether the range of the bar meets it. */
    boolean isInRange(int slot) {
        int instrument = orders.instrument[slot];
        return isMet(slot, isUpward(slot) ? bars.high[instrument] : bars.low[instrument]);
    }

    /** Whether it is met whatever the order of prices: at once, by what must still come, or by the close. */
    boolean isForced(int slot) {
        if (!isNew(slot)) {
            return isInRange(slot);
        }
        int instrument = orders.instrument[slot];
        byte still = isUpward(slot) ? OrderTable.UP : OrderTable.DOWN;
        return isMet(slot, orders.from[slot])
                || ((orders.forced[slot] & still) != 0 && isInRange(slot))
                || isMet(slot, bars.close[instrument]);
    }

    /** The prices that must still come after one that was reached for the first time, seen from the open. */
    byte forcedAfter(int instrument, long priceTicks) {
        long open = bars.open[instrument];
        int above = priceTicks >= open ? OrderTable.UP : 0;
        int below = priceTicks <= open ? OrderTable.DOWN : 0;
        return (byte) (above | below);
    }

    /** Notes whether the order of prices decides: another exit of the same position lies in the bar too. */
    void noteRivals(int slot) {
        int instrument = orders.instrument[slot];
        int other = orders.other[slot];
        if (other != NONE) {
            if (isPresent(other) && isInRange(other)) {
                bars.markAmbiguous(instrument);
            }
            return;
        }
        if (!orders.reduceOnly[slot]) {
            return;
        }
        for (int rival = orders.head[instrument]; rival != NONE; rival = orders.next[rival]) {
            boolean opposed = orders.reduceOnly[rival]
                    && orders.sign[rival] == orders.sign[slot]
                    && isUpward(rival) != isUpward(slot);
            if (rival != slot && opposed && isPresent(rival) && isInRange(rival)) {
                bars.markAmbiguous(instrument);
                return;
            }
        }
    }

    /** Notes whether the order of prices decides what becomes of exits whose entry has just filled inside the bar. */
    void noteExits(int slot) {
        int first = orders.exit[slot];
        if (first == NONE) {
            return;
        }
        int second = orders.other[first];
        boolean firstReached = isPresent(first) && isInRange(first);
        boolean secondReached = second != NONE && isPresent(second) && isInRange(second);
        boolean open = (firstReached && !isForced(first)) || (secondReached && !isForced(second));
        if (open || (firstReached && secondReached)) {
            bars.markAmbiguous(orders.instrument[slot]);
        }
    }

    boolean isTrailing(int slot) {
        return orders.type[slot] == OrderRequest.Type.TRAILING_STOP && life.isWaiting(slot);
    }
}
