package org.lama.backtest.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lama.backtest.report.Figure;
import org.lama.backtest.report.SweepReport;
import org.lama.backtest.sweep.SweepResult;
import org.lama.backtest.sweep.SweepStatistics;
import org.lama.backtest.sweep.SweepTrial;
import org.lama.backtest.verdict.Verdict;
import org.lama.backtest.walkforward.NestedResult;
import org.lama.core.base.Tabular;
import org.lama.core.search.Parameter;
import org.lama.core.search.ParameterSpace;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.AtomicFiles;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetFrames;
import org.lama.core.store.ParquetTable;

/** Writes a sweep: trials are walked through, so that a million of them need no memory. */
final class SweepFiles {
    static final String SCHEMA = "lama.sweep/1";
    private static final int MOST_IN_PARQUET = 250_000;
    private static final int MOST_BEST = 20;

    private SweepFiles() {}

    static void write(
            SweepResult result, Map<String, Figure> figures, SweepReport report, Node manifest, OutputFolder folder)
            throws IOException {
        for (Map.Entry<String, Figure> figure : figures.entrySet()) {
            AtomicFiles.write(
                    folder.file(figure.getKey() + ".svg"),
                    figure.getValue().svg().getBytes(StandardCharsets.UTF_8));
        }
        report.page().write(folder.file("report.html"));
        lines(result, folder.file("trials.csv"), header(result), trial -> csv(result.space(), trial));
        lines(
                result,
                folder.file("trials.jsonl"),
                "",
                trial -> Documents.compactJson(node(trial)).strip());
        if (result.statistics().count() <= MOST_IN_PARQUET) {
            List<SweepTrial> all = new ArrayList<>();
            result.forEach(all::add);
            ParquetFrames.write(folder.file("trials.parquet"), table(SweepReport.table(result, all)));
        }
        Documents.writeJson(folder.file("result.json"), manifest);
    }

    /** One line of text for a trial. */
    private interface Line {
        String of(SweepTrial trial);
    }

    private static void lines(SweepResult result, Path file, String header, Line line) throws IOException {
        AtomicFiles.write(file, (Path temporary) -> {
            try (Writer out = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
                out.write(header.isEmpty() ? "" : header + "\n");
                result.forEach(trial -> {
                    try {
                        out.write(line.of(trial));
                        out.write('\n');
                    } catch (IOException full) {
                        throw new UncheckedIOException(full);
                    }
                });
            } catch (UncheckedIOException wrapped) {
                throw wrapped.getCause();
            }
        });
    }

    private static String header(SweepResult result) {
        return String.join(
                ",",
                SweepResult.columns(result.space(), List.of()).stream()
                        .map(Tabular.Column::name)
                        .toList());
    }

    private static String csv(ParameterSpace space, SweepTrial trial) {
        List<String> cells = new ArrayList<>();
        for (Tabular.Column column : SweepResult.columns(space, List.of(trial))) {
            Object cell = column.cells().get(0);
            String text = cell instanceof Double number && number.isNaN() ? "" : cell.toString();
            boolean quoted = text.contains(",") || text.contains("\"");
            cells.add(quoted ? '"' + text.replace("\"", "\"\"") + '"' : text);
        }
        return String.join(",", cells);
    }

    /** Numeric parameters become numbers. */
    private static ParquetTable table(Tabular trials) {
        List<Tabular.Column> columns = trials.columns();
        ParquetTable.Builder builder =
                ParquetTable.builder(columns.get(0).cells().size());
        for (Tabular.Column column : columns) {
            List<?> cells = column.cells();
            if (!cells.isEmpty() && cells.stream().allMatch(Long.class::isInstance)) {
                builder.longs(
                        column.name(), cells.stream().mapToLong(c -> (Long) c).toArray());
            } else if (cells.stream().allMatch(Double.class::isInstance)) {
                builder.doubles(
                        column.name(),
                        cells.stream().mapToDouble(c -> (Double) c).toArray());
            } else {
                builder.texts(
                        column.name(), cells.stream().map(Object::toString).toList());
            }
        }
        return builder.build();
    }

    private static Node node(SweepTrial trial) {
        return Node.object()
                .put("trial", trial.number())
                .put("parameters", texts(trial.parameters().values()))
                .put("value", number(trial.value()))
                .put("sharpePerPeriod", number(trial.figures().sharpePerPeriod()))
                .put("totalReturn", number(trial.figures().totalReturn()))
                .put("maxDrawdown", number(trial.figures().maximumDrawdown()))
                .put("roundTrips", trial.figures().roundTrips())
                .put("state", trial.state().name())
                .put("path", trial.path())
                .put("reason", trial.reason())
                .build();
    }

    private static Node number(double value) {
        return Double.isFinite(value) ? Node.of(value) : Node.nothing();
    }

    private static Node texts(Map<String, String> values) {
        Node.Fields fields = Node.object();
        values.forEach(fields::put);
        return fields.build();
    }

    private static Node counts(Map<String, Long> values) {
        Node.Fields fields = Node.object();
        values.forEach(fields::put);
        return fields.build();
    }

    private static Node numbers(Map<String, Double> values) {
        Node.Fields fields = Node.object();
        values.forEach((name, value) -> fields.put(name, number(value)));
        return fields.build();
    }

