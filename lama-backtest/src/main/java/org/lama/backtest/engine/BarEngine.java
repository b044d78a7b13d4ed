package org.lama.backtest.engine;

import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Api;
import org.lama.core.data.MarketData;

/**
 * Runs a strategy over bars. Per bar of the union of all symbols' times: (1) pending orders fill at the open, sells
 * first, then buys, each in the order of the symbols; (2) positions are marked at the close; (3) symbols that have been
 * silent for too long are closed out; (4) equity is noted; (5) the strategy decides, and its targets, cut to the limits,
 * become orders. An order fills at the first valid open at or after its decision, never earlier.
 *
 * <p>Rows whose price is missing (NaN, infinite, not above 0, below half a tick) cannot be traded; positions keep their
 * last mark. A change of the optional column {@value #SEGMENT} between two rows means that another instrument begins:
 * the position is closed at the price before, less the haircut, pending orders end, and {@code past} starts anew.
 *
 * <p>Stateless and thread-safe; a run uses the calling thread and gives equal bits for equal inputs. O(bars · symbols)
 * plus the strategy.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BarEngine {
    /** Optional column: a number that changes where a quarantined jump begins another instrument. */
    public static final String SEGMENT = "quality.segment";

    private BarEngine() {}

    /**
     * Runs to the end of the data. Open positions stay open and are marked at their last close.
     *
     * @param data bars with columns {@code open} and {@code close}; {@code volume} serves the liquidity cap
     * @param strategy decides at each close
     * @param settings capital, costs, limits
     * @return what happened
     * @throws IllegalArgumentException if a column is missing or the explicit instruments do not match the symbols
     * @throws ArithmeticException if money exceeds 92 billion
     */
    public static BacktestResult run(MarketData data, Strategy strategy, EngineSettings settings) {
        return run(data, strategy, settings, EngineObserver.SILENT);
    }

    /**
     * Runs to the end of the data and tells an observer on the way.
     *
     * @param data bars
     * @param strategy decides at each close
     * @param settings capital, costs, limits
     * @param observer hears decisions and fills
     * @return what happened
     */
    public static BacktestResult run(
            MarketData data, Strategy strategy, EngineSettings settings, EngineObserver observer) {
        return run(data, strategy, settings, observer, TargetTiming.NEXT_OPEN);
    }

    /**
     * Runs several strategies over bars and streams to the end of the bars.
     *
     * @param market bars, funding, prints, books, events
     * @param book the strategies and their shares of the capital
     * @param settings capital, costs, limits
     * @param observer hears decisions and fills of all strategies
     * @return what happened, in total and for each strategy
     * @throws StrategyException if a strategy throws and the settings say stop
     */
    public static BacktestResult run(
            Market market, StrategyBook book, EngineSettings settings, EngineObserver observer) {
        return new BarLoop(market, book, settings, observer, TargetTiming.NEXT_OPEN).run();
    }

    /**
     * Runs strategies as a naive backtest does: what they ask for by weight or quantity fills at the close of the bar that
     * made them ask. Nobody can trade so; the honesty waterfall measures what it seems to earn. Orders submitted with a
     * type of their own fill as always, not before the next bar.
     *
     * @param market bars, funding, prints, books, events
     * @param book the strategies and their shares of the capital
     * @param settings capital, costs, limits
     * @return what seemed to happen
     * @throws StrategyException if a strategy throws and the settings say stop
     */
    public static BacktestResult runInDecidingBar(Market market, StrategyBook book, EngineSettings settings) {
        return new BarLoop(market, book, settings, EngineObserver.SILENT, TargetTiming.SAME_BAR).run();
    }

    static BacktestResult run(
            MarketData data, Strategy strategy, EngineSettings settings, EngineObserver observer, TargetTiming timing) {
        return new BarLoop(Market.of(data), StrategyBook.of(strategy), settings, observer, timing).run();
    }
}
