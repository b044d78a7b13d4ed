package org.lama.backtest.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.backtest.cost.SlippageModel;
import org.lama.backtest.honesty.Calibration;
import org.lama.backtest.honesty.CalibrationResult;
import org.lama.backtest.honesty.NullMarkets;
import org.lama.backtest.honesty.PerfectTrader;
import org.lama.backtest.honesty.VerdictPower;
import org.lama.backtest.verdict.Evidence;
import org.lama.backtest.verdict.Verdict;
import org.lama.backtest.verdict.VerdictRule;
import org.lama.backtest.walkforward.StudyInterruptedException;
import org.lama.backtest.walkforward.StudyMonitor;
import org.lama.backtest.walkforward.StudyResult;
import org.lama.backtest.walkforward.StudySettings;
import org.lama.backtest.walkforward.StudyTools;
import org.lama.backtest.walkforward.TrialBook;
import org.lama.backtest.walkforward.WalkForwardStudy;
import org.lama.core.base.Check;
import org.lama.core.base.Seeds;
import org.lama.core.data.Instruments;
import org.lama.core.data.MarketData;
import org.lama.core.market.Instrument;
import org.lama.core.search.SequentialTaskExecutor;
import org.lama.core.search.TaskExecutor;
import org.lama.core.store.Checksums;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** Runs a calibration: the study of each market on one thread, the markets side by side. */
final class Calibrating {
    private static final double[] SHARPES = {0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3};
    private static final int STREAMS = 400;
    private static final int STREAM_SEED = 7;

    private static final Node FREE = Node.object()
            .put(
                    "study",
                    Node.object()
                            .put("commission", 0)
                            .put("slippage", 0)
                            .put("slippageModel", SlippageModel.FLAT.text())
                            .build())
            .build();

    private final CalibrationRequest request;
    private final StudySettings study;
    private final StudySettings withoutCosts;
    private final VerdictRule rule;
    private final NullMarkets markets;
    private final Calibration.Settings settings;
    private final CalibrationJournal.Identity identity;
    private final Calibration.Journal journal;

    /** Finds out before the work, not after it, that data or folder cannot be used. */
    Calibrating(CalibrationRequest request, VerdictRule rule, MarketData data, Optional<Path> journalFolder)
            throws IOException {
        this.request = request;
        study = request.study().study();
        withoutCosts = StudyConfig.apply(request.study(), FREE).study();
        this.rule = rule;
        markets = NullMarkets.of(data);
        settings = settings(request, markets);
        identity = identity(request, data);
        journal = journalFolder.isPresent()
                ? CalibrationJournal.open(journalFolder.get(), identity)
                : Calibration.Journal.none();
    }

