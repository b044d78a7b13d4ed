package org.lama.core.sources;

/**
 * Which of the two times of a message can be right, one message after the other. A message usually takes its usual latency,
 * give or take a second. One of its times is wrong if it seems to have taken
 *
 * <ul>
 *   <li>more than a second less,
 *   <li>more than a second more, and the message behind it came more than a second before it, though not before the
 *       message before, or
 *   <li>more than an hour more.
 * </ul>
 *
 * It is the one that lies further from the message before. A wrong time of receipt is replaced by the venue's and the usual
 * latency, a wrong time at the venue by the latest that moves no message behind it. A message that
 * is late, and behind which nothing came earlier, is late: that is how a receiver falls behind. Where a message does not
 * tell the venue's time, only the messages before and behind it can show that its own is wrong. Not thread-safe; allocates
 * nothing.
 */
final class FeedClocks {
    /** A time that a message does not tell. */
    static final long UNTOLD = Long.MIN_VALUE;

    private static final long SECOND = 1_000_000_000L;
    /** Latency differs by no more than this from the usual one, unless a receiver falls behind. */
    static final long PLAUSIBLE = SECOND;
    /** No receiver falls behind by more than this. */
    static final long FURTHEST_BEHIND = 3_600 * SECOND;

    private final long usual;
    private long local = UNTOLD;
    private long exchange = UNTOLD;
    private long said = UNTOLD;
    private long lastExchange = UNTOLD;
    private boolean localWrong;
    private boolean exchangeWrong;

    /**
     * Clocks before their first message.
     *
     * @param usual what messages usually take, {@link #UNTOLD} where no message tells both times
     */
    FeedClocks(long usual) {
        this.usual = usual;
    }

    /**
     * Takes the times of a message.
     *
     * @param came when it came to us
     * @param happened when it happened at the venue, or {@link #UNTOLD}
     * @param next when the message behind it came, {@link #UNTOLD} if there is none
     */
    void take(long came, long happened, long next) {
        boolean told = happened != UNTOLD && usual != UNTOLD;
        long near = near(came, told, next);
        long expected = told ? happened + usual : near;
        long late = minus(came, expected);
        // one that came before the message before is itself wrong, and says nothing
        boolean nextEarlier = next != UNTOLD && minus(came, next) > PLAUSIBLE && minus(next, near) >= -PLAUSIBLE;
        boolean wrong = late < -PLAUSIBLE || (late > PLAUSIBLE && nextEarlier) || (told && late > FURTHEST_BEHIND);
        localWrong = wrong && (!told || distance(came, near) > distance(expected, near));
        exchangeWrong = wrong && !localWrong;
        if (localWrong) {
            local = next != UNTOLD && next >= near ? Math.min(expected, next) : expected;
        } else {
            local = exchangeWrong && next != UNTOLD ? Math.min(came, next) : came; // in a store it stands out of place
        }
        exchange = exchange(came, happened, told);
        said = happened;
        lastExchange = exchange == UNTOLD ? lastExchange : exchange;
    }

    /** A time that is not far from the message: of the one before, or at the beginning of the one behind. */
    private long near(long came, boolean told, long next) {
        if (local != UNTOLD || next == UNTOLD) {
            return local != UNTOLD ? local : came;
        }
        return told ? next : Math.min(came, next);
    }

    private long exchange(long came, long happened, boolean told) {
        if (exchangeWrong) {
            return Math.max(lastExchange, local - usual - PLAUSIBLE); // no later than it can have been
        }
        boolean isOneClock = localWrong && !told && happened == came;
        return isOneClock ? local : happened;
    }

    private static long distance(long a, long b) {
        return a > b ? minus(a, b) : minus(b, a);
    }

    /** What lies beyond the range of numbers is its end: times of a broken message may be any number. */
    private static long minus(long a, long b) {
        long difference = a - b;
        boolean over = ((a ^ b) & (a ^ difference)) < 0;
        return !over ? difference : a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /** When the message came to us, as far as can be told. */
    long localNanos() {
        return local;
    }

    /** When it happened at the venue by its own word, if that lies before what can be; else as {@link #exchangeNanos()}. */
    long saidNanos() {
        return Math.min(said, exchange);
    }

    /** When it happened at the venue, as far as can be told; {@link #UNTOLD} if the message did not say. */
    long exchangeNanos() {
        return exchange;
    }

    boolean isLocalWrong() {
        return localWrong;
    }

    boolean isExchangeWrong() {
        return exchangeWrong;
    }
}
