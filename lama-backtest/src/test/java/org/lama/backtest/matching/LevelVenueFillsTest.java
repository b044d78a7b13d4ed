package org.lama.backtest.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.lama.backtest.matching.Venue.Terms;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.book.BookEvents;

/** Fills in parts, takers that walk, changes of orders: bids at 100 (5 lots), 99 (4), asks at 102 (6), 103 (7), 105 (20). */
class LevelVenueFillsTest {
    private static final byte BID = BookEvents.BID;
    private static final byte ASK = BookEvents.ASK;
    private static final byte BUY = BookEvents.BUY;
    private static final byte SELL = BookEvents.SELL;

    private static VenueScript book(FillRules rules) {
        VenueScript script = new VenueScript(new QueueModel.RiskAverse(), rules);
        script.row(BID, 100, 5)
                .row(BID, 99, 4)
                .row(ASK, 102, 6)
                .row(ASK, 103, 7)
                .row(ASK, 105, 20);
        return script.row(BookEvents.WHOLE, 0, 0);
    }

    @Test
    void aMakerGetsWhatTradesLetThroughToItAndKeepsItsPlace() {
        VenueScript script = book(FillRules.parts()).place(1, true, 100, 10, Terms.POST_ONLY);
        assertThat(script.venue.sizeAhead(1)).isEqualTo(0.005);
        script.row(SELL, 100, 3);
        assertThat(script.heard()).containsExactly("1 accepted");
        script.row(SELL, 100, 4);
        assertThat(script.heard()).containsExactly("1 made 2 at 100, 8 left");
        assertThat(script.venue.sizeAhead(1)).isZero();
        script.row(BID, 100, 90).row(SELL, 100, 3);
        assertThat(script.heard()).as("whoever came later stands behind").containsExactly("1 made 3 at 100, 5 left");
        script.row(SELL, 99, 1);
        assertThat(script.heard()).as("the price passed it").containsExactly("1 made 5 at 100, 0 left");
        assertThat(script.venue.resting()).isZero();
        assertThat(script.venue.sizeAhead(1)).isNaN();
    }

    @Test
    void twoOwnOrdersOfOnePriceShareATradeByTheirTurn() {
        VenueScript script = book(FillRules.parts()).place(1, true, 101, 4, Terms.REST);
        script.place(2, true, 101, 9, Terms.REST).heard();
        script.row(SELL, 101, 6);
        assertThat(script.heard()).containsExactly("1 made 4 at 101, 0 left", "2 made 2 at 101, 7 left");
        script.row(SELL, 101, 6);
        assertThat(script.heard()).containsExactly("2 made 6 at 101, 1 left");
    }

    @Test
    void theBetterPriceFillsFirstWhateverCameFirst() {
        VenueScript script = book(FillRules.whole());
        script.place(1, true, 98, 1, Terms.REST).place(2, true, 101, 1, Terms.REST);
        script.place(3, false, 106, 1, Terms.REST).place(4, false, 104, 1, Terms.REST);
        script.place(5, true, 98, 1, Terms.REST).heard();
        script.row(SELL, 97, 1).row(BUY, 110, 1);
        assertThat(script.heard())
                .containsExactly(
                        "2 made 1 at 101, 0 left",
                        "1 made 1 at 98, 0 left",
                        "5 made 1 at 98, 0 left",
                        "4 made 1 at 104, 0 left",
                        "3 made 1 at 106, 0 left");
    }

    @Test
    void aTakerWalksTheLevelsAndTheBookStays() {
        VenueScript script = book(FillRules.parts()).place(1, true, 103, 10, Terms.AT_ONCE);
        assertThat(script.heard()).containsExactly("1 took 6 at 102, 4 left", "1 took 4 at 103, 0 left");
        script.place(2, true, 103, 20, Terms.AT_ONCE);
        assertThat(script.heard())
                .containsExactly("2 took 6 at 102, 14 left", "2 took 7 at 103, 7 left", "2 cancelled");
        script.place(3, false, 1, 100, Terms.AT_ONCE);
        assertThat(script.heard())
                .as("a market order takes all there is")
                .containsExactly("3 took 5 at 100, 95 left", "3 took 4 at 99, 91 left", "3 cancelled");
    }

