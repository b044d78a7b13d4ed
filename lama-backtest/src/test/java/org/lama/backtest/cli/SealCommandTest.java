package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.backtest.api.Dataset;
import org.lama.backtest.api.Lama;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** A seal as a user meets it: 400 daily bars from 2020-01-01, the last 100 closed. */
final class SealCommandTest {
    private static final String SEALED_FROM = "2020-10-27T00:00:00Z";

    @TempDir
    private Path folder;

    private Path bars;

    @BeforeEach
    void write() throws IOException {
        bars = BarTexts.write(folder.resolve("btc-usd.csv"), BarTexts.walk(3, 400));
    }

    private Shell.Outcome run(String command, String... more) {
        List<String> args = new java.util.ArrayList<>(List.of(command, "--data", bars.toString()));
        args.addAll(List.of(more));
        return Shell.run(args.toArray(String[]::new));
    }

    private Shell.Outcome backtest(Path data, String out, String... more) {
        List<String> args = new java.util.ArrayList<>(List.of(
                "backtest",
                "--strategy",
                "buy-and-hold",
                "--data",
                data.toString(),
                "--out",
                folder.resolve(out).toString()));
        args.addAll(List.of(more));
        return Shell.run(args.toArray(String[]::new));
    }

    private Node manifest(String out) throws IOException {
        return Documents.read(folder.resolve(out).resolve("result.json"));
    }

    @Test
    void theNextCommandCanBeTypedWhereAPathHasSpaces() throws IOException {
        Path spaced = Files.copy(
                bars, Files.createDirectories(folder.resolve("my data")).resolve("it's BTCUSD.csv"));
        String typed = "'" + spaced.toString().replace("'", "'\\''") + "'";
        assertThat(Shell.run("seal", "--data", spaced.toString(), "--last", "100d")
                        .out())
                .contains("Next: ./lama unseal --data " + typed + " --reason");
        assertThat(Shell.run("unseal", "--data", spaced.toString(), "--reason", "why")
                        .out())
                .contains("Next: ./lama study --data " + typed + "\n");
    }

    @Test
    void whatReadsATableWholeSaysThatASealHoldsBesideIt() throws IOException {
        String data = bars.toString();
        List<String[]> commands = List.of(
                new String[] {"test", "adf", data, "--column", "close"},
                new String[] {"garch", "fit", data, "--column", "close"},
                new String[] {"data", "verify", data},
                new String[] {"data", "gaps", data});
        for (String[] command : commands) {
            assertThat(Shell.run(command).err()).doesNotContain("SEALED");
        }
        run("seal", "--last", "100d");
        for (String[] command : commands) {
            assertThat(Shell.run(command).err())
                    .contains("SEALED: seal 1 keeps BTCUSD closed from " + SEALED_FROM + " on")
                    .contains("reads all rows of " + data);
        }
    }

    @Test
    void aSealedWindowIsCutOffAndEveryAnswerSaysSo() throws IOException {
        Shell.Outcome sealed = run("seal", "--last", "100d");
        assertThat(sealed.code()).as(sealed.err()).isZero();
        assertThat(sealed.out())
                .contains("Sealed: BTCUSD from " + SEALED_FROM + " on, as seal 1")
                .contains("Open: 300 bars before it")
                .contains("Next: ./lama unseal");
        Dataset data = Lama.load(bars);
        assertThat(data.data().frames().get(0).size()).isEqualTo(300);
        assertThat(data.notices()).singleElement().asString().contains("closed from " + SEALED_FROM);
        assertThat(data.explain()).contains("Sealed: seal 1 in ");
        Shell.Outcome run = backtest(bars, "cut");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("Sealed: seal 1 in ");
        Node series = manifest("cut").get("data").at(0);
        assertThat(series.get("note").asText()).contains("Sealed: seal 1");
        assertThat(Files.readString(folder.resolve("cut/report.html"))).contains("<strong>SEALED</strong>");
    }

    @Test
    void aRangeThatReachesIntoTheSealIsRefusedAndOneThatEndsBeforeIsNot() {
        assertThat(run("seal", "--from", "2020-10-27").code()).isZero();
        Shell.Outcome into = backtest(bars, "into", "--to", "2020-12-01");
        assertThat(into.code()).isEqualTo(ExitCode.USAGE);
        assertThat(into.err())
                .contains("seal 1 in ")
                .contains("the range that was asked for reaches into it")
                .contains("lama unseal");
        Shell.Outcome inside = backtest(bars, "inside", "--from", "2020-11-01");
        assertThat(inside.code()).isEqualTo(ExitCode.USAGE);
        Shell.Outcome before = backtest(bars, "before", "--to", "2020-10-01");
        assertThat(before.code()).as(before.err()).isZero();
        assertThat(before.out()).doesNotContain("Sealed");
    }

