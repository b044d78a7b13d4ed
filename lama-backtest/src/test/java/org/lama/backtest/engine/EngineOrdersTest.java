package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.order.Fill;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.order.OrderState;
import org.lama.backtest.risk.RiskLimits;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.Side;
import org.lama.core.series.Frame;

class EngineOrdersTest {
    private static final EngineSettings FREE =
            EngineSettings.builder().cost(FlatCost.NONE).cash(1000).build();
    private static final EngineSettings PERP = FREE.toBuilder().kind(Kind.PERP).build();

    /** Open, high, low, close of each day. */
    private static MarketData bars(double[]... rows) {
        return Markets.of(frame("A", rows));
    }

    private static Frame frame(String symbol, double[]... rows) {
        double[][] columns = new double[4][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < 4; c++) {
                columns[c][i] = rows[i][c];
            }
        }
        return Markets.frame(symbol, columns[0], columns[3])
                .with(Columns.HIGH, columns[1])
                .with(Columns.LOW, columns[2]);
    }

    /** Runs what is written for the first bars, and hears the events. */
    private static final class Script implements Strategy {
        final List<Consumer<Context>> steps;
        final List<OrderEvent> heard = new ArrayList<>();
        final List<Long> heardAt = new ArrayList<>();
        int bar;
        int warmUp;

        @SafeVarargs
        @SuppressWarnings("varargs") // only read
        Script(Consumer<Context>... steps) {
            this.steps = List.of(steps);
        }

        @Override
        public int warmUpBars() {
            return warmUp;
        }

        @Override
        public void onBar(Context context) {
            if (bar < steps.size()) {
                steps.get(bar).accept(context);
            }
            bar++;
        }

        @Override
        public void onOrder(Context context, OrderEvent event) {
            heard.add(event);
            heardAt.add(context.timeNanos());
        }
    }

    private static void nothing(Context context) {}

    @Test
    void aTagComesBackForTheNumberOfItsOrder() {
        List<Long> numbers = new ArrayList<>();
        List<String> told = new ArrayList<>();
        Strategy tagged = new Strategy() {
            @Override
            public void onBar(Context context) {
                if (numbers.isEmpty()) {
                    numbers.add(context.submit(
                            OrderRequest.market(0, Side.BUY, 1e15).withTag("too large")));
                    numbers.add(context.submit(OrderRequest.market(0, Side.BUY, 1)));
                    long[] bracket = context.submitBracket(
                            OrderRequest.market(0, Side.BUY, 2).withTag("entry"),
                            OrderRequest.limit(0, Side.SELL, 2, 12).withTag("profit"),
                            OrderRequest.stop(0, Side.SELL, 2, 5).withTag("loss"));
                    for (long number : bracket) {
                        numbers.add(number);
                    }
                    context.target(0, 0.5);
                }
            }

            @Override
            public void onOrder(Context context, OrderEvent event) {
                told.add(context.tag(event.orderId()));
            }
        };
        BacktestResult result = BarEngine.run(
                bars(new double[] {10, 10, 10, 10}, new double[] {10, 10, 10, 10}, new double[] {10, 10, 10, 10}),
                tagged,
                FREE);
        String name = result.strategies().get(0);
        assertThat(numbers)
                .extracting(number -> result.tag(name, number))
                .containsExactly("too large", "", "entry", "profit", "loss");
        assertThat(told).contains("too large", "", "entry", "profit", "loss");
        assertThat(result.tag(name, OrderEvent.NO_ORDER)).isEmpty();
        assertThat(result.tag(name, 1)).isEmpty();
    }

    @Test
    void aLimitOrderFillsInsideTheBarThatTradesThroughIt() {
        Script script = new Script(c -> c.submit(OrderRequest.limit(0, Side.BUY, 10, 9)));
        BacktestResult result = BarEngine.run(
                bars(
                        new double[] {10, 10, 10, 10},
                        new double[] {10, 11, 9, 10},
                        new double[] {10, 11, 8.5, 10},
                        new double[] {10, 10, 10, 10}),
                script,
                FREE);
        Fill fill = result.fills().get(0);
        // a touch at 9 on day 1 is no fill; day 2 trades through
        assertThat(fill.priceTicks()).isEqualTo(900_000_000L);
        assertThat(fill.tsNanos()).isEqualTo(3 * Markets.DAY);
        assertThat(result.fillCount()).isEqualTo(1);
        assertThat(script.heard)
                .extracting(each -> each.getClass().getSimpleName())
                .contains("Moved", "Filled");
        assertThat(fill.orderId()).isGreaterThanOrEqualTo(OrderDesk.FIRST);
        // a fill inside a bar is known at its close
        OrderEvent filled = script.heard.get(script.heard.size() - 1);
        assertThat(script.heardAt.get(script.heardAt.size() - 1)).isEqualTo(filled.tsNanos());
    }

    @Test
    void aBracketTakesProfitAndEndsItsStop() {
        Script script = new Script(c -> c.submitBracket(
                OrderRequest.market(0, Side.BUY, 10),
                OrderRequest.takeProfit(0, Side.SELL, 10, 12),
                OrderRequest.stop(0, Side.SELL, 10, 8)));
        BacktestResult result = BarEngine.run(
                bars(
                        new double[] {10, 10, 10, 10},
                        new double[] {10, 11, 9, 10},
                        new double[] {10, 13, 9.5, 12},
                        new double[] {12, 12, 7, 8}),
                script,
                FREE);
        assertThat(result.fills()).extracting(Fill::signedLots).containsExactly(1_000_000_000L, -1_000_000_000L);
        assertThat(result.fills().get(1).priceTicks()).isEqualTo(1_200_000_000L);
        assertThat(result.endEquityUnits()).isEqualTo(1020 * 100_000_000L);
        assertThat(script.heard)
                .anyMatch(e -> e instanceof OrderEvent.Moved moved
                        && moved.reason() == Reason.OTHER_SIDE
                        && moved.state() == OrderState.CANCELED);
    }

    @Test
    void aBarWithStopAndTargetInsideIsCountedAndReadPessimistically() {
        Script script = new Script(
                c -> c.target(0, 0.5),
                c -> c.submitOneCancelsOther(
                        OrderRequest.takeProfit(0, Side.SELL, 50, 12).asReduceOnly(),
                        OrderRequest.stop(0, Side.SELL, 50, 8).asReduceOnly()));
        BacktestResult result = BarEngine.run(
                bars(
                        new double[] {10, 10, 10, 10},
                        new double[] {10, 10, 10, 10},
                        new double[] {10, 13, 7, 10},
                        new double[] {10, 10, 10, 10}),
                script,
                FREE);
        assertThat(result.fills().get(1).priceTicks()).isEqualTo(800_000_000L);
        assertThat(result.ambiguousBars()).isEqualTo(1);
    }

    @Test
    void aCancelledOrderDoesNotFill() {
        long[] id = new long[1];
        Script script = new Script(c -> id[0] = c.submit(OrderRequest.limit(0, Side.BUY, 10, 5)), c -> c.cancel(id[0]));
        BacktestResult result = BarEngine.run(
                bars(
                        new double[] {10, 10, 10, 10},
                        new double[] {10, 10, 9, 10},
                        new double[] {10, 10, 4, 10},
                        new double[] {10, 10, 4, 10}),
                script,
                FREE);
        assertThat(result.fillCount()).isZero();
        assertThat(script.heard)
                .anyMatch(e -> e instanceof OrderEvent.Moved moved && moved.state() == OrderState.CANCELED);
    }

    @Test
    void ordersThatAskTooMuchAreRefusedWithTheirReason() {
        Instrument coarse = new Instrument("X", Kind.SPOT, "A", "USD", 2, 0);
        Script script = new Script(c -> {
            c.submit(OrderRequest.market(0, Side.BUY, 1000));
            c.submit(OrderRequest.market(0, Side.BUY, 0.4));
            c.submit(OrderRequest.market(0, Side.SELL, 5));
        });
        BacktestResult result = BarEngine.run(
                bars(new double[] {10, 10, 10, 10}, new double[] {10, 10, 10, 10}, new double[] {10, 10, 10, 10}),
                script,
                FREE.toBuilder().instruments(List.of(coarse)).build());
        assertThat(result.rejections()).containsEntry(Reason.LIMIT, 1).containsEntry(Reason.TOO_SMALL, 1);
        assertThat(result.fillCount()).isZero();
        assertThat(result.endEquityUnits()).isEqualTo(1000 * 100_000_000L);
        assertThat(script.heard).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void anOrderForAnUnknownInstrumentIsAnErrorThatNamesTheStrategyAndTheBar() {
        MarketData data = bars(new double[] {10, 10, 10, 10}, new double[] {10, 10, 10, 10});
        assertThatThrownBy(() ->
                        BarEngine.run(data, new Script(c -> c.submit(OrderRequest.market(3, Side.BUY, 1))), FREE))
                .isInstanceOf(StrategyException.class)
                .hasMessage("strategy 'Script' failed in onBar of bar 1 at 1970-01-02T00:00:00Z:"
                        + " instrument 3 is not in the run, which has only 0: A;"
                        + " instrument(\"SYMBOL\") gives the number of a symbol");
        assertThatThrownBy(() -> BarEngine.run(data, new Script(c -> c.instrument("AA")), FREE))
                .hasMessageContaining("instrument 'AA' is not in the run; nearest of 1 is");
        assertThatThrownBy(() -> BarEngine.run(data, new Script(c -> c.close(0, 1)), FREE))
                .hasMessageContaining("barsAgo must be in [0, 0], got 1: A has 1 closed bars");
        assertThatThrownBy(() -> BarEngine.run(data, new Script(c -> c.close(0, -1)), FREE))
                .hasMessageContaining("barsAgo must be in [0, 0], got -1");
    }

    @Test
    void targetQuantitiesAreKeptToTheLotUnlessALimitCutsThem() {
        double[] ten = {10, 10, 10, 10};
        Script exact = new Script(
                c -> c.targetQuantity(0, 12.34567891), EngineOrdersTest::nothing, c -> c.targetQuantity(0, 0));
        BacktestResult result = BarEngine.run(bars(ten, ten, ten, ten, ten), exact, FREE);
        assertThat(result.fills()).extracting(Fill::signedLots).containsExactly(1_234_567_891L, -1_234_567_891L);
        BacktestResult cut = BarEngine.run(
                bars(ten, ten, ten),
                new Script(c -> c.targetQuantity(0, 80)),
                FREE.toBuilder().limits(new RiskLimits(0.5, 1, 1)).build());
        assertThat(cut.fills().get(0).lots()).isEqualTo(5_000_000_000L);
    }

    @Test
    void theWarmUpIsEnforcedForTargetsAndOrders() {
        double[] ten = {10, 10, 10, 10};
        Consumer<Context> wish = c -> {
            c.target(0, 0.5);
            c.submit(OrderRequest.market(0, Side.BUY, 1));
        };
        Script script = new Script(wish, wish, wish);
        script.warmUp = 3;
        BacktestResult result = BarEngine.run(bars(ten, ten, ten, ten, ten), script, FREE);
        assertThat(result.rejections()).containsEntry(Reason.WARM_UP, 4);
        assertThat(result.fills()).allMatch(fill -> fill.tsNanos() == 3 * Markets.DAY);
        assertThat(result.fillCount()).isEqualTo(2);
        assertThat(result.warmUpBars()).containsExactly(3);
    }

    @Test
    void shortPositionsNeedAPerpetual() {
        double[] ten = {10, 10, 10, 10};
        Script script = new Script(c -> c.submit(OrderRequest.market(0, Side.SELL, 5)));
        assertThat(BarEngine.run(bars(ten, ten, ten), script, FREE).rejections())
                .containsKey(Reason.NO_POSITION);
        Script again = new Script(c -> c.submit(OrderRequest.market(0, Side.SELL, 5)));
        BacktestResult perp = BarEngine.run(bars(ten, ten, new double[] {9, 9, 9, 9}), again, PERP);
        assertThat(perp.equity()[2]).isEqualTo(1005);
        assertThat(perp.netExposure()[1]).isEqualTo(-0.05);
    }

    @Test
    void timersStartAndEndAreCalledInTheirPlace() {
        List<String> calls = new ArrayList<>();
        Strategy strategy = new Strategy() {
            @Override
            public void onStart(Context context) {
                calls.add("start " + context.bars(0));
                context.timer("noon", Markets.DAY + Markets.DAY / 2);
            }

            @Override
            public void onBar(Context context) {
                calls.add("bar " + context.bars(0));
            }

            @Override
            public void onTimer(Context context, String name) {
                // the bar of the second day is open and not known
                calls.add(name + " " + context.bars(0) + " at " + context.timeNanos() / (Markets.DAY / 2));
            }

            @Override
            public void onEnd(Context context) {
                calls.add("end " + context.bars(0));
                context.target(0, 1);
            }
        };
        double[] ten = {10, 10, 10, 10};
        BacktestResult result = BarEngine.run(bars(ten, ten), strategy, FREE);
        assertThat(calls).containsExactly("start 0", "bar 1", "noon 1 at 3", "bar 2", "end 2");
        assertThat(result.rejections()).containsEntry(Reason.END_OF_RUN, 1);
    }

    @Test
    void longerBarsShowOnlyWhatHasClosed() {
        double[][] rows = new double[10][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {10 + i, 20 + i, 5 + i, 11 + i};
        }
        List<Integer> sizes = new ArrayList<>();
        List<Double> closes = new ArrayList<>();
        BarEngine.run(
                bars(rows),
                context -> {
                    Frame longer = context.past(0, java.time.Duration.ofDays(3));
                    sizes.add(longer.size());
                    closes.add(
                            longer.size() == 0
                                    ? Double.NaN
                                    : longer.column(Columns.CLOSE).last());
                },
                FREE);
        assertThat(sizes).containsExactly(0, 0, 1, 1, 1, 2, 2, 2, 3, 3);
        assertThat(closes.get(4)).isEqualTo(13);
        assertThat(closes.get(9)).isEqualTo(19);
    }

    @Test
    void profitIsSplitIntoItsParts() {
        Script script = new Script(c -> c.target(0, 0.5), EngineOrdersTest::nothing, c -> c.target(0, 0));
        BacktestResult result = BarEngine.run(
                bars(
                        new double[] {10, 10, 10, 10},
                        new double[] {10, 12, 10, 12},
                        new double[] {12, 12, 12, 12},
                        new double[] {12, 12, 12, 12}),
                script,
                EngineSettings.builder().cash(1000).cost(FlatCost.DEFAULT).build());
        BacktestResult.Profit profit = result.profit();
        assertThat(profit.total()).isCloseTo(result.endEquityUnits() * 1e-8 - 1000, within(1e-9)); // sums of doubles
        assertThat(profit.fees()).isEqualTo(result.totalFees());
        assertThat(profit.slippage()).isEqualTo(result.slippageCost());
        assertThat(profit.price()).isCloseTo(100, within(1e-9)); // 50 units times 2
        assertThat(profit.funding()).isZero();
        assertThat(profit.rest()).isZero();
        assertThat(result.isSynthetic()).isTrue();
        assertThat(result.provenance()).hasSize(1);
    }
}
