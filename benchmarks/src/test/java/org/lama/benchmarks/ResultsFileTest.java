package org.lama.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

class ResultsFileTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return ResultsFile.run(args, new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void resultsAreKeptBesideMachineAndCommit() throws IOException {
        Path raw = Files.writeString(folder.resolve("raw.json"), "[{\"benchmark\": \"a.B.c\", \"error\": \"NaN\"}]");
        Path out = folder.resolve("out.json");
        assertThat(run(raw.toString(), out.toString(), "quick", "abc1234", "-Xmx1g"))
                .isZero();
        Node file = Documents.read(out);
        assertThat(file.get("kind").asText()).isEqualTo("jmh");
        assertThat(file.get("commit").asText()).isEqualTo("abc1234");
        assertThat(file.get("flags").asText()).isEqualTo("-Xmx1g");
        assertThat(file.get("jdk").asText()).contains(Runtime.version().toString());
        assertThat(file.get("cores").asInt()).isPositive();
        assertThat(file.get("results").at(0).get("benchmark").asText()).isEqualTo("a.B.c");
    }

    @Test
    void processorIsReadWhereTheSystemTells() throws IOException {
        Path info = Files.writeString(folder.resolve("cpuinfo"), "processor : 0\nmodel name\t: A B 7\n");
        assertThat(ResultsFile.cpu(info)).isEqualTo("A B 7");
        assertThat(ResultsFile.cpu(Files.writeString(folder.resolve("other"), "x\n")))
                .isEqualTo("unknown");
        assertThat(ResultsFile.cpu(folder.resolve("absent"))).isEqualTo("unknown");
    }

    @Test
    void wrongArgumentsAndFilesAreNamed() {
        assertThat(run("one")).isEqualTo(2);
        assertThat(run(folder.resolve("absent.json").toString(), "o", "m", "c", "f"))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("usage: ResultsFile")
                .contains("absent.json");
    }
}
