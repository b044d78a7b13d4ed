package org.lama.backtest.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.cost.SquareRootCost;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.engine.EngineSettings.QuantityMode;
import org.lama.backtest.engine.Market;
import org.lama.backtest.execution.OrderSizing;
import org.lama.backtest.risk.RiskLimits;
import org.lama.backtest.strategies.Strategies;
import org.lama.core.market.Columns;
import org.lama.core.search.Direction;
import org.lama.core.search.ParameterSet;
import org.lama.core.search.ParameterSpace;
import org.lama.core.search.Samplers;
import org.lama.core.search.SequentialTaskExecutor;
import org.lama.core.series.Frame;

class EngineTrialsTest {
    private static final RiskLimits FREE = new RiskLimits(1, 1, Double.POSITIVE_INFINITY);

    private static EngineSettings.Builder settings() {
        return EngineSettings.builder()
                .cost(new FlatCost(0.001, 0.0005))
                .orderSizing(OrderSizing.AT_OPEN)
                .quantityMode(QuantityMode.FRACTIONAL)
                .limits(FREE);
    }

    private static EngineTrials trials(Frame frame, EngineSettings settings, String metric) {
        return EngineTrials.of(
                step -> Market.of(SweepMarkets.of(
                        step == TrialFunction.ALL ? frame : frame.head((int) Math.min(step, frame.size())))),
                Strategies.named("sma-cross")::create,
                settings,
                SweepMetric.named(metric),
                "sma-cross");
    }

    private static ParameterSet set(int fast, int slow) {
        return ParameterSet.of(Map.of("fast", Integer.toString(fast), "slow", Integer.toString(slow)));
    }

    @Test
    void bothPathsFindTheSameForEveryMetric() {
        Frame frame = SweepMarkets.walk(5, 4000, SweepMarkets.HOUR, 100, 0.01);
        for (String metric : SweepMetric.names()) {
            EngineTrials fast = trials(frame, settings().build(), metric).withRule("sma-cross");
            EngineTrials slow = trials(frame, settings().build(), metric);
            assertThat(fast.whyNotFast()).isEmpty();
            TrialFinding one = fast.run(set(7, 40), TrialFunction.ALL, true);
            TrialFinding other = slow.run(set(7, 40), TrialFunction.ALL, true);
            assertThat(one.path()).isEqualTo("windows");
            assertThat(other.path()).isEqualTo("engine");
            double scale = Math.max(1, Math.abs(other.value()));
            assertThat(one.value() / scale).as(metric).isCloseTo(other.value() / scale, within(1e-7));
            assertThat(one.reason()).isEqualTo(other.reason());
            assertThat(one.returns()).hasSameSizeAs(other.returns());
            assertThat(one.figures().roundTrips()).isEqualTo(other.figures().roundTrips());
            assertThat(one.figures().totalReturn()).isCloseTo(other.figures().totalReturn(), within(1e-9));
            assertThat(one.figures().maximumDrawdown())
                    .isCloseTo(other.figures().maximumDrawdown(), within(1e-9));
        }
    }

    @Test
    void whateverTheFastPathCannotDoGoesThroughTheEngineAndSaysWhy() {
        Frame frame = SweepMarkets.walk(5, 300, SweepMarkets.HOUR, 100, 0.01);
        Map<String, EngineSettings> refused = Map.of(
                "quantities in lots",
                settings().quantityMode(QuantityMode.LOTS).build(),
                "costs that depend on the market",
                settings().cost(SquareRootCost.DEFAULT).build(),
                "orders sized before their fill",
                settings().orderSizing(OrderSizing.AT_DECISION).build(),
                "limits",
                settings().limits(RiskLimits.DEFAULT).build());
        refused.forEach((why, settings) -> {
            EngineTrials trials = trials(frame, settings, "sharpe").withRule("sma-cross");
            assertThat(trials.whyNotFast()).contains(why);
            assertThat(trials.run(set(3, 9), TrialFunction.ALL, false).path()).isEqualTo("engine");
        });
        EngineTrials other = trials(frame, settings().build(), "sharpe").withRule("donchian");
        assertThat(other.whyNotFast()).contains("the strategy is no rule of window sums");
        double[] close = frame.column(Columns.CLOSE).toArray();
        close[7] = Double.NaN;
        assertThat(trials(frame.with(Columns.CLOSE, close), settings().build(), "sharpe")
                        .withRule("sma-cross")
                        .whyNotFast())
                .contains("bars without a price");
        close[7] = Math.PI;
        assertThat(trials(frame.with(Columns.CLOSE, close), settings().build(), "sharpe")
                        .withRule("sma-cross")
                        .whyNotFast())
                .contains("closes with more than 8 decimals");
    }

