package org.lama.backtest.sweep;

import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.engine.BarEngine;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.engine.EngineSettings.QuantityMode;
import org.lama.backtest.engine.Market;
import org.lama.backtest.execution.FillTiming;
import org.lama.backtest.execution.OrderSizing;
import org.lama.backtest.risk.RiskLimits;
import org.lama.core.market.Columns;
import org.lama.core.market.Instrument;
import org.lama.core.series.Frame;
import org.lama.core.series.Series;

/** The fast path for strategies that are rules of window sums, where market and settings leave the result the same. */
final class WindowPath {
    /** Beyond this the books of the engine may differ in the digits that count. */
    private static final double LARGEST_ROUNDING = 5e-10;

    private static final RiskLimits NONE_BINDS = new RiskLimits(1, 1, Double.POSITIVE_INFINITY);
    private static final Map<String, Function<Map<String, String>, WindowRule>> RULES = Map.of(
            "sma-cross",
            parameters -> new WindowRule(
                    Integer.parseInt(parameters.getOrDefault("fast", "20").strip()),
                    Integer.parseInt(parameters.getOrDefault("slow", "100").strip())));

    private final RuleSweep sweep;
    private final RuleBars bars;
    private final double cash;
    private final Function<Map<String, String>, WindowRule> rules;
    private final Queue<RuleSweep.Worker> idle = new ConcurrentLinkedQueue<>();

    WindowPath(Market market, EngineSettings settings, String rule) {
        FlatCost cost = (FlatCost) settings.cost();
        cash = settings.cash();
        bars = RuleBars.of(market.bars().frames().get(0));
        sweep = RuleSweep.of(bars, new RuleCosts(cash, cost.commission(), cost.slippage()));
        rules = Optional.ofNullable(RULES.get(rule)).orElseThrow();
    }

    /** Why the fast path cannot be taken; empty if it can. */
    static Optional<String> whyNot(Market market, EngineSettings settings, String rule) {
        if (!RULES.containsKey(rule)) {
            return Optional.of("the strategy is no rule of window sums");
        }
        return whyNot(settings).or(() -> whyNot(market));
    }

    private static Optional<String> whyNot(EngineSettings settings) {
        if (settings.quantityMode() != QuantityMode.FRACTIONAL) {
            return Optional.of("quantities in lots");
        }
        if (settings.kind() != Instrument.Kind.SPOT || !settings.contracts().isEmpty()) {
            return Optional.of("positions on margin, or contracts with rules");
        }
        if (!(settings.cost() instanceof FlatCost)) {
            return Optional.of("costs that depend on the market");
        }
        if (settings.execution().timing() != FillTiming.NEXT_OPEN
                || !settings.execution().latency().isZero()
                || settings.execution().barParticipation() != Double.POSITIVE_INFINITY) {
            return Optional.of("fills elsewhere than at the next open");
        }
        if (settings.orderSizing() == OrderSizing.AT_DECISION) {
            return Optional.of("orders sized before their fill");
        }
        if (!settings.limits().equals(NONE_BINDS) || settings.drawdown().isActive()) {
            return Optional.of("limits");
        }
        return Optional.empty();
    }

    private static Optional<String> whyNot(Market market) {
        if (market.bars().frames().size() != 1 || !market.hasBarsOnly()) {
            return Optional.of("several symbols, or streams beside the bars");
        }
        Frame frame = market.bars().frames().get(0);
        if (frame.size() < 2 || (frame.has(BarEngine.SEGMENT) && changes(frame.column(BarEngine.SEGMENT)))) {
            return Optional.of("bars of several instruments");
        }
        if (!isWhole(frame.column(Columns.OPEN)) || !isWhole(frame.column(Columns.CLOSE))) {
            return Optional.of("bars without a price");
        }
        if (frame.has(Columns.VOLUME) && holdsZero(frame.column(Columns.VOLUME))) {
            return Optional.of("bars in which nothing was traded");
        }
        if (PriceSums.of(frame.column(Columns.CLOSE).toArray()).isEmpty()) {
            return Optional.of("closes with more than 8 decimals");
        }
        return Optional.empty();
    }

    private static boolean holdsZero(Series volume) {
        for (int row = 0; row < volume.size(); row++) {
            if (volume.get(row) == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean changes(Series segment) {
        double last = Double.NaN;
        for (int row = 0; row < segment.size(); row++) {
            double now = segment.get(row);
            if (!Double.isNaN(now)) {
                if (!Double.isNaN(last) && now != last) {
                    return true;
                }
                last = now;
            }
        }
        return false;
    }

    private static boolean isWhole(Series prices) {
        for (int row = 0; row < prices.size(); row++) {
            // what the engine would round to no tick at all is no price here either
            if (!(prices.get(row) > 1e-6 && prices.get(row) < 1e12)) {
                return false;
            }
        }
        return true;
    }

    /** The finding for given parameters; null if the engine must be asked. */
    @Nullable
    TrialFinding run(Map<String, String> parameters, SweepMetric metric, boolean wantsReturns) {
        WindowRule rule = rules.apply(parameters);
        if (!sweep.supports(rule)) {
            return null;
        }
        RuleSweep.Worker free = idle.poll();
        RuleSweep.Worker worker = free == null ? sweep.worker() : free;
        try {
            RuleOutcome outcome = worker.evaluate(rule);
            return worker.rounding() > LARGEST_ROUNDING ? null : finding(worker, outcome, metric, wantsReturns);
        } finally {
            idle.add(worker);
        }
    }

    private TrialFinding finding(
            RuleSweep.Worker worker, RuleOutcome outcome, SweepMetric metric, boolean wantsReturns) {
        boolean direct = metric.needsNoReturns();
        double[] returns = wantsReturns || !direct ? worker.returns() : new double[0];
        double value = direct
                ? metric.of(outcome, cash, bars.periods.count(), bars.periodsPerYear())
                : metric.of(returns, bars.periodsPerYear(), outcome.maximumDrawdown());
        TrialFinding.Figures figures = new TrialFinding.Figures(
                outcome.sharpePerPeriod(),
                outcome.endEquity() / cash - 1,
                outcome.maximumDrawdown(),
                outcome.roundTrips());
        return TrialFinding.judged(metric.key(), value, outcome.entries(), figures, "windows")
                .withReturns(wantsReturns ? returns : new double[0]);
    }
}
