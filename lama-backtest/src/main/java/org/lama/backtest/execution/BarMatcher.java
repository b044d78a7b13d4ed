package org.lama.backtest.execution;

import org.lama.backtest.order.OrderRequest;
import org.lama.core.market.Side;

/** The two ends of a bar: its open, its close, and market orders that arrive in between. */
final class BarMatcher {
    private static final int NONE = OrderTable.NONE;
    private static final byte BOTH = OrderTable.UP | OrderTable.DOWN;

    private final OrderTable orders;
    private final OrderLife life;
    private final BarTable bars;
    private final ExecutionSettings settings;
    private final InsideMatcher inside;

    BarMatcher(OrderLife life) {
        this.life = life;
        orders = life.orders;
        settings = life.settings;
        bars = new BarTable(life.budget.length);
        inside = new InsideMatcher(life, bars);
    }

    void openBar(int instrument, long openNanos, long closeNanos, long volumeLots) {
        bars.times(instrument, openNanos, closeNanos);
        double share = settings.barParticipation();
        life.budget[instrument] = share == Double.POSITIVE_INFINITY
                ? Long.MAX_VALUE
                : life.rules[instrument].wholeSteps((long) (Math.max(0, volumeLots) * share));
    }

    void prices(int instrument, long open, long high, long low, long close) {
        bars.prices(instrument, open, high, low, close);
    }

    /** Lowest price of the bar; 0 where prices are missing. */
    long low(int instrument) {
        return bars.low[instrument];
    }

    long high(int instrument) {
        return bars.high[instrument];
    }

    long ambiguousBars() {
        return bars.ambiguousBars();
    }

    void matchOpen(int instrument, Side side) {
        long now = bars.openNanos[instrument];
        long price = bars.open[instrument];
        boolean atClose = settings.timing() == FillTiming.NEXT_CLOSE;
        life.waking(bars.serial[instrument], BOTH);
        for (int slot = orders.head[instrument]; slot != NONE; slot = orders.next[slot]) {
            if (orders.sign[slot] != side.sign() || !life.isReady(slot, now)) {
                continue;
            }
            if (atClose && orders.type[slot] == OrderRequest.Type.MARKET) {
                orders.arrived[slot] = true;
            } else if (price > 0) {
                life.serve(slot, now, price);
            }
        }
    }

    void matchInside(int instrument) {
        if (!bars.hasInside(instrument)) {
            return;
        }
        if (settings.timing() == FillTiming.CLOSE_WITH_LATENCY) {
            late(instrument, -1);
            late(instrument, 1);
        }
        inside.match(instrument);
    }

    /** Market orders that arrive inside the bar. */
    private void late(int instrument, int sign) {
        life.waking(bars.serial[instrument], (byte) 0);
        for (int slot = orders.head[instrument]; slot != NONE; slot = orders.next[slot]) {
            long arrival = orders.active[slot];
            boolean within = arrival > bars.openNanos[instrument] && arrival < bars.closeNanos[instrument];
            boolean due = within && orders.type[slot] == OrderRequest.Type.MARKET && orders.sign[slot] == sign;
            if (due && life.isReady(slot, arrival)) {
                long price = priceAt(instrument, slot, arrival);
                inside.endPosition(instrument, arrival, price);
                if (orders.isAlive(slot)) {
                    life.take(slot, arrival, price);
                }
            }
        }
    }

    private long priceAt(int instrument, int slot, long nanos) {
        double share = (nanos - bars.openNanos[instrument])
                / (double) (bars.closeNanos[instrument] - bars.openNanos[instrument]);
        return settings.path()
                .ticksAt(
                        life.side(slot),
                        share,
                        bars.open[instrument],
                        bars.high[instrument],
                        bars.low[instrument],
                        bars.close[instrument]);
    }

    void matchClose(int instrument, Side side) {
        long price = bars.close[instrument];
        if (settings.timing() != FillTiming.NEXT_CLOSE || price <= 0) {
            return;
        }
        long now = bars.closeNanos[instrument];
        life.waking(bars.serial[instrument], (byte) 0);
        for (int slot = orders.head[instrument]; slot != NONE; slot = orders.next[slot]) {
            boolean due = orders.type[slot] == OrderRequest.Type.MARKET
                    && orders.sign[slot] == side.sign()
                    && orders.arrived[slot]
                    && orders.isAlive(slot)
                    && orders.expires[slot] >= now;
            if (due) {
                life.take(slot, now, price);
            }
        }
    }
}