    /** The account out of sample, close by close. */
    static void writeEquity(NestedResult nested, OutputFolder folder) throws IOException {
        StringBuilder text = new StringBuilder("time,equity\n");
        long[] times = nested.times();
        double[] equity = nested.equity();
        for (int row = 0; row < times.length; row++) {
            text.append(TimeIndex.instant(times[row]))
                    .append(',')
                    .append(equity[row])
                    .append('\n');
        }
        AtomicFiles.write(folder.file("walk-forward.csv"), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static Node manifest(
            SweepRequest request, SweepResult result, SweepJudgement judged, SweepExtras extras, Path folder) {
        Node.Fields fields = Node.object()
                .put("schema", SCHEMA)
                .put("command", "sweep")
                .put("provenance", judged.provenance())
                .put("partial", !result.isWhole() || extras.interrupted())
                .put("settings", BacktestConfig.document(BacktestPaths.relative(request.backtest(), folder)))
                .put("sweep", texts(result.identity().settings()))
                .put("metric", request.metric())
                .put("space", Node.texts(spaceTexts(request.space())))
                .put(
                        "versions",
                        Node.object()
                                .put("lama", Versions.lama())
                                .put("java", Versions.java())
                                .build())
                .put("determinism", "BITWISE")
                .put(
                        "checksums",
                        Node.object()
                                .put("data", result.identity().dataSha256())
                                .put("settings", result.identity().settingsSha256())
                                .put("rule", judged.rule().hash())
                                .build())
                .put("rule", judged.rule().canonicalText())
                .put("computedBy", judged.path())
                .put("trials", trials(result.statistics(), judged))
                .put("ledger", LedgerWitness.node(judged.ledger().tip()));
        addSelection(fields, judged);
        extras.walk().ifPresent(walk -> fields.put("walkForward", walk(walk)));
        extras.shaken().ifPresent(shaken -> {
            shaken.parameters().ifPresent(each -> fields.put("movedParameters", RobustnessManifest.shaken(each)));
            shaken.prices().ifPresent(each -> fields.put("noisyPrices", RobustnessManifest.shaken(each)));
        });
        extras.record().ifPresent(record -> fields.put("checks", ChecksManifest.of(record)));
        extras.trades().ifPresent(risk -> fields.put("tradeResampling", RobustnessManifest.trades(risk)));
        return fields.put(
                        "best",
                        Node.array(result.statistics().best().stream()
                                .limit(MOST_BEST)
                                .map(SweepFiles::node)
                                .toList()))
                .put("verdict", verdict(judged.verdict()))
                .build();
    }

    private static Node trials(SweepStatistics statistics, SweepJudgement judged) {
        return Node.object()
                .put("count", statistics.count())
                .put("defined", statistics.defined())
                .put("pruned", statistics.pruned())
                .put("paths", counts(statistics.paths()))
                .put("reasons", counts(statistics.reasons()))
                .put("raw", judged.trials().raw())
                .put("effective", judged.trials().effective())
                .put("variance", judged.trials().variance())
                .put("onThisWindow", judged.ledger().onWindow())
                .put("ledgerStarted", judged.ledger().started())
                .build();
    }

    private static void addSelection(Node.Fields fields, SweepJudgement judged) {
        fields.put("deflatedSharpe", number(judged.deflatedSharpe()))
                .put("deflatedSharpeByRawTrials", number(judged.deflatedByAll()))
                .put("selection", texts(judged.selection()))
                .put("importance", numbers(judged.importance()));
        judged.overfitting().ifPresent(each -> fields.put("overfittingProbability", each.probability()));
        judged.reality()
                .ifPresent(each -> fields.put("realityCheck", number(each.realityCheck()))
                        .put("superiorPredictiveAbility", number(each.consistent())));
        judged.plateau()
                .ifPresent(each -> fields.put(
                        "plateau",
                        Node.object()
                                .put("trial", each.trial())
                                .put("value", number(each.value()))
                                .put("neighbours", each.neighbours())
                                .put("median", number(each.median()))
                                .put("quartile", number(each.quartile()))
                                .build()));
    }

    private static Node walk(SweepWalkOutcome walk) {
        return Node.object()
                .put("settings", walk.walk().canonicalText())
                .put("candidates", walk.candidates())
                .put("evaluations", walk.nested().evaluations())
                .put("inSampleSharpe", number(walk.inSampleSharpe()))
                .put("outOfSampleSharpe", number(walk.outOfSampleSharpe()))
                .put("probabilisticSharpe", number(walk.probabilisticSharpe()))
                .put("deflatedSharpe", number(walk.deflatedSharpe()))
                .put("trials", walk.trials().raw())
                .put("verdict", verdict(walk.verdict()))
                .put(
                        "folds",
                        Node.array(walk.folds().stream().map(SweepFiles::fold).toList()))
                .build();
    }

    private static Node fold(SweepWalkOutcome.Fold fold) {
        return Node.object()
                .put("from", TimeIndex.instant(fold.fromNanos()).toString())
                .put("until", TimeIndex.instant(fold.untilNanos()).toString())
                .put("parameters", fold.parameters())
                .put("inSampleSharpe", number(fold.inSample()))
                .put("outOfSampleSharpe", number(fold.outOfSample()))
                .put("totalReturn", number(fold.totalReturn()))
                .build();
    }

    private static Node verdict(Verdict verdict) {
        return Node.object()
                .put("outcome", verdict.outcome().label())
                .put("headline", verdict.headline())
                .put("why", verdict.why())
                .put("next", verdict.next())
                .put("figures", numbers(verdict.figures()))
                .build();
    }

    private static List<String> spaceTexts(ParameterSpace space) {
        List<String> texts = new ArrayList<>(
                space.parameters().stream().map(Parameter::canonicalText).toList());
        texts.addAll(space.constraints());
        return texts;
    }
}
