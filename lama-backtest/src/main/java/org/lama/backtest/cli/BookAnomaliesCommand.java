package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.Book;
import org.lama.backtest.api.BookAnomalies;
import org.lama.backtest.api.BookAnomalyRequest;
import org.lama.backtest.api.Lama;
import org.lama.backtest.api.OutputFolder;
import org.lama.core.base.Check;
import org.lama.core.store.Documents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is unusual in a book, as a figure with its depth and its trades. */
@Command(
        name = "anomalies",
        description = {
            "Fits the anomaly model on the first rows of a book and marks what is unusual in the later ones.",
            "Each row is scored as it came, knowing only what was before it. Whether anything follows is not tested."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama book anomalies --minutes 20",
            "  lama book anomalies usdm.gz --format binance-usdm --tick 0.1 --lot 0.001",
            "  lama book anomalies --step 1 --fit 0.3 --model anomaly-plain",
            "",
            "It writes report.html (depth, best prices, trades, scores and alarms), result.json, and the scores as",
            "Parquet and CSV. Of the synthetic book it says which planted anomalies have an alarm."
        })
final class BookAnomaliesCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    BookOptions book;

    @Option(
            names = "--step",
            paramLabel = "SECONDS",
            description = "Length of a row; windows are 100 rows long, the medians of depths 300. Default: 0.2.")
    double step = 0.2;

    @Option(
            names = "--fit",
            paramLabel = "FRACTION",
            description = "Share of the rows, from the first on, that the model is fitted on. Default: 0.5.")
    double fit = 0.5;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "An anomaly model of 'lama models'. Default: anomaly.")
    String model = "anomaly";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to write. Default: the next free lama-out/anomalies-NNN.")
    @Nullable
    Path out;

    @Option(names = "--force", description = "Write into a folder that already holds results.")
    boolean force;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        try {
            return run(spec.commandLine().getOut());
        } catch (IllegalArgumentException wrong) {
            return Errors.input(wrong, Wording.of(wrong, spec), spec.commandLine(), "");
        }
    }

    private int run(PrintWriter stdout) throws IOException {
        Check.that(step >= 1e-3 && step <= 86_400, "step must be in [0.001, 86400] seconds, got " + step);
        BookAnomalyRequest request = BookAnomalyRequest.defaults()
                .withModel(model)
                .withStep(Duration.ofNanos(Math.round(step * 1e9)))
                .withFitShare(fit);
        PrintWriter people = common.json ? spec.commandLine().getErr() : stdout;
        OutputFolder folder = OutputFolder.prepare(out, "anomalies", force);
        try (Book read = book.load(people)) {
            BookAnomalies found = Lama.anomalies(request, read);
            found.write(folder);
            if (common.json) {
                stdout.print(Documents.json(found.manifest()));
            }
            people.print(Errors.printableLines(found.explain()));
            people.println("Report: " + folder.shown("report.html"));
            people.flush();
            stdout.flush();
            return ExitCode.DONE;
        } finally {
            folder.discardIfEmpty();
        }
    }
}
