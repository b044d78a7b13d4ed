package org.lama.backtest.replay;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.lama.backtest.order.OrderEvent;
import org.lama.core.base.Api;

/**
 * The orders of one run in one instrument as our side saw them, 48 bytes each, in the order in which they were sent, and how
 * long quotes stood. An order that was changed goes on as a row of its own. Times are UTC epoch nanoseconds of our own
 * clock. The first 32,768 rows lie in memory, all others in a temporary file. Grows; not thread-safe while it does.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class QuoteLog {
    /** Not yet, or never. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int BUY = 0;
    private static final int PRICE = 1;
    private static final int QUANTITY = 2;
    private static final int FILLED = 3;
    private static final int ACCEPTED = 4;
    private static final int ENDED = 5;

    private final LongRows rows = new LongRows(6);
    private final Map<Long, Integer> placeOf = new HashMap<>();
    private final Map<Long, double[]> wanted = new HashMap<>();
    private final Map<OrderEvent.Reason, Long> refusals = new EnumMap<>(OrderEvent.Reason.class);
    private int bids;
    private int asks;
    private long changedNanos;
    private long bothNanos;
    private long anyNanos;

    QuoteLog() {}

    void begin(long now) {
        changedNanos = now;
    }

    void sent(long order, boolean buy, double price, double quantity) {
        int place = rows.add();
        placeOf.put(order, place);
        rows.set(place, BUY, buy ? 1 : 0);
        setNumber(place, PRICE, price);
        setNumber(place, QUANTITY, quantity > 0 && quantity < Double.POSITIVE_INFINITY ? quantity : 0);
        setNumber(place, FILLED, 0);
        rows.set(place, ACCEPTED, NEVER);
        rows.set(place, ENDED, NEVER);
    }

    private double number(int place, int column) {
        return Double.longBitsToDouble(rows.get(place, column));
    }

    private void setNumber(int place, int column, double value) {
        rows.set(place, column, Double.doubleToRawLongBits(value));
    }

    /** The strategy asks to change an order; one change is under way at a time. */
    void amending(long order, double price, double quantity) {
        Integer place = placeOf.get(order);
        if (place != null) {
            wanted.putIfAbsent(order, new double[] {price, quantity});
        }
    }

    /** The venue changed an order: it goes on as a row of its own, with what was left of it. */
    void amended(long order, long now) {
        Integer place = placeOf.get(order);
        double[] change = wanted.remove(order);
        if (place == null || change == null) {
            return;
        }
        double before = number(place, FILLED);
        boolean buy = isBuy(place);
        setNumber(place, QUANTITY, before);
        ended(order, now);
        sent(order, buy, change[0], Math.max(0, change[1] - before));
        accepted(order, now);
    }

    /** The venue took an order; again after a cancel or a change that failed. */
    void accepted(long order, long now) {
        Integer place = placeOf.get(order);
        if (place != null && rows.get(place, ACCEPTED) == NEVER) {
            tick(now);
            rows.set(place, ACCEPTED, now);
            count(place, 1);
        } else {
            wanted.remove(order);
        }
    }

    void filled(long order, double quantity) {
        Integer place = placeOf.get(order);
        if (place != null) {
            setNumber(place, FILLED, number(place, FILLED) + quantity);
        }
    }

    void refused(OrderEvent.Reason reason) {
        refusals.merge(reason, 1L, Long::sum);
    }

    void ended(long order, long now) {
        Integer place = placeOf.remove(order);
        wanted.remove(order);
        if (place != null) {
            tick(now);
            rows.set(place, ENDED, now);
            count(place, rows.get(place, ACCEPTED) == NEVER ? 0 : -1);
        }
    }

    private void count(int place, int change) {
        bids += isBuy(place) ? change : 0;
        asks += isBuy(place) ? 0 : change;
    }

    /** Time goes on. */
    void tick(long now) {
        long passed = Math.max(0, now - changedNanos);
        bothNanos += bids > 0 && asks > 0 ? passed : 0;
        anyNanos += bids > 0 || asks > 0 ? passed : 0;
        changedNanos = Math.max(changedNanos, now);
    }

    /**
     * Number of orders.
     *
     * @return at least 0
     */
    public int size() {
        return rows.size();
    }

    /**
     * Whether an order buys.
     *
     * @param order below {@link #size()}
     * @return false if it sells
     */
    public boolean isBuy(int order) {
        return rows.get(order, BUY) != 0;
    }

    /**
     * Limit of an order.
     *
     * @param order below {@link #size()}
     * @return quote currency; NaN for a market order
     */
    public double price(int order) {
        return number(order, PRICE);
    }

    /**
     * When we heard that the venue took an order.
     *
     * @param order below {@link #size()}
     * @return {@link #NEVER} if it did not, or filled at once
     */
    public long acceptedNanos(int order) {
        return rows.get(order, ACCEPTED);
    }

    /**
     * When we heard that an order ended.
     *
     * @param order below {@link #size()}
     * @return {@link #NEVER} if it stands at the end
     */
    public long endedNanos(int order) {
        return rows.get(order, ENDED);
    }

    /**
     * Share of what was quoted that filled, by quantity.
     *
     * @return in [0, 1]; NaN without orders
     */
    public double fillRatio() {
        double asked = 0;
        double done = 0;
        for (int i = 0; i < rows.size(); i++) {
            asked += number(i, QUANTITY);
            done += number(i, FILLED);
        }
        return done / asked;
    }

    /**
     * Orders that were refused or lost on their way, by reason.
     *
     * @return a view in the order of the reasons
     */
    public Map<OrderEvent.Reason, Long> refusals() {
        return Collections.unmodifiableMap(refusals);
    }

    /**
     * How long orders of both sides stood.
     *
     * @return nanoseconds
     */
    public long bothNanos() {
        return bothNanos;
    }

    /**
     * How long an order of any side stood.
     *
     * @return nanoseconds
     */
    public long anyNanos() {
        return anyNanos;
    }
}
