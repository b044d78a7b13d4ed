package org.lama.backtest.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lama.backtest.analytics.Drawdown;
import org.lama.backtest.analytics.PerformanceMetrics;
import org.lama.backtest.analytics.ReturnPeriods;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.engine.BarEngine;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.engine.EngineSettings.QuantityMode;
import org.lama.backtest.execution.OrderSizing;
import org.lama.backtest.risk.RiskLimits;
import org.lama.backtest.strategies.Strategies;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Side;
import org.lama.core.series.Frame;

/** Random data, windows and costs: the fast path and the event engine are the same rule. */
class RuleSweepEnginePropertyTest {
    private static final long[] BAR_NANOS = {
        SweepMarkets.MINUTE, 15 * SweepMarkets.MINUTE, SweepMarkets.HOUR, SweepMarkets.DAY
    };

    @Test
    void someRandomRulesAreThoseOfTheEventEngine() {
        compare(0, 80);
    }

    @Test
    @Tag("slow")
    void aThousandRandomRulesAreThoseOfTheEventEngine() {
        compare(1_000, 1_000);
    }

    private static void compare(long seed, int rules) {
        int compared = 0;
        int traded = 0;
        for (int i = 0; i < rules; i++) {
            Rng rng = Seeds.rng(seed, i);
            int bars = 50 + rng.nextInt(3000);
            long barNanos = BAR_NANOS[rng.nextInt(BAR_NANOS.length)];
            // prices of a few cents give many equal means
            double price = Math.exp(-2 + 13 * rng.nextDouble());
            Frame frame = SweepMarkets.walk(seed * 31 + i, bars, barNanos, price, 0.0005 + 0.02 * rng.nextDouble());
            int fast = 1 + rng.nextInt(1 + bars / 8);
            int slow = fast + 1 + rng.nextInt(1 + bars / 3);
            RuleCosts costs = new RuleCosts(
                    1_000_000, rng.nextInt(4) == 0 ? 0 : 0.003 * rng.nextDouble(), 0.002 * rng.nextDouble());
            RuleSweep.Worker worker = RuleSweep.of(RuleBars.of(frame), costs).worker();
            RuleOutcome outcome = worker.evaluate(new WindowRule(fast, slow));
            if (worker.rounding() < 5e-10) {
                same(
                        "seed " + seed + " rule " + i + ": " + fast + "/" + slow + " on " + bars,
                        outcome,
                        worker.returns(),
                        run(frame, fast, slow, costs),
                        ReturnPeriods.ofOpens(frame.index(), barNanos));
                compared++;
                traded += outcome.entries() > 0 ? 1 : 0;
            }
        }
        // the rest lost so much, or grew so much, that fixed-point books are coarser than the comparison
        assertThat(compared).isGreaterThan(rules * 9 / 10);
        assertThat(traded).isGreaterThan(rules * 6 / 10);
    }

    private static BacktestResult run(Frame frame, int fast, int slow, RuleCosts costs) {
        EngineSettings settings = EngineSettings.builder()
                .cash(costs.cash())
                .cost(new FlatCost(costs.commission(), costs.slippage()))
                .orderSizing(OrderSizing.AT_FILL)
                .quantityMode(QuantityMode.FRACTIONAL)
                .limits(RiskLimits.DEFAULT.withoutLiquidityCap())
                .build();
        Map<String, String> parameters = Map.of("fast", Integer.toString(fast), "slow", Integer.toString(slow));
        return BarEngine.run(
                SweepMarkets.of(frame), Strategies.named("sma-cross").create(parameters), settings);
    }

    private static void same(
            String what, RuleOutcome outcome, double[] returns, BacktestResult engine, ReturnPeriods periods) {
        double[] equity = engine.equity();
        // fixed-point books round each fill to 1e-8 of money
        assertThat(outcome.endEquity() / equity[equity.length - 1]).as(what).isCloseTo(1, within(1e-9));
        long bought =
                engine.fills().stream().filter(fill -> fill.side() == Side.BUY).count();
        assertThat(outcome.entries()).as(what).isEqualTo((int) bought);
        assertThat(outcome.roundTrips()).as(what).isEqualTo(engine.roundTrips().size());
        double capital = engine.capital();
        double[] theirs = periods.returnsOf(equity, capital);
        PerformanceMetrics metrics = PerformanceMetrics.of(theirs, periods.perYear());
        assertThat(returns).as(what).hasSameSizeAs(theirs);
        for (int k = 0; k < returns.length; k++) {
            assertThat(returns[k]).as(what).isCloseTo(theirs[k], within(1e-9));
        }
        double sharpe = metrics.value(org.lama.backtest.analytics.Metric.SHARPE_PER_PERIOD);
        if (Double.isNaN(outcome.sharpePerPeriod())) {
            assertThat(sharpe).as(what).isNaN();
        } else {
            // a mean and a variance by prefix sums
            assertThat(outcome.sharpePerPeriod()).as(what).isCloseTo(sharpe, within(1e-9));
        }
        double[] perBar = new double[equity.length];
        for (int t = 0; t < perBar.length; t++) {
            perBar[t] = equity[t] / (t == 0 ? capital : equity[t - 1]) - 1;
        }
        assertThat(outcome.maximumDrawdown())
                .as(what)
                .isCloseTo(Drawdown.of(perBar).maximum(), within(1e-9));
    }
}
