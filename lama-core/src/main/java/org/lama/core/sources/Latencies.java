package org.lama.core.sources;

import java.util.Arrays;
import org.lama.core.book.BookEvents;

/**
 * What the messages of a feed take from the venue to us by the two clocks, negative where the receiver's is behind: the
 * usual (the lower decile of the first ones, since feeds may begin with old prints) and the least that can be right. One
 * wrong time moves neither: what is more than {@link FeedClocks#PLAUSIBLE} below the usual counts for nothing, and the least
 * needs company. Not thread-safe.
 */
final class Latencies {
    /** The usual is the lower decile of this many. */
    private static final int FIRST = 4_096;

    private static final int KEPT = 16;
    /** The least latency must be shared by this many messages, where there are as many ... */
    private static final int COMPANY = 3;
    /** ... but for this difference. */
    private static final long ALIKE_NANOS = 100_000_000L;

    private long[] first = new long[64];
    private int firsts;
    private long usual;
    /** The smallest plausible ones, in order. */
    private final long[] least = new long[KEPT];

    private int kept;

    /** Nothing is known yet. */
    Latencies() {
        this(FeedClocks.UNTOLD);
    }

    /** The usual latency is known already, unless it is {@link FeedClocks#UNTOLD}. */
    Latencies(long usual) {
        this.usual = usual;
    }

    /** Takes a message with both times; one that does not tell the venue's is passed over. */
    void add(long local, long exchange) {
        if (exchange == FeedClocks.UNTOLD) {
            return;
        }
        if (usual != FeedClocks.UNTOLD) {
            keep(local - exchange);
            return;
        }
        if (firsts == first.length) {
            first = Arrays.copyOf(first, 2 * firsts);
        }
        first[firsts++] = local - exchange;
        if (firsts == FIRST) {
            settle();
        }
    }

    private void settle() {
        long[] sorted = Arrays.copyOf(first, firsts);
        Arrays.sort(sorted);
        usual = sorted[Math.max(firsts / 10, Math.min(1, firsts - 1))];
        for (int i = 0; i < firsts; i++) {
            keep(first[i]);
        }
        first = new long[0];
    }

    private void keep(long latency) {
        if (latency < usual - FeedClocks.PLAUSIBLE || (kept == KEPT && latency >= least[KEPT - 1])) {
            return;
        }
        int at = kept == KEPT ? KEPT - 1 : kept++;
        while (at > 0 && least[at - 1] > latency) {
            least[at] = least[at - 1];
            at--;
        }
        least[at] = latency;
    }

    /** What messages usually take; {@link FeedClocks#UNTOLD} if none told both times. */
    long usual() {
        if (usual == FeedClocks.UNTOLD && firsts > 0) {
            settle();
        }
        return usual;
    }

    /** The least that can be right; {@link FeedClocks#UNTOLD} if no message told both times. */
    long least() {
        if (usual() == FeedClocks.UNTOLD || kept == 0) {
            return usual();
        }
        int at = 0;
        while (least[Math.min(at + COMPANY, kept) - 1] - least[at] > ALIKE_NANOS) {
            at++;
        }
        return least[at];
    }

    /** What must be added to all times of receipt so that a message of the least latency took this long instead. */
    static long shift(long least, TapeSettings settings) {
        return least != FeedClocks.UNTOLD && least < 0 ? settings.leastLatency().toNanos() - least : 0;
    }

    /** Moves rows; one that was quicker than the least that can be right took that long. */
    static void move(BookEvents rows, long shift, TapeSettings settings) {
        rows.shiftLocal(shift, shift == 0 ? 0 : settings.leastLatency().toNanos());
    }
}
