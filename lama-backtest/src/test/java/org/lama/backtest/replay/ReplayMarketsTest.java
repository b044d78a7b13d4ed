package org.lama.backtest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FeeSchedule;
import org.lama.backtest.matching.OrderLatency;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookFeed;
import org.lama.core.book.BookScale;
import org.lama.core.book.MemoryFeed;
import org.lama.core.market.Side;

/** Several markets in one clock, and books that go silent. What comes to us takes 5 ns, orders and answers 10 ns each. */
class ReplayMarketsTest {
    private static final BookScale SCALE = new BookScale(0.5, 0.1);
    private static final OrderLatency LATENCY = new OrderLatency.Constant(10, 10);

    private final BookEvents first = new BookEvents(SCALE, 0);
    private final BookEvents second = new BookEvents(SCALE, 0);
    private final Map<Long, Consumer<Context>> plan = new TreeMap<>();
    private final List<String> heard = new ArrayList<>();

    /** Does what was said at given times, and writes down what it hears. */
    private final class Script implements Strategy {
        @Override
        public void onStart(Context context) {
            heard.add(context.timeNanos() + " start");
            plan.keySet().forEach(nanos -> context.timer("plan", nanos));
        }

        @Override
        public void onBar(Context context) {}

        @Override
        public void onTimer(Context context, String name) {
            heard.add(context.timeNanos() + " timer");
            plan.getOrDefault(context.timeNanos(), now -> {}).accept(context);
        }

        @Override
        public void onBook(Context context, int i) {
            String state = context.isStale(i) ? " stale" : "";
            heard.add(context.timeNanos() + " book " + i + " " + context.bid(i) + "/" + context.ask(i) + state);
        }

        @Override
        public void onTrade(Context context, int i) {
            heard.add(context.timeNanos() + " trade " + i + " " + context.lastTradePrice(i));
        }

        @Override
        public void onOrder(Context context, OrderEvent event) {
            if (event instanceof OrderEvent.Moved moved) {
                hear(context, moved.symbol() + " " + moved.state() + " " + moved.reason());
            } else if (event instanceof OrderEvent.Filled filled) {
                hear(context, filled.fill().symbol() + " FILLED");
            }
        }

        private void hear(Context context, String what) {
            heard.add(context.timeNanos() + " order " + what);
        }
    }

    private static void row(BookEvents events, long nanos, int kind, int ticks, long lots) {
        events.add((byte) kind, nanos, nanos + 5, ticks, lots);
    }

    /** A bid at one price and an ask two ticks above it, from a time on. */
    private static void start(BookEvents events, long nanos, int bid) {
        row(events, nanos, BookEvents.CLEAR, 0, 0);
        row(events, nanos, BookEvents.BID, bid, 20);
        row(events, nanos, BookEvents.ASK, bid + 2, 20);
        row(events, nanos, BookEvents.WHOLE, 0, 0);
    }

    private static ReplayMarket market(String symbol, BookEvents events) {
        return ReplayMarket.of(symbol, MemoryFeed.of(events))
                .withLatency(LATENCY)
                .withFees(FeeSchedule.flat(0.001))
                .withWindow(256);
    }

    private ReplayResult run(ReplaySettings settings, ReplayMarket... markets) throws IOException {
        return Replay.run(new Script(), List.of(markets), settings);
    }

    private ReplayResult run() throws IOException {
        return run(ReplaySettings.DEFAULT.withCash(1000), market("A", first), market("B", second));
    }

    @Test
    void ofEqualTimesTheMarketThatWasNamedFirstGoesFirstAndTimersComeLast() throws IOException {
        start(first, 0, 100);
        start(second, 0, 200);
        row(second, 20, BookEvents.BUY, 202, 1);
        row(first, 20, BookEvents.BUY, 102, 1);
        row(second, 22, BookEvents.BID, 201, 1);
        row(first, 23, BookEvents.BID, 101, 1);
        plan.put(25L, context -> {});
        ReplayResult result = run();
        assertThat(heard)
                .containsExactly(
                        "0 start",
                        "5 book 0 50.0/51.0",
                        "5 book 1 100.0/101.0",
                        "25 trade 0 51.0",
                        "25 trade 1 101.0",
                        "25 timer",
                        "27 book 1 100.5/101.0",
                        "28 book 0 50.5/51.0");
        assertThat(result.markets()).hasSize(2);
        assertThat(result.market(0).symbol()).isEqualTo("A");
        assertThat(result.market(1).rows()).isEqualTo(6);
        assertThat(result.equity()).isEqualTo(1000);
    }

