package org.lama.backtest.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.backtest.matching.Venue.Terms;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;

/** Own orders in a book of bids at 100 (5 lots), 99 (4) and asks at 102 (6), 103 (7). */
class LevelVenueTest {
    private static final BookScale SCALE = new BookScale(0.1, 0.001);
    private final List<String> said = new ArrayList<>();
    private final Venue venue = venue(SCALE, FillRules.whole());
    private long now;

    private final class Saying implements Venue.Answers {
        @Override
        public void accepted(int slot, long tsNanos) {
            said.add(slot + " accepted");
        }

        @Override
        public void refused(int slot, long tsNanos) {
            said.add(slot + " refused");
        }

        @Override
        public void cancelled(int slot, long tsNanos) {
            said.add(slot + " cancelled");
        }

        @Override
        public void notCancelled(int slot, long tsNanos) {
            said.add(slot + " not cancelled");
        }

        @Override
        public void amended(int slot, long tsNanos, int ticks, long lots) {
            said.add(slot + " amended " + lots + " at " + ticks);
        }

        @Override
        public void notAmended(int slot, long tsNanos) {
            said.add(slot + " not amended");
        }

        @Override
        public void filled(int slot, long tsNanos, int ticks, long lots, long left, boolean maker) {
            assertThat(tsNanos).isEqualTo(now);
            said.add(slot + (maker ? " made " : " took ") + ticks);
            assertThat(lots).isEqualTo(1000);
            assertThat(left).isZero();
        }
    }

    private Venue venue(BookScale scale, FillRules rules) {
        return Venues.of(scale, 256, new QueueModel.RiskAverse(), rules, new Saying());
    }

    private LevelVenueTest row(byte kind, int ticks, long lots) {
        BookEvents events = new BookEvents(SCALE, 1);
        events.add(kind, ++now, now, ticks, lots);
        venue.row(events, 0, now);
        return this;
    }

    private LevelVenueTest filled() {
        row(BookEvents.BID, 100, 5).row(BookEvents.BID, 99, 4);
        return row(BookEvents.ASK, 102, 6).row(BookEvents.ASK, 103, 7).row(BookEvents.WHOLE, 0, 0);
    }

    private LevelVenueTest place(int slot, boolean buy, int ticks, Terms terms) {
        venue.place(slot, buy, ticks, 1000, terms, ++now);
        return this;
    }

    @Test
    void anOrderFillsOnceTradesTookWhatStoodBeforeItAndHalfALotMore() {
        filled().place(1, true, 100, Terms.POST_ONLY);
        row(BookEvents.SELL, 100, 3).row(BookEvents.SELL, 100, 2);
        assertThat(said).containsExactly("1 accepted");
        assertThat(venue.resting()).isOne();
        row(BookEvents.SELL, 100, 1);
        assertThat(said).containsExactly("1 accepted", "1 made 100");
        assertThat(venue.resting()).isZero();
    }

    @Test
    void tradesOfTheOtherAggressorAndOfWorsePricesDoNotReachIt() {
        filled().place(1, true, 99, Terms.REST).place(2, false, 103, Terms.REST);
        row(BookEvents.BUY, 99, 100)
                .row(BookEvents.SELL, 100, 100)
                .row(BookEvents.BUY, 102, 100)
                .row(BookEvents.SELL, 103, 9);
        assertThat(said).containsExactly("1 accepted", "2 accepted");
    }

    @Test
    void aTradeBeyondItsPriceFillsIt() {
        filled().place(1, true, 99, Terms.REST).place(2, false, 103, Terms.REST);
        row(BookEvents.SELL, 98, 1).row(BookEvents.BUY, 104, 1);
        assertThat(said).endsWith("1 made 99", "2 made 103");
    }

    @Test
    void theOtherSideComingToItsPriceFillsIt() {
        filled().place(1, true, 100, Terms.REST).place(2, false, 103, Terms.REST);
        row(BookEvents.ASK, 100, 1);
        assertThat(said).endsWith("1 made 100");
        row(BookEvents.BID, 103, 1);
        assertThat(said).endsWith("2 made 103");
    }

    @Test
    void aQuoteThatPassesItFillsItToo() {
        filled().place(1, true, 100, Terms.REST).place(2, true, 99, Terms.REST);
        row(BookEvents.ASK_QUOTE, 100, 1);
        assertThat(said).endsWith("1 made 100");
        row(BookEvents.BID_QUOTE, 98, 3);
        assertThat(venue.book().bidTicks()).isEqualTo(98);
        assertThat(venue.resting()).isOne();
        row(BookEvents.BID_QUOTE, 99, 3);
        assertThat(venue.book().bidLots(99)).isEqualTo(3);
    }

    @Test
    void aLevelThatShrinksBringsTheOrderForwardWhenNobodyElseIsLeft() {
        filled().place(1, true, 100, Terms.REST).row(BookEvents.BID, 100, 1);
        row(BookEvents.SELL, 100, 1);
        assertThat(said).doesNotContain("1 made 100");
        row(BookEvents.SELL, 100, 1);
        assertThat(said).endsWith("1 made 100");
    }

