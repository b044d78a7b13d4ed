package org.lama.backtest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.backtest.order.Fill;
import org.lama.core.base.Tabular;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;
import org.lama.core.book.MemoryFeed;
import org.lama.core.market.Side;

/** Ticks of 0.5 and lots of 0.1, so that half a tick times a lot is 0.025. */
class PnlSplitTest {
    private static final BookScale SCALE = new BookScale(0.5, 0.1);
    private static final long SECOND = 1_000_000_000L;
    private final BookEvents events = new BookEvents(SCALE, 0);
    private final OwnFills fills = new OwnFills();

    private void best(long time, int bid, int ask) {
        events.add(BookEvents.CLEAR, time, time, 0, 0);
        events.add(BookEvents.BID, time, time, bid, 10);
        events.add(BookEvents.ASK, time, time, ask, 10);
        events.add(BookEvents.WHOLE, time, time, 0, 0);
    }

    private void fill(long time, Side side, long lots, long ticks, long feeUnits) {
        fills.add(new Fill(1, time, 0, side, lots, ticks, feeUnits));
    }

    private PnlSplit split() throws IOException {
        return PnlSplit.of(SCALE, fills, MidPath.of(MemoryFeed.of(events)), SECOND, 10 * SECOND);
    }

    @Test
    void aBuyBelowTheMidCapturesSpreadAndLosesWhatTheMidFallsAfterwards() throws IOException {
        best(0, 100, 102); // mid 101 ticks
        best(5 * SECOND, 98, 100); // mid 99
        best(20 * SECOND, 99, 103); // mid 101
        fill(5 * SECOND, Side.BUY, 10, 100, 7);
        PnlSplit split = split();
        // the mid before the fill is 101: the fall to 99 at its own time comes after it
        assertThat(split.spread()).isEqualTo(10 * 0.1 * 1 * 0.5);
        assertThat(split.drift(0)).isEqualTo(-10 * 0.1 * 2 * 0.5);
        assertThat(split.drift(1)).isEqualTo(split.drift(0));
        assertThat(split.inventory()).isZero();
        // what was paid counts below 0, in every place
        assertThat(split.fees()).isEqualTo(-7e-8);
        assertThat(split.feeUnits()).isEqualTo(-7);
        assertThat(split.minutes().fees()).containsExactly(-7e-8);
        assertThat(split.path().fees(6 * SECOND)).isEqualTo(-7e-8);
        assertThat(split.parts().get(2).value()).isEqualTo(-7e-8);
        assertThat(split.marks().columns().get(5).cells().get(0)).isEqualTo(-7e-8);
        assertThat(split.profit()).isEqualTo(0.5 - 7e-8);
        assertThat(split.cutOff(0)).isZero();
        assertThat(split.path().maxDrawdown()).isCloseTo(1.0, within(1e-12));
        assertThat(split.path().mostHeld()).isCloseTo(1.0, within(1e-12));
    }

    @Test
    void aHorizonBeyondTheEndTakesTheLastMidIsCountedAndHasNoMark() throws IOException {
        best(0, 100, 102);
        best(5 * SECOND, 101, 103);
        fill(SECOND, Side.SELL, 2, 102, 0);
        PnlSplit split = split();
        assertThat(split.cutOff(0)).isZero();
        assertThat(split.cutOff(1)).isEqualTo(1);
        assertThat(split.drift(1)).isEqualTo(split.inventory());
        List<Tabular.Column> marks = split.marks().columns();
        assertThat(marks)
                .extracting(Tabular.Column::name)
                .containsExactly("tsNanos", "quantity", "price", "mid", "spread", "fee", "drift 1 s", "drift 10 s");
        assertThat(marks.get(7).cells().get(0)).isEqualTo(Double.NaN);
        assertThat((double) marks.get(6).cells().get(0)).isZero();
        assertThat((double) marks.get(1).cells().get(0)).isCloseTo(-0.2, within(1e-15));
    }

    @Test
    void withoutFillsAllIsZeroAndSixMinutesHaveNoIntervalButAReason() throws IOException {
        best(0, 100, 102);
        best(360 * SECOND - 1, 101, 103);
        PnlSplit split = split();
        assertThat(split.profit()).isZero();
        assertThat(split.minutes().size()).isEqualTo(6);
        assertThat(split.parts()).hasSize(6).allSatisfy(part -> {
            assertThat(part.value()).isZero();
            assertThat(part.low()).isNaN();
            assertThat(part.whyNoInterval()).isEqualTo("n/a, 6 minutes are too few: an interval needs 30");
        });
    }

    @Test
    void anHourWithFillsInFewMinutesHasNoIntervalEither() throws IOException {
        best(0, 100, 102);
        best(3600 * SECOND - 1, 101, 103);
        for (int minute = 0; minute < 29; minute++) {
            fill(60 * SECOND * minute + 1, minute % 2 == 0 ? Side.BUY : Side.SELL, 10, 100 + minute % 2, 7);
            fill(60 * SECOND * minute + 2, minute % 2 == 0 ? Side.SELL : Side.BUY, 10, 102, 7);
        }
        assertThat(split().minutes().filled()).isEqualTo(29);
        assertThat(split().parts()).allSatisfy(part -> {
            assertThat(part.low()).isNaN();
            assertThat(part.high()).isNaN();
            assertThat(part.whyNoInterval()).isEqualTo("n/a, 29 minutes with fills are too few: an interval needs 30");
        });
        fill(3599 * SECOND, Side.BUY, 10, 100, 7);
        assertThat(split().whyNoInterval()).isEmpty();
        assertThat(split().parts().get(0).low()).isLessThan(split().spread());
        assertThat(split().parts().get(0).high()).isGreaterThan(split().spread());
    }

    @Test
    void aFeedWithoutAMidHasNoMinutesAndNoPlaceForFills() throws IOException {
        assertThat(split().minutes().size()).isZero();
        assertThat(split().path().mid(5)).isNaN();
        fill(1, Side.BUY, 1, 100, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(this::split)
                .withMessage("fill 0 came before the feed had a mid: is it of this feed?");
    }

    @Test
    void fillsOutOfOrderAndHorizonsOfNothingAreRefused() {
        best(0, 100, 102);
        fill(9, Side.BUY, 1, 100, 0);
        fill(8, Side.BUY, 1, 100, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(this::split)
                .withMessage("fills must be in the order of their times");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PnlSplit.of(SCALE, new OwnFills(), MidPath.of(MemoryFeed.of(events)), 0))
                .withMessage("horizonNanos must be > 0, got 0");
    }

    @Test
    void aBookThatIsGoneKeepsItsLastMid() throws IOException {
        best(0, 100, 102);
        events.add(BookEvents.CLEAR, SECOND, SECOND, 0, 0);
        MidPath mids = MidPath.of(MemoryFeed.of(events));
        assertThat(mids.last()).isEqualTo(202);
        assertThat(mids.at(2 * SECOND)).isEqualTo(202);
        assertThat(mids.before(0)).isEqualTo(MidPath.NONE);
        assertThat(mids.lastNanos()).isEqualTo(SECOND);
        assertThat(mids.before(Long.MIN_VALUE)).isEqualTo(MidPath.NONE);
    }
}
