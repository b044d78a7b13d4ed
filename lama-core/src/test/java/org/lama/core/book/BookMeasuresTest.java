package org.lama.core.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.core.market.Side;

/** Worked by hand: bids 99.5 (2.00), 99.0 (3.00); asks 100.5 (1.00), 101.5 (4.00); ticks of 0.5, lots of 0.01. */
class BookMeasuresTest {
    private static final double ROUNDING = 1e-12;
    private final LevelBook book = LevelBook.of(new BookScale(0.5, 0.01));

    private void fill() {
        book.setBid(199, 200);
        book.setBid(198, 300);
        book.setAsk(201, 100);
        book.setAsk(203, 400);
        book.complete();
    }

    @Test
    void everyMeasureIsMissingWhileTheBookIsNotValid() {
        fill();
        book.clear();
        assertThat(new double[] {
                    BookMeasures.mid(book),
                    BookMeasures.relativeSpread(book),
                    BookMeasures.microprice(book),
                    BookMeasures.imbalance(book, 1),
                    BookMeasures.depth(book, Side.BUY, 1),
                    BookMeasures.depthWithin(book, Side.SELL, 10),
                    BookMeasures.depthSlope(book),
                    BookMeasures.sweepPrice(book, Side.BUY, 1),
                    BookMeasures.sweepCost(book, Side.SELL, 1)
                })
                .containsOnly(Double.NaN);
    }

    @Test
    void theBestPricesGiveMidSpreadAndMicroprice() {
        fill();
        assertThat(BookMeasures.mid(book)).isEqualTo(100.0);
        assertThat(BookMeasures.relativeSpread(book)).isCloseTo(0.01, within(ROUNDING));
        assertThat(BookMeasures.microprice(book)).isCloseTo((100.5 * 2 + 99.5 * 1) / 3, within(ROUNDING * 100));
    }

    @Test
    void levelsGiveDepthAndImbalance() {
        fill();
        assertThat(BookMeasures.depth(book, Side.BUY, 1)).isCloseTo(2, within(ROUNDING));
        assertThat(BookMeasures.depth(book, Side.BUY, 2)).isCloseTo(5, within(ROUNDING));
        assertThat(BookMeasures.depth(book, Side.SELL, 10)).isCloseTo(5, within(ROUNDING));
        assertThat(BookMeasures.imbalance(book, 1)).isCloseTo(1.0 / 3, within(ROUNDING));
        assertThat(BookMeasures.imbalance(book, 2)).isCloseTo(0, within(ROUNDING));
        assertThatIllegalArgumentException().isThrownBy(() -> BookMeasures.depth(book, Side.BUY, 0));
    }

    @Test
    void basisPointsGiveNotionalWithTheEdgeInside() {
        fill();
        assertThat(BookMeasures.depthWithin(book, Side.BUY, 49)).isZero();
        assertThat(BookMeasures.depthWithin(book, Side.BUY, 51)).isCloseTo(99.5 * 2, within(1e-9));
        assertThat(BookMeasures.depthWithin(book, Side.BUY, 101)).isCloseTo(99.5 * 2 + 99.0 * 3, within(1e-9));
        assertThat(BookMeasures.depthWithin(book, Side.SELL, 101)).isCloseTo(100.5, within(1e-9));
        assertThat(BookMeasures.depthSlope(book))
                .as("nothing within 10 basis points")
                .isNaN();
    }

    @Test
    void depthThatGrowsInProportionToDistanceHasSlopeOne() {
        LevelBook even = LevelBook.of(new BookScale(0.01, 1));
        for (int i = 1; i <= 50_000; i++) {
            even.setBid(10_000_000 - i, 1);
            even.setAsk(10_000_000 + i, 1);
        }
        even.complete();
        assertThat(BookMeasures.depthSlope(even))
                .isCloseTo(1, within(1e-3)); // the last level of each reach is a part of 1e-4
    }

    @Test
    void aSweepPaysLevelByLevel() {
        fill();
        assertThat(BookMeasures.sweepPrice(book, Side.BUY, 1)).isCloseTo(100.5, within(1e-9));
        assertThat(BookMeasures.sweepPrice(book, Side.BUY, 3)).isCloseTo((100.5 + 2 * 101.5) / 3, within(1e-9));
        assertThat(BookMeasures.sweepPrice(book, Side.SELL, 5)).isCloseTo((2 * 99.5 + 3 * 99.0) / 5, within(1e-9));
        assertThat(BookMeasures.sweepPrice(book, Side.SELL, 5.01)).isNaN();
        assertThat(BookMeasures.sweepCost(book, Side.BUY, 1)).isCloseTo(0.005, within(ROUNDING));
        assertThat(BookMeasures.sweepCost(book, Side.SELL, 2)).isCloseTo(0.005, within(ROUNDING));
        assertThatIllegalArgumentException().isThrownBy(() -> BookMeasures.sweepPrice(book, Side.BUY, Double.NaN));
    }

    @Test
    void nothingIsSaidOfLevelsBehindThoseThatTheSnapshotTold() {
        fill();
        book.complete(198, 203);
        assertThat(book.knownBidTicks()).isEqualTo(198);
        assertThat(book.knownAskTicks()).isEqualTo(203);
        // 198 is told, 197 is not: 150 basis points from the mid of 200 ticks
        assertThat(BookMeasures.depthWithin(book, Side.BUY, 149)).isCloseTo(99.5 * 2 + 99.0 * 3, within(1e-9));
        assertThat(BookMeasures.depthWithin(book, Side.BUY, 151)).isNaN();
        assertThat(BookMeasures.depthWithin(book, Side.SELL, 199)).isCloseTo(100.5 + 101.5 * 4, within(1e-9));
        assertThat(BookMeasures.depthWithin(book, Side.SELL, 201)).isNaN();
        assertThat(BookMeasures.depth(book, Side.BUY, 2)).isCloseTo(5, within(ROUNDING));
        assertThat(BookMeasures.depth(book, Side.BUY, 3))
                .as("a third level may be there")
                .isNaN();
        assertThat(BookMeasures.imbalance(book, 3)).isNaN();
        book.setAsk(210, 900); // came later, behind what is known
        assertThat(BookMeasures.sweepPrice(book, Side.BUY, 5)).isCloseTo((100.5 + 4 * 101.5) / 5, within(1e-9));
        assertThat(BookMeasures.sweepPrice(book, Side.BUY, 5.01)).isNaN();
        book.complete();
        assertThat(BookMeasures.depth(book, Side.BUY, 3)).isCloseTo(5, within(ROUNDING));
        assertThat(BookMeasures.sweepPrice(book, Side.BUY, 5.01)).isFinite();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> book.complete(-1, 0))
                .withMessageContaining("lowestBid");
    }

    @Test
    void aBestQuoteBehindWhatTheSnapshotToldIsKnown() {
        fill();
        book.complete(198, 203);
        book.quoteBid(195, 400);
        book.quoteAsk(205, 700);
        assertThat(book.knownBidTicks()).as("nothing stands above a best bid").isEqualTo(195);
        assertThat(book.knownAskTicks()).isEqualTo(205);
        assertThat(BookMeasures.depth(book, Side.BUY, 1)).isCloseTo(4, within(ROUNDING));
        assertThat(BookMeasures.depth(book, Side.BUY, 2)).isNaN();
    }
}
