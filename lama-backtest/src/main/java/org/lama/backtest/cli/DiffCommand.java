package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.lama.backtest.api.Lama;
import org.lama.backtest.api.ResultDifference;
import org.lama.core.store.Documents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Why two results differ. */
@Command(
        name = "diff",
        description = {
            "Says why two results differ: data, settings or code, and which figures changed.",
            "Figures have six digits, the largest changes first; --json has them all in full.",
            "Exit code 0 if nothing differs, 4 if something does. Where the data lie does not count."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  lama diff lama-out/backtest-001 lama-out/backtest-002", "  lama diff first/ second/ --json"})
final class DiffCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "A result.json or its folder.")
    Path first;

    @Parameters(index = "1", paramLabel = "B", description = "Another of the same kind.")
    Path second;

    @Option(names = "--all", description = "Show all figures that changed, not the ten that changed most.")
    boolean all;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        ResultDifference difference = Lama.diff(first, second);
        if (common.json) {
            out.print(Documents.json(difference.document()));
        } else {
            difference.lines(all).forEach(line -> out.println(Errors.printable(line)));
        }
        out.flush();
        return difference.same() ? ExitCode.DONE : ExitCode.DIFFERS;
    }
}
