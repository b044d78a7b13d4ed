package org.lama.backtest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FeeSchedule;
import org.lama.backtest.matching.OrderLatency;
import org.lama.backtest.matching.QueueModel;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.order.OrderRequest.TimeInForce;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;
import org.lama.core.book.MemoryFeed;
import org.lama.core.market.Side;

/** Small feeds: what comes to us takes 5 ns, orders and answers take 10 ns each, unless said otherwise. */
class ReplayTest {
    private static final BookScale SCALE = new BookScale(0.5, 0.1);
    private static final OrderLatency LATENCY = new OrderLatency.Constant(10, 10);
    private static final FeeSchedule FEES = FeeSchedule.makerTaker(-0.001, 0.002);
    private static final ReplaySettings SETTINGS = ReplaySettings.DEFAULT.withCash(1000);
    private final BookEvents events = new BookEvents(SCALE, 0);
    private final Script script = new Script();

    /** Does what was said at given times, and writes down what it hears. */
    private static final class Script implements Strategy {
        private final Map<Long, Consumer<Context>> plan = new TreeMap<>();
        private final List<String> heard = new ArrayList<>();
        private final List<OrderEvent> orders = new ArrayList<>();

        Script at(long nanos, Consumer<Context> action) {
            plan.put(nanos, action);
            return this;
        }

        private void hear(Context context, String what) {
            heard.add(context.timeNanos() + " " + what);
        }

        @Override
        public void onStart(Context context) {
            plan.keySet().forEach(nanos -> context.timer("plan", nanos));
        }

        @Override
        public void onBar(Context context) {
            throw new AssertionError("there are no bars");
        }

        @Override
        public void onTimer(Context context, String name) {
            plan.getOrDefault(context.timeNanos(), now -> {}).accept(context);
        }

        @Override
        public void onBook(Context context, int instrument) {
            hear(context, "book " + context.bid(instrument) + "/" + context.ask(instrument));
        }

        @Override
        public void onTrade(Context context, int instrument) {
            hear(context, "trade " + context.lastTradePrice(instrument) + " " + context.lastTradeQuantity(instrument));
        }

        @Override
        public void onOrder(Context context, OrderEvent event) {
            orders.add(event);
            if (event instanceof OrderEvent.Filled filled) {
                hear(
                        context,
                        "filled " + filled.fill().side() + " " + filled.fill().priceTicks() + " at " + event.tsNanos());
            } else if (event instanceof OrderEvent.Moved moved) {
                hear(context, moved.state() + " " + moved.reason());
            } else if (event instanceof OrderEvent.Rejected rejected) {
                hear(context, "rejected " + rejected.reason());
            }
        }

        @Override
        public void onEnd(Context context) {
            hear(context, "end");
        }
    }

    private ReplayTest row(long nanos, byte kind, int ticks, long lots) {
        events.add(kind, nanos, nanos + 5, ticks, lots);
        return this;
    }

    /** Bid 50.0 (ticks 100, 2.0 units), ask 51.0 (ticks 102, 3.0 units) from time 0 on. */
    private ReplayTest start() {
        row(0, BookEvents.CLEAR, 0, 0).row(0, BookEvents.BID, 100, 20).row(0, BookEvents.ASK, 102, 30);
        return row(0, BookEvents.WHOLE, 0, 0);
    }

    private ReplayMarket market() {
        return ReplayMarket.of("X", MemoryFeed.of(events))
                .withLatency(LATENCY)
                .withFees(FEES)
                .withWindow(256);
    }

    private MarketResult run() {
        return run(script, market());
    }

