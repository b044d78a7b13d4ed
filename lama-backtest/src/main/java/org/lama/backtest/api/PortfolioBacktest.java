package org.lama.backtest.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.engine.StrategyBook;
import org.lama.backtest.report.BacktestRecord;
import org.lama.backtest.strategies.Blueprint;
import org.lama.core.base.Check;
import org.lama.core.data.MarketData;
import org.lama.core.store.Checksums;

/** Runs the strategies of several requests as one portfolio with equal shares of the capital. */
final class PortfolioBacktest implements BacktestWaterfall.Runs {
    private final List<BacktestRequest> requests;
    private final BacktestRun first;
    private final List<Blueprint> blueprints;
    private final List<BacktestRun> runs;
    private final List<String> names;
    private final EngineSettings settings;
    private final MarketData data;

    private PortfolioBacktest(List<BacktestRequest> requests, List<Blueprint> blueprints, MarketData data)
            throws IOException {
        this.requests = requests;
        this.blueprints = blueprints;
        this.data = data;
        this.runs = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            runs.add(new BacktestRun(requests.get(i), blueprints.get(i), data));
        }
        this.first = runs.get(0);
        this.names = names(requests);
        this.settings = EngineTerms.engine(requests.get(0), data);
    }

    static BacktestRecord run(List<BacktestRequest> requests, MarketData data, LedgerUse ledger) throws IOException {
        BacktestRequest first = requests.get(0);
        List<Blueprint> blueprints = new ArrayList<>();
        for (BacktestRequest request : requests) {
            boolean alike =
                    request.settings().withSizing("own").equals(first.settings().withSizing("own"))
                            && request.data().kind() == first.data().kind()
                            && request.terms().equals(first.terms());
            Check.that(
                    alike,
                    "the requests of a portfolio must have the same settings except the sizing, but those of "
                            + request.strategy() + " differ from those of " + first.strategy());
            blueprints.add(request.blueprint());
        }
        return new PortfolioBacktest(requests, blueprints, data).record(ledger);
    }

    /** Versions of one strategy are told apart by the parameters that were given. */
    private static List<String> names(List<BacktestRequest> requests) {
        return requests.stream()
                .map(request -> request.parameters().isEmpty()
                        ? request.strategy()
                        : request.strategy() + " " + request.parameters())
                .toList();
    }

    /** The trial is entered once the result is there. */
    private BacktestRecord record(LedgerUse ledger) throws IOException {
        BacktestRecord record = BacktestRecord.of(
                        names.stream().collect(Collectors.joining(" + ")), run(settings), data)
                .withBenchmark(
                        first.benchmark(settings).label(), first.held(settings).equity());
        String checksum = requests.get(0).terms().files().checksum(DataBits.of(data.frames()));
        BacktestOutcome.TrialCount trials =
                OwnTrial.count(settingsHash(), data, checksum, ProbabilisticSharpe.of(record.returns()), ledger);
        boolean repeatable = blueprints.stream().allMatch(Blueprint::isRepeatable);
        if (!repeatable) {
            return record.withoutWaterfall(BacktestWaterfall.NOT_REPEATABLE);
        }
        BacktestRecord further = BacktestRun.withFurtherRuns(record, settings, this::run);
        return new BacktestWaterfall(this, settings).addTo(further, trials);
    }

    /** Its strategies in their order as they were given. */
    private String settingsHash() {
        String all = runs.stream().map(BacktestRun::settingsHash).collect(Collectors.joining(" "));
        return Checksums.sha256(("portfolio " + all).getBytes(StandardCharsets.UTF_8));
    }

    private StrategyBook book() {
        return StrategyBook.equalShares(
                names, runs.stream().map(BacktestRun::strategy).toList());
    }

    private BacktestResult run(EngineSettings changed) {
        return first.run(book(), changed);
    }

    @Override
    public BacktestResult run(EngineSettings changed, boolean sameBar) {
        return sameBar ? first.runInDecidingBar(book(), changed) : run(changed);
    }

    @Override
    public EngineSettings settings() {
        return EngineTerms.engine(requests.get(0), data);
    }

    @Override
    public MarketData data() {
        return data;
    }

    @Override
    public PortfolioBacktest on(MarketData other) throws IOException {
        return new PortfolioBacktest(requests, blueprints, other);
    }
}
