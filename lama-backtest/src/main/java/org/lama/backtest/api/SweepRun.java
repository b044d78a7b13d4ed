package org.lama.backtest.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.lama.backtest.analytics.TradeRisk;
import org.lama.backtest.engine.BarEngine;
import org.lama.backtest.engine.EngineObserver;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.engine.Market;
import org.lama.backtest.engine.StrategyBook;
import org.lama.backtest.engine.StrategyException;
import org.lama.backtest.report.BacktestRecord;
import org.lama.backtest.report.Robustness;
import org.lama.backtest.strategies.Blueprint;
import org.lama.backtest.strategies.Strategies;
import org.lama.backtest.strategy.Strategy;
import org.lama.backtest.sweep.EngineRecipe;
import org.lama.backtest.sweep.EngineTrials;
import org.lama.backtest.sweep.Sweep;
import org.lama.backtest.sweep.SweepMetric;
import org.lama.backtest.sweep.SweepResult;
import org.lama.backtest.sweep.SweepSettings;
import org.lama.backtest.verdict.Evidence;
import org.lama.core.base.Check;
import org.lama.core.data.MarketData;
import org.lama.core.search.Direction;
import org.lama.core.search.Pruner;
import org.lama.core.search.Pruners;
import org.lama.core.search.Sampler;
import org.lama.core.series.Frame;

/** Runs the trials of a request and judges the best of them. */
final class SweepRun {
    private static final int FEWEST_PRUNED_BARS = 90;
    private static final int STARTUP_TRIALS = 10;

    private final SweepRequest request;
    private final MarketData data;
    private final Blueprint blueprint;
    private final BacktestRun run;
    private final OwnTrial own;
    private final SweepMetric metric;
    private final EngineSettings engine;
    private final Market market;
    private final EngineTrials trials;

    SweepRun(SweepRequest request, MarketData data) throws IOException {
        this.request = request;
        this.data = data;
        blueprint = request.blueprint();
        run = new BacktestRun(request.backtest(), blueprint, data);
        own = new OwnTrial(request.backtest(), blueprint, StrategyMembers.of(request.backtest(), blueprint), data);
        metric = SweepMetric.named(request.metric());
        engine = EngineTerms.engine(request.backtest(), data);
        market = EngineTerms.market(request.backtest(), data);
        trials = trials(engine).withRule(rule());
    }

    /** The built-in rule of window sums that the strategy is, if its weights are its own. */
    private String rule() {
        boolean builtIn = Strategies.names().contains(blueprint.name())
                && Strategies.named(blueprint.name()).codeSha256().equals(blueprint.codeSha256());
        return builtIn && request.backtest().settings().sizing().equals("own") ? blueprint.name() : "";
    }

    private EngineTrials trials(EngineSettings settings) {
        return EngineTrials.of(market, this::strategy, settings, metric, text());
    }