    private static MarketResult run(Strategy strategy, ReplayMarket market) {
        try {
            return Replay.run(strategy, market, SETTINGS).market(0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static OrderRequest buy(double quantity, double price) {
        return OrderRequest.limit(0, Side.BUY, quantity, price);
    }

    @Test
    void theStrategyHearsOfTheBookOnceForEachTimeAndOfEachTrade() {
        start().row(20, BookEvents.BUY, 102, 4).row(20, BookEvents.ASK, 102, 26).row(20, BookEvents.BID, 101, 1);
        row(30, BookEvents.SELL, 101, 1);
        MarketResult result = run();
        assertThat(script.heard)
                .containsExactly(
                        "5 book 50.0/51.0", "25 trade 51.0 0.4", "25 book 50.5/51.0", "35 trade 50.5 -0.1", "35 end");
        assertThat(result.trades()).isZero();
        assertThat(result.rows()).isEqualTo(8);
        assertThat(result.lastMid()).isEqualTo(50.75);
        assertThat(result.profit()).isZero();
    }

    @Test
    void anOrderArrivesFillsAndIsHeardOfInItsTime() {
        start().row(120, BookEvents.SELL, 100, 20)
                .row(130, BookEvents.SELL, 100, 1)
                .row(200, BookEvents.BID, 99, 1);
        script.at(100, context -> {
            assertThat(context.submit(buy(0.5, 50).withTag("mine"))).isPositive();
            assertThat(context.position(0)).isZero();
        });
        script.at(141, context -> assertThat(context.position(0)).isEqualTo(0.5));
        MarketResult result = run();
        assertThat(script.heard)
                .containsSubsequence("120 ACKED ACCEPTED", "125 trade 50.0 -2.0", "140 filled BUY 100 at 130");
        assertThat(result.position()).isEqualTo(0.5);
        assertThat(result.balance()).isEqualTo(-25);
        assertThat(result.fees()).isCloseTo(-0.025, within(1e-12));
        assertThat(result.makerTrades()).isOne();
        assertThat(result.profit()).isCloseTo(-25 + 0.025 + 0.5 * 50.5, within(1e-12));
    }

    @Test
    void ofEqualTimesDataComeBeforeAnswersAndTimersComeLast() {
        start().row(110, BookEvents.SELL, 100, 21)
                .row(115, BookEvents.BID, 101, 5)
                .row(300, BookEvents.BID, 90, 1);
        script.at(100, context -> context.submit(buy(0.5, 50)));
        script.at(120, context -> {
            assertThat(script.heard)
                    .as("the row of 115 came at 120, then the answer")
                    .endsWith("120 book 50.5/51.0", "120 ACKED ACCEPTED");
            assertThat(context.bid(0)).isEqualTo(50.5);
        });
        assertThat(run().trades())
                .as("the trade at the moment of arrival came first")
                .isZero();
    }

    @Test
    void aCancelThatComesAfterTheFillIsCountedAndChangesNothing() {
        start().row(135, BookEvents.SELL, 99, 1).row(300, BookEvents.BID, 90, 1);
        long[] number = new long[1];
        script.at(100, context -> number[0] = context.submit(buy(0.5, 50)));
        script.at(130, context -> {
            context.cancel(number[0]);
            context.cancel(number[0]); // asked already
        });
        script.at(200, context -> context.cancel(number[0])); // over
        MarketResult result = run();
        assertThat(script.heard).containsSubsequence("120 ACKED ACCEPTED", "145 filled BUY 100 at 135");
        assertThat(result.lateCancels()).isOne();
        assertThat(result.cancelled()).isZero();
        assertThat(result.position()).isEqualTo(0.5);
    }

    @Test
    void aCancelThatComesBeforeTheTradeKeepsUsOut() {
        start().row(145, BookEvents.SELL, 99, 1).row(300, BookEvents.BID, 90, 1);
        long[] number = new long[1];
        script.at(100, context -> {
            number[0] = context.submit(buy(0.5, 50).withTag("mine"));
            assertThat(context.tag(number[0])).isEqualTo("mine");
        });
        script.at(130, context -> context.cancel(number[0]));
        script.at(200, context -> {
            assertThat(context.tag(number[0])).isEmpty();
            context.submit(buy(0.5, 40)); // takes the same place again, under another number
            context.cancel(number[0]);
        });
        MarketResult result = run();
        assertThat(script.heard).containsSubsequence("120 ACKED ACCEPTED", "150 CANCELED ASKED", "220 ACKED ACCEPTED");
        assertThat(result.cancelled()).isOne();
        assertThat(result.trades()).isZero();
        assertThat(result.orders()).isEqualTo(2);
    }

    @Test
    void aPostOnlyQuoteIsRefusedIfTheMarketMovedOnItsWay() {
        start().row(104, BookEvents.BID, 100, 0).row(104, BookEvents.BID, 98, 5).row(104, BookEvents.ASK, 100, 5);
        script.at(100, context -> context.quote(0, Side.BUY, 0.5, context.bid(0)));
        MarketResult result = run();
        assertThat(script.heard).contains("120 rejected WOULD_TAKE");
        assertThat(result.refused()).isOne();
        assertThat(result.trades()).isZero();
    }

    @Test
    void ordersThatTakeFillWholeAtTheBestPriceOrNotAtAll() {
        start().row(300, BookEvents.BID, 90, 1);
        script.at(100, context -> context.submit(OrderRequest.market(0, Side.BUY, 0.5)));
        script.at(101, context -> context.submit(OrderRequest.market(0, Side.SELL, 0.2)));
        script.at(102, context -> context.submit(buy(0.1, 50.5).withTimeInForce(TimeInForce.IOC)));
        script.at(103, context -> context.submit(buy(0.1, 60).withTimeInForce(TimeInForce.FOK)));
        MarketResult result = run();
        assertThat(script.heard)
                .containsSubsequence(
                        "120 filled BUY 102 at 110",
                        "121 filled SELL 100 at 111",
                        "122 CANCELED TIME_IN_FORCE",
                        "123 filled BUY 102 at 113");
        assertThat(result.makerTrades()).isZero();
        assertThat(result.trades()).isEqualTo(3);
        assertThat(result.notional()).isCloseTo(0.6 * 51 + 0.2 * 50, within(1e-12));
        assertThat(result.quantity()).isCloseTo(0.8, within(1e-12));
        assertThat(result.fees()).isCloseTo(0.002 * result.notional(), within(1e-12));
    }

    @Test
    void requestsThatAreLostAreHeardOfAfterTheWholeWay() {
        start().row(400, BookEvents.BID, 90, 1);
        OrderLatency flaky = OrderLatency.Measured.of(
                new long[] {0, 100, 150, 180, 250, 300},
                new long[] {10, 110, 160, 0, 0, 310},
                new long[] {20, 120, 170, 200, 280, 320});
        long[] number = new long[1];
        script.at(100, context -> number[0] = context.submit(buy(0.5, 50)));
        script.at(180, context -> {
            context.submit(buy(0.5, 49));
            context.cancel(number[0]);
        });
        script.at(310, context -> context.cancel(number[0]));
        MarketResult result = run(script, market().withLatency(flaky));
        assertThat(script.heard)
                .containsSubsequence(
                        "120 ACKED ACCEPTED", "200 rejected HALTED", "200 ACKED ACCEPTED", "330 CANCELED ASKED");
        assertThat(result.orders()).isEqualTo(2);
        assertThat(result.lateCancels()).isZero();
    }

    @Test
    void aBookWithAHoleIsSeenAsStaleAndFillsNothing() {
        start().row(120, BookEvents.CLEAR, 0, 0)
                .row(130, BookEvents.SELL, 90, 50)
                .row(300, BookEvents.BID, 90, 1);
        script.at(100, context -> context.submit(buy(0.5, 50)));
        script.at(150, context -> {
            assertThat(context.book(0).isValid()).isFalse();
            assertThat(context.isTradable(0)).isFalse();
            assertThat(context.bid(0)).isNaN();
            assertThat(context.ask(0)).isNaN();
            context.quote(0, Side.BUY, 1, context.bid(0) - 1);
        });
        MarketResult result = run();
        assertThat(script.heard).contains("170 rejected NO_PRICE");
        assertThat(result.refused()).isOne();
        assertThat(result.trades()).isZero();
        assertThat(result.lastMid()).isNaN();
        assertThat(result.profit()).isZero();
    }

    @Test
    void whileTheBookHasAHoleWhatIsHeldIsWorthTheLastValidMid() {
        start().row(140, BookEvents.BID, 101, 7)
                .row(150, BookEvents.CLEAR, 0, 0)
                .row(300, BookEvents.BID, 90, 1);
        script.at(100, context -> context.submit(OrderRequest.market(0, Side.BUY, 2)));
        script.at(200, context -> {
            assertThat(context.book(0).isValid()).isFalse();
            assertThat(context.equity()).isCloseTo(1000 - 102 - 0.204 + 2 * 50.75, within(1e-9));
            assertThat(context.weight(0)).isCloseTo(2 * 50.75 / context.equity(), within(1e-12));
        });
        assertThat(run().position()).isEqualTo(2);
    }

    @Test
    void thereAreNoBarsAndMoneyIsCounted() {
        start().row(300, BookEvents.BID, 90, 1);
        script.at(100, context -> {
            assertThat(context.symbols()).containsExactly("X");
            assertThat(context.instrument("X")).isZero();
            assertThat(context.bars(0)).isZero();
            assertThat(new double[] {
                        context.open(0, 0),
                        context.high(0, 0),
                        context.low(0, 0),
                        context.close(0, 0),
                        context.volume(0, 0)
                    })
                    .containsOnly(Double.NaN);
            assertThat(context.close(0)).isNaN();
            assertThat(context.past(0).size()).isZero();
            assertThat(context.past(0, Duration.ofHours(1)).size()).isZero();
            assertThat(context.lastTradePrice(0)).isNaN();
            assertThat(context.lastTradeQuantity(0)).isNaN();
            assertThat(context.weight(0)).isZero();
            assertThat(context.equity()).isEqualTo(1000);
            assertThat(context.isTradable(0)).isTrue();
            context.submit(OrderRequest.market(0, Side.BUY, 2));
        });
        script.at(200, context -> {
            assertThat(context.cash()).isCloseTo(1000 - 102 - 0.204, within(1e-9));
            assertThat(context.equity()).isCloseTo(1000 - 102 - 0.204 + 101, within(1e-9));
            assertThat(context.weight(0)).isCloseTo(101 / context.equity(), within(1e-12));
        });
        run();
    }

    @Test
    void whatAReplayOfOneBookDoesNotTakeIsRefused() {
        start().row(300, BookEvents.BID, 90, 1);
        script.at(100, context -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> context.instrument("Y"))
                    .withMessageContaining("X");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> context.bid(1))
                    .withMessageContaining("instrument");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> context.target(0, 1))
                    .withMessageContaining("orders");
            assertThatIllegalArgumentException().isThrownBy(() -> context.targetQuantity(0, 1));
            OrderRequest order = buy(1, 50);
            assertThatIllegalArgumentException().isThrownBy(() -> context.submitOneCancelsOther(order, order));
            assertThatIllegalArgumentException().isThrownBy(() -> context.submitBracket(order, order, order));
            assertThatIllegalArgumentException().isThrownBy(() -> context.submit(order.asReduceOnly()));
            assertThatIllegalArgumentException().isThrownBy(() -> context.submit(order.goodTill(500)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> context.submit(OrderRequest.stop(0, Side.BUY, 1, 60)))
                    .withMessageContaining("STOP");
            context.cancel(12_345);
            context.cancel(-1);
        });
        assertThat(run().orders()).isZero();
    }

