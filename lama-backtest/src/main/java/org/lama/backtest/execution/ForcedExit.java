package org.lama.backtest.execution;

import org.lama.backtest.order.OrderEvent.Reason;

/**
 * Where the venue takes a position away inside a bar: a stop that its owner did not send, cannot move, and that comes
 * before everything which lies at or beyond it.
 */
final class ForcedExit {
    private static final int NONE = OrderTable.NONE;

    private final OrderTable orders;
    private final OrderLife life;
    private final BarTable bars;
    private final BarReach reach;
    /** Price and sign of the position that was looked at last; 0 if nothing is taken away. */
    private long level;

    private int sign;

    ForcedExit(OrderLife life, BarTable bars, BarReach reach) {
        this.life = life;
        this.bars = bars;
        this.reach = reach;
        orders = life.orders;
    }

    /** Looks at the position as it stands now; whether the bar reaches its end. */
    boolean look(int instrument) {
        level = life.liquidationTicks(instrument);
        sign = level > 0 ? life.positionSign(instrument) : 0;
        return isMet(sign > 0 ? bars.low[instrument] : bars.high[instrument]);
    }

    private boolean isMet(long priceTicks) {
        return sign != 0 && sign * (priceTicks - level) <= 0;
    }

    /**
     * Whether the price comes to the end of the position before it comes to an order at a price: always if that lies at or
     * beyond; of exits that lie on the other side if the worst order of prices is asked for.
     */
    boolean comesBefore(int slot, long priceTicks, boolean pessimistic) {
        if (sign == 0 || isMet(priceTicks)) {
            return sign != 0;
        }
        return pessimistic && orders.sign[slot] != sign && isAhead(slot, priceTicks);
    }

    /** Whether an order lies on the side on which the position gains. */
    private boolean isAhead(int slot, long priceTicks) {
        long start = reach.isNew(slot) ? orders.from[slot] : bars.open[orders.instrument[slot]];
        return sign * (priceTicks - start) > 0;
    }

    /** Takes the position away if the price meets its end on its way from one price to another. */
    boolean takes(int instrument, long tsNanos, long from, long to) {
        look(instrument);
        boolean atOnce = isMet(from);
        if (!atOnce && !isMet(to)) {
            return false;
        }
        take(instrument, tsNanos, atOnce ? from : level);
        return true;
    }

    /** Takes the position away at its level if the range of the bar reaches it. */
    boolean takesInRange(int instrument) {
        if (!look(instrument)) {
            return false;
        }
        take(instrument, bars.closeNanos[instrument], level);
        return true;
    }

    private void take(int instrument, long tsNanos, long priceTicks) {
        life.liquidate(tsNanos, instrument, priceTicks);
        for (int slot = orders.head[instrument]; slot != NONE; slot = orders.next[slot]) {
            if (orders.isAlive(slot)) {
                life.end(slot, tsNanos, Reason.LIQUIDATED);
            }
        }
    }

    /** Notes whether the order of prices decides: the end of the position and an exit with profit lie in the bar. */
    void noteRivals(int instrument) {
        if (!look(instrument)) {
            return;
        }
        for (int slot = orders.head[instrument]; slot != NONE; slot = orders.next[slot]) {
            boolean rival = reach.isPresent(slot)
                    && orders.sign[slot] != sign
                    && isAhead(slot, reach.level(slot))
                    && reach.isInRange(slot);
            if (rival) {
                bars.markAmbiguous(instrument);
                return;
            }
        }
    }
}
