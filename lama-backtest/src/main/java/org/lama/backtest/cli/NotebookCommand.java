package org.lama.backtest.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.lama.backtest.api.Versions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Opens JupyterLab with the Java kernel and LAMA on its class path. */
@Command(
        name = "notebook",
        description = "Makes the notebook environment (first time: a few minutes) and opens study 01 in JupyterLab.",
        footerHeading = "%nExamples:%n",
        footer = {"  lama notebook", "  lama notebook --test        execute all notebooks and stop at the first fault"})
final class NotebookCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Option(names = "--test", description = "Execute all notebooks instead of opening them.")
    boolean test;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path script = Versions.home().resolve("notebooks").resolve("run.sh");
        if (!Files.isRegularFile(script)) {
            throw new IOException(script + ": not found; 'lama notebook' needs a checkout of LAMA and its launcher");
        }
        List<String> command = new ArrayList<>(List.of("bash", script.toString()));
        if (test) {
            command.add("--test");
        }
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        return code == ExitCode.DONE || code == ExitCode.INTERRUPTED ? code : ExitCode.INTERNAL;
    }
}
