package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetFrames;

/** Ctrl-C on a real process: what is finished is kept and labelled, nothing is corrupt. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "sends SIGINT with the command kill")
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class InterruptIT {
    private static final String LARGE = """
            data:
              syntheticAssets: 10
              syntheticDays: 1400
            study:
              trainDays: 365
              stepDays: 15
              bootstrapSamples: 200
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void config() throws IOException {
        Files.writeString(folder.resolve("large.yaml"), LARGE);
        Files.writeString(folder.resolve("small.yaml"), Shell.SMALL);
    }

    /** The command line in a process of its own, whose working directory is the test's folder. */
    private Process lama(String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The coverage agent of this process, if there is one, so that the other one is measured too.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-javaagent:"))
                .forEach(command::add);
        command.addAll(List.of(
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("stdout.txt").toFile())
                .start();
    }

    private static void interrupt(Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Reads standard error up to the first line that starts so; all of it if there is none. */
    private static String until(BufferedReader err, String start) throws IOException {
        StringBuilder read = new StringBuilder();
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            read.append(line).append('\n');
            if (line.startsWith(start)) {
                break;
            }
        }
        return read.toString();
    }

    private static BufferedReader err(Process process) {
        return new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    }

    @Test
    void whatIsFinishedIsKeptAndLabelledPartial() throws Exception {
        Process process = lama("study", "--config", "large.yaml", "--threads", "1");
        try (BufferedReader err = err(process)) {
            String before = until(err, "fits: ");
            assertThat(before).contains("fits: ");
            interrupt(process);
            String after = until(err, "nothing starts so");
            assertThat(process.waitFor()).as(before + after).isEqualTo(130);
            assertThat(after).contains("Interrupted: what is finished is kept").doesNotContain("Exception");
        }
        Path out = folder.resolve("lama-out").resolve("study-001");
        try (var files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("report.html", "result.json", "trades.parquet", "equity.parquet");
        }
        Node manifest = Documents.read(out.resolve("result.json"));
        assertThat(manifest.get("partial").asBoolean()).isTrue();
        assertThat(manifest.get("folds").size()).isPositive();
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("PARTIAL")
                .endsWith("</html>\n");
        assertThat(ParquetFrames.read(out.resolve("trades.parquet")).names()).contains("pnl");
        assertThat(ParquetFrames.read(out.resolve("equity.parquet")).rows()).isPositive();
        assertThat(Files.readString(folder.resolve("stdout.txt")))
                .startsWith("SYNTHETIC")
                .contains("PARTIAL: interrupted")
                .contains("Verdict: ");
        assertThat(folder.resolve(".lama").resolve("trials.jsonl"))
                .as("a part of a study is no trial")
                .doesNotExist();
        assertThat(Shell.run("rerun", out.resolve("result.json").toString()).code())
                .isEqualTo(2);
    }

    @Test
    void anInterruptionWithNothingToKeepSaysSoAndLeavesNothing() throws Exception {
        // Several series and refits far apart: the first window is not finished when the first fold is.
        Files.writeString(
                folder.resolve("large.yaml"),
                LARGE.replace("syntheticAssets: 10", "syntheticAssets: 60").replace("stepDays: 15", "stepDays: 1000"));
        Process process = lama("study", "--config", "large.yaml", "--threads", "1", "--json");
        try (BufferedReader err = err(process)) {
            until(err, "fits: ");
            interrupt(process);
            String after = until(err, "nothing starts so");
            assertThat(process.waitFor()).as(after).isEqualTo(130);
            assertThat(after)
                    .contains("lama: interrupted before the first window was finished; nothing was written")
                    .doesNotContain("fault of LAMA", "Exception");
        }
        assertThat(folder.resolve("stdout.txt")).isEmptyFile();
        try (var left = Files.list(folder.resolve("lama-out"))) {
            assertThat(left).isEmpty();
        }
    }

    private String[] sweep(String kept, String ledger) {
        return new String[] {
            "sweep",
            "--strategy",
            "sma-cross",
            "--space",
            "fast=2..31,slow=70..269:10",
            "--data",
            "bars.csv",
            "--batch",
            "16",
            "--threads",
            "1",
            "--resume",
            kept,
            "--ledger",
            ledger
        };
    }

    @Test
    void anInterruptedSweepGoesOnToTheBitsOfAnUninterruptedOne() throws Exception {
        List<String> bars = BarTexts.walk(5, 1000);
        BarTexts.write(folder.resolve("bars.csv"), bars);
        Process whole = lama(sweep("whole", "first"));
        try (BufferedReader err = err(whole)) {
            String text = until(err, "nothing starts so");
            assertThat(whole.waitFor()).as(text).isZero();
        }
        int interrupted = 0;
        int code = 130;
        for (int round = 0; code == 130; round++) {
            Process process = lama(sweep("kept", "second"));
            try (BufferedReader err = err(process)) {
                String before = until(err, "trials: ");
                if (round < 2) {
                    interrupt(process);
                }
                String after = until(err, "nothing starts so");
                code = process.waitFor();
                assertThat(before + after).doesNotContain("Exception");
                assertThat(code).as(before + after).isIn(0, 130);
            }
            if (code == 130) {
                interrupted++;
                assertThat(Documents.read(folder.resolve("kept/result.json"))
                                .get("partial")
                                .asBoolean())
                        .isTrue();
                assertThat(Files.readString(folder.resolve("stdout.txt"))).contains("PARTIAL: the sweep was stopped");
            }
        }
        assertThat(code).isZero();
        assertThat(interrupted).isPositive();
        for (String file : List.of("trials.log", "sweep.json", "trials.csv", "trials.jsonl", "heat-map.svg")) {
            assertThat(Files.readAllBytes(folder.resolve("kept").resolve(file)))
                    .as(file)
                    .isEqualTo(Files.readAllBytes(folder.resolve("whole").resolve(file)));
        }
        // the ledgers were opened at different times, and that alone may differ
        Node first = Documents.read(folder.resolve("whole/result.json"));
        Node second = Documents.read(folder.resolve("kept/result.json"));
        for (String field : List.of("best", "verdict", "movedParameters", "noisyPrices", "deflatedSharpe", "partial")) {
            assertThat(second.get(field)).as(field).isEqualTo(first.get(field));
        }
    }

    @Test
    void withoutFlagsResultsAndLedgerLieBelowTheWorkingDirectory() throws Exception {
        for (String name : List.of("study-001", "study-002")) {
            Process process = lama("study", "--config", "small.yaml");
            try (BufferedReader err = err(process)) {
                String text = until(err, "nothing starts so");
                assertThat(process.waitFor()).as(text).isZero();
                assertThat(text).doesNotContain("SLF4J", "WARNING");
            }
            assertThat(folder.resolve("lama-out").resolve(name).resolve("result.json"))
                    .isRegularFile();
        }
        assertThat(Files.readAllLines(folder.resolve(".lama").resolve("trials.jsonl")))
                .hasSize(5);
    }
}
