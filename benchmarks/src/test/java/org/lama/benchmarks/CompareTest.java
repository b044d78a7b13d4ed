package org.lama.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** The script that alternates processes, and its report; needs python3 on the path as the rest of the build's checks do. */
class CompareTest {
    private static final Path MODULE = module();
    private static final Set<String> GATES =
            Set.of("ratio", "max", "loglikAtLeast", "aiccAtMost", "aiccDifferenceMedianAtMost", "aiccWorseShareAtMost");

    @TempDir
    Path folder;

    private record Outcome(int code, String text) {}

    private static Path module() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("compare")) ? here : here.resolve("benchmarks");
    }

    private Outcome compare(String... args) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("python3", MODULE.resolve("compare").toString()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), text);
    }

    private Path targets(String rows) throws IOException {
        return Files.writeString(folder.resolve("targets.json"), "{\"targets\": [" + rows + "]}");
    }

    @Test
    void twoCommandsRunInTurnAndTheirLinesAreCompared() throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        Path out = folder.resolve("out.json");
        String line = "{\"task\": \"t\", \"n\": 7, \"cpu_min\": %s, \"wall_min\": 0.5, \"reps\": 3}";
        String ours = "echo ours >> " + log + "; echo '" + String.format(line, "0.25") + "'";
        String peer = "echo peer >> " + log + "; echo noise; echo '" + String.format(line, "1.0") + "'";
        Outcome outcome =
                compare("--runs", "3", "--ours", ours, "--peer", peer, "--name", "n", "--out", out.toString());
        assertThat(outcome.code()).as(outcome.text()).isZero();
        assertThat(Files.readAllLines(log)).containsExactly("ours", "peer", "ours", "peer", "ours", "peer");
        Node rows = Documents.read(out).get("rows");
        assertThat(rows.at(0).get("name").asText()).isEqualTo("process n vs peer");
        assertThat(rows.at(0).get("ours").get("wall").get("runs").asInt()).isEqualTo(3);
        assertThat(rows.at(1).get("name").asText()).isEqualTo("t@7 vs peer");
        assertThat(rows.at(1).get("ratio").asDouble()).isEqualTo(4);
        assertThat(outcome.text()).contains("t@7 vs peer").contains("results: ");
    }

    @Test
    void cpuOfAProcessCountsItsChildren() throws IOException, InterruptedException {
        Path out = folder.resolve("out.json");
        String busy = "sh -c 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done'; true";
        compare("--runs", "1", "--ours", "true", "--peer", busy, "--out", out.toString());
        Node row = Documents.read(out).get("rows").at(0);
        assertThat(row.get("theirs").get("cpu").get("min").asDouble())
                .isGreaterThan(row.get("ours").get("cpu").get("min").asDouble());
    }

    @Test
    void aFailingSideAndWrongOptionsStopTheRun() throws IOException, InterruptedException {
        assertThat(compare("--ours", "true", "--peer", "exit 3").text()).contains("'exit 3' ended with exit code 3");
        assertThat(compare("--ours", "true", "--peer", "echo '{\"error\": \"no data\"}'")
                        .text())
                .contains("reported no data");
        assertThat(compare("--runs", "0", "arima").code()).isNotZero();
        assertThat(compare("nothing").text()).contains("arima, walk, adf, garch, forest, panel, indicators, engine");
    }

    @Test
    void aPeerThatWasNotAskedForIsSkippedByName() throws IOException, InterruptedException {
        Outcome outcome = compare("--peers", "nobody", "forest");
        assertThat(outcome.code()).isNotZero();
        assertThat(outcome.text()).contains("sklearn is skipped").contains("no peer of 'forest'");
    }

    @Test
    void reportTellsMetMissedLaterAndNotMeasured() throws IOException, InterruptedException {
        Path results = Files.writeString(
                folder.resolve("r.json"),
                "{\"kind\": \"compare\", \"rows\": [{\"name\": \"a vs p\", \"ratio\": 5.0}, {\"name\": \"b vs p\", \"ratio\": 1.5}]}");
        Path jmh = Files.writeString(
                folder.resolve("j.json"),
                "{\"kind\": \"jmh\", \"results\": ["
                        + "{\"benchmark\": \"x.B.ours\", \"params\": {\"n\": \"9\"}, \"primaryMetric\": {\"score\": 2.0}},"
                        + "{\"benchmark\": \"x.B.base\", \"params\": {\"n\": \"9\"}, \"primaryMetric\": {\"score\": 9.0}}]}");
        Path targets = targets("{\"name\": \"a vs p\", \"ratio\": 4}, {\"name\": \"b vs p\", \"ratio\": 2},"
                + "{\"name\": \"c\", \"ratio\": 1, \"since\": \"the next milestone\"}, {\"name\": \"d\", \"ratio\": 1},"
                + "{\"name\": \"e\", \"ratio\": 3, \"ours\": \"B.ours@9\", \"baseline\": \"B.base@9\"}");
        Outcome outcome = compare("--report", "--targets", targets.toString(), results.toString(), jmh.toString());
        assertThat(outcome.code()).isEqualTo(1);
        List<String> lines = outcome.text().lines().skip(1).toList();
        assertThat(lines.get(0)).startsWith("a vs p").endsWith("5.00  met");
        assertThat(lines.get(1)).startsWith("b vs p").endsWith("1.50  MISSED");
        assertThat(lines.get(2)).endsWith("later: the next milestone");
        assertThat(lines.get(3)).endsWith("not measured");
        assertThat(lines.get(4)).endsWith("4.50  met");
        Path easy = targets("{\"name\": \"a vs p\", \"ratio\": 4}");
        assertThat(compare("--report", "--targets", easy.toString(), results.toString())
                        .code())
                .isZero();
    }

    @Test
    void reportChecksSecondsLikelihoodsAndCriteria() throws IOException, InterruptedException {
        String side = "{\"wall\": {\"median\": %s}, \"last\": {\"loglik\": %s, \"aicc\": %s}}";
        String row = "{\"name\": \"%s\", \"ours\": %s, \"theirs\": %s%s}";
        String ours = String.format(side, "20.0", "100.5", "-190.0");
        String theirs = String.format(side, "1.0", "100.50005", "-200.0");
        Path results = Files.writeString(
                folder.resolve("r.json"),
                "{\"kind\": \"compare\", \"rows\": ["
                        + String.format(row, "a", ours, theirs, ", \"aiccWorseShare\": 0.04")
                        + ","
                        + String.format(row, "b", ours, theirs, ", \"standIn\": true") + "]}");
        Path targets =
                targets("{\"name\": \"a\", \"max\": {\"of\": \"wall\", \"seconds\": 25}, \"loglikAtLeast\": \"peer\","
                        + " \"aiccAtMost\": \"peer\", \"aiccWorseShareAtMost\": 0.05},"
                        + "{\"name\": \"a\", \"max\": {\"of\": \"wall\", \"seconds\": 15}, \"loglikAtLeast\": 100.6, \"aiccAtMost\": -189.5},"
                        + "{\"name\": \"b\", \"loglikAtLeast\": 200}");
        Outcome outcome = compare("--report", "--targets", targets.toString(), results.toString());
        List<String> lines = outcome.text().lines().skip(1).toList();
        assertThat(lines).hasSize(8);
        assertThat(lines.get(0)).startsWith("a wall s <=").endsWith("20.00  met");
        assertThat(lines.get(1)).startsWith("a loglik >=").endsWith("100.50  met");
        assertThat(lines.get(2)).startsWith("a aicc <=").endsWith("MISSED");
        assertThat(lines.get(3)).startsWith("a aiccWorseShare <=").endsWith("0.04  met");
        assertThat(lines.get(4)).endsWith("20.00  MISSED");
        assertThat(lines.get(5)).endsWith("MISSED");
        assertThat(lines.get(6)).endsWith("met");
        // a walk in place of the real series has another likelihood
        assertThat(lines.get(7)).endsWith("not measured");
        assertThat(outcome.code()).isEqualTo(1);
    }

    @Test
    void everyTargetNamesItsWorkPeerRatioThreadsAndHow() throws IOException {
        Set<String> names = new HashSet<>();
        List<Node> targets =
                Documents.read(MODULE.resolve("targets.json")).get("targets").items();
        for (Node target : targets) {
            assertThat(names.add(target.get("name").asText())).isTrue();
            assertThat(target.get("work").asText()).isNotBlank();
            assertThat(target.get("peer").asText()).isNotBlank();
            assertThat(GATES.stream().filter(target::has))
                    .as(target.get("name").asText())
                    .isNotEmpty();
            if (target.has("ratio")) {
                assertThat(target.get("ratio").asDouble()).isPositive();
            }
            if (target.has("max")) {
                assertThat(target.get("max").get("of").asText()).isIn("cpu", "wall");
                assertThat(target.get("max").get("seconds").asDouble()).isPositive();
            }
            assertThat(target.get("threads").asInt()).isPositive();
            assertThat(target.get("how").asText()).isNotBlank();
            target.get("warm").asBoolean();
        }
        assertThat(targets).hasSizeGreaterThan(30);
    }
}
