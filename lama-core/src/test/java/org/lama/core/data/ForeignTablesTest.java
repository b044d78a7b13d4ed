package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lama.core.base.Issue.Reason;
import org.lama.core.series.Frame;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** Bars as other programs and vendors write them, imported into a store of files. */
class ForeignTablesTest {
    private static final long DAY = 86_400L;

    @TempDir
    private Path folder;

    private ImportReport.FileEntry take(MarketStore store, String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return FileImport.run(file, store, ImportOptions.defaults()).files().get(0);
    }

    private static String days(String header, String row) {
        StringBuilder text = new StringBuilder(header + "\n");
        for (int day = 0; day < 30; day++) {
            Instant time = Instant.ofEpochSecond(1_577_836_800L + day * DAY);
            text.append(String.format(Locale.ROOT, row, time.toString().substring(0, 10), 100 + day))
                    .append("\n");
        }
        return text.toString();
    }

    @Test
    void namesThatNoStoreHoldsAreRewrittenAndNoted() throws IOException {
        try (ParquetStore store = ParquetStore.open(folder.resolve("store"))) {
            ImportReport.FileEntry entry = take(
                    store,
                    "yahoo_TRX-USD_1d.csv",
                    days(
                            "Date,Open,High,Low,Close,Adj Close,Volume,Change %%,a/b,a#b,interval,Объём"
                                    .replace("%%", "%"),
                            "%1$s,%2$d,%2$d,%2$d,%2$d,%2$d.5,7,0.1,1,2,3,4"));
            assertThat(entry.skipped()).isEmpty();
            SeriesKey key = SeriesKey.bars("YAHOO.SPOT.TRX-USD", DAY * 1_000_000_000L);
            ParquetTable rows = store.read(MarketStore.Query.all(key));
            assertThat(rows.rows()).isEqualTo(30);
            assertThat(rows.doubles("Adj_Close")[0]).isEqualTo(100.5);
            assertThat(rows.names()).contains("Change_percent", "a_b", "a_b_2", "x_interval", "x_");
            assertThat(rows.doubles("a_b_2")[0]).isEqualTo(2);
            assertThat(store.catalogue().get(0).provenance().get(0).note()).contains("'Adj Close' to Adj_Close");
        }
    }

    @Test
    void moneyInTheVolumeOfAVendorIsKeptAsMoneyAndRunsSeeCoins() throws IOException {
        String text = days("Date,Open,High,Low,Close,Volume", "%1$s,%2$d,%2$d,%2$d,%2$d,5000000");
        SeriesKey key = SeriesKey.bars("YAHOO.SPOT.TRX-USD", DAY * 1_000_000_000L);
        try (ParquetStore store = ParquetStore.open(folder.resolve("store"))) {
            take(store, "yahoo_TRX-USD_1d.csv", text);
            ParquetTable rows = store.read(MarketStore.Query.all(key));
            assertThat(rows.names()).doesNotContain("volume");
            assertThat(rows.doubles("quote_volume")[3]).isEqualTo(5_000_000);
            assertThat(store.catalogue().get(0).provenance().get(0).note()).contains("kept as quote_volume");
            Frame bars = StoreBars.load(store, "store", LoadOptions.defaults())
                    .frames()
                    .get(0);
            assertThat(bars.column("volume").get(3)).isEqualTo(5_000_000 / 103.0);
            assertThat(bars.provenance().note()).contains(StoreBars.VOLUME_OF_MONEY);
            // what the source of the vendor gives for the same days
            ParquetTable fetched = ParquetTable.builder(1)
                    .times(RecordKind.TIME, new long[] {rows.times(RecordKind.TIME)[3]})
                    .doubles("open", new double[] {103})
                    .doubles("high", new double[] {103})
                    .doubles("low", new double[] {103})
                    .doubles("close", new double[] {103})
                    .doubles("quote_volume", new double[] {5_000_000})
                    .build();
            assertThat(store.write(
                                    key,
                                    fetched,
                                    store.catalogue().get(0).provenance().get(0),
                                    true)
                            .duplicates())
                    .isEqualTo(1);
        }
        for (ImportOptions.Volumes unit : List.of(ImportOptions.Volumes.QUOTE, ImportOptions.Volumes.BASE)) {
            MemoryStore other = new MemoryStore();
            Path file = Files.writeString(folder.resolve("binance_TRXUSDT_1d.csv"), text);
            FileImport.run(file, other, ImportOptions.defaults().withVolumes(unit));
            assertThat(other.read(MarketStore.Query.all(SeriesKey.bars("BINANCE.SPOT.TRX-USDT", DAY * 1_000_000_000L)))
                            .names())
                    .contains(unit == ImportOptions.Volumes.QUOTE ? "quote_volume" : "volume");
        }
    }

