package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** Runs commands in this process and keeps what they print. */
final class Shell {
    /** A study that is done in a second or two. */
    static final String SMALL = """
            data:
              syntheticAssets: 3
              syntheticDays: 420
            study:
              trainDays: 120
              stepDays: 60
              bootstrapSamples: 200
            """;

    private Shell() {}

    /** What a command left behind. */
    record Outcome(int code, String out, String err) {
        Node json() throws IOException {
            return Documents.parseJson(out, "standard output");
        }
    }

    static Outcome run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), args);
        return new Outcome(code, out.toString(), err.toString());
    }

    /** A small study in a folder of its own, whose ledger lies there too. */
    static Outcome study(Path folder, String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of(
                "study",
                "--config",
                config(folder).toString(),
                "--ledger",
                folder.resolve("ledger").toString()));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    static Path config(Path folder) throws IOException {
        Path file = folder.resolve("small.yaml");
        return Files.exists(file) ? file : Files.writeString(file, SMALL);
    }
}
