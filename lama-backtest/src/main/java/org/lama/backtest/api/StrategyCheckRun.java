package org.lama.backtest.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.lama.backtest.engine.BarEngine;
import org.lama.backtest.engine.StrategyBook;
import org.lama.backtest.honesty.CheckReport;
import org.lama.backtest.honesty.CheckSettings;
import org.lama.backtest.honesty.StrategyCheck;
import org.lama.backtest.honesty.StrategyHonesty;
import org.lama.backtest.strategies.Blueprint;
import org.lama.core.base.Check;
import org.lama.core.data.MarketData;

/** Checks the strategy of a request in the engine as the request has it: costs, contracts, sizing, funding. */
final class StrategyCheckRun {
    private StrategyCheckRun() {}

    static CheckReport run(BacktestRequest request, MarketData data, CheckSettings settings) throws IOException {
        Blueprint blueprint = request.blueprint();
        Check.that(
                request.terms().strategies().size() <= 1,
                "the honesty of strategies is checked one at a time, got " + request.title());
        Check.that(
                blueprint.isRepeatable(),
                "a strategy object serves one run; give its class and constructor, which make a new one for each");
        BacktestRun run = new BacktestRun(request, blueprint, data);
        return run(request, data, bars -> run.strategy(), settings);
    }

    static CheckReport run(
            BacktestRequest request, MarketData data, StrategyHonesty.Factory factory, CheckSettings settings)
            throws IOException {
        // files of funding, conversions and events keep their times, so that all else may not be moved
        boolean fixedTimes = !request.terms().files().isEmpty();
        StrategyHonesty.Runner runner = (bars, strategy, engine, observer) -> {
            try {
                BarEngine.run(EngineTerms.market(request, bars), StrategyBook.of(strategy), engine, observer);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        };
        EngineTerms.market(request, data);
        return StrategyCheck.run(
                request.title(),
                new StrategyCheck.Setting(runner, data, EngineTerms.engine(request, data)),
                factory,
                fixedTimes ? settings.withCalendar() : settings);
    }
}
