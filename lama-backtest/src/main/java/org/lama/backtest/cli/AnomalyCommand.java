package org.lama.backtest.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Check;
import org.lama.core.series.Frame;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.ModelTool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Isolation forests over columns of a table. */
@Command(
        name = "anomaly",
        description = "Finds strange rows of a CSV file with an isolation forest.",
        subcommands = {AnomalyCommand.Fit.class, AnomalyCommand.Score.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama anomaly fit rows.csv --columns a,b,c --model-out forest.bin",
            "  lama anomaly score new.csv --columns a,b,c --model forest.bin --json"
        })
final class AnomalyCommand implements Callable<Integer> {
    private static final String TOOL = "anomaly";
    /** Vectors of this name and a column in brackets say how much the column adds to the score. */
    private static final String EXPLAINED = "attribution[";

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        return common.alone(spec);
    }

    /** What both commands read. */
    static final class Input {
        @Parameters(arity = "1..*", paramLabel = "FILE", description = TableOptions.FILES)
        List<String> files = List.of();

        @Option(
                names = "--columns",
                split = ",",
                paramLabel = "A,B",
                description =
                        "The columns to look at. Default: all that hold numbers, but the label; score: the forest's.")
        List<String> columns = List.of();

        @Option(
                names = "--label",
                paramLabel = "C",
                description = "Column with 1 for known anomalies and 0 else; only to measure how well they are found.")
        @Nullable
        String label;

        @Mixin
        TableOptions table;

        @Mixin
        FigureOptions figures;

        @Mixin
        CommonOptions common;

        int ask(CommandSpec spec, ModelTool.Action action, Map<String, String> options, long seed) {
            List<String> wanted = new ArrayList<>(columns);
            if (!columns.isEmpty()) {
                options.put("columns", String.join(",", columns));
            }
            if (label != null) {
                Check.that(!columns.contains(label), "--label must not be one of --columns, got " + label);
                wanted.add(label);
                options.put("label", label);
            }
            return new EachFile(spec, common.json).ask(TableOptions.checked(files), file -> {
                Frame data = columns.isEmpty() ? table.numbers(file) : table.columns(file, wanted);
                ModelTool.Request request = ModelTool.Request.of(data, options, FitContext.backtest(seed));
                ModelSummary found = Tools.run(TOOL, action, request);
                return new SummaryAnswer(
                                found,
                                String.join(", ", features(found, data)),
                                List.of(),
                                figures.write(found, Optional.empty(), file, files.size() > 1))
                        .orThrow();
            });
        }

        /** The columns that the forest looked at, in its order; a forest that could not grow explains nothing. */
        private List<String> features(ModelSummary found, Frame data) {
            List<String> explained = found.vectors().keySet().stream()
                    .filter(name -> name.startsWith(EXPLAINED))
                    .map(name -> name.substring(EXPLAINED.length(), name.length() - 1))
                    .toList();
            List<String> given = columns.isEmpty() ? data.columnNames() : columns;
            return explained.isEmpty() ? given : explained;
        }
    }

    /** A fresh forest. */
    @Command(
            name = "fit",
            description = {
                "Grows an isolation forest on all rows and scores them.",
                "The higher the score, the stranger the row. With --label it also measures how well known",
                "anomalies are found."
            },
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {
                "  lama anomaly fit rows.csv --columns a,b --label bad --trees 300 --seed 7",
                "  lama anomaly fit rows.csv --columns a,b --json | jq .threshold"
            })
    static final class Fit implements Callable<Integer> {
        @Spec
        CommandSpec spec;

        @Mixin
        Input input;

        @Option(names = "--trees", paramLabel = "N", description = "Trees. Default: 100.")
        @Nullable
        Integer trees;

        @Option(names = "--sample", paramLabel = "N", description = "Rows that each tree sees. Default: 256.")
        @Nullable
        Integer sample;

        @Option(
                names = "--seed",
                paramLabel = "S",
                defaultValue = "42",
                description = "Seed; equal seeds give equal bits. Default: ${DEFAULT-VALUE}.")
        long seed;

        @Option(
                names = "--variant",
                paramLabel = "standard|extended",
                description = "How trees cut: by one column, or aslant by two. Default: standard.")
        @Nullable
        String variant;

        @Option(
                names = "--scoring",
                paramLabel = "depth|density|boxed-density",
                description = "What makes a score; boxed-density goes with standard cuts only. Default: depth.")
        @Nullable
        String scoring;

        @Option(
                names = "--missing",
                paramLabel = "refuse|skip|median|branch",
                description = "What happens to rows with missing values. Default: refuse.")
        @Nullable
        String missing;

        @Option(
                names = "--contamination",
                paramLabel = "X",
                description = "Share of rows above the threshold. Default: 0.01.")
        @Nullable
        Double contamination;

        @Option(names = "--model-out", paramLabel = "F", description = "Save the forest into this file.")
        @Nullable
        Path modelOut;

        @Override
        public Integer call() {
            Check.that(
                    modelOut == null || input.files.size() == 1,
                    "--model-out takes one FILE, got " + input.files.size());
            Map<String, String> options = new LinkedHashMap<>();
            Tools.put(options, "trees", trees);
            Tools.put(options, "sample", sample);
            Tools.put(options, "variant", variant);
            Tools.put(options, "scoring", scoring);
            Tools.put(options, "missing", missing);
            Tools.put(options, "contamination", contamination);
            Tools.put(options, "model-out", modelOut);
            return input.ask(spec, ModelTool.Action.FIT, options, seed);
        }
    }

    /** A saved forest. */
    @Command(
            name = "score",
            description = {
                "Scores rows with a forest that 'lama anomaly fit --model-out' has saved.",
                "Its columns are found by their names, in whatever order they are."
            },
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {
                "  lama anomaly score new.csv --columns a,b --model forest.bin",
                "  (head -n 1 new.csv; tail -n 100 new.csv) | lama anomaly score - --model forest.bin --json"
            })
    static final class Score implements Callable<Integer> {
        @Spec
        CommandSpec spec;

        @Mixin
        Input input;

        @Option(
                names = "--model",
                paramLabel = "F",
                required = true,
                description = "The forest, as 'lama anomaly fit --model-out F' has saved it.")
        Path model = Path.of("");

        @Override
        public Integer call() {
            Map<String, String> options = new LinkedHashMap<>();
            Tools.put(options, "model", model);
            // the seed is that of the saved forest
            return input.ask(spec, ModelTool.Action.SCORE, options, 0);
        }
    }
}
