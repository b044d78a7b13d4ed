package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** Everything a user can give us that is wrong: each message says what, where and what to do, and none is a stack. */
class BadInputTest {
    private static final List<String> GOOD = BarTexts.walk(1, 300);

    @TempDir
    private Path folder;

    private Path file(List<String> rows) throws IOException {
        return BarTexts.write(folder.resolve("BADUSDT.csv"), rows);
    }

    private Shell.Outcome verify(Path path) {
        return clean(Shell.run("data", "verify", path.toString()));
    }

    private Shell.Outcome study(Path path, String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of("--data", path.toString()));
        if (!List.of(more).contains("--out")) {
            args.addAll(List.of("--out", folder.resolve("out").toString(), "--force"));
        }
        args.addAll(List.of(more));
        return clean(Shell.study(folder, args.toArray(String[]::new)));
    }

    private static Shell.Outcome clean(Shell.Outcome outcome) {
        assertThat(outcome.out() + outcome.err()).doesNotContain("\tat ", "Exception");
        return outcome;
    }

    /** Faults that leave nothing to study: both commands end with exit code 3 and the same sentence. */
    private void refused(Path path, String... parts) throws IOException {
        Shell.Outcome verified = verify(path);
        assertThat(verified.code()).isEqualTo(3);
        assertThat(verified.out()).contains(parts).contains("What to do:");
        Shell.Outcome studied = study(path);
        assertThat(studied.code()).isEqualTo(3);
        assertThat(studied.err()).startsWith("lama: ").contains(parts).hasLineCount(1);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    /** Faults in a few rows: verify ends with 3; a study leaves the bars out, says so, and runs. */
    private void leftOut(Path path, String... parts) throws IOException {
        Shell.Outcome verified = verify(path);
        assertThat(verified.code()).isEqualTo(3);
        assertThat(verified.out()).contains(parts).contains("What to do:");
        Shell.Outcome studied = study(path);
        assertThat(studied.code()).as(studied.err()).isZero();
        assertThat(studied.out()).contains(parts).contains("1 series with findings of severity ERROR", "Repair the");
    }

    @Test
    void anEmptyFile() throws IOException {
        refused(
                Files.writeString(folder.resolve("BADUSDT.csv"), ""),
                "BADUSDT.csv: the file is empty; give a file with a header and rows");
    }

    @Test
    void aHeaderOnly() throws IOException {
        refused(file(List.of()), "BADUSDT.csv, row 2: the header has no rows below; give a file with rows");
    }

    @Test
    void aMissingColumn() throws IOException {
        Path file = Files.writeString(folder.resolve("BADUSDT.csv"), "time_ms,open,high,low\n1577836800000,1,2,0.5\n");
        refused(
                file,
                "BADUSDT.csv, row 1, column close: no header with a time and a price column",
                "name the columns, for example time_ms,open,high,low,close,volume");
    }

    @Test
    void noNumbersAtAll() throws IOException {
        Path file = file(BarTexts.each(GOOD, row -> row.split(",", -1)[0] + ",x,x,x,x,x"));
        Shell.Outcome studied = study(file);
        assertThat(studied.code()).isEqualTo(3);
        assertThat(studied.err())
                .contains("BADUSDT has no usable bar; repair or leave out the file; found NON_FINITE 300 times, first")
                .contains("(row 2), column open: 'x'");
    }

    @Test
    void textInANumber() throws IOException {
        leftOut(file(BarTexts.spoiled(GOOD, 17, 4, "abc")), "NON_FINITE", "(row 19), column close: 'abc'");
    }

    @Test
    void notANumberAndInfinity() throws IOException {
        leftOut(file(BarTexts.spoiled(GOOD, 17, 4, "NaN")), "NON_FINITE", "(row 19), column close: no number");
        leftOut(file(BarTexts.spoiled(GOOD, 17, 2, "Infinity")), "NON_FINITE", "(row 19), column high: Infinity");
    }

    @Test
    void aNegativePrice() throws IOException {
        leftOut(file(BarTexts.spoiled(GOOD, 17, 3, "-5")), "NON_POSITIVE", "(row 19), column low: -5.0");
    }

    @Test
    void anUnreadableTime() throws IOException {
        leftOut(
                file(BarTexts.spoiled(GOOD, 17, 0, "yesterday")),
                "MISSING_BARS",
                "(row 19), column time_ms: 'yesterday'");
    }

    @Test
    void unsortedTime() throws IOException {
        List<String> rows = new ArrayList<>(GOOD);
        Collections.swap(rows, 10, 11);
        leftOut(file(rows), "OUT_OF_ORDER", "2020-01-11T00:00:00Z (row 13)");
    }

    @Test
    void duplicatedTime() throws IOException {
        List<String> rows = new ArrayList<>(GOOD);
        rows.add(20, rows.get(19));
        Shell.Outcome equal = verify(file(rows));
        assertThat(equal.code()).isZero();
        assertThat(equal.out()).contains("WARNING", "DUPLICATE_EQUAL", "(row 22)", "one of the rows is kept");
        rows.set(20, BarTexts.spoiled(rows, 20, 5, "77").get(20));
        leftOut(file(rows), "DUPLICATE_DIFFERENT", "(row 22)");
    }

    @Test
    void aSeriesShorterThanOneWindow() throws IOException {
        Path file = file(BarTexts.walk(1, 40));
        Shell.Outcome studied = study(file);
        assertThat(studied.code()).isEqualTo(2);
        assertThat(studied.err())
                .contains("no series is as long as one training window of 120 days")
                .contains("BADUSDT, has 40.0 days. Give longer data, or set a smaller study.trainDays");
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(study(file, "--estimate").code()).isEqualTo(2);
        assertThat(study(file(BarTexts.walk(1, 1))).err()).contains("has 1 bar, too few to tell their spacing");
    }

    @Test
    void aConstantSeries() throws IOException {
        Path file = file(BarTexts.each(GOOD, row -> row.split(",", -1)[0] + ",5,5,5,5,10"));
        Shell.Outcome verified = verify(file);
        assertThat(verified.code()).isZero();
        assertThat(verified.out()).contains("STALE_RUN", "(row 2): 300 bars with equal prices", "stood still");
        Shell.Outcome studied = study(file);
        assertThat(studied.code()).isEqualTo(3);
        assertThat(studied.err())
                .contains("BADUSDT.csv, column close: the close of BADUSDT never changes, so there is nothing to trade")
                .contains("look whether the right column is called close");
        BarTexts.write(folder.resolve("GOODUSDT.csv"), GOOD);
        Shell.Outcome both = study(folder);
        assertThat(both.code()).as(both.err()).isZero();
        assertThat(both.out()).contains("Note: the close of BADUSDT never changes; leave it out with --symbols");
    }

    @Test
    void oneAssetIsEnough() throws IOException {
        Shell.Outcome studied = study(file(GOOD));
        assertThat(studied.code()).as(studied.err()).isZero();
        assertThat(studied.out()).contains("1 asset, 3 folds");
    }

    @Test
    void anUnknownSymbol() throws IOException {
        Shell.Outcome own = study(file(GOOD), "--symbols", "BADUSD");
        assertThat(own.code()).isEqualTo(2);
        assertThat(own.err()).contains("symbol 'BADUSD' is not in the data; nearest of 1 is BADUSDT");
        Shell.Outcome synthetic = clean(Shell.study(folder, "--symbols", "SYN1USDT"));
        assertThat(synthetic.code()).isEqualTo(2);
        assertThat(synthetic.err()).contains("symbol 'SYN1USDT' is not in the data; nearest of 3 is SYN01USDT");
    }

    @Test
    void configurationsThatAreWrong() throws IOException {
        assertConfig(
                "study:\n  combinr: x\n", "unknown key 'combinr' in 'study'; known keys: ", "did you mean 'combiner'?");
        assertConfig("studi:\n  seed: 1\n", "unknown key 'studi'", "did you mean 'study'?");
        assertConfig(
                "data:\n  simbols: [A]\n", "unknown key 'simbols' in 'data'; known keys: ", "did you mean 'symbols'?");
        assertConfig("study:\n  cash: much\n", "study.cash must be a number, got");
        assertConfig("study:\n  trainDays: 3\n", "trainDays must be >= 30, got 3");
        assertConfig("study:\n  seed: 1\n  seed: 2\n", "line 3");
        assertConfig("- 1\n", "settings are keys with values, such as those of --print-config, got [1]");
        assertConfig("data:\n  volumeUnit: pounds\n", "volumeUnit must be base or quote, got 'pounds'");
        assertConfig("data:\n  instrument: BINANCE.FUTURE\n", "SPOT or PERP, got 'FUTURE'");
        Shell.Outcome missing =
                clean(Shell.run("study", "--config", folder.resolve("none.yaml").toString()));
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("none.yaml: no such file or directory; check the path");
        Shell.Outcome directory = clean(Shell.run("study", "--config", folder.toString()));
        assertThat(directory.code()).isEqualTo(2);
        assertThat(directory.err()).contains(folder + ": is a folder; give a YAML or JSON file");
    }

    private void assertConfig(String text, String... parts) throws IOException {
        Path config = Files.writeString(folder.resolve("wrong.yaml"), text);
        Shell.Outcome outcome = clean(Shell.run("study", "--print-config", "--config", config.toString()));
        assertThat(outcome.code()).as(text).isEqualTo(2);
        assertThat(outcome.err()).contains(parts).contains("wrong.yaml").hasLineCount(1);
    }

    @Test
    void outputFoldersThatCannotBeWritten() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("inTheWay"), "");
        Path bars = file(GOOD);
        Shell.Outcome asFile = study(bars, "--out", inTheWay.toString());
        assertThat(asFile.code()).isEqualTo(2);
        assertThat(asFile.err()).contains(inTheWay + ": is a file, not a folder; choose another --out");
        Shell.Outcome below = study(bars, "--out", inTheWay.resolve("below").toString());
        assertThat(below.code()).isEqualTo(2);
        assertThat(below.err())
                .contains("below: cannot be written (")
                .contains("choose another --out or change its permissions")
                .doesNotContain("fits:");
    }

    @Test
    void pathsThatAreNotThere() throws IOException {
        Path nowhere = folder.resolve("nowhere.csv");
        Shell.Outcome verified = verify(nowhere);
        assertThat(verified.code()).isEqualTo(2);
        assertThat(verified.err())
                .isEqualTo("lama: " + nowhere + ": there is no such file or folder; check the path\n");
        assertThat(study(nowhere).code()).isEqualTo(2);
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(verify(empty).err()).contains("holds no file that ends in .csv", "give a folder with such files");
        assertThat(study(empty).code()).isEqualTo(2);
    }

    @Test
    void filesOfAnotherKind() throws IOException {
        byte[] noise = new byte[300];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) (i * 37 + 27);
        }
        Path binary = Files.write(folder.resolve("BADUSDT.csv"), noise);
        Shell.Outcome outcome = study(binary);
        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err().strip()).doesNotContainPattern("\\p{Cntrl}");
        Path parquet = Files.write(folder.resolve("x.parquet"), noise);
        assertThat(study(parquet).err())
                .contains("x.parquet: not a readable Parquet file", "fetch or write it again")
                .doesNotContain("@", "org.apache");
        Path gzip = Files.write(folder.resolve("x.csv.gz"), new byte[] {0x1f, (byte) 0x8b, 9, 9, 9, 9, 9, 9, 9, 9, 9});
        assertThat(study(gzip).err()).contains("x.csv.gz: the gzip stream is broken", "fetch the file again");
    }

    @Test
    void flagsThatAreWrong() throws IOException {
        Path bars = file(GOOD);
        assertFlag("no combiner is called 'wighted'; found: [bayesian", bars, "--combiner", "wighted");
        assertFlag("did you mean 'weighted'?", bars, "--combiner", "wighted");
        assertFlag("did you mean 'equal-risk'?", bars, "--sizing", "equalrisk");
        assertFlag("threads must be >= 1, got 0", bars, "--threads", "0");
        assertFlag("--from must look like 2021-01-01", bars, "--from", "2020-13-01");
        assertFlag("--interval must look like 5m, 1h, 1d or PT1H, got '1x'", bars, "--interval", "1x");
        assertFlag("ask for a whole multiple of the file's own spacing", bars, "--interval", "36h");
        assertFlag("instrument must be VENUE.KIND such as BINANCE.SPOT, got 'A'", bars, "--instrument", "A");
        assertFlag("'x' is not a whole number", bars, "--seed", "x");
        assertFlag("cash must be finite and > 0, got -5", bars, "--cash", "-5");
        assertFlag("--from must lie before --to", bars, "--from", "2021-01-01", "--to", "2020-01-01");
        assertFlag("its bars open from 2020-01-01T00:00:00Z to 2020-10-26T00:00:00Z", bars, "--from", "2029-01-01");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private void assertFlag(String message, Path bars, String... flags) throws IOException {
        Shell.Outcome outcome = study(bars, flags);
        assertThat(outcome.code()).as(message).isEqualTo(2);
        assertThat(outcome.err()).contains(message);
    }

    @Test
    void theStackIsShownOnRequestOnly() throws IOException {
        Shell.Outcome plain = study(folder.resolve("nowhere"));
        assertThat(plain.err()).doesNotContain("\tat ");
        Shell.Outcome debug =
                Shell.study(folder, "--data", folder.resolve("nowhere").toString(), "--debug");
        assertThat(debug.code()).isEqualTo(2);
        assertThat(debug.err()).contains("DataException", "\tat org.lama.");
        assertThat(Shell.run("study", "--debug", "--seed", "x").err()).contains("\tat picocli");
    }

    @Test
    void namesInFilesCannotSteerTheTerminal() throws IOException {
        Path hostile = Files.write(
                folder.resolve("panel.csv"),
                "symbol,time_ms,close\nXEVIL,1577836800000,abc\nXEVIL,1577923200000,2\n"
                        .replace("X", "\u001b[2J")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(verify(hostile).out()).contains("EVIL").doesNotContain("\u001b");
    }

    @Test
    void verifyAsJsonHasTheKeysThatAreDocumented() throws IOException {
        Shell.Outcome outcome = Shell.run(
                "data", "verify", file(BarTexts.spoiled(GOOD, 17, 4, "abc")).toString(), "--json");
        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err()).isEmpty();
        Node files = outcome.json().get("files");
        assertThat(files.size()).isEqualTo(1);
        assertThat(files.at(0).names())
                .containsExactly(
                        "path",
                        "rows",
                        "expected",
                        "missing",
                        "gaps",
                        "duplicatesEqual",
                        "duplicatesDifferent",
                        "outOfOrder",
                        "zeroVolume",
                        "ohlcViolations",
                        "nonFinite",
                        "nonPositive",
                        "spikes",
                        "redenominationSuspects",
                        "staleRuns",
                        "issues");
        assertThat(files.at(0).get("nonFinite").asInt()).isEqualTo(1);
        assertThat(files.at(0).get("issues").at(0).names()).containsExactly("reason", "count", "first", "last");
    }

    @Test
    void seriesThatShareAFileAreToldApartBySymbol() throws IOException {
        StringBuilder text = new StringBuilder("symbol,time_ms,close\n");
        for (int day = 0; day < 20; day++) {
            text.append("AAA,").append(1_577_836_800_000L + day * 86_400_000L).append(",5\n");
            text.append("BBB,").append(1_577_836_800_000L + day * 86_400_000L).append(",7\n");
        }
        Path panel = Files.writeString(folder.resolve("panel.csv"), text);
        Shell.Outcome outcome = Shell.run("data", "verify", panel.toString(), "--json");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.json().get("files").items())
                .extracting(file -> file.get("symbol").asText())
                .containsExactly("AAA", "BBB");
        assertThat(verify(panel).out()).contains("AAA (panel.csv): 20 rows", "nothing wrong");
        assertThat(Documents.json(outcome.json())).isEqualTo(outcome.out());
    }
}
