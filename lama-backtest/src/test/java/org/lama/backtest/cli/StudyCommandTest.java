package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetFrames;
import org.lama.core.store.ParquetTable;

class StudyCommandTest {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Shell.Outcome first;
    private static Path done;

    @BeforeAll
    static void oneStudy() throws IOException {
        done = shared.resolve("first");
        first = Shell.study(shared, "--out", done.toString(), "--threads", "2");
    }

    @Test
    void aStudySaysSyntheticFirstAndEndsWithThreeLines() {
        assertThat(first.code()).as(first.err()).isZero();
        List<String> lines = first.out().lines().toList();
        assertThat(lines.get(0)).startsWith("SYNTHETIC");
        assertThat(lines.subList(lines.size() - 3, lines.size()))
                .satisfiesExactly(
                        verdict -> assertThat(verdict).startsWith("Verdict: "),
                        why -> assertThat(why).startsWith("Why: "),
                        next -> assertThat(next).startsWith("Next: ./lama study --data"));
        assertThat(first.err()).contains("fits: ").contains(" of 15").doesNotContain("SLF4J");
    }

    @Test
    void syntheticBooksAreWatchedByTheProfileOfBooksAndTheResultSaysSo() throws IOException {
        Path out = folder.resolve("books");
        Shell.Outcome books = Shell.study(folder, "--synthetic-books", "--out", out.toString());
        assertThat(books.code()).as(books.err()).isZero();
        Node manifest = Documents.read(out.resolve("result.json"));
        assertThat(Documents.json(manifest))
                .contains("\"syntheticMarket\": \"synthetic-books\"")
                .contains("Isolation forest (BOOK profile): 15 of 15");
        assertThat(Files.readString(done.resolve("result.json"))).doesNotContain("syntheticMarket");
        Shell.Outcome again = Shell.run("rerun", out.resolve("result.json").toString());
        assertThat(again.code()).as(again.out() + again.err()).isZero();
    }

    @Test
    void syntheticBooksBesideOtherDataAreRefused() throws IOException {
        Path bars = Files.writeString(folder.resolve("bars.csv"), "time,open,high,low,close,volume\n");
        Shell.Outcome both = Shell.run("study", "--synthetic-books", "--data", bars.toString());
        assertThat(both.code()).isNotZero();
        assertThat(both.err()).contains("leave one of them out");
    }

    @Test
    void itWritesFourFilesThatCanBeRead() throws IOException {
        try (var files = Files.list(done)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("report.html", "result.json", "trades.parquet", "equity.parquet");
        }
        assertThat(Files.readString(done.resolve("report.html")))
                .contains("SYNTHETIC")
                .endsWith("</html>\n");
        ParquetTable trades = ParquetFrames.read(done.resolve("trades.parquet"));
        assertThat(trades.names())
                .containsExactly(
                        "symbol",
                        "side",
                        "entryTime",
                        "exitTime",
                        "entryPrice",
                        "exitPrice",
                        "quantity",
                        "fees",
                        "slippage",
                        "pnl");
        assertThat(trades.rows()).isPositive();
        ParquetTable equity = ParquetFrames.read(done.resolve("equity.parquet"));
        assertThat(equity.names()).containsExactly("time", "equity", "benchmark", "drawdown", "exposure", "regime");
        assertThat(equity.doubles("equity")[0]).isEqualTo(1_000_000);
    }

    @Test
    void theManifestHoldsWhatIsNeededToRunAgain() throws IOException {
        Node manifest = Documents.read(done.resolve("result.json"));
        assertThat(manifest.names())
                .contains(
                        "schema",
                        "command",
                        "partial",
                        "settings",
                        "seed",
                        "versions",
                        "determinism",
                        "data",
                        "trials",
                        "metrics",
                        "sensitivity",
                        "folds",
                        "dropped",
                        "combiners",
                        "planted",
                        "verdict",
                        "reason",
                        "next");
        assertThat(manifest.get("partial").asBoolean()).isFalse();
        assertThat(manifest.get("provenance").asText()).isEqualTo("SYNTHETIC");
        assertThat(manifest.get("data").at(0).names())
                .contains("path", "sha256", "rows", "from", "to", "provenance", "quality");
        assertThat(manifest.get("trials").names()).contains("raw", "effective");
        assertThat(manifest.get("metrics").names()).containsExactly("strategy", "benchmark");
        assertThat(manifest.get("folds").at(0).names())
                .contains("asset", "trainFrom", "trainTo", "testFrom", "testTo", "status", "inSample", "outOfSample");
        assertThat(manifest.get("folds").at(0).get("testFrom").asText()).endsWith("Z");
        assertThat(manifest.get("planted").at(0).names()).contains("asset", "found");
        assertThat(manifest.get("sensitivity").size()).isEqualTo(4);
        assertThat(manifest.get("combiners").size()).isEqualTo(4);
        Node models = manifest.get("slippageModels");
        assertThat(models.size()).isEqualTo(2);
        assertThat(models.at(0).get("model").asText()).isEqualTo("square-root");
        assertThat(models.at(0).get("configured").asBoolean()).isTrue();
        assertThat(models.at(0).get("sharpe").asDouble())
                .isEqualTo(manifest.get("sensitivity").at(1).get("sharpe").asDouble());
        assertThat(models.at(1).get("assumes").asText())
                .isEqualTo("commission 0.10 %, slippage 0.05 % per fill and side");
        assertThat(models.at(1).get("costs").asDouble())
                .isLessThan(models.at(0).get("costs").asDouble());
        assertThat(Files.readString(done.resolve("report.html")))
                .contains("The same study under each model of slippage", "flat", "square-root (asked for)");
    }

