package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.api.SharedFolder;
import org.lama.core.series.Frame;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetFrames;

final class BookCommandTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = RecordedBook.write(folder.resolve("usdm.gz"), 60, false);
    }

    private static Shell.Outcome book(String command, String... more) {
        List<String> args = new ArrayList<>(List.of("book", command));
        args.addAll(List.of(more));
        return Shell.run(args.toArray(String[]::new));
    }

    private Shell.Outcome recorded(String command, String... more) {
        List<String> args = new ArrayList<>(
                List.of(file.toString(), "--format", "binance-usdm", "--tick", "0.1", "--lot", "0.001"));
        args.addAll(List.of(more));
        return book(command, args.toArray(String[]::new));
    }

    private Shell.Outcome replay(String out, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "--strategy",
                "touch-quoter",
                "--param",
                "quantity=0.01",
                "--param",
                "inventory=0.05",
                "--out",
                folder.resolve(out).toString(),
                "--ledger",
                folder.resolve("ledger").toString()));
        args.addAll(List.of(more));
        return recorded("replay", args.toArray(String[]::new));
    }

    @Test
    void showPrintsTheLadderItsValidityAndWhatIsWrong() throws IOException {
        Shell.Outcome shown = recorded("show", "--levels", "2");
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.out())
                .contains("usdm (binance-usdm)", "nothing wrong found", ": valid, last row 0 ms ago", "bidQuantity");
        Node json = recorded("show", "--levels", "2", "--json").json();
        assertThat(json.get("valid").asBoolean()).isTrue();
        assertThat(json.get("bids").items()).hasSize(2);
        assertThat(json.get("bids").at(0).at(0).asDouble()).isEqualTo(100.0);
        assertThat(json.get("asks").at(0).at(0).asDouble()).isEqualTo(100.1);
        assertThat(json.get("flaws").names()).isEmpty();
        // until the first change joins the snapshot
        assertThat(json.get("validShare").asDouble()).isBetween(0.99, 1.0);
    }

    @Test
    void aHoleInTheNumbersIsCountedAndTheBookIsNotValidBehindIt() throws IOException {
        file = RecordedBook.write(folder.resolve("hole.gz"), 20, true);
        Node json = recorded("show", "--json").json();
        assertThat(json.get("flaws").get("gap").asInt()).isEqualTo(1);
        assertThat(json.get("valid").asBoolean()).isFalse();
        assertThat(json.get("bids").items()).isEmpty();
        assertThat(json.get("validShare").asDouble()).isBetween(0.4, 0.6);
        assertThat(recorded("show").out())
                .contains("NOT VALID", "  gap: 1, first at 2023-11-14T22:13:30.", ": holes in the numbers of changes");
        assertThat(json.get("flawsFrom").get("gap").asText()).startsWith("2023-11-14T22:13:30.");
        Node features = recorded("features", "--json").json();
        assertThat(features.get("flaws")).isEqualTo(json.get("flaws"));
        assertThat(features.get("flawsFrom")).isEqualTo(json.get("flawsFrom"));
        Node before = recorded("show", "--json", "--at", "2023-11-14T22:13:25Z").json();
        assertThat(before.get("valid").asBoolean()).isTrue();
        Node early = recorded("show", "--json", "--at", "2023-11-14T00:00:00Z").json();
        assertThat(early.get("ageMillis").kind()).isEqualTo(Node.Kind.NULL);
    }

    @Test
    void outsideOfTheFeedNoBookIsValidAndTheEndsOfTheFeedAreTold() throws IOException {
        Node whole = recorded("show", "--json").json();
        String end = whole.get("to").asText();
        assertThat(whole.get("valid").asBoolean()).isTrue();
        assertThat(recorded("show", "--at", "2023-11-15T00:00:00Z").out())
                .contains("NOT VALID, the feed ended at " + end, "below is how it ended")
                .doesNotContain(": valid");
        Node late = recorded("show", "--json", "--at", "2023-11-15T00:00:00Z").json();
        assertThat(late.get("valid").asBoolean()).isFalse();
        assertThat(late.get("bids")).isEqualTo(whole.get("bids"));
        assertThat(recorded("show", "--at", "2023-11-14T00:00:00Z").out())
                .contains("NOT VALID, the feed begins at " + whole.get("from").asText())
                .doesNotContain(": valid");
    }

    @Test
    void theLadderPrintsEveryTickOfAHighPrice() throws IOException {
        file = rewritten(
                "high.gz",
                line -> line.replace("\"100.0\"", "\"1061659.7\"")
                        .replace("\"100.1\"", "\"1061659.8\"")
                        .replace("\"99.9\"", "\"1061659.6\"")
                        .replace("\"100.2\"", "\"1061659.9\""));
        String shown = recorded("show").out();
        assertThat(shown).contains("1,061,659.7", "1,061,659.8", "1,061,659.6", "1,061,659.9", " 7.000");
        assertThat(shown.lines().filter(line -> line.startsWith("bidQuantity")).count())
                .isOne();
    }

    @Test
    void aFeedThatWasNeverValidIsNoTrial() throws IOException {
        file = rewritten("holes.gz", line -> line.contains("lastUpdateId") ? "" : line);
        Shell.Outcome refused = replay("never");
        assertThat(refused.code()).isEqualTo(ExitCode.DATA_FAULTS);
        assertThat(refused.err()).contains("holes.gz: the book must be valid for some time, it never was");
        assertThat(folder.resolve("never")).doesNotExist();
        try (Stream<Path> files = Files.walk(folder.resolve("ledger"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .as("entries of the ledger")
                    .isEmpty();
        }
        file = folder.resolve("usdm.gz");
        assertThat(replay("sound", "--json").json().get("trials").asInt()).isEqualTo(1);
    }

    private Path rewritten(String name, UnaryOperator<String> lines) throws IOException {
        Path other = folder.resolve(name);
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file));
                GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(other))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                out.write((lines.apply(line) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return other;
    }

    @Test
    void featuresAreSummedUpAndWritten() throws IOException {
        Path csv = folder.resolve("deep/features.csv");
        Shell.Outcome sampled = recorded("features", "--step", "1", "--out", csv.toString());
        assertThat(sampled.code()).as(sampled.err()).isZero();
        assertThat(sampled.out()).contains("rows of 1 s", "feature.relativeSpread", "Written: ");
        assertThat(Files.readAllLines(csv).get(0)).startsWith("time,");
        assertThat(Files.readAllLines(csv)).hasSizeGreaterThan(50);
        Shell.Outcome again = recorded("features", "--out", csv.toString());
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("exists; give another --out, or --force");
        Path parquet = folder.resolve("features.parquet");
        Node json = recorded("features", "--json", "--out", parquet.toString()).json();
        assertThat(json.get("rows").asInt()).isGreaterThan(50);
        assertThat(parquet).exists();
        assertThat(recorded("features", "--out", "x.txt").err()).contains("must end in .csv or .parquet");
        assertThat(recorded("features", "--step", "0").err()).contains("step must be in [0.001, 86400] seconds");
    }

    /** A time is the open of its row, as in all files; a row covers the step behind it. */
    @Test
    void bothKindsOfFilesHaveTheSameTimes() throws IOException {
        Path csv = folder.resolve("f.csv");
        Path parquet = folder.resolve("f.parquet");
        assertThat(recorded("features", "--out", csv.toString()).code()).isZero();
        assertThat(recorded("features", "--out", parquet.toString()).code()).isZero();
        Frame frame = ParquetFrames.readFrame(parquet);
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(frame.size() + 1);
        for (int row = 0; row < frame.size(); row++) {
            assertThat(Instant.parse(lines.get(row + 1).split(",", 2)[0]))
                    .isEqualTo(TimeIndex.instant(frame.index().at(row)));
        }
        assertThat(lines.get(1)).startsWith("2023-11-14T22:13:20");
    }

    @Test
    void aFileOfSampledLevelsHasFeatures() throws IOException {
        file = SharedFolder.require("data/l2/trademaster_BTC_1min_lob15_2021-04-17_600rows.csv.gz");
        String[] args = {
            file.toString(),
            "--format",
            "sampled-levels",
            "--tick",
            "0.01",
            "--lot",
            "0.00001",
            "--step",
            "60",
            "--json"
        };
        Shell.Outcome sampled = book("features", args);
        assertThat(sampled.code()).as(sampled.err()).isZero();
        Map<String, Integer> known = new HashMap<>();
        for (Node column : sampled.json().get("columns").items()) {
            known.put(column.get("name").asText(), column.get("known").asInt());
        }
        assertThat(known.get("feature.relativeSpread")).isGreaterThan(590);
        assertThat(known.get("feature.imbalance5")).isGreaterThan(590);
        assertThat(known.get("book.bidDepth50"))
                .as("fifteen levels do not reach as far")
                .isZero();
        List<String> stale = new ArrayList<>(List.of(args));
        stale.addAll(List.of("--stale-after", "10"));
        Shell.Outcome none = book("features", stale.toArray(String[]::new));
        assertThat(none.code()).isEqualTo(ExitCode.DATA_FAULTS);
        assertThat(none.err()).contains("it is so in none of", "--stale-after");
        assertThat(none.out()).isEmpty();
    }

    @Test
    void windowsCanBeChosenAndWhatTheyNeedIsTold() throws IOException {
        Node usual = recorded("features", "--json").json();
        Node soon = recorded("features", "--window", "5", "--median", "20", "--json")
                .json();
        assertThat(after(usual, "feature.volatility")).isGreaterThan(after(soon, "feature.volatility"));
        assertThat(after(soon, "feature.bidDepthRatio10")).isBetween(1.0, 20.0);
        check("window must be in [0.001, 86400] seconds, got 0", "features", "--window", "0", "--minutes", "0.1");
        check("median must be in", "features", "--median", "1e9", "--minutes", "0.1");
        check("stale-after must be in", "features", "--stale-after", "-1", "--minutes", "0.1");
    }

    private static double after(Node features, String name) {
        for (Node column : features.get("columns").items()) {
            if (column.get("name").asText().equals(name)) {
                return column.get("afterSeconds").asDouble();
            }
        }
        throw new AssertionError(name);
    }

    @Test
    void stepsAreTakenFromTheFeedAndWrongOnesRefused() throws IOException {
        Path source = SharedFolder.require("data/l2/raw_usdm_btcusdt_20240808.gz");
        Shell.Outcome shown = book("show", source.toString(), "--format", "binance-usdm", "--symbol", "BTCUSDT");
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.out())
                .contains("Steps as the feed shows them: --tick 0.1 --lot 0.001")
                .containsPattern("Known to \\d+\\.\\d bp below and \\d+\\.\\d bp above the mid");
        String name = source.toString();
        String format = "binance-usdm";
        check("--tick 0.1 and --lot 0.001", "show", name, "--format", format, "--tick", "1", "--lot", "0.001");
        check("--tick and --lot must be given together", "show", name, "--format", format, "--tick", "1");
    }

    @Test
    void contractsOfInverseFeedsAreNoNotional() throws IOException {
        Path source = SharedFolder.require("data/l2/raw_cm_btcusd_perp_20240808.gz");
        Shell.Outcome features = book("features", source.toString(), "--format", "binance-coinm", "--json");
        assertThat(features.code()).as(features.err()).isZero();
        assertThat(features.err()).contains("Quantities are contracts");
        for (Node column : features.json().get("columns").items()) {
            String name = column.get("name").asText();
            boolean inQuote = name.startsWith("book.bidDepth")
                    || name.startsWith("book.askDepth")
                    || List.of("feature.kyleLambda", "feature.amihud").contains(name);
            assertThat(column.get("known").asInt() == 0 && inQuote).as(name).isEqualTo(inQuote);
        }
    }

    @Test
    void replayWritesItsFilesAndSplitsTheProfitUnderBothModels() throws IOException {
        Shell.Outcome done = replay("one");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out())
                .contains("risk-averse", "power", "fills by touch", "spread captured", "Trials: 1 trial on this feed")
                .contains(
                        "Intervals: n/a, 1 minute is too few: an interval needs 30",
                        "minutes of one market decide nothing",
                        "Report: ");
        Node result = Documents.read(folder.resolve("one/result.json"));
        for (Node run : result.get("runs").items()) {
            double sum = run.get("spread").asDouble()
                    + run.get("inventory").asDouble()
                    + run.get("fees").asDouble();
            assertThat(run.get("fees").asDouble()).isNegative();
            assertThat(run.get("parts").at(2).get("value").asDouble())
                    .isEqualTo(run.get("fees").asDouble());
            assertThat(run.get("profit").asDouble()).isEqualTo(sum);
            assertThat(run.get("trades").asInt()).isPositive();
        }
        double touch = result.get("fiction").get("trades").asDouble();
        assertThat(touch).isGreaterThanOrEqualTo(1);
        String page = Files.readString(folder.resolve("one/report.html"));
        assertThat(page).contains("Where the profit came from", "Quotes and fills", "Inventory and profit", "fiction");
        assertThat(page).contains("too few: an interval needs 30");
        assertThat(Files.readAllLines(folder.resolve("one/fills.csv")).get(0))
                .isEqualTo("time,quantity,price,mid,spread,fee,drift_1_s,drift_10_s");
        assertThat(folder.resolve("one/fills.parquet")).exists();
    }

    @Test
    void eachOtherReplayOfAFeedCountsAsATrialAndTheSameOneOnce() throws IOException {
        assertThat(replay("one", "--json").json().get("trials").asInt()).isEqualTo(1);
        assertThat(replay("again", "--json").json().get("trials").asInt()).isEqualTo(1);
        assertThat(replay("two", "--json", "--fills", "whole")
                        .json()
                        .get("trials")
                        .asInt())
                .isEqualTo(2);
        Node parts = replay("parts", "--json", "--fills", "parts").json();
        assertThat(parts.get("fills").asText()).isEqualTo("parts");
        assertThat(parts.get("trials").asInt()).isEqualTo(3);
        Node third = replay("three", "--json", "--queue", "logarithmic,power:2").json();
        assertThat(third.get("trials").asInt()).isEqualTo(4);
        assertThat(third.get("runs").at(1).get("queue").asText()).isEqualTo("power:2");
        Shell.Outcome full = replay("three");
        assertThat(full.code()).isEqualTo(2);
        assertThat(full.err()).contains("holds results already");
    }

    @Test
    void aFeedThatIsCutIsNoOtherFeedForTheCountOfTrials() throws IOException {
        assertThat(replay("one", "--json").json().get("trials").asInt()).isEqualTo(1);
        file = RecordedBook.write(folder.resolve("usdm.gz"), 59, false);
        assertThat(replay("two", "--json").json().get("trials").asInt()).isEqualTo(2);
        assertThat(synthetic("a", "7", "1").get("trials").asInt()).isEqualTo(1);
        assertThat(synthetic("b", "7", "0.99").get("trials").asInt()).isEqualTo(2);
        assertThat(synthetic("c", "8", "1").get("trials").asInt()).isEqualTo(1);
    }

    private Node synthetic(String out, String seed, String minutes) throws IOException {
        String[] args = {
            "--seed", seed, "--minutes", minutes, "--out", folder.resolve(out).toString(), "--json"
        };
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--ledger", folder.resolve("ledger").toString()));
        return book("replay", all.toArray(String[]::new)).json();
    }

    @Test
    void aReplayWithoutOrdersSaysWhyAndOneWithRefusalsWhichTheyWere() throws IOException {
        String ledger = folder.resolve("ledger").toString();
        Shell.Outcome none = recorded(
                "replay",
                "--param",
                "sigma=0.0001",
                "--param",
                "kappa=10000",
                "--param",
                "minQuantity=1",
                "--ledger",
                ledger,
                "--out",
                folder.resolve("none").toString());
        assertThat(none.code()).as(none.err()).isZero();
        assertThat(none.out())
                .contains("No order was sent: what may be quoted is below a lot, minQuantity or minNotional.")
                .doesNotContain("claim", "fill ratio");
        assertThat(Documents.read(folder.resolve("none/result.json"))
                        .get("whyNoOrder")
                        .asText())
                .startsWith("what may be quoted");
        Shell.Outcome small = recorded(
                "replay",
                "--strategy",
                "touch-quoter",
                "--param",
                "quantity=0.0001",
                "--ledger",
                ledger,
                "--out",
                folder.resolve("small").toString());
        assertThat(small.code()).as(small.err()).isZero();
        assertThat(small.out()).contains("Refused under risk-averse: {TOO_SMALL=");
        Shell.Outcome usual = recorded(
                "replay",
                "--strategy",
                "touch-quoter",
                "--ledger",
                ledger,
                "--out",
                folder.resolve("usual").toString());
        assertThat(usual.out())
                .contains("also where the price went through an order")
                .doesNotContain("Refused under");
        Node told = replay("told", "--json").json();
        assertThat(Documents.read(folder.resolve("usual/result.json"))
                        .get("runs")
                        .at(0)
                        .get("profit")
                        .asDouble())
                .as("ten lots, five quotes")
                .isEqualTo(told.get("runs").at(0).get("profit").asDouble());
    }

    @Test
    void theSyntheticBookNeedsNoFile() throws IOException {
        Shell.Outcome shown = book("show", "--minutes", "0.5", "--seed", "7");
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.out()).contains("SYNTHETIC book", ": valid");
        Shell.Outcome done = book(
                "replay",
                "--minutes",
                "2",
                "--param",
                "quantity=0.01",
                "--param",
                "inventory=0.05",
                "--out",
                folder.resolve("s").toString(),
                "--ledger",
                folder.resolve("ledger").toString(),
                "--json");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.err()).contains("SYNTHETIC book");
        assertThat(done.json().get("feed").get("provenance").asText()).isEqualTo("SYNTHETIC");
        assertThat(Files.readString(folder.resolve("s/report.html"))).contains("SYNTHETIC");
    }

    @Test
    void alarmsOfARecordedFeedAreShownAndTheReportSaysThatMinutesDecideNothing() throws IOException {
        Path source = SharedFolder.require("data/l2/raw_usdm_btcusdt_20240808.gz");
        file = source;
        Path out = folder.resolve("real");
        Shell.Outcome done = recorded("anomalies", "--out", out.toString(), "--symbol", "BTCUSDT");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out())
                .contains("anomaly over BTCUSDT: rows of 0.2 s, fitted on the first 862 of 1724", "profile = BOOK")
                .contains("5.7 minutes of one market decide nothing", "Report: ")
                .doesNotContain("planted");
        Node result = Documents.read(out.resolve("result.json"));
        // a third of the rows lack the depth beyond the snapshot's end: they are scored, but not fitted on
        assertThat(result.get("parts").at(0).get("alarms").asInt()).isBetween(1, 60);
        assertThat(result.get("parts").at(1).get("alarms").asInt()).isBetween(20, 200);
        assertThat(result.get("feed").get("provenance").asText()).isEqualTo("RECORDED");
        String page = Files.readString(out.resolve("report.html"));
        assertThat(page)
                .contains("<title>Order book of BTCUSDT</title>", "Order book of BTCUSDT around its highest score")
                .contains("5.7 minutes of one market decide nothing", "bought", "score of anomaly")
                .doesNotContain("SYNTHETIC", "What was planted");
        assertThat(Files.readAllLines(out.resolve("scores.csv")).get(0)).isEqualTo("time,score,alarm");
        assertThat(out.resolve("scores.parquet")).exists();
    }

    @Test
    void alarmsOfTheSyntheticBookAreHeldAgainstWhatWasPlanted() throws IOException {
        Path out = folder.resolve("made");
        Shell.Outcome done =
                book("anomalies", "--minutes", "20", "--seed", "7", "--step", "0.5", "--out", out.toString(), "--json");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.err()).contains("SYNTHETIC book", "planted behind the fit have an alarm");
        Node result = done.json();
        assertThat(result.get("planted").items()).isNotEmpty();
        int seen = 0;
        for (Node each : result.get("planted").items()) {
            assertThat(each.get("from").asText())
                    .isGreaterThan(result.get("fittedUntil").asText());
            seen += each.get("alarms").asInt() > 0 ? 1 : 0;
        }
        assertThat(done.err())
                .contains(seen + " of " + result.get("planted").items().size() + " anomalies planted");
        assertThat(Files.readString(out.resolve("report.html"))).contains("SYNTHETIC", "What was planted");
        Shell.Outcome plain = book(
                "anomalies",
                "--minutes",
                "20",
                "--seed",
                "7",
                "--step",
                "0.5",
                "--model",
                "anomaly-plain",
                "--out",
                folder.resolve("plain").toString(),
                "--json");
        assertThat(plain.json().get("model").asText()).isEqualTo("anomaly-plain");
        assertThat(plain.json().get("fit").get("threshold").asDouble())
                .isNotEqualTo(result.get("fit").get("threshold").asDouble());
    }

    /** The fit sees its own rows and no later ones, a score its own row and those before: what comes later changes nothing. */
    @Test
    void whatComesLaterChangesNoScore() throws IOException {
        Path longer = folder.resolve("longer");
        Path shorter = folder.resolve("shorter");
        file = RecordedBook.write(folder.resolve("longer.gz"), 120, false);
        assertThat(recorded("anomalies", "--out", longer.toString()).code()).isZero();
        int rows = Files.readAllLines(longer.resolve("scores.csv")).size() - 1;
        file = RecordedBook.write(folder.resolve("shorter.gz"), 100, false);
        int fitted = Documents.read(longer.resolve("result.json"))
                .get("parts")
                .at(0)
                .get("rows")
                .asInt();
        Shell.Outcome all = recorded("features", "--step", "0.2", "--json");
        double share = (double) fitted / all.json().get("rows").asInt();
        assertThat(recorded("anomalies", "--fit", String.valueOf(share), "--out", shorter.toString())
                        .code())
                .isZero();
        List<String> some = Files.readAllLines(shorter.resolve("scores.csv"));
        assertThat(some.size() - 1).isBetween(100, rows - 50);
        assertThat(Files.readAllLines(longer.resolve("scores.csv")).subList(0, some.size()))
                .isEqualTo(some);
    }

    @Test
    void theMarketMakersAreListed() throws IOException {
        assertThat(book("replay", "--list").out()).contains("avellaneda-stoikov", "gamma=100", "touch-quoter");
        assertThat(book("replay", "--list", "--json").json().names())
                .containsExactly("avellaneda-stoikov", "touch-quoter");
        assertThat(Shell.run("book").out()).contains("replay", "features", "show");
        assertThat(Shell.run("book", "--json").err()).contains("a command is missing");
    }

    @Test
    void whatIsWrongIsSaidWithWhatToDo() {
        check("--format must be given with a FILE, one of [binance-spot", "show", file.toString());
        check("--tick and --lot must be given", "show", file.toString(), "--format", "binance-usdm");
        check("format must be one of", "show", file.toString(), "--format", "usdm", "--tick", "1", "--lot", "1");
        check("name the feed once", "show", file.toString(), "--store", "x");
        check("--symbol must name the instrument of the store", "show", "--store", "x", "--tick", "1", "--lot", "1");
        check("--format is of a FILE", "show", "--format", "hyperliquid");
        check("name one market: commands about books read one at a time", "replay", "a.gz", "b.gz");
        check("got a.gz and b.gz", "features", "a.gz", "b.gz");
        check("got --symbol BTC,ETH", "replay", "--store", "x", "--symbol", "BTC,ETH");
        check("the synthetic book has its own steps", "show", "--tick", "1");
        check("--minutes must be in (0, 1000000], got 0", "show", "--minutes", "0");
        check("--from and --to cut feeds of a store", "show", "--from", "2024-01-01");
        check("queue must be one of", "replay", "--queue", "riskaverse");
        check("queue power:N needs a number", "replay", "--queue", "power:x");
        check("queues must differ", "replay", "--queue", "power,power");
        check("got [power:3, power]; power is power:3", "replay", "--queue", "power:3,power");
        check("order-latency must be in [0, 3600000] ms", "replay", "--order-latency", "-1");
        check("--fills must be whole, parts or a share in (0, 1], got '2'", "replay", "--fills", "2");
        check("--fills must be whole, parts or a share in (0, 1], got 'half'", "replay", "--fills", "half");
        check("no market maker is called 'touch-quoted'", "replay", "--strategy", "touch-quoted");
        check("has no parameter 'gama'", "replay", "--param", "gama=1");
        check("levels must be >= 1", "show", "--minutes", "0.1", "--levels", "0");
        check("fit must be in (0, 1), got 1", "anomalies", "--fit", "1");
        check("step must be in [0.001, 86400] seconds", "anomalies", "--step", "0");
        check(
                "no anomaly model is called 'anomaly-log'; found: [anomaly, anomaly-flow,",
                "anomalies",
                "--model",
                "anomaly-log");
        check("no anomaly model is called 'momentum'", "anomalies", "--model", "momentum");
        Path missing = folder.resolve("missing.gz");
        check("no such file", "show", missing.toString(), "--format", "binance-spot", "--tick", "1", "--lot", "1");
    }

    private static void check(String words, String command, String... args) {
        Shell.Outcome outcome = book(command, args);
        assertThat(outcome.code()).as(words).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains(words);
    }

    @Test
    void aFileOfAnotherFormatAndFeedsWithoutFillsAreRefused() {
        String[] scale = {"--tick", "0.1", "--lot", "0.001"};
        Shell.Outcome other =
                book("show", file.toString(), "--format", "hyperliquid", scale[0], scale[1], scale[2], scale[3]);
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("no row of a book could be read as hyperliquid", "is it another --format");
        String out = folder.resolve("coin").toString();
        Shell.Outcome coin = book(
                "replay",
                file.toString(),
                "--format",
                "binance-coinm",
                scale[0],
                scale[1],
                scale[2],
                scale[3],
                "--out",
                out);
        assertThat(coin.code()).isEqualTo(2);
        assertThat(coin.err()).contains("inverse contracts");
        assertThat(Path.of(out)).doesNotExist();
    }

    @Test
    void aFeedThatIsTooShortForTheFitIsRefusedWithWhatToDoAndLeavesNoFolder() {
        Path out = folder.resolve("short");
        Shell.Outcome few = recorded("anomalies", "--step", "1", "--out", out.toString());
        assertThat(few.code()).isEqualTo(2);
        assertThat(few.err()).contains("anomaly cannot be fitted on the first 30 of 59 rows of 1 s", "a smaller step");
        Shell.Outcome none = recorded("anomalies", "--step", "50", "--out", out.toString());
        assertThat(none.err()).contains("the feed must have at least 2 rows of 50 s, got 1");
        assertThat(out).doesNotExist();
    }

    @Test
    void aStoreGivesTheSameBookAsTheFileItWasImportedFrom() throws IOException {
        Path source = SharedFolder.require("data/l2/raw_usdm_btcusdt_20240808.gz");
        file = source;
        String store = folder.resolve("market").toString();
        Shell.Outcome imported = Shell.run("data", "import", source.toString(), "--store", store);
        assertThat(imported.code()).as(imported.err()).isZero();
        String[] from = {"--store", store, "--symbol", "btcusdt", "--tick", "0.1", "--lot", "0.001", "--json"};
        Node stored = book("show", from).json();
        Node recorded = recorded("show", "--json").json();
        assertThat(stored.get("rows").asInt()).isEqualTo(recorded.get("rows").asInt());
        assertThat(stored.get("bids").at(0).at(0).asDouble())
                .isEqualTo(recorded.get("bids").at(0).at(0).asDouble());
        from[3] = "nothing";
        assertThat(book("show", from).err()).contains("must mean one book of the store, which has [BINANCE");
        from[1] = folder.resolve("none").toString();
        assertThat(book("show", from).code()).isEqualTo(2);
    }

    @Test
    void aRangeWithoutRowsIsRefusedWithWhatTheFeedHolds() {
        String store = folder.resolve("market").toString();
        Shell.Outcome imported = Shell.run("data", "import", file.toString(), "--store", store);
        assertThat(imported.code()).as(imported.err()).isZero();
        String[] told = {"--tick", "0.1", "--lot", "0.001"};
        for (String range : List.of("--from=2024-01-01", "--to=2023-01-01")) {
            String[] from = {"--store", store, "--symbol", "usdm", range};
            String[] scaled = Stream.concat(Stream.of(from), Stream.of(told)).toArray(String[]::new);
            for (String[] args : List.of(from, scaled)) {
                Shell.Outcome none = book("show", args);
                assertThat(none.code()).as(none.err()).isEqualTo(3);
                assertThat(none.err())
                        .contains("no row in this range; the feed holds 2023-11-14T22:13:20")
                        .contains(" .. 2023-11-14T22:14:19.900Z")
                        .doesNotContain("--tick");
            }
        }
    }

    @Test
    void anEmptyFileIsSaidToBeEmpty() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.txt"));
        for (String format : List.of("binance-usdm", "hyperliquid", "sampled-levels")) {
            Shell.Outcome none = book("show", empty.toString(), "--format", format);
            assertThat(none.code()).as(none.err()).isEqualTo(3);
            assertThat(none.err()).contains("the file is empty").doesNotContain("--tick");
        }
        Shell.Outcome other = book("show", file.toString(), "--format", "hyperliquid");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("no row of a book could be read as hyperliquid");
    }

    @Test
    void aFileOfHyperliquidNeedsNoCoin() throws IOException {
        Path source = SharedFolder.require("data/l2/raw_hyperliquid_btcusd_20250126.gz");
        String[] unnamed = {source.toString(), "--format", "hyperliquid", "--json"};
        Shell.Outcome shown = book("show", unnamed);
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.json().get("bids").at(0).at(0).asDouble()).isEqualTo(105_050);
        assertThat(shown.json().get("flaws").has("other symbol")).isFalse();
        Shell.Outcome other = book("show", source.toString(), "--format", "hyperliquid", "--symbol", "ETH");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("one of those that the file has, BTC, got 'ETH'");
    }

    @Test
    void theRecordedFeedOfBinanceIsReplayedAsItIs() throws IOException {
        file = SharedFolder.require("data/l2/raw_usdm_btcusdt_20240808.gz");
        Shell.Outcome done = replay("real", "--json");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.err()).contains("minutes of one market decide nothing");
        Node risk = done.json().get("runs").at(0);
        Node power = done.json().get("runs").at(1);
        // whoever is taken to stand further in front fills more
        assertThat(power.get("trades").asInt()).isGreaterThan(risk.get("trades").asInt());
        // below the limit it quotes once more, and the quote that it cancels may fill on the way
        assertThat(risk.get("mostHeld").asDouble()).isLessThan(0.07);
    }
}
