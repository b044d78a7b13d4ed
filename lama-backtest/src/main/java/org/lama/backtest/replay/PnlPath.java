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
    private static final int POSITION_LOTS = 0;
    private static final int CASH = 1;
    private static final int FEES = 2;
    private static final int SPREAD = 3;

    private final FillMarks marks;
    private final OwnFills fills;
    private final MidPath mids;
    /** Sums before each fill; one row more than fills. */
    private final LongRows sums = new LongRows(4);

    private final long mostLots;
    private final double drawdown;

    PnlPath(FillMarks marks) {
        this.marks = marks;
        fills = marks.fills();
        mids = marks.mids();
        long most = 0;
        long position = 0;
        long cash = 0;
        long fees = 0;
        long spread = 0;
        addSums(position, cash, fees, spread);
        for (int i = 0; i < fills.size(); i++) {
            long lots = fills.signedLots(i);
            position += lots;
            cash = Math.subtractExact(cash, Math.multiplyExact(lots, 2 * fills.ticks(i)));
            fees = Math.subtractExact(fees, fills.feeUnits(i));
            spread = Math.addExact(spread, marks.spread(i));
            addSums(position, cash, fees, spread);
            most = Math.max(most, Math.abs(position));
        }
        mostLots = most;
        drawdown = fall();
    }

    private void addSums(long position, long cash, long fees, long spread) {
        int row = sums.add();
        sums.set(row, POSITION_LOTS, position);
        sums.set(row, CASH, cash);
        sums.set(row, FEES, fees);
        sums.set(row, SPREAD, spread);
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
        return money(gross(count, mid)) + sums.get(count, FEES) / FEE_UNITS;
    }

    private long gross(int count, long mid) {
        return Math.addExact(sums.get(count, CASH), Math.multiplyExact(sums.get(count, POSITION_LOTS), mid));
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
        return sums.get(fillsBefore(nanos), SPREAD);
    }

    /** Fees before a time, as they count. */
    long feeUnitsBefore(long nanos) {
        return sums.get(fillsBefore(nanos), FEES);
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
        return marks.quantity(sums.get(fillsBefore(nanos), POSITION_LOTS));
    }

    /**
     * Profit before a time, after fees.
     *
     * @param nanos UTC epoch nanoseconds at the venue
     * @return quote currency
     */
    public double profit(long nanos) {
        return money(grossUnitsBefore(nanos)) + feeUnitsBefore(nanos) / FEE_UNITS;
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
     * Fees before a time, as they count.
     *
     * @param nanos UTC epoch nanoseconds at the venue
     * @return quote currency; below 0 what was paid to the venue, above 0 rebates
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
