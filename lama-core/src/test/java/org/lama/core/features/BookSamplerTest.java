package org.lama.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;

/** Worked by hand: ticks of 0.5 (a mid of 10,000 ticks is 5,000), lots of 0.01, rows of one second from second 100 on. */
class BookSamplerTest {
    private static final long SECOND = 1_000_000_000L;
    private static final double ROUNDING = 1e-12;
    private static final Provenance MADE = new Provenance(Provenance.Kind.SYNTHETIC, "generated", "", "");
    private final BookEvents events = new BookEvents(new BookScale(0.5, 0.01), 100);
    private final BookSampling settings = new BookSampling(
            Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(10), 20, 2);

    private void at(double second, byte kind, int ticks, long lots) {
        long nanos = Math.round((100 + second) * 1e3) * 1_000_000;
        events.add(kind, nanos, nanos, ticks, lots);
    }

    /** Bids 9,999 (3.00) and 9,990 (7.00); asks 10,001 (1.00) and 10,020 (5.00). */
    private void snapshot(double second) {
        at(second, BookEvents.CLEAR, 0, 0);
        at(second, BookEvents.BID, 9_999, 300);
        at(second, BookEvents.BID, 9_990, 700);
        at(second, BookEvents.ASK, 10_001, 100);
        at(second, BookEvents.ASK, 10_020, 500);
        at(second, BookEvents.WHOLE, 0, 0);
    }

    private void end(double second) {
        at(second, BookEvents.BID, 1, 1);
    }

    private Frame frame() {
        return BookFrames.of("X", events, settings, MADE);
    }

    @Test
    void aRowShowsTheBookAtItsEndAndIsKnownThen() {
        snapshot(0.25);
        at(1.5, BookEvents.ASK, 10_001, 300);
        end(2);
        Frame frame = frame();
        assertThat(frame.size()).isEqualTo(2);
        assertThat(frame.index().at(0)).isEqualTo(100 * SECOND);
        assertThat(frame.availableAt(1)).isEqualTo(102 * SECOND);
        assertThat(frame.columnNames()).isEqualTo(BookSampler.columns());
        assertThat(frame.column(Columns.BOOK_BID).toArray()).containsExactly(4_999.5, 4_999.5);
        assertThat(frame.column(Columns.BOOK_ASK_SIZE + 1).toArray()).containsExactly(1, 3);
        assertThat(frame.column(Columns.BOOK_ASK_SIZE + 5).toArray()).containsExactly(6, 8);
        // 10 basis points of 10,000 ticks are 10 ticks, 25 are 25
        assertThat(frame.column(Columns.BOOK_BID_DEPTH + 10).get(0)).isCloseTo(4_999.5 * 3 + 4_995 * 7.0, within(1e-9));
        assertThat(frame.column(Columns.BOOK_ASK_DEPTH + 10).get(0)).isCloseTo(5_000.5, within(1e-9));
        assertThat(frame.column(Columns.BOOK_ASK_DEPTH + 25).get(0)).isCloseTo(5_000.5 + 5_010 * 5.0, within(1e-9));
        assertThat(frame.column(BookFeatures.RELATIVE_SPREAD).get(0)).isCloseTo(2e-4, within(ROUNDING));
        assertThat(frame.column(BookFeatures.IMBALANCE + 1).toArray()).containsExactly(0.5, 0);
        assertThat(frame.column(BookSampler.QUOTE_AGE).toArray()).containsExactly(0.75, 0.5);
    }

    @Test
    void orderFlowIsSummedOverEventsAndNotOverTheEndsOfTheStep() {
        snapshot(0);
        at(1.1, BookEvents.BID, 9_999, 500); // +200
        at(1.2, BookEvents.BID, 10_000, 100); // a better bid: +100
        at(1.3, BookEvents.BID, 10_000, 0); // it goes: the bid falls, -100
        at(1.4, BookEvents.ASK, 10_001, 40); // 60 less are asked: +60
        at(1.5, BookEvents.BID, 9_990, 1); // behind the best: 0
        end(2);
        double mean = (500 + 100 + 100 + 100 + 500 + 100 + 500 + 40 + 500 + 40) / 10.0;
        assertThat(frame().column(BookSampler.ORDER_FLOW).get(1)).isCloseTo(260 / mean, within(ROUNDING));
        assertThat(frame().column(BookSampler.ORDER_FLOW_WINDOW).get(1)).isCloseTo(260 / mean, within(ROUNDING));
        assertThat(frame().column(BookSampler.ORDER_FLOW).get(0))
                .as("no event but the first")
                .isNaN();
    }

    @Test
    void allThatComesAtOneTimeIsOneEvent() {
        snapshot(0);
        at(1.1, BookEvents.ASK, 10_001, 0);
        at(1.1, BookEvents.ASK, 10_000, 100); // the ask moves down by a tick, nothing was ever at 10,020 alone
        end(2);
        assertThat(frame().column(BookSampler.ORDER_FLOW).get(1)).isCloseTo(-100 / 200.0, within(ROUNDING));
    }

