package org.lama.backtest.risk;

import java.time.Duration;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Settings of {@link DrawdownControl}. Drawdowns and losses are fractions: 0.15 means 15 % below the peak.
 *
 * @param reducing drawdown from which on positions may only be reduced, above 0; infinite switches it off
 * @param halted drawdown from which on nothing is traded, at least {@code reducing}; infinite switches it off
 * @param resumeBelow drawdown below which trading resumes after {@code reducing}, in [0, reducing]
 * @param coolDown time in REDUCING after which trading resumes all the same, counted from a new peak; zero: never
 * @param maxDailyLoss loss since the last equity of the day before (UTC) from which on positions may only be reduced for
 *     the rest of the day, above 0; infinite switches it off
 * @param flattenOnHalt whether the engine shall close all positions when trading is halted
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record DrawdownLimits(
        double reducing,
        double halted,
        double resumeBelow,
        Duration coolDown,
        double maxDailyLoss,
        boolean flattenOnHalt) {
    /** No limit. */
    public static final DrawdownLimits NONE = new DrawdownLimits(
            Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0, Duration.ZERO, Double.POSITIVE_INFINITY, false);
    /** 15 % reduces, 25 % halts; resumes below 10 % or after 30 days; no limit to the loss of a day. */
    public static final DrawdownLimits DEFAULT =
            new DrawdownLimits(0.15, 0.25, 0.10, Duration.ofDays(30), Double.POSITIVE_INFINITY, false);

    /**
     * Checks ranges.
     *
     * @param reducing drawdown from which on positions may only be reduced, above 0; infinite switches it off
     * @param halted drawdown from which on nothing is traded, at least {@code reducing}; infinite switches it off
     * @param resumeBelow drawdown below which trading resumes after {@code reducing}, in [0, reducing]
     * @param coolDown time in REDUCING after which trading resumes all the same, counted from a new peak; zero: never
     * @param maxDailyLoss loss since the last equity of the day before (UTC) from which on positions may only be reduced for
     *     the rest of the day, above 0; infinite switches it off
     * @param flattenOnHalt whether the engine shall close all positions when trading is halted
     */
    public DrawdownLimits {
        Check.that(reducing > 0, "reducing must be > 0, got " + reducing);
        Check.that(halted >= reducing, "halted must be >= reducing=" + reducing + ", got " + halted);
        Check.inRange(resumeBelow, 0, reducing, "resumeBelow");
        Check.that(!coolDown.isNegative(), "coolDown must be >= 0, got " + coolDown);
        Check.that(maxDailyLoss > 0, "maxDailyLoss must be > 0, got " + maxDailyLoss);
    }

    /**
     * The same with a limit to the loss of a day.
     *
     * @param value fraction of the equity at the end of the day before, above 0
     * @return new settings
     */
    public DrawdownLimits withMaxDailyLoss(double value) {
        return new DrawdownLimits(reducing, halted, resumeBelow, coolDown, value, flattenOnHalt);
    }

    /**
     * The same with another answer to a halt.
     *
     * @param value whether the engine shall close all positions when trading is halted
     * @return new settings
     */
    public DrawdownLimits withFlattenOnHalt(boolean value) {
        return new DrawdownLimits(reducing, halted, resumeBelow, coolDown, maxDailyLoss, value);
    }

    /**
     * Whether any limit can bind.
     *
     * @return false for {@link #NONE} and its like
     */
    public boolean isActive() {
        return reducing < Double.POSITIVE_INFINITY
                || halted < Double.POSITIVE_INFINITY
                || maxDailyLoss < Double.POSITIVE_INFINITY;
    }
}
