package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lama.backtest.replay.MidPath;
import org.lama.backtest.replay.RandomFeed;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;
import org.lama.core.book.MemoryFeed;
import org.lama.core.search.DataMark;

class BookPrintsTest {
    private static final BookScale SCALE = new BookScale(0.1, 0.001);
    private static final long MINUTE = 60_000_000_000L;

    private static List<String> prints(BookEvents events, int from, int to) throws IOException {
        BookEvents part = new BookEvents(events.scale(), to - from);
        part.append(events, from, to - from);
        return BookPrints.of(MidPath.of(MemoryFeed.of(part)));
    }

    private static List<String> prints(BookEvents events) throws IOException {
        return prints(events, 0, events.size());
    }

    private static DataMark mark(String checksum, String name, List<String> prints) {
        return new DataMark(checksum, Map.of(name, prints));
    }

    @Test
    void aFeedIsKnownAgainWhereverItEndsAndWhateverItIsCalled() throws IOException {
        BookEvents events = RandomFeed.of(SCALE, 3, 600);
        List<String> whole = prints(events);
        assertThat(whole).hasSizeBetween(5, 8).doesNotHaveDuplicates();
        for (int less : new int[] {1, 100, 1_000, 20_000}) {
            List<String> cut = prints(events, 0, events.size() - less);
            assertThat(whole).startsWith(cut.toArray(String[]::new));
            assertThat(mark("a", "ONE", whole).isLike(mark("b", "TWO", cut)))
                    .as("%d rows less", less)
                    .isTrue();
        }
    }

    @Test
    void otherFeedsOfTheSameMinutesAreOthers() throws IOException {
        List<String> first = prints(RandomFeed.of(SCALE, 3, 3600));
        List<String> second = prints(RandomFeed.of(SCALE, 4, 3600));
        assertThat(first).hasSizeGreaterThan(40);
        assertThat(first).doesNotContainAnyElementsOf(second);
        assertThat(mark("a", "ONE", first).isLike(mark("b", "TWO", second))).isFalse();
    }

    @Test
    void pricesInOtherStepsGiveTheSamePrints() throws IOException {
        BookEvents events = RandomFeed.of(SCALE, 3, 600);
        BookEvents finer = new BookEvents(new BookScale(0.01, 0.001), events.size());
        for (int row = 0; row < events.size(); row++) {
            finer.add(
                    events.kind(row),
                    events.exchangeNanos(row),
                    events.localNanos(row),
                    10 * events.ticks(row),
                    events.lots(row));
        }
        assertThat(prints(finer)).isEqualTo(prints(events));
    }

    @Test
    void aBookThatStandsStillOrHasNoFullMinutesHasNoPrints() throws IOException {
        BookEvents still = new BookEvents(SCALE, 0);
        still.add(BookEvents.BID, 0, 0, 1000, 5);
        still.add(BookEvents.ASK, 0, 0, 1001, 5);
        still.add(BookEvents.WHOLE, 0, 0, 0, 0);
        still.add(BookEvents.BID, 9 * MINUTE, 9 * MINUTE, 1000, 6);
        assertThat(prints(still)).isEmpty();
        assertThat(prints(new BookEvents(SCALE, 0))).isEmpty();
        assertThat(prints(RandomFeed.of(SCALE, 3, 100))).isEmpty();
    }
}
