package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.Lama;
import org.lama.backtest.api.ResultComparison;
import org.lama.core.store.Documents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Results side by side. */
@Command(
        name = "compare",
        description = {"Puts the figures of two or more results side by side.", "Studies and backtests can be mixed."},
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama compare lama-out/backtest-001 lama-out/backtest-002",
            "  lama compare first/ second/ third/ --report comparison.html",
            "  lama compare first/result.json second/result.json --json"
        })
final class CompareCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "RESULT", description = "A result.json or its folder; at least two.")
    List<Path> results = List.of();

    @Option(names = "--report", paramLabel = "FILE", description = "Also write one page with the curves in one figure.")
    @Nullable
    Path report;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        ResultComparison comparison = Lama.compare(results);
        if (report != null) {
            try (StrategyPrints prints = StrategyPrints.of(common.json)) {
                prints.silence();
                comparison.writeReport(report);
            }
        }
        if (common.json) {
            out.print(Documents.json(comparison.document()));
        } else {
            comparison.notes().forEach(note -> out.println("Careful: " + Errors.printable(note)));
            out.print(Errors.printableLines(comparison.asText()));
            if (report != null) {
                out.println("Report: " + report.toString().replace('\\', '/'));
            } else if (results.size() == 2) {
                out.println("Next: ./lama diff " + Wording.typed(results.get(0)) + " " + Wording.typed(results.get(1))
                        + "   # why they differ");
            }
        }
        out.flush();
        return ExitCode.DONE;
    }
}