    @Test
    void aRowThatCameBeforeItHappenedIsRefusedAndClocksThatStepBackStandStill() {
        start();
        events.add(BookEvents.BID, 50, 60, 101, 1);
        events.add(BookEvents.BID, 40, 55, 99, 1);
        run();
        assertThat(script.heard).containsExactly("5 book 50.0/51.0", "60 book 50.5/51.0", "60 end");
        events.add(BookEvents.BID, 80, 79, 99, 1);
        assertThatIllegalArgumentException().isThrownBy(this::run).withMessageContaining("row 6 came 1 ns before");
    }

    @Test
    void timersAloneDoNotKeepARunGoingAndAnEmptyFeedEndsAtOnce() {
        script.at(100, context -> context.timer("plan", 100));
        MarketResult result = run();
        assertThat(script.heard).containsExactly("0 end");
        assertThat(result.rows()).isZero();
        assertThat(result.lastMid()).isNaN();
        Strategy late = new Strategy() {
            @Override
            public void onBar(Context context) {}

            @Override
            public void onEnd(Context context) {
                assertThat(context.submit(buy(1, 50))).isEqualTo(OrderEvent.NO_ORDER);
            }
        };
        start();
        assertThat(run(late, market()).orders()).isZero();
    }

    @Test
    void twoRunsOfARandomFeedAreEqualAndSlowerMessagesNeverOvertake() {
        Rng rng = Seeds.rng(8, 9);
        start();
        for (int i = 0; i < 20_000; i++) {
            int away = rng.nextInt(6);
            boolean bid = rng.nextDouble() < 0.5;
            boolean trade = rng.nextDouble() < 0.3;
            byte level = bid ? BookEvents.BID : BookEvents.ASK;
            byte print = bid ? BookEvents.BUY : BookEvents.SELL;
            row(1_000L * i, trade ? print : level, (bid == trade ? 102 + away : 100 - away), 1 + rng.nextInt(9));
        }
        Strategy[] quoters = {new Noisy(), new Noisy()};
        MarketResult first = run(quoters[0], market().withQueue(new QueueModel.Power(2)));
        MarketResult second = run(quoters[1], market().withQueue(new QueueModel.Power(2)));
        assertThat(first).isEqualTo(second);
        assertThat(first.trades()).isGreaterThan(100);
        assertThat(first.cancelled()).isGreaterThan(100);
        assertThat(first.lateCancels()).isPositive();
    }