    @Test
    void whatTradedWasNotCancelled() {
        snapshot(0);
        at(1.1, BookEvents.BID, 9_998, 400); // 400 added
        at(1.2, BookEvents.SELL, 9_999, 120);
        at(1.2, BookEvents.BID, 9_999, 180); // 120 traded
        at(1.3, BookEvents.ASK, 10_020, 300); // 200 cancelled
        at(1.4, BookEvents.BID_QUOTE, 9_998, 400); // 180 at the best cancelled, told by a quote
        end(3);
        assertThat(frame().column(BookSampler.CANCEL_INSERT_RATIO).get(2)).isCloseTo(380 / 400.0, within(ROUNDING));
        assertThat(frame().column(BookSampler.TRADE_IMBALANCE).get(2)).isEqualTo(-1);
    }

    @Test
    void aBarOfTradesHoldsPricesAndVolume() {
        snapshot(0);
        at(1.1, BookEvents.BUY, 10_001, 10);
        at(1.2, BookEvents.BUY, 10_020, 30);
        at(1.3, BookEvents.SELL, 9_999, 20);
        at(1.4, BookEvents.BUY, 10_001, 40);
        end(2);
        Frame frame = frame();
        assertThat(frame.column(Columns.OPEN).get(1)).isEqualTo(5_000.5);
        assertThat(frame.column(Columns.HIGH).get(1)).isEqualTo(5_010);
        assertThat(frame.column(Columns.LOW).get(1)).isEqualTo(4_999.5);
        assertThat(frame.column(Columns.CLOSE).get(1)).isEqualTo(5_000.5);
        assertThat(frame.column(Columns.VOLUME).toArray()).containsExactly(0, 1);
        assertThat(frame.column(Columns.OPEN).get(0)).isNaN();
    }

    @Test
    void aSideRecoversFromTheTradeUntilItsDepthIsBack() {
        snapshot(0);
        for (int i = 0; i < 20; i++) { // a usual ask depth of 1.00 within 10 basis points
            at(i + 0.5, BookEvents.BID, 9_000, 1 + i % 2);
        }
        at(21.5, BookEvents.BUY, 10_001, 99); // not the whole level
        at(21.6, BookEvents.ASK, 10_001, 1);
        at(21.7, BookEvents.ASK, 10_001, 100);
        at(22.0, BookEvents.BUY, 10_001, 60);
        at(22.0, BookEvents.BUY, 10_001, 40); // with the print before it all of the level
        at(22.1, BookEvents.ASK, 10_001, 0);
        at(22.2, BookEvents.ASK, 10_003, 80); // not yet
        at(22.75, BookEvents.ASK, 10_004, 11);
        end(24);
        Frame frame = frame();
        assertThat(frame.column(BookSampler.RESILIENCE).get(21)).isNaN();
        assertThat(frame.column(BookSampler.RESILIENCE).get(22)).isCloseTo(0.75, within(ROUNDING));
    }

    @Test
    void aBookThatBreaksWhileItIsWatchedIsNoObservation() {
        snapshot(0);
        for (int i = 0; i < 20; i++) {
            at(i + 0.5, BookEvents.BID, 9_000, 1 + i % 2);
        }
        at(21.1, BookEvents.SELL, 9_980, 1_000);
        at(21.2, BookEvents.BID, 9_999, 0);
        at(21.2, BookEvents.BID, 9_990, 0);
        snapshot(21.5);
        end(23);
        assertThat(frame().column(BookSampler.RESILIENCE).toArray()).containsOnly(Double.NaN);
    }

    @Test
    void aBrokenBookAndAStaleOneGiveNoFeatureAndTheTapeGoesOn() {
        snapshot(0);
        at(1.5, BookEvents.CLEAR, 0, 0);
        at(1.6, BookEvents.BUY, 10_001, 25);
        snapshot(2.5);
        end(20);
        Frame frame = frame();
        for (String name :
                BookSampler.columns().subList(5, BookSampler.columns().size())) {
            assertThat(frame.column(name).get(1)).as(name).isNaN();
            assertThat(frame.column(name).get(13))
                    .as("nothing for more than ten seconds: " + name)
                    .isNaN();
        }
        assertThat(frame.column(Columns.VOLUME).get(1)).isEqualTo(0.25);
        assertThat(frame.column(Columns.VOLUME).get(13)).isNaN();
        assertThat(frame.column(Columns.BOOK_BID).get(2)).isEqualTo(4_999.5);
        assertThat(frame.column(Columns.BOOK_BID).get(11)).isEqualTo(4_999.5);
    }

