package org.lama.backtest.risk;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * The last look at an order before it goes out: trading state, rates, number of open orders, price. Windows are half-open,
 * {@code (now − 1 s, now]} and {@code (now − 60 s, now]}, and count admitted orders: whatever is asked, no window ever
 * holds more than its limit. Mutable, single-threaded; O(1) per order, allocates nothing after construction. Times must
 * not run backwards; if they do, the order counts as of the latest time seen.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class OrderGate {
    private static final long SECOND = 1_000_000_000L;
    /** Beyond this a rate is not counted: no venue takes as many. */
    private static final int LARGEST_RING = 1 << 16;

    private final OrderLimits limits;
    private final Window second;
    private final Window minute;
    private long latest = Long.MIN_VALUE;
    private int deniedInARow;
    private boolean halted;

    /**
     * A gate that has seen no order.
     *
     * @param limits its settings
     */
    public OrderGate(OrderLimits limits) {
        this.limits = Check.notNull(limits, "limits");
        second = new Window(limits.maxPerSecond(), SECOND);
        minute = new Window(limits.maxPerMinute(), 60 * SECOND);
    }

    /**
     * Asks whether an order may go out, and counts it if so.
     *
     * @param timeNanos now, UTC epoch nanoseconds
     * @param state what may be traded now
     * @param reduces whether the order can only bring a position nearer to 0
     * @param openOrders how many orders are open, those whose fate is unknown included
     * @return the first rule that forbids it, or NONE
     */
    public Denial admit(long timeNanos, TradingState state, boolean reduces, int openOrders) {
        if (halted || state == TradingState.HALTED) {
            return Denial.HALTED;
        }
        if (state == TradingState.REDUCING && !reduces) {
            return Denial.REDUCING;
        }
        latest = Math.max(latest, timeNanos);
        if (second.isFull(latest) || minute.isFull(latest)) {
            return denied(Denial.ORDER_RATE);
        }
        if (openOrders >= limits.maxOpen()) {
            return denied(Denial.OPEN_ORDERS);
        }
        deniedInARow = 0;
        second.add(latest);
        minute.add(latest);
        return Denial.NONE;
    }

    private Denial denied(Denial reason) {
        deniedInARow++;
        halted = limits.haltAfterDenials() > 0 && deniedInARow >= limits.haltAfterDenials();
        return reason;
    }

    /**
     * Judges the price of an order; a pure function of its arguments and the settings.
     *
     * @param price limit or trigger price, above 0
     * @param reference last known price; NaN if unknown
     * @param referenceAgeNanos age of the reference
     * @return PRICE_COLLAR if {@code |price/reference − 1| > collar} or the price is no positive number; STALE_REFERENCE
     *     if there is no reference young enough; else NONE
     */
    public Denial judgePrice(double price, double reference, long referenceAgeNanos) {
        if (limits.collar() == Double.POSITIVE_INFINITY) {
            return Denial.NONE;
        }
        if (!(reference > 0 && reference < Double.POSITIVE_INFINITY)
                || referenceAgeNanos > limits.maxReferenceAge().toNanos()) {
            return Denial.STALE_REFERENCE;
        }
        return price > 0 && Math.abs(price / reference - 1) <= limits.collar() ? Denial.NONE : Denial.PRICE_COLLAR;
    }

    /**
     * Whether an order storm has halted the gate.
     *
     * @return true until {@link #rearm}
     */
    public boolean isHalted() {
        return halted;
    }

    /** Ends a halt by an explicit decision; the windows keep their counts. */
    public void rearm() {
        halted = false;
        deniedInARow = 0;
    }

    /** The times of the last {@code most} orders, in a ring: full if the oldest of them is still within the length. */
    private static final class Window {
        private final long[] times;
        private final long lengthNanos;
        private int next;
        private int count;

        Window(int most, long lengthNanos) {
            times = new long[most > LARGEST_RING ? 0 : most];
            this.lengthNanos = lengthNanos;
        }

        boolean isFull(long now) {
            return times.length > 0 && count == times.length && now - times[next] < lengthNanos;
        }

        void add(long now) {
            if (times.length > 0) {
                times[next] = now;
                next = next + 1 == times.length ? 0 : next + 1;
                count = Math.min(count + 1, times.length);
            }
        }
    }
}
