package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.backtest.api.Dataset;
import org.lama.backtest.api.Lama;
import org.lama.backtest.api.Store;
import org.lama.core.base.Issue;
import org.lama.core.data.ImportOptions;
import org.lama.core.data.ImportReport;
import org.lama.core.data.Universe;
import org.lama.core.market.InstrumentId;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.Documents;
import org.lama.core.store.MarketStore;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.SeriesKey;

/** A store as a user meets it: two coins of 430 days and some trades, imported, looked at, studied, given out. */
final class DataStoreCommandTest {
    @TempDir
    private Path folder;

    private Path store;
    private Path bars;

    @BeforeEach
    void write() throws IOException {
        bars = BarTexts.write(folder.resolve("btc-usd.csv"), BarTexts.walk(7, 430));
        store = folder.resolve("market");
    }

    private Shell.Outcome data(String command, String... more) {
        List<String> args = new ArrayList<>(List.of("data", command));
        args.addAll(List.of(more));
        args.addAll(List.of("--store", store.toString()));
        return Shell.run(args.toArray(String[]::new));
    }

    private void imported() {
        Shell.Outcome done = data("import", bars.toString());
        assertThat(done.code()).as(done.err()).isZero();
    }

    private Path eth() throws IOException {
        return BarTexts.write(folder.resolve("eth-usd.csv"), BarTexts.walk(8, 430));
    }

