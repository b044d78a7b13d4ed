package org.lama.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/**
 * Completes the file that JMH wrote: {@code ResultsFile JMH_JSON OUT_JSON MODE COMMIT FLAGS} keeps its results under
 * {@code results} and adds CPU, JDK, flags, commit and mode. Exit code 0, or 2 with a message.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class ResultsFile {
    private static final int ARGUMENTS = 5;
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private ResultsFile() {}

    /**
     * Runs the command.
     *
     * @param args file of JMH, file to write, mode, commit, flags
     */
    public static void main(String[] args) {
        int code = run(args, System.err);
        if (code != 0) {
            System.exit(code);
        }
    }

    static int run(String[] args, PrintStream err) {
        if (args.length != ARGUMENTS) {
            err.println("usage: ResultsFile JMH_JSON OUT_JSON MODE COMMIT FLAGS");
            return 2;
        }
        try {
            Node results = Documents.read(Path.of(args[0]));
            Node file = Node.object()
                    .put("kind", "jmh")
                    .put("mode", args[2])
                    .put("commit", args[3])
                    .put("flags", args[4])
                    .put("cpu", cpu(CPU_INFO))
                    .put("cores", Runtime.getRuntime().availableProcessors())
                    .put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version())
                    .put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                    .put("results", results)
                    .build();
            Documents.writeJson(Path.of(args[1]), file);
            return 0;
        } catch (IOException | IllegalArgumentException failure) {
            err.println("ResultsFile: " + failure);
            return 2;
        }
    }

    /** The name of the processor, or {@code unknown} where the system does not tell. */
    static String cpu(Path info) {
        List<String> lines;
        try {
            lines = Files.readAllLines(info);
        } catch (IOException absent) {
            return "unknown";
        }
        return lines.stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("unknown");
    }
}
