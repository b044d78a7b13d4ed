package org.lama.core.net;

import java.time.Duration;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Patience of a transport. Immutable.
 *
 * @param connectTimeout how long making a connection may take; default 10 s
 * @param replyTimeout how long the status may take after that; default 30 s
 * @param idleTimeout how long no byte of a body may come; default 20 s
 * @param slowWindow the time over which the speed of a body is judged; default 30 s
 * @param fewestBytesPerSecond the speed below which a body is given up, over a whole window; default 256
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record TransportSettings(
        Duration connectTimeout,
        Duration replyTimeout,
        Duration idleTimeout,
        Duration slowWindow,
        int fewestBytesPerSecond) {
    /**
     * Checks the settings.
     *
     * @param connectTimeout above zero
     * @param replyTimeout above zero
     * @param idleTimeout above zero
     * @param slowWindow above zero
     * @param fewestBytesPerSecond at least 0
     */
    public TransportSettings {
        positive(connectTimeout, "connectTimeout");
        positive(replyTimeout, "replyTimeout");
        positive(idleTimeout, "idleTimeout");
        positive(slowWindow, "slowWindow");
        Check.atLeast(fewestBytesPerSecond, 0, "fewestBytesPerSecond");
    }

    private static void positive(Duration value, String name) {
        Check.that(!value.isNegative() && !value.isZero(), name + " must be > 0, got " + value);
    }

    /**
     * The defaults.
     *
     * @return 10 s to connect, 30 s to the status, 20 s of silence, 256 bytes per second over 30 s
     */
    public static TransportSettings defaults() {
        return new TransportSettings(
                Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofSeconds(30), 256);
    }
}
