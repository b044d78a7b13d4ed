package org.lama.backtest.sweep;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.analytics.Metric;
import org.lama.backtest.analytics.ReturnPeriods;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.engine.BarEngine;
import org.lama.backtest.engine.EngineObserver;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.engine.Market;
import org.lama.backtest.engine.StrategyBook;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.search.ParameterSet;
import org.lama.core.series.TimeIndex;

/**
 * Evaluates parameter sets by running a strategy through the event engine; rules of window sums take the fast path where the
 * settings leave the result the same to 1e-9 of the equity: one symbol in spot with all its prices and at most 8 decimals,
 * fractional quantities, flat costs, fills at the next open, orders sized at the fill, no limits. A trial whose fixed-point
 * books would be coarser than that goes through the engine after all.
 *
 * <p>Judged on calendar days where bars are shorter than a day and span at least 30 days, else on bars, as reports of
 * backtests do it; the drawdown is that of the bars. A metric that has no value makes the trial undefined with its reason:
 * no trades, returns without spread, or an infinite value. A trial of a sweep that throws once its strategy was made has seen
 * data and counts as tried ({@link SweepStatistics#broken}). Thread-safe if factory and cost model are.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class EngineTrials implements TrialFunction {
    private static final String ENGINE = "engine";

    private final LongFunction<Market> markets;
    private final Function<Map<String, String>, Strategy> factory;
    private final EngineSettings settings;
    private final SweepMetric metric;
    private final String text;
    private final Map<Long, Market> prepared = new TreeMap<>();
    private String rule = "";
    private Optional<String> whyNotFast = Optional.of("not asked for");
    private @Nullable WindowPath fast;
    private Optional<Portable> portable = Optional.empty();

    private EngineTrials(
            LongFunction<Market> markets,
            Function<Map<String, String>, Strategy> factory,
            EngineSettings settings,
            SweepMetric metric,
            String text) {
        this.markets = Check.notNull(markets, "markets");
        this.factory = Check.notNull(factory, "factory");
        this.settings = Check.notNull(settings, "settings");
        this.metric = Check.notNull(metric, "metric");
        this.text = Check.notBlank(text, "text");
    }

    /**
     * Trials of one strategy.
     *
     * @param markets the market of a step, in bars from the beginning; {@link TrialFunction#ALL} for all
     * @param factory makes a new strategy from parameters by name
     * @param settings capital, costs, limits
     * @param metric ranks trials
     * @param text names strategy, code and settings, for the checksum of the sweep
     * @return the trials, through the engine
     */
    public static EngineTrials of(
            LongFunction<Market> markets,
            Function<Map<String, String>, Strategy> factory,
            EngineSettings settings,
            SweepMetric metric,
            String text) {
        return new EngineTrials(markets, factory, settings, metric, text);
    }

    /**
     * Trials over a market, of which a pruner sees the first bars, counted on the symbol that has most.
     *
     * @param market what the strategy trades
     * @param factory makes a new strategy from parameters by name
     * @param settings capital, costs, limits
     * @param metric ranks trials
     * @param text names strategy, code and settings, for the checksum of the sweep
     * @return the trials, through the engine
     */
    public static EngineTrials of(
            Market market,
            Function<Map<String, String>, Strategy> factory,
            EngineSettings settings,
            SweepMetric metric,
            String text) {
        return of(step -> step == ALL ? market : MarketBytes.prefix(market, step), factory, settings, metric, text);
    }

    /**
     * With the fast path, if market and settings allow it.
     *
     * @param name of the registered rule of window sums that the factory makes, such as {@code sma-cross}
     * @return this
     */
    public EngineTrials withRule(String name) {
        rule = name;
        Market all = market(ALL);
        whyNotFast = WindowPath.whyNot(all, settings, name);
        if (whyNotFast.isEmpty()) {
            fast = new WindowPath(all, settings, name);
        }
        return this;
    }

    /**
     * With a way to make equal trials in another process, as {@link EngineRecipe} has one.
     *
     * @param other what they are made of
     * @return this
     */
    public EngineTrials withPortable(Portable other) {
        portable = Optional.of(other);
        return this;
    }

    @Override
    public Optional<Portable> portable() {
        return portable;
    }

    /**
     * Why all trials go through the engine.
     *
     * @return a few words; empty if the fast path is taken
     */
    public Optional<String> whyNotFast() {
        return whyNotFast;
    }

    @Override
    public String canonicalText() {
        return text + " metric=" + metric.key() + (fast == null ? "" : " rule=" + rule);
    }

    @Override
    public TrialFinding run(ParameterSet parameters, long step, boolean wantsReturns) {
        Map<String, String> values = parameters.values();
        // a set that the strategy refuses must fail on both paths
        Strategy strategy = factory.apply(values);
        return run(strategy, values, step, wantsReturns);
    }

    @Override
    public TrialFinding attempt(ParameterSet parameters, long step, boolean wantsReturns) {
        Map<String, String> values = parameters.values();
        Strategy strategy = factory.apply(values);
        try {
            return run(strategy, values, step, wantsReturns);
        } catch (CancellationException interrupted) {
            throw interrupted;
        } catch (RuntimeException | StackOverflowError failed) {
            // it has seen data: whoever gives up where nothing is won has tried all the same
            return TrialFinding.failed(failed, SweepTrial.BROKEN);
        }
    }

    private TrialFinding run(Strategy strategy, Map<String, String> values, long step, boolean wantsReturns) {
        WindowPath path = fast;
        if (path != null && step == ALL) {
            TrialFinding found = path.run(values, metric, wantsReturns);
            if (found != null) {
                return found;
            }
        }
        return throughEngine(strategy, market(step), wantsReturns);
    }

    private synchronized Market market(long step) {
        return prepared.computeIfAbsent(step, markets::apply);
    }

    private TrialFinding throughEngine(Strategy strategy, Market market, boolean wantsReturns) {
        BacktestResult result = BarEngine.run(market, StrategyBook.of(strategy), settings, EngineObserver.SILENT);
        double[] equity = result.equity();
        double cash = result.capital();
        TimeIndex closes = result.times();
        long barNanos = market.bars().barNanos();
        ReturnPeriods periods = ReturnPeriods.ofCloses(closes, barNanos);
        double[] returns = periods.returnsOf(equity, cash);
        double drawdown = drawdown(equity, cash);
        double value = metric.of(returns, periods.perYear(), drawdown);
        TrialFinding.Figures figures = new TrialFinding.Figures(
                new SweepMetric(Metric.SHARPE_PER_PERIOD).of(returns, periods.perYear(), drawdown),
                equity.length == 0 ? 0 : equity[equity.length - 1] / cash - 1,
                drawdown,
                result.roundTrips().size());
        return TrialFinding.judged(metric.key(), value, result.fillCount(), figures, ENGINE)
                .withReturns(wantsReturns ? returns : new double[0]);
    }

    private static double drawdown(double[] equity, double cash) {
        double peak = cash;
        double worst = 1;
        for (double money : equity) {
            peak = Math.max(peak, money);
            worst = Math.min(worst, Math.max(0, money / peak));
        }
        return worst - 1;
    }
}
