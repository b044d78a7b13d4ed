package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.BacktestRequest;
import org.lama.backtest.api.DataRequest;
import org.lama.backtest.api.Dataset;
import org.lama.backtest.api.LabelRequest;
import org.lama.backtest.api.Lama;
import org.lama.backtest.api.OutputFolder;
import org.lama.backtest.api.StrategyCheckFiles;
import org.lama.backtest.api.StudyConfig;
import org.lama.backtest.api.StudyRequest;
import org.lama.backtest.honesty.CheckReport;
import org.lama.backtest.honesty.CheckSettings;
import org.lama.backtest.honesty.LabelCheck;
import org.lama.backtest.honesty.ModelCheck;
import org.lama.backtest.honesty.StrategyHonesty;
import org.lama.backtest.strategies.StrategyFinder;
import org.lama.backtest.walkforward.WalkForwardStudy;
import org.lama.core.base.Check;
import org.lama.core.signal.Combiner;
import org.lama.core.signal.Providers;
import org.lama.core.signal.RegimeDetector;
import org.lama.core.signal.SignalModel;
import org.lama.core.store.Documents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Whether a strategy, model, combiner, regime detector or study sees the future, and where. */
@Command(
        name = "check",
        description = {
            "Tells whether a strategy sees the future, and at which bar, column and line of code.",
            "It runs on data whose future is spoilt, cut off or moved: what was decided before must not change."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama check sma-cross --param fast=20 --param slow=100 --data bars.csv.gz",
            "  lama check Crossing/src/main/java/Crossing.java --data daily/ --from 2020-01-01",
            "  lama check my.Crossing --jar my.jar --cuts 50 --json",
            "  lama check model momentum --data bars.csv.gz --train 365",
            "  lama check combiner bayesian",
            "  lama check regimes four-regimes",
            "  lama check labels MyPipeline.java --data bars.csv.gz --labels labels.csv --horizon 5",
            "  lama check study --data bars.csv.gz --symbols BTCUSD,ETHUSD --from 2022-01-01",
            "",
            "A class that implements StrategyHonesty.Factory is checked with what it prepares from the data.",
            "Exit code: 0 nothing found, 4 a check failed, 2 wrong input or nothing was decided.",
            "It writes report.html and result.json. A pass is no proof."
        })
final class CheckCommand implements Callable<Integer> {
    private static final int DEFAULT_ASSETS = 5;
    private static final int DEFAULT_DAYS = 1095;
    private static final int DEFAULT_TRAIN = 365;
    private static final String STUDY = "study";
    private static final String COMBINER = "combiner";
    private static final String REGIMES = "regimes";

    @Spec
    CommandSpec spec;

    @Parameters(
            arity = "0..2",
            paramLabel = "STRATEGY",
            description = "As for --strategy. Or 'model NAME', 'combiner NAME', 'regimes NAME' (also a class or a"
                    + " source file), 'labels CLASS|FILE.java' (a LabelCheck.Pipeline), 'study'.")
    List<String> what = List.of();

    @Mixin
    BacktestOptions options;

    @Option(
            names = "--cuts",
            paramLabel = "N",
            description = "Places in time at which the future is spoilt in every way, at least 20. Default: 20.")
    int cuts = CheckSettings.DEFAULT.cuts();

    @Option(
            names = "--at",
            split = ",",
            paramLabel = "TIME,TIME",
            description = "Bars after which there is a cut besides: those at which something is fitted anew.")
    List<String> at = List.of();

    @Option(names = "--calendar", description = "It reads the clock (hours, week days): times are not moved.")
    boolean calendar;

