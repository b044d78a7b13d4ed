package org.lama.backtest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FeeSchedule;
import org.lama.backtest.ledger.Ledger;
import org.lama.backtest.matching.FillRules;
import org.lama.backtest.matching.OrderLatency;
import org.lama.backtest.matching.QueueModel;
import org.lama.backtest.order.Fill;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.order.OrderRequest.TimeInForce;
import org.lama.backtest.order.OrderState;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;
import org.lama.core.book.BookView;
import org.lama.core.book.MemoryFeed;
import org.lama.core.market.Instrument;
import org.lama.core.market.Side;

/** Random feeds and orders that do not depend on fills, under all rules of fills. */
class ReplayFillsPropertyTest {
    private static final BookScale SCALE = new BookScale(0.1, 0.001);
    private static final double MAKER = 0.0001;
    private static final double TAKER = 0.0005;
    private static final FillRules[] RULES = {FillRules.whole(), FillRules.parts(), FillRules.realistic()};
    private static final Instrument COIN = new Instrument("X", Instrument.Kind.PERP, "COIN", "USD", 1, 3);

    private static BookEvents feed(long seed, int rows) {
        Rng rng = Seeds.rng(41, seed);
        BookEvents events = new BookEvents(SCALE, rows);
        int mid = 1_000;
        for (int i = 1; i < 6; i++) {
            events.add(BookEvents.BID, 0, 0, mid - i, 10 + rng.nextInt(40));
            events.add(BookEvents.ASK, 0, 0, mid + i, 10 + rng.nextInt(40));
        }
        events.add(BookEvents.WHOLE, 0, 0, 0, 0);
        for (int row = 0; row < rows; row++) {
            long now = 1_000L * (row + 1);
            boolean bid = rng.nextInt(2) == 0;
            int away = 1 + rng.nextInt(5);
            if (rng.nextInt(40) == 0) {
                mid += bid ? 1 : -1;
                // the level that the price went over is gone, a new one stands behind it
                events.add(bid ? BookEvents.ASK : BookEvents.BID, now, now, mid, 0);
                events.add(bid ? BookEvents.BID : BookEvents.ASK, now, now, bid ? mid - 1 : mid + 1, 20);
                events.add(bid ? BookEvents.ASK : BookEvents.BID, now, now, bid ? mid + 1 : mid - 1, 20);
            } else if (rng.nextInt(3) == 0) {
                events.add(
                        bid ? BookEvents.BUY : BookEvents.SELL, now, now, bid ? mid + 1 : mid - 1, 1 + rng.nextInt(30));
            } else {
                int lots = rng.nextInt(5) == 0 && away > 1 ? 0 : 1 + rng.nextInt(40);
                events.add(bid ? BookEvents.BID : BookEvents.ASK, now, now, bid ? mid - away : mid + away, lots);
            }
        }
        return events;
    }

    /** Sends, changes nothing, cancels what is old; what it does depends on the feed alone. */
    private static final class Sender implements Strategy {
        private final Rng rng = Seeds.rng(42, 1);
        private final List<Sent> sent = new ArrayList<>();
        private final Map<Long, Sent> byNumber = new HashMap<>();
        private final List<Fill> fills = new ArrayList<>();
        private double lastMid;

        private static final class Sent {
            private Side side = Side.BUY;
            private long lots;
            private double bestPrice;
            private long number;
            private long filled;
            private OrderState state = OrderState.SENT;
        }

        @Override
        public void onStart(Context context) {
            context.timer("send", 500);
        }

        @Override
        public void onBar(Context context) {}

        @Override
        public void onTimer(Context context, String name) {
            BookView book = context.book(0);
            if (book.isValid()) {
                send(context, book);
                lastMid = (context.bid(0) + context.ask(0)) / 2;
            }
            if (sent.size() > 20) {
                context.cancel(sent.get(sent.size() - 20).number);
            }
            context.timer("send", context.timeNanos() + 3_000);
        }

