package org.lama.backtest.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.search.Direction;
import org.lama.core.search.ParameterSpace;
import org.lama.core.search.Samplers;
import org.lama.core.search.SequentialTaskExecutor;

/** A sweep that was killed, torn or stopped ends as one that was not. */
class SweepResumeTest {
    @TempDir
    Path temporary;

    private static byte[] log(Path folder) throws IOException {
        return Files.readAllBytes(folder.resolve("trials.log"));
    }

    private static void same(SweepResult one, SweepResult other) {
        assertThat(one.asText()).isEqualTo(other.asText());
        assertThat(one.statistics().sharpeVariance())
                .isEqualTo(other.statistics().sharpeVariance());
        assertThat(one.statistics().reasons()).isEqualTo(other.statistics().reasons());
        assertThat(one.reality()).isPresent().isEqualTo(other.reality());
        assertThat(one.returns().sampled()).isEqualTo(other.returns().sampled());
        assertThat(Arrays.deepEquals(one.returns().matrix(), other.returns().matrix()))
                .isTrue();
    }

    @Test
    void aLogThatIsTornAnywhereIsFilledUpToTheSameBytes() throws IOException {
        Path whole = temporary.resolve("whole");
        SweepResult uninterrupted = SweepChild.run(whole, 1, 0);
        byte[] bytes = log(whole);
        Rng rng = Seeds.rng(4, 0);
        for (int round = 0; round < 25; round++) {
            Path torn = temporary.resolve("torn-" + round);
            Files.createDirectories(torn);
            Files.copy(whole.resolve("sweep.json"), torn.resolve("sweep.json"));
            Files.write(torn.resolve("trials.log"), Arrays.copyOf(bytes, rng.nextInt(bytes.length + 1)));
            SweepResult resumed = SweepChild.run(torn, 1 + round % 3, 0);
            assertThat(log(torn)).isEqualTo(bytes);
            same(resumed, uninterrupted);
        }
    }

    @Test
    void aFinishedSweepIsReadAndNotRunAgain() throws IOException {
        SweepResult first = SweepChild.run(temporary, 2, 0);
        byte[] bytes = log(temporary);
        // a second of work for each trial: 600 of them would not end
        SweepResult second = SweepChild.run(temporary, 2, 0);
        assertThat(log(temporary)).isEqualTo(bytes);
        same(second, first);
        assertThat(second.isWhole()).isTrue();
    }

    @Test
    void fiveKilledProcessesLeaveWhatAnUninterruptedOneLeaves() throws Exception {
        killed(5, 1);
    }

    @Test
    @Tag("slow")
    void fiftyKilledProcessesLeaveWhatAnUninterruptedOneLeaves() throws Exception {
        killed(50, 2);
    }

    /** Each sweep is killed at a random moment and then started again until it ends by itself. */
    private void killed(int kills, long seed) throws Exception {
        Path whole = temporary.resolve("whole");
        SweepResult uninterrupted = SweepChild.run(whole, 1, 0);
        Rng rng = Seeds.rng(seed, 0);
        int hit = 0;
        int round = 0;
        while (hit < kills) {
            Path folder = temporary.resolve("killed-" + round);
            while (true) {
                Process child = start(folder, 1 + round % 2);
                // not before the work began: a dead start tests nothing
                while (child.isAlive() && !Files.exists(folder.resolve("trials.log"))) {
                    child.waitFor(5, TimeUnit.MILLISECONDS);
                }
                boolean ended = child.waitFor(rng.nextInt(450), TimeUnit.MILLISECONDS);
                if (ended || hit == kills) {
                    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
                    assertThat(child.exitValue()).isZero();
                    break;
                }
                child.destroyForcibly().waitFor();
                hit++;
            }
            assertThat(log(folder)).isEqualTo(log(whole));
            assertThat(Files.readAllBytes(folder.resolve("sweep.json")))
                    .isEqualTo(Files.readAllBytes(whole.resolve("sweep.json")));
            same(SweepChild.run(folder, 1, 0), uninterrupted);
            round++;
        }
    }

    @Test
    void tenThousandTrialsFitIntoASmallHeap() throws Exception {
        inHeap("48m", 10_000, 4_000);
    }

    @Test
    @Tag("slow")
    void aMillionTrialsOnAHundredThousandBarsFitInto256MiB() throws Exception {
        inHeap("256m", 1_000_000, 100_000);
    }

