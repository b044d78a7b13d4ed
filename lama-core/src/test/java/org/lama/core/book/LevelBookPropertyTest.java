package org.lama.core.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.NavigableMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/** Against a book of sorted maps, on random feeds whose price wanders, jumps and crosses. */
class LevelBookPropertyTest {
    private static final BookScale SCALE = new BookScale(0.1, 0.001);

    @Test
    void aNarrowWindowThatMovesGivesTheBookOfSortedMaps() {
        for (int seed = 0; seed < 6; seed++) {
            compare(seed, LevelBook.of(SCALE, 256), 20_000);
        }
    }

    @Test
    void aWideWindowGivesTheBookOfSortedMaps() {
        compare(100, LevelBook.of(SCALE, 4096), 40_000);
        compare(101, LevelBook.of(SCALE), 20_000);
    }

    @Test
    void aBookThatKeepsCrossingsShowsBothSidesAsTheyAre() {
        compare(200, LevelBook.keepingCrossings(SCALE), 40_000);
    }

    @Test
    @Tag("slow")
    void millionsOfChangesGiveTheBookOfSortedMaps() {
        for (int seed = 300; seed < 310; seed++) {
            compare(seed, LevelBook.of(SCALE, 256 << (seed % 4)), 1_000_000);
        }
    }

    private static void compare(int seed, LevelBook book, int changes) {
        NaiveBook naive = new NaiveBook(book.keepsCrossings());
        Rng rng = Seeds.rng(8, seed);
        int mid = 300_000;
        for (int i = 0; i < changes; i++) {
            double event = rng.nextDouble();
            if (event < 0.05) {
                mid += (int) (rng.nextDouble() * 21) - 10;
            } else if (event < 0.0505) {
                mid = 1 + (int) (rng.nextDouble() * 600_000); // a jump far out of the window
            } else if (event < 0.0510) {
                book.clear();
                naive.clear();
            }
            step(rng, book, naive, mid);
            if (i % 16 == 0) {
                same(book, naive, "seed " + seed + ", change " + i);
            }
        }
        same(book, naive, "seed " + seed);
        levels(book, naive);
    }

    private static void step(Rng rng, LevelBook book, NaiveBook naive, int mid) {
        double kind = rng.nextDouble();
        // mostly near the mid, at times far behind it, rarely on the wrong side
        double spread = rng.nextDouble();
        int away = spread < 0.9 ? (int) (-Math.log(1 - rng.nextDouble()) * 20) : (int) (rng.nextDouble() * 3_000);
        away = spread > 0.97 ? -away / 50 : away;
        long lots = rng.nextDouble() < 0.4 ? 0 : 1 + (long) (rng.nextDouble() * 5_000);
        int bid = Math.max(1, mid - away);
        int ask = Math.max(1, mid + 1 + away);
        if (kind < 0.45) {
            assertThat(book.setBid(bid, lots)).isEqualTo(naive.setBid(bid, lots));
        } else if (kind < 0.9) {
            assertThat(book.setAsk(ask, lots)).isEqualTo(naive.setAsk(ask, lots));
        } else if (kind < 0.95) {
            book.quoteBid(bid, lots);
            naive.quoteBid(bid, lots);
        } else {
            book.quoteAsk(ask, lots);
            naive.quoteAsk(ask, lots);
        }
    }

    private static void same(LevelBook book, NaiveBook naive, String where) {
        assertThat(book.bidTicks()).as(where).isEqualTo(naive.bid);
        assertThat(book.askTicks()).as(where).isEqualTo(naive.ask);
        assertThat(book.levels()).as(where).isEqualTo(naive.bids.size() + naive.asks.size());
        assertThat(book.crossings()).as(where).isEqualTo(naive.crossings);
        if (naive.bid != 0) {
            assertThat(book.nextBid(naive.bid)).as(where).isEqualTo(NaiveBook.next(naive.bids, naive.bid));
        }
        if (naive.ask != 0) {
            assertThat(book.nextAsk(naive.ask)).as(where).isEqualTo(NaiveBook.next(naive.asks, naive.ask));
        }
    }

    /** Every level, hidden ones too, and the walk over those that show. */
    private static void levels(LevelBook book, NaiveBook naive) {
        naive.bids.forEach((ticks, lots) -> assertThat(book.bidLots(ticks)).isEqualTo(lots));
        naive.asks.forEach((ticks, lots) -> assertThat(book.askLots(ticks)).isEqualTo(lots));
        assertThat(walk(book, true)).isEqualTo(shown(naive.bids, naive.bid));
        assertThat(walk(book, false)).isEqualTo(shown(naive.asks, naive.ask));
    }

    private static int walk(LevelBook book, boolean bids) {
        int count = 0;
        for (int at = bids ? book.bidTicks() : book.askTicks(); at != 0; count++) {
            at = bids ? book.nextBid(at) : book.nextAsk(at);
        }
        return count;
    }

    private static int shown(NavigableMap<Integer, Long> side, int best) {
        return best == 0 ? 0 : side.tailMap(best, true).size();
    }
}
