package org.lama.backtest.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class RuleSweepTest {
    private static final RuleCosts FREE = new RuleCosts(1000, 0, 0);

    private static RuleBars daily(double... close) {
        double[] open = new double[close.length];
        for (int t = 0; t < open.length; t++) {
            open[t] = t == 0 ? close[0] : close[t - 1];
        }
        return RuleBars.of(SweepMarkets.frame(SweepMarkets.DAY, open, close));
    }

    @Test
    void aRuleBuysAtTheOpenAfterTheCrossingAndSellsAfterTheNext() {
        RuleBars bars = daily(10, 10, 12, 14, 12, 9, 8, 8);
        RuleSweep.Worker worker = RuleSweep.of(bars, FREE).worker();
        RuleOutcome outcome = worker.evaluate(new WindowRule(1, 2));
        // above after rows 2 and 3, below after row 4: bought at 12 (open of 3), sold at 12 (open of 5)
        assertThat(outcome.entries()).isEqualTo(1);
        assertThat(outcome.roundTrips()).isEqualTo(1);
        assertThat(outcome.endEquity()).isCloseTo(1000, within(1e-9));
        // marked at 14 and at 12 in between
        assertThat(outcome.maximumDrawdown()).isCloseTo(12.0 / 14 - 1, within(1e-12));
        double[] returns = worker.returns();
        assertThat(returns).hasSize(8);
        assertThat(returns[3]).isCloseTo(14.0 / 12 - 1, within(1e-12));
        assertThat(returns[4]).isCloseTo(12.0 / 14 - 1, within(1e-12));
        assertThat(returns[5]).isCloseTo(0, within(1e-12));
    }

    @Test
    void costsAreThoseOfTheFormula() {
        RuleBars bars = daily(10, 10, 12, 14, 12, 9, 8, 8);
        RuleOutcome outcome =
                RuleSweep.of(bars, new RuleCosts(1000, 0.01, 0.02)).worker().evaluate(new WindowRule(1, 2));
        double size = 1000 / (12 * 1.02 * 1.01);
        assertThat(outcome.endEquity()).isCloseTo(size * 12 * 0.98 * 0.99, within(1e-9));
    }

    @Test
    void aRuleThatNeverCrossesKeepsItsCashAndHasNoSharpeRatio() {
        RuleOutcome outcome = RuleSweep.of(daily(9, 8, 7, 6, 5), FREE).worker().evaluate(new WindowRule(1, 2));
        assertThat(outcome.entries()).isZero();
        assertThat(outcome.endEquity()).isEqualTo(1000);
        assertThat(outcome.maximumDrawdown()).isZero();
        assertThat(outcome.sharpePerPeriod()).isNaN();
    }

    @Test
    void equalMeansAreNoCrossing() {
        RuleOutcome outcome = RuleSweep.of(daily(7, 7, 7, 7, 7), FREE).worker().evaluate(new WindowRule(1, 3));
        assertThat(outcome.entries()).isZero();
    }

    @Test
    void aCrossingAtTheLastCloseHasNoOpenToFillAt() {
        RuleOutcome outcome = RuleSweep.of(daily(9, 8, 7, 8), FREE).worker().evaluate(new WindowRule(1, 2));
        assertThat(outcome.entries()).isZero();
    }

    @Test
    void aWindowLongerThanTheHistoryNeverDecides() {
        RuleOutcome outcome = RuleSweep.of(daily(7, 8, 9), FREE).worker().evaluate(new WindowRule(2, 50));
        assertThat(outcome.entries()).isZero();
        assertThat(outcome.endEquity()).isEqualTo(1000);
    }

    @Test
    void signalColumnsOfARuleGiveWhatTheRuleGives() {
        RuleBars bars = RuleBars.of(SweepMarkets.walk(5, 5000, SweepMarkets.HOUR, 100, 0.01));
        PriceSums sums = bars.sums.orElseThrow();
        WindowRule rule = new WindowRule(12, 77);
        boolean[] entries = new boolean[bars.size()];
        boolean[] exits = new boolean[bars.size()];
        for (int t = rule.slowBars() - 1; t < entries.length; t++) {
            entries[t] = sums.isAbove(rule, t);
            exits[t] = !entries[t];
        }
        RuleSweep.Worker worker =
                RuleSweep.of(bars, new RuleCosts(1e6, 0.001, 0.0005)).worker();
        RuleOutcome byZones = worker.evaluate(rule);
        assertThat(byZones.entries()).isGreaterThan(10);
        assertThat(worker.evaluate(entries, exits)).isEqualTo(byZones);
        assertThat(worker.money(entries, exits).endEquity()).isEqualTo(byZones.endEquity());
    }

    @Test
    void theTreeFindsWhatAWalkOverAllRowsFinds() {
        Rng rng = Seeds.rng(8, 0);
        for (int round = 0; round < 300; round++) {
            double[] close = SweepMarkets.walk(round, 1 + rng.nextInt(700), SweepMarkets.DAY, 50, 0.02)
                    .column("close")
                    .toArray();
            int from = rng.nextInt(close.length);
            int to = from + rng.nextInt(close.length - from + 1);
            double peak = rng.nextInt(2) == 0 ? 1e-9 : close[from] * 1.05;
            DrawdownTree.Walk walk = new DrawdownTree(close).new Walk();
            walk.begin(peak);
            walk.over(from, to);
            double high = peak;
            double worst = 1;
            for (int t = from; t < to; t++) {
                high = Math.max(high, close[t]);
                worst = Math.min(worst, close[t] / high);
            }
            assertThat(walk.peak).isEqualTo(high);
            assertThat(walk.worst).isEqualTo(worst);
        }
    }

    @Test
    void closesWithMoreDecimalsThanCanBeCountedAreNotSupported() {
        RuleBars bars = daily(Math.PI, Math.E, 3, 2);
        RuleSweep sweep = RuleSweep.of(bars, FREE);
        assertThat(bars.isExact()).isFalse();
        assertThat(sweep.supports(new WindowRule(1, 2))).isFalse();
        assertThatThrownBy(() -> sweep.worker().evaluate(new WindowRule(1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whole numbers")
                .hasMessageContaining("fastBars=1");
        RuleBars large = daily(1e9 + 0.00000001 * 100, 1e9);
        assertThat(RuleSweep.of(large, FREE).supports(new WindowRule(100_000, 1_000_000)))
                .isFalse();
    }

    @Test
    void badInputIsRefusedByName() {
        assertThatThrownBy(() -> new WindowRule(3, 3)).hasMessage("fastBars must be below slowBars=3, got 3");
        assertThatThrownBy(() -> new WindowRule(0, 3)).hasMessage("fastBars must be >= 1, got 0");
        assertThatThrownBy(() -> new RuleCosts(0, 0, 0)).hasMessageContaining("cash");
        assertThatThrownBy(() -> new RuleCosts(1, 1, 0)).hasMessage("commission must be in [0, 1), got 1.0");
        assertThatThrownBy(() -> new RuleCosts(1, 0, Double.NaN)).hasMessage("slippage must be in [0, 1), got NaN");
        assertThatThrownBy(() -> daily(1, Double.NaN, 2))
                .hasMessage("open of BTC must be above 0 in every row, got NaN in row 2");
        assertThatThrownBy(() -> daily(1)).hasMessageContaining("number of bars of BTC must be >= 2, got 1");
        RuleSweep.Worker worker = RuleSweep.of(daily(1, 2, 3), FREE).worker();
        assertThatThrownBy(() -> worker.evaluate(new boolean[2], new boolean[3]))
                .hasMessage("entries must have 3 values, got 2");
        assertThatThrownBy(() -> worker.money(new boolean[3], new boolean[4]))
                .hasMessage("exits must have 3 values, got 4");
    }

    @Test
    void moreWindowsThanAreKeptGiveTheSameFigures() {
        RuleBars bars = RuleBars.of(SweepMarkets.walk(3, 2000, SweepMarkets.HOUR, 100, 0.01));
        RuleSweep.Worker worker = RuleSweep.of(bars, FREE).worker();
        RuleOutcome first = worker.evaluate(new WindowRule(5, 40));
        for (int slow = 41; slow < 400; slow++) {
            worker.evaluate(new WindowRule(5, slow));
        }
        assertThat(worker.evaluate(new WindowRule(5, 40))).isEqualTo(first);
        assertThat(worker.rounding()).isBetween(0.0, 1e-6);
    }
}
