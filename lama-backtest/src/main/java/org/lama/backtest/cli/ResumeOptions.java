package org.lama.backtest.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.OutputFolder;
import picocli.CommandLine.Option;

/** Where long work leaves its results, and what it needs to go on after a stop. */
final class ResumeOptions {
    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description = "Keep what is finished in this folder and go on from what is there; results go there too.")
    @Nullable
    Path resume;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to write. Default: the folder of --resume, or the next free"
                    + " lama-out/${COMMAND-NAME}-NNN.")
    @Nullable
    Path out;

    @Option(names = "--force", description = "Write into a folder that already holds results.")
    boolean force;

    /** The folder of --resume may hold results: of the same work, or that refuses it. */
    OutputFolder prepare(String command) throws IOException {
        boolean again = resume != null && out == null;
        if (again && resume != null) {
            Files.createDirectories(resume);
        }
        return OutputFolder.prepare(again ? resume : out, command, force || again);
    }
}
