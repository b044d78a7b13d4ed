package org.lama.core.features;

import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;

/** Generated books and tapes: a walking mid, levels that come and go, trades in bursts, holes, pauses, quotes. */
final class BookScenes {
    static final long MILLI = 1_000_000L;
    static final long START = 1_700_000_000_000L * MILLI;

    private BookScenes() {}

    /** Rows of random kinds; a whole book from the first snapshot on, but for holes. */
    static BookEvents random(long seed, int rows) {
        Rng rng = Seeds.rng(seed, 0);
        BookEvents events = new BookEvents(new BookScale(0.5, 0.01), rows);
        long now = START + rng.nextInt(1000) * MILLI;
        int mid = 20_000;
        snapshot(events, rng, now, mid);
        while (events.size() < rows) {
            int what = rng.nextInt(1000);
            now += what < 500 ? rng.nextInt(40) * MILLI : 0;
            if (what == 0) {
                now += 12_000 * MILLI; // longer than what is stale
            } else if (what < 3) {
                events.add(BookEvents.CLEAR, now, now, 0, 0);
                trade(events, rng, now, mid);
                now += rng.nextInt(3000) * MILLI;
                snapshot(events, rng, now, mid);
            } else if (what < 20) {
                mid += rng.nextInt(5) - 2;
                events.add(BookEvents.BID_QUOTE, now, now, mid - 1, 1 + rng.nextInt(500));
                events.add(BookEvents.ASK_QUOTE, now, now, mid + 1, 1 + rng.nextInt(500));
            } else if (what < 200) {
                trade(events, rng, now, mid);
            } else {
                boolean bid = rng.nextInt(2) == 0;
                int distance = 1 + rng.nextInt(rng.nextInt(3) == 0 ? 120 : 6);
                long lots = rng.nextInt(3) == 0 ? 0 : 1 + rng.nextInt(1000);
                events.add(
                        bid ? BookEvents.BID : BookEvents.ASK, now, now, bid ? mid - distance : mid + distance, lots);
            }
        }
        return events;
    }

    private static void trade(BookEvents events, Rng rng, long now, int mid) {
        boolean buy = rng.nextInt(2) == 0;
        int prints = 1 + rng.nextInt(3);
        int ticks = mid + (buy ? 1 : -1) * (1 + rng.nextInt(2));
        for (int i = 0; i < prints; i++) {
            events.add(buy ? BookEvents.BUY : BookEvents.SELL, now, now, ticks, 1 + rng.nextInt(400));
        }
    }

    private static void snapshot(BookEvents events, Rng rng, long now, int mid) {
        events.add(BookEvents.CLEAR, now, now, 0, 0);
        for (int i = 1; i <= 110; i++) {
            if (rng.nextInt(4) > 0) {
                events.add(BookEvents.BID, now, now, mid - i, 1 + rng.nextInt(1000));
            }
            if (rng.nextInt(4) > 0) {
                events.add(BookEvents.ASK, now, now, mid + i, 1 + rng.nextInt(1000));
            }
        }
        // some snapshots tell all there is, others end, some within 10 basis points (20 ticks)
        int[] reaches = {0, 110, 60, 15};
        int reach = reaches[rng.nextInt(reaches.length)];
        events.add(BookEvents.WHOLE, now, now, reach == 0 ? 0 : mid - reach, reach == 0 ? 0 : mid + 2 * reach);
    }
}
