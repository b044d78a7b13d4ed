package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.BacktestRequest;
import org.lama.backtest.api.Dataset;
import org.lama.backtest.api.Lama;
import org.lama.backtest.api.OutputFolder;
import org.lama.backtest.api.SweepOutcome;
import org.lama.backtest.api.SweepRequest;
import org.lama.backtest.api.SweepWalk;
import org.lama.core.store.Documents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Many parameter sets of one strategy, all of them counted. */
@Command(
        name = "sweep",
        description = {
            "Tries many parameter sets of one strategy, and counts them all against the best.",
            "It takes the options of 'lama backtest'. Killed or interrupted, --resume goes on bit by bit."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama sweep --strategy sma-cross --space 'fast=5..60:5,slow=80..400:20' --data bars.csv.gz",
            "  lama sweep --strategy sma-cross --space 'fast=5..200,slow=10..800,fast*2<slow' --sampler tpe",
            "  lama sweep --strategy donchian --space 'enter=10..200:5,exit=5..100:5' --resume donchian",
            "  lama sweep --strategy sma-cross --space 'fast=5..60:5,slow=80..400:20'",
            "             --walk-forward train=730,test=90 --metric calmar",
            "  lama sweep --strategy My.java --space 'k=a|b,x=0.1..0.9,lr=1e-4..1:log' --trials 200",
            "             --sampler cmaes",
            "",
            "A space: whole numbers a=1..9 or a=1..9:2, real ones x=0.1..0.9 or x=0..1:0.05, logarithmic",
            "x=1e-4..1:log, choices k=a|b, a parameter of some choices only depth=1..9?k=b, and constraints",
            "such as fast*2<slow.",
            "It writes report.html, figures, trials as CSV, JSON lines and Parquet, and result.json."
        })
final class SweepCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    BacktestOptions options;

    @Option(
            names = "--space",
            paramLabel = "SPACE",
            required = true,
            description = "What may be chosen, such as fast=5..60:5,slow=80..400:20.")
    String space;

    @Option(
            names = "--sampler",
            paramLabel = "grid|random|lhs|sobol|tpe|cmaes",
            description = "How to choose. Default: grid.")
    String sampler = "grid";

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "How many sets to try. Default: all points of a grid, else 100.")
    @Nullable
    Integer trials;

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = "What ranks the trials: sharpe, calmar, totalReturn, sortino, ... Default: sharpe.")
    String metric = "sharpe";

    @Option(
            names = "--pruner",
            paramLabel = "none|halving|hyperband|median",
            description = "Stop trials that do badly on the first part of the bars. Default: none.")
    String pruner = "none";

    @Option(
            names = "--batch",
            paramLabel = "N",
            description =
                    "Sets that are tried before the sampler learns of any; also what a kill loses. Default: 256, but"
                            + " 64 with tpe and cmaes.")
    @Nullable
    Integer batch;

    @Mixin
    ResumeOptions folders;

    @Mixin
    ThreadsOption threads;

    @Option(
            names = "--executor",
            paramLabel = "threads|spark[:MASTER]",
            description =
                    "Where the trials run; the result does not depend on it. Spark needs its jars on the class path."
                            + " Default: threads.")
    String executor = "threads";

    @Option(
            names = "--walk-forward",
            paramLabel = "train=DAYS,test=DAYS,...",
            description =
                    "Besides, choose anew in every fold on the training window alone and trade the test days; also"
                            + " purge=BARS, embargo=BARS, inner=FOLDS, warmup=DAYS, anchored.")
    @Nullable
    String walkForward;

    @Mixin
    LedgerOption ledger;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        PrintWriter stdout = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter people = common.json ? err : stdout;
        return run(stdout, people, err);
    }

    private SweepRequest request() throws IOException {
        SweepRequest request = SweepRequest.of(options.request(), space)
                .withSampler(sampler)
                .withMetric(metric)
                .withPruner(pruner);
        request = trials == null ? request : request.withTrials(trials);
        request = walkForward == null ? request : request.withWalkForward(SweepWalk.parse(walkForward));
        return batch == null ? request : request.withBatch(batch);
    }

    private int run(PrintWriter stdout, PrintWriter people, PrintWriter err) throws IOException {
        SweepRequest request = request();
        // a strategy that does not exist or compile, and a search that cannot be, are said before the data are read
        request.blueprint();
        request.requirePossible();
        int workers = threads.count();
        try (SweepCluster cluster = SweepCluster.start(executor, workers)) {
            return run(request, cluster, workers, stdout, people, err);
        }
    }

    private int run(
            SweepRequest request,
            SweepCluster cluster,
            int workers,
            PrintWriter stdout,
            PrintWriter people,
            PrintWriter err)
            throws IOException {
        BacktestRequest backtest = request.backtest();
        if (backtest.data().isSynthetic()) {
            people.println("SYNTHETIC market: generated data. The result is about the machinery, not about any coin.");
        }
        Lama.Options counting = ledger.options();
        Dataset data = Lama.load(backtest.data(), backtest.settings().seed(), counting);
        people.print(Errors.printableLines(data.explain()));
        people.flush();
        OutputFolder folder = folder();
        Thread hook = Interrupt.arm(err);
        try (ProgressLine progress = new ProgressLine(err, !common.json && ProgressLine.onTerminal());
                StrategyPrints prints = StrategyPrints.of(common.json)) {
            prints.silence();
            Lama.Options run = counting.withThreads(workers).withMonitor(progress);
            Path kept = folders.resume == null ? folder.path() : folders.resume;
            SweepOutcome outcome = Lama.sweep(request, data, run, Optional.of(kept), cluster.executor());
            progress.endStage();
            outcome.write(folder);
            print(outcome, folder, stdout, people);
            return outcome.isWhole() ? ExitCode.DONE : ExitCode.INTERRUPTED;
        } finally {
            Interrupt.disarm(hook);
            folder.discardIfEmpty();
        }
    }

    private OutputFolder folder() throws IOException {
        OutputFolder folder = folders.prepare("sweep");
        if (folders.force && folders.resume == null) {
            // replaced, not resumed
            Files.deleteIfExists(folder.file("trials.log"));
            Files.deleteIfExists(folder.file("sweep.json"));
            Files.deleteIfExists(folder.file("reality.bin"));
            Files.deleteIfExists(folder.file("result.json"));
        }
        return folder;
    }

    private void print(SweepOutcome outcome, OutputFolder folder, PrintWriter stdout, PrintWriter people) {
        if (common.json) {
            stdout.print(Documents.json(outcome.manifest(folder)));
        }
        people.print(Errors.printableLines(outcome.explain()));
        people.println("Report: " + folder.shown("report.html"));
        outcome.closingLines().forEach(line -> people.println(Errors.printable(line)));
        people.flush();
        stdout.flush();
    }
}
