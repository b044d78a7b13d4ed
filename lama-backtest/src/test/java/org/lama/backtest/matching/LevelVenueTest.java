package org.lama.backtest.matching;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lama.backtest.matching.Venue.Terms;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;

/** Own orders in a book of bids at 100 (5 lots), 99 (4) and asks at 102 (6), 103 (7). */
class LevelVenueTest {
    private final VenueScript script = new VenueScript(new QueueModel.RiskAverse(), FillRules.whole());

    private LevelVenueTest row(byte kind, int ticks, long lots) {
        script.row(kind, ticks, lots);
        return this;
    }

    private LevelVenueTest filled() {
        row(BookEvents.BID, 100, 5).row(BookEvents.BID, 99, 4);
        return row(BookEvents.ASK, 102, 6).row(BookEvents.ASK, 103, 7).row(BookEvents.WHOLE, 0, 0);
    }

    private LevelVenueTest place(int slot, boolean buy, int ticks, Terms terms) {
        script.place(slot, buy, ticks, 1000, terms);
        return this;
    }

    @Test
    void anOrderFillsOnceTradesTookWhatStoodBeforeItAndHalfALotMore() {
        filled().place(1, true, 100, Terms.POST_ONLY);
        row(BookEvents.SELL, 100, 3).row(BookEvents.SELL, 100, 2);
        assertThat(script.said).containsExactly("1 accepted");
        assertThat(script.venue.resting()).isOne();
        row(BookEvents.SELL, 100, 1);
        assertThat(script.said).containsExactly("1 accepted", "1 made 1000 at 100, 0 left");
        assertThat(script.venue.resting()).isZero();
    }

    @Test
    void tradesOfTheOtherAggressorAndOfWorsePricesDoNotReachIt() {
        filled().place(1, true, 99, Terms.REST).place(2, false, 103, Terms.REST);
        row(BookEvents.BUY, 99, 100)
                .row(BookEvents.SELL, 100, 100)
                .row(BookEvents.BUY, 102, 100)
                .row(BookEvents.SELL, 103, 9);
        assertThat(script.said).containsExactly("1 accepted", "2 accepted");
    }

    @Test
    void aTradeBeyondItsPriceFillsIt() {
        filled().place(1, true, 99, Terms.REST).place(2, false, 103, Terms.REST);
        row(BookEvents.SELL, 98, 1).row(BookEvents.BUY, 104, 1);
        assertThat(script.said).endsWith("1 made 1000 at 99, 0 left", "2 made 1000 at 103, 0 left");
    }

    @Test
    void theOtherSideComingToItsPriceFillsIt() {
        filled().place(1, true, 100, Terms.REST).place(2, false, 103, Terms.REST);
        row(BookEvents.ASK, 100, 1);
        assertThat(script.said).endsWith("1 made 1000 at 100, 0 left");
        row(BookEvents.ASK, 104, 1).row(BookEvents.BID, 103, 1);
        assertThat(script.said).endsWith("2 made 1000 at 103, 0 left");
    }

    @Test
    void aQuoteThatPassesItFillsItToo() {
        filled().place(1, true, 100, Terms.REST).place(2, true, 99, Terms.REST);
        row(BookEvents.ASK_QUOTE, 100, 1);
        assertThat(script.said).endsWith("1 made 1000 at 100, 0 left");
        row(BookEvents.BID_QUOTE, 98, 3);
        assertThat(script.venue.book().bidTicks()).isEqualTo(98);
        assertThat(script.venue.resting()).isOne();
        row(BookEvents.BID_QUOTE, 99, 3);
        assertThat(script.venue.book().bidLots(99)).isEqualTo(3);
    }

    @Test
    void aLevelThatShrinksBringsTheOrderForwardWhenNobodyElseIsLeft() {
        filled().place(1, true, 100, Terms.REST).row(BookEvents.BID, 100, 1);
        row(BookEvents.SELL, 100, 1);
        assertThat(script.said).doesNotContain("1 made 1000 at 100, 0 left");
        row(BookEvents.SELL, 100, 1);
        assertThat(script.said).endsWith("1 made 1000 at 100, 0 left");
    }

    @Test
    void anOrderThatMeetsTheOtherSideTakesOrIsRefused() {
        filled().place(1, true, 102, Terms.POST_ONLY).place(2, false, 100, Terms.POST_ONLY);
        place(3, true, 105, Terms.REST).place(4, false, 98, Terms.AT_ONCE).place(5, true, 101, Terms.AT_ONCE);
        assertThat(script.said)
                .containsExactly(
                        "1 refused",
                        "2 refused",
                        "3 took 1000 at 102, 0 left",
                        "4 took 1000 at 100, 0 left",
                        "5 cancelled");
    }

    @Test
    void aCancelledOrderDoesNotFillAndAFilledOneCannotBeCancelled() {
        filled().place(1, true, 100, Terms.REST).place(2, true, 100, Terms.REST).place(3, false, 103, Terms.REST);
        script.cancel(1);
        row(BookEvents.SELL, 99, 1);
        script.cancel(2);
        script.cancel(7);
        assertThat(script.said)
                .containsExactly(
                        "1 accepted",
                        "2 accepted",
                        "3 accepted",
                        "1 cancelled",
                        "2 made 1000 at 100, 0 left",
                        "2 not cancelled",
                        "7 not cancelled");
        assertThat(script.venue.resting()).isOne();
    }