    @Test
    void rowsMakeNoGarbage() {
        start();
        Strategy watching = context -> {};
        long[] bytes = new long[3];
        for (int stretch = 0; stretch < bytes.length; stretch++) {
            for (int i = 0; i < 20_000; i++) {
                row(
                        1_000L * (20_000 * stretch + i),
                        i % 2 == 0 ? BookEvents.BID : BookEvents.BUY,
                        100 + i % 2,
                        1 + i % 9);
            }
            bytes[stretch] = allocated(watching);
        }
        double bytesPerRow = (bytes[2] - bytes[1]) / 20_000.0;
        assertThat(bytesPerRow).isLessThan(0.5);
    }

    private long allocated(Strategy strategy) {
        run(strategy, market());
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(id);
        run(strategy, market());
        return threads.getThreadAllocatedBytes(id) - before;
    }

    /** Sends orders at all prices and lets many of them stand, so that all arrays have to grow. */
    private static final class Noisy implements Strategy {
        private final Rng rng = Seeds.rng(8, 10);
        private final List<Long> numbers = new ArrayList<>();

        @Override
        public void onBar(Context context) {}

        @Override
        public void onTrade(Context context, int instrument) {
            for (int i = 0; i < 3; i++) {
                Side side = rng.nextDouble() < 0.5 ? Side.BUY : Side.SELL;
                numbers.add(context.quote(0, side, 0.1, 50.5 - side.sign() * (0.5 + 0.5 * rng.nextInt(20))));
            }
            for (int i = 0; i < 2; i++) {
                context.cancel(numbers.get(rng.nextInt(numbers.size())));
            }
            context.timer("later", context.timeNanos() + rng.nextInt(5_000));
        }

        @Override
        public void onTimer(Context context, String name) {
            assertThat(name).isEqualTo("later");
            context.cancel(numbers.get(numbers.size() - 1));
        }
    }
}