    @Test
    void whatATakerCannotGetAtOnceRestsAndFillsFromWhatComesAgainstIt() {
        VenueScript script = book(FillRules.parts()).place(1, true, 103, 20, Terms.REST);
        assertThat(script.heard()).containsExactly("1 accepted", "1 took 6 at 102, 14 left", "1 took 7 at 103, 7 left");
        assertThat(script.venue.resting()).isOne();
        assertThat(script.venue.sizeAhead(1)).isZero();
        script.row(ASK, 103, 5).row(ASK, 104, 50);
        assertThat(script.heard()).as("less at its price, more beyond it").isEmpty();
        script.row(ASK, 102, 8);
        assertThat(script.heard()).as("two more than before").containsExactly("1 made 2 at 103, 5 left");
        script.row(SELL, 103, 1);
        assertThat(script.heard()).containsExactly("1 made 1 at 103, 4 left");
        script.row(ASK, 101, 1);
        assertThat(script.heard()).as("a new best price passes it").containsExactly("1 made 4 at 103, 0 left");
    }

    @Test
    void allOrNothingNeedsAllOfItAtOnce() {
        VenueScript script = book(FillRules.parts()).place(1, true, 103, 14, Terms.ALL_AT_ONCE);
        script.place(2, true, 101, 1, Terms.ALL_AT_ONCE).place(3, true, 103, 13, Terms.ALL_AT_ONCE);
        assertThat(script.heard())
                .containsExactly("1 cancelled", "2 cancelled", "3 took 6 at 102, 7 left", "3 took 7 at 103, 0 left");
        VenueScript whole = book(FillRules.whole()).place(1, true, 102, 500, Terms.ALL_AT_ONCE);
        assertThat(whole.heard()).containsExactly("1 took 500 at 102, 0 left");
    }

    @Test
    void nothingFillsInAnEmptyBookOrOneWithAHole() {
        for (FillRules rules : new FillRules[] {FillRules.whole(), FillRules.parts(), FillRules.realistic()}) {
            VenueScript empty = new VenueScript(new QueueModel.RiskAverse(), rules);
            empty.row(BookEvents.WHOLE, 0, 0).place(1, true, 1 << 30, 1, Terms.AT_ONCE);
            empty.place(2, false, 1, 1, Terms.ALL_AT_ONCE).place(3, true, 100, 1, Terms.REST);
            assertThat(empty.heard()).containsExactly("1 cancelled", "2 cancelled", "3 accepted");
            VenueScript hole = book(rules).place(1, true, 100, 10, Terms.REST);
            hole.row(BookEvents.CLEAR, 0, 0).row(BID, 90, 9).row(ASK, 91, 9);
            hole.row(SELL, 80, 100).row(ASK, 85, 100).place(2, true, 1 << 30, 1, Terms.AT_ONCE);
            hole.amend(1, 95, 10);
            assertThat(hole.heard()).containsExactly("1 accepted", "2 cancelled", "1 cancelled");
        }
    }

    @Test
    void aShareLimitsTakersLevelByLevel() {
        VenueScript script = book(FillRules.parts().withParticipation(0.5)).place(1, true, 105, 100, Terms.AT_ONCE);
        assertThat(script.heard())
                .containsExactly(
                        "1 took 3 at 102, 97 left",
                        "1 took 3 at 103, 94 left",
                        "1 took 10 at 105, 84 left",
                        "1 cancelled");
        script.place(2, true, 102, 4, Terms.ALL_AT_ONCE);
        assertThat(script.heard()).containsExactly("2 cancelled");
    }

    @Test
    void aShareOfSmallTradesAddsUpToWholeLots() {
        VenueScript script = book(FillRules.realistic()).place(1, true, 101, 5, Terms.POST_ONLY);
        script.heard();
        for (int i = 0; i < 9; i++) {
            script.row(SELL, 101, 1);
        }
        assertThat(script.heard()).isEmpty();
        script.row(SELL, 101, 1);
        assertThat(script.heard()).containsExactly("1 made 1 at 101, 4 left");
        script.row(SELL, 99, 25);
        assertThat(script.heard()).as("even where the price passed it").containsExactly("1 made 2 at 101, 2 left");
        script.row(SELL, 99, 15);
        assertThat(script.heard()).containsExactly("1 made 2 at 101, 0 left");
    }

