package org.lama.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.TimeSource;

final class LedgerMemoryTest {
    private static final TimeSource CLOCK = TimeSource.fixed(1_700_000_000_000_000_000L);
    private static final TimeSource LATER = TimeSource.fixed(1_710_000_000_000_000_000L);
    private static final Seal SEAL = new Seal("sum", Map.of("BTCUSD", List.of("aa")), 100, 200);

    @TempDir
    Path directory;

    private Path home() {
        return directory.resolve("home/ledgers");
    }

    private TrialLedger ledger() {
        return TrialLedger.in(directory.resolve("data"), CLOCK).withCopies(home());
    }

    private static List<Trial> trials(int from, int to) {
        List<Trial> trials = new ArrayList<>();
        for (int i = from; i < to; i++) {
            trials.add(new Trial("1", "s" + i, "d", 0, 10, Map.of(Trial.SHARPE_PER_PERIOD, 0.01 * i)));
        }
        return trials;
    }

    private void keepLines(int count) throws IOException {
        List<String> lines = Files.readAllLines(ledger().file());
        Files.writeString(ledger().file(), String.join("\n", lines.subList(0, count)) + "\n");
    }

    @Test
    void anUntouchedLedgerHasLostNothing() throws IOException {
        assertThat(ledger().contents().lost().happened()).isFalse();
        ledger().appendAll(trials(0, 3));
        ledger().appendAll(trials(3, 5));
        TrialLedger.Contents contents = ledger().contents();
        assertThat(contents.lost().happened()).isFalse();
        assertThat(contents.lost().sentence()).isEmpty();
        assertThat(contents.tip().lines()).isEqualTo(6);
    }

    @Test
    void aTailThatWasCutIsToldByTheHeadBesideItOrInTheHome() throws IOException {
        ledger().appendAll(trials(0, 20));
        keepLines(8);
        assertThat(TrialLedger.verify(directory.resolve("data")).isSound())
                .as("the chain cannot show it")
                .isTrue();
        LedgerLoss lost = ledger().contents().lost();
        assertThat(lost.lines()).isEqualTo(13);
        assertThat(lost.trials()).isEqualTo(13);
        assertThat(lost.sentence())
                .isEqualTo(
                        "the ledger was cut: 13 lines are missing, since 2023-11-14T22:13:20Z, with 13 trials, which "
                                + "count");
        Files.delete(directory.resolve("data/trials.head"));
        assertThat(ledger().contents().lost()).isEqualTo(lost);
        assertThat(TrialLedger.in(directory.resolve("data"), CLOCK)
                        .contents()
                        .lost()
                        .happened())
                .as("without a copy elsewhere nobody knows")
                .isFalse();
    }

    @Test
    void aCutIsNeverForgottenAndASecondOneAddsToIt() throws IOException {
        ledger().appendAll(trials(0, 20));
        keepLines(8);
        ledger().appendAll(trials(100, 105));
        assertThat(ledger().contents().lost().trials()).isEqualTo(13);
        keepLines(10);
        assertThat(ledger().contents().lost().trials()).isEqualTo(16);
        TrialLedger.in(directory.resolve("data"), LATER).withCopies(home()).appendAll(trials(200, 201));
        assertThat(ledger().contents().lost().trials()).isEqualTo(16);
        assertThat(ledger().contents().lost().since()).hasToString("2023-11-14T22:13:20Z");
    }

    @Test
    void aLedgerThatWasRemovedWithItsFolderIsTold() throws IOException {
        ledger().appendAll(trials(0, 4));
        Path data = directory.resolve("data");
        for (String name : List.of("trials.jsonl", "trials.head", "trials.lock")) {
            Files.deleteIfExists(data.resolve(name));
        }
        assertThat(ledger().contents().lost().sentence())
                .startsWith("the ledger was begun anew: 4 lines are missing")
                .contains("4 trials");
        TrialLedger anew = TrialLedger.in(data, LATER).withCopies(home());
        anew.appendAll(trials(0, 1));
        assertThat(anew.contents().lost().trials()).isEqualTo(4);
        anew.appendAll(trials(1, 2));
        assertThat(anew.contents().lost().trials()).isEqualTo(4);
    }

    @Test
    void onlyLedgersWithBarsThatAreFoundElsewhereAreCopied() throws IOException {
        ledger().appendAll(trials(0, 4));
        assertThat(home()).isDirectoryNotContaining("glob:**.jsonl").isDirectoryContaining("glob:**.head");
        ledger().appendAll(trials(4, 5), Optional.of(new DataMark("d", Map.of("BTCUSD", List.of("aa", "bb")))));
        assertThat(home()).isDirectoryContaining("glob:**.jsonl");
        TrialLedger other = TrialLedger.in(directory.resolve("other"), CLOCK).withCopies(home());
        assertThat(other.elsewhere(new DataMark("x", Map.of("COIN", List.of("aa", "bb"))), 0, 10))
                .as("those from before the bars were marked, too")
                .hasSize(5);
    }

