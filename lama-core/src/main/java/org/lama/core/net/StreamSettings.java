package org.lama.core.net;

import java.time.Duration;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * How a stream behaves. Immutable.
 *
 * @param heartbeat silence after which a connection counts as dead; after half of it a sign of life is asked for; default
 *     10 s
 * @param reconnect delays between connections; its number of attempts is not used, a stream tries until it is closed;
 *     default 500 ms to 60 s
 * @param stableAfter how long a connection must live before the delays start small again; default 60 s
 * @param sendsPerSecond most messages sent per second, subscriptions included; default 4
 * @param queueMessages most messages that wait for the consumer; then the source is made to wait; default 4096
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record StreamSettings(
        Duration heartbeat, RetryRule reconnect, Duration stableAfter, int sendsPerSecond, int queueMessages) {
    /**
     * Checks the settings.
     *
     * @param heartbeat above zero
     * @param reconnect the rule
     * @param stableAfter not negative
     * @param sendsPerSecond at least 1
     * @param queueMessages at least 1
     */
    public StreamSettings {
        Check.that(!heartbeat.isNegative() && !heartbeat.isZero(), "heartbeat must be > 0, got " + heartbeat);
        Check.notNull(reconnect, "reconnect");
        Check.that(!stableAfter.isNegative(), "stableAfter must be >= 0, got " + stableAfter);
        Check.atLeast(sendsPerSecond, 1, "sendsPerSecond");
        Check.atLeast(queueMessages, 1, "queueMessages");
    }

    /**
     * The defaults.
     *
     * @return 10 s of silence, delays of 500 ms to 60 s, stable after 60 s, 4 sends per second, 4096 messages
     */
    public static StreamSettings defaults() {
        return new StreamSettings(Duration.ofSeconds(10), RetryRule.defaults(), Duration.ofSeconds(60), 4, 4096);
    }
}
