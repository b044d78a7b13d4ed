package org.lama.backtest.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.backtest.matching.FillRules;
import org.lama.backtest.matching.OrderLatency;
import org.lama.backtest.matching.QueueModel;
import org.lama.backtest.order.Fill;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;
import org.lama.core.book.BookView;
import org.lama.core.book.LevelBook;
import org.lama.core.book.MemoryFeed;
import org.lama.core.book.OrderQueueBook;
import org.lama.core.market.Side;

/** Feeds that are damaged again and again: holes, sides that run empty or meet, dead streams of the book under prints. */
class ReplayValidityPropertyTest {
    private static final BookScale SCALE = new BookScale(0.1, 0.001);
    private static final int SEEDS = 60;
    private static final int STEPS = 3_000;
    private static final long STEP = 1_000;
    private static final long PATIENCE = 20 * STEP;
    private static final FillRules[] RULES = {FillRules.whole(), FillRules.parts(), FillRules.realistic()};

    /** Writes levels, or single orders one to a level; each row has a time of its own and comes to us at once. */
    private static final class Damaged {
        private final BookEvents events = new BookEvents(SCALE, STEPS);
        private final Rng rng;
        private final boolean byOrder;
        private final long[][] orders = new long[2][400];
        private int mid = 200;
        private long number;
        private long now = STEP;

        Damaged(long seed, boolean byOrder) {
            rng = Seeds.rng(61, seed);
            this.byOrder = byOrder;
        }

        BookEvents feed() {
            for (int i = 0; i < 30; i++) {
                print();
            }
            while (events.size() < STEPS) {
                whole();
                for (int i = rng.nextInt(200); i > 0; i--) {
                    sound();
                }
                damage(rng.nextInt(4));
            }
            return events;
        }

        private void set(boolean bid, int ticks, long lots) {
            now += STEP;
            long[] known = orders[bid ? 0 : 1];
            if (!byOrder) {
                events.add(bid ? BookEvents.BID : BookEvents.ASK, now, now, ticks, lots);
            } else if (lots == 0 && known[ticks] != 0) {
                events.addOrder(BookEvents.CANCEL, now, now, 0, 0, known[ticks]);
            } else if (lots > 0 && known[ticks] != 0) {
                events.addOrder(BookEvents.CHANGE, now, now, ticks, lots, known[ticks]);
            } else if (lots > 0) {
                number++;
                events.addOrder(bid ? BookEvents.ADD_BID : BookEvents.ADD_ASK, now, now, ticks, lots, number);
            }
            if (lots == 0 || known[ticks] == 0) {
                known[ticks] = lots == 0 ? 0 : Math.max(1, number);
            }
        }

        private void mark(byte kind) {
            now += STEP;
            events.add(kind, now, now, 0, 0);
            if (kind == BookEvents.CLEAR) {
                orders[0] = new long[400];
                orders[1] = new long[400];
            }
        }

        private void whole() {
            mark(BookEvents.CLEAR);
            for (int i = 1; i < 5; i++) {
                set(true, mid - i, 1 + rng.nextInt(20));
                set(false, mid + i, 1 + rng.nextInt(20));
            }
            mark(BookEvents.WHOLE);
        }

        /** A trade at the best price or through it; in a feed by order an order at or behind the best is executed. */
        private void print() {
            now += STEP;
            boolean sold = rng.nextInt(2) == 0;
            int ticks = sold ? mid - 1 - rng.nextInt(4) : mid + 1 + rng.nextInt(4);
            long order = orders[sold ? 0 : 1][ticks];
            if (byOrder && order != 0) {
                events.addOrder(BookEvents.EXECUTE, now, now, 0, 1, order);
            } else {
                events.add(sold ? BookEvents.SELL : BookEvents.BUY, now, now, ticks, 1 + rng.nextInt(40));
            }
        }

        private void sound() {
            boolean bid = rng.nextInt(2) == 0;
            if (rng.nextInt(3) == 0) {
                print();
            } else {
                int away = 1 + rng.nextInt(4);
                set(bid, bid ? mid - away : mid + away, 1 + rng.nextInt(20));
            }
        }

        private void damage(int kind) {
            boolean bid = rng.nextInt(2) == 0;
            if (kind == 0) {
                mark(BookEvents.CLEAR);
            } else if (kind == 1) {
                for (int ticks = 1; ticks < 400; ticks++) {
                    if (orders[bid ? 0 : 1][ticks] != 0) {
                        set(bid, ticks, 0);
                    }
                }
            } else if (kind == 2) {
                set(bid, bid ? mid + 4 : mid - 4, 5); // at the worst level of the other side
            } // else no more comes about the book
            for (int i = 10 + rng.nextInt(40); i > 0; i--) {
                print();
            }
            mid += rng.nextInt(9) - 4;
            mid = Math.max(100, Math.min(300, mid));
        }
    }

    /** Whether the book was valid and young after each time at the venue, by a reading of its own. */
    private static boolean[] sound(BookEvents events, boolean byOrder) {
        LevelBook levels = LevelBook.of(SCALE);
        OrderQueueBook orders = OrderQueueBook.of(SCALE);
        BookView book = byOrder ? orders : levels;
        boolean[] sound = new boolean[(int) (events.exchangeNanos(events.size() - 1) / STEP) + 1];
        long heard = Long.MIN_VALUE / 2;
        for (int row = 0; row < events.size(); row++) {
            long now = events.exchangeNanos(row);
            if (byOrder) {
                events.applyTo(row, orders);
            } else {
                events.applyTo(row, levels);
            }
            byte kind = events.kind(row);
            heard = kind == BookEvents.BUY || kind == BookEvents.SELL ? heard : now;
            sound[(int) (now / STEP)] = book.isValid() && now - heard < PATIENCE;
        }
        return sound;
    }

