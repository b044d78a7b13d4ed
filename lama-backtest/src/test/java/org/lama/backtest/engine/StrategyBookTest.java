package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.engine.EngineSettings.FailurePolicy;
import org.lama.backtest.ledger.RoundTrip;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.risk.DrawdownLimits;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.data.MarketData;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.Side;

class StrategyBookTest {
    private static final MarketData DATA = Markets.random(7, 12, 400);
    private static final EngineSettings SETTINGS =
            EngineSettings.builder().cost(FlatCost.DEFAULT).kind(Kind.PERP).build();

    private static StrategyBook book(Strategy first, Strategy second) {
        return StrategyBook.of(
                List.of(new StrategyBook.Entry("fast", first, 0.6), new StrategyBook.Entry("slow", second, 0.4)));
    }

    private static BacktestResult run(StrategyBook book, EngineSettings settings) {
        return BarEngine.run(Market.of(DATA), book, settings, EngineObserver.SILENT);
    }

    @Test
    void whatTheStrategiesOwnSumsToTheAccountToTheUnit() {
        BacktestResult result = run(book(new Momentum(5, true), new Momentum(60, true)), SETTINGS);
        assertThat(result.strategies()).containsExactly("fast", "slow");
        assertThat(result.endEquityUnits("fast") + result.endEquityUnits("slow"))
                .isEqualTo(result.endEquityUnits());
        for (String strategy : result.strategies()) {
            long capital = Math.round((strategy.equals("fast") ? 0.6 : 0.4) * 1e14);
            long earned = result.attribution().stream()
                    .filter(row -> row.strategy().equals(strategy))
                    .mapToLong(BacktestResult.Attribution::netUnits)
                    .sum();
            assertThat(capital + earned).isEqualTo(result.endEquityUnits(strategy));
        }
        assertThat(result.roundTrips()).extracting(RoundTrip::strategy).contains("fast", "slow");
        assertThat(result.fills("fast").size() + result.fills("slow").size()).isEqualTo(result.fillCount());
        assertThat(result.audit()).isEmpty();
        assertThat(result.capital()).isEqualTo(1_000_000);
    }

    @Test
    void aStrategyTradesAsItWouldAlone() {
        BacktestResult together = run(book(new Momentum(5, true), new Momentum(60, true)), SETTINGS);
        BacktestResult alone = BarEngine.run(
                DATA, new Momentum(5, true), SETTINGS.toBuilder().cash(600_000).build());
        assertThat(together.equity("fast")).containsExactly(alone.equity());
        assertThat(together.fills("fast")).isEqualTo(alone.fills());
    }

    /** Throws at a bar. */
    private static Strategy breaksAt(int bar, Strategy inner) {
        return new Strategy() {
            private int bars;

            @Override
            public void onBar(Context context) {
                if (bars++ == bar) {
                    throw new IllegalStateException("no idea");
                }
                inner.onBar(context);
            }
        };
    }

    @Test
    void aStrategyThatThrowsStopsTheRunAndIsNamed() {
        assertThatThrownBy(() -> run(book(new Momentum(5, true), breaksAt(100, new Momentum(5, true))), SETTINGS))
                .isInstanceOfSatisfying(StrategyException.class, thrown -> {
                    assertThat(thrown.strategy()).isEqualTo("slow");
                    assertThat(thrown.tsNanos()).isEqualTo(101 * Markets.DAY);
                    assertThat(thrown.instrument()).isEqualTo(OptionalInt.empty());
                    assertThat(thrown)
                            .hasMessage("strategy 'slow' failed in onBar of bar 101 at 1970-04-12T00:00:00Z: no idea");
                    assertThat(thrown).hasRootCauseMessage("no idea");
                });
    }

