package org.lama.backtest.replay;

import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;

/** A book whose mid walks by ticks, with five levels a side, prints at its best prices, and holes on request. */
public final class RandomFeed {
    private static final long START_NANOS = 1_700_000_000_000_000_000L;

    private final BookEvents events;
    private final Rng rng;
    private final long[] bids = new long[4096];
    private final long[] asks = new long[4096];
    private long now = START_NANOS;
    private int bid = 2000;

    private RandomFeed(BookScale scale, long seed) {
        events = new BookEvents(scale, 0);
        rng = Seeds.rng(seed, 0);
    }

    /** A feed of some seconds, about 100 rows each; everything comes to us 2 ms after it happened. */
    public static BookEvents of(BookScale scale, long seed, int seconds) {
        return of(scale, seed, seconds, false);
    }

    /** With holes every 20 s, each 5 s long. */
    public static BookEvents of(BookScale scale, long seed, int seconds, boolean holes) {
        RandomFeed feed = new RandomFeed(scale, seed);
        feed.whole();
        boolean gone = false;
        long end = START_NANOS + seconds * 1_000_000_000L;
        while (feed.now < end) {
            feed.now += 10_000_000 + feed.rng.nextInt(1000);
            boolean hole = holes && (feed.now - START_NANOS) / 1_000_000_000L % 20 >= 15;
            if (hole && !gone) {
                feed.add(BookEvents.CLEAR, 0, 0);
            } else if (gone && !hole) {
                feed.whole();
            }
            gone = hole;
            if (!gone) {
                feed.step();
            }
        }
        return feed.events;
    }

    private void add(byte kind, int ticks, long lots) {
        events.add(kind, now, now + 2_000_000, ticks, lots);
    }

    private void whole() {
        java.util.Arrays.fill(bids, 0);
        java.util.Arrays.fill(asks, 0);
        add(BookEvents.CLEAR, 0, 0);
        levels();
        add(BookEvents.WHOLE, 0, 0);
    }

    private void step() {
        int chance = rng.nextInt(100);
        if (chance < 8) {
            bid += rng.nextInt(2) == 0 ? 1 : -1;
            levels();
        } else if (chance < 40) {
            boolean buy = rng.nextInt(2) == 0;
            add(buy ? BookEvents.BUY : BookEvents.SELL, buy ? bid + 1 : bid, 1 + rng.nextInt(10));
        } else {
            boolean bidSide = rng.nextInt(2) == 0;
            set(bidSide, bidSide ? bid - rng.nextInt(5) : bid + 1 + rng.nextInt(5), 5 + rng.nextInt(50));
        }
    }

    /** Five levels each side of the mid, and nothing beyond it. */
    private void levels() {
        for (int ticks = bid - 6; ticks <= bid + 7; ticks++) {
            boolean isBid = ticks <= bid && ticks > bid - 5;
            boolean isAsk = ticks > bid && ticks <= bid + 5;
            if (bids[ticks] != 0 && !isBid) {
                set(true, ticks, 0);
            }
            if (asks[ticks] != 0 && !isAsk) {
                set(false, ticks, 0);
            }
        }
        for (int k = 0; k < 5; k++) {
            if (bids[bid - k] == 0) {
                set(true, bid - k, 5 + rng.nextInt(50));
            }
            if (asks[bid + 1 + k] == 0) {
                set(false, bid + 1 + k, 5 + rng.nextInt(50));
            }
        }
    }

    private void set(boolean bidSide, int ticks, long lots) {
        (bidSide ? bids : asks)[ticks] = lots;
        add(bidSide ? BookEvents.BID : BookEvents.ASK, ticks, lots);
    }
}
