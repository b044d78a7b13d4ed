package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.Store;
import org.lama.core.base.Issue;
import org.lama.core.data.BarFiles;
import org.lama.core.data.ImportFindings;
import org.lama.core.series.QualityReport;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands about data. */
@Command(
        name = "data",
        description = "Fills stores from files and sources, and looks at data without running a study.",
        subcommands = {
            DataImportCommand.class,
            DataFetchCommand.class,
            DataListCommand.class,
            DataCommand.Verify.class,
            DataGapsCommand.class,
            DataSqlCommand.class,
            DataExportCommand.class,
            DataSlippageCommand.class,
            DataCompactCommand.class,
            DataInitCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama data verify bars.csv.gz",
            "  lama data import bars.csv.gz --store market",
            "  lama data ls --store market"
        })
final class DataCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.DONE;
    }

    /** The quality report. */
    @Command(
            name = "verify",
            description = {
                "Prints what is right and wrong with every series.",
                "That is missing, duplicated and disordered bars, impossible prices, spikes, stale runs, mixed spacing.",
                "Exit code 3 if any finding is an ERROR."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  lama data verify bars.csv.gz",
                "  lama data verify daily/ --json",
                "  lama data verify --store market"
            })
    static final class Verify implements Callable<Integer> {
        @Spec
        CommandSpec spec;

        @Parameters(
                arity = "0..1",
                paramLabel = "PATH",
                description = "A file, a folder with one file per symbol, or a store, of which every byte is read.")
        @Nullable
        Path path;

        @Mixin
        StoreOption store;

        @Mixin
        CommonOptions common;

        @Override
        public Integer call() throws IOException {
            store.requireOne(path, spec);
            if (path != null && !ParquetStore.isStore(path)) {
                spec.commandLine().getErr().print(SealLines.beside(path));
                return answer(BarFiles.verify(path), List.of());
            }
            try (Store there = store.existing(path)) {
                spec.commandLine().getErr().print(SealLines.beside(store.asked(path)));
                List<QualityReport> reports = there.verify();
                return answer(reports, imports(there));
            }
        }

        /** What imports found; none where it cannot be read, which is a finding already. */
        private static List<ImportFindings.Note> imports(Store there) {
            try {
                return there.imports().notes();
            } catch (IOException broken) {
                return List.of();
            }
        }

        private int answer(List<QualityReport> reports, List<ImportFindings.Note> imports) {
            Map<String, Long> series =
                    reports.stream().collect(Collectors.groupingBy(QualityReport::source, Collectors.counting()));
            PrintWriter out = spec.commandLine().getOut();
            if (common.json) {
                out.print(Documents.json(Node.object()
                        .put(
                                "files",
                                Node.array(reports.stream()
                                        .map(report -> node(report, series.getOrDefault(report.source(), 1L) > 1))
                                        .toList()))
                        .put("imports", FindingNodes.notes(imports))
                        .build()));
            } else {
                reports.forEach(report -> print(out, report));
                Remedies.of(reports).forEach(out::println);
                if (!imports.isEmpty()) {
                    out.println("Found in files when they were imported:");
                    imports.forEach(note -> out.println(Errors.printable("  " + note.file() + ": " + note.words())));
                }
            }
            out.flush();
            return reports.stream().anyMatch(QualityReport::hasErrors) ? ExitCode.DATA_FAULTS : ExitCode.DONE;
        }

        private static void print(PrintWriter out, QualityReport report) {
            out.println(Errors.printable(report.symbol()) + " (" + report.source() + "): " + report.rows() + " rows"
                    + (report.expected() == 0 && report.findings().isEmpty() ? "" : bars(report))
                    + (report.findings().isEmpty() ? "; nothing wrong found" : ""));
            if (!report.findings().isEmpty()) {
                report.asText().lines().forEach(line -> out.println("  " + Errors.printable(line)));
            }
        }

        private static String bars(QualityReport report) {
            return ", " + report.expected() + " bars expected, " + report.missing() + " missing in " + report.gaps()
                    + " gaps";
        }

        private static Node node(QualityReport report, boolean oneOfMany) {
            Node.Fields fields = Node.object().put("path", report.source());
            if (oneOfMany) {
                fields.put("symbol", report.symbol());
            }
            return fields.put("rows", report.rows())
                    .put("expected", report.expected())
                    .put("missing", report.missing())
                    .put("gaps", report.gaps())
                    .put("duplicatesEqual", report.count(Issue.Reason.DUPLICATE_EQUAL))
                    .put("duplicatesDifferent", report.count(Issue.Reason.DUPLICATE_DIFFERENT))
                    .put("outOfOrder", report.count(Issue.Reason.OUT_OF_ORDER))
                    .put("zeroVolume", report.count(Issue.Reason.ZERO_VOLUME))
                    .put("ohlcViolations", report.count(Issue.Reason.OHLC_VIOLATION))
                    .put("nonFinite", report.count(Issue.Reason.NON_FINITE))
                    .put("nonPositive", report.count(Issue.Reason.NON_POSITIVE))
                    .put("spikes", report.count(Issue.Reason.SPIKE))
                    .put("redenominationSuspects", report.count(Issue.Reason.REDENOMINATION_SUSPECT))
                    .put("staleRuns", report.count(Issue.Reason.STALE_RUN))
                    .put("issues", FindingNodes.of(report.findings()))
                    .build();
        }
    }
}
