package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.lama.core.base.Tabular;
import org.lama.core.data.Datasets;
import org.lama.core.signal.Providers;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetFrames;
import org.lama.core.store.ParquetTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says whether this machine can run LAMA, and what to do where it cannot. */
@Command(
        name = "doctor",
        description = "Checks JDK, Maven, cores, memory, the native compression library, Python and the parts of LAMA.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama doctor",
            "  lama doctor --json",
            "",
            "Exit code 1 if something is broken that every study needs (state FAULT); a program that only builds or",
            "notebooks need may be missing."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final String FAULT = "FAULT";

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    record Finding(String check, String state, String detail) {}

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        int java = Runtime.version().feature();
        findings.add(finding("java", java >= 17, Runtime.version() + " (17 or newer is needed)"));
        findings.add(program("maven", "needed to build", "mvn", "-version"));
        findings.add(program("python", "needed for notebooks only", "python3", "--version"));
        int cores = Runtime.getRuntime().availableProcessors();
        findings.add(finding("cores", cores >= 1, cores + " (studies use all of them; --threads limits)"));
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        findings.add(finding("heap", heap >= 500, heap + " MiB (set LAMA_HEAP, such as LAMA_HEAP=2g, for more)"));
        findings.add(nativeCompression());
        findings.add(parts("models", Providers.models().size(), 3));
        findings.add(parts("combiners", Providers.combiners().size(), 4));
        findings.add(parts("regimes", Providers.regimes().size(), 1));
        findings.add(parts("datasets", Datasets.all().size(), 1));
        findings.add(finding(
                "platform",
                true,
                System.getProperty("os.name") + " " + System.getProperty("os.arch") + " (Linux x86-64 is tested)"));
        print(findings);
        return code(findings);
    }

    static int code(List<Finding> findings) {
        boolean broken = findings.stream().anyMatch(finding -> finding.state().equals(FAULT));
        return broken ? ExitCode.INTERNAL : ExitCode.DONE;
    }

    static Finding finding(String check, boolean good, String detail) {
        return new Finding(check, good ? "ok" : FAULT, detail);
    }

    private static Finding parts(String what, int found, int expected) {
        return finding(what, found >= expected, found + " found, at least " + expected + " expected");
    }

    static Finding program(String check, String why, String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean done = process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
            String first = text.lines().findFirst().orElse("").replaceAll("\u001B\\[[;0-9]*m", "");
            return new Finding(check, done ? "ok" : "missing", done ? first : "does not run; " + why);
        } catch (IOException absent) {
            return new Finding(check, "missing", command[0] + " is not on PATH; " + why);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Finding(check, "missing", "interrupted");
        }
    }

    private static Finding nativeCompression() {
        try {
            Path file = Files.createTempFile("lama-doctor", ".parquet");
            try {
                ParquetFrames.write(
                        file,
                        ParquetTable.builder(2)
                                .doubles("x", new double[] {1, 2})
                                .build());
                boolean same = ParquetFrames.read(file).doubles("x")[1] == 2;
                return finding("parquet", same, "written with zstd and read back");
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException | LinkageError broken) {
            return finding("parquet", false, broken.getMessage() + " (zstd-jni has no library for this platform?)");
        }
    }

    private void print(List<Finding> findings) {
        PrintWriter out = spec.commandLine().getOut();
        if (common.json) {
            Node.Fields fields = Node.object();
            findings.forEach(f -> fields.put(
                    f.check(),
                    Node.object()
                            .put("state", f.state().toLowerCase(Locale.ROOT))
                            .put("detail", f.detail())
                            .build()));
            out.print(Documents.json(fields.build()));
        } else {
            Tabular table = () -> List.of(
                    new Tabular.Column(
                            "check", findings.stream().map(Finding::check).toList()),
                    new Tabular.Column(
                            "state", findings.stream().map(Finding::state).toList()),
                    new Tabular.Column(
                            "detail", findings.stream().map(Finding::detail).toList()));
            out.print(table.asText());
        }
        out.flush();
    }
}
