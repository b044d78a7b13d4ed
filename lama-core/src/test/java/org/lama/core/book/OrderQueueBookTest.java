package org.lama.core.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Side;

class OrderQueueBookTest {
    private static final BookScale SCALE = new BookScale(0.1, 0.001);
    private final OrderQueueBook book = OrderQueueBook.of(SCALE);

    @Test
    void ordersStandInTheOrderOfArrival() {
        book.add(1, Side.BUY, 100, 5);
        book.add(2, Side.BUY, 100, 7);
        book.add(3, Side.BUY, 100, 9);
        assertThat(book.lotsAhead(1)).isZero();
        assertThat(book.lotsAhead(3)).isEqualTo(12);
        assertThat(book.firstOrder(Side.BUY, 100)).isOne();
        assertThat(book.execute(1, 5)).isTrue();
        assertThat(book.firstOrder(Side.BUY, 100)).isEqualTo(2);
        assertThat(book.lotsAhead(3)).isEqualTo(7);
        assertThat(book.execute(2, 3)).isTrue();
        assertThat(book.lotsAhead(3)).isEqualTo(4);
        assertThat(book.lotsOf(2)).isEqualTo(4);
        assertThat(book.bidLots(100)).isEqualTo(13);
    }

    @Test
    void aSmallerOrderKeepsItsPlaceAndALargerOrMovedOneGoesBehind() {
        book.add(1, Side.SELL, 105, 5);
        book.add(2, Side.SELL, 105, 5);
        assertThat(book.change(1, 105, 3)).isTrue();
        assertThat(book.lotsAhead(2)).isEqualTo(3);
        assertThat(book.change(1, 105, 4)).isTrue();
        assertThat(book.lotsAhead(1)).isEqualTo(5);
        assertThat(book.change(2, 104, 5)).isTrue();
        assertThat(book.askTicks()).isEqualTo(104);
        assertThat(book.askLots(105)).isEqualTo(4);
        assertThat(book.nextAsk(104)).isEqualTo(105);
    }

    @Test
    void whatCannotBeRightIsRefusedAndCounted() {
        book.add(1, Side.BUY, 100, 5);
        assertThat(book.add(1, Side.SELL, 101, 5)).as("number stands already").isFalse();
        assertThat(book.add(2, Side.BUY, 0, 5)).isFalse();
        assertThat(book.add(2, Side.BUY, 100, 0)).isFalse();
        assertThat(book.add(2, Side.BUY, BookScale.MOST_TICKS + 1, 1)).isFalse();
        assertThat(book.change(2, 100, 1)).as("unknown").isFalse();
        assertThat(book.change(1, 100, 0)).isFalse();
        assertThat(book.change(1, 0, 1)).isFalse();
        assertThat(book.cancel(2)).isFalse();
        assertThat(book.execute(2, 1)).isFalse();
        assertThat(book.execute(1, 6)).as("more than there is").isFalse();
        assertThat(book.execute(1, 0)).isFalse();
        assertThat(book.refused()).isEqualTo(11);
        assertThat(book.orders()).isOne();
        assertThat(book.bidLots(100)).isEqualTo(5);
        assertThat(book.lotsAhead(2)).isEqualTo(-1);
        assertThat(book.lotsOf(2)).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> book.firstOrder(Side.SELL, 100))
                .withMessageContaining("no order");
    }

    @Test
    void aClearedBookStartsAnew() {
        book.add(1, Side.BUY, 100, 5);
        book.add(2, Side.SELL, 101, 5);
        book.complete();
        assertThat(book.isValid()).isTrue();
        book.clear();
        assertThat(book.isValid()).isFalse();
        assertThat(book.orders()).isZero();
        assertThat(book.bidTicks()).isZero();
        assertThat(book.add(1, Side.SELL, 100, 5)).isTrue();
        assertThat(book.askTicks()).isEqualTo(100);
        assertThat(book.scale()).isEqualTo(SCALE);
    }

    /** Against lists of orders by price. */
    @Test
    void randomOrdersGiveTheQueuesOfListsOfOrders() {
        for (int seed = 0; seed < 4; seed++) {
            Rng rng = Seeds.rng(80, seed);
            Twin twin = new Twin();
            OrderQueueBook fast = OrderQueueBook.of(SCALE);
            for (int i = 0; i < 20_000; i++) {
                twin.step(rng, fast, i);
            }
            twin.check(fast);
        }
    }

    /** Orders by number in the order of arrival; a moved order is put in anew. */
    private static final class Twin {
        /** side, ticks, lots. */
        private final Map<Long, long[]> orders = new LinkedHashMap<>();

        private final List<Long> numbers = new ArrayList<>();

        void step(Rng rng, OrderQueueBook fast, int i) {
            double kind = rng.nextDouble();
            if (numbers.isEmpty() || kind < 0.45) {
                long number = i * 7919L - 1_000_000;
                int ticks = 1000 + (int) (rng.nextDouble() * 12);
                boolean buys = rng.nextDouble() < 0.5;
                long lots = 1 + (long) (rng.nextDouble() * 50);
                assertThat(fast.add(number, buys ? Side.BUY : Side.SELL, ticks, lots))
                        .isTrue();
                orders.put(number, new long[] {buys ? 0 : 1, ticks, lots});
                numbers.add(number);
                return;
            }
            int at = (int) (rng.nextDouble() * numbers.size());
            long number = numbers.get(at);
            long[] order = orders.getOrDefault(number, new long[3]);
            if (kind < 0.65) {
                assertThat(fast.cancel(number)).isTrue();
                drop(at);
            } else if (kind < 0.85) {
                long lots = 1 + (long) (rng.nextDouble() * order[2]);
                lots = Math.min(lots, order[2]);
                assertThat(fast.execute(number, lots)).isTrue();
                order[2] -= lots;
                if (order[2] == 0) {
                    drop(at);
                }
            } else {
                int ticks = 1000 + (int) (rng.nextDouble() * 12);
                long lots = 1 + (long) (rng.nextDouble() * 50);
                assertThat(fast.change(number, ticks, lots)).isTrue();
                if (ticks != order[1] || lots > order[2]) {
                    orders.remove(number);
                    orders.put(number, new long[] {order[0], ticks, lots});
                } else {
                    order[2] = lots;
                }
            }
        }

        private void drop(int at) {
            orders.remove(numbers.get(at));
            numbers.set(at, numbers.get(numbers.size() - 1));
            numbers.remove(numbers.size() - 1);
        }

        void check(OrderQueueBook fast) {
            assertThat(fast.orders()).isEqualTo(orders.size());
            assertThat(fast.refused()).isZero();
            Map<Long, Long> levels = new TreeMap<>();
            orders.forEach((number, order) -> {
                long level = order[0] * 10_000 + order[1];
                long ahead = levels.getOrDefault(level, 0L);
                assertThat(fast.lotsAhead(number)).isEqualTo(ahead);
                assertThat(fast.lotsOf(number)).isEqualTo(order[2]);
                levels.put(level, ahead + order[2]);
            });
            levels.forEach((level, lots) -> assertThat(
                            level < 10_000 ? fast.bidLots(level.intValue()) : fast.askLots((int) (level - 10_000)))
                    .isEqualTo(lots));
        }
    }
}