    @Test
    void nothingFillsWhileTheBookHasAHole() {
        filled().place(1, true, 100, Terms.REST).row(BookEvents.CLEAR, 0, 0);
        row(BookEvents.SELL, 90, 50)
                .row(BookEvents.BID, 95, 1)
                .row(BookEvents.ASK, 96, 1)
                .row(BookEvents.ASK_QUOTE, 96, 2);
        place(2, true, 97, Terms.REST).place(3, true, 97, Terms.POST_ONLY).place(4, false, 99, Terms.AT_ONCE);
        assertThat(script.said).containsExactly("1 accepted", "2 cancelled", "3 refused", "4 cancelled");
    }

    @Test
    void afterAHoleAnOrderFillsIfTheBookHasPassedItAndStandsLastIfNot() {
        filled().place(1, true, 100, Terms.REST).place(2, true, 94, Terms.REST).place(3, false, 103, Terms.REST);
        row(BookEvents.SELL, 95, 1); // takes the first, so that only the others stand
        row(BookEvents.CLEAR, 0, 0).row(BookEvents.BID, 94, 8).row(BookEvents.ASK, 99, 1);
        row(BookEvents.WHOLE, 0, 0);
        assertThat(script.said).endsWith("3 accepted", "1 made 1000 at 100, 0 left");
        row(BookEvents.SELL, 94, 8);
        assertThat(script.said).endsWith("1 made 1000 at 100, 0 left");
        row(BookEvents.SELL, 94, 1);
        assertThat(script.said).endsWith("2 made 1000 at 94, 0 left");
        row(BookEvents.CLEAR, 0, 0)
                .row(BookEvents.BID, 110, 8)
                .row(BookEvents.ASK, 111, 1)
                .row(BookEvents.WHOLE, 0, 0);
        assertThat(script.said).endsWith("3 made 1000 at 103, 0 left");
    }

    @Test
    void anEmptyBookFillsNothing() {
        row(BookEvents.WHOLE, 0, 0).place(1, true, 100, Terms.REST).place(2, true, 100, Terms.AT_ONCE);
        assertThat(script.said).containsExactly("1 accepted", "2 cancelled");
    }

    @Test
    void manyOrdersKeepTheirOwnPlaces() {
        filled();
        for (int i = 0; i < 20; i++) {
            place(i, i % 2 == 0, i % 2 == 0 ? 100 - i : 102 + i, Terms.REST);
        }
        assertThat(script.venue.resting()).isEqualTo(20);
        script.said.clear();
        row(BookEvents.SELL, 95, 1);
        assertThat(script.said)
                .containsExactlyInAnyOrder(
                        "0 made 1000 at 100, 0 left", "2 made 1000 at 98, 0 left", "4 made 1000 at 96, 0 left");
        script.said.clear();
        row(BookEvents.BUY, 200, 1);
        assertThat(script.said).hasSize(10);
        assertThat(script.venue.resting()).isEqualTo(7);
    }

    @Test
    void sizesOfAScaleThatIsNoDecimalAreMultiples() {
        BookScale thirds = new BookScale(1, 0.3);
        VenueScript odd = new VenueScript(thirds, new QueueModel.RiskAverse(), FillRules.whole());
        odd.row(BookEvents.BID, 10, 2).row(BookEvents.ASK, 12, 2).row(BookEvents.WHOLE, 0, 0);
        odd.place(1, true, 10, 1000, Terms.REST).row(BookEvents.SELL, 10, 2);
        assertThat(odd.said).containsExactly("1 accepted");
        odd.row(BookEvents.SELL, 10, 1);
        assertThat(odd.said).endsWith("1 made 1000 at 10, 0 left");
    }

    @Test
    void nothingFillsWhileASideIsMissingAndWhatWasPassedFillsOnceItIsBack() {
        filled().place(1, true, 100, Terms.REST)
                .place(2, false, 103, Terms.REST)
                .place(3, true, 99, Terms.REST);
        row(BookEvents.ASK, 102, 0).row(BookEvents.ASK, 103, 0);
        row(BookEvents.SELL, 100, 50).row(BookEvents.SELL, 98, 50).row(BookEvents.BUY, 110, 50);
        row(BookEvents.BID, 104, 1);
        assertThat(script.said).containsExactly("1 accepted", "2 accepted", "3 accepted");
        row(BookEvents.ASK, 106, 1);
        assertThat(script.said).as("104 bid").endsWith("3 accepted", "2 made 1000 at 103, 0 left");
        row(BookEvents.SELL, 98, 1);
        assertThat(script.said).endsWith("1 made 1000 at 100, 0 left", "3 made 1000 at 99, 0 left");
    }

    @Test
    void thatAWholeBookIsStillWholeChangesNoPlaceInTheQueue() {
        filled().place(1, true, 100, Terms.REST).row(BookEvents.SELL, 100, 4);
        row(BookEvents.WHOLE, 0, 0).row(BookEvents.SELL, 100, 2);
        assertThat(script.said).endsWith("1 made 1000 at 100, 0 left");
    }
}