    @Test
    void filesFollowTheUmaskLikeOrdinaryOnes() throws IOException {
        Assumptions.assumeTrue(
                done.getFileSystem().supportedFileAttributeViews().contains("posix"), "needs POSIX permissions");
        var ordinary = Files.getPosixFilePermissions(Files.createFile(folder.resolve("ordinary")));
        assertThat(ordinary).contains(PosixFilePermission.OWNER_READ);
        for (String name : List.of("report.html", "result.json", "trades.parquet", "equity.parquet")) {
            assertThat(Files.getPosixFilePermissions(done.resolve(name)))
                    .as(name)
                    .isEqualTo(ordinary);
        }
    }

    @Test
    void anyNumberOfThreadsWritesTheSameResult() throws IOException {
        Path other = shared.resolve("seven");
        assertThat(Shell.study(shared, "--out", other.toString(), "--threads", "7")
                        .code())
                .isZero();
        Path one = shared.resolve("one");
        assertThat(Shell.study(shared, "--out", one.toString(), "--threads", "1")
                        .code())
                .isZero();
        for (String name : List.of("result.json", "trades.parquet", "equity.parquet")) {
            assertThat(other.resolve(name)).hasSameBinaryContentAs(done.resolve(name));
            assertThat(one.resolve(name)).hasSameBinaryContentAs(done.resolve(name));
        }
    }