    @Test
    void anotherFileOfTheInstrumentAndAnotherNameOfTheFileAreClosedAsWell() throws IOException {
        assertThat(run("seal", "--last", "100d").code()).isZero();
        Path same = BarTexts.write(folder.resolve("BTCUSD.csv"), BarTexts.walk(99, 380));
        assertThat(Lama.load(same).data().frames().get(0).size()).isEqualTo(300);
        Path renamed = Files.copy(bars, folder.resolve("harmless.csv"));
        assertThat(Lama.load(renamed).data().frames().get(0).size()).isEqualTo(300);
        Path other = BarTexts.write(folder.resolve("ETHUSD.csv"), BarTexts.walk(5, 400));
        assertThat(Lama.load(other).data().frames().get(0).size()).isEqualTo(400);
        assertThat(Lama.load(other).notices()).isEmpty();
        Path late = BarTexts.write(
                folder.resolve("btcusd-late.csv"), BarTexts.walk(3, 400).subList(320, 400));
        Shell.Outcome onlySealed = backtest(late, "late");
        assertThat(onlySealed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(onlySealed.err()).contains("no bar lies before");
    }

    @Test
    void theLedgerOfTheRunIsAskedAsWellAsTheOneBesideTheData() {
        Path ledger = folder.resolve("elsewhere");
        assertThat(run("seal", "--last", "100d", "--ledger", ledger.toString()).code())
                .isZero();
        Shell.Outcome with = backtest(bars, "with", "--ledger", ledger.toString(), "--to", "2020-12-01");
        assertThat(with.code()).isEqualTo(ExitCode.USAGE);
        assertThat(backtest(bars, "without").code()).isZero();
    }

    @Test
    void oneUnsealingOpensTheWindowAndMarksItSpentForGood() throws IOException {
        run("seal", "--last", "100d");
        Shell.Outcome opened = run("unseal", "--reason", "final test");
        assertThat(opened.code()).as(opened.err()).isZero();
        assertThat(opened.out()).contains("Unsealed: seal 1").contains("The window is spent");
        Shell.Outcome run = backtest(bars, "final");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("SPENT hold-out");
        assertThat(Files.readString(folder.resolve("final/report.html")))
                .contains("<strong>SPENT HOLD-OUT</strong>")
                .contains("final test");
        assertThat(manifest("final").get("data").at(0).get("rows").asInt()).isEqualTo(400);
        Shell.Outcome before = backtest(bars, "before", "--to", "2020-10-01");
        assertThat(before.out()).doesNotContain("SPENT");
        assertThat(run("unseal", "--reason", "again").err()).contains("no seal holds in");
        Shell.Outcome again = run("seal", "--last", "50d");
        assertThat(again.code()).isEqualTo(ExitCode.USAGE);
        assertThat(again.err()).contains("is spent; seal data that came after it");
        assertThat(run("seal", "--list").out())
                .contains("seal 1: BTCUSD from " + SEALED_FROM)
                .contains("SPENT");
    }

    @Test
    void aSealSaysHowManyEarlierTrialsSawTheWindow() {
        assertThat(backtest(bars, "early").code()).isZero();
        assertThat(run("seal", "--last", "100d").out()).contains("Note: 1 earlier trials of these data already saw");
    }

    @Test
    void sealsThatMakeNoSenseAreRefused() {
        assertThat(run("seal").err()).contains("either --last 180d or --from");
        assertThat(run("seal", "--last", "10d", "--from", "2020-03-01").err()).contains("either --last 180d or --from");
        Shell.Outcome whole = run("seal", "--last", "400d");
        assertThat(whole.code()).isEqualTo(ExitCode.USAGE);
        assertThat(whole.err()).contains("a seal over the whole history leaves nothing to study");
        assertThat(run("seal", "--from", "2031-01-01").err()).contains("there is nothing to seal");
        assertThat(run("seal", "--list").out()).isEqualTo("no seal\n");
        assertThat(run("seal", "--list", "--json").out()).contains("\"seals\"");
        assertThat(run("seal", "--last", "100d", "--json").out()).contains("\"holds\"");
        assertThat(run("seal", "--last", "50d").err()).contains("a window is sealed once");
        assertThat(run("unseal", "--reason", "r", "--seal", "7").err()).contains("seal must be one of the 1");
        assertThat(run("unseal", "--reason", "r", "--json").out()).contains("\"unsealedAt\"");
    }

    @Test
    void aLedgerThatIsGoneShowsInARerun() throws IOException {
        assertThat(backtest(bars, "known").code()).isZero();
        String manifest = folder.resolve("known/result.json").toString();
        assertThat(Shell.run("rerun", manifest).out()).doesNotContain("Trial ledger");
        Path ledger = folder.resolve(".lama/trials.jsonl");
        String whole = Files.readString(ledger);
        Files.writeString(ledger, whole.substring(0, whole.indexOf('\n') + 1));
        assertThat(Shell.run("rerun", manifest).out())
                .contains("Trial ledger: ")
                .contains("it was cut short");
        Files.delete(ledger);
        Shell.Outcome gone = Shell.run("rerun", manifest);
        assertThat(gone.code()).isZero();
        assertThat(gone.out()).contains("it was removed, or is kept elsewhere");
        assertThat(Shell.run("rerun", manifest, "--json").out()).contains("\"ledger\"");
        Files.writeString(ledger, "nonsense\n");
        assertThat(Shell.run("rerun", manifest, "--json").code()).isNotEqualTo(ExitCode.INTERNAL);
    }
}