    @Test
    void printsDoNotKeepADeadBookAliveAndAnUnchangedSnapshotDoes() {
        snapshot(0);
        for (int second = 1; second < 20; second++) {
            at(second + 0.5, BookEvents.SELL, 9_999, 10);
        }
        at(20.5, BookEvents.WHOLE, 0, 0);
        end(40);
        Frame frame = frame();
        double[] bid = frame.column(Columns.BOOK_BID).toArray();
        double[] volume = frame.column(Columns.VOLUME).toArray();
        assertThat(bid[9]).isEqualTo(4_999.5);
        for (int row = 10; row < 20; row++) {
            assertThat(bid[row]).as("row %d", row).isNaN();
            assertThat(volume[row]).as("row %d", row).isEqualTo(0.1);
        }
        assertThat(bid[20]).as("still so").isEqualTo(4_999.5);
        assertThat(bid[29]).isEqualTo(4_999.5);
        assertThat(bid[30]).isNaN();
    }

    @Test
    void linesThatMeetAreNoBook() {
        snapshot(0);
        at(1.5, BookEvents.BID, 10_020, 5); // takes all asks with it
        end(2);
        assertThat(frame().column(Columns.BOOK_BID).get(1)).isNaN();
    }

    @Test
    void aTapeThatIsEmptyOrShorterThanAStepGivesNoRow() {
        assertThat(frame().size()).isZero();
        snapshot(0.1);
        end(0.9);
        assertThat(frame().size()).isZero();
        assertThat(frame().columnNames()).isEqualTo(BookSampler.columns());
    }

    @Test
    void timeThatStepsBackStandsStillAndIsCounted() {
        List<Long> closes = new ArrayList<>();
        snapshot(0);
        at(3, BookEvents.BID, 9_000, 1);
        at(2, BookEvents.BID, 9_000, 2);
        at(4, BookEvents.BID, 9_000, 3);
        BookSampler sampler = BookSampler.of(events.scale(), settings, (close, row) -> closes.add(close));
        for (int row = 0; row < events.size(); row++) {
            sampler.accept(events, row);
        }
        assertThat(sampler.stepsBack()).isOne();
        assertThat(closes).containsExactly(101 * SECOND, 102 * SECOND, 103 * SECOND, 104 * SECOND);
        sampler.advance(103 * SECOND);
        sampler.advance(106 * SECOND);
        assertThat(closes).hasSize(6);
        assertThat(sampler.book().bidTicks()).isEqualTo(9_999);
    }

    @Test
    void aPauseOfYearsIsRefused() {
        snapshot(0);
        at(1e9, BookEvents.BID, 1, 1);
        assertThatIllegalArgumentException().isThrownBy(this::frame).withMessageContaining("cut the tape there");
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withStep(Duration.ZERO))
                .withMessage("step must be > 0, got PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BookSampling(second, second, second, second, 19, 2))
                .withMessageContaining("trades must be >= 20");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BookSampling(second, second, second, second, 20, 1))
                .withMessageContaining("buckets must be >= 2");
        assertThat(settings.sumWindow()).isEqualTo(new RollingWindow(5, 2));
        assertThat(settings.withSpans(second, second).medianWindow()).isEqualTo(new RollingWindow(20, 7));
    }

    @Test
    void nothingIsAllocatedPerEvent() {
        BookEvents many = BookScenes.random(3, 60_000);
        double[] sum = {0};
        BookSampler sampler = BookSampler.of(many.scale(), settings, (close, row) -> sum[0] += row[0]);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int row = 0; row < 30_000; row++) {
            sampler.accept(many, row);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int row = 30_000; row < many.size(); row++) {
            sampler.accept(many, row);
        }
        // full buckets of VPIN ask for a normal distribution function, which may make a small object each
        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 30_000.0)
                .isLessThan(1);
    }

    @Test
    void vpinIsOneWhereAllBuyAndZeroWhereSidesAlternate() {
        Vpin one = new Vpin(2);
        one.trade(true, 100, 50); // no bucket yet
        one.resize(10);
        one.trade(true, 100, 7);
        one.trade(true, 101, 20); // goes on in the next buckets: two are full, seven are left
        assertThat(one.signed()).isEqualTo(1);
        assertThat(one.bulk()).as("one change of price has no deviation").isNaN();
        one.trade(false, 101, 10); // 7 bought and 3 sold, then 7 sold
        assertThat(one.signed()).isCloseTo((10 + 4) / 20.0, within(ROUNDING));
        Vpin even = new Vpin(3);
        even.resize(10);
        for (int i = 0; i < 12; i++) {
            even.trade(i % 2 == 0, 100, 5);
        }
        assertThat(even.signed()).isZero();
        assertThat(even.bulk()).as("no change of price is half bought").isZero();
    }

    @Test
    void aTradeBeyondAllMemoryOfVpinIsQuickAndLeavesWhatManySmallOnesWould() {
        Vpin large = new Vpin(4);
        Vpin small = new Vpin(4);
        large.resize(3);
        small.resize(3);
        for (Vpin vpin : new Vpin[] {large, small}) {
            vpin.trade(false, 90, 10);
        }
        large.trade(true, 100, 3_000_000_000_000_004L);
        for (int i = 0; i < 64; i++) { // as many lots, but for whole rounds of four buckets
            small.trade(true, 100, 1);
        }
        large.trade(false, 99, 5);
        small.trade(false, 99, 5);
        assertThat(large.signed()).isEqualTo(small.signed());
    }
}
