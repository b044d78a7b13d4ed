package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.backtest.api.Lama;
import org.lama.backtest.api.Store;
import org.lama.core.series.Provenance;
import org.lama.core.store.Documents;
import org.lama.core.store.MarketStore;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.SeriesKey;

/** What commands say of a store: revisions, events, gaps, seals. */
class DataCatalogueCommandTest {
    private static final int DAYS = 430;
    private static final String LATER = "1 bar was revised by a later import";

    @TempDir
    private Path folder;

    private Path store = Path.of("");

    @BeforeEach
    void write() throws IOException {
        store = folder.resolve("market");
        take(BarTexts.write(folder.resolve("btc-usd.csv"), BarTexts.walk(7, DAYS)));
    }

    private Shell.Outcome data(String command, String... more) {
        List<String> args = new ArrayList<>(List.of("data", command));
        args.addAll(List.of(more));
        args.addAll(List.of("--store", store.toString()));
        return Shell.run(args.toArray(String[]::new));
    }

    private Shell.Outcome take(Path file) {
        Shell.Outcome done = data("import", file.toString());
        assertThat(done.code()).as(done.out() + done.err()).isZero();
        return done;
    }

    @Test
    void aRevisionIsSaidByTheImportTheCatalogueTheReportAndTheRun() throws IOException {
        List<String> rows = BarTexts.walk(7, DAYS);
        String[] fields = rows.get(50).split(",");
        double before = Double.parseDouble(fields[4]);
        double after = (Double.parseDouble(fields[2]) + before) / 2;
        fields[4] = Double.toString(after);
        rows.set(50, String.join(",", fields));
        Files.createDirectories(folder.resolve("later"));
        Path file = BarTexts.write(folder.resolve("later/btc-usd.csv"), rows);
        String change = "close " + before + " -> " + after;
        Shell.Outcome done = take(file);
        assertThat(done.out())
                .contains("REVISED 1, 2020-02-20T00:00:00Z: " + change)
                .contains("1 revised");
        assertThat(done.out()).doesNotContain("SAME_AS_OTHER");
        assertThat(data("ls").out())
                .contains(DAYS + " rows and 1 earlier version, ")
                .contains("REVISED 1 (first 2020-02-20T00:00:00Z: " + change + ")");
        Node listed = data("ls", "--json").json().get("series").at(0);
        assertThat(listed.get("rows").asInt()).isEqualTo(DAYS);
        assertThat(listed.get("earlierVersions").asInt()).isEqualTo(1);
        Shell.Outcome verified = data("verify");
        assertThat(verified.code()).as(verified.out()).isZero();
        assertThat(verified.out()).contains(LATER).contains("REVISED 1 (first ").contains("REVISED: find out which");
        Shell.Outcome run = Shell.run(
                "backtest",
                "--quick",
                "--strategy",
                "buy-and-hold",
                "--store",
                store.toString(),
                "--out",
                folder.resolve("out").toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(DAYS + " bars, ")
                .contains(", 1 bar revised later, the last values used\n")
                .contains("BTC-USD, rows of the data: 2020-02-20T00:00:00Z: " + LATER
                        + " that does not say when the new values became known: the last are used.\n")
                .doesNotContain("1 time, ");
        Node result = Documents.read(folder.resolve("out/result.json"));
        assertThat(result.get("data").at(0).get("note").asText()).contains(LATER);
    }

    @Test
    void theCatalogueShowsWhatHappenedToInstrumentsAndCountsGaps() throws IOException {
        List<String> rows = BarTexts.walk(8, DAYS);
        rows.subList(100, 103).clear();
        rows.remove(200);
        take(BarTexts.write(folder.resolve("luna-usd.csv"), rows));
        String time = "2020-06-01T00:00:00Z";
        String reused = "{\"what\":\"REUSED\",\"instrument\":\"UNKNOWN.SPOT.LUNA-USD\",\"time\":\"" + time
                + "\",\"available\":\"" + time + "\"}";
        Path events = Files.writeString(folder.resolve("events.json"), "{\"events\":[" + reused + "]}");
        take(events);
        Shell.Outcome listed = data("ls", "--gaps");
        assertThat(listed.out())
                .contains("  2 gaps, see 'lama data gaps'")
                .contains("  0 gaps")
                .contains("  REUSED " + time)
                .contains("the ticker is that of 2 assets");
        assertThat(data("ls").out()).doesNotContain("gaps");
        Node luna = data("ls", "--gaps", "--symbols", "LUNA-USD", "--json")
                .json()
                .get("series")
                .at(0);
        assertThat(luna.get("gaps").asInt()).isEqualTo(2);
        assertThat(luna.get("events").at(0).get("what").asText()).isEqualTo("REUSED");
        assertThat(luna.get("events").at(0).get("available").asText()).isEqualTo(time);
        Path wrong = Files.writeString(
                folder.resolve("wrong.json"), "{\"events\":[" + reused.replace("REUSED", "REUSD") + "]}");
        Shell.Outcome refused = data("import", wrong.toString());
        assertThat(refused.out())
                .contains("what must be one of [LISTED, DELISTED")
                .contains("'REUSD'")
                .doesNotContain("org.lama");
    }

    @Test
    void whatReadsAWholeStoreSaysThatASealHoldsBesideIt() {
        for (String command : List.of("verify", "gaps")) {
            assertThat(data(command).err()).doesNotContain("SEALED");
        }
        assertThat(Shell.run("seal", "--store", store.toString(), "--from", "2020-12-01")
                        .code())
                .isZero();
        for (String command : List.of("verify", "gaps")) {
            assertThat(data(command).err())
                    .contains("SEALED: seal 1 keeps ")
                    .contains(" closed from 2020-12-01T00:00:00Z on")
                    .contains(store.toString());
            assertThat(Shell.run("data", command, store.toString()).err()).contains("SEALED: seal 1");
        }
    }

    @Test
    void commandsThatNeedFilesOfferNoServer() {
        for (String command : List.of("sql", "compact")) {
            assertThat(Shell.run("data", command, "--help").out())
                    .contains("--store")
                    .doesNotContain("--db");
        }
    }

    @Test
    void aQuestionBelowASealNamesTablesAloneAndNothingThatReadsAFile() throws IOException {
        Shell.Outcome first = data("sql", "SELECT count(*) AS n FROM bars", "--json");
        if (first.err().contains("needs an optional library")) {
            return;
        }
        assertThat(first.json().get("rows").at(0).get("n").asInt()).isEqualTo(DAYS);
        assertThat(data("sql", "SELECT 1 AS one", "--json")
                        .json()
                        .get("rows")
                        .at(0)
                        .get("one")
                        .asInt())
                .isEqualTo(1);
        assertThat(data("sql", "SELECT * FROM barz").err()).contains("the tables of the store are [bars, ");
        assertThat(data("sql", "SELECT table_name FROM information_schema.tables")
                        .out())
                .contains("bars");
        assertThat(Shell.run("seal", "--store", store.toString(), "--from", "2020-12-01")
                        .code())
                .isZero();
        for (String right : List.of(
                "SELECT count(*) AS n FROM bars",
                "WITH b AS (SELECT * FROM bars) SELECT count(*) AS n FROM b, range(1)",
                "SELECT (SELECT count(*) FROM \"bars\") AS n")) {
            Shell.Outcome asked = data("sql", right, "--json");
            assertThat(asked.code()).as(asked.err()).isZero();
            assertThat(asked.json().get("rows").at(0).get("n").asInt())
                    .as(right)
                    .isEqualTo(335);
        }
        String files = store + "/**/*.parquet";
        for (String wrong : List.of(
                "SELECT count(*) FROM read_parquet('" + files + "')",
                "SELECT count(*) FROM '" + files + "'",
                "WITH \"" + files + "\" AS (SELECT 1) SELECT * FROM \"" + files + "\"",
                "SELECT * FROM query('SELECT 1')",
                "SELECT * FROM bars, glob('*')",
                "SELECT 1) AS a; SELECT * FROM (SELECT 2",
                "COPY bars TO '" + folder + "/leak.csv'")) {
            Shell.Outcome asked = data("sql", wrong);
            assertThat(asked.code()).as(wrong).isEqualTo(ExitCode.USAGE);
            assertThat(asked.err()).as(wrong).contains("below a seal");
        }
    }

    private Node answer(String question) throws IOException {
        Shell.Outcome asked = data("sql", question, "--json");
        assertThat(asked.code()).as(question + ": " + asked.err()).isZero();
        return asked.json().get("rows").at(0);
    }

    @Test
    void aQuestionCountsARowOnceAndItsVersionsUnderAnotherName() throws IOException {
        if (data("sql", "SELECT 1 AS one").err().contains("needs an optional library")) {
            return;
        }
        String sums = "SELECT count(*) AS n, sum(close) AS total FROM ";
        double whole = answer(sums + "bars").get("total").asDouble();
        assertThat(answer(sums + "bars_versions").get("n").asInt()).isEqualTo(DAYS);
        long day = 86_400_000_000_000L;
        double[] closes;
        try (Store made = Lama.store(store)) {
            MarketStore.Entry entry = made.rows().catalogue().get(0);
            ParquetTable all = made.rows().read(MarketStore.Query.all(entry.key()));
            closes = all.doubles("close");
            long[] times = {all.times("time")[50], all.times("time")[60], all.times("time")[61]};
            // one without a word on when it was known, two that were known after the seal below
            long[] known = {times[0] + day, times[1] + 350 * day, times[2] + 350 * day};
            ParquetTable.Builder corrected =
                    ParquetTable.builder(3).times("time", times).times("available", known);
            for (String price : List.of("open", "high", "low", "close")) {
                corrected.doubles(price, new double[] {1_000, 2_000, 4_000});
            }
            Provenance origin = new Provenance(Provenance.Kind.VENDOR, "correction", "", "");
            assertThat(made.rows()
                            .write(entry.key(), corrected.build(), origin, false)
                            .revisions())
                    .isEqualTo(3);
            // a second series without versions stands beside it
            made.rows().write(SeriesKey.bars("KRAKEN.SPOT.BTC-USD", day), all, origin, false);
        }
        double[] last = {1_000 - closes[50], 2_000 - closes[60] + 4_000 - closes[61]};
        String own = " WHERE symbol = 'UNKNOWN.SPOT.BTC-USD'";
        Node once = answer(sums + "bars" + own);
        assertThat(once.get("n").asInt()).isEqualTo(DAYS);
        assertThat(once.get("total").asDouble()).isCloseTo(whole + last[0] + last[1], offset(1e-6));
        assertThat(answer(sums + "bars").get("n").asInt()).isEqualTo(2 * DAYS);
        Node every = answer(sums + "Bars_Versions" + own);
        assertThat(every.get("n").asInt()).isEqualTo(DAYS + 3);
        assertThat(every.get("total").asDouble()).isCloseTo(whole + 7_000, offset(1e-6));
        assertThat(answer("SELECT count(*) AS n FROM trades_versions").get("n").asInt())
                .isZero();
        assertThat(answer("SELECT count(*) AS n FROM information_schema.tables WHERE table_name LIKE 'bars%'")
                        .get("n")
                        .asInt())
                .isEqualTo(2);
        assertThat(Shell.run("seal", "--store", store.toString(), "--from", "2020-12-01")
                        .code())
                .isZero();
        double until = Arrays.stream(closes, 0, 335).sum();
        Node then = answer(sums + "bars" + own);
        assertThat(then.get("n").asInt()).isEqualTo(335);
        assertThat(then.get("total").asDouble()).isCloseTo(until + last[0], offset(1e-6));
        assertThat(answer(sums + "bars_versions" + own).get("n").asInt()).isEqualTo(336);
    }

    @Test
    void eventsOfInstrumentsWithoutSeriesAreListed() throws IOException {
        StringBuilder events = new StringBuilder("{\"events\":[");
        for (int coin = 0; coin < 25; coin++) {
            events.append(coin == 0 ? "" : ",")
                    .append("{\"what\":\"DELISTED\",\"instrument\":\"KRAKEN.SPOT.C")
                    .append(10 + coin)
                    .append("-USD\",\"time\":\"2021-03-04T00:00:00Z\",\"available\":\"2021-03-01T00:00:00Z\"}");
        }
        events.append(
                        ",{\"what\":\"LISTED\",\"instrument\":\"UNKNOWN.SPOT.BTC-USD\",\"time\":\"2020-01-01T00:00:00Z\",")
                .append("\"available\":\"2020-01-01T00:00:00Z\"}]}");
        take(Files.writeString(folder.resolve("events.json"), events.toString()));
        Shell.Outcome listed = data("ls");
        assertThat(listed.out())
                .contains("KRAKEN.SPOT.C10-USD: no series\n  DELISTED 2021-03-04T00:00:00Z\n")
                .contains("KRAKEN.SPOT.C29-USD: no series")
                .doesNotContain("C30-USD")
                .contains("events of 5 more instruments without series, see --json or --symbols")
                .contains("1 series in ")
                .doesNotContain("BTC-USD: no series");
        Node json = data("ls", "--json").json();
        assertThat(json.get("withoutSeries").size()).isEqualTo(25);
        assertThat(json.get("withoutSeries")
                        .at(24)
                        .get("events")
                        .at(0)
                        .get("what")
                        .asText())
                .isEqualTo("DELISTED");
        Shell.Outcome one = data("ls", "--symbols", "C34-USD");
        assertThat(one.code()).as(one.err()).isZero();
        assertThat(one.out()).startsWith("KRAKEN.SPOT.C34-USD: no series").contains("0 series in ");
        // events have no kind and no length
        assertThat(data("ls", "--kind", "bars").out()).doesNotContain("KRAKEN");
        assertThat(data("export", "--symbols", "C34-USD").err()).contains("has no such series in the store");
    }

    @Test
    void termsThatMakeAPriceThatNoMarketHadAreRefused() throws IOException {
        // 2,000 USDC for one ETH, with ETH as token 1
        double root = Math.sqrt(1 / 2000.0 * 1e12);
        StringBuilder text = new StringBuilder("time,liquidity,sqrt_price\n");
        StringBuilder bars = new StringBuilder("time,open,high,low,close,volume\n");
        for (int day = 1; day < 29; day++) {
            text.append(String.format("2021-03-%02dT12:00:00Z,1%02d00000000000000000,%s\n", day, day, root));
            bars.append(String.format("2021-03-%02dT00:00:00Z,2010,2020,1990,%d,5\n", day, 2000 + day % 3));
        }
        Path pool = Files.writeString(folder.resolve("uniswap_v3_ETH-USDC.csv"), text.toString());
        take(pool);
        String id = data("ls", "--kind", "pools", "--json")
                .json()
                .get("series")
                .at(0)
                .get("symbol")
                .asText();
        Shell.Outcome alone = data("slippage", id, "--terms", "18,6,1,10");
        assertThat(alone.code()).as(alone.err()).isZero();
        assertThat(alone.out()).contains("Price by these terms: 2000.0000").contains("no bars of the pair are stored");
        take(Files.writeString(folder.resolve("binance_ETHUSDT_1d.csv"), bars.toString()));
        Shell.Outcome right = data("slippage", id, "--terms", "18,6,1,10");
        assertThat(right.code()).as(right.err()).isZero();
        assertThat(right.out()).contains("BINANCE.SPOT.ETH-USDT bars 1d closed at 200");
        assertThat(data("slippage", id, "--terms", "18,6,1,10", "--json")
                        .json()
                        .get("price")
                        .asDouble())
                .isBetween(1999.9, 2000.1);
        for (String wrong : List.of("18,6,0,10", "6,18,0,10", "6,18,1,10", "18,8,1,10")) {
            Shell.Outcome refused = data("slippage", id, "--terms", wrong);
            assertThat(refused.code()).as(wrong).isEqualTo(ExitCode.USAGE);
            assertThat(refused.err()).contains("decimals or the place of the base are wrong");
        }
    }
}