    /** The same over other prices, on the same streams. */
    private EngineTrials over(MarketData other) {
        try {
            return EngineTrials.of(
                    EngineTerms.market(request.backtest(), other),
                    this::strategy,
                    EngineTerms.engine(request.backtest(), other),
                    metric,
                    text());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The same trials, made of parts that another process can put together. */
    private EngineTrials travelling() throws IOException {
        BacktestRequest asked = request.backtest();
        Check.that(
                !asked.isMadeHere(),
                "a cluster needs a strategy that it can find: give its class name with a jar, or its source file, got code of"
                        + " this process");
        EngineRecipe.Builder recipe = EngineRecipe.builder(asked.strategy(), asked.jar(), market, engine)
                .parameters(asked.parameters())
                .metric(metric)
                .rule(rule())
                .text(text());
        run.sizing().ifPresent(recipe::sizing);
        return recipe.build().trials();
    }

    /** The same trials with the strategy's code loaded anew, as far as it is not the code of this process. */
    private EngineTrials afresh() throws IOException {
        Blueprint anew = request.blueprint();
        return EngineTrials.of(market, chosen -> run.strategy(anew, all(chosen)), engine, metric, text());
    }

    private Strategy strategy(Map<String, String> chosen) {
        return run.strategy(blueprint, all(chosen));
    }

    private Map<String, String> all(Map<String, String> chosen) {
        Map<String, String> all = new LinkedHashMap<>(request.backtest().parameters());
        all.putAll(chosen);
        return all;
    }

    private String text() {
        return own.settingsHash(request.backtest().parameters());
    }

    private Frame longest() {
        return data.frames().stream()
                .reduce((a, b) -> a.size() >= b.size() ? a : b)
                .orElseThrow();
    }

    /** All trials, then the verdict. */
    SweepOutcome outcome(SweepWorkers workers, Optional<Path> folder, SweepLedger ledger) throws IOException {
        SweepSettings settings = request.sweepSettings();
        Optional<SweepWalkRun> walk = request.walk().map(how -> new SweepWalkRun(request, data));
        walk.ifPresent(each -> each.requirePossible(market, settings.trials()));
        Sampler sampler = request.newSampler(settings.trials());
        String checksum = request.backtest().terms().files().checksum(DataBits.of(data.frames()));
        SweepJudge judge = new SweepJudge(request, data);
        SweepLedger.Window window =
                new SweepLedger.Window(MovePrints.mark(checksum, data.frames()), judge.fromNanos(), judge.toNanos());
        Sweep sweep = Sweep.of(sampler, workers.isFar() ? travelling() : trials, settings)
                .withMonitor(workers.ofTrials(ledger, window, settings.batch()));
        SweepJudge.realityCheck(settings.trials(), settings.seed())
                .ifPresent(resamples -> sweep.withRealityCheck(resamples, workers.threads()));
        folder.ifPresent(where -> sweep.withFolder(where, checksum, version()));
        pruner().ifPresent(sweep::withPruner);
        SweepResult result = sweep.run(workers.trials());
        new SweepAgain(request, result).requireSame(this::afresh);
        Extras extras = new Extras(workers);
        Optional<SweepWalkRun.Walked> walked = extras.walked(walk, result);
        Optional<SweepShake.Shaken> shaken = extras.shaken(result);
        if (walked.isPresent()) {
            ledger.enterWalk(
                    result,
                    request.walk().orElseThrow(),
                    window,
                    walked.get().sharpe().sharpePerPeriod());
        }
        SweepLedger.Counted counted = ledger.enter(
                result, window, SweepVariety.of(result), chosen -> own.settingsHash(blueprint.effective(all(chosen))));
        Optional<SweepWalkOutcome> judged = walked.map(each -> walk.orElseThrow()
                .judged(
                        each,
                        behind(counted, result.statistics().count()),
                        verdict -> verdict.withNext(judge.next(result, verdict))));
        SweepJudgement judgement = judge.judge(result, counted, path(), engine, this::trials);
        return new SweepOutcome(
                request,
                result,
                judgement,
                new SweepExtras(shaken, trades(result), extras.record(result, judgement), judged, extras.interrupted));
    }

    /** The walk itself, and what the ledger knows besides the sets that it compared inside its training windows. */
    private static Evidence.Trials behind(SweepLedger.Counted counted, long own) {
        long others = Math.max(1, counted.all().raw() - own);
        int raw = (int) Math.min(Integer.MAX_VALUE, others);
        return new Evidence.Trials(raw, raw, raw == 1 ? 0 : counted.all().variance());
    }

    /** The round trips of the best trial drawn anew. */
    private Optional<TradeRisk> trades(SweepResult result) {
        return result.best()
                .map(best -> Robustness.of(BarEngine.run(
                        market, StrategyBook.of(strategy(best.parameters().values())), engine, EngineObserver.SILENT)));
    }

    /** What follows the trials, until somebody interrupts it. */
    private final class Extras {
        private final SweepWorkers workers;
        private boolean interrupted;

        Extras(SweepWorkers workers) {
            this.workers = workers;
        }

        Optional<SweepWalkRun.Walked> walked(Optional<SweepWalkRun> walk, SweepResult result) throws IOException {
            if (walk.isEmpty() || !result.isWhole()) {
                interrupted |= walk.isPresent();
                return Optional.empty();
            }
            try {
                return Optional.of(
                        walk.get().run(result, SweepRun.this::strategy, engine, workers.stage("walk-forward")));
            } catch (CancellationException stopped) {
                interrupted = true;
                return Optional.empty();
            }
        }

        /** The best trial as a backtest would show it. */
        Optional<BacktestRecord> record(SweepResult result, SweepJudgement judgement) throws IOException {
            if (result.best().isEmpty() || !result.isWhole() || interrupted) {
                return Optional.empty();
            }
            BacktestRequest best = request.backtest();
            for (Map.Entry<String, String> each :
                    result.best().get().parameters().values().entrySet()) {
                best = best.with(each.getKey(), each.getValue());
            }
            Evidence.Trials trials = judgement.trials();
            try {
                return Optional.of(new BacktestRun(best, blueprint, data)
                        .judged(new BacktestOutcome.TrialCount(
                                trials.raw(),
                                judgement.ledger().onWindow(),
                                trials.effective(),
                                trials.variance(),
                                judgement.deflatedSharpe(),
                                judgement.ledger().started(),
                                judgement.ledger().tip())));
            } catch (StrategyException otherwise) {
                // with other costs or fills, as its report shows them, it gives up on the way
                return Optional.empty();
            }
        }

        Optional<SweepShake.Shaken> shaken(SweepResult result) {
            if (result.best().isEmpty() || !result.isWhole() || interrupted) {
                return Optional.empty();
            }
            SweepShake shake = new SweepShake(
                    result.best().get(),
                    request.space(),
                    request.backtest().settings().seed());
            try {
                return Optional.of(new SweepShake.Shaken(
                        shake.parameters(trials, workers.stage("moved parameters")),
                        Optional.of(shake.prices(data, SweepRun.this::over, workers.stage("noise on prices")))));
            } catch (CancellationException stopped) {
                interrupted = true;
                return Optional.empty();
            }
        }
    }

    private String version() {
        return Versions.lama() + " strategy " + blueprint.codeSha256();
    }

    /** Which way trials were computed, and why not the faster one. */
    private String path() {
        return trials.whyNotFast()
                .map(why -> "event engine (" + why + ")")
                .orElse("rules of window sums (the event engine where its books are too coarse)");
    }

    private Optional<Pruner> pruner() {
        Direction direction = metric.direction();
        int bars = longest().size();
        if (request.pruner().equals("none")) {
            return Optional.empty();
        }
        Check.that(
                bars >= FEWEST_PRUNED_BARS,
                "pruner needs at least " + FEWEST_PRUNED_BARS + " bars, got " + bars + "; leave it out");
        return Optional.of(
                switch (request.pruner()) {
                    // rounded up, so that nine times the first rung is no rung just below all bars
                    case "halving" -> Pruners.successiveHalving(direction, (bars + 8) / 9, bars, 3);
                    case "hyperband" -> Pruners.hyperband(direction, (bars + 8) / 9, bars, 3);
                    default -> Pruners.median(direction, List.of(bars / 4L, bars / 2L, bars * 3L / 4), STARTUP_TRIALS);
                });
    }
}
