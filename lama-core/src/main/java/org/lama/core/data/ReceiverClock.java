package org.lama.core.data;

import java.nio.charset.StandardCharsets;

/**
 * How far the clock of who recorded is behind the venue's, told by the rows that have both times: a message cannot be
 * received before it was sent, so the earliest receipt shows at least how far. What has only the time of receipt is put
 * forward by that much: then it lies no earlier than its message was sent if the quickest message took as long as the
 * quickest of the others. Not thread-safe.
 */
final class ReceiverClock {
    private static final byte[] SENT = "\"E\":".getBytes(StandardCharsets.US_ASCII);
    private static final long MILLI = 1_000_000L;
    /** No clock that records ticks is as wrong as this, but a broken number may be. */
    private static final long MOST_NANOS = 3_600_000_000_000L;

    private long least = Long.MAX_VALUE;

    /** The clock by the messages of a recorded stream, whose time of sending is called E. */
    static ReceiverClock ofStream(byte[] text) {
        ReceiverClock clock = new ReceiverClock();
        int from = 0;
        while (from < text.length) {
            int to = from;
            while (to < text.length && text[to] != '\n') {
                to++;
            }
            int sent = find(text, from, to);
            if (sent >= 0) {
                clock.add(number(text, sent, to) * MILLI, number(text, from, to));
            }
            from = to + 1;
        }
        return clock;
    }

    private static int find(byte[] text, int from, int to) {
        for (int at = from; at + SENT.length < to; at++) {
            boolean found = true;
            for (int i = 0; found && i < SENT.length; i++) {
                found = text[at + i] == SENT[i];
            }
            if (found) {
                return at + SENT.length;
            }
        }
        return -1;
    }

    private static long number(byte[] text, int from, int to) {
        long value = 0;
        for (int at = from; at < to && text[at] >= '0' && text[at] <= '9' && value < Long.MAX_VALUE / 20; at++) {
            value = value * 10 + (text[at] - '0');
        }
        return value;
    }

    /** A row with both times. */
    void add(long sent, long received) {
        if (sent != TimeText.NONE && received != TimeText.NONE && Math.abs(received - sent) < MOST_NANOS) {
            least = Math.min(least, received - sent);
        }
    }

    /** Whether any row tells. */
    boolean isKnown() {
        return least != Long.MAX_VALUE;
    }

    /** How far the clock is behind at least, in nanoseconds; 0 if nothing shows that it is. */
    long behindNanos() {
        return isKnown() ? Math.max(0, -least) : 0;
    }

    /** A time of receipt by the venue's clock. */
    long venueTime(long received) {
        return received + behindNanos();
    }

    /** What is done to rows without a time of the venue, in words. */
    String words() {
        return isKnown()
                ? "no time of the venue: the receiver's, put forward by " + behindNanos() / MILLI + " ms"
                : "no time of the venue: the receiver's, of whose clock nothing is known";
    }
}
