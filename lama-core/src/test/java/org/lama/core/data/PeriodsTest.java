package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lama.core.base.Issue.Reason;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** Values of a period are known at its end, however the rows are cut into files. */
class PeriodsTest {
    private static final long DAY = 86_400_000_000_000L;
    private static final LocalDate START = LocalDate.of(2024, 1, 1);
    private static final int DAYS = 10;

    @TempDir
    private Path folder;

    private static String rows(String row, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int day = from; day < to; day++) {
            text.append(row.replace("D", START.plusDays(day).toString()).replace("#", "" + (100 + day)))
                    .append('\n');
        }
        return text.toString();
    }

    private MemoryStore stored(String pattern, String header, String row, int perFile) throws IOException {
        MemoryStore store = new MemoryStore();
        for (int day = 0; day < DAYS; day += perFile) {
            Path file = folder.resolve(pattern.replace("#", START.plusDays(day).toString()));
            Files.writeString(file, header + "\n" + rows(row, day, day + perFile));
            ImportReport.FileEntry entry = FileImport.run(file, store, ImportOptions.defaults())
                    .files()
                    .get(0);
            assertThat(entry.skipped()).isEmpty();
        }
        return store;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rank | date,symbol,price,market_cap | D,BTC,#,#",
                "nvt_BTC | date,nvt,txs | D,#,#",
                "uniswap_v3_WETH_USDC | date,liquidity,tick | D,#,#"
            })
    void daysInOneFileAndInFilesOfOneDayAreKnownAtTheSameTime(String name, String header, String row)
            throws IOException {
        MemoryStore whole = stored(name + ".csv", header, row, DAYS);
        MemoryStore named = stored(name + "_daily_#.csv", header, row, 1);
        assertThat(whole.keys()).hasSize(1);
        ParquetTable all = whole.read(MarketStore.Query.all(whole.keys().get(0)));
        ParquetTable cut = named.read(MarketStore.Query.all(named.keys().get(0)));
        assertThat(all.rows()).isEqualTo(DAYS);
        assertThat(named.keys()).isEqualTo(whole.keys());
        assertThat(cut.times(RecordKind.TIME)).isEqualTo(all.times(RecordKind.TIME));
        assertThat(cut.times(RecordKind.AVAILABLE)).isEqualTo(all.times(RecordKind.AVAILABLE));
        for (int day = 0; day < DAYS; day++) {
            assertThat(all.times(RecordKind.AVAILABLE)[day] - all.times(RecordKind.TIME)[day])
                    .isEqualTo(DAY);
        }
    }

    @Test
    void aDayMoreTakesTheLengthOfTheSeriesInTheStore() throws IOException {
        String header = "date,symbol,price,market_cap";
        MemoryStore store = stored("rank.csv", header, "D,BTC,#,#", DAYS);
        Path file = folder.resolve("rank_2024-01-11.csv");
        Files.writeString(file, header + "\n" + rows("D,BTC,#,#", DAYS, DAYS + 1) + rows("D,NEW,1,1", DAYS, DAYS + 1));
        FileImport.run(file, store, ImportOptions.defaults());
        for (String coin : List.of("BTC", "NEW")) {
            ParquetTable rows =
                    store.read(MarketStore.Query.all(SeriesKey.of("UNKNOWN.SPOT." + coin, RecordKind.METRICS)));
            int last = rows.rows() - 1;
            assertThat(rows.times(RecordKind.AVAILABLE)[last] - rows.times(RecordKind.TIME)[last])
                    .as(coin)
                    .isEqualTo(DAY);
        }
    }

    @Test
    void oneTimeOfWhichNothingTellsThePeriodIsRefusedUnlessTheTableSaysWhenItWasKnown() throws IOException {
        MemoryStore store = new MemoryStore();
        Path file = Files.writeString(folder.resolve("rank.csv"), "date,symbol,price,market_cap\n2024-01-01,BTC,1,1\n");
        ImportReport.FileEntry entry =
                FileImport.run(file, store, ImportOptions.defaults()).files().get(0);
        assertThat(entry.skipped()).contains("how long their period is", "1d", "available");
        assertThat(entry.count(Reason.UNREADABLE)).isEqualTo(1);
        assertThat(store.keys()).isEmpty();
        Files.writeString(file, "date,symbol,price,market_cap,available\n2024-01-01,BTC,1,1,2024-01-02T00:00:05Z\n");
        FileImport.run(file, store, ImportOptions.defaults());
        assertThat(store.keys()).hasSize(1);
    }

    @Test
    void aWindowInTheNameIsNoStepOfTheRows() throws IOException {
        for (String name : List.of("btc_nvt_50d.csv", "btc_nvt_50d_2026.csv")) {
            MemoryStore store = stored(name, "date,nvt", "D,#", DAYS);
            ParquetTable rows = store.read(MarketStore.Query.all(store.keys().get(0)));
            assertThat(rows.times(RecordKind.AVAILABLE)[0] - rows.times(RecordKind.TIME)[0])
                    .isEqualTo(DAY);
        }
    }
}