    @Test
    void theOthersGoOnIfTheSettingsSaySo() {
        for (FailurePolicy policy : List.of(FailurePolicy.CLOSE_AND_CONTINUE, FailurePolicy.KEEP_AND_CONTINUE)) {
            BacktestResult result = run(
                    book(new Momentum(5, true), breaksAt(100, new Momentum(5, true))),
                    SETTINGS.toBuilder().onFailure(policy).build());
            assertThat(result.failures()).hasSize(1);
            assertThat(result.failures().get(0).strategy()).isEqualTo("slow");
            assertThat(result.fills("fast")).hasSizeGreaterThan(100);
            long late = result.fills("slow").stream()
                    .filter(fill -> fill.tsNanos() > 102 * Markets.DAY && fill.orderId() != 0)
                    .count();
            boolean closed = policy == FailurePolicy.CLOSE_AND_CONTINUE;
            double[] slow = result.equity("slow");
            assertThat(slow[399] == slow[250]).isEqualTo(closed);
            assertThat(late).isLessThanOrEqualTo(12);
            assertThat(result.rejections()).doesNotContainKey(Reason.NO_CASH);
        }
    }

    @Test
    void anErrorInAnOrderEventNamesTheInstrument() {
        Strategy strategy = new Strategy() {
            @Override
            public void onBar(Context context) {
                context.target(3, 0.1);
            }

            @Override
            public void onOrder(Context context, org.lama.backtest.order.OrderEvent event) {
                throw new IllegalArgumentException("surprise");
            }
        };
        List<String> heard = new ArrayList<>();
        try {
            run(StrategyBook.of(strategy), SETTINGS);
        } catch (StrategyException thrown) {
            heard.add(thrown.getMessage());
            assertThat(thrown.instrument()).hasValue(3);
        }
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0)).contains("failed in onOrder").contains("for S3: surprise");
    }

    @Test
    void booksAreChecked() {
        Strategy none = context -> {};
        assertThatThrownBy(() -> StrategyBook.of(List.of())).hasMessageContaining("at least one strategy");
        assertThatThrownBy(() -> new StrategyBook.Entry("a", none, 0)).hasMessageContaining("share must be in (0, 1]");
        assertThatThrownBy(() -> StrategyBook.equalShares(List.of("a", "a"), List.of(none, none)))
                .hasMessageContaining("'a' comes twice");
        assertThatThrownBy(() -> StrategyBook.of(
                        List.of(new StrategyBook.Entry("a", none, 0.7), new StrategyBook.Entry("b", none, 0.7))))
                .hasMessageContaining("shares must sum to at most 1");
        assertThatThrownBy(() -> run(StrategyBook.of(none), SETTINGS).equity("x"))
                .hasMessageContaining("strategy 'x' is not in the run");
    }

    @Test
    void aDrawdownReducesAndThenHaltsTheStrategyThatHasIt() {
        double[] price = new double[40];
        java.util.Arrays.setAll(price, i -> i < 5 ? 100 : Math.max(60, 100 - 2.0 * (i - 4)));
        MarketData falling = Markets.of(Markets.frame("A", price, price), Markets.frame("B", price, price));
        Strategy long0 = context -> {
            context.target(0, 0.9);
            if (context.equity() < 850_000) {
                context.target(1, 0.1);
            }
        };
        EngineSettings limited = EngineSettings.builder()
                .cost(FlatCost.NONE)
                .drawdown(DrawdownLimits.DEFAULT.withFlattenOnHalt(true))
                .build();
        BacktestResult result = BarEngine.run(falling, long0, limited);
        double[] equity = result.equity();
        // held 90 % down to a drawdown of a quarter, then out; B was never bought
        assertThat(equity[39]).isBetween(700_000.0, 760_000.0).isEqualTo(equity[30]);
        assertThat(result.fills()).noneMatch(fill -> fill.symbol() == 1);
        BacktestResult free = BarEngine.run(
                falling,
                long0,
                limited.toBuilder().drawdown(DrawdownLimits.NONE).build());
        assertThat(free.fills()).anyMatch(fill -> fill.symbol() == 1);
        assertThat(free.equity()[39]).isLessThan(equity[39]);
    }

    @Test
    void aStrategyThatAnswersEachRefusalWithTheSameOrderDoesNotHangTheRun() {
        int[] refusals = {0};
        Strategy stubborn = new Strategy() {
            @Override
            public void onBar(Context context) {
                context.submit(OrderRequest.market(0, Side.BUY, 1e9));
            }

            @Override
            public void onOrder(Context context, org.lama.backtest.order.OrderEvent event) {
                refusals[0]++;
                onBar(context);
            }
        };
        BarEngine.run(Markets.random(1, 1, 30), stubborn, SETTINGS);
        assertThat(refusals[0]).isBetween(30, 30_000);
    }
}
