package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.lama.backtest.api.Dataset;
import org.lama.backtest.api.Lama;
import org.lama.backtest.api.OutputFolder;
import org.lama.backtest.api.Study;
import org.lama.backtest.api.StudyConfig;
import org.lama.backtest.api.StudyEstimate;
import org.lama.backtest.api.StudyRequest;
import org.lama.backtest.walkforward.WalkForwardStudy;
import org.lama.core.base.TimeSource;
import org.lama.core.store.Documents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The walk-forward study. */
@Command(
        name = "study",
        description = {
            "Walks the models forward over the data, trades their signals with costs, and gives a verdict.",
            "Without --data it runs on the synthetic market: then the verdict is about the machinery only."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama study",
            "  lama study --quick --out /tmp/first",
            "  lama study --data bars.csv.gz --instrument BINANCE.SPOT",
            "  lama study --data daily/ --symbols BTCUSD,ETHUSD --from 2019-01-01 --combiner bayesian",
            "  lama study --print-config > study.yaml; lama study --config study.yaml",
            "",
            "It writes report.html, result.json, trades.parquet and equity.parquet. See 'lama rerun --help'."
        })
final class StudyCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    StudyOptions options;

    @Option(
            names = "--quick",
            description = "A small version that ends within a minute: at most 12 symbols and the last three years.")
    boolean quick;

    @Option(
            names = "--estimate",
            description = "Only say how much work the study is; fits a few folds to tell the time.")
    boolean estimate;

    @Mixin
    ThreadsOption threads;

    @Mixin
    OutputOptions output;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        return study();
    }

    private int study() throws IOException {
        PrintWriter stdout = spec.commandLine().getOut();
        PrintWriter people = common.json ? spec.commandLine().getErr() : stdout;
        StudyRequest request = options.request();
        if (output.printConfig) {
            return OutputOptions.print(StudyConfig.document(request), common.json, stdout);
        }
        Lama.Options run = output.ledger.options().withThreads(threads.count()).withQuick(quick);
        if (request.data().isSynthetic()) {
            people.println("SYNTHETIC market: generated data. The verdict is about the machinery, not about any coin.");
        }
        WalkForwardStudy.requireNames(request.study());
        people.println("Rule fixed before the data are opened, SHA-256 "
                + Lama.rule(request).hash());
        Dataset data = Lama.load(request.data(), request.study().seed(), run);
        people.print(Errors.printableLines(data.explain()));
        if (quick) {
            people.println("Quick: the first 12 series at most, and their last three years.");
        }
        people.flush();
        if (estimate) {
            StudyEstimate work = Lama.estimate(request, data, run, TimeSource.system());
            stdout.print(common.json ? Documents.json(work.document()) : work.explain());
            stdout.flush();
            return ExitCode.DONE;
        }
        OutputFolder folder = output.prepare("study");
        try {
            return run(request, data, run, folder, people, stdout);
        } finally {
            folder.discardIfEmpty();
        }
    }

    private int run(
            StudyRequest request,
            Dataset data,
            Lama.Options run,
            OutputFolder folder,
            PrintWriter people,
            PrintWriter stdout)
            throws IOException {
        Thread hook = Interrupt.arm(spec.commandLine().getErr());
        try (ProgressLine progress =
                new ProgressLine(spec.commandLine().getErr(), !common.json && ProgressLine.onTerminal())) {
            Study study = Lama.study(request, data, run.withMonitor(progress));
            progress.endStage();
            study.write(folder);
            if (common.json) {
                stdout.print(Documents.json(study.manifest(folder)));
            }
            people.print(study.explain());
            people.println("Report: " + folder.shown("report.html"));
            study.closingLines().forEach(people::println);
            people.flush();
            stdout.flush();
            return study.result().partial() ? ExitCode.INTERRUPTED : ExitCode.DONE;
        } finally {
            Interrupt.disarm(hook);
        }
    }
}
