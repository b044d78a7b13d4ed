package org.lama.core.features;

import java.time.Duration;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * A causal window that ends at, and includes, the current row, together with its policy for missing values: values that
 * are NaN or infinite are skipped, and the statistic is NaN while fewer than {@code minimumPresent} values are in the
 * window. A minimum equal to the length therefore propagates every missing value.
 *
 * @param lengthBars rows in the window, at least 1
 * @param minimumPresent present values needed, from 1 to the length
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record RollingWindow(int lengthBars, int minimumPresent) {
    /**
     * Checks ranges.
     *
     * @param lengthBars rows in the window, at least 1
     * @param minimumPresent present values needed, from 1 to the length
     */
    public RollingWindow {
        Check.atLeast(lengthBars, 1, "lengthBars");
        Check.inRange(minimumPresent, 1, lengthBars, "minimumPresent");
    }

    /**
     * A window that allows no missing value.
     *
     * @param lengthBars rows in the window, at least 1
     * @return the window
     */
    public static RollingWindow full(int lengthBars) {
        return new RollingWindow(lengthBars, lengthBars);
    }

    /**
     * A window over a span of time.
     *
     * @param span length of the window
     * @param minimum span of present values that is needed
     * @param barNanos length of one bar in nanoseconds, above 0
     * @return the window; both spans are rounded down to bars, but are at least one bar
     */
    public static RollingWindow ofSpan(Duration span, Duration minimum, long barNanos) {
        return new RollingWindow(bars(span, barNanos), bars(minimum, barNanos));
    }

    /**
     * The bars in a span of time.
     *
     * @param span a length of time, above 0
     * @param barNanos length of one bar in nanoseconds, above 0
     * @return the bars, rounded down, at least 1
     */
    public static int bars(Duration span, long barNanos) {
        Check.that(!span.isNegative() && !span.isZero(), "span must be > 0, got " + span);
        Check.that(barNanos > 0, "barNanos must be > 0, got " + barNanos);
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, span.toNanos() / barNanos));
    }
}
