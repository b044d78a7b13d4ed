package org.lama.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.TimeSource;

final class TrialLedgerTest {
    private static final TimeSource CLOCK = TimeSource.fixed(1_700_000_000_000_000_000L);

    @TempDir
    Path directory;

    @Test
    void aLedgerWithoutAFileIsEmptyAndSound() throws IOException {
        TrialLedger.Contents contents = ledger().contents();
        assertThat(contents.started()).isEmpty();
        assertThat(contents.trials()).isEmpty();
        assertThat(contents.head()).isEqualTo("0".repeat(64));
        assertThat(TrialLedger.verify(directory).isSound()).isTrue();
        assertThat(ledger().file()).isEqualTo(directory.resolve("trials.jsonl"));
    }

    @Test
    void aTrialIsCountedOnceWhateverItsMetrics() throws IOException {
        assertThat(ledger().append(trial("a", 0.1))).isTrue();
        assertThat(ledger().append(trial("a", 0.7))).isFalse();
        assertThat(ledger().append(trial("b", 0.2))).isTrue();
        assertThat(ledger().appendAll(List.of(trial("b", 0.2), trial("c", 0.3), trial("c", 0.3))))
                .isEqualTo(1);
        TrialLedger.Contents contents = ledger().contents();
        assertThat(contents.trials()).containsExactly(trial("a", 0.1), trial("b", 0.2), trial("c", 0.3));
        assertThat(contents.started()).contains(Instant.ofEpochSecond(1_700_000_000));
        assertThat(contents.tornLine()).isEmpty();
        assertThat(TrialLedger.verify(directory))
                .isEqualTo(new TrialLedger.Verification(4, OptionalInt.empty(), "", false));
    }

    @Test
    void everyDifferenceOfCodeSettingsDataAndWindowIsAnotherTrial() {
        Trial base = new Trial("1.0", "s", "d", 0, 10, Map.of());
        assertThat(base.isSameTrialAs(new Trial("1.0", "s", "d", 0, 10, Map.of("x", 1.0))))
                .isTrue();
        assertThat(base.isSameTrialAs(new Trial("1.1", "s", "d", 0, 10, Map.of())))
                .isFalse();
        assertThat(base.isSameTrialAs(new Trial("1.0", "t", "d", 0, 10, Map.of())))
                .isFalse();
        assertThat(base.isSameTrialAs(new Trial("1.0", "s", "e", 0, 10, Map.of())))
                .isFalse();
        assertThat(base.isSameTrialAs(new Trial("1.0", "s", "d", 1, 10, Map.of())))
                .isFalse();
        assertThat(base.isSameTrialAs(new Trial("1.0", "s", "d", 0, 11, Map.of())))
                .isFalse();
    }

    @Test
    void sharpesAreGivenForOneDataSetAndWindow() throws IOException {
        ledger().append(trial("a", 0.1));
        ledger().append(new Trial("1.0", "a", "other data", -5, 10, Map.of(Trial.SHARPE_PER_PERIOD, 9.0)));
        ledger().append(new Trial("1.0", "none", "data", -5, 10, Map.of("other", 1.0)));
        ledger().append(trial("b", Double.NaN));
        assertThat(ledger().contents().sharpes("data", -5, 10)).containsExactly(0.1, Double.NaN, Double.NaN);
        assertThat(ledger().contents().on("data", -5, 11)).isEmpty();
    }

    @Test
    void everyChangedByteOfTheMiddleIsFoundWithItsLine() throws IOException {
        for (String name : List.of("a", "b", "c", "d")) {
            ledger().append(trial(name, 0.25));
        }
        List<String> lines = Files.readAllLines(ledger().file());
        int[] firstByte = {0, 0, 0, 0, 0};
        byte[] bytes = Files.readAllBytes(ledger().file());
        for (int line = 1; line < 5; line++) {
            firstByte[line] = firstByte[line - 1] + lines.get(line - 1).length() + 1;
        }
        for (int line = 0; line < 4; line++) {
            for (int i = firstByte[line]; i < firstByte[line + 1]; i += 7) {
                byte[] broken = bytes.clone();
                broken[i] = (byte) (broken[i] == 'x' ? 'y' : 'x');
                Files.write(ledger().file(), broken);
                TrialLedger.Verification found = TrialLedger.verify(directory);
                assertThat(found.isSound()).as("byte %d", i).isFalse();
                // A line is broken in itself, or found out by the hash that the next one names.
                assertThat(found.firstBrokenLine().getAsInt()).isBetween(line + 1, line + 2);
                assertThat(found.soundLines()).isEqualTo(found.firstBrokenLine().getAsInt() - 1);
            }
        }
    }

