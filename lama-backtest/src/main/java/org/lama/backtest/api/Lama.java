package org.lama.backtest.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.lama.backtest.honesty.CheckReport;
import org.lama.backtest.honesty.CheckSettings;
import org.lama.backtest.honesty.HonestySettings;
import org.lama.backtest.honesty.LabelCheck;
import org.lama.backtest.honesty.ModelCheck;
import org.lama.backtest.honesty.StrategyHonesty;
import org.lama.backtest.honesty.StrategyHonestyReport;
import org.lama.backtest.report.BacktestRecord;
import org.lama.backtest.strategies.Blueprint;
import org.lama.backtest.strategy.Strategy;
import org.lama.backtest.sweep.ClusterExecutor;
import org.lama.backtest.verdict.VerdictRule;
import org.lama.backtest.walkforward.StudyMonitor;
import org.lama.backtest.walkforward.StudyResult;
import org.lama.backtest.walkforward.StudySettings;
import org.lama.backtest.walkforward.StudyTools;
import org.lama.backtest.walkforward.TrialBook;
import org.lama.backtest.walkforward.WalkForwardStudy;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.TimeSource;
import org.lama.core.data.Instruments;
import org.lama.core.data.MarketData;
import org.lama.core.search.TaskExecutor;
import org.lama.core.search.ThreadTaskExecutor;
import org.lama.core.series.Frame;
import org.lama.core.signal.SignalModel;