    @Test
    void aShareHoldsForAllOwnOrdersTogether() {
        Rng rng = Seeds.rng(17, 8);
        VenueScript script = book(FillRules.parts().withParticipation(0.3));
        for (int slot = 0; slot < 6; slot++) {
            script.place(slot, true, 99 + slot % 3, 1_000_000, Terms.POST_ONLY);
        }
        long traded = 0;
        script.heard();
        for (int i = 0; i < 2_000; i++) {
            long size = 1L + rng.nextInt(30);
            traded += size;
            script.row(SELL, 98 + rng.nextInt(4), size);
        }
        long filled = script.heard().stream()
                .mapToLong(line -> Long.parseLong(line.replaceAll("^\\d+ made (\\d+) at .*", "$1")))
                .sum();
        assertThat(filled).isPositive().isLessThanOrEqualTo((long) (0.3 * traded));
    }

    @Test
    void madeSmallerItKeepsItsPlaceAndMadeLargerOrMovedItLosesIt() {
        VenueScript script = book(FillRules.parts()).place(1, true, 100, 10, Terms.POST_ONLY);
        script.row(BID, 100, 15).row(SELL, 100, 6).heard(); // 1 of ours
        script.amend(1, 100, 4);
        assertThat(script.heard()).containsExactly("1 amended to 4 at 100");
        assertThat(script.venue.sizeAhead(1)).isZero();
        script.row(SELL, 100, 2);
        assertThat(script.heard()).containsExactly("1 made 2 at 100, 1 left");
        script.amend(1, 100, 5);
        assertThat(script.heard()).containsExactly("1 amended to 5 at 100");
        assertThat(script.venue.sizeAhead(1)).isEqualTo(0.015);
        script.amend(1, 99, 5);
        assertThat(script.venue.sizeAhead(1)).isEqualTo(0.004);
        script.heard();
        script.row(SELL, 98, 100);
        assertThat(script.heard()).as("three of five had filled").containsExactly("1 made 2 at 99, 0 left");
        script.amend(1, 99, 7);
        assertThat(script.heard()).containsExactly("1 not amended");
    }

    @Test
    void madeNoLargerThanWhatHasFilledItEnds() {
        VenueScript script = book(FillRules.parts()).place(1, true, 101, 10, Terms.POST_ONLY);
        script.row(SELL, 101, 3).heard();
        script.amend(1, 101, 3).cancel(1);
        assertThat(script.heard()).containsExactly("1 cancelled", "1 not cancelled");
    }

    @Test
    void movedAcrossTheBookItTakesOrIsRefusedAsANewOneWouldBe() {
        VenueScript script = book(FillRules.parts()).place(1, true, 100, 10, Terms.REST);
        script.place(2, true, 100, 10, Terms.POST_ONLY).heard();
        script.amend(2, 102, 10).amend(1, 102, 10);
        assertThat(script.heard()).containsExactly("2 refused", "1 amended to 10 at 102", "1 took 6 at 102, 4 left");
        assertThat(script.venue.resting()).isOne();
        script.amend(1, 103, 7);
        assertThat(script.heard()).containsExactly("1 amended to 7 at 103", "1 took 1 at 102, 0 left");
        VenueScript whole = book(FillRules.whole()).place(1, true, 100, 10, Terms.REST);
        whole.amend(1, 104, 12);
        assertThat(whole.heard()).containsExactly("1 accepted", "1 amended to 12 at 104", "1 took 12 at 102, 0 left");
    }

    @Test
    void afterAHoleAShareHoldsToo() {
        VenueScript script = book(FillRules.realistic()).place(1, true, 101, 10, Terms.POST_ONLY);
        script.row(BookEvents.CLEAR, 0, 0).row(BID, 90, 9).row(ASK, 91, 30).row(BookEvents.WHOLE, 0, 0);
        assertThat(script.heard()).containsExactly("1 accepted", "1 made 3 at 101, 7 left");
    }

    @Test
    void rulesThatDoNotFitAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FillRules.parts().withParticipation(0))
                .withMessageContaining("participation must be in (0, 1]");
        assertThatIllegalArgumentException().isThrownBy(() -> FillRules.parts().withParticipation(1.01));
        assertThatIllegalArgumentException().isThrownBy(() -> FillRules.parts().withParticipation(Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FillRules(false, 0.5))
                .withMessageContaining("whole");
        assertThat(FillRules.realistic()).isEqualTo(new FillRules(true, 0.1));
    }

    @Test
    void aFeedByOrderIsRefusedWithWhatItNeeds() {
        VenueScript script = book(FillRules.whole());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> script.order(BookEvents.ADD_BID, 99, 1, 7))
                .withMessageContaining("single order");
        script.place(1, true, 100, 1, Terms.REST);
        assertThatIllegalArgumentException().isThrownBy(() -> script.order(BookEvents.CANCEL, 0, 0, 7));
    }
}