    @Test
    void anOrderThatMeetsTheOtherSideTakesOrIsRefused() {
        filled().place(1, true, 102, Terms.POST_ONLY).place(2, false, 100, Terms.POST_ONLY);
        place(3, true, 105, Terms.REST).place(4, false, 98, Terms.AT_ONCE).place(5, true, 101, Terms.AT_ONCE);
        assertThat(said).containsExactly("1 refused", "2 refused", "3 took 102", "4 took 100", "5 cancelled");
    }

    @Test
    void aCancelledOrderDoesNotFillAndAFilledOneCannotBeCancelled() {
        filled().place(1, true, 100, Terms.REST).place(2, true, 100, Terms.REST).place(3, false, 103, Terms.REST);
        venue.cancel(1, ++now);
        row(BookEvents.SELL, 99, 1);
        venue.cancel(2, ++now);
        venue.cancel(7, ++now);
        assertThat(said)
                .containsExactly(
                        "1 accepted",
                        "2 accepted",
                        "3 accepted",
                        "1 cancelled",
                        "2 made 100",
                        "2 not cancelled",
                        "7 not cancelled");
        assertThat(venue.resting()).isOne();
    }

    @Test
    void nothingFillsWhileTheBookHasAHole() {
        filled().place(1, true, 100, Terms.REST).row(BookEvents.CLEAR, 0, 0);
        row(BookEvents.SELL, 90, 50)
                .row(BookEvents.BID, 95, 1)
                .row(BookEvents.ASK, 96, 1)
                .row(BookEvents.ASK_QUOTE, 96, 2);
        place(2, true, 97, Terms.REST).place(3, true, 97, Terms.POST_ONLY).place(4, false, 99, Terms.AT_ONCE);
        assertThat(said).containsExactly("1 accepted", "2 cancelled", "3 refused", "4 cancelled");
    }

    @Test
    void afterAHoleAnOrderFillsIfTheBookHasPassedItAndStandsLastIfNot() {
        filled().place(1, true, 100, Terms.REST).place(2, true, 94, Terms.REST).place(3, false, 103, Terms.REST);
        row(BookEvents.SELL, 95, 1); // takes the first, so that only the others stand
        row(BookEvents.CLEAR, 0, 0).row(BookEvents.BID, 94, 8).row(BookEvents.ASK, 99, 1);
        row(BookEvents.WHOLE, 0, 0);
        assertThat(said).endsWith("3 accepted", "1 made 100");
        row(BookEvents.SELL, 94, 8);
        assertThat(said).endsWith("1 made 100");
        row(BookEvents.SELL, 94, 1);
        assertThat(said).endsWith("2 made 94");
        row(BookEvents.CLEAR, 0, 0)
                .row(BookEvents.BID, 110, 8)
                .row(BookEvents.ASK, 111, 1)
                .row(BookEvents.WHOLE, 0, 0);
        assertThat(said).endsWith("3 made 103");
    }

    @Test
    void anEmptyBookFillsNothing() {
        row(BookEvents.WHOLE, 0, 0).place(1, true, 100, Terms.REST).place(2, true, 100, Terms.AT_ONCE);
        assertThat(said).containsExactly("1 accepted", "2 cancelled");
    }

    @Test
    void manyOrdersKeepTheirOwnPlaces() {
        filled();
        for (int i = 0; i < 20; i++) {
            place(i, i % 2 == 0, i % 2 == 0 ? 100 - i : 102 + i, Terms.REST);
        }
        assertThat(venue.resting()).isEqualTo(20);
        said.clear();
        row(BookEvents.SELL, 95, 1);
        assertThat(said).containsExactlyInAnyOrder("0 made 100", "2 made 98", "4 made 96");
        said.clear();
        row(BookEvents.BUY, 200, 1);
        assertThat(said).hasSize(10);
        assertThat(venue.resting()).isEqualTo(7);
    }

    @Test
    void sizesOfAScaleThatIsNoDecimalAreMultiples() {
        Venue odd = venue(new BookScale(1, 0.3), FillRules.whole());
        BookEvents events = new BookEvents(new BookScale(1, 0.3), 4);
        events.add(BookEvents.BID, 1, 1, 10, 2);
        events.add(BookEvents.WHOLE, 1, 1, 0, 0);
        events.add(BookEvents.SELL, 1, 1, 10, 2);
        events.add(BookEvents.SELL, 1, 1, 10, 1);
        now = 1;
        odd.row(events, 0, 1);
        odd.row(events, 1, 1);
        odd.place(1, true, 10, 1000, Terms.REST, 1);
        odd.row(events, 2, 1);
        assertThat(said).containsExactly("1 accepted");
        odd.row(events, 3, 1);
        assertThat(said).endsWith("1 made 10");
    }
}
