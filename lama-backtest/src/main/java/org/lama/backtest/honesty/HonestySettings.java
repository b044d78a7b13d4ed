package org.lama.backtest.honesty;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Settings of {@link StrategyHonesty}.
 *
 * @param cuts number of places in time at which the future is spoilt, at least 20; fewer if there are fewer bars
 * @param firstBar bar of the union grid before which no cut is made, at least 1: the strategy's warm-up may be skipped
 * @param calendar true for strategies that read the clock (hours, week days): they are not shifted by one bar
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record HonestySettings(int cuts, int firstBar, boolean calendar) {
    /** Twenty cuts over all bars, no calendar. */
    public static final HonestySettings DEFAULT = new HonestySettings(20, 1, false);

    /**
     * Checks ranges.
     *
     * @param cuts number of places in time at which the future is spoilt, at least 20; fewer if there are fewer bars
     * @param firstBar bar of the union grid before which no cut is made, at least 1: the strategy's warm-up may be skipped
     * @param calendar true for strategies that read the clock (hours, week days): they are not shifted by one bar
     */
    public HonestySettings {
        Check.atLeast(cuts, 20, "cuts");
        Check.atLeast(firstBar, 1, "firstBar");
    }
}