    @Test
    void withJsonStandardOutputIsOneDocumentAndPeopleReadStandardError() throws IOException {
        Path out = folder.resolve("json");
        Shell.Outcome outcome = Shell.study(folder, "--out", out.toString(), "--json");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.json()).isEqualTo(Documents.read(out.resolve("result.json")));
        assertThat(outcome.json().get("provenance").asText()).isEqualTo("SYNTHETIC");
        assertThat(outcome.err()).contains("SYNTHETIC", "Verdict: ", "Report: ", "fits: ");
    }

    @Test
    void quickKeepsTheLastThreeYears() throws IOException {
        Path config = Files.writeString(
                folder.resolve("long.yaml"),
                Shell.SMALL
                        .replace("syntheticAssets: 3", "syntheticAssets: 13")
                        .replace("420", "1300")
                        .replace("trainDays: 120", "trainDays: 1000"));
        Path out = folder.resolve("quick");
        Shell.Outcome outcome = Shell.run(
                "study",
                "--config",
                config.toString(),
                "--quick",
                "--out",
                out.toString(),
                "--ledger",
                folder.resolve("ledger").toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        Node manifest = Documents.read(out.resolve("result.json"));
        assertThat(manifest.get("quick").asBoolean()).isTrue();
        assertThat(outcome.out()).contains("Quick: the first 12 series at most");
        assertThat(manifest.get("data").items())
                .hasSize(12)
                .allSatisfy(series -> assertThat(series.get("rows").asInt()).isEqualTo(1095));
        assertThat(Shell.run("rerun", out.resolve("result.json").toString()).code())
                .isZero();
    }

    @Test
    void printConfigGivesAFileThatGivesTheSameSettings() throws IOException {
        String[] flags = {
            "study", "--print-config", "--symbols", "AAA,BBB", "--from", "2020-01-01", "--to", "2021-01-01T12:00:00Z",
            "--interval", "4h", "--instrument", "binance.perp", "--volume-unit", "quote", "--cash", "5000.5",
            "--combiner", "bayesian", "--sizing", "equal-weight", "--seed", "-7", "--data", "some/bars.csv"
        };
        Shell.Outcome printed = Shell.run(flags);
        assertThat(printed.code()).isZero();
        assertThat(printed.err()).isEmpty();
        Path file = Files.writeString(folder.resolve("printed.yaml"), printed.out());
        Shell.Outcome again = Shell.run("study", "--print-config", "--config", file.toString());
        assertThat(again.out()).isEqualTo(printed.out());
        assertThat(printed.out())
                .contains("BINANCE.PERP", "PT4H", "cash: 5000.5", "seed: -7", "path: some/bars.csv", "quote");
        Shell.Outcome json = Shell.run("study", "--print-config", "--json", "--config", file.toString());
        assertThat(json.json()).isEqualTo(Documents.parseYaml(printed.out(), "printed"));
    }

    @Test
    void aFlagBeatsTheFileAndTheFileBeatsTheDefault() throws IOException {
        Path file = Files.writeString(
                folder.resolve("some.json"),
                "{\"study\": {\"combiner\": \"dynamic\", \"seed\": 9, \"trainDays\": 200}}");
        Node settings = Shell.run(
                        "study", "--print-config", "--json", "--config", file.toString(), "--combiner", "consensus")
                .json();
        assertThat(settings.get("study").get("combiner").asText()).isEqualTo("consensus");
        assertThat(settings.get("study").get("seed").asInt()).isEqualTo(9);
        assertThat(settings.get("study").get("trainDays").asInt()).isEqualTo(200);
        assertThat(settings.get("study").get("stepDays").asInt()).isEqualTo(30);
    }

    @Test
    void estimateCountsAndMeasuresWithoutWritingAnything() throws IOException {
        Path out = folder.resolve("estimate");
        Shell.Outcome outcome = Shell.study(folder, "--estimate", "--out", out.toString());
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .contains("work: 3 series, 1260 bars, 15 folds, 45 fits")
                .containsPattern("time: (about \\d+ seconds?|less than a second) for the fits");
        assertThat(out).doesNotExist();
        assertThat(folder.resolve("ledger")).doesNotExist();
        Node json = Shell.study(folder, "--estimate", "--json").json();
        assertThat(json.get("fits").asInt()).isEqualTo(45);
        assertThat(json.get("fitSeconds").asDouble()).isPositive();
    }

    @Test
    void resultsAreNeverOverwrittenWithoutForce() throws IOException {
        Path out = Files.createDirectory(folder.resolve("kept"));
        Path marker = Files.writeString(out.resolve("result.json"), "{}");
        Shell.Outcome refused = Shell.study(folder, "--out", out.toString());
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains(out + ": holds results already; choose another --out, or add --force");
        assertThat(marker).hasContent("{}");
        assertThat(Shell.study(folder, "--out", out.toString(), "--force").code())
                .isZero();
        assertThat(Documents.read(marker).get("schema").asText()).isEqualTo("lama.study/1");
    }

    @Test
    void theSeedMakesTheSyntheticMarketToo() throws IOException {
        Path out = folder.resolve("seed");
        assertThat(Shell.study(folder, "--out", out.toString(), "--seed", "7").code())
                .isZero();
        Node manifest = Documents.read(out.resolve("result.json"));
        assertThat(manifest.get("seed").asInt()).isEqualTo(7);
        assertThat(manifest.get("dataChecksum"))
                .isNotEqualTo(Documents.read(done.resolve("result.json")).get("dataChecksum"));
        assertThat(Shell.run("rerun", out.resolve("result.json").toString()).code())
                .isZero();
    }

    @Test
    void symbolsAndTimesAlsoChooseFromTheSyntheticMarket() throws IOException {
        Path out = folder.resolve("some");
        Shell.Outcome outcome = Shell.study(
                folder,
                "--out",
                out.toString(),
                "--symbols",
                "SYN03USDT,SYN01USDT",
                "--from",
                "2020-02-01",
                "--to",
                "2021-01-01");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        Node data = Documents.read(out.resolve("result.json")).get("data");
        assertThat(data.items())
                .extracting(series -> series.get("symbol").asText())
                .containsExactly("SYN03USDT", "SYN01USDT");
        assertThat(data.at(0).get("from").asText()).isEqualTo("2020-02-01T00:00:00Z");
        assertThat(data.at(0).get("to").asText()).isEqualTo("2021-01-01T00:00:00Z");
        Shell.Outcome never = Shell.study(folder, "--from", "2031-01-01");
        assertThat(never.code()).isEqualTo(2);
        assertThat(never.err()).contains("no bar in the wanted range", "2020-01-01T00:00:00Z", "ask for another range");
    }

    @Test
    void otherCombinersAreCountedOnceAndRepeatsAreNot() throws IOException {
        assertThat(raw("a", "weighted")).isEqualTo(4);
        assertThat(raw("b", "bayesian")).isEqualTo(4);
        assertThat(raw("c", "weighted", "--sizing", "equal-weight")).isEqualTo(8);
        assertThat(raw("d", "weighted")).isEqualTo(8);
        Path ledger = folder.resolve("ledger").resolve("trials.jsonl");
        List<String> lines = Files.readAllLines(ledger);
        assertThat(lines).hasSize(9);
        assertThat(Shell.run("rerun", folder.resolve("a/result.json").toString())
                        .code())
                .isZero();
        assertThat(Files.readAllLines(ledger)).isEqualTo(lines);
    }

    private int raw(String name, String combiner, String... more) throws IOException {
        List<String> args = new java.util.ArrayList<>(
                List.of("--out", folder.resolve(name).toString(), "--combiner", combiner, "--symbols", "SYN01USDT"));
        args.addAll(List.of(more));
        Shell.Outcome outcome = Shell.study(folder, args.toArray(String[]::new));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        Node trials =
                Documents.read(folder.resolve(name).resolve("result.json")).get("trials");
        assertThat(trials.get("ledgerStarted").asText()).endsWith("Z");
        return trials.get("raw").asInt();
    }

    @Test
    void aLedgerThatCannotBeUsedIsFoundBeforeTheWork() throws IOException {
        Path ledger = Files.createDirectory(folder.resolve("ledger"));
        Files.writeString(ledger.resolve("trials.jsonl"), "no ledger\nat all\n");
        Path out = folder.resolve("out");
        Shell.Outcome damaged = Shell.study(folder, "--out", out.toString());
        assertThat(damaged.code()).isEqualTo(2);
        assertThat(damaged.err())
                .contains("trials cannot be counted", "line 1", "name another folder with --ledger")
                .doesNotContain("fits:");
        assertThat(out).doesNotExist();
        Path file = Files.writeString(folder.resolve("file"), "");
        Shell.Outcome inTheWay = Shell.run(
                "study",
                "--config",
                Shell.config(folder).toString(),
                "--ledger",
                file.toString(),
                "--out",
                out.toString());
        assertThat(inTheWay.code()).isEqualTo(2);
        assertThat(inTheWay.err()).contains(file + ": the trial ledger cannot be used");
    }

    @Test
    void ownBarsGiveARelativePathAndACommandToTypeNext() throws IOException {
        Path bars = BarTexts.write(
                Files.createDirectory(folder.resolve("my data")).resolve("WALKUSDT.csv"), BarTexts.walk(3, 300));
        Path out = folder.resolve("own");
        Shell.Outcome outcome = Shell.study(folder, "--data", bars.toString(), "--out", out.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .startsWith("Rule fixed before the data are opened, SHA-256 ")
                .contains("\n1 series, bars of 1 d, provenance HISTORICAL\n  WALKUSDT: 300 bars", "1 asset, ")
                .containsPattern("Next: \\./lama data verify '[^']*my data/WALKUSDT.csv'   # then give");
        Node manifest = Documents.read(out.resolve("result.json"));
        assertThat(manifest.get("settings").get("data").get("path").asText()).isEqualTo("../my data/WALKUSDT.csv");
        assertThat(manifest.get("provenance").asText()).isEqualTo("HISTORICAL");
        assertThat(manifest.get("data").at(0).get("path").asText()).isEqualTo("WALKUSDT.csv");
        assertThat(Files.readString(out.resolve("result.json")))
                .doesNotContain("\"" + folder, "'" + folder, " " + folder);
        assertThat(Files.readString(out.resolve("report.html"))).contains("../my data/WALKUSDT.csv");
    }

    @Test
    void withoutVolumesThereIsNoCapacity() throws IOException {
        List<String> rows = BarTexts.each(BarTexts.walk(3, 300), row -> row.substring(0, row.lastIndexOf(',') + 1));
        Path bars = BarTexts.write(folder.resolve("WALKUSDT.csv"), rows);
        Shell.Outcome outcome = Shell.study(folder, "--data", bars.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out() + outcome.err())
                .contains("capital at which the mean return is 0: n/a. No volume is known of most assets");
    }

    @Test
    void volumeInQuoteIsConverted() throws IOException {
        Path bars = BarTexts.write(folder.resolve("WALKUSDT.csv"), BarTexts.walk(3, 300));
        Path out = folder.resolve("quote");
        Shell.Outcome outcome =
                Shell.study(folder, "--data", bars.toString(), "--volume-unit", "quote", "--out", out.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(Documents.read(out.resolve("result.json"))
                        .get("data")
                        .at(0)
                        .get("note")
                        .asText())
                .contains("volume converted from quote to base");
        Path bare = Files.writeString(
                folder.resolve("BAREUSDT.csv"),
                "time_ms,close\n"
                        + String.join(
                                "\n",
                                BarTexts.each(
                                        BarTexts.walk(4, 300),
                                        row -> row.split(",", -1)[0] + "," + row.split(",", -1)[4]))
                        + "\n");
        assertThat(Shell.study(
                                folder,
                                "--data",
                                bare.toString(),
                                "--volume-unit",
                                "quote",
                                "--out",
                                folder.resolve("bare").toString())
                        .code())
                .isZero();
    }
}
