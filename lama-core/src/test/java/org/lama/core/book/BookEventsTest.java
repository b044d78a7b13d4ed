package org.lama.core.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BookEventsTest {
    private static final BookScale SCALE = new BookScale(0.1, 0.001);
    private final BookEvents events = new BookEvents(SCALE, 0);

    @Test
    void rowsBehindTheLastSingleOrderAreAddedToAnotherStretchAsTheyAre() {
        BookScale scale = new BookScale(1, 1);
        BookEvents all = new BookEvents(scale, 0);
        all.addOrder(BookEvents.ADD_BID, 1, 1, 10, 5, 7);
        for (int i = 0; i < 100; i++) {
            all.add(BookEvents.SELL, 2, 2, 10, 1);
        }
        BookEvents stretch = new BookEvents(scale, 0);
        stretch.append(all, 0, 1);
        stretch.append(all, 50, 101);
        assertThat(stretch.size()).isEqualTo(52);
        assertThat(stretch.order(0)).isEqualTo(7);
        assertThat(stretch.order(51)).isZero();
    }

    @Test
    void rowsComeBackAsTheyWereAddedHoweverManyThereAre() {
        for (int i = 0; i < 1_000; i++) {
            events.add(i % 2 == 0 ? BookEvents.BID : BookEvents.SELL, i, i + 5, i + 1, i + 2);
        }
        assertThat(events.size()).isEqualTo(1_000);
        assertThat(events.kind(999)).isEqualTo(BookEvents.SELL);
        assertThat(events.exchangeNanos(999)).isEqualTo(999);
        assertThat(events.localNanos(999)).isEqualTo(1_004);
        assertThat(events.ticks(999)).isEqualTo(1_000);
        assertThat(events.lots(999)).isEqualTo(1_001);
        assertThat(events.scale()).isSameAs(SCALE);
        events.clear();
        assertThat(events.size()).isZero();
    }

    @Test
    void rowsBuildABook() {
        events.add(BookEvents.CLEAR, 1, 1, 0, 0);
        events.add(BookEvents.BID, 1, 1, 100, 5);
        events.add(BookEvents.ASK, 1, 1, 102, 5);
        events.add(BookEvents.WHOLE, 1, 1, 0, 0);
        events.add(BookEvents.BUY, 2, 2, 102, 1);
        events.add(BookEvents.BID_QUOTE, 3, 3, 99, 6);
        events.add(BookEvents.ASK_QUOTE, 3, 3, 103, 7);
        LevelBook book = LevelBook.of(SCALE);
        for (int row = 0; row < events.size(); row++) {
            events.applyTo(row, book);
        }
        assertThat(book.isValid()).isTrue();
        assertThat(book.bidTicks()).isEqualTo(99);
        assertThat(book.askTicks()).isEqualTo(103);
        assertThat(book.askLots(103)).isEqualTo(7);
        assertThat(book.levels()).isEqualTo(2);
    }

    @Test
    void whatIsNoRowIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> events.add((byte) 0, 1, 1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> events.add((byte) 14, 1, 1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> events.add(BookEvents.BID, 1, 1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> events.add(BookEvents.ASK, 1, 1, 1, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> events.add(BookEvents.BUY, 1, 1, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> events.add(BookEvents.CLEAR, 1, 1, 1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> events.add(BookEvents.BID, 1, 1, BookScale.MOST_TICKS + 1, 0))
                .withMessageContaining("row 0");
        assertThat(events.size()).isZero();
    }

    @Test
    void aScaleTurnsPricesIntoTicksAndSaysWhatIsNone() {
        assertThat(SCALE.ticks(61_837.6)).isEqualTo(618_376);
        assertThat(SCALE.ticks(0.04)).isZero();
        assertThat(SCALE.ticks(Double.NaN)).isZero();
        assertThat(SCALE.ticks(-1)).isZero();
        assertThat(SCALE.ticks(Double.POSITIVE_INFINITY)).isZero();
        assertThat(SCALE.ticks(1e9)).isZero();
        assertThat(SCALE.lots(0.014)).isEqualTo(14);
        assertThat(SCALE.lots(0)).isZero();
        assertThat(SCALE.lots(-0.001)).isEqualTo(-1);
        assertThat(SCALE.lots(Double.NaN)).isEqualTo(-1);
        assertThat(SCALE.lots(1e300)).isEqualTo(-1);
        assertThat(SCALE.isPriceOnGrid(61_837.6)).isTrue();
        assertThat(SCALE.isPriceOnGrid(61_837.65)).isFalse();
        assertThat(SCALE.isQuantityOnGrid(0.014)).isTrue();
        assertThat(SCALE.isQuantityOnGrid(0.0145)).isFalse();
        assertThat(SCALE.price(618_376)).isEqualTo(618_376 * 0.1);
        assertThat(SCALE.quantity(14)).isEqualTo(14 * 0.001);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BookScale(0, 1))
                .withMessageContaining("tickSize");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BookScale(1, Double.NaN))
                .withMessageContaining("lotSize");
    }
}