    private void inHeap(String heap, int trials, int bars) throws Exception {
        Path said = temporary.resolve("said.txt");
        Process child = new ProcessBuilder(
                        java(),
                        "-Xmx" + heap,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SweepMillion.class.getName(),
                        temporary.resolve("many").toString(),
                        Integer.toString(trials),
                        Integer.toString(bars))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(child.waitFor(20, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(said)).startsWith(trials + " {");
        assertThat(child.exitValue()).isZero();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Process start(Path folder, int threads) throws IOException {
        return new ProcessBuilder(
                        java(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SweepChild.class.getName(),
                        folder.toString(),
                        Integer.toString(threads),
                        "800")
                .redirectErrorStream(true)
                .redirectOutput(new File(folder + ".out"))
                .start();
    }

    @Test
    void damageBeforeTheEndIsRefusedWithFileAndLine() throws IOException {
        SweepChild.run(temporary, 1, 0);
        Path file = temporary.resolve("trials.log");
        byte[] bytes = Files.readAllBytes(file);
        int third = nth(bytes, 2) + 5;
        bytes[third] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> SweepChild.run(temporary, 1, 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("trials.log: line 3 is damaged");
    }

    @Test
    void aLineThatWasCutOutIsDamage() throws IOException {
        SweepChild.run(temporary, 1, 0);
        Path file = temporary.resolve("trials.log");
        byte[] bytes = Files.readAllBytes(file);
        int from = nth(bytes, 3);
        int to = nth(bytes, 4);
        Files.write(file, Arrays.copyOf(bytes, from));
        Files.write(file, Arrays.copyOfRange(bytes, to, bytes.length), StandardOpenOption.APPEND);
        assertThatThrownBy(() -> SweepChild.run(temporary, 1, 0)).hasMessageContaining("line 4 is damaged");
    }

    private static int nth(byte[] bytes, int line) {
        int at = 0;
        for (int seen = 0; seen < line; at++) {
            seen += bytes[at] == '\n' ? 1 : 0;
        }
        return at;
    }

    private Sweep sweep(String space, String data, String version) {
        return Sweep.of(
                        Samplers.random(ParameterSpace.parse(space), Direction.MAXIMISE, 17),
                        new SweepChild.Hills(0),
                        SweepSettings.of(40, 5))
                .withFolder(temporary, data, version);
    }

    @Test
    void aFolderOfAnotherSweepIsRefusedWithBothChecksums() throws IOException {
        String space = "a=1..40,b=0.0..1.0,c=x|y|z";
        sweep(space, "data-1", "1.0").run(SequentialTaskExecutor.create());
        assertThatThrownBy(() -> sweep(space, "data-2", "1.0").run(SequentialTaskExecutor.create()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other data: their checksum is data-1, these have data-2");
        assertThatThrownBy(() -> sweep(space, "data-1", "1.1").run(SequentialTaskExecutor.create()))
                .hasMessageContaining("a sweep of version 1.0, this is 1.1");
        assertThatThrownBy(() ->
                        sweep("a=1..41,b=0.0..1.0,c=x|y|z", "data-1", "1.0").run(SequentialTaskExecutor.create()))
                .hasMessageContaining("other settings: their checksum is ")
                .hasMessageContaining("these have ")
                .hasMessageContaining("space was 'a=1..40,b=0.0..1.0,c=x|y|z', is 'a=1..41,b=0.0..1.0,c=x|y|z'");
        Sweep another = Sweep.of(
                        Samplers.random(ParameterSpace.parse(space), Direction.MINIMISE, 18),
                        new SweepChild.Hills(0),
                        SweepSettings.of(41, 5))
                .withFolder(temporary, "data-1", "1.0");
        assertThatThrownBy(() -> another.run(SequentialTaskExecutor.create()))
                .hasMessageContaining(
                        "(direction was 'maximise', is 'minimise'; seed was '17', is '18'; trials was '40', is '41')");
        Files.delete(temporary.resolve("sweep.json"));
        assertThatThrownBy(() -> sweep(space, "data-1", "1.0").run(SequentialTaskExecutor.create()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds trials but no sweep.json");
        Files.writeString(temporary.resolve("sweep.json"), "{\"format\": \"other\"}", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> sweep(space, "data-1", "1.0").run(SequentialTaskExecutor.create()))
                .hasMessageContaining("is no lama-sweep-1");
    }
}
