package org.lama.backtest.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.lama.backtest.matching.Venue.Terms;
import org.lama.core.book.BookEvents;

/** Bids: number 1 (5 lots) and 2 (3 lots) at 100, 3 (4 lots) at 99; asks: number 4 (6 lots) at 102. */
class OrderVenueTest {
    private static final byte ADD_BID = BookEvents.ADD_BID;
    private static final byte ADD_ASK = BookEvents.ADD_ASK;
    private static final byte EXECUTE = BookEvents.EXECUTE;

    private static VenueScript book(FillRules rules) {
        VenueScript script = new VenueScript(new QueueModel.Fifo(), rules);
        script.order(ADD_BID, 100, 5, 1).order(ADD_BID, 100, 3, 2).order(ADD_BID, 99, 4, 3);
        return script.order(ADD_ASK, 102, 6, 4).row(BookEvents.WHOLE, 0, 0);
    }

    @Test
    void anOrderWaitsForThoseThatStoodBeforeItAndFillsBeforeThoseThatCameLater() {
        VenueScript script = book(FillRules.whole()).place(7, true, 100, 2, Terms.POST_ONLY);
        script.order(ADD_BID, 100, 9, 5);
        assertThat(script.venue.sizeAhead(7)).isEqualTo(0.008);
        script.order(BookEvents.CANCEL, 0, 0, 1);
        assertThat(script.venue.sizeAhead(7)).isEqualTo(0.003);
        script.order(EXECUTE, 0, 3, 2);
        assertThat(script.venue.sizeAhead(7)).isZero();
        assertThat(script.heard()).containsExactly("7 accepted");
        script.order(EXECUTE, 0, 1, 5);
        assertThat(script.heard()).containsExactly("7 made 2 at 100, 0 left");
    }

    @Test
    void whoMovesOrGrowsGoesBehindUsAndWhoShrinksDoesNot() {
        VenueScript script = book(FillRules.parts()).place(7, true, 100, 9, Terms.POST_ONLY);
        script.order(BookEvents.CHANGE, 100, 2, 1).order(BookEvents.CHANGE, 100, 4, 2);
        assertThat(script.venue.sizeAhead(7)).isEqualTo(0.002);
        script.heard();
        script.order(EXECUTE, 0, 1, 1).order(EXECUTE, 0, 3, 2);
        assertThat(script.heard()).containsExactly("7 made 3 at 100, 6 left");
        script.order(EXECUTE, 0, 1, 3);
        assertThat(script.heard()).as("a worse price trades").containsExactly("7 made 6 at 100, 0 left");
    }

    @Test
    void printsAndWhatIsUnknownFillNothing() {
        VenueScript script = book(FillRules.whole()).place(7, true, 101, 2, Terms.POST_ONLY);
        script.heard();
        script.row(BookEvents.SELL, 90, 50).order(EXECUTE, 0, 1, 77).order(EXECUTE, 0, 100, 1);
        script.order(BookEvents.CHANGE, 105, 1, 77).order(BookEvents.CANCEL, 0, 0, 77);
        assertThat(script.heard()).isEmpty();
        assertThat(script.venue.crossings()).isZero();
    }

    @Test
    void nothingFillsWhileTheSidesMeetOnceTheyPartWhatWasPassedFills() {
        VenueScript script = book(FillRules.whole()).place(7, true, 101, 2, Terms.POST_ONLY);
        script.place(8, false, 103, 2, Terms.POST_ONLY).heard();
        script.order(ADD_ASK, 100, 1, 9).order(EXECUTE, 0, 1, 1).order(ADD_BID, 104, 1, 10);
        script.place(9, true, 120, 1, Terms.AT_ONCE);
        assertThat(script.heard()).containsExactly("9 cancelled");
        assertThat(script.venue.crossings()).isPositive();
        script.order(BookEvents.CANCEL, 0, 0, 9);
        assertThat(script.heard()).as("102 asked, 104 bid").isEmpty();
        script.order(EXECUTE, 0, 6, 4);
        assertThat(script.heard()).as("one side only").isEmpty();
        script.order(ADD_ASK, 106, 1, 12);
        assertThat(script.heard()).containsExactly("8 made 2 at 103, 0 left");
    }

    @Test
    void afterAHoleAnOrderStandsBehindAllOthers() {
        VenueScript script = book(FillRules.whole()).place(7, true, 100, 2, Terms.POST_ONLY);
        script.row(BookEvents.CLEAR, 0, 0).order(ADD_BID, 100, 50, 1).order(ADD_ASK, 101, 6, 4);
        script.order(EXECUTE, 0, 1, 1);
        assertThat(script.heard()).containsExactly("7 accepted");
        script.row(BookEvents.WHOLE, 0, 0);
        assertThat(script.venue.sizeAhead(7)).isEqualTo(0.049);
        script.order(EXECUTE, 0, 49, 1);
        assertThat(script.heard()).isEmpty();
        assertThat(script.venue.sizeAhead(3)).isNaN();
    }

    @Test
    void aShareOfWhatTradesBehindUsIsOurs() {
        VenueScript script = book(FillRules.realistic()).place(7, true, 101, 5, Terms.POST_ONLY);
        script.order(ADD_BID, 101, 40, 11).heard();
        script.order(EXECUTE, 0, 25, 11);
        assertThat(script.heard()).containsExactly("7 made 2 at 101, 3 left");
        script.order(EXECUTE, 0, 5, 11);
        assertThat(script.heard()).containsExactly("7 made 1 at 101, 2 left");
    }

    @Test
    void aFeedByLevelIsRefusedWithWhatItNeeds() {
        VenueScript script = book(FillRules.whole());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> script.row(BookEvents.BID, 99, 1))
                .withMessageContaining("tells a level")
                .withMessageContaining("L3");
        script.place(7, true, 100, 1, Terms.REST);
        assertThatIllegalArgumentException().isThrownBy(() -> script.row(BookEvents.ASK_QUOTE, 99, 1));
    }
}
