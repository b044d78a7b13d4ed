package org.lama.backtest.risk;

import java.time.Duration;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Watches the equity and says what may be traded. With the high water mark H of the run, the peak P since the last fresh
 * start, and the equity E:
 *
 * <ul>
 *   <li>{@code 1 − E/H ≥ halted}, or E ≤ 0: HALTED. That is final; only {@link #rearm} ends it.
 *   <li>{@code 1 − E/P ≥ reducing}: REDUCING, until {@code 1 − E/P < resumeBelow}, or until the cool-down has passed. Then
 *       P starts afresh at E: a flat book cannot earn back what it lost. H does not, so that a series of fresh starts
 *       cannot lose more than {@code halted} in all.
 *   <li>loss since the last equity of the day before ≥ maxDailyLoss: REDUCING until the day (UTC) ends.
 * </ul>
 *
 * Mutable, single-threaded; {@link #update} is O(1) and allocates nothing. Equal inputs give equal states.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class DrawdownControl {
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final String HALTED = "drawdown halted ";
    private static final String REDUCING = "drawdown reducing ";
    private static final String DAY_LOST = "drawdown maxDailyLoss ";

    private final DrawdownLimits limits;
    private final long coolDownNanos;

    private double highWater = Double.NaN;
    private double peak = Double.NaN;
    private double last = Double.NaN;
    private double dayStart = Double.NaN;
    private long day = Long.MIN_VALUE;
    private boolean dayLost;
    private boolean reducing;
    private boolean halted;
    private long reducingSince;

    /**
     * A control that has seen nothing yet.
     *
     * @param limits its settings
     */
    public DrawdownControl(DrawdownLimits limits) {
        this.limits = Check.notNull(limits, "limits");
        long nanos = limits.coolDown().compareTo(Duration.ofDays(100_000)) > 0
                ? Long.MAX_VALUE
                : limits.coolDown().toNanos();
        coolDownNanos = nanos == 0 ? Long.MAX_VALUE : nanos;
    }

    /**
     * Takes the equity of a moment.
     *
     * @param timeNanos UTC epoch nanoseconds, not before the call before
     * @param equity in reporting currency; NaN changes nothing
     * @return what may be traded now
     */
    public TradingState update(long timeNanos, double equity) {
        if (Double.isNaN(equity)) {
            return state();
        }
        newDay(timeNanos, equity);
        if (Double.isNaN(highWater)) {
            highWater = equity;
            peak = equity;
        }
        highWater = Math.max(highWater, equity);
        peak = Math.max(peak, equity);
        last = equity;
        halted |= !(equity > 0) || below(highWater, equity) >= limits.halted();
        watchPeak(timeNanos, equity);
        dayLost |= below(dayStart, equity) >= limits.maxDailyLoss();
        return state();
    }

    private void newDay(long timeNanos, double equity) {
        long today = Math.floorDiv(timeNanos, DAY_NANOS);
        if (today != day) {
            day = today;
            dayStart = Double.isNaN(last) ? equity : last;
            dayLost = false;
        }
    }

    private void watchPeak(long timeNanos, double equity) {
        double drawdown = below(peak, equity);
        if (!reducing && drawdown >= limits.reducing()) {
            reducing = true;
            reducingSince = timeNanos;
        } else if (reducing && drawdown < limits.resumeBelow()) {
            reducing = false;
        } else if (reducing && timeNanos - reducingSince >= coolDownNanos) {
            reducing = false;
            peak = equity;
        }
    }

    private static double below(double from, double equity) {
        return from > 0 ? 1 - equity / from : 0;
    }

    /**
     * What may be traded now.
     *
     * @return the state after the last update
     */
    public TradingState state() {
        if (halted) {
            return TradingState.HALTED;
        }
        return reducing || dayLost ? TradingState.REDUCING : TradingState.ACTIVE;
    }

    /**
     * Which limit the state comes from, in the words of a settings document.
     *
     * @return such as {@code drawdown reducing 0.15}; empty while all may be traded
     */
    public String words() {
        if (halted) {
            boolean fell = drawdown() >= limits.halted();
            return last <= 0 ? "no equity is left" : fell ? HALTED + BindingLimit.number(limits.halted()) : "by hand";
        }
        String lost = dayLost ? DAY_LOST + BindingLimit.number(limits.maxDailyLoss()) : "";
        return reducing ? REDUCING + BindingLimit.number(limits.reducing()) : lost;
    }

    /**
     * The drawdown from the high water mark.
     *
     * @return at least 0 as a fraction; 0 before the first update
     */
    public double drawdown() {
        return Double.isNaN(last) ? 0 : below(highWater, last);
    }

    /** Halts trading at once: the kill switch. */
    public void halt() {
        halted = true;
    }

    /**
     * Ends a halt by an explicit decision: peak and high water mark start at the last equity. Without a positive equity the
     * next update halts again.
     */
    public void rearm() {
        halted = false;
        reducing = false;
        dayLost = false;
        highWater = last;
        peak = last;
        dayStart = last;
    }
}
