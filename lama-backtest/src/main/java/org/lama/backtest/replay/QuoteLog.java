package org.lama.backtest.replay;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.lama.backtest.order.OrderEvent;
import org.lama.core.base.Api;

/**
 * The orders of one run in one instrument as our side saw them, one column for each field, in the order in which they were
 * sent, and how long quotes stood. An order that was changed goes on as a row of its own. Times are UTC epoch nanoseconds of our own clock. Grows; not thread-safe while it does.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class QuoteLog {
    /** Not yet, or never. */
    public static final long NEVER = Long.MAX_VALUE;

    private boolean[] buys = new boolean[64];
    private double[] prices = new double[64];
    private double[] quantities = new double[64];
    private double[] filled = new double[64];
    private long[] accepted = new long[64];
    private long[] ended = new long[64];
    private int size;
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
        if (size == buys.length) {
            grow();
        }
        placeOf.put(order, size);
        buys[size] = buy;
        prices[size] = price;
        filled[size] = 0;
        quantities[size] = quantity > 0 && quantity < Double.POSITIVE_INFINITY ? quantity : 0;
        accepted[size] = NEVER;
        ended[size] = NEVER;
        size++;
    }

    private void grow() {
        int room = 2 * size;
        buys = Arrays.copyOf(buys, room);
        prices = Arrays.copyOf(prices, room);
        quantities = Arrays.copyOf(quantities, room);
        filled = Arrays.copyOf(filled, room);
        accepted = Arrays.copyOf(accepted, room);
        ended = Arrays.copyOf(ended, room);
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
        double before = filled[place];
        boolean buy = buys[place];
        quantities[place] = before;
        ended(order, now);
        sent(order, buy, change[0], Math.max(0, change[1] - before));
        accepted(order, now);
    }

    /** The venue took an order; again after a cancel or a change that failed. */
    void accepted(long order, long now) {
        Integer place = placeOf.get(order);
        if (place != null && accepted[place] == NEVER) {
            tick(now);
            accepted[place] = now;
            count(place, 1);
        } else {
            wanted.remove(order);
        }
    }

    void filled(long order, double quantity) {
        Integer place = placeOf.get(order);
        if (place != null) {
            filled[place] += quantity;
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
            ended[place] = now;
            count(place, accepted[place] == NEVER ? 0 : -1);
        }
    }

    private void count(int place, int change) {
        bids += buys[place] ? change : 0;
        asks += buys[place] ? 0 : change;
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
        return size;
    }

    /**
     * Whether an order buys.
     *
     * @param order below {@link #size()}
     * @return false if it sells
     */
    public boolean isBuy(int order) {
        return buys[order];
    }

    /**
     * Limit of an order.
     *
     * @param order below {@link #size()}
     * @return quote currency; NaN for a market order
     */
    public double price(int order) {
        return prices[order];
    }

    /**
     * When we heard that the venue took an order.
     *
     * @param order below {@link #size()}
     * @return {@link #NEVER} if it did not, or filled at once
     */
    public long acceptedNanos(int order) {
        return accepted[order];
    }

    /**
     * When we heard that an order ended.
     *
     * @param order below {@link #size()}
     * @return {@link #NEVER} if it stands at the end
     */
    public long endedNanos(int order) {
        return ended[order];
    }

    /**
     * Share of what was quoted that filled, by quantity.
     *
     * @return in [0, 1]; NaN without orders
     */
    public double fillRatio() {
        double asked = 0;
        double done = 0;
        for (int i = 0; i < size; i++) {
            asked += quantities[i];
            done += filled[i];
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
