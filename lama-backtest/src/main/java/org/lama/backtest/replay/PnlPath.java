package org.lama.backtest.replay;

import org.lama.core.base.Api;

/**
 * Position and profit of a replay in one instrument over the time at its venue. Profit is marked at the last valid mid,
 * after fees. Immutable; sums are exact; a question costs O(log).
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class PnlPath {
    private static final double FEE_UNITS = 1e8;

    private final FillMarks marks;
    private final OwnFills fills;
    private final MidPath mids;
    /** Sums before each fill; one entry more than fills. */
    private final long[] positionLots;

    private final long[] cashUnits;
    private final long[] feeUnits;
    private final long[] spreadUnits;
    private final long mostLots;
    private final double drawdown;

    PnlPath(FillMarks marks) {
        this.marks = marks;
        fills = marks.fills();
        mids = marks.mids();
        int n = fills.size();
        positionLots = new long[n + 1];
        cashUnits = new long[n + 1];
        feeUnits = new long[n + 1];
        spreadUnits = new long[n + 1];
        long most = 0;
        for (int i = 0; i < n; i++) {
            long lots = fills.signedLots(i);
            long paid = Math.multiplyExact(lots, 2 * fills.ticks(i));
            positionLots[i + 1] = positionLots[i] + lots;
            cashUnits[i + 1] = Math.subtractExact(cashUnits[i], paid);
            feeUnits[i + 1] = Math.addExact(feeUnits[i], fills.feeUnits(i));
            spreadUnits[i + 1] = Math.addExact(spreadUnits[i], marks.spread(i));
            most = Math.max(most, Math.abs(positionLots[i + 1]));
        }
        mostLots = most;
        drawdown = fall();
    }

    /** The largest fall of the marked profit, over every fill and every step of the mid. */
    private double fall() {
        double peak = 0;
        double worst = 0;
        int fill = 0;
        for (int step = 0; step < mids.size(); step++) {
            while (fill < fills.size() && fills.nanos(fill) <= mids.nanos(step)) {
                fill++;
                double now = value(fill, mids.halfTicks(Math.max(0, step - 1)));
                peak = Math.max(peak, now);
                worst = Math.max(worst, peak - now);
            }
            double now = value(fill, mids.halfTicks(step));
            peak = Math.max(peak, now);
            worst = Math.max(worst, peak - now);
        }
        while (fill < fills.size()) {
            fill++;
            double now = value(fill, mids.last());
            peak = Math.max(peak, now);
            worst = Math.max(worst, peak - now);
        }
        return worst;
    }

    private double value(int count, long mid) {
        return money(gross(count, mid)) - feeUnits[count] / FEE_UNITS;
    }

    private long gross(int count, long mid) {
        return Math.addExact(cashUnits[count], Math.multiplyExact(positionLots[count], mid));
    }

    private double money(long halfTickLots) {
        return marks.money(halfTickLots);
    }

    /** How many fills had happened before a time. */
    int fillsBefore(long nanos) {
        int low = 0;
        int high = fills.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (fills.nanos(middle) < nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Profit without fees before a time, in half ticks times lots. */
    long grossUnitsBefore(long nanos) {
        return gross(fillsBefore(nanos), mids.before(nanos));
    }

    /** What was captured before a time, in half ticks times lots. */
    long spreadUnitsBefore(long nanos) {
        return spreadUnits[fillsBefore(nanos)];
    }

    /** Fees before a time. */
    long feeUnitsBefore(long nanos) {
        return feeUnits[fillsBefore(nanos)];
    }

    /**
     * The mid before a time.
     *
     * @param nanos UTC epoch nanoseconds at the venue
     * @return quote currency; NaN before the first
     */
    public double mid(long nanos) {
        long mid = mids.before(nanos);
        return mid == MidPath.NONE ? Double.NaN : marks.price(mid);
    }

    /**
     * The position before a time.
     *
     * @param nanos UTC epoch nanoseconds at the venue
     * @return base units, negative if short
     */
    public double position(long nanos) {
        return marks.quantity(positionLots[fillsBefore(nanos)]);
    }

    /**
     * Profit before a time, after fees.
     *
     * @param nanos UTC epoch nanoseconds at the venue
     * @return quote currency
     */
    public double profit(long nanos) {
        return money(grossUnitsBefore(nanos)) - feeUnitsBefore(nanos) / FEE_UNITS;
    }

    /**
     * What was captured against the mid before a time.
     *
     * @param nanos UTC epoch nanoseconds at the venue
     * @return quote currency
     */
    public double spread(long nanos) {
        return money(spreadUnitsBefore(nanos));
    }

    /**
     * What moves of the mid gave to the position before a time.
     *
     * @param nanos UTC epoch nanoseconds at the venue
     * @return quote currency
     */
    public double inventory(long nanos) {
        return money(grossUnitsBefore(nanos) - spreadUnitsBefore(nanos));
    }

    /**
     * Fees before a time.
     *
     * @param nanos UTC epoch nanoseconds at the venue
     * @return quote currency, negative for rebates
     */
    public double fees(long nanos) {
        return feeUnitsBefore(nanos) / FEE_UNITS;
    }

    /**
     * The largest position without its sign.
     *
     * @return base units
     */
    public double mostHeld() {
        return marks.quantity(mostLots);
    }

    /**
     * The largest fall of the profit from a peak, looked at on every fill and every step of the mid.
     *
     * @return quote currency, at least 0
     */
    public double maxDrawdown() {
        return drawdown;
    }

    /**
     * When the feed began.
     *
     * @return UTC epoch nanoseconds at the venue
     */
    public long firstNanos() {
        return mids.firstNanos();
    }

    /**
     * When the feed ended.
     *
     * @return UTC epoch nanoseconds at the venue
     */
    public long lastNanos() {
        return mids.lastNanos();
    }
}