    @Test
    void anOrderSentToTheOtherMarketIsThereInTimeWhicheverIsNamedFirst() throws IOException {
        start(first, 0, 100);
        start(second, 0, 200);
        row(first, 115, BookEvents.SELL, 100, 1);
        row(first, 115, BookEvents.BID, 100, 19);
        row(second, 129, BookEvents.ASK, 202, 5);
        row(second, 131, BookEvents.ASK, 202, 0);
        row(second, 131, BookEvents.ASK, 203, 5);
        row(first, 300, BookEvents.BID, 99, 1);
        long[] sent = new long[2];
        plan.put(121L, context -> {
            assertThat(context.symbols()).containsExactly("A", "B");
            assertThat(context.instrument("B")).isOne();
            sent[0] = context.submit(OrderRequest.market(1, Side.BUY, 0.5).withTag("there"));
            sent[1] = context.submit(OrderRequest.limit(0, Side.BUY, 0.5, 49).withTag("here"));
            assertThat(context.tag(sent[0])).isEqualTo("there");
            assertThat(context.tag(sent[1])).isEqualTo("here");
        });
        plan.put(150L, context -> {
            assertThat(context.position(1)).isEqualTo(0.5);
            assertThat(context.position(0)).isZero();
            assertThat(context.cash()).isCloseTo(1000 - 0.5 * 101.5 * 1.001, within(1e-9));
            assertThat(context.equity()).isCloseTo(context.cash() + 0.5 * 100.75, within(1e-9));
            assertThat(context.weight(1)).isCloseTo(0.5 * 100.75 / context.equity(), within(1e-12));
            context.cancel(sent[1]);
            context.cancel(sent[0]);
            context.cancel(Long.MAX_VALUE);
            assertThat(context.tag(Long.MAX_VALUE)).isEmpty();
        });
        ReplayResult result = run();
        assertThat(heard)
                .containsSubsequence(
                        "121 timer",
                        "134 book 1 100.0/101.0",
                        "136 book 1 100.0/101.5",
                        "141 order 0 ACKED ACCEPTED",
                        "141 order 1 FILLED",
                        "170 order 0 CANCELED ASKED");
        assertThat(result.market(1).trades()).isOne();
        assertThat(result.market(0).trades()).isZero();
        assertThat(result.profit())
                .isCloseTo(result.market(0).profit() + result.market(1).profit(), within(0.0));
        assertThat(result.equity()).isCloseTo(1000 - 0.5 * 101.5 * 1.001 + 0.5 * 100.75, within(1e-9));
    }

    @Test
    void eachMarketAloneGivesWhatItGivesBesideAnother() throws IOException {
        start(first, 0, 100);
        start(second, 7, 200);
        for (int i = 0; i < 2_000; i++) {
            row(first, 1_000L + 37L * i, i % 3 == 0 ? BookEvents.SELL : BookEvents.BID, 100 - i % 2, 1 + i % 7);
            row(second, 1_000L + 31L * i, i % 4 == 0 ? BookEvents.BUY : BookEvents.ASK, 202 + i % 2, 1 + i % 5);
        }
        ReplayMarket a = market("A", first);
        ReplayMarket b = market("B", second);
        ReplayResult both = Replay.run(new Quoting(), List.of(a, b), ReplaySettings.DEFAULT);
        ReplayResult turned = Replay.run(new Quoting(), List.of(b, a), ReplaySettings.DEFAULT);
        assertThat(both.market(0))
                .isEqualTo(Replay.run(new Quoting(), a, ReplaySettings.DEFAULT).market(0));
        assertThat(both.market(1))
                .isEqualTo(Replay.run(new Quoting(), b, ReplaySettings.DEFAULT).market(0));
        assertThat(turned.market(0)).isEqualTo(both.market(1));
        assertThat(turned.market(1)).isEqualTo(both.market(0));
        assertThat(both.market(0).trades()).isGreaterThan(20);
        assertThat(both.market(1).trades()).isGreaterThan(20);
    }

    /** Quotes at the touch of the market that it hears of, ten orders at a time. */
    private static final class Quoting implements Strategy {
        private final long[][] orders = new long[2][10];
        private final int[] next = new int[2];

        @Override
        public void onBar(Context context) {}

        @Override
        public void onTrade(Context context, int i) {
            boolean buys = context.symbols().get(i).equals("A");
            int place = next[i]++ % 10;
            context.cancel(orders[i][place]);
            double price = buys ? context.bid(i) : context.ask(i);
            orders[i][place] = context.quote(i, buys ? Side.BUY : Side.SELL, 0.1, price);
        }
    }

