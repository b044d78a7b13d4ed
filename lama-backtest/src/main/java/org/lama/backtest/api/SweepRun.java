package org.lama.backtest.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.engine.Market;
import org.lama.backtest.strategies.Blueprint;
import org.lama.backtest.strategies.Strategies;
import org.lama.backtest.strategy.Strategy;
import org.lama.backtest.sweep.EngineTrials;
import org.lama.backtest.sweep.Sweep;
import org.lama.backtest.sweep.SweepMetric;
import org.lama.backtest.sweep.SweepMonitor;
import org.lama.backtest.sweep.SweepResult;
import org.lama.backtest.sweep.SweepSettings;
import org.lama.backtest.sweep.TrialFunction;
import org.lama.core.base.Check;
import org.lama.core.data.MarketData;
import org.lama.core.search.Direction;
import org.lama.core.search.Pruner;
import org.lama.core.search.Pruners;
import org.lama.core.search.Sampler;
import org.lama.core.search.Samplers;
import org.lama.core.search.TaskExecutor;
import org.lama.core.series.Frame;

/** Runs the trials of a request and judges the best of them. */
final class SweepRun {
    private static final int TRIALS = 100;
    private static final int BATCH_LEARNING = 64;
    private static final int BATCH = 256;
    private static final int FEWEST_PRUNED_BARS = 90;
    private static final int STARTUP_TRIALS = 10;
    private static final List<String> LEARNING = List.of("tpe", "cmaes");

    private final SweepRequest request;
    private final MarketData data;
    private final Blueprint blueprint;
    private final BacktestRun run;
    private final OwnTrial own;
    private final SweepMetric metric;
    private final EngineSettings engine;
    private final EngineTrials trials;

    SweepRun(SweepRequest request, MarketData data) throws IOException {
        this.request = request;
        this.data = data;
        blueprint = request.blueprint();
        run = new BacktestRun(request.backtest(), blueprint, data);
        own = new OwnTrial(request.backtest(), blueprint, StrategyMembers.of(request.backtest(), blueprint), data);
        metric = SweepMetric.named(request.metric());
        engine = EngineTerms.engine(request.backtest(), data);
        trials = trials(engine).withRule(rule());
    }

    /** The built-in rule of window sums that the strategy is, if its weights are its own. */
    private String rule() {
        boolean builtIn = Strategies.names().contains(blueprint.name())
                && Strategies.named(blueprint.name()).codeSha256().equals(blueprint.codeSha256());
        return builtIn && request.backtest().settings().sizing().equals("own") ? blueprint.name() : "";
    }

    private EngineTrials trials(EngineSettings settings) {
        return EngineTrials.of(this::market, this::strategy, settings, metric, text());
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

    private Market market(long step) {
        try {
            return EngineTerms.market(request.backtest(), step == TrialFunction.ALL ? data : prefix(step));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The first bars of the longest series, and what the others had by then. */
    private MarketData prefix(long bars) {
        Frame longest = longest();
        if (bars >= longest.size()) {
            return data;
        }
        long end = longest.index().at((int) bars);
        return new MarketData(
                data.frames().stream()
                        .map(frame -> frame.head(Math.max(0, frame.index().ceiling(end))))
                        .toList(),
                data.quality(),
                data.planted());
    }

    private Frame longest() {
        return data.frames().stream()
                .reduce((a, b) -> a.size() >= b.size() ? a : b)
                .orElseThrow();
    }

    /** All trials, then the verdict. */
    SweepOutcome outcome(TaskExecutor executor, SweepMonitor monitor, Optional<Path> folder, SweepLedger ledger)
            throws IOException {
        SweepSettings settings = settings();
        Sampler sampler = sampler(settings.trials());
        String checksum = request.backtest().terms().files().checksum(DataBits.of(data.frames()));
        Sweep sweep = Sweep.of(sampler, trials, settings).withMonitor(monitor);
        folder.ifPresent(where -> sweep.withFolder(where, checksum, version()));
        pruner().ifPresent(sweep::withPruner);
        SweepResult result = sweep.run(executor);
        SweepJudge judge = new SweepJudge(request, data);
        SweepLedger.Counted counted = ledger.enter(
                result,
                new SweepLedger.Window(MovePrints.mark(checksum, data), judge.fromNanos(), judge.toNanos()),
                SweepVariety.of(result, result.returns().matrix()),
                chosen -> own.settingsHash(blueprint.effective(all(chosen))));
        return judge.judge(result, counted, path(), engine, this::trials);
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

    private SweepSettings settings() {
        boolean grid = request.sampler().equals("grid");
        int points = grid && request.trials().isEmpty()
                ? (int) request.space().requireSizeAtMost(SweepSettings.LARGEST)
                : request.trials().orElse(TRIALS);
        return SweepSettings.of(points, request.backtest().settings().seed())
                .withBatch(request.batch().orElse(LEARNING.contains(request.sampler()) ? BATCH_LEARNING : BATCH));
    }

    private Sampler sampler(int planned) {
        return Samplers.named(
                request.sampler(),
                request.space(),
                metric.direction(),
                request.backtest().settings().seed(),
                planned);
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
                    case "halving" -> Pruners.successiveHalving(direction, bars / 9, bars, 3);
                    case "hyperband" -> Pruners.hyperband(direction, bars / 9, bars, 3);
                    default -> Pruners.median(direction, List.of(bars / 4L, bars / 2L, bars * 3L / 4), STARTUP_TRIALS);
                });
    }
}