        private void send(Context context, BookView book) {
            Sent order = new Sent();
            order.side = rng.nextInt(2) == 0 ? Side.BUY : Side.SELL;
            int limit = (order.side == Side.BUY ? book.bidTicks() : book.askTicks()) + rng.nextInt(9) - 4;
            order.lots = 1L + rng.nextInt(60);
            int other = order.side == Side.BUY ? book.askTicks() : book.bidTicks();
            OrderRequest request = OrderRequest.limit(0, order.side, SCALE.quantity(order.lots), SCALE.price(limit));
            int kind = rng.nextInt(5);
            request = switch (kind) {
                case 0 -> request.withTimeInForce(TimeInForce.IOC);
                case 1 -> request.withTimeInForce(TimeInForce.FOK);
                case 2 -> OrderRequest.market(0, order.side, SCALE.quantity(order.lots));
                case 3 -> request.asPostOnly();
                default -> request;
            };
            boolean takes = kind == 2 || (order.side == Side.BUY ? limit >= other : limit <= other);
            order.bestPrice = SCALE.price(takes ? other : limit);
            order.number = context.submit(request);
            sent.add(order);
            byNumber.put(order.number, order);
        }

        @Override
        public void onOrder(Context context, OrderEvent event) {
            Sent order = byNumber.getOrDefault(event.orderId(), new Sent());
            OrderState next = event.accept(new StateOf());
            assertThat(order.state.mayBecome(next))
                    .as("%s to %s", order.state, next)
                    .isTrue();
            order.state = next;
            if (event instanceof OrderEvent.Filled filled) {
                fills.add(filled.fill());
                order.filled += filled.fill().lots();
                assertThat(next == OrderState.FILLED).isEqualTo(order.filled == order.lots);
                assertThat(order.filled).isLessThanOrEqualTo(order.lots);
            }
        }

        /** Each order whole at the best price it could get, and only where that pays. */
        private double perfect() {
            double sum = 0;
            for (Sent order : sent) {
                double gain = order.side.sign() * (lastMid - order.bestPrice) - MAKER * order.bestPrice;
                sum += Math.max(0, gain) * SCALE.quantity(order.lots);
            }
            return sum;
        }

        private long filled() {
            return sent.stream().mapToLong(order -> order.filled).sum();
        }
    }

    private static final class StateOf implements OrderEvent.Visitor<OrderState> {
        @Override
        public OrderState moved(OrderEvent.Moved event) {
            return event.state();
        }

        @Override
        public OrderState filled(OrderEvent.Filled event) {
            return event.state();
        }

        @Override
        public OrderState rejected(OrderEvent.Rejected event) {
            return OrderState.REJECTED;
        }

        @Override
        public OrderState forced(OrderEvent.Forced event) {
            throw new AssertionError(event);
        }

        @Override
        public OrderState funded(OrderEvent.Funded event) {
            throw new AssertionError(event);
        }
    }

    private static MarketResult run(Sender sender, BookEvents events, FillRules rules, QueueModel queue)
            throws IOException {
        ReplayMarket market = ReplayMarket.of("X", MemoryFeed.of(events))
                .withQueue(queue)
                .withRules(rules)
                .withLatency(new OrderLatency.Constant(0, 0))
                .withFees(FeeSchedule.makerTaker(MAKER, TAKER));
        return Replay.run(sender, market, ReplaySettings.DEFAULT).market(0);
    }

    @Test
    void profitNeverExceedsThatOfPerfectFillsAndStricterRulesFillLess() throws IOException {
        for (long seed = 0; seed < 4; seed++) {
            BookEvents events = feed(seed, 6_000);
            for (QueueModel queue : List.of(new QueueModel.RiskAverse(), new QueueModel.Power(2))) {
                long before = Long.MAX_VALUE;
                for (FillRules rules : RULES) {
                    Sender sender = new Sender();
                    MarketResult result = run(sender, events, rules, queue);
                    assertThat(sender.sent).hasSizeGreaterThan(1_000);
                    assertThat(result.trades()).isGreaterThan(100);
                    double profit = result.balance() - result.fees() + result.position() * sender.lastMid;
                    assertThat(profit).isLessThanOrEqualTo(sender.perfect());
                    assertThat(sender.filled()).isLessThan(before);
                    before = sender.filled();
                }
            }
        }
    }