    @Test
    void aBookThatGoesSilentIsStaleItsOrdersAreCancelledAndNothingTakesFromIt() throws IOException {
        start(first, 0, 100);
        row(first, 2_000, BookEvents.BID, 99, 1);
        plan.put(100L, context -> context.quote(0, Side.BUY, 0.5, 50));
        plan.put(1_004L, context -> assertThat(context.isStale(0)).isFalse());
        plan.put(1_500L, context -> {
            assertThat(context.isStale(0)).isTrue();
            assertThat(context.isTradable(0)).isFalse();
            assertThat(context.book(0).isValid()).isTrue();
            context.submit(OrderRequest.market(0, Side.BUY, 0.5));
            context.submit(OrderRequest.limit(0, Side.BUY, 0.5, 51));
            context.quote(0, Side.SELL, 0.5, 52);
        });
        plan.put(2_005L, context -> assertThat(context.isStale(0)).isFalse());
        ReplaySettings settings = ReplaySettings.DEFAULT.withStaleAfter(Duration.ofNanos(1_000));
        ReplayResult result = run(settings, market("A", first));
        assertThat(heard)
                .containsSubsequence(
                        "120 order 0 ACKED ACCEPTED",
                        "1004 timer",
                        "1005 book 0 50.0/51.0 stale",
                        "1025 order 0 CANCELED ASKED",
                        "1500 timer",
                        "1520 order 0 CANCELED TIME_IN_FORCE",
                        "1520 order 0 CANCELED TIME_IN_FORCE",
                        "1520 order 0 ACKED ACCEPTED",
                        "1540 order 0 CANCELED ASKED",
                        "2005 book 0 50.0/51.0");
        assertThat(result.market(0).trades()).isZero();
        assertThat(result.market(0).cancelled()).isEqualTo(4);
        heard.clear();
        assertThat(run(settings.keepingOrders(), market("A", first)).market(0).cancelled())
                .as("those that would have taken")
                .isEqualTo(2);
        assertThat(heard).contains("1005 book 0 50.0/51.0 stale");
    }

    @Test
    void aMarketWhoseFeedIsOverGoesStaleWhileOthersGoOn() throws IOException {
        start(first, 0, 100);
        start(second, 0, 200);
        row(second, 3_000, BookEvents.BID, 199, 1);
        plan.put(100L, context -> context.quote(0, Side.BUY, 0.5, 50));
        ReplaySettings settings = ReplaySettings.DEFAULT.withStaleAfter(Duration.ofNanos(1_000));
        ReplayResult result = run(settings, market("A", first), market("B", second));
        assertThat(heard)
                .containsSubsequence(
                        "1005 book 0 50.0/51.0 stale",
                        "1005 book 1 100.0/101.0 stale",
                        "1025 order 0 CANCELED ASKED",
                        "3005 book 1 100.0/101.0");
        assertThat(result.market(0).cancelled()).isOne();
        heard.clear();
        plan.clear();
        run(settings, market("A", first));
        assertThat(heard).as("the run ends with its last row").containsExactly("0 start", "5 book 0 50.0/51.0");
    }

    @Test
    void aHoleCancelsOrdersEvenThoseOnTheirWay() throws IOException {
        start(first, 0, 100);
        row(first, 200, BookEvents.CLEAR, 0, 0);
        start(first, 400, 100);
        row(first, 500, BookEvents.SELL, 90, 50);
        plan.put(100L, context -> context.quote(0, Side.BUY, 0.5, 50));
        plan.put(190L, context -> context.quote(0, Side.BUY, 0.5, 49));
        ReplayResult result = run(ReplaySettings.DEFAULT, market("A", first));
        assertThat(heard)
                .containsSubsequence(
                        "205 book 0 NaN/NaN stale",
                        "210 order 0 ACKED ACCEPTED",
                        "225 order 0 CANCELED ASKED",
                        "230 order 0 CANCELED ASKED");
        assertThat(result.market(0).trades()).isZero();
        assertThat(run(ReplaySettings.DEFAULT.keepingOrders(), market("A", first))
                        .market(0)
                        .trades())
                .as("they stay and fill once the book is whole again")
                .isEqualTo(2);
    }

    @Test
    void marketsAreCheckedAndFeedsAreClosedEvenIfTheyFail() {
        assertThatIllegalArgumentException().isThrownBy(this::noMarkets).withMessageContaining("1 to 1024");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(ReplaySettings.DEFAULT, market("A", first), market("A", second)))
                .withMessageContaining("symbols must differ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReplaySettings.DEFAULT.withStaleAfter(Duration.ZERO))
                .withMessageContaining("staleAfter");
        int[] open = new int[1];
        BookFeed broken = new BookFeed() {
            @Override
            public BookScale scale() {
                return SCALE;
            }

            @Override
            public Chunks open() {
                open[0]++;
                return new Chunks() {
                    @Override
                    public boolean next(BookEvents into) throws IOException {
                        throw new IOException("the disk is gone");
                    }

                    @Override
                    public void close() {
                        open[0]--;
                    }
                };
            }
        };
        start(first, 0, 100);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> run(ReplaySettings.DEFAULT, market("A", first), ReplayMarket.of("B", broken)))
                .withMessage("the disk is gone");
        assertThat(open[0]).isZero();
    }

    private void noMarkets() throws IOException {
        run(ReplaySettings.DEFAULT);
    }
}
