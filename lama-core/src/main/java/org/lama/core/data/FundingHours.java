package org.lama.core.data;

import java.util.Arrays;
import java.util.Map;
import org.lama.core.series.TimeIndex;

/**
 * The hours of the day at which venues pay funding, and how far a series lies beside them. A clock in a local time zone
 * shows as rows that all miss the venue's hours by the same number of hours. Stateless.
 */
final class FundingHours {
    private static final long HOUR = 3_600_000_000_000L;
    private static final long INTERVAL = 8 * HOUR;
    private static final int FEWEST_ROWS = 24;
    private static final double MOST = 0.99;

    /** First funding hour of the UTC day for venues that pay every eight hours. */
    private static final Map<String, Integer> FIRST_HOUR =
            Map.of("BINANCE", 0, "BYBIT", 0, "GATE", 0, "HTX", 0, "MEXC", 0, "OKX", 0, "BITGET", 0, "KUCOIN", 4);

    private FundingHours() {}

    /**
     * How many nanoseconds the clock is ahead of UTC, the smaller of the two possible shifts; 0 if it is right or nothing
     * is known: another interval, another venue, few rows.
     */
    static long shift(String venue, long[] times, long step) {
        Integer first = FIRST_HOUR.get(venue);
        if (first == null || step != INTERVAL || times.length < FEWEST_ROWS) {
            return 0;
        }
        int[] votes = new int[8];
        for (long time : times) {
            // payments are stamped some milliseconds late
            long hour = Math.floorDiv(time + HOUR / 2, HOUR);
            votes[(int) Math.floorMod(hour - first, 8L)]++;
        }
        for (int hours = 1; hours < votes.length; hours++) {
            if (votes[hours] >= MOST * times.length) {
                return (hours <= 4 ? hours : hours - 8) * HOUR;
            }
        }
        return 0;
    }

    static String words(String venue, long[] times, long shift) {
        long from = Arrays.stream(times).min().orElse(0);
        long to = Arrays.stream(times).max().orElse(0);
        return TimeIndex.instant(from) + " to " + TimeIndex.instant(to) + ": all rows lie " + shift / HOUR
                + " h beside " + venue + "'s funding hours, as a clock at UTC" + (shift > 0 ? "+" : "") + shift / HOUR
                + " does";
    }
}
