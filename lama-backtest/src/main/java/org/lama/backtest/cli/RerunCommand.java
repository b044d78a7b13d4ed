package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.Rerun;
import org.lama.core.store.Documents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a manifest again and compares. */
@Command(
        name = "rerun",
        description = {
            "Runs the study or backtest of a result.json again and compares every figure.",
            "Bit for bit on the same JDK and processor family, to 1e-9 relative elsewhere. The data must have the",
            "checksum that stands in the manifest."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama rerun lama-out/study-001",
            "  lama rerun result.json --data moved/bars.csv.gz      the file lies somewhere else now"
        })
final class RerunCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "MANIFEST", description = "A result.json or its folder.")
    Path manifest;

    @Option(names = "--data", paramLabel = "FILE|DIR", description = "Where the data lie now.")
    @Nullable
    Path data;

    @Mixin
    ThreadsOption threads;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter out = spec.commandLine().getOut();
        int workers = threads.count();
        try (ProgressLine progress = new ProgressLine(err, !common.json && ProgressLine.onTerminal());
                StrategyPrints prints = StrategyPrints.of(common.json)) {
            prints.silence();
            Rerun rerun = Rerun.of(manifest, Optional.ofNullable(data), workers, progress);
            progress.endStage();
            if (common.json) {
                out.print(Documents.json(rerun.document()));
            } else {
                rerun.lines().forEach(out::println);
            }
            out.flush();
            return rerun.same() ? ExitCode.DONE : ExitCode.DIFFERS;
        }
    }
}
