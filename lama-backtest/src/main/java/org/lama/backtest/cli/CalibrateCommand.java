package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.CalibrationOutcome;
import org.lama.backtest.api.CalibrationRequest;
import org.lama.backtest.api.Dataset;
import org.lama.backtest.api.Lama;
import org.lama.backtest.api.OutputFolder;
import org.lama.backtest.api.StudyConfig;
import org.lama.backtest.api.StudyRequest;
import org.lama.backtest.honesty.Calibration;
import org.lama.backtest.walkforward.WalkForwardStudy;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How often the study finds what is not there, and how small an edge it finds. */
@Command(
        name = "calibrate",
        description = {
            "Tells how often the study calls an edge where there is none, and how small an edge it finds.",
            "It runs the whole pipeline on made markets: without an edge, and with planted ones."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama calibrate --quick",
            "  lama calibrate --data bars.csv.gz --resume calibration",
            "  lama calibrate --markets 500 --years 6 --strengths 0.3,0.4,0.5",
            "  lama calibrate --markets 500 --free 500 --rising 500 --rise 1.5",
            "",
            "It writes calibration.html, power.svg and result.json. Without --data the markets look like four",
            "assets of the synthetic market, refitted every 90 days. Ctrl-C keeps what is finished; --resume",
            "goes on, bit by bit as if it had never stopped."
        })
final class CalibrateCommand implements Callable<Integer> {
    private static final int DEFAULT_ASSETS = 4;
    private static final int DEFAULT_STEP_DAYS = 90;
    private static final int DEFAULT_YEARS = 4;
    private static final int QUICK_NULLS = 20;
    private static final int QUICK_PLANTED = 10;
    private static final List<Double> QUICK_STRENGTHS = List.of(0.3, 0.5);

    @Spec
    CommandSpec spec;

    @Mixin
    StudyOptions options;

    @Option(names = "--markets", paramLabel = "N", description = "Markets without an edge. Default: 200.")
    @Nullable
    Integer markets;

    @Option(names = "--planted", paramLabel = "N", description = "Markets per planted strength. Default: 60.")
    @Nullable
    Integer planted;

    @Option(
            names = "--strengths",
            split = ",",
            paramLabel = "A,B",
            description = "Standard deviations of the planted drift in volatilities of a bar. Default: 0.3 to 0.5.")
    @Nullable
    List<Double> strengths;

    @Option(
            names = "--years",
            paramLabel = "N",
            description = "Tested years of each market. Default: as many as the data have; 4 without data.")
    @Nullable
    Integer years;

    @Option(
            names = "--free",
            paramLabel = "N",
            description = "Markets without an edge where trading costs nothing, besides. 0 for none. Default: 60.")
    @Nullable
    Integer free;

    @Option(
            names = "--rising",
            paramLabel = "N",
            description = "Markets that rise with nothing to forecast, besides. 0 for none. Default: 60.")
    @Nullable
    Integer rising;

    @Option(
            names = "--rise",
            paramLabel = "SHARPE",
            description = "Sharpe ratio a year of holding each rising market. Default: 1.")
    @Nullable
    Double rise;

    @Option(names = "--quick", description = "20 markets without an edge, 10 of each other kind, two strengths.")
    boolean quick;

    @Mixin
    ResumeOptions folders;

    @Mixin
    ThreadsOption threads;

    @Mixin
    LedgerOption ledger;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        PrintWriter stdout = spec.commandLine().getOut();
        PrintWriter people = common.json ? spec.commandLine().getErr() : stdout;
        CalibrationRequest request = request();
        StudyRequest study = request.study();
        Lama.Options run = ledger.options().withThreads(threads.count());
        WalkForwardStudy.requireNames(study.study());
        Dataset data = Lama.load(study.data(), study.study().seed(), run);
        people.print(Errors.printableLines(data.explain()));
        people.flush();
        OutputFolder folder = folders.prepare("calibrate");
        try {
            return run(request, data, run, folder, people, stdout);
        } finally {
            folder.discardIfEmpty();
        }
    }

    private CalibrationRequest request() throws IOException {
        StudyRequest study = options.request();
        boolean made = study.data().isSynthetic();
        CalibrationRequest request = CalibrationRequest.of(made ? small(study) : study);
        if (made) {
            request = request.withTestYears(DEFAULT_YEARS);
        }
        if (quick) {
            request = request.withMarkets(QUICK_NULLS, QUICK_PLANTED)
                    .withStrengths(QUICK_STRENGTHS)
                    .withBeside(new Calibration.Beside(
                            QUICK_PLANTED, QUICK_PLANTED, request.beside().riseSharpe()));
        }
        if (markets != null || planted != null) {
            request = request.withMarkets(
                    markets == null ? request.nullMarkets() : markets,
                    planted == null ? request.plantedMarkets() : planted);
        }
        Calibration.Beside beside = request.beside();
        request = request.withBeside(new Calibration.Beside(
                free == null ? beside.free() : free,
                rising == null ? beside.rising() : rising,
                rise == null ? beside.riseSharpe() : rise));
        if (strengths != null) {
            request = request.withStrengths(strengths);
        }
        return years == null ? request : request.withTestYears(years);
    }

    /** The study without data is made small enough for hundreds of runs, unless the file says otherwise. */
    private StudyRequest small(StudyRequest study) {
        if (options.config != null) {
            return study;
        }
        Node less = Node.object()
                .put(
                        "data",
                        Node.object().put("syntheticAssets", DEFAULT_ASSETS).build())
                .put("study", Node.object().put("stepDays", DEFAULT_STEP_DAYS).build())
                .build();
        return StudyConfig.apply(study, less);
    }

    private int run(
            CalibrationRequest request,
            Dataset data,
            Lama.Options run,
            OutputFolder folder,
            PrintWriter people,
            PrintWriter stdout)
            throws IOException {
        Thread hook = Interrupt.arm(spec.commandLine().getErr());
        try (ProgressLine progress =
                new ProgressLine(spec.commandLine().getErr(), !common.json && ProgressLine.onTerminal())) {
            CalibrationOutcome outcome =
                    Lama.calibrate(request, data, run.withMonitor(progress), Optional.ofNullable(folders.resume));
            progress.endStage();
            outcome.write(folder);
            if (common.json) {
                stdout.print(Documents.json(outcome.document()));
            }
            people.print(outcome.explain());
            people.println("Report: " + folder.shown("calibration.html"));
            people.flush();
            stdout.flush();
            return ExitCode.DONE;
        } finally {
            Interrupt.disarm(hook);
        }
    }
}
