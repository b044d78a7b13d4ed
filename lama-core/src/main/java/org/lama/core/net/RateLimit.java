package org.lama.core.net;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * How much a venue lets us ask. In no minute more than {@code weightPerMinute} is sent: a burst at once, the rest evenly.
 * Headers in which the venue counts itself make it stricter, since others may ask from the same address. Immutable.
 *
 * @param weightPerMinute the budget, units of weight per minute, at least 2
 * @param burst what may be sent at once, at least 1 and below the budget; no single call may weigh more
 * @param usedHeader header with the weight used in the running minute, such as X-MBX-USED-WEIGHT-1M; empty for none
 * @param remainingHeader header with the calls that are left; empty for none
 * @param resetHeader header with the time, in milliseconds since 1970, at which calls are left again; empty for none
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record RateLimit(int weightPerMinute, int burst, String usedHeader, String remainingHeader, String resetHeader) {
    /**
     * Checks the settings.
     *
     * @param weightPerMinute at least 2
     * @param burst at least 1 and below the budget
     * @param usedHeader may be empty
     * @param remainingHeader may be empty
     * @param resetHeader may be empty
     */
    public RateLimit {
        Check.atLeast(weightPerMinute, 2, "weightPerMinute");
        Check.inRange(burst, 1, weightPerMinute - 1.0, "burst");
        Check.notNull(usedHeader, "usedHeader");
        Check.notNull(remainingHeader, "remainingHeader");
        Check.notNull(resetHeader, "resetHeader");
    }

    /**
     * A budget with a burst of a quarter of it.
     *
     * @param weight units of weight per minute, at least 2
     * @return the limit, without headers
     */
    public static RateLimit perMinute(int weight) {
        return new RateLimit(weight, Math.max(1, weight / 4), "", "", "");
    }

    /**
     * The same budget with a header that counts up.
     *
     * @param header its name
     * @return the limit
     */
    public RateLimit withUsedHeader(String header) {
        return new RateLimit(weightPerMinute, burst, header, remainingHeader, resetHeader);
    }

    /**
     * The same budget with headers that count down.
     *
     * @param remaining name of the header with the calls that are left
     * @param reset name of the header with the time of the next ones, milliseconds since 1970
     * @return the limit
     */
    public RateLimit withRemainingHeader(String remaining, String reset) {
        return new RateLimit(weightPerMinute, burst, usedHeader, remaining, reset);
    }
}