    /** Limits and sizes as a model computes them: on no grid. */
    private static final class OffGrid implements Strategy {
        private final Rng rng = Seeds.rng(43, 1);
        private final Map<Long, OrderRequest> asked = new HashMap<>();
        private final Map<Long, Double> filled = new HashMap<>();
        private int refused;

        @Override
        public void onStart(Context context) {
            context.timer("send", 500);
        }

        @Override
        public void onBar(Context context) {}

        @Override
        public void onTimer(Context context, String name) {
            Side side = rng.nextInt(2) == 0 ? Side.BUY : Side.SELL;
            double near = side == Side.BUY ? context.ask(0) : context.bid(0);
            OrderRequest request = OrderRequest.limit(
                    0, side, 0.01 * rng.nextDouble(), near - side.sign() * (0.4 * rng.nextDouble() - 0.1));
            asked.put(context.submit(request), request);
            context.timer("send", context.timeNanos() + 3_000);
        }

        @Override
        public void onOrder(Context context, OrderEvent event) {
            OrderRequest request = Objects.requireNonNull(asked.get(event.orderId()));
            if (event instanceof OrderEvent.Filled filledNow) {
                Fill fill = filledNow.fill();
                double worse = request.side().sign() * (SCALE.price(fill.priceTicks()) - request.limitPrice());
                assertThat(worse).as("%s of %s", fill, request).isLessThan(1e-9);
                double sum = filled.merge(fill.orderId(), SCALE.quantity(fill.lots()), Double::sum);
                assertThat(sum).as("%s of %s", fill, request).isLessThan(request.quantity() + 1e-12);
            }
            refused += event instanceof OrderEvent.Rejected ? 1 : 0;
        }
    }

    @Test
    void noFillIsBeyondTheLimitThatWasAskedNorMoreThanWasAsked() throws IOException {
        for (FillRules rules : RULES) {
            OffGrid sender = new OffGrid();
            ReplayMarket market = ReplayMarket.of("X", MemoryFeed.of(feed(11, 6_000)))
                    .withRules(rules)
                    .withLatency(new OrderLatency.Constant(0, 0));
            MarketResult result =
                    Replay.run(sender, market, ReplaySettings.DEFAULT).market(0);
            assertThat(sender.filled).hasSizeGreaterThan(50);
            assertThat(sender.refused).as("a tenth is less than a lot").isGreaterThan(100);
            assertThat(result.refused()).isEqualTo(sender.refused);
        }
    }

    @Test
    void positionMoneyAndFeesAreThoseOfALedgerWithTheSameFills() throws IOException {
        for (FillRules rules : RULES) {
            Sender sender = new Sender();
            MarketResult result = run(sender, feed(7, 6_000), rules, new QueueModel.RiskAverse());
            Ledger ledger = Ledger.onMargin(List.of(COIN), 0);
            for (Fill fill : sender.fills) {
                ledger.fill(
                        fill.tsNanos(), 0, fill.signedLots(), fill.priceTicks(), fill.priceTicks(), fill.feeUnits());
            }
            assertThat(sender.fills).hasSize((int) result.trades());
            assertThat(result.position()).isEqualTo(SCALE.quantity(ledger.lots(0)));
            // 10^-8 at most for the rounding of each fee
            assertThat(result.fees()).isCloseTo(ledger.feeUnits() / 1e8, within(1e-8 * sender.fills.size()));
            assertThat(result.balance() - result.fees())
                    .isCloseTo(ledger.cashUnits() / 1e8, within(1e-8 * sender.fills.size()));
            assertThat(result.notional()).isCloseTo(ledger.tradedUnits() / 1e8, within(1e-8));
            assertThat(ledger.audit()).isEmpty();
        }
    }
}