    private static CalibrationJournal.Identity identity(CalibrationRequest request, MarketData data) {
        String text = Documents.compactJson(CalibrationOutcome.settings(request));
        return new CalibrationJournal.Identity(
                Versions.lama(), DataBits.of(data.frames()), Checksums.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    CalibrationOutcome run(Optional<Study> own, TaskExecutor executor, StudyMonitor monitor) {
        List<Calibration.Market> finished = Calibration.run(
                markets,
                settings,
                (market, batch) -> judge(market, batch, monitor),
                journal,
                executor,
                (done, total) -> monitor.progress("markets", done, total));
        CalibrationResult result = CalibrationResult.of(finished, settings, markets.barDays());
        List<VerdictPower.Point> points = VerdictPower.measure(
                SHARPES,
                (int) Math.round(result.years() * 365),
                Math.min(STREAMS, 2 * request.nullMarkets()),
                Seeds.derive(study.seed(), STREAM_SEED),
                returns -> isEdge(returns, monitor),
                executor,
                (done, total) -> monitor.progress("streams", done, total));
        return new CalibrationOutcome(request, result, points, own, identity);
    }

    private static Calibration.Settings settings(CalibrationRequest request, NullMarkets markets) {
        StudySettings study = request.study().study();
        double barsPerDay = 1 / markets.barDays();
        int train = (int) Math.round(study.trainDays() * barsPerDay);
        int rows = request.testYears().isPresent()
                ? train + (int) Math.round(request.testYears().getAsInt() * 365 * barsPerDay)
                : markets.sourceRows();
        Check.that(
                rows > train + 30 * barsPerDay,
                "the data give " + rows + " bars, and a training window takes " + train
                        + " of them; give longer data, or say how long the markets shall be with --years");
        return new Calibration.Settings(
                request.nullMarkets(),
                request.plantedMarkets(),
                request.strengths(),
                request.persistence(),
                rows,
                train,
                study.seed(),
                new PerfectTrader.Terms(
                        study.kind() == Instrument.Kind.SPOT,
                        study.commission() + study.slippage(),
                        study.targetVolatility()),
                request.beside());
    }

    private static void orStop(StudyMonitor monitor) {
        if (monitor.cancelled()) {
            throw new StudyInterruptedException("interrupted; what is finished is kept: go on with --resume");
        }
    }

    private Calibration.Judged judge(MarketData market, Calibration.Batch batch, StudyMonitor monitor) {
        orStop(monitor);
        StudyTools tools = new StudyTools(
                SequentialTaskExecutor.create(),
                StudyMonitor.none(),
                TrialBook.ofThisStudyOnly(),
                symbol -> Instruments.fromSymbol("UNKNOWN." + study.kind(), symbol));
        try {
            StudySettings terms = batch == Calibration.Batch.FREE ? withoutCosts : study;
            StudyResult result = WalkForwardStudy.runOnce(market, terms, rule.assetRates(), tools);
            Verdict verdict = rule.judge(Study.evidence(result));
            boolean edge = verdict.outcome() == Verdict.Outcome.EDGE;
            return CalibrationOutcome.judged(result, verdict.outcome().label(), edge && isAboveMarket(result));
        } catch (ArithmeticException overflow) {
            // A made price can run away further than the ledger's fixed point reaches: that counts as not found.
            return new Calibration.Judged(Calibration.Judged.FAILED, Double.NaN, Double.NaN, 0);
        }
    }

    /**
     * Whether the mean of what holding the market does not explain is above 0: the returns less their regression on those of
     * the equal-weight holding, one-sided 95 % bound of the stationary bootstrap.
     */
    private boolean isAboveMarket(StudyResult result) {
        double[] returns = returns(result.curve().equity());
        double[] market = returns(result.curve().benchmark());
        double meanReturn = Arrays.stream(returns).average().orElse(0);
        double meanMarket = Arrays.stream(market).average().orElse(0);
        double together = 0;
        double square = 0;
        for (int i = 0; i < returns.length; i++) {
            together += (returns[i] - meanReturn) * (market[i] - meanMarket);
            square += (market[i] - meanMarket) * (market[i] - meanMarket);
        }
        double beta = square > 0 ? together / square : 0;
        double[] rest = new double[returns.length];
        Arrays.setAll(rest, i -> returns[i] - beta * market[i]);
        StationaryBootstrap bootstrap = StationaryBootstrap.of(study.bootstrapSamples(), study.seed());
        return bootstrap.run(rest).mean().lowerBound() > 0;
    }

    private static double[] returns(double[] equity) {
        double[] returns = new double[Math.max(0, equity.length - 1)];
        Arrays.setAll(returns, i -> equity[i] > 0 ? equity[i + 1] / equity[i] - 1 : 0);
        return returns;
    }

    /** The rule on bare returns: one trial, a round trip a week. */
    private boolean isEdge(double[] returns, StudyMonitor monitor) {
        orStop(monitor);
        StationaryBootstrap bootstrap = StationaryBootstrap.of(study.bootstrapSamples(), study.seed());
        Evidence evidence = new Evidence(
                ProbabilisticSharpe.of(returns),
                bootstrap.run(returns).mean().lowerBound(),
                returns.length / 7,
                1,
                Evidence.Trials.single(),
                true);
        return rule.judge(evidence).outcome() == Verdict.Outcome.EDGE;
    }
}
