package org.lama.core.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.lama.core.market.Side;

/** Rows about single orders (L3). */
class OrderEventsTest {
    private static final BookScale SCALE = new BookScale(0.1, 0.001);
    private final BookEvents events = new BookEvents(SCALE, 0);

    @Test
    void rowsOfSingleOrdersBuildABookByOrder() {
        events.add(BookEvents.CLEAR, 1, 1, 0, 0);
        events.addOrder(BookEvents.ADD_BID, 1, 1, 100, 5, 11);
        events.addOrder(BookEvents.ADD_BID, 1, 1, 100, 7, 12);
        events.addOrder(BookEvents.ADD_ASK, 1, 1, 102, 6, 13);
        events.add(BookEvents.WHOLE, 1, 1, 0, 0);
        events.addOrder(BookEvents.CHANGE, 2, 2, 101, 4, 13);
        events.add(BookEvents.SELL, 3, 3, 100, 2);
        events.addOrder(BookEvents.EXECUTE, 3, 3, 0, 2, 11);
        events.addOrder(BookEvents.CANCEL, 4, 4, 0, 0, 12);
        OrderQueueBook book = OrderQueueBook.of(SCALE);
        for (int row = 0; row < events.size(); row++) {
            events.applyTo(row, book);
        }
        assertThat(events.isByOrder()).isTrue();
        assertThat(book.isValid()).isTrue();
        assertThat(book.bidLots(100)).isEqualTo(3);
        assertThat(book.askTicks()).isEqualTo(101);
        assertThat(book.orders()).isEqualTo(2);
        assertThat(book.refused()).isZero();
        assertThat(events.order(1)).isEqualTo(11);
        assertThat(events.order(6)).as("a print has none").isZero();
    }

    @Test
    void numbersTakeNoRoomUntilThereAreSomeAndComeAlongWithTheirRows() {
        for (int i = 0; i < 40; i++) {
            events.add(BookEvents.BUY, i, i, 100, 1);
        }
        assertThat(events.isByOrder()).isFalse();
        assertThat(events.order(39)).isZero();
        for (int i = 0; i < 40; i++) {
            events.addOrder(BookEvents.ADD_BID, i, i, 100, 1, 1_000L + i);
        }
        for (int i = 0; i < 40; i++) {
            events.add(BookEvents.SELL, i, i, 100, 1);
        }
        BookEvents copy = new BookEvents(SCALE, 0);
        copy.add(BookEvents.BUY, 0, 0, 100, 1);
        copy.append(events, 35, 120);
        assertThat(copy.isByOrder()).isTrue();
        assertThat(copy.size()).isEqualTo(86);
        for (int row = 1; row < copy.size(); row++) {
            assertThat(copy.order(row)).isEqualTo(events.order(34 + row));
            assertThat(copy.kind(row)).isEqualTo(events.kind(34 + row));
        }
        BookEvents tail = new BookEvents(SCALE, 0);
        tail.append(events, 110, 120);
        assertThat(tail.order(9)).isZero();
        events.clear();
        assertThat(events.isByOrder()).isFalse();
    }

    @Test
    void whatIsNoRowOfAnOrderIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> events.addOrder(BookEvents.BID, 1, 1, 1, 1, 1))
                .withMessageContaining("kind of single orders");
        assertThatIllegalArgumentException().isThrownBy(() -> events.addOrder((byte) 14, 1, 1, 1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> events.addOrder(BookEvents.ADD_BID, 1, 1, 0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> events.addOrder(BookEvents.ADD_ASK, 1, 1, 5, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> events.addOrder(BookEvents.CHANGE, 1, 1, 5, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> events.addOrder(BookEvents.CANCEL, 1, 1, 5, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> events.addOrder(BookEvents.EXECUTE, 1, 1, 0, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> events.addOrder(BookEvents.EXECUTE, 1, 1, 5, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> events.add(BookEvents.ADD_BID, 1, 1, 5, 1));
        assertThat(events.size()).isZero();
    }

    @Test
    void aBookOfTheOtherKindSaysWhatItNeeds() {
        events.add(BookEvents.BID, 1, 1, 100, 5);
        events.addOrder(BookEvents.ADD_BID, 1, 1, 100, 5, 11);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> events.applyTo(0, OrderQueueBook.of(SCALE)))
                .withMessageContaining("row 0 tells a level");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> events.applyTo(1, LevelBook.of(SCALE)))
                .withMessageContaining("row 1 tells a single order");
    }

    @Test
    void aPlaceTellsWhoStoodThereBefore() {
        OrderQueueBook book = OrderQueueBook.of(SCALE);
        book.add(1, Side.BUY, 100, 5);
        long ours = book.nextPlace();
        book.add(2, Side.BUY, 100, 7);
        assertThat(book.placeOf(1)).isLessThan(ours);
        assertThat(book.placeOf(2)).isGreaterThanOrEqualTo(ours);
        assertThat(book.placeOf(3)).isEqualTo(-1);
        assertThat(book.lotsBefore(Side.BUY, 100, ours)).isEqualTo(5);
        assertThat(book.lotsBefore(Side.SELL, 100, ours)).isZero();
        book.change(1, 100, 6);
        assertThat(book.lotsBefore(Side.BUY, 100, ours))
                .as("it grew and stands last")
                .isZero();
        assertThat(book.ticksOf(2)).isEqualTo(100);
        assertThat(book.ticksOf(3)).isZero();
        assertThat(book.isBid(2)).isTrue();
        assertThat(book.isBid(3)).isFalse();
        book.add(4, Side.SELL, 100, 1);
        assertThat(book.isBid(4)).isFalse();
        assertThat(book.ticksOf(4)).isEqualTo(100);
        assertThat(book.isCrossed()).isTrue();
        assertThat(book.crossings()).isOne();
        assertThat(book.isWhole()).isFalse();
        book.complete();
        assertThat(book.isWhole()).isTrue();
    }
}