    /** Quotes round the book, now and then through it, and holds on to what it sent. */
    private static final class Stubborn implements Strategy {
        private final List<Fill> fills = new ArrayList<>();
        private final Rng rng;
        private int stale;

        Stubborn(long seed) {
            rng = Seeds.rng(62, seed);
        }

        @Override
        public void onStart(Context context) {
            context.timer("send", STEP + STEP / 2);
        }

        @Override
        public void onBar(Context context) {
            throw new AssertionError("there are no bars");
        }

        @Override
        public void onTimer(Context context, String name) {
            boolean invalid = !context.book(0).isValid();
            assertThat(invalid && !context.isStale(0))
                    .as("a book that is not valid is stale")
                    .isFalse();
            assertThat(context.isTradable(0)).isEqualTo(!context.isStale(0));
            stale += context.isStale(0) ? 1 : 0;
            Side side = rng.nextInt(2) == 0 ? Side.BUY : Side.SELL;
            double limit = (200 + rng.nextInt(41) - 20) * 0.1;
            OrderRequest request = OrderRequest.limit(0, side, 0.001 * (1 + rng.nextInt(30)), limit);
            context.submit(rng.nextInt(2) == 0 ? request.asPostOnly() : request);
            if (rng.nextInt(10) == 0) {
                context.submit(OrderRequest.market(0, side, 0.003));
            }
            context.timer("send", context.timeNanos() + 7 * STEP);
        }

        @Override
        public void onOrder(Context context, OrderEvent event) {
            if (event instanceof OrderEvent.Filled filled) {
                fills.add(filled.fill());
            }
        }
    }

    private static Stubborn run(BookEvents events, long seed, QueueModel queue, FillRules rules) throws IOException {
        Stubborn strategy = new Stubborn(seed);
        ReplayMarket market = ReplayMarket.of("X", MemoryFeed.of(events))
                .withQueue(queue)
                .withRules(rules)
                .withWindow(256)
                .withLatency(new OrderLatency.Constant(1, 1));
        Replay.run(
                strategy,
                market,
                ReplaySettings.DEFAULT
                        .withStaleAfter(Duration.ofNanos(PATIENCE))
                        .keepingOrders());
        return strategy;
    }

    private static long check(boolean byOrder, QueueModel queue) throws IOException {
        long fills = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            BookEvents events = new Damaged(seed, byOrder).feed();
            boolean[] sound = sound(events, byOrder);
            Stubborn strategy = run(events, seed, queue, RULES[(int) (seed % RULES.length)]);
            assertThat(strategy.stale).as("seed %d", seed).isPositive();
            for (Fill fill : strategy.fills) {
                int at = (int) (fill.tsNanos() / STEP);
                assertThat(sound[at]).as("seed %d, fill %s", seed, fill).isTrue();
            }
            fills += strategy.fills.size();
        }
        return fills;
    }

    @Test
    void noOrderFillsOnABookThatIsNotValidOrOld() throws IOException {
        assertThat(check(false, new QueueModel.RiskAverse())).isGreaterThan(SEEDS);
        assertThat(check(false, new QueueModel.Power(2))).isGreaterThan(SEEDS);
        assertThat(check(false, new QueueModel.Touch())).isGreaterThan(SEEDS);
    }

    @Test
    void noOrderFillsOnABookByOrderThatIsNotValidOrOld() throws IOException {
        assertThat(check(true, new QueueModel.Fifo())).isGreaterThan(SEEDS);
    }

    /** A strategy that cancels nothing itself loses its quotes whenever the book is stale, whatever it is that is wrong. */
    @Test
    void quotesAreCancelledInAHoleWithOneSideOnlyAndUnderPrintsWithoutABook() {
        for (int damage = 0; damage < 3; damage++) {
            ReplayScript script = new ReplayScript().start();
            script.at(100, context -> {
                assertThat(context.isStale(0)).isFalse();
                script.order = context.quote(0, Side.BUY, 1, 49.5);
            });
            if (damage == 0) {
                script.row(200, BookEvents.CLEAR, 0, 0);
            } else if (damage == 1) {
                script.row(200, BookEvents.ASK, 102, 0).row(200, BookEvents.ASK, 104, 0);
            }
            long end = 200;
            for (; damage == 2 && end < 11_000_000_000L; end += 1_000_000_000L) {
                script.row(end, BookEvents.SELL, 100, 1);
            }
            script.at(end + 100, context -> {
                assertThat(context.isStale(0)).isTrue();
                assertThat(context.isTradable(0)).isFalse();
            });
            script.row(end + 200, BookEvents.SELL, 90, 50).run();
            assertThat(script.heard).as("damage %d", damage).hasSize(2);
            assertThat(script.heard.get(1)).endsWith("CANCELED ASKED");
        }
    }

    @Test
    void beforeTheFirstSnapshotABookIsStale() {
        ReplayScript script = new ReplayScript();
        script.row(0, BookEvents.SELL, 100, 1).row(10, BookEvents.BID, 100, 20).row(10, BookEvents.ASK, 102, 30);
        script.at(20, context -> {
            assertThat(context.book(0).bidTicks()).isEqualTo(100);
            assertThat(context.isStale(0)).isTrue();
            context.quote(0, Side.BUY, 1, 50);
        });
        script.row(60, BookEvents.SELL, 90, 50).row(100, BookEvents.WHOLE, 0, 0);
        script.at(110, context -> assertThat(context.isStale(0)).isFalse());
        assertThat(script.run().trades()).isZero();
        assertThat(script.heard).containsExactly("40 ACKED ACCEPTED", "60 CANCELED ASKED");
    }
}