    @Test
    void aTrialThatLosesNearlyAllGoesThroughTheEngineAfterAll() {
        Frame frame = SweepMarkets.walk(5, 20_000, SweepMarkets.HOUR, 100, 0.002);
        EngineSettings dear = settings().cost(new FlatCost(0.02, 0)).build();
        EngineTrials fast = trials(frame, dear, "totalReturn").withRule("sma-cross");
        TrialFinding found = fast.run(set(1, 2), TrialFunction.ALL, false);
        assertThat(found.path()).isEqualTo("engine");
        assertThat(found.figures().totalReturn()).isLessThan(-0.99);
    }

    @Test
    void metricsWithoutAValueHaveTheirReason() {
        double[] flat = new double[100];
        java.util.Arrays.fill(flat, 10);
        Frame still = SweepMarkets.frame(SweepMarkets.DAY, flat, flat);
        for (String rule : new String[] {"sma-cross", "none"}) {
            TrialFinding found =
                    trials(still, settings().build(), "sharpe").withRule(rule).run(set(3, 9), TrialFunction.ALL, false);
            assertThat(found.value()).isNaN();
            assertThat(found.reason()).isEqualTo("no trades");
        }
        double[] rising = new double[100];
        for (int t = 0; t < rising.length; t++) {
            rising[t] = 10 + t;
        }
        Frame up = SweepMarkets.frame(SweepMarkets.DAY, rising, rising);
        TrialFinding calmar = trials(up, settings().cost(FlatCost.NONE).build(), "calmar")
                .withRule("sma-cross")
                .run(set(3, 9), TrialFunction.ALL, false);
        assertThat(calmar.reason()).isEqualTo("calmar is not defined: returns without spread");
    }

    @Test
    void aStepIsAPrefixOfTheBars() {
        Frame frame = SweepMarkets.walk(6, 2000, SweepMarkets.DAY, 100, 0.02);
        EngineTrials trials = trials(frame, settings().build(), "totalReturn").withRule("sma-cross");
        TrialFinding prefix = trials.run(set(5, 20), 700, false);
        TrialFinding alone =
                trials(frame.head(700), settings().build(), "totalReturn").run(set(5, 20), TrialFunction.ALL, false);
        assertThat(prefix.value()).isEqualTo(alone.value());
        assertThat(prefix.value())
                .isNotEqualTo(trials.run(set(5, 20), TrialFunction.ALL, false).value());
    }

    @Test
    void aSweepOverAStrategyCountsTheSetsThatItRefuses() throws IOException {
        Frame frame = SweepMarkets.walk(5, 1500, SweepMarkets.DAY, 100, 0.02);
        EngineTrials trials = trials(frame, settings().build(), "sharpe").withRule("sma-cross");
        SweepResult result = Sweep.of(
                        Samplers.grid(ParameterSpace.parse("fast=5..25:5,slow=10..50:10"), Direction.MAXIMISE),
                        trials,
                        SweepSettings.of(100, 1))
                .run(SequentialTaskExecutor.create());
        assertThat(result.statistics().count()).isEqualTo(25);
        // fast must be below slow
        assertThat(result.statistics().reasons().keySet()).allMatch(reason -> reason.contains("must be below slow"));
        assertThat(result.statistics().defined()).isEqualTo(25 - 6);
        assertThat(result.statistics().paths()).containsEntry("windows", 19L).containsEntry("failed", 6L);
        List<Double> values = new ArrayList<>();
        result.forEach(trial -> values.add(trial.value()));
        assertThat(values).hasSize(25);
        Plateau plateau =
                Plateau.find(TrialColumns.of(result), Direction.MAXIMISE).orElseThrow();
        assertThat(plateau.neighbours()).isGreaterThanOrEqualTo(5);
        assertThat(plateau.value())
                .isLessThanOrEqualTo(result.best().orElseThrow().value());
    }
}