/**
 * The one entry for notebooks and programs: load bars, look at their quality, run a study, look at its result.
 *
 * <pre>{@code
 * Dataset bars = Lama.load(Path.of("bars.csv.gz"));
 * System.out.print(bars.explain());
 * Study study = Lama.study(StudyRequest.of(Path.of("bars.csv.gz")));
 * study.closingLines().forEach(System.out::println);
 * study.write(OutputFolder.prepare(Path.of("first-study"), "study", false));
 * }</pre>
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Lama {

    private Lama() {}

    /**
     * Loads a file or a folder with default options.
     *
     * @param path CSV, CSV.gz or Parquet
     * @return the bars with their quality
     * @throws IOException if nothing usable is there, saying file, row, column, rule and what to do
     */
    public static Dataset load(Path path) throws IOException {
        return load(DataRequest.of(path));
    }

    /**
     * Loads what a request names.
     *
     * @param request files or the synthetic market
     * @return the bars with their quality
     * @throws IOException if nothing usable is there
     */
    public static Dataset load(DataRequest request) throws IOException {
        return load(request, StudySettings.defaults().seed());
    }

    /**
     * Loads what a request names. Bars that a seal in the ledger beside the data closes are cut off, and {@link
     * Dataset#notices()} says so.
     *
     * @param request files or the synthetic market
     * @param seed seed of the synthetic market
     * @return the bars with their quality
     * @throws IOException if nothing usable is there
     */
    public static Dataset load(DataRequest request, long seed) throws IOException {
        return SealGate.open(request, Loading.load(request, seed));
    }

    /**
     * Loads what a request names, for a run with given options: what a seal in their ledger closes is cut off, too.
     *
     * @param request files or the synthetic market
     * @param seed seed of the synthetic market
     * @param options which trial ledger
     * @return the bars with their quality
     * @throws IOException if nothing usable is there
     */
    public static Dataset load(DataRequest request, long seed, Options options) throws IOException {
        Dataset dataset = load(request, seed);
        return options.ledger.isEmpty()
                ? dataset
                : SealGate.again(request, dataset, new LedgerUse(options.ledger, options.clock, Optional.empty()));
    }

    /**
     * Opens a store in a folder.
     *
     * @param folder where it is; made by the first import
     * @return the store; close it
     * @throws IOException if something else is there
     */
    public static Store store(Path folder) throws IOException {
        return store(DataRequest.of(folder));
    }

    /**
     * Opens the store of a request, in a folder or on a server.
     *
     * @param request which store; its range and symbols do not matter
     * @return the store; close it
     * @throws IOException if it cannot be opened
     */
    public static Store store(DataRequest request) throws IOException {
        return Store.of(request);
    }

    /**
     * The market that the wanted series of a store share, without reading them.
     *
     * @param request the data
     * @return {@code VENUE.KIND}, with the venue UNKNOWN if there are several; empty if the request names no store
     * @throws IOException if the store has no such series, or series of several kinds
     */
    public static Optional<String> market(DataRequest request) throws IOException {
        return market(request, false);
    }

    /**
     * The instruments that a backtest takes where nobody names any and a store has spot and perpetuals: all of them, since
     * the kind of a market would leave one half out.
     *
     * @param request the data
     * @return their ids; none if symbols are named, or the request names no store or one of a single kind
     * @throws IOException if the store cannot be read
     */
    public static List<String> mixed(DataRequest request) throws IOException {
        return StoreData.isStore(request) ? StoreData.mixed(request) : List.of();
    }

    /**
     * The market that the wanted series of a store share, without reading them.
     *
     * @param request the data
     * @param mixed whether there may be spot and perpetuals, as a backtest can trade them; they count as a spot market
     * @return {@code VENUE.KIND}, with the venue UNKNOWN if there are several; empty if the request names no store
     * @throws IOException if the store has no such series, or series of several kinds
     */
    public static Optional<String> market(DataRequest request, boolean mixed) throws IOException {
        return StoreData.isStore(request) ? Optional.of(StoreData.market(request, mixed)) : Optional.empty();
    }

    /**
     * Loads the data of a request and runs its study on all cores; its trials are entered into the ledger beside the data.
     *
     * @param request which data and which study
     * @return the study
     * @throws IOException if the data cannot be used
     */
    public static Study study(StudyRequest request) throws IOException {
        return study(request, Options.defaults());
    }

    /**
     * Loads the data of a request and runs its study.
     *
     * @param request which data and which study
     * @param options threads, progress, ledger
     * @return the study
     * @throws IOException if the data or the ledger cannot be used
     */
    public static Study study(StudyRequest request, Options options) throws IOException {
        VerdictRule rule = fixed(request, options);
        return study(request, rule, load(request.data(), request.study().seed()), options);
    }

    /** The rule is fixed, hashed and told here, before the data are opened. */
    private static VerdictRule fixed(StudyRequest request, Options options) {
        VerdictRule rule = rule(request);
        options.monitor.ruleFixed(rule.hash());
        return rule;
    }

    /**
     * Runs a study on data that are loaded already: fix the rule with {@link #rule(StudyRequest)} before you load them.
     *
     * @param request which data and which study
     * @param dataset the data of the request
     * @param options threads, progress, ledger
     * @return the study
     * @throws IOException if the ledger cannot be used
     */
    public static Study study(StudyRequest request, Dataset dataset, Options options) throws IOException {
        return study(request, fixed(request, options), dataset, options);
    }

    private static Study study(StudyRequest request, VerdictRule rule, Dataset dataset, Options options)
            throws IOException {
        LedgerUse ledger = options.ledger(request.data(), dataset);
        MarketData data =
                Loading.chosen(SealGate.again(request.data(), dataset, ledger).data(), options.quick);
        Loading.requireMovement(data);
        String checksum = DataBits.of(data.frames());
        LedgerBook book = new LedgerBook(request, MovePrints.mark(checksum, data.frames()), ledger);
        ExecutorService pool = Executors.newFixedThreadPool(options.threads, Lama::worker);
        try {
            StudyTools tools = new StudyTools(
                    ThreadTaskExecutor.of(pool, 1),
                    options.monitor,
                    options.fixedTrials.orElse(book),
                    symbol -> Instruments.fromSymbol(
                            request.data().venue() + "." + request.data().kind(), symbol));
            StudyResult result = WalkForwardStudy.run(data, request.study(), rule.assetRates(), tools);
            book.orThrow();
            if (!result.partial()) {
                book.enter();
            }
            return Study.of(
                    request,
                    result,
                    rule,
                    Manifest.Header.of(options.quick, checksum, LedgerWitness.node(ledger.tip())));
        } finally {
            pool.shutdownNow();
        }
    }

    /**
     * Loads the data of a request and runs its strategy over them; the trial is entered into the ledger beside the data.
     *
     * @param request which strategy, which data, and how
     * @return the finished backtest
     * @throws IOException if the data or the strategy cannot be used
     */
    public static Backtest backtest(BacktestRequest request) throws IOException {
        return backtest(request, Options.defaults());
    }

    /**
     * Loads the data of a request and runs its strategy over them.
     *
     * @param request which strategy, which data, and how
     * @param options the trial ledger; nothing else is used
     * @return the finished backtest
     * @throws IOException if the data, the strategy or the ledger cannot be used
     */
    public static Backtest backtest(BacktestRequest request, Options options) throws IOException {
        request.blueprint();
        return backtest(request, load(request.data(), request.settings().seed()), options);
    }

    /**
     * Runs a strategy over data that are loaded already.
     *
     * @param request which strategy, which data, and how
     * @param dataset the data of the request
     * @param options the trial ledger; nothing else is used
     * @return the finished backtest
     * @throws IOException if the strategy or the ledger cannot be used
     */
    public static Backtest backtest(BacktestRequest request, Dataset dataset, Options options) throws IOException {
        return backtest(request, dataset, options, BacktestWatch.NONE);
    }

    /**
     * Runs a strategy over data that are loaded already and tells when the run itself begins and ends.
     *
     * @param request which strategy, which data, and how
     * @param dataset the data of the request
     * @param options the trial ledger; nothing else is used
     * @param watch hears of the run that was asked for, not of those that judge it
     * @return the finished backtest
     * @throws IOException if the strategy or the ledger cannot be used
     */
    public static Backtest backtest(BacktestRequest request, Dataset dataset, Options options, BacktestWatch watch)
            throws IOException {
        Blueprint blueprint = request.blueprint();
        LedgerUse ledger = options.ledger(request.data(), dataset);
        MarketData data = SealGate.again(request.data(), dataset, ledger).data();
        BacktestRun.Finished run = new BacktestRun(request, blueprint, data).finished(ledger, watch);
        return new Backtest(
                request,
                request.terms().strategies().isEmpty() ? blueprint.effective(request.parameters()) : Map.of(),
                run.outcome(),
                Optional.of(run.record()));
    }

    /**
     * Runs a strategy over data that are loaded already; the trial is entered into the ledger beside the data.
     *
     * @param request which strategy, and how
     * @param dataset the data
     * @return the finished backtest
     * @throws IOException if the strategy or the ledger cannot be used
     */
    public static Backtest backtest(BacktestRequest request, Dataset dataset) throws IOException {
        return backtest(request, dataset, Options.defaults());
    }

    /**
     * Runs one strategy object over data that are loaded already, with default settings. It serves this run alone, so the
     * result lacks runs at other costs; {@link BacktestRequest#of(Class, java.util.function.Function)} has them.
     *
     * @param strategy decides; has not run before
     * @param dataset the data
     * @return the finished backtest
     * @throws IOException if the ledger cannot be used
     */
    public static Backtest backtest(Strategy strategy, Dataset dataset) throws IOException {
        return backtest(BacktestRequest.of(strategy), dataset);
    }

    /**
     * Runs several strategies as one portfolio over data that are loaded already. Each gets an equal share of the capital
     * and an account of its own; all figures sum to the portfolio to the unit, see
     * {@link org.lama.backtest.report.BacktestTables#attribution}. It is one trial, entered into the ledger beside the data.
     *
     * @param requests the strategies; their settings must be equal except the sizing, and capital is that of all together
     * @param dataset the data
     * @return the record of the run, with runs at other costs if no request holds a single strategy object
     * @throws IOException if a strategy or the ledger cannot be used
     */
    public static BacktestRecord portfolio(List<BacktestRequest> requests, Dataset dataset) throws IOException {
        return portfolio(requests, dataset, Options.defaults());
    }

    /**
     * The same with another ledger, or none.
     *
     * @param requests the strategies; their settings must be equal except the sizing, and capital is that of all together
     * @param dataset the data
     * @param options the trial ledger; nothing else is used
     * @return the record of the run, with runs at other costs if no request holds a single strategy object
     * @throws IOException if a strategy or the ledger cannot be used
     */
    public static BacktestRecord portfolio(List<BacktestRequest> requests, Dataset dataset, Options options)
            throws IOException {
        Check.that(!requests.isEmpty(), "requests must hold at least one strategy");
        DataRequest first = requests.get(0).data();
        LedgerUse ledger = options.ledger(first, dataset);
        return PortfolioBacktest.run(
                requests, SealGate.again(first, dataset, ledger).data(), ledger);
    }

    /**
     * Checks that a strategy cannot see the future: the future of the bars is spoilt in six ways at 20 places each, and
     * everything decided before must stay the same by bits. Costs about a hundred half runs; funding is left out.
     *
     * @param request which strategy, and how; not a single strategy object
     * @param dataset the data
     * @return what was found
     * @throws IOException if the strategy cannot be used
     */
    public static StrategyHonestyReport honesty(BacktestRequest request, Dataset dataset) throws IOException {
        return new BacktestRun(request, request.blueprint(), open(request.data(), dataset))
                .honesty(HonestySettings.DEFAULT);
    }

    /**
     * Checks by experiment that a strategy does not see the future, and finds the bar, the column and the line of code where
     * it does. Costs a few hundred half runs; funding, contracts and sizing are as in the request.
     *
     * @param request which strategy, and how; not a single strategy object
     * @param dataset the data
     * @param settings how thoroughly; {@link CheckSettings#DEFAULT}
     * @return what was found
     * @throws IOException if the strategy cannot be used
     */
    public static CheckReport check(BacktestRequest request, Dataset dataset, CheckSettings settings)
            throws IOException {
        return StrategyCheckRun.run(request, open(request.data(), dataset), settings);
    }

    /**
     * The same for a strategy that prepares something from the data of its run, such as indicators for all rows.
     *
     * @param request its name, and how it is run
     * @param factory builds the strategy; whatever it prepares must come from the data it is given
     * @param dataset the data
     * @param settings how thoroughly
     * @return what was found
     * @throws IOException if what the request names cannot be read
     */
    public static CheckReport check(
            BacktestRequest request, StrategyHonesty.Factory factory, Dataset dataset, CheckSettings settings)
            throws IOException {
        return StrategyCheckRun.run(request, open(request.data(), dataset), factory, settings);
    }

    /**
     * The same for the whole pipeline of a study: indicators, fits, signals, combiner, sizes. Each run is a study; give
     * few symbols and a short window.
     *
     * @param request which study
     * @param dataset the data, without unexplained jumps
     * @param settings how thoroughly
     * @return what was found
     * @throws IOException never: nothing is read
     */
    public static CheckReport check(StudyRequest request, Dataset dataset, CheckSettings settings) throws IOException {
        StudySettings study = request.study();
        int first = (int) (study.trainDays() * 86_400e9 / dataset.data().barNanos()) + 1;
        ExecutorService pool = Executors.newFixedThreadPool(1, Lama::worker);
        try {
            StudyTools tools = new StudyTools(
                    ThreadTaskExecutor.of(pool, 1),
                    StudyMonitor.none(),
                    TrialBook.ofThisStudyOnly(),
                    symbol -> Instruments.fromSymbol(
                            request.data().venue() + "." + request.data().kind(), symbol));
            return check(
                    BacktestRequest.of("study").withData(request.data()),
                    bars -> WalkForwardStudy.strategy(bars, study, tools),
                    dataset,
                    settings.from(Math.max(settings.firstBar(), first)));
        } finally {
            pool.shutdownNow();
        }
    }

    /**
     * The same for a model: fitted on the first rows of one symbol, scored on those after them.
     *
     * @param model the model
     * @param dataset the data; the first symbol is used
     * @param trainRows length of the training window in bars
     * @param settings how thoroughly
     * @return what was found
     * @throws IOException if a ledger with seals cannot be used
     */
    public static CheckReport check(SignalModel model, Dataset dataset, int trainRows, CheckSettings settings)
            throws IOException {
        return ModelCheck.model(model, open(dataset).frames().get(0), trainRows, settings);
    }

    /**
     * Checks that a pipeline which is given its labels uses none before it is known, and takes its skill from them.
     *
     * @param name of the pipeline, for the report
     * @param pipeline learns from labels and predicts
     * @param dataset the data; the first symbol is used
     * @param labels which labels, and where the first fold begins
     * @param settings its seed, and the bars at which further folds begin
     * @return what was found
     * @throws IOException if the file of labels or a ledger with seals cannot be used
     */
    public static CheckReport check(
            String name, LabelCheck.Pipeline pipeline, Dataset dataset, LabelRequest labels, CheckSettings settings)
            throws IOException {
        Frame bars = open(dataset).frames().get(0);
        return LabelCheck.run(
                name, pipeline, bars, labels.labels(bars), labels.folds(bars, settings.at()), settings.seed());
    }

    /**
     * Calibrates a study: runs its whole pipeline on markets without an edge and on markets with planted ones, all made to
     * look like its data, and holds the result on the data themselves against them.
     *
     * @param request which study, and how many markets
     * @param dataset the data of the study
     * @param options threads, progress, and the trial ledger, in which the study of the user's own data counts
     * @param journal folder that keeps finished markets, so that a stopped calibration goes on; empty to keep none
     * @return the calibration
     * @throws IOException if the data, the ledger or the journal cannot be used
     */
    public static CalibrationOutcome calibrate(
            CalibrationRequest request, Dataset dataset, Options options, Optional<Path> journal) throws IOException {
        MarketData open = SealGate.again(
                        request.study().data(),
                        dataset,
                        options.ledger(request.study().data(), dataset))
                .data();
        Calibrating calibrating =
                new Calibrating(request, rule(request.study()), Loading.chosen(open, options.quick), journal);
        Optional<Study> own =
                dataset.isSynthetic() ? Optional.empty() : Optional.of(study(request.study(), dataset, options));
        ExecutorService pool = Executors.newFixedThreadPool(options.threads, Lama::worker);
        try {
            return calibrating.run(own, ThreadTaskExecutor.of(pool, 1), options.monitor);
        } finally {
            pool.shutdownNow();
        }
    }

    /**
     * Tries many parameter sets of a strategy over data that are loaded already, and judges the best of them with all trials
     * counted against it. With a folder the sweep is resumed if it was begun there.
     *
     * @param request which strategy, which parameters, and how to search
     * @param dataset the data
     * @param options threads, progress and the trial ledger
     * @param folder keeps the trials and is resumed; empty for at most 100,000 trials in memory
     * @return the sweep
     * @throws IOException if the strategy, the folder or the ledger cannot be used
     * @throws IllegalArgumentException if the folder belongs to another sweep, naming both checksums
     */
    public static SweepOutcome sweep(SweepRequest request, Dataset dataset, Options options, Optional<Path> folder)
            throws IOException {
        return sweep(request, dataset, options, folder, Optional.empty());
    }

    /**
     * The same with the trials on a cluster, to the same bits. What follows them is computed by the threads of this process.
     *
     * @param request which strategy, by name, class with jar, or source file; which parameters; how to search
     * @param dataset the data
     * @param options threads, progress and the trial ledger
     * @param folder keeps the trials and is resumed, wherever they were computed so far
     * @param cluster computes trials, such as one of {@link org.lama.backtest.sweep.SparkExecutors}; the caller closes it; empty
     *     for threads
     * @return the sweep
     * @throws IOException if the strategy, the folder or the ledger cannot be used
     * @throws IllegalArgumentException if the folder belongs to another sweep, or the strategy cannot travel
     */
    public static SweepOutcome sweep(
            SweepRequest request,
            Dataset dataset,
            Options options,
            Optional<Path> folder,
            Optional<ClusterExecutor> cluster)
            throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(options.threads, Lama::worker);
        try {
            LedgerUse ledger = options.ledger(request.backtest().data(), dataset);
            MarketData open =
                    SealGate.again(request.backtest().data(), dataset, ledger).data();
            TaskExecutor threads = ThreadTaskExecutor.of(pool, 1);
            SweepWorkers workers =
                    new SweepWorkers(cluster.<TaskExecutor>map(far -> far).orElse(threads), threads, options.monitor);
            return new SweepRun(request, open).outcome(workers, folder, new SweepLedger(ledger));
        } finally {
            pool.shutdownNow();
        }
    }

    /**
     * Puts results side by side.
     *
     * @param results two or more {@code result.json} of studies and backtests, or their folders
     * @return the comparison
     * @throws IOException if one cannot be read or is something else
     */
    public static ResultComparison compare(List<Path> results) throws IOException {
        return ResultComparison.of(results);
    }

    /**
     * Finds out why two results differ.
     *
     * @param first a {@code result.json} or its folder
     * @param second another of the same kind
     * @return what differs, by cause
     * @throws IOException if one cannot be read or is something else
     */
    public static ResultDifference diff(Path first, Path second) throws IOException {
        return ResultDifference.of(first, second);
    }

    /** What no seal closes, for what keeps no ledger itself. */
    private static MarketData open(DataRequest request, Dataset dataset) throws IOException {
        return SealGate.again(request, dataset, LedgerUse.NONE).data();
    }

    private static MarketData open(Dataset dataset) throws IOException {
        return open(dataset.source().orElse(DataRequest.synthetic()), dataset);
    }

    private static Thread worker(Runnable work) {
        Thread thread = new Thread(work, "lama-study");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Says how much work a study is: counts it, and fits a few folds for at most a few seconds to see how long it takes.
     *
     * @param request which study
     * @param dataset its data
     * @param options threads and quickness
     * @param clock measures the few fits
     * @return the estimate
     * @throws IOException if a ledger with seals cannot be used
     * @throws IllegalArgumentException if the study could not run, such as on series that are too short
     */
    public static StudyEstimate estimate(StudyRequest request, Dataset dataset, Options options, TimeSource clock)
            throws IOException {
        MarketData data = Loading.chosen(open(request.data(), dataset), options.quick);
        return StudyEstimate.of(request.study(), data, options.threads, clock);
    }

    /**
     * The hypothesis and the rule of a study, which depend on the request alone: they can be written down and hashed before
     * the data are opened.
     *
     * @param request which data and which study
     * @return the rule, with its canonical text and checksum
     */
    public static VerdictRule rule(StudyRequest request) {
        StudySettings study = request.study();
        String data = StoreData.nameOf(request.data()).orElse("the synthetic market");
        String range = request.data().from().map(from -> " from " + from).orElse("")
                + request.data().to().map(to -> " to " + to).orElse("");
        String symbols = request.data().symbols().isEmpty()
                ? ""
                : " of " + String.join(", ", request.data().symbols());
        return request.claim()
                .rule("The signals of " + String.join(", ", study.models()) + " on " + data + symbols + range
                        + ", combined by " + study.combiner() + ", sized by " + study.sizing() + ", fitted on "
                        + study.trainDays()
                        + " days every " + study.stepDays() + ", traded " + study.kind()
                        + " at the next open after costs, earn a positive mean return over cash.");
    }

    /**
     * Loads the feed of an order book and reads it once.
     *
     * @param request which feed
     * @return the book; close it if it is read from a store
     * @throws IOException if it cannot be read, or a seal closes it
     */
    public static Book book(BookRequest request) throws IOException {
        return BookLoading.load(request);
    }

    /**
     * Replays a strategy over a book; the trial is entered into the ledger beside the feed.
     *
     * @param request which strategy, and under what rules
     * @param book the feed
     * @return the finished replay
     * @throws IOException if the feed, the strategy or the ledger cannot be used
     */
    public static BookReplay replay(ReplayRequest request, Book book) throws IOException {
        return replay(request, book, Options.defaults());
    }

    /**
     * Replays a strategy over a book.
     *
     * @param request which strategy, and under what rules
     * @param book the feed
     * @param options the trial ledger; nothing else is used
     * @return the finished replay
     * @throws IOException if the feed, the strategy or the ledger cannot be used
     */
    public static BookReplay replay(ReplayRequest request, Book book, Options options) throws IOException {
        return ReplayRunner.run(request, book, options.ledger(book.request().beside()));
    }

    /**
     * Fits an anomaly model on the first rows of a book and scores each later one knowing only what came before it. Nothing
     * is traded, so no trial is counted.
     *
     * @param request which model, on which rows
     * @param book the feed
     * @return scores and alarms
     * @throws IOException if the feed cannot be read
     * @throws IllegalArgumentException if the feed is too short for the fit, or too long to lie in memory
     */
    public static BookAnomalies anomalies(BookAnomalyRequest request, Book book) throws IOException {
        return BookAnomalies.of(request, book);
    }

    /**
     * Where the trial ledger of some data lies when no folder is named: {@code .lama} beside the data; in the working
     * directory for the synthetic market and for data in a folder that cannot be written.
     *
     * @param request the data
     * @return the folder
     */
    public static Path ledgerBeside(DataRequest request) {
        return LedgerHome.beside(request);
    }

    /**
     * How something is run; nothing here changes its figures except the trial count. Unless another folder is named or the
     * ledger is left out, trials are entered where {@link #ledgerBeside} says, beside the file that a data set was loaded
     * from. If that cannot be written, the result carries a warning. Immutable.
     */
    public static final class Options {
        private final int threads;
        private final StudyMonitor monitor;
        private final Optional<Path> ledger;
        private final TimeSource clock;
        private final boolean quick;
        private final Optional<TrialBook> fixedTrials;
        private final boolean counted;

        private Options(
                int threads,
                StudyMonitor monitor,
                Optional<Path> ledger,
                TimeSource clock,
                boolean quick,
                Optional<TrialBook> fixedTrials,
                boolean counted) {
            this.threads = Check.atLeast(threads, 1, "threads");
            this.monitor = monitor;
            this.ledger = ledger;
            this.clock = clock;
            this.quick = quick;
            this.fixedTrials = fixedTrials;
            this.counted = counted;
        }

        /** The ledger of a run: the one that was named, else the one beside the data. */
        private LedgerUse ledger(DataRequest request, Dataset dataset) throws IOException {
            return ledger(dataset.source().orElse(request));
        }

        private LedgerUse ledger(DataRequest request) throws IOException {
            if (!counted) {
                return LedgerUse.NONE;
            }
            return ledger.isPresent() ? LedgerUse.named(ledger.get(), clock) : LedgerUse.beside(request);
        }

        /**
         * All cores, no progress, the trial ledger beside the data.
         *
         * @return the options
         */
        public static Options defaults() {
            return new Options(
                    Runtime.getRuntime().availableProcessors(),
                    StudyMonitor.none(),
                    Optional.empty(),
                    TimeSource.fixed(0),
                    false,
                    Optional.empty(),
                    true);
        }

        /**
         * With another number of worker threads.
         *
         * @param count at least 1
         * @return a copy
         */
        public Options withThreads(int count) {
            return new Options(count, monitor, ledger, clock, quick, fixedTrials, counted);
        }

        /**
         * With someone who watches.
         *
         * @param other the monitor
         * @return a copy
         */
        public Options withMonitor(StudyMonitor other) {
            return new Options(threads, other, ledger, clock, quick, fixedTrials, counted);
        }

        /**
         * With a trial ledger in a folder of one's own choice, which must be usable.
         *
         * @param folder where {@code trials.jsonl} lies or will lie
         * @param dates dates new lines
         * @return a copy
         */
        public Options withLedger(Path folder, TimeSource dates) {
            return new Options(threads, monitor, Optional.of(folder), dates, quick, fixedTrials, true);
        }

        /**
         * With the small version of the study.
         *
         * @param small true for at most 12 symbols and the last three years
         * @return a copy
         */
        public Options withQuick(boolean small) {
            return new Options(threads, monitor, ledger, clock, small, fixedTrials, counted);
        }

        /**
         * Without a trial ledger: for benchmarks and tests of code. What was tried is not counted, and the result says so.
         *
         * @return a copy
         */
        public Options withoutLedger() {
            return new Options(threads, monitor, Optional.empty(), clock, quick, fixedTrials, false);
        }

        /** With a stored trial count instead of a ledger: what a rerun uses. */
        Options withTrials(TrialBook book) {
            return new Options(threads, monitor, Optional.empty(), clock, quick, Optional.of(book), false);
        }
    }
}