    @Test
    void aForkIsTold() throws IOException {
        ledger().appendAll(trials(0, 4));
        String before = Files.readString(ledger().file());
        ledger().appendAll(trials(4, 8));
        String head = Files.readString(directory.resolve("data/trials.head"));
        Files.writeString(ledger().file(), before);
        Files.delete(directory.resolve("data/trials.head"));
        TrialLedger.in(directory.resolve("data"), LATER).appendAll(trials(10, 16));
        Files.writeString(directory.resolve("data/trials.head"), head);
        assertThat(ledger().contents().lost().sentence()).startsWith("the ledger was rewritten: it did not grow from");
    }

    @Test
    void aSpentWindowStaysSpentWhenTheLineThatBrokeTheSealIsCut() throws IOException {
        ledger().seal(SEAL);
        ledger().unseal(1, "look");
        keepLines(2);
        assertThat(ledger().contents().seals()).hasSize(1).noneMatch(Seal.Kept::holds);
        ledger().appendAll(trials(0, 1));
        assertThat(ledger().contents().seals()).as("after an append").hasSize(1).noneMatch(Seal.Kept::holds);
        ledger().appendAll(trials(1, 2));
        assertThat(ledger().contents().seals()).hasSize(1).noneMatch(Seal.Kept::holds);
        assertThatThrownBy(() -> ledger().seal(SEAL)).hasMessageContaining("is spent");
    }

    @Test
    void aSealThatWasCutHolds() throws IOException {
        ledger().appendAll(trials(0, 2));
        ledger().seal(SEAL);
        keepLines(3);
        assertThat(ledger().contents().seals()).hasSize(1).allMatch(Seal.Kept::holds);
        assertThatThrownBy(() -> ledger().unseal(1, "look"))
                .hasMessageContaining("stood in a line that the ledger has lost");
        assertThat(TrialLedger.rememberedSeals(home()).values().iterator().next())
                .hasSize(1);
        assertThat(TrialLedger.rememberedSeals(directory.resolve("none"))).isEmpty();
    }

    @Test
    void aDamagedMemoryIsAnError() throws IOException {
        ledger().appendAll(trials(0, 2));
        Files.writeString(directory.resolve("data/trials.head"), "{}");
        assertThatThrownBy(() -> ledger().contents())
                .hasMessageContaining("what is remembered of a trial ledger is damaged");
    }

    @Test
    void aHomeThatCannotBeWrittenCostsNothing() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        TrialLedger ledger = TrialLedger.in(directory.resolve("data"), CLOCK).withCopies(file.resolve("below"));
        assertThat(ledger.appendAll(trials(0, 2))).isEqualTo(2);
        assertThat(ledger.contents().lost().happened()).isFalse();
    }

    @Test
    void trialsOnOverlappingWindowsOfTheSameDataAreFound() throws IOException {
        List<String> prints = List.of("a", "b", "c");
        DataMark first = new DataMark("one", Map.of("BTCUSD", prints));
        DataMark shifted = new DataMark("two", Map.of("BTCUSD", prints));
        DataMark renamed = new DataMark("three", Map.of("COIN", List.of("b", "c", "x")));
        DataMark other = new DataMark("four", Map.of("ETHUSD", List.of("q", "r")));
        for (DataMark mark : List.of(first, shifted, renamed, other)) {
            ledger().appendAll(List.of(new Trial("1", "s", mark.dataChecksum(), 0, 100, Map.of())), Optional.of(mark));
        }
        TrialLedger.Contents contents = ledger().contents();
        assertThat(contents.marks()).containsExactly(first, shifted, renamed, other);
        assertThat(contents.around(first, 1, 100)).hasSize(3);
        assertThat(contents.around(other, 1, 100)).hasSize(1);
        assertThat(contents.around(first, 40, 400)).as("60 of 100").hasSize(3);
        assertThat(contents.around(first, 50, 400)).as("just half").isEmpty();
        assertThat(contents.around(first, 80, 100)).as("a part of it").hasSize(3);
        assertThat(contents.around(DataMark.of("one"), 0, 100))
                .as("known by its checksum alone")
                .hasSize(1);
        assertThat(ledger().appendAll(List.of(new Trial("1", "t", "one", 0, 100, Map.of())), Optional.of(first)))
                .isEqualTo(1);
        assertThat(ledger().contents().marks()).hasSize(4);
        assertThat(TrialLedger.verify(directory.resolve("data")).isSound()).isTrue();
    }

    @Test
    void aPanelIsLikeAnotherThatSharesHalfOfTheSmaller() {
        DataMark panel = new DataMark("p", Map.of("A", List.of(), "B", List.of(), "C", List.of(), "D", List.of()));
        assertThat(panel.isLike(new DataMark("q", Map.of("A", List.of(), "X", List.of()))))
                .isTrue();
        assertThat(panel.isLike(new DataMark("q", Map.of("A", List.of(), "X", List.of(), "Y", List.of()))))
                .isFalse();
        assertThat(new DataMark("q", Map.of("A", List.of())).isLike(panel)).isTrue();
        assertThatThrownBy(() -> new DataMark("q", Map.of("a-b", List.of())))
                .hasMessageContaining("instrument must be AB");
    }
}
