package org.lama.core.features;

import java.time.Duration;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * How features are sampled from the events of a book. Immutable and thread-safe.
 *
 * @param step length of a row, above 0
 * @param window span of sums, slopes and volatilities; at least 5 steps are used
 * @param medianSpan span of the rolling medians that depths are divided by; at least 20 steps are used
 * @param staleAfter a book about which nothing came for longer than this, prints aside, gives no feature, above 0
 * @param trades trades that the size of a trade is compared with, at least 20
 * @param buckets volume buckets of VPIN, at least 2; a window of usual volume fills as many, usual being the mean over
 *     the span of medians, or what of it has passed once that is a third
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record BookSampling(
        Duration step, Duration window, Duration medianSpan, Duration staleAfter, int trades, int buckets) {
    /** Rows of one second, windows of a minute, medians of five minutes, stale after ten seconds, 500 trades, 50 buckets. */
    public static final BookSampling DEFAULT = new BookSampling(
            Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofSeconds(10), 500, 50);

    private static final int LEAST_STEPS = 5;
    private static final int LEAST_MEDIAN_STEPS = 20;
    private static final int LEAST_TRADES = 20;

    /**
     * Checks ranges.
     *
     * @param step length of a row, above 0
     * @param window span of sums, slopes and volatilities; at least 5 steps are used
     * @param medianSpan span of the rolling medians that depths are divided by; at least 20 steps are used
     * @param staleAfter a book about which nothing came for longer than this, prints aside, gives no feature, above 0
     * @param trades trades that the size of a trade is compared with, at least 20
     * @param buckets volume buckets of VPIN, at least 2; a window of usual volume fills as many, usual being the
     *     mean over the span of medians, or what of it has passed once that is a third
     */
    public BookSampling {
        positive(step, "step");
        positive(window, "window");
        positive(medianSpan, "medianSpan");
        positive(staleAfter, "staleAfter");
        Check.atLeast(trades, LEAST_TRADES, "trades");
        Check.atLeast(buckets, 2, "buckets");
    }

    private static void positive(Duration span, String name) {
        Check.that(span.toNanos() > 0, name + " must be > 0, got " + span);
    }

    /**
     * The same settings with rows of another length.
     *
     * @param length length of a row, above 0
     * @return a copy
     */
    public BookSampling withStep(Duration length) {
        return new BookSampling(length, window, medianSpan, staleAfter, trades, buckets);
    }

    /**
     * The same settings with other spans.
     *
     * @param sums span of sums, slopes and volatilities
     * @param medians span of the rolling medians
     * @return a copy
     */
    public BookSampling withSpans(Duration sums, Duration medians) {
        return new BookSampling(step, sums, medians, staleAfter, trades, buckets);
    }

    /**
     * The same settings with another age at which a book is too old.
     *
     * @param silence a book about which nothing came for longer than this gives no feature, above 0
     * @return a copy
     */
    public BookSampling withStaleAfter(Duration silence) {
        return new BookSampling(step, window, medianSpan, silence, trades, buckets);
    }

    /**
     * The window of sums, slopes and volatilities; a third of its steps must be present.
     *
     * @return the window
     */
    public RollingWindow sumWindow() {
        return third(Math.max(LEAST_STEPS, RollingWindow.bars(window, step.toNanos())));
    }

    /**
     * The window of medians; a third of its steps must be present.
     *
     * @return the window, that of {@link BookFeatures} with this median span
     */
    public RollingWindow medianWindow() {
        return third(Math.max(LEAST_MEDIAN_STEPS, RollingWindow.bars(medianSpan, step.toNanos())));
    }

    /** The window of the sizes of trades. */
    RollingWindow tradeWindow() {
        return third(trades);
    }

    private static RollingWindow third(int length) {
        return new RollingWindow(length, (length + 2) / 3);
    }
}
