package org.lama.core.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class LevelBookTest {
    private static final BookScale SCALE = new BookScale(0.5, 0.01);
    private final LevelBook book = LevelBook.of(SCALE);

    @Test
    void anEmptyBookHasNoPricesAndIsNotValid() {
        assertThat(book.isValid()).isFalse();
        assertThat(book.bidTicks()).isZero();
        assertThat(book.askTicks()).isZero();
        assertThat(book.nextBid(100)).isZero();
        assertThat(book.nextAsk(100)).isZero();
        assertThat(book.bidLots(100)).isZero();
        assertThat(book.askLots(100)).isZero();
        assertThat(book.setBid(100, 0)).isZero();
        assertThat(book.levels()).isZero();
        assertThat(book.isCrossed()).isFalse();
        assertThat(book.scale()).isSameAs(SCALE);
    }

    @Test
    void aBookIsValidOnceItIsCompleteAndHasBothSides() {
        book.setBid(99, 5);
        book.setAsk(101, 7);
        assertThat(book.isValid()).isFalse();
        book.complete();
        assertThat(book.isValid()).isTrue();
        assertThat(book.isWhole()).isTrue();
        assertThat(book.setAsk(101, 0)).isEqualTo(7);
        assertThat(book.isValid()).isFalse();
        book.setAsk(102, 1);
        assertThat(book.isValid()).isTrue();
        book.clear();
        assertThat(book.isValid()).isFalse();
        assertThat(book.levels()).isZero();
        book.complete();
        assertThat(book.isValid()).isFalse();
    }

    @Test
    void theOlderSideYieldsToABidAtItsPriceOrAboveAndKeepsItsLevels() {
        book.setAsk(101, 1);
        book.setAsk(103, 3);
        book.setBid(99, 9);
        book.complete();
        book.setBid(101, 2);
        assertThat(book.bidTicks()).isEqualTo(101);
        assertThat(book.askTicks()).isEqualTo(103);
        assertThat(book.crossings()).isOne();
        assertThat(book.askLots(101)).as("the passed level stays").isOne();
        assertThat(book.isValid()).isTrue();
        book.setAsk(100, 4);
        assertThat(book.askTicks()).isEqualTo(100);
        assertThat(book.bidTicks()).isEqualTo(99);
        assertThat(book.nextAsk(100))
                .as("what was passed shows again behind the best")
                .isEqualTo(101);
        assertThat(book.crossings()).isEqualTo(2);
    }

    @Test
    void aCrossedOrLockedBookThatKeepsItsSidesIsNotValid() {
        LevelBook keeping = LevelBook.keepingCrossings(SCALE);
        keeping.setBid(100, 1);
        keeping.setAsk(101, 1);
        keeping.complete();
        assertThat(keeping.isValid()).isTrue();
        keeping.setBid(101, 1);
        assertThat(keeping.isCrossed()).as("locked").isTrue();
        assertThat(keeping.isValid()).isFalse();
        keeping.setBid(102, 1);
        assertThat(keeping.isValid()).as("crossed").isFalse();
        assertThat(keeping.askTicks()).isEqualTo(101);
        keeping.setAsk(101, 0);
        keeping.setAsk(104, 2);
        assertThat(keeping.isCrossed()).isFalse();
        assertThat(keeping.isValid()).isTrue();
        assertThat(keeping.crossings()).isEqualTo(2);
    }

    @Test
    void aBestQuoteTakesAwayWhatIsBetterThanIt() {
        for (int i = 0; i < 5; i++) {
            book.setBid(100 - i, 1);
            book.setAsk(105 + i, 1);
        }
        book.quoteBid(98, 8);
        book.quoteAsk(107, 9);
        assertThat(book.bidTicks()).isEqualTo(98);
        assertThat(book.bidLots(98)).isEqualTo(8);
        assertThat(book.nextBid(98)).isEqualTo(97);
        assertThat(book.askTicks()).isEqualTo(107);
        assertThat(book.askLots(107)).isEqualTo(9);
        assertThat(book.levels()).isEqualTo(6);
        book.quoteBid(98, 0);
        assertThat(book.bidTicks()).isEqualTo(97);
    }

    @Test
    void theSmallestAndTheLargestPriceStandInOneBook() {
        book.setBid(1, 1);
        book.setAsk(BookScale.MOST_TICKS, 2);
        book.complete();
        assertThat(book.isValid()).isTrue();
        assertThat(book.bidTicks()).isOne();
        assertThat(book.askTicks()).isEqualTo(BookScale.MOST_TICKS);
        book.setBid(BookScale.MOST_TICKS - 1, 3);
        assertThat(book.nextBid(BookScale.MOST_TICKS - 1)).isOne();
        book.setAsk(2, 4);
        assertThat(book.bidTicks()).isOne();
        assertThat(book.nextAsk(2)).isEqualTo(BookScale.MOST_TICKS);
    }

    @Test
    void whatIsNoLevelIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> book.setBid(0, 1)).withMessageContaining("ticks");
        assertThatIllegalArgumentException().isThrownBy(() -> book.setAsk(-1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> book.setAsk(BookScale.MOST_TICKS + 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> book.setBid(1, -1))
                .withMessageContaining("lots");
        assertThatIllegalArgumentException().isThrownBy(() -> book.quoteBid(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> book.quoteAsk(1, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LevelBook.of(SCALE, 128))
                .withMessageContaining("windowTicks");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LevelBook.of(SCALE, 257))
                .withMessageContaining("power of two");
        assertThat(book.levels()).isZero();
    }

    @Test
    void changesAndMeasuresAllocateNothing() {
        Rng rng = Seeds.rng(8, 1);
        int[] ticks = new int[1 << 14];
        long[] lots = new long[ticks.length];
        for (int i = 0; i < ticks.length; i++) {
            ticks[i] = 300_000 + (int) (rng.nextDouble() * 2_000) + i / 8; // the window has to move
            lots[i] = rng.nextDouble() < 0.5 ? 0 : 1 + i;
        }
        double sink = run(ticks, lots) + run(ticks, lots);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(id);
        sink += run(ticks, lots);
        double bytesPerChange = (threads.getThreadAllocatedBytes(id) - before) / (double) ticks.length;
        assertThat(sink).isNotNaN();
        assertThat(bytesPerChange).isLessThan(0.1);
    }

    private double run(int[] ticks, long[] lots) {
        double sum = 0;
        for (int i = 0; i < ticks.length; i++) {
            book.setBid(ticks[i], lots[i]);
            book.setAsk(ticks[i] + 500, lots[i]);
            book.complete();
            if (book.isValid()) {
                sum += BookMeasures.microprice(book) + BookMeasures.imbalance(book, 5);
            }
        }
        return sum;
    }
}