    @Test
    void numbersOfOtherTablesAreRenamedToo() throws IOException {
        try (ParquetStore store = ParquetStore.open(folder.resolve("store"))) {
            ImportReport.FileEntry entry =
                    take(store, "fees_BTC.csv", days("Date,Total Fees,Month,2nd/half", "%1$s,%2$d,%2$d,%2$d"));
            assertThat(entry.skipped()).isEmpty();
            ParquetTable rows =
                    store.read(MarketStore.Query.all(SeriesKey.of("UNKNOWN.SPOT.BTC.FEES", RecordKind.METRICS)));
            assertThat(rows.names()).contains("Total_Fees", "x_Month", "2nd_half");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "date;open;high;low;close | %s;100,0;101,2;99,0;100,3 | '100,0' is no number | decimal points",
                "date,open,high,low,close | %s,\"1,000.5\",\"1,001\",\"1,000\",\"1,000\" | is no number | thousands",
                "date,open,high,low,close | 01/31/2020,1,1,1,1 | '01/31/2020' is no time | day or the month comes first",
                "date,open,high,low,close | 31.01.2020,1,1,1,1 | '31.01.2020' is no time | 2024-01-31T12:00:00Z",
                "date,open,high,low,close | Jan 01 2020,1,1,1,1 | 'Jan 01 2020' is no time | month as a number"
            })
    void whatCannotBeReadSaysWhereAndWhatToDo(String header, String row, String rule, String remedy)
            throws IOException {
        ImportReport.FileEntry entry = take(new MemoryStore(), "DOGEUSDT.csv", days(header, row.replace("%s", "%1$s")));
        assertThat(entry.series()).isEmpty();
        assertThat(entry.skipped())
                .contains("DOGEUSDT.csv")
                .contains("row 2")
                .contains(rule)
                .contains(remedy);
        assertThat(entry.count(Reason.UNREADABLE)).isEqualTo(1);
    }

    private static String bars(String pattern, ChronoUnit step, int count) {
        StringBuilder text = new StringBuilder("time,open,high,low,close,volume\n");
        LocalDateTime time = LocalDateTime.of(2024, 1, 1, 0, 0);
        for (int i = 0; i < count; i++) {
            text.append(time.plus(i, step).format(DateTimeFormatter.ofPattern(pattern, Locale.ROOT)))
                    .append(",100,101,99,100.")
                    .append(i % 7)
                    .append(",5\n");
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "yyyyMMddHHmm,DAYS,1d",
        "yyyyMMddHHmm,HOURS,1h",
        "yyyyMMddHHmm,MINUTES,1m",
        "yyyyMMddHH,HOURS,1h",
        "yyyyMMddHH,DAYS,1d",
        "yyyyMMddHHmmss,HOURS,1h"
    })
    void datesWrittenAsOneNumberAreDates(String pattern, ChronoUnit step, String length) throws IOException {
        for (String name : List.of("XUSDT_" + length + ".csv", "XUSDT.csv")) {
            MemoryStore store = new MemoryStore();
            assertThat(take(store, name, bars(pattern, step, 60)).skipped()).isEmpty();
            SeriesKey key =
                    SeriesKey.bars("UNKNOWN.SPOT.X-USDT", step.getDuration().toNanos());
            assertThat(store.keys()).containsExactly(key);
            long[] times = store.read(MarketStore.Query.all(key)).times(RecordKind.TIME);
            assertThat(TimeIndex.instant(times[0])).isEqualTo(Instant.parse("2024-01-01T00:00:00Z"));
            assertThat(times).hasSize(60);
        }
    }

