package org.lama.backtest.honesty;

import java.time.Instant;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * How thoroughly a strategy or model is checked.
 *
 * @param cuts places in time at which the future is spoilt in every way, at least 20; fewer if there are fewer bars
 * @param seed where the cuts fall, and what is resampled
 * @param firstBar bar of all symbols' times before which no cut is made, at least 1
 * @param calendar whether the clock is read (hours, week days): then times are not shifted
 * @param at bars, by their open, after which there is a cut besides: the bars at which something is fitted anew
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record CheckSettings(int cuts, long seed, int firstBar, boolean calendar, List<Instant> at) {
    /** Twenty cuts over all bars, seed 42, no calendar. */
    public static final CheckSettings DEFAULT = new CheckSettings(20, 42, 1, false, List.of());

    /**
     * Checks ranges and copies the list.
     *
     * @param cuts places in time at which the future is spoilt in every way, at least 20; fewer if there are fewer bars
     * @param seed where the cuts fall, and what is resampled
     * @param firstBar bar of all symbols' times before which no cut is made, at least 1
     * @param calendar whether the clock is read (hours, week days): then times are not shifted
     * @param at bars, by their open, after which there is a cut besides: the bars at which something is fitted anew
     */
    public CheckSettings {
        Check.atLeast(cuts, 20, "cuts");
        Check.atLeast(firstBar, 1, "firstBar");
        at = List.copyOf(at);
    }

    /**
     * With another number of cuts.
     *
     * @param count at least 20
     * @return a copy
     */
    public CheckSettings withCuts(int count) {
        return new CheckSettings(count, seed, firstBar, calendar, at);
    }

    /**
     * With another seed.
     *
     * @param other any number
     * @return a copy
     */
    public CheckSettings withSeed(long other) {
        return new CheckSettings(cuts, other, firstBar, calendar, at);
    }

    /**
     * Without cuts before a bar: for what needs a stretch of data before it can decide.
     *
     * @param bar at least 1
     * @return a copy
     */
    public CheckSettings from(int bar) {
        return new CheckSettings(cuts, seed, bar, calendar, at);
    }

    /**
     * For what reads the clock.
     *
     * @return a copy that does not shift times
     */
    public CheckSettings withCalendar() {
        return new CheckSettings(cuts, seed, firstBar, true, at);
    }

    /**
     * With cuts after given bars besides the others.
     *
     * @param bars by their open
     * @return a copy
     */
    public CheckSettings including(List<Instant> bars) {
        return new CheckSettings(cuts, seed, firstBar, calendar, bars);
    }
}
