package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.Book;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.data.DataException;
import org.lama.core.features.BookFeatures;
import org.lama.core.features.BookSampling;
import org.lama.core.series.Frame;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Features of a book on a grid of time. */
@Command(
        name = "features",
        description = {
            "Samples spread, depth, imbalance, flow, toxicity and more of a book and its tape on a grid of time.",
            "Each row knows what had come by its close. What is not defined, as while the book is not valid, is empty.",
            "So is depth beyond the levels that the feed told: a snapshot of Binance ends some 25 to 35 bp from the mid."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama book features --minutes 10",
            "  lama book features usdm.gz --format binance-usdm --tick 0.1 --lot 0.001 --step 0.5 --out u.csv",
            "",
            "'lama anomaly' and the other statistics read the CSV file."
        })
final class BookFeaturesCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    BookOptions book;

    @Option(names = "--step", paramLabel = "SECONDS", description = "Length of a row. Default: 1.")
    double step = 1;

    @Option(
            names = "--window",
            paramLabel = "SECONDS",
            description = "Span of sums, slopes and volatilities. Default: 60; at least 5 rows are used.")
    double window = 60;

    @Option(
            names = "--median",
            paramLabel = "SECONDS",
            description = "Span of the medians that depths are divided by. Default: 300; at least 20 rows are used.")
    double median = 300;

    @Option(
            names = "--stale-after",
            paramLabel = "SECONDS",
            description =
                    "A book about which nothing came for longer gives no feature. Default: 10; of sampled-levels 300.")
    @Nullable
    Double staleAfter;

    @Option(names = "--out", paramLabel = "FILE", description = "Write all rows there: .csv or .parquet.")
    @Nullable
    Path out;

    @Option(names = "--force", description = "Replace a file that is there.")
    boolean force;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        span(step, "step");
        span(window, "window");
        span(median, "median");
        span(staleAfter == null ? 1 : staleAfter, "stale-after");
        if (out != null) {
            String name = String.valueOf(out.getFileName());
            Check.that(name.endsWith(".csv") || name.endsWith(".parquet"), out + " must end in .csv or .parquet");
            Check.that(force || Files.notExists(out), out + " exists; give another --out, or --force");
        }
        PrintWriter stdout = spec.commandLine().getOut();
        try (Book read = book.load(common.json ? spec.commandLine().getErr() : stdout)) {
            return sample(read, stdout);
        }
    }

    private int sample(Book read, PrintWriter stdout) throws IOException {
        BookSampling sampling =
                read.sampling().withStep(span(step, "step")).withSpans(span(window, "window"), span(median, "median"));
        Frame frame =
                read.features(staleAfter == null ? sampling : sampling.withStaleAfter(span(staleAfter, "stale-after")));
        requireKnown(read, frame);
        if (out != null) {
            Book.write(frame, out);
        }
        if (common.json) {
            stdout.print(Documents.json(node(read, frame)));
        } else {
            stdout.println(frame.size() + " rows of " + Numbers.text(step) + " s");
            stdout.print(summary(frame).asText());
            if (out != null) {
                stdout.println("Written: " + out);
            }
        }
        stdout.flush();
        return ExitCode.DONE;
    }

    private static Duration span(double seconds, String name) {
        Check.that(seconds >= 1e-3 && seconds <= 86_400, name + " must be in [0.001, 86400] seconds, got " + seconds);
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    /** Rows without one feature of the book say nothing, however many there are. */
    private static void requireKnown(Book read, Frame frame) throws DataException {
        if (known(frame, BookFeatures.RELATIVE_SPREAD).length == 0) {
            throw new DataException(
                    read.request()
                            .file()
                            .map(String::valueOf)
                            .orElse(read.request().symbol()),
                    0,
                    "",
                    "the book must be valid and fresh at the end of a row, it is so in none of " + frame.size()
                            + " rows",
                    "see what 'lama book show' says is wrong, or allow an older book with --stale-after");
        }
    }

    private static double[] known(Frame frame, String name) {
        return Arrays.stream(frame.column(name).toArray())
                .filter(Double::isFinite)
                .toArray();
    }

    /** Seconds of the feed after which a column is known first: what its windows need. */
    private static double since(Frame frame, String name) {
        double[] values = frame.column(name).toArray();
        for (int row = 0; row < values.length; row++) {
            if (Double.isFinite(values[row])) {
                return (frame.availableAt(row) - frame.index().at(0)) / 1e9;
            }
        }
        return Double.NaN;
    }

    private static Tabular summary(Frame frame) {
        List<String> names = frame.columnNames();
        List<Long> counts = new ArrayList<>();
        List<Double> since = new ArrayList<>();
        List<Double> means = new ArrayList<>();
        List<Double> lasts = new ArrayList<>();
        for (String name : names) {
            double[] known = known(frame, name);
            counts.add((long) known.length);
            since.add(since(frame, name));
            means.add(Arrays.stream(known).average().orElse(Double.NaN));
            lasts.add(frame.size() == 0 ? Double.NaN : frame.column(name).get(frame.size() - 1));
        }
        return () -> List.of(
                new Tabular.Column("column", names),
                new Tabular.Column("known", counts),
                new Tabular.Column("after s", since),
                new Tabular.Column("mean", means),
                new Tabular.Column("last", lasts));
    }

    private Node node(Book read, Frame frame) {
        List<Node> columns = new ArrayList<>();
        for (String name : frame.columnNames()) {
            double[] known = known(frame, name);
            double mean = Arrays.stream(known).average().orElse(Double.NaN);
            columns.add(Node.object()
                    .put("name", name)
                    .put("known", known.length)
                    .put("afterSeconds", Numbers.of(since(frame, name)))
                    .put("mean", Double.isFinite(mean) ? Node.of(mean) : Node.nothing())
                    .build());
        }
        return Node.object()
                .put("symbol", frame.symbol())
                .put("rows", frame.size())
                .put("stepSeconds", step)
                .put("columns", Node.array(columns))
                .put("validShare", Numbers.of(read.validShare()))
                .put("flaws", BookOptions.flaws(read))
                .put("flawsFrom", BookOptions.flawsFrom(read))
                .put("file", out == null ? "" : out.toString())
                .build();
    }
}
