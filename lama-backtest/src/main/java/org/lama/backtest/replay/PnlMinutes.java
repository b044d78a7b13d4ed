package org.lama.backtest.replay;

import org.lama.core.base.Api;

/**
 * The parts of the profit of a replay in stretches of equal length from the first row on, the last one as long as the feed
 * goes. Each column adds up to its whole. The drift of a fill counts in the stretch of the fill. Money is in quote
 * currency; arrays are copies. Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class PnlMinutes {
    private final double[] spread;
    private final double[] inventory;
    private final double[] fees;
    private final double[] profit;
    private final double[][] drift;
    private int filled;

    private PnlMinutes(int count, int horizons) {
        spread = new double[count];
        inventory = new double[count];
        fees = new double[count];
        profit = new double[count];
        drift = new double[horizons][count];
    }

    static PnlMinutes of(FillMarks marks, PnlPath path, long lengthNanos) {
        long first = path.firstNanos();
        long last = path.lastNanos() + 1;
        OwnFills fills = marks.fills();
        // fills after the last row, of orders that were under way, count in the last stretch
        long end = fills.size() == 0 ? last : Math.max(last, fills.nanos(fills.size() - 1) + 1);
        boolean priced = marks.mids().size() > 0;
        int count = priced ? (int) Math.max(1, (last - first + lengthNanos - 1) / lengthNanos) : 0;
        PnlMinutes minutes = new PnlMinutes(count, marks.horizons());
        for (int k = 0; k < count; k++) {
            long from = first + k * lengthNanos;
            minutes.fill(marks, path, k, new long[] {from, k == count - 1 ? end : from + lengthNanos});
        }
        return minutes;
    }

    private void fill(FillMarks marks, PnlPath path, int k, long[] span) {
        long captured = path.spreadUnitsBefore(span[1]) - path.spreadUnitsBefore(span[0]);
        long gross = path.grossUnitsBefore(span[1]) - path.grossUnitsBefore(span[0]);
        spread[k] = marks.money(captured);
        inventory[k] = marks.money(gross - captured);
        fees[k] = path.fees(span[1]) - path.fees(span[0]);
        profit[k] = marks.money(gross) + fees[k];
        int firstFill = path.fillsBefore(span[0]);
        int endFill = path.fillsBefore(span[1]);
        filled += endFill > firstFill ? 1 : 0;
        for (int h = 0; h < drift.length; h++) {
            long sum = 0;
            for (int i = firstFill; i < endFill; i++) {
                sum += marks.drift(h, i);
            }
            drift[h][k] = marks.money(sum);
        }
    }

    /**
     * Number of stretches.
     *
     * @return 0 for a feed without a mid
     */
    public int size() {
        return spread.length;
    }

    /**
     * Number of stretches in which something filled.
     *
     * @return in [0, {@link #size()}]
     */
    public int filled() {
        return filled;
    }

    /**
     * Captured against the mid.
     *
     * @return a copy
     */
    public double[] spread() {
        return spread.clone();
    }

    /**
     * Position times moves of the mid.
     *
     * @return a copy
     */
    public double[] inventory() {
        return inventory.clone();
    }

    /**
     * Fees as they count.
     *
     * @return a copy; below 0 what was paid to the venue, above 0 rebates
     */
    public double[] fees() {
        return fees.clone();
    }

    /**
     * All together.
     *
     * @return a copy
     */
    public double[] profit() {
        return profit.clone();
    }

    /**
     * Drift of the mid within a horizon after the fills of the stretch.
     *
     * @param horizon its position among the horizons of the split
     * @return a copy
     */
    public double[] drift(int horizon) {
        return drift[horizon].clone();
    }
}
