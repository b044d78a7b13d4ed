package org.lama.backtest.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.analytics.StationaryBootstrap;
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

/** Runs a calibration: the study of each market on one thread, the markets side by side. */
final class Calibrating {
    private static final double[] SHARPES = {0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3};
    private static final int STREAMS = 400;
    private static final int STREAM_SEED = 7;

    private final CalibrationRequest request;
    private final MarketData data;
    private final StudySettings study;
    private final VerdictRule rule;

    Calibrating(CalibrationRequest request, MarketData data) {
        this.request = request;
        this.data = data;
        study = request.study().study();
        rule = Lama.rule(request.study());
    }

    CalibrationJournal.Identity identity() {
        String text = Documents.compactJson(CalibrationOutcome.settings(request));
        return new CalibrationJournal.Identity(
                Versions.lama(),
                DataBits.of(data.frames()),
                Checksums.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    CalibrationOutcome run(Optional<Path> journalFolder, Optional<Study> own, TaskExecutor executor, StudyMonitor monitor)
            throws IOException {
        NullMarkets markets = NullMarkets.of(data);
        Calibration.Settings settings = settings(markets);
        CalibrationJournal.Identity identity = identity();
        Calibration.Journal journal = journalFolder.isPresent()
                ? CalibrationJournal.open(journalFolder.get(), identity)
                : Calibration.Journal.none();
        CalibrationResult result = Calibration.run(
                markets,
                settings,
                market -> judge(market, monitor),
                journal,
                executor,
                (done, total) -> monitor.progress("markets", done, total));
        List<VerdictPower.Point> points = VerdictPower.measure(
                SHARPES,
                (int) Math.round(result.years() * 365),
                Math.min(STREAMS, 2 * request.nullMarkets()),
                Seeds.derive(study.seed(), STREAM_SEED),
                this::isEdge,
                executor);
        return new CalibrationOutcome(request, result, points, own, identity);
    }

    private Calibration.Settings settings(NullMarkets markets) {
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
                        study.targetVolatility()));
    }

    private Calibration.Judged judge(MarketData market, StudyMonitor monitor) {
        if (monitor.cancelled()) {
            throw new StudyInterruptedException("interrupted; what is finished is kept: go on with --resume");
        }
        StudyTools tools = new StudyTools(
                SequentialTaskExecutor.create(),
                StudyMonitor.none(),
                TrialBook.ofThisStudyOnly(),
                symbol -> Instruments.fromSymbol("UNKNOWN." + study.kind(), symbol));
        StudyResult result = WalkForwardStudy.run(market, study, tools);
        Verdict verdict = rule.judge(Study.evidence(result));
        return CalibrationOutcome.judged(result, verdict.outcome().label());
    }

    /** The rule on bare returns: one trial, a round trip a week. */
    private boolean isEdge(double[] returns) {
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