    @Test
    void barsThatContradictTheIntervalInTheNameAreRefused() throws IOException {
        MemoryStore store = new MemoryStore();
        for (String name : List.of("XUSDT_1d.csv", "XUSDT_1w.csv", "XUSDT_daily.csv", "XUSDT_2h.csv")) {
            assertThat(take(store, name, bars("yyyy-MM-dd HH:mm", ChronoUnit.HOURS, 60))
                            .skipped())
                    .as(name)
                    .contains("3600 s", "name", "time");
        }
        assertThat(store.keys()).isEmpty();
        // a window is no interval, and bars that are sparse keep the length of the name
        for (String name : List.of("XUSDT_7d_1h.csv", "XUSDT_30d.csv", "XUSDT_1m.csv", "XUSDT_30d_1h.csv")) {
            assertThat(take(store, name, bars("yyyy-MM-dd HH:mm", ChronoUnit.HOURS, 60))
                            .skipped())
                    .as(name)
                    .isEmpty();
        }
    }

    @Test
    void barsFromBeforeTheFirstCoinAreAFinding() throws IOException {
        String text = bars("yyyy-MM-dd", ChronoUnit.DAYS, 60).replace("2024-", "1976-");
        ImportReport.FileEntry entry = take(new MemoryStore(), "XUSDT.csv", text);
        assertThat(entry.count(Reason.BROKEN_RECORD)).isEqualTo(60);
        assertThat(entry.findings().toString()).contains("1976-01-01", "before the first coin");
    }

    @Test
    void otherFilesSayWhatTheyAre() throws IOException {
        Path wide = Files.writeString(
                folder.resolve("EOSUSDT.csv"), "\ufeff" + days("date,close", "%1$s,1"), StandardCharsets.UTF_16LE);
        MemoryStore store = new MemoryStore();
        assertThat(FileImport.run(wide, store, ImportOptions.defaults())
                        .files()
                        .get(0)
                        .skipped())
                .contains("UTF-16")
                .contains("UTF-8");
        assertThat(take(store, "ONEUSDT.csv", "time,close\n1577836800,1\n")
                        .findings()
                        .toString())
                .contains("too few to tell their length; say it in the name");
        assertThat(take(store, "words.csv", "this is no table\n").skipped()).contains("a header such as time,open");
        assertThat(CellText.forNumber("1.2K")).contains("units");
    }

    @Test
    void namesStayApartAndTheSameColumnKeepsItsName() {
        ColumnNames names = new ColumnNames(Set.of("close"));
        assertThat(names.of("CLOSE")).isEqualTo("CLOSE_2");
        assertThat(names.of("count")).isEqualTo("trades");
        assertThat(names.of("number_of_trades")).isEqualTo("number_of_trades");
        assertThat(names.of("a b")).isEqualTo("a_b").isEqualTo(names.of("a b"));
        assertThat(names.of("x".repeat(200))).hasSizeLessThan(80);
        assertThat(names.of("time")).isEqualTo("x_time");
        assertThat(new ColumnNames(Set.of()).note()).isEmpty();
        for (int i = 0; i < 20; i++) {
            names.of("odd " + i);
        }
        assertThat(names.note()).endsWith("more");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "symbol,fundingTime,fundingRate,markPrice | BTCUSDT,%1$d,0.000%2$d,42000.5",
                "funding_time,funding_rate | %1$d,0.000%2$d"
            })
    void fundingIsReadWithTheTimeOfItsPayment(String header, String row) throws IOException {
        StringBuilder text = new StringBuilder(header).append('\n');
        for (int i = 0; i < 9; i++) {
            text.append(String.format(Locale.ROOT, row, 1_704_067_200_000L + i * 28_800_000L, i + 1))
                    .append('\n');
        }
        MemoryStore store = new MemoryStore();
        ImportReport.FileEntry entry = take(store, "BINANCE_BTCUSDT_funding.csv", text.toString());
        assertThat(entry.skipped()).isEmpty();
        ParquetTable rows =
                store.read(MarketStore.Query.all(SeriesKey.of("BINANCE.PERP.BTC-USDT", RecordKind.FUNDING)));
        assertThat(rows.doubles("rate")).hasSize(9).startsWith(0.0001, 0.0002);
        assertThat(rows.times(RecordKind.TIME)).startsWith(1_704_067_200_000_000_000L, 1_704_096_000_000_000_000L);
    }
}