    private Shell.Outcome backtest(String flag, Path data, String out, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "backtest",
                "--strategy",
                "sma-cross",
                "--quick",
                flag,
                data.toString(),
                "--out",
                folder.resolve(out).toString()));
        args.addAll(List.of(more));
        return Shell.run(args.toArray(String[]::new));
    }

    private Node result(String out) throws IOException {
        return Documents.read(folder.resolve(out).resolve("result.json"));
    }

    @Test
    void aNewUserImportsAFileAndRunsAStudyOnItWithTwoCommands() throws IOException {
        Shell.Outcome in = data("import", bars.toString());
        assertThat(in.code()).as(in.err()).isZero();
        assertThat(in.out())
                .contains("btc-usd.csv: bars, UNKNOWN.SPOT.BTC-USD bars 1d, 430 rows")
                .contains("430 rows added to " + store)
                .contains("Next: ./lama study --store " + store);
        Shell.Outcome study = Shell.run(
                "study",
                "--store",
                store.toString(),
                "--out",
                folder.resolve("out").toString());
        assertThat(study.code()).as(study.err()).isZero();
        assertThat(study.out())
                .contains("BTC-USD: 430 bars")
                .contains("Verdict: ")
                .doesNotContain("SYNTHETIC");
        Node manifest = result("out");
        assertThat(manifest.get("data").at(0).get("symbol").asText()).isEqualTo("BTC-USD");
        assertThat(manifest.get("data").at(0).get("note").asText())
                .contains("stored from btc-usd.csv (SHA-256 ")
                .contains("2 files of the store, SHA-256 ");
        assertThat(folder.resolve(".lama/trials.jsonl")).exists();
    }

    /** A ticker of 900 days: an asset in old units, then in new ones, that ended; a pause; then another asset. */
    @Test
    void aStudyOnAStoreNeverJoinsTwoAssetsOfOneTicker() throws IOException {
        List<String> rows = BarTexts.walk(7, 900);
        for (int day = 0; day < 100; day++) {
            String[] fields = rows.get(day).split(",");
            for (int field = 1; field <= 4; field++) {
                fields[field] = Double.toString(5 * Double.parseDouble(fields[field]));
            }
            fields[5] = Double.toString(Double.parseDouble(fields[5]) / 5);
            rows.set(day, String.join(",", fields));
        }
        Path file = BarTexts.write(folder.resolve("binance_LUNAUSDT_1d.csv"), rows);
        assertThat(data("import", file.toString(), "--market", "BINANCE.SPOT").code())
                .isZero();
        Shell.Outcome joined = backtest("--store", store, "joined");
        assertThat(joined.out()).contains("LUNA-USDT: 900 bars");
        InstrumentId luna = InstrumentId.parse("BINANCE.SPOT.LUNA-USDT");
        Universe.of(List.of(
                        Universe.Event.redenominated(luna, nanos("2020-04-10T00:00:00Z"), 5),
                        Universe.Event.of(Universe.What.DELISTED, luna, nanos("2021-02-24T00:00:00Z")),
                        Universe.Event.of(Universe.What.REUSED, luna, nanos("2021-03-06T00:00:00Z"))))
                .write(store.resolve("universe.json"));
        Shell.Outcome study = Shell.run(
                "study",
                "--store",
                store.toString(),
                "--out",
                folder.resolve("out").toString());
        assertThat(study.code()).as(study.err()).isZero();
        assertThat(study.out())
                .contains("LUNA-USDT: 420 bars, 2020-01-01T00:00:00Z .. 2021-02-24T00:00:00Z")
                .contains("LUNA-USDT%232: 470 bars, 2021-03-06T00:00:00Z");
        Node series = result("out").get("data");
        assertThat(series.items()).hasSize(2);
        assertThat(series.at(0).get("symbol").asText()).isEqualTo("LUNA-USDT");
        assertThat(series.at(0).get("note").asText())
                .contains("480 bars outside of the times in which BINANCE.SPOT.LUNA-USDT was traded")
                .contains("100 bars before a redenomination, put into the new unit");
        // the price of the old unit, 5 times that of the new one, is no move of the market
        try (Store opened = Lama.store(store)) {
            double[] closes =
                    opened.load().data().frame("LUNA-USDT").column("close").toArray();
            for (int day = 1; day < closes.length; day++) {
                assertThat(closes[day] / closes[day - 1]).as("day " + day).isBetween(0.9, 1.1);
            }
            assertThat(opened.load("LUNA-USDT#2").data().symbols()).containsExactly("LUNA-USDT%232");
        }
        Shell.Outcome second = backtest("--store", store, "second", "--symbols", "LUNA-USDT#2");
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.out()).contains("LUNA-USDT%232: 470 bars").doesNotContain("LUNA-USDT: ");
        Shell.Outcome again =
                Shell.run("rerun", folder.resolve("second/result.json").toString());
        assertThat(again.code()).as(again.err()).isZero();
    }

    private static long nanos(String time) {
        return TimeIndex.nanos(Instant.parse(time));
    }

    @Test
    void barsOfTheStoreGiveTheSameResultAsTheirFileAndAreTheSameTrial() throws IOException {
        imported();
        assertThat(backtest("--data", bars, "file").code()).isZero();
        Shell.Outcome run = backtest("--store", store, "stored");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("over 1 trial on these data").contains("./lama study --store ");
        Node file = result("file");
        Node stored = result("stored");
        assertThat(stored.get("checksums").get("equity"))
                .isEqualTo(file.get("checksums").get("equity"));
        Shell.Outcome again =
                Shell.run("rerun", folder.resolve("stored/result.json").toString());
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).contains("Same: ");
    }

    @Test
    void importingAgainChangesNothingAndSaysSo() throws IOException {
        imported();
        List<Path> before = files();
        Shell.Outcome again = data("import", bars.toString(), "--json");
        assertThat(again.code()).isZero();
        assertThat(again.json().get("added").asInt()).isZero();
        assertThat(again.json().get("duplicates").asInt()).isEqualTo(430);
        assertThat(again.json()
                        .get("files")
                        .at(0)
                        .get("series")
                        .at(0)
                        .get("symbol")
                        .asText())
                .isEqualTo("UNKNOWN.SPOT.BTC-USD");
        assertThat(files()).isEqualTo(before);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(store)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void filesThatCannotBeReadAreNamedAndTheOthersAreTaken() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.csv"), "time,open,close\nx,y,z\n");
        Shell.Outcome both = data("import", bars.toString(), broken.toString());
        assertThat(both.code()).isEqualTo(ExitCode.DATA_FAULTS);
        assertThat(both.out())
                .contains("430 rows added")
                .contains("broken.csv: left out, broken.csv, row 2, column time: 'x' is no time, and no row has one");
        Shell.Outcome nothing = data("import", folder.resolve("absent.csv").toString());
        assertThat(nothing.code()).isEqualTo(ExitCode.USAGE);
        assertThat(nothing.err()).contains("there is no such file or folder").doesNotContain("at org.lama");
        Shell.Outcome word = data("import", bars.toString(), "--suspects", "perhaps");
        assertThat(word.code()).isEqualTo(ExitCode.USAGE);
        assertThat(word.err()).contains("--suspects must be one of [hold, keep, repair], got 'perhaps'");
    }

    @Test
    void theMarketOfFilesCanBeSaidAndStudiesTakeItFromTheStore() throws IOException {
        Shell.Outcome in = data("import", bars.toString(), "--market", "binance.perp", "--origin", "exchange");
        assertThat(in.out()).contains("BINANCE.PERP.BTC-USD");
        Shell.Outcome config = Shell.run("study", "--store", store.toString(), "--print-config");
        assertThat(config.out()).contains("instrument: BINANCE.PERP").contains("path: ");
        Shell.Outcome said =
                Shell.run("study", "--store", store.toString(), "--instrument", "KRAKEN.SPOT", "--print-config");
        assertThat(said.out()).contains("instrument: KRAKEN.SPOT");
        assertThat(data("import", eth().toString(), "--market", "BINANCE.SPOT").code())
                .isZero();
        Shell.Outcome both = Shell.run("study", "--store", store.toString(), "--print-config");
        assertThat(both.code()).isEqualTo(ExitCode.USAGE);
        assertThat(both.err()).contains("there are bars of [SPOT, PERP]").contains("--symbols");
        Shell.Outcome one = Shell.run("study", "--store", store.toString(), "--symbols", "eth", "--print-config");
        assertThat(one.out()).contains("instrument: BINANCE.SPOT");
        assertThat(one.code()).isZero();
    }

    @Test
    void symbolsAreIdsOrShortFormsAndTheNearestIsNamed() throws IOException {
        imported();
        data("import", eth().toString(), "--market", "KRAKEN.SPOT");
        for (String name : List.of("BTC-USD", "btcusd", "BTC", "UNKNOWN.SPOT.BTC-USD", "unknown.btc-usd")) {
            assertThat(Lama.market(Lama.store(store).request(name))).as(name).contains("UNKNOWN.SPOT");
        }
        Shell.Outcome wrong = backtest("--store", store, "wrong", "--symbols", "BTC-USX");
        assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("symbol 'BTC-USX' is not in the store; nearest of 2 is BTC-USD");
        data("import", bars.toString(), "--market", "KRAKEN.SPOT");
        Shell.Outcome two = backtest("--store", store, "two", "--symbols", "BTC-USD");
        assertThat(two.code()).isEqualTo(ExitCode.USAGE);
        assertThat(two.err()).contains("can mean KRAKEN.SPOT.BTC-USD, UNKNOWN.SPOT.BTC-USD");
        Dataset both = Lama.store(store).load("KRAKEN.SPOT.BTC-USD", "UNKNOWN.SPOT.BTC-USD");
        assertThat(both.data().symbols()).containsExactly("KRAKEN.SPOT.BTC-USD", "UNKNOWN.SPOT.BTC-USD");
    }

    @Test
    void whereNothingWasTakenNoNextStepIsOffered() throws IOException {
        StringBuilder negative = new StringBuilder("time,close\n");
        StringBuilder future = new StringBuilder("time,close\n");
        for (int i = 0; i < 40; i++) {
            negative.append(1_577_836_800L + i * 86_400L).append(",-1\n");
            // the year 2190
            future.append(6_942_844_800L + i * 86_400L).append(",100\n");
        }
        Path bad = Files.writeString(folder.resolve("ETHUSDT.csv"), negative);
        Shell.Outcome refused = data("import", bad.toString());
        assertThat(refused.code()).isEqualTo(ExitCode.DATA_FAULTS);
        assertThat(refused.out())
                .contains("40 rows, none of which was taken")
                .contains("40 refused")
                .doesNotContain("Next:");
        Path later = Files.writeString(folder.resolve("SOLUSDT.csv"), future);
        Shell.Outcome unborn = data("import", later.toString());
        assertThat(unborn.code()).isEqualTo(ExitCode.DATA_FAULTS);
        assertThat(unborn.out())
                .contains("UNFINISHED 40")
                .contains("40 held back")
                .doesNotContain("Next:");
    }

    @Test
    void theListSaysWhatIsThereAndFromWhere() throws IOException {
        imported();
        Path ticks = Files.writeString(folder.resolve("BTCUSDT_trades.csv"), """
                id,price,qty,quote_qty,time,is_buyer_maker
                1,100.5,1,100.5,1704067200000,true
                2,100.6,2,201.2,1704067200500,false
                """);
        assertThat(data("import", ticks.toString(), "--market", "BINANCE.SPOT").out())
                .contains("BINANCE.SPOT.BTC-USDT trades, 2 rows")
                .contains("2 rows added");
        Shell.Outcome list = data("ls");
        assertThat(list.out())
                .contains("UNKNOWN.SPOT.BTC-USD bars 1d: 430 rows, 2020-01-01T00:00:00Z .. 2021-03-05T00:00:00Z")
                .contains("from btc-usd.csv (HISTORICAL)")
                .contains("series in " + store);
        Node json = data("ls", "--kind", "bars", "--json").json();
        assertThat(json.get("series").size()).isEqualTo(1);
        assertThat(json.get("series").at(0).get("origins").at(0).get("sha256").asText())
                .hasSize(64);
        Shell.Outcome kind = data("ls", "--kind", "barz");
        assertThat(kind.code()).isEqualTo(ExitCode.USAGE);
        assertThat(kind.err()).contains("kind must be one of [bars, trades").contains("did you mean 'bars'?");
        Shell.Outcome name = data("ls", "--symbols", "BTC-USX");
        assertThat(name.err()).contains("nearest is");
    }

    @Test
    void verifyReadsEveryByteAndNamesTheFileThatIsBroken() throws IOException {
        imported();
        assertThat(data("verify").code()).isZero();
        Shell.Outcome byPath = Shell.run("data", "verify", store.toString());
        assertThat(byPath.code()).isZero();
        assertThat(byPath.out()).contains("430 rows, 430 bars expected, 0 missing in 0 gaps; nothing wrong found");
        Path part = files().stream()
                .filter(file -> file.toString().endsWith(".parquet"))
                .findFirst()
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(part);
        bytes[bytes.length / 2] ^= 1;
        Files.write(part, bytes);
        Shell.Outcome broken = data("verify");
        assertThat(broken.code()).isEqualTo(ExitCode.DATA_FAULTS);
        assertThat(broken.out())
                .contains("UNREADABLE")
                .contains(part.getFileName().toString());
        Shell.Outcome study = backtest("--store", store, "no");
        assertThat(study.code()).isEqualTo(ExitCode.USAGE);
        assertThat(study.err()).contains(part.getFileName().toString());
        Shell.Outcome twice = data("verify", bars.toString());
        assertThat(twice.err()).contains("name the data once");
    }

    @Test
    void gapsAreListedOfFilesAndStores() throws IOException {
        List<String> rows = new ArrayList<>(BarTexts.walk(7, 60));
        rows.remove(30);
        bars = BarTexts.write(folder.resolve("btc-usd.csv"), rows);
        imported();
        Shell.Outcome file = Shell.run("data", "gaps", bars.toString());
        assertThat(file.code()).isEqualTo(ExitCode.DATA_FAULTS);
        assertThat(file.out()).contains("2020-01-31T00:00:00Z").contains("1 gap");
        Shell.Outcome stored = data("gaps", "--json");
        assertThat(stored.code()).isEqualTo(ExitCode.DATA_FAULTS);
        assertThat(stored.json().get("gaps").size()).isEqualTo(1);
        assertThat(stored.json().get("gaps").at(0).get("where").asText()).contains("UNKNOWN.SPOT.BTC-USD");
        bars = eth();
        store = folder.resolve("whole");
        imported();
        assertThat(data("gaps").out()).contains("No bar is missing.");
    }

    @Test
    void whatIsGivenOutComesBackBitByBit() throws IOException {
        imported();
        Path out = folder.resolve("files");
        for (String format : List.of("csv", "parquet")) {
            Shell.Outcome done = data("export", "--format", format, "--out", out.toString());
            assertThat(done.code()).as(done.err()).isZero();
            Path file = out.resolve("UNKNOWN.SPOT.BTC-USD_bars_1d." + format);
            assertThat(file).exists();
            Path copy = folder.resolve("from-" + format);
            try (Store original = Lama.store(store);
                    Store other = Lama.store(copy)) {
                ImportReport report = other.importFiles(file);
                assertThat(report.total(ImportReport.SeriesEntry::added)).isEqualTo(430);
                var wanted = original.load().data().frame("BTC-USD");
                var got = other.load().data().frame("BTC-USD");
                for (String column : List.of("open", "high", "low", "close", "volume")) {
                    assertThat(got.column(column).toArray())
                            .as(format + " " + column)
                            .containsExactly(wanted.column(column).toArray());
                }
            }
        }
        Shell.Outcome again = data("export", "--out", out.toString());
        assertThat(again.code()).isEqualTo(ExitCode.USAGE);
        assertThat(again.err()).contains("exists; give another --out, or --force");
        Shell.Outcome json = data("export", "--out", out.toString(), "--force", "--to", "2020-02-01", "--json");
        assertThat(json.json().get("files").at(0).get("rows").asInt()).isEqualTo(31);
    }

    /** Writes 50 bars from 2020 on of which each fifth was known later than the others. */
    private static long[] late(Store into, SeriesKey key, long laterNanos) throws IOException {
        long[] times = new long[50];
        long[] known = new long[50];
        double[] closes = new double[50];
        for (int i = 0; i < 50; i++) {
            times[i] = nanos("2020-01-01T00:00:00Z") + i * key.barNanos();
            known[i] = times[i] + key.barNanos() + (i % 5 == 0 ? laterNanos : 0);
            closes[i] = 100 + i % 7;
        }
        ParquetTable rows = ParquetTable.builder(50)
                .times("time", times)
                .times("available", known)
                .doubles("open", closes)
                .doubles("high", closes)
                .doubles("low", closes)
                .doubles("close", closes)
                .build();
        into.rows().write(key, rows, new Provenance(Provenance.Kind.HISTORICAL, "made", "", ""), true);
        return known;
    }

    @Test
    void aSeriesThatCannotBeGivenOutKeepsNoOtherBack() throws IOException {
        imported();
        data("import", eth().toString());
        Path broken;
        try (Stream<Path> walk = Files.walk(store)) {
            broken = walk.filter(path -> path.toString().contains("BTC-USD") && path.endsWith("manifest.json"))
                    .findFirst()
                    .orElseThrow();
        }
        Path part = broken.resolveSibling(
                Documents.read(broken).get("files").at(0).get("name").asText());
        byte[] bytes = Files.readAllBytes(part);
        bytes[bytes.length / 2] ^= 64;
        Files.write(part, bytes);
        Path out = folder.resolve("files");
        Shell.Outcome done = data("export", "--out", out.toString(), "--json");
        assertThat(done.code()).isEqualTo(ExitCode.USAGE);
        assertThat(done.err()).contains(part.getFileName().toString()).contains("1 of 2 series were not given out");
        assertThat(done.json().get("files").items())
                .extracting(file -> file.get("series").asText())
                .containsExactly("UNKNOWN.SPOT.ETH-USD bars 1d");
        assertThat(out.toFile().list()).containsExactly("UNKNOWN.SPOT.ETH-USD_bars_1d.csv");
    }

    @Test
    void barsThatCameLateAreStillLateAfterAFile() throws IOException {
        SeriesKey key = SeriesKey.bars("KRAKEN.SPOT.BTC-USD", 86_400_000_000_000L);
        long[] known;
        try (Store made = Lama.store(store)) {
            known = late(made, key, 8 * key.barNanos());
        }
        double[] seen =
                Lama.store(store).load().data().frames().get(0).column("close").toArray();
        assertThat(Arrays.stream(seen).filter(Double::isNaN)).isNotEmpty();
        for (String format : List.of("csv", "parquet")) {
            Path out = folder.resolve("out-" + format);
            assertThat(data("export", "--format", format, "--out", out.toString())
                            .code())
                    .isZero();
            try (Store copy = Lama.store(folder.resolve("copy-" + format))) {
                copy.importFiles(out);
                assertThat(copy.rows().read(MarketStore.Query.all(key)).times("available"))
                        .as(format)
                        .isEqualTo(known);
                assertThat(copy.load().data().frame("BTC-USD").column("close").toArray())
                        .containsExactly(seen);
            }
        }
    }

    @Test
    void barsThatHaveNotEndedAreLeftOutByTheLibraryToo() throws IOException {
        Path file = Files.writeString(folder.resolve("ETHUSD_1d.csv"), """
                time,open,high,low,close,volume
                2024-01-01,1,2,1,2,5
                2024-01-02,2,3,2,3,5
                2024-01-03,3,4,3,4,5
                2040-01-01,4,5,4,5,5
                """);
        try (Store made = Lama.store(store)) {
            ImportReport report = made.importFiles(file);
            assertThat(report.total(ImportReport.SeriesEntry::added)).isEqualTo(3);
            assertThat(report.count(Issue.Reason.UNFINISHED))
                    .as(report.asText())
                    .isEqualTo(1);
            // who says another time means it
            long third = nanos("2024-01-03T12:00:00Z");
            ImportReport earlier =
                    made.importFiles(file, ImportOptions.defaults().withNow(third));
            assertThat(earlier.count(Issue.Reason.UNFINISHED)).isEqualTo(2);
        }
    }

    /** Both versions go out and come back, each from when it was known. */
    @Test
    void everyVersionOfABarSurvivesAFileWithRevisions() throws IOException {
        long day = 86_400_000_000_000L;
        SeriesKey key = SeriesKey.bars("KRAKEN.SPOT.BTC-USD", day);
        try (Store made = Lama.store(store)) {
            late(made, key, 0);
            ParquetTable all = made.rows().read(MarketStore.Query.all(key));
            long time = all.times("time")[20];
            ParquetTable corrected = ParquetTable.builder(1)
                    .times("time", new long[] {time})
                    .times("available", new long[] {time + 9 * day})
                    .doubles("open", new double[] {all.doubles("open")[20]})
                    .doubles("high", new double[] {2 * all.doubles("high")[20]})
                    .doubles("low", new double[] {all.doubles("low")[20]})
                    .doubles("close", new double[] {all.doubles("close")[20]})
                    .build();
            assertThat(made.rows()
                            .write(key, corrected, new Provenance(Provenance.Kind.VENDOR, "correction", "", ""), false)
                            .revisions())
                    .isEqualTo(1);
        }
        Shell.Outcome last = data("export", "--out", folder.resolve("last").toString());
        assertThat(last.out()).contains("1 earlier version");
        for (String format : List.of("csv", "parquet")) {
            Path out = folder.resolve("every-" + format);
            assertThat(data("export", "--revisions", "--format", format, "--out", out.toString())
                            .code())
                    .isZero();
            try (Store copy = Lama.store(folder.resolve("again-" + format));
                    Store made = Lama.store(store)) {
                copy.importFiles(out);
                MarketStore.Query query = MarketStore.Query.all(key);
                for (MarketStore.Query asked :
                        List.of(query, query.knownBy(made.rows().read(query).times("time")[22]))) {
                    assertThat(copy.rows().read(asked).doubles("high"))
                            .as(format)
                            .isEqualTo(made.rows().read(asked).doubles("high"));
                    assertThat(copy.rows().read(asked).times("available"))
                            .isEqualTo(made.rows().read(asked).times("available"));
                }
                assertThat(copy.rows().entry(key).orElseThrow().rows())
                        .isEqualTo(made.rows().entry(key).orElseThrow().rows());
            }
        }
    }

    @Test
    void aWholeIdMeansItselfAloneAndAShortFormOneInstrument() throws IOException {
        for (String market : List.of("KRAKEN.SPOT", "BINANCE.SPOT", "BINANCE.PERP")) {
            bars = BarTexts.write(folder.resolve("btc-usd.csv"), BarTexts.walk(market.hashCode(), 60));
            assertThat(data("import", bars.toString(), "--market", market).code())
                    .isZero();
        }
        Path out = folder.resolve("files");
        Shell.Outcome one = data("export", "--symbols", "BINANCE.PERP.BTC-USD", "--out", out.toString(), "--json");
        assertThat(one.code()).as(one.err()).isZero();
        assertThat(one.json().get("files").size()).isEqualTo(1);
        assertThat(out.toFile().list()).containsExactly("BINANCE.PERP.BTC-USD_bars_1d.csv");
        assertThat(data("export", "--symbols", "kraken.btcusd", "--out", out.toString())
                        .code())
                .isZero();
        for (String command : List.of("export", "compact")) {
            Shell.Outcome several = data(command, "--symbols", "BTC-USD");
            assertThat(several.code()).as(command).isEqualTo(ExitCode.USAGE);
            assertThat(several.err())
                    .contains("'BTC-USD' can mean BINANCE.PERP.BTC-USD, BINANCE.SPOT.BTC-USD, KRAKEN.SPOT.BTC-USD");
        }
        assertThat(data("ls", "--symbols", "BTC-USD").out()).contains("3 series in");
        assertThat(data("ls", "--symbols", "BINANCE.SPOT.BTC-USD").out()).contains("1 series in");
        assertThat(data("ls", "--symbols", "BTC-USD", "--kind", "trades").err())
                .contains("no series of that kind or interval in the store, though there are others of BINANCE.PERP");
    }

    @Test
    void whatAnImportFoundIsStillKnownAfterIt() throws IOException {
        List<String> rows = BarTexts.walk(7, 60);
        Collections.swap(rows, 20, 21);
        rows = BarTexts.spoiled(rows, 40, 4, "-3");
        bars = BarTexts.write(bars, rows);
        assertThat(data("import", bars.toString()).out()).contains("OUT_OF_ORDER 1");
        Path none = Files.writeString(folder.resolve("none.csv"), "time,open,close\nx,y,z\n");
        data("import", none.toString());
        Shell.Outcome list = data("ls");
        assertThat(list.out())
                .contains("  found in btc-usd.csv: ")
                .contains("OUT_OF_ORDER 1")
                .contains("1 rows refused")
                .doesNotContain("none.csv");
        Node found =
                data("ls", "--json").json().get("series").at(0).get("imports").at(0);
        assertThat(found.get("refused").asInt()).isEqualTo(1);
        assertThat(found.get("issues").items())
                .extracting(issue -> issue.get("reason").asText())
                .contains("OUT_OF_ORDER", "NON_POSITIVE");
        assertThat(data("verify").out())
                .contains("Found in files when they were imported:")
                .contains("  btc-usd.csv: OUT_OF_ORDER 1")
                .contains("  none.csv: ")
                .contains("UNREADABLE 1");
        assertThat(data("verify", "--json").json().get("imports").size()).isEqualTo(2);
        List<Path> before = files();
        data("import", bars.toString());
        assertThat(files()).isEqualTo(before);
        // the same names with other bytes: what was found in the former ones still concerns their rows
        bars = BarTexts.write(bars, BarTexts.walk(7, 60));
        assertThat(data("import", bars.toString()).code()).isZero();
        assertThat(data("ls").out()).contains("OUT_OF_ORDER 1");
        Files.writeString(store.resolve("quality.json"), "{");
        Shell.Outcome broken = data("verify");
        assertThat(broken.code()).isEqualTo(ExitCode.DATA_FAULTS);
        assertThat(broken.out()).contains("quality.json");
        // a file of which nothing could be taken makes no store
        store = folder.resolve("other");
        data("import", none.toString());
        assertThat(store).doesNotExist();
    }

    /** Ends of two coins, told before the store has any bar; then a file of our own form. */
    @Test
    void eventsAreKeptInAStoreWithoutBarsAndADamageToThemIsNamed() throws IOException {
        Path told = Files.writeString(folder.resolve("delisted.json"), """
                {"a": {"title": "Binance Will Delist ANT, MULTI on 2024-02-20", "coins": ["ANT", "MULTI"],
                 "date": "2024-02-06"}}
                """);
        Shell.Outcome first = data("import", told.toString());
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out())
                .contains("delisted.json: events, 2 events of instruments")
                .doesNotContain("nothing was taken");
        Universe own = Universe.of(List.of(Universe.Event.of(
                Universe.What.LISTED, InstrumentId.parse("UNKNOWN.SPOT.BTC-USD"), nanos("2019-12-01T00:00:00Z"))));
        own.write(folder.resolve("mine.json"));
        Shell.Outcome second = data("import", folder.resolve("mine.json").toString(), bars.toString(), "--json");
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.json().get("files").at(0).get("events").asInt()).isEqualTo(1);
        try (Store kept = Lama.store(store)) {
            assertThat(kept.universe().events()).hasSize(3).containsAll(own.events());
        }
        assertThat(data("verify").code()).isZero();
        Path file = store.resolve("universe.json");
        String text = Files.readString(file);
        for (String broken : List.of(text.replace("2024-02-20", "2014-02-20"), text.substring(0, text.length() / 2))) {
            Files.writeString(file, broken);
            Shell.Outcome verified = data("verify");
            assertThat(verified.code()).isEqualTo(ExitCode.DATA_FAULTS);
            assertThat(verified.out()).contains("UNREADABLE").contains("universe.json");
            assertThat(backtest("--store", store, "broken").err()).contains("universe.json");
        }
        own.write(file);
        assertThat(data("verify").code()).isZero();
    }

    @Test
    void aSealedRangeIsNeitherStudiedNorGivenOut() throws IOException {
        imported();
        Shell.Outcome seal = Shell.run("seal", "--store", store.toString(), "--from", "2020-12-01");
        assertThat(seal.code()).as(seal.err()).isZero();
        assertThat(seal.out()).contains("Next: ./lama unseal --store " + store + " --reason");
        assertThat(Shell.run("seal", "--data", store.toString(), "--list").out())
                .contains("seal 1: BTCUSD from");
        // every row is read for them: that must be said
        assertThat(data("verify").err()).contains("SEALED: seal 1 keeps");
        assertThat(data("gaps").err()).contains("SEALED: seal 1 keeps");
        Shell.Outcome run = backtest("--store", store, "cut");
        assertThat(run.out()).contains("BTC-USD: 335 bars").contains("Sealed: seal 1");
        Path out = folder.resolve("files");
        Shell.Outcome whole = data("export", "--out", out.toString());
        assertThat(whole.code()).isEqualTo(ExitCode.USAGE);
        assertThat(whole.err())
                .contains("seal 1 keeps it closed from 2020-12-01")
                .contains("lama unseal");
        assertThat(out.resolve("UNKNOWN.SPOT.BTC-USD_bars_1d.csv")).doesNotExist();
        assertThat(data("export", "--out", out.toString(), "--to", "2020-12-01").code())
                .isZero();
        // another name does not open it
        Path other = Files.copy(bars, folder.resolve("xyz-usd.csv"));
        data("import", other.toString());
        Shell.Outcome renamed = data("export", "--symbols", "XYZ-USD", "--out", out.toString());
        assertThat(renamed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(renamed.err()).contains("Sealed: seal 1");
        Shell.Outcome twice = Shell.run("unseal", "--data", "a", "--store", "b", "--reason", "why");
        assertThat(twice.code()).isEqualTo(ExitCode.USAGE);
        assertThat(twice.err()).contains("name the data once");
        assertThat(Shell.run("unseal", "--reason", "why").err()).contains("'--data', --store or --db");
        Shell.Outcome unsealed = Shell.run("unseal", "--store", store.toString(), "--reason", "final look");
        assertThat(unsealed.code()).as(unsealed.err()).isZero();
        assertThat(unsealed.out()).contains("Next: ./lama study --store " + store);
        assertThat(data("export", "--out", out.toString(), "--force").code()).isZero();
    }

    @Test
    void theStoreAnswersQuestionsInSqlButNothingFromASealOn() throws IOException {
        imported();
        String question =
                "SELECT symbol, count(*) AS n, max(time) AS last, min(close) > 0 AS ok FROM bars GROUP BY symbol;";
        Shell.Outcome asked = data("sql", question, "--json");
        if (asked.err().contains("needs an optional library")) {
            assertThat(asked.code()).isEqualTo(ExitCode.USAGE);
            assertThat(asked.err()).contains("org.duckdb:duckdb_jdbc:");
            return;
        }
        assertThat(asked.code()).as(asked.err()).isZero();
        Node row = asked.json().get("rows").at(0);
        assertThat(row.get("symbol").asText()).isEqualTo("UNKNOWN.SPOT.BTC-USD");
        assertThat(row.get("n").asInt()).isEqualTo(430);
        assertThat(row.get("last").asText()).isEqualTo("2021-03-05T00:00:00Z");
        assertThat(row.get("ok").asBoolean()).isTrue();
        assertThat(data("sql", "SELECT close FROM bars", "--limit", "9").err()).contains("more than 9 rows");
        // a kind of which nothing is there is an empty table, no unknown one
        Shell.Outcome none = data(
                "sql",
                "SELECT count(*) AS n, max(price * size) AS most, max(available) AS late FROM trades WHERE side = 1",
                "--json");
        assertThat(none.code()).as(none.err()).isZero();
        assertThat(none.json().get("rows").at(0).get("n").asInt()).isZero();
        Node plain = data(
                        "sql",
                        "SELECT max(available + INTERVAL 1 SECOND) AS later, max(seq) AS seq, max(_revision) AS _revision FROM bars",
                        "--json")
                .json()
                .get("rows")
                .at(0);
        assertThat(plain.get("later").asText()).isEqualTo("2021-03-06T00:00:01Z");
        assertThat(plain.get("seq").asInt() + plain.get("_revision").asInt()).isZero();
        try (Store more = Lama.store(store)) {
            // one kind in two lengths; of the longer one some bars came late
            late(more, SeriesKey.bars("KRAKEN.SPOT.BTC-USD", 3_600_000_000_000L), 1_000_001_000L);
        }
        Node late = data(
                        "sql",
                        "SELECT interval, min(epoch_ns(available) - epoch_ns(time)) AS least,"
                                + " max(epoch_ns(available) - epoch_ns(time)) AS most FROM bars GROUP BY 1 ORDER BY 1",
                        "--json")
                .json()
                .get("rows");
        assertThat(late.at(0).get("least").asLong()).isEqualTo(86_400_000_000_000L);
        assertThat(late.at(0).get("most").asLong()).isEqualTo(86_400_000_000_000L);
        assertThat(late.at(1).get("least").asLong()).isEqualTo(3_600_000_000_000L);
        assertThat(late.at(1).get("most").asLong()).isEqualTo(3_601_000_001_000L);
        assertThat(data("sql", "SELCT 1").err()).doesNotContain("Attempting").contains("syntax error");
        for (String wrong : List.of(
                "SELCT 1",
                "SELECT * FROM nothing",
                "COPY bars TO '" + store + "/leak.csv'",
                "SELECT * FROM read_text('" + bars + "')")) {
            Shell.Outcome refused = data("sql", wrong);
            assertThat(refused.code()).as(wrong).isEqualTo(ExitCode.USAGE);
            assertThat(refused.err()).as(wrong).startsWith("lama: SQL: ").doesNotContain("\tat ");
        }
        assertThat(store.resolve("leak.csv")).doesNotExist();
        // a day that closes within the seal is in it
        assertThat(Shell.run(
                                "seal",
                                "--data",
                                store.toString(),
                                "--symbols",
                                "UNKNOWN.SPOT.BTC-USD",
                                "--from",
                                "2020-12-01T06:00:00Z")
                        .code())
                .isZero();
        Shell.Outcome cut = data("sql", question.replace("FROM bars", "FROM bars WHERE interval = '1d'"), "--json");
        assertThat(cut.err()).contains("Sealed: nothing from 2020-12-01T06:00:00Z on is seen.");
        assertThat(cut.json().get("rows").at(0).get("n").asInt()).isEqualTo(335);
        assertThat(data("sql", "SELECT count(*) FROM read_parquet('" + store + "/**/*.parquet')")
                        .code())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void compactKeepsWhatIsRead() throws IOException {
        List<String> rows = BarTexts.walk(7, 300);
        for (int part = 0; part < 3; part++) {
            bars = BarTexts.write(folder.resolve("btc-usd.csv"), rows.subList(100 * part, 100 * part + 100));
            imported();
        }
        var before =
                Lama.store(store).load().data().frame("BTC-USD").column("close").toArray();
        Shell.Outcome done = data("compact", "--json");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.json().get("filesBefore").asInt()).isEqualTo(3);
        assertThat(done.json().get("filesAfter").asInt()).isEqualTo(1);
        assertThat(Lama.store(store)
                        .load()
                        .data()
                        .frame("BTC-USD")
                        .column("close")
                        .toArray())
                .containsExactly(before);
    }

    @Test
    void whatIsNoStoreIsSaidWithWhatToDo() {
        for (List<String> command : List.of(
                List.of("data", "ls", "--store", "nowhere"),
                List.of("study", "--store", "nowhere"),
                List.of("backtest", "--strategy", "sma-cross", "--store", "nowhere"))) {
            Shell.Outcome none = Shell.run(command.toArray(String[]::new));
            assertThat(none.code()).isEqualTo(ExitCode.USAGE);
            assertThat(none.err()).contains("nowhere is no store").contains("lama data import FILES --store nowhere");
        }
        Shell.Outcome both = Shell.run("study", "--store", "a", "--data", "b");
        assertThat(both.err()).contains("name the data once");
    }

    @Test
    void anAddressWithAPasswordIsRefusedAndNotRepeated() {
        Shell.Outcome refused = Shell.run("data", "ls", "--db", "postgresql://me:secret@localhost/x");
        assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("LAMA_DB_PASSWORD").doesNotContain("secret");
        Shell.Outcome form = Shell.run("data", "init-db", "--db", "mysql://localhost/x");
        assertThat(form.code()).isEqualTo(ExitCode.USAGE);
        assertThat(form.err()).contains("postgresql://");
    }
}
