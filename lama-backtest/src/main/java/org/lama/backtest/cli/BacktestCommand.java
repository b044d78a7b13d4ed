package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.lama.backtest.api.Backtest;
import org.lama.backtest.api.BacktestConfig;
import org.lama.backtest.api.BacktestRequest;
import org.lama.backtest.api.Dataset;
import org.lama.backtest.api.Lama;
import org.lama.backtest.api.OutputFolder;
import org.lama.backtest.strategies.Strategies;
import org.lama.core.store.Documents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One strategy over the data. */
@Command(
        name = "backtest",
        description = {
            "Runs one strategy over the data: orders, fills, costs, margin, every trade.",
            "Decides at the close of a bar and fills at the next open. Without --data it runs on the synthetic market."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama backtest --list                      the built-in strategies with their parameters",
            "  lama backtest --strategy sma-cross --param fast=20 --param slow=100 --data bars.csv.gz",
            "  lama backtest --strategy momentum-rotation --param top=3 --data daily/ --from 2020-01-01",
            "  lama backtest --strategy pairs --symbols ETHUSD,BTCUSD --kind perp --data daily/",
            "  lama backtest --strategy funding-carry --leverage 2 --data carry.csv",
            "                                            spot and its PERP; docs/command-line.md makes such a file",
            "  lama new Crossing                         a strategy of your own, then",
            "  lama backtest --strategy Crossing/src/main/java/Crossing.java --data bars.csv.gz",
            "  lama backtest --strategy my.Crossing --jar my.jar --commission 0.0005 --json",
            "",
            "It writes report.html, result.json, and trades, equity and fills as Parquet and CSV.",
            "One run over all the data is a trial, not evidence: it is counted in the trial ledger.",
            "The strategy also runs at other costs and on other paths, five times or more: keep no static state in it.",
            "What it prints is shown of the run itself only. --quick makes that run alone.",
            "With --kind perp a column 'funding.rate' is paid at the close of its row."
        })
final class BacktestCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    BacktestOptions options;

    @Option(names = "--list", description = "Only list the built-in strategies with their parameters and defaults.")
    boolean list;

    @Mixin
    OutputOptions output;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        PrintWriter stdout = spec.commandLine().getOut();
        if (list) {
            return StrategyList.print(Strategies.all(), common.json, stdout);
        }
        try (StrategyPrints prints = StrategyPrints.of(common.json)) {
            prints.silence();
            return run(stdout, prints);
        }
    }

    private int run(PrintWriter stdout, StrategyPrints prints) throws IOException {
        PrintWriter people = common.json ? spec.commandLine().getErr() : stdout;
        BacktestRequest request = options.request();
        if (output.printConfig) {
            return OutputOptions.print(BacktestConfig.document(request), common.json, stdout);
        }
        // a strategy that does not exist or compile is said before the data are read
        request.blueprint();
        if (request.data().isSynthetic()) {
            people.println("SYNTHETIC market: generated data. The result is about the machinery, not about any coin.");
        }
        OutputFolder folder = output.prepare("backtest");
        try {
            Lama.Options run = output.ledger.options();
            Dataset data = Lama.load(request.data(), request.settings().seed(), run);
            people.print(Errors.printableLines(data.explain()));
            people.flush();
            Backtest backtest = Lama.backtest(request, data, run, prints);
            backtest.write(folder);
            if (common.json) {
                stdout.print(Documents.json(backtest.manifest(folder)));
            }
            people.print(Errors.printableLines(backtest.explain()));
            people.println("Report: " + folder.shown("report.html"));
            backtest.closingLines(folder).forEach(people::println);
            people.flush();
            stdout.flush();
            return ExitCode.DONE;
        } finally {
            folder.discardIfEmpty();
        }
    }
}
