package org.lama.backtest.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FeeSchedule;
import org.lama.backtest.matching.FillRules;
import org.lama.backtest.matching.OrderLatency;
import org.lama.backtest.matching.QueueModel;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;
import org.lama.core.book.MemoryFeed;
import org.lama.core.market.Side;

/** Rows, orders, answers and fills make nothing but the events that a strategy gets. */
class ReplayAllocationTest {
    private static final BookScale SCALE = new BookScale(0.5, 0.1);
    private static final int ROWS = 60_000;
    /** Header, times, numbers and references with compressed pointers; a fill comes within its event. */
    private static final int MOVED_BYTES = 40;

    private static final int FILLED_BYTES = 24 + 64;

    /** Quotes, changes and cancels all the time. */
    private static final class Busy implements Strategy {
        private long order;
        private long moved;
        private long filled;
        private int turn;

        @Override
        public void onBar(Context context) {}

        @Override
        public void onBook(Context context, int instrument) {
            turn++;
            if (turn % 4 == 0) {
                context.cancel(order);
                order = context.quote(0, turn % 8 == 0 ? Side.BUY : Side.SELL, 2, turn % 8 == 0 ? 50 : 51);
            } else if (turn % 4 == 2) {
                context.amend(order, 1, turn % 8 == 2 ? 50 : 51);
            }
        }

        @Override
        public void onOrder(Context context, OrderEvent event) {
            filled += event instanceof OrderEvent.Filled ? 1 : 0;
            moved += event instanceof OrderEvent.Filled ? 0 : 1;
        }
    }

    private static BookEvents byLevel(int rows) {
        Rng rng = Seeds.rng(12, 1);
        BookEvents events = new BookEvents(SCALE, rows);
        events.add(BookEvents.BID, 0, 0, 100, 5);
        events.add(BookEvents.ASK, 0, 0, 102, 5);
        events.add(BookEvents.WHOLE, 0, 0, 0, 0);
        for (int i = 1; i < rows; i++) {
            boolean bid = rng.nextInt(2) == 0;
            byte kind = rng.nextInt(2) == 0
                    ? bid ? BookEvents.BID : BookEvents.ASK
                    : bid ? BookEvents.SELL : BookEvents.BUY;
            events.add(kind, 1_000L * i, 1_000L * i + 10, bid ? 100 : 102, 1 + rng.nextInt(9));
        }
        return events;
    }

    private static BookEvents byOrder(int rows) {
        BookEvents events = new BookEvents(SCALE, rows);
        events.addOrder(BookEvents.ADD_BID, 0, 0, 100, 5, 1);
        events.addOrder(BookEvents.ADD_ASK, 0, 0, 102, 5, 2);
        events.add(BookEvents.WHOLE, 0, 0, 0, 0);
        for (int i = 2; i < rows; i++) {
            boolean bid = i % 4 < 2;
            long number = i / 4 * 4L + (bid ? 10 : 11);
            if (i % 2 == 0) {
                events.addOrder(
                        bid ? BookEvents.ADD_BID : BookEvents.ADD_ASK,
                        1_000L * i,
                        1_000L * i,
                        bid ? 100 : 102,
                        6,
                        number);
            } else {
                events.addOrder(BookEvents.EXECUTE, 1_000L * i, 1_000L * i, 0, 6, number);
            }
        }
        return events;
    }

    private static long[] measured(BookEvents events, QueueModel queue) throws IOException {
        ReplayMarket market = ReplayMarket.of("X", MemoryFeed.of(events))
                .withQueue(queue)
                .withRules(FillRules.parts())
                .withLatency(new OrderLatency.Constant(100, 100))
                .withFees(FeeSchedule.parse("0:0.001/0.002,1000000:0/0.001"));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long[] out = new long[4];
        for (int i = 0; i < 3; i++) {
            Busy busy = new Busy();
            long before = threads.getThreadAllocatedBytes(id);
            Replay.run(busy, market, ReplaySettings.DEFAULT);
            out = new long[] {threads.getThreadAllocatedBytes(id) - before, busy.moved, busy.filled};
        }
        return out;
    }

    private static void check(BookEvents shorter, BookEvents longer, QueueModel queue) throws IOException {
        long[] first = measured(shorter, queue);
        long[] second = measured(longer, queue);
        long moved = second[1] - first[1];
        long filled = second[2] - first[2];
        assertThat(moved).isGreaterThan(ROWS / 20);
        assertThat(filled).isGreaterThan(ROWS / 200);
        double perRow = (second[0] - first[0] - MOVED_BYTES * moved - FILLED_BYTES * filled)
                / (double) (longer.size() - shorter.size());
        assertThat(perRow).as("bytes for each row beside events").isLessThan(0.02);
    }

    @Test
    void ordersOfAFeedByLevelMakeNothingButTheirEvents() throws IOException {
        check(byLevel(ROWS), byLevel(3 * ROWS), new QueueModel.Power(2));
    }

    @Test
    void ordersOfAFeedByOrderMakeNothingButTheirEvents() throws IOException {
        check(byOrder(ROWS), byOrder(3 * ROWS), new QueueModel.Fifo());
    }
}
