package org.lama.core.net;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Caps against bodies and archives that are too large or expand too far. Immutable.
 *
 * @param maximumBytes bytes as they come over the network; default 64 MiB
 * @param maximumExpandedBytes bytes after expansion; default 256 MiB
 * @param maximumRatio expanded by compressed bytes, looked at once 1 MiB is expanded; default 100
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record BodyLimits(long maximumBytes, long maximumExpandedBytes, int maximumRatio) {
    private static final long RATIO_COUNTS_FROM = 1 << 20;

    /**
     * Checks the limits.
     *
     * @param maximumBytes at least 1
     * @param maximumExpandedBytes at least 1
     * @param maximumRatio at least 1
     */
    public BodyLimits {
        Check.that(maximumBytes >= 1, "maximumBytes must be >= 1, got " + maximumBytes);
        Check.that(maximumExpandedBytes >= 1, "maximumExpandedBytes must be >= 1, got " + maximumExpandedBytes);
        Check.atLeast(maximumRatio, 1, "maximumRatio");
    }

    /**
     * The defaults.
     *
     * @return 64 MiB, 256 MiB expanded, ratio 100
     */
    public static BodyLimits defaults() {
        return new BodyLimits(1L << 26, 1L << 28, 100);
    }

    /** What is wrong with the sizes so far; empty text if nothing. */
    String complaint(long compressed, long expanded) {
        if (compressed > maximumBytes) {
            return "more than " + maximumBytes + " bytes";
        }
        if (expanded > maximumExpandedBytes) {
            return "expands to more than " + maximumExpandedBytes + " bytes";
        }
        if (expanded > RATIO_COUNTS_FROM && expanded / maximumRatio > compressed) {
            return "expands to more than " + maximumRatio + " times its size";
        }
        return "";
    }
}