    @Test
    void aRemovedOrSwappedLineIsFound() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            ledger().append(trial(name, 0.25));
        }
        List<String> lines = Files.readAllLines(ledger().file());
        Files.write(ledger().file(), List.of(lines.get(0), lines.get(1), lines.get(3)));
        assertThat(TrialLedger.verify(directory).firstBrokenLine()).hasValue(3);
        Files.write(ledger().file(), List.of(lines.get(0), lines.get(2), lines.get(1), lines.get(3)));
        assertThat(TrialLedger.verify(directory).firstBrokenLine()).hasValue(2);
        Files.write(ledger().file(), lines.subList(1, 4));
        assertThat(TrialLedger.verify(directory).firstBrokenLine()).hasValue(1);
    }

    @Test
    void damageIsRefusedWithFileAndLineAndNothingIsWritten() throws IOException {
        ledger().append(trial("a", 0.1));
        ledger().append(trial("b", 0.1));
        String damaged = Files.readString(ledger().file()).replace("\"a\"", "\"z\"");
        Files.writeString(ledger().file(), damaged);
        assertThatThrownBy(() -> ledger().append(trial("c", 0.1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(ledger().file().toString())
                .hasMessageContaining("line 3 is damaged: previous must be the SHA-256 of the line above")
                .hasMessageContaining("restore the file from a copy");
        assertThatThrownBy(() -> ledger().contents()).isInstanceOf(IOException.class);
        assertThat(Files.readString(ledger().file())).isEqualTo(damaged);
    }

    @Test
    void aLineThatIsNotUtf8IsDamage() throws IOException {
        ledger().append(trial("a", 0.1));
        Files.write(ledger().file(), new byte[] {(byte) 0xff, '\n'}, StandardOpenOption.APPEND);
        assertThat(TrialLedger.verify(directory).detail()).isEqualTo("it is not UTF-8 text");
        assertThat(TrialLedger.verify(directory).firstBrokenLine()).hasValue(3);
    }

    @Test
    void aTornLastLineIsSetAsideAtEveryPlaceItCanBeCut() throws IOException {
        ledger().append(trial("a", 0.1));
        int whole = (int) Files.size(ledger().file());
        ledger().append(trial("b", 0.2));
        byte[] bytes = Files.readAllBytes(ledger().file());
        for (int cut = whole + 1; cut < bytes.length - 1; cut += 5) {
            Files.write(ledger().file(), Arrays.copyOf(bytes, cut));
            assertThat(ledger().contents().trials()).containsExactly(trial("a", 0.1));
            assertThat(ledger().contents().tornLine()).isPresent();
            assertThat(TrialLedger.verify(directory).torn()).isTrue();
            assertThat(TrialLedger.verify(directory).isSound()).isTrue();
            Files.deleteIfExists(directory.resolve("trials.torn"));
            assertThat(ledger().append(trial("b", 0.2))).isTrue();
            assertThat(Files.readAllBytes(ledger().file())).isEqualTo(bytes);
            assertThat(directory.resolve("trials.torn"))
                    .hasContent(new String(bytes, whole, cut - whole, StandardCharsets.UTF_8));
        }
    }

    @Test
    void aWholeLastLineThatLacksOnlyItsLineFeedCounts() throws IOException {
        ledger().append(trial("a", 0.1));
        ledger().append(trial("b", 0.2));
        byte[] bytes = Files.readAllBytes(ledger().file());
        Files.write(ledger().file(), Arrays.copyOf(bytes, bytes.length - 1));
        assertThat(ledger().contents().trials()).hasSize(2);
        ledger().append(trial("c", 0.3));
        assertThat(ledger().contents().trials()).hasSize(3);
        assertThat(TrialLedger.verify(directory).soundLines()).isEqualTo(4);
    }

    @Test
    void aTornHeaderStartsTheLedgerAnew() throws IOException {
        Files.writeString(directory.resolve("trials.jsonl"), "{\"format\":\"lama-tr");
        assertThat(ledger().append(trial("a", 0.1))).isTrue();
        assertThat(TrialLedger.verify(directory).soundLines()).isEqualTo(2);
        assertThat(directory.resolve("trials.torn")).content().contains("{\"format\":\"lama-tr");
    }

    @Test
    void manyThreadsAppendWithoutLosingATrial() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> jobs = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int thread = t;
                jobs.add(pool.submit(() -> {
                    int added = 0;
                    for (int k = 0; k < 10; k++) {
                        added += ledger().append(trial("s" + (thread * 5 + k), 0.1)) ? 1 : 0;
                    }
                    return added;
                }));
            }
            int added = 0;
            for (Future<Integer> job : jobs) {
                added += job.get();
            }
            assertThat(added).isEqualTo(45);
        } finally {
            pool.shutdownNow();
        }
        assertThat(ledger().contents().trials()).hasSize(45);
        assertThat(TrialLedger.verify(directory).isSound()).isTrue();
    }

    @Test
    void theDirectoryIsMadeOnTheFirstAppend() throws IOException {
        TrialLedger nested = TrialLedger.in(directory.resolve("a/b"), CLOCK);
        assertThat(nested.contents().trials()).isEmpty();
        assertThat(Files.exists(directory.resolve("a"))).isFalse();
        nested.append(trial("a", 0.1));
        assertThat(nested.contents().trials()).hasSize(1);
    }

    @Test
    void partsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> new Trial(" ", "s", "d", 0, 1, Map.of())).hasMessage("codeVersion must not be blank");
        assertThatThrownBy(() -> new Trial("1", "s", "d", 1, 1, Map.of()))
                .hasMessage("testToNanos must be after testFromNanos=1, got 1");
        assertThatThrownBy(() -> new Trial("1", "s", "d", 0, 1, Map.of("m", Double.POSITIVE_INFINITY)))
                .hasMessage("metric m must be finite or NaN, got Infinity");
    }

    private TrialLedger ledger() {
        return TrialLedger.in(directory, CLOCK);
    }

    private static Trial trial(String settings, double sharpe) {
        return new Trial(
                "1.0", settings, "data", -5, 10, Map.of(Trial.SHARPE_PER_PERIOD, sharpe, "total \"return\"", -0.125));
    }
}