    @Option(
            names = "--train",
            paramLabel = "N",
            description = "Training window in bars: of a model, or before the first fold of 'labels'. Default: 365.")
    int train = DEFAULT_TRAIN;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description =
                    "For 'labels': CSV with time, label and, for several, symbol. Default: log returns of the next"
                            + " --horizon bars. Folds begin after --train bars and at the bars of --at.")
    @Nullable
    Path labels;

    @Option(
            names = "--horizon",
            paramLabel = "N",
            description = "For 'labels': after how many bars a label is known. Needed with --labels. Default: 1.")
    @Nullable
    Integer horizon;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to write. Default: the next free lama-out/check-NNN.")
    @Nullable
    Path out;

    @Option(names = "--force", description = "Write into a folder that already holds results.")
    boolean force;

    @Mixin
    LedgerOption ledger;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        try (StrategyPrints prints = StrategyPrints.of(common.json)) {
            prints.silence();
            return run();
        }
    }

    /** What is checked on data, found before any are read. */
    private interface Subject {
        CheckReport check(Dataset data) throws IOException;
    }

    private int run() throws IOException {
        CheckSettings settings = settings();
        if (what.size() == 2 && (what.get(0).equals(COMBINER) || what.get(0).equals(REGIMES))) {
            CheckReport report = sessions(what.get(0), what.get(1), settings);
            people().println("Inputs are made up from the seed; no data are read.");
            return answer(OutputFolder.prepare(out, "check", force), report, Optional.empty(), settings);
        }
        Optional<Path> config = Optional.ofNullable(options.config);
        if (isStudy()) {
            options.config = null;
        }
        BacktestRequest request = request();
        Subject subject = isStudy() ? study(request.data(), config, settings) : subject(request, settings);
        if (request.data().isSynthetic()) {
            people().println("SYNTHETIC market: generated data. What is checked is the code, not a market.");
        }
        Dataset data = Lama.load(request.data(), request.settings().seed(), ledger.options());
        people().print(Errors.printableLines(data.explain()));
        if (what.size() == 2 && data.data().frames().size() > 1) {
            people().println("Only " + Errors.printable(data.data().symbols().get(0))
                    + " is used; name another with --symbols.");
        }
        people().flush();
        OutputFolder folder = OutputFolder.prepare(out, "check", force);
        try {
            return answer(folder, subject.check(data), Optional.of(data), settings);
        } finally {
            folder.discardIfEmpty();
        }
    }

    private PrintWriter people() {
        return common.json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    }

    private int answer(OutputFolder folder, CheckReport report, Optional<Dataset> data, CheckSettings settings)
            throws IOException {
        PrintWriter stdout = spec.commandLine().getOut();
        StrategyCheckFiles files = new StrategyCheckFiles(report, data, settings);
        files.write(folder);
        if (common.json) {
            stdout.print(Documents.json(files.document()));
        }
        people().print(Errors.printableLines(report.explain()));
        people().println("Report: " + folder.shown("report.html"));
        people().flush();
        stdout.flush();
        return code(report);
    }

    private static int code(CheckReport report) {
        return report.passed() ? ExitCode.DONE : report.isDecided() ? ExitCode.DIFFERS : ExitCode.USAGE;
    }

    private CheckSettings settings() {
        List<Instant> bars = new ArrayList<>();
        for (String each : at) {
            bars.add(time(each));
        }
        long seed = options.seed == null ? CheckSettings.DEFAULT.seed() : options.seed;
        CheckSettings asked =
                CheckSettings.DEFAULT.withCuts(cuts).withSeed(seed).including(bars);
        return calendar ? asked.withCalendar() : asked;
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text.contains("T") ? text : text + "T00:00:00Z");
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException(
                    "--at must be times such as 2024-01-01 or 2024-01-01T12:00:00Z, got '" + text + "'", wrong);
        }
    }

    /** What is no strategy is only asked for its data. */
    private BacktestRequest request() throws IOException {
        Check.that(
                what.isEmpty() || options.strategy == null,
                "name the strategy once: " + what + " or --strategy " + options.strategy);
        if (!what.isEmpty()) {
            options.strategy = what.size() == 1 && !isStudy() ? what.get(0) : "buy-and-hold";
        }
        BacktestRequest request = options.request();
        return !request.data().isSynthetic()
                ? request
                : request.withData(small(request.data(), what.size() == 2 ? 1 : DEFAULT_ASSETS));
    }

    private boolean isStudy() {
        return what.size() == 1 && what.get(0).equals(STUDY);
    }

    /** A synthetic market on which a check takes seconds, unless another was asked for. */
    private static DataRequest small(DataRequest asked, int assets) {
        DataRequest usual = DataRequest.synthetic();
        boolean own =
                asked.syntheticAssets() != usual.syntheticAssets() || asked.syntheticDays() != usual.syntheticDays();
        return own
                ? asked
                : DataRequest.synthetic(assets, DEFAULT_DAYS)
                        .withSymbols(asked.symbols())
                        .withRange(asked.from(), asked.to())
                        .withInterval(asked.interval())
                        .withInstrument(asked.venue(), asked.kind())
                        .withSyntheticMarket(asked.syntheticMarket());
    }

    private Subject subject(BacktestRequest request, CheckSettings settings) throws IOException {
        if (what.size() == 2) {
            return named(what.get(0), what.get(1), settings);
        }
        Optional<Function<org.lama.backtest.strategies.Parameters, StrategyHonesty.Factory>> factory =
                StrategyFinder.find(StrategyHonesty.Factory.class, request.strategy(), request.jar());
        if (factory.isPresent()) {
            org.lama.backtest.strategies.Parameters parameters =
                    org.lama.backtest.strategies.Parameters.of(request.parameters());
            StrategyHonesty.Factory made = factory.get().apply(parameters);
            return data -> Lama.check(request, made, data, settings);
        }
        request.blueprint();
        return data -> Lama.check(request, data, settings);
    }

    private Subject named(String kind, String name, CheckSettings settings) throws IOException {
        switch (kind) {
            case "model" -> {
                Optional<SignalModel> own = own(SignalModel.class, name);
                SignalModel model = own.orElseGet(() -> Providers.named(Providers.models(), name, "model"));
                return data -> Lama.check(model, data, train, settings);
            }
            case "labels" -> {
                return labels(name, settings);
            }
            default ->
                throw new IllegalArgumentException(
                        "of two names the first must be model, combiner, regimes or labels, got '" + kind + "'");
        }
    }

    private Subject labels(String name, CheckSettings settings) throws IOException {
        Optional<LabelCheck.Pipeline> own = own(LabelCheck.Pipeline.class, name);
        LabelCheck.Pipeline pipeline = own.orElseThrow(() -> new IllegalArgumentException("no class " + name
                + " implements LabelCheck.Pipeline: give a source file, or a class with its package and --jar"));
        Check.that(
                labels == null || horizon != null,
                "--horizon must say after how many bars a label of --labels is known");
        LabelRequest taught = new LabelRequest(Optional.ofNullable(labels), horizon == null ? 1 : horizon, train);
        return data -> Lama.check(pipeline.getClass().getSimpleName(), pipeline, data, taught, settings);
    }

    private CheckReport sessions(String kind, String name, CheckSettings settings) throws IOException {
        if (kind.equals(COMBINER)) {
            Optional<Combiner> own = own(Combiner.class, name);
            return ModelCheck.combiner(
                    own.orElseGet(() -> Providers.named(Providers.combiners(), name, "combiner")), settings);
        }
        Optional<RegimeDetector> own = own(RegimeDetector.class, name);
        return ModelCheck.regimes(
                own.orElseGet(() -> Providers.named(Providers.regimes(), name, "regime detector")), settings);
    }

    /** A class of the user's: a source file, or a name with its package. */
    private <T> Optional<T> own(Class<T> kind, String name) throws IOException {
        return StrategyFinder.find(kind, name, Optional.ofNullable(options.jar))
                .map(made -> made.apply(org.lama.backtest.strategies.Parameters.of(options.parameters)));
    }

    /** The settings of the study come from its own configuration file, the data from the flags. */
    private Subject study(DataRequest data, Optional<Path> config, CheckSettings settings) throws IOException {
        StudyRequest base = StudyRequest.defaults();
        if (config.isPresent()) {
            base = StudyConfig.apply(base, Documents.read(config.get()));
        }
        StudyRequest study = new StudyRequest(data, base.study());
        WalkForwardStudy.requireNames(study.study());
        return dataset -> Lama.check(study, dataset, settings);
    }
}
