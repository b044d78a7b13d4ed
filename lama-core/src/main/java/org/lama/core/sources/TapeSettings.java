package org.lama.core.sources;

import java.time.Duration;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * How a recorded feed is read. Immutable and thread-safe.
 *
 * @param silence a feed that says nothing about the book for longer than this was lost, whatever else comes: the book
 *     is gone until its next snapshot; above 0
 * @param leastLatency how long a message takes at least, above 0: used only where the receiver's clock was so far behind
 *     that messages came before they were sent; all times of receipt are then moved so that the quickest took this long
 * @param quotes whether best quotes of the feed go into the book
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record TapeSettings(Duration silence, Duration leastLatency, boolean quotes) {
    /** Ten seconds of silence, one millisecond of least latency, with quotes. */
    public static final TapeSettings DEFAULT = new TapeSettings(Duration.ofSeconds(10), Duration.ofMillis(1), true);

    /**
     * Checks ranges.
     *
     * @param silence a feed that says nothing about the book for longer than this was lost, whatever else comes: the book
     *     is gone until its next snapshot;
     *     above 0
     * @param leastLatency how long a message takes at least, above 0: used only where the receiver's clock was so far
     *     behind that messages came before they were sent; all times of receipt are then moved so that the quickest took
     *     this long
     * @param quotes whether best quotes of the feed go into the book
     */
    public TapeSettings {
        Check.that(silence.toNanos() > 0, "silence must be > 0, got " + silence);
        Check.that(leastLatency.toNanos() > 0, "leastLatency must be > 0, got " + leastLatency);
    }

    /**
     * The same settings without best quotes.
     *
     * @return a copy
     */
    public TapeSettings withoutQuotes() {
        return new TapeSettings(silence, leastLatency, false);
    }
}
