package org.lama.backtest.risk;

import java.time.Duration;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Settings of {@link OrderGate}.
 *
 * @param maxPerSecond most orders in any second, at least 1
 * @param maxPerMinute most orders in any minute, at least 1
 * @param maxOpen most open orders, at least 1
 * @param haltAfterDenials how many orders in a row may be denied for their rate or number before the gate halts all
 *     trading; 0: it never does
 * @param collar largest distance of a price from the reference, a fraction above 0; infinite switches the collar off
 * @param maxReferenceAge largest age of the reference price, at least 0 and at most 36,500 days
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record OrderLimits(
        int maxPerSecond,
        int maxPerMinute,
        int maxOpen,
        int haltAfterDenials,
        double collar,
        Duration maxReferenceAge) {
    private static final Duration LONGEST_AGE = Duration.ofDays(36_500);

    /** No limit. */
    public static final OrderLimits NONE = new OrderLimits(
            Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 0, Double.POSITIVE_INFINITY, LONGEST_AGE);
    /** 5 orders a second, 60 a minute, 200 open, halt after 10 denials in a row; 5 % around a price not older than 5 s. */
    public static final OrderLimits LIVE = new OrderLimits(5, 60, 200, 10, 0.05, Duration.ofSeconds(5));

    /**
     * Checks ranges.
     *
     * @param maxPerSecond most orders in any second, at least 1
     * @param maxPerMinute most orders in any minute, at least 1
     * @param maxOpen most open orders, at least 1
     * @param haltAfterDenials how many orders in a row may be denied for their rate or number before the gate halts all
     *     trading; 0: it never does
     * @param collar largest distance of a price from the reference, a fraction above 0; infinite switches the collar off
     * @param maxReferenceAge largest age of the reference price, at least 0
     */
    public OrderLimits {
        Check.atLeast(maxPerSecond, 1, "maxPerSecond");
        Check.atLeast(maxPerMinute, 1, "maxPerMinute");
        Check.atLeast(maxOpen, 1, "maxOpen");
        Check.atLeast(haltAfterDenials, 0, "haltAfterDenials");
        Check.that(collar > 0, "collar must be > 0, got " + collar);
        Check.that(
                !maxReferenceAge.isNegative() && maxReferenceAge.compareTo(LONGEST_AGE) <= 0,
                "maxReferenceAge must be >= 0 and at most 36,500 days, got " + maxReferenceAge);
    }

    /**
     * The same with other rates.
     *
     * @param perSecond most orders in any second, at least 1
     * @param perMinute most orders in any minute, at least 1
     * @return new settings
     */
    public OrderLimits withRates(int perSecond, int perMinute) {
        return new OrderLimits(perSecond, perMinute, maxOpen, haltAfterDenials, collar, maxReferenceAge);
    }

    /**
     * The same with another collar.
     *
     * @param value largest distance of a price from the reference, a fraction above 0
     * @param maxAge largest age of the reference price, at least 0
     * @return new settings
     */
    public OrderLimits withCollar(double value, Duration maxAge) {
        return new OrderLimits(maxPerSecond, maxPerMinute, maxOpen, haltAfterDenials, value, maxAge);
    }
}
