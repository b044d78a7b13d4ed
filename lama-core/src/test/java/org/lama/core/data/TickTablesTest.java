package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Issue.Reason;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** Trades and levels of files become what the file says, and what it does not say stays unknown. */
class TickTablesTest {
    @TempDir
    private Path folder;

    private final MemoryStore store = new MemoryStore();

    private ImportReport.FileEntry take(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return FileImport.run(file, store, ImportOptions.defaults()).files().get(0);
    }

    private ParquetTable rows(String instrument, RecordKind kind) throws IOException {
        return store.read(MarketStore.Query.all(SeriesKey.of(instrument, kind)));
    }

    @Test
    void aWordThatDoesNotTellWhoTookIsNoBuyAndATableThatNamesNoVenueIsOfNone() throws IOException {
        ImportReport.FileEntry entry = take("DOTUSDT.csv", """
                trade_id,price,qty,time_ms,buyer_is_maker
                1,10,1,1700000000000,True
                2,10,1,1700000000001,False
                3,10,1,1700000000002,
                4,10,1,1700000000003,maybe
                5,10,1,1700000000004,t
                6,10,1,1700000000005,NO
                """);
        assertThat(rows("UNKNOWN.SPOT.DOT-USDT", RecordKind.TRADES).longs("side"))
                .containsExactly(0, 1, -1, -1, 0, 1);
        assertThat(entry.count(Reason.BROKEN_RECORD)).isEqualTo(2);
    }

    @Test
    void aLevelOfNeitherSideIsLeftOutAndCounted() throws IOException {
        ImportReport.FileEntry entry = take("usdm_btcusdt_depth.csv", """
                local_ns,time_ms,U,u,pu,side,price,qty
                1700000001000000000,1700000000900,10,12,9,bid,100,1
                1700000001000000000,1700000000900,10,12,9,Ask,101,2
                1700000001000000000,1700000000900,10,12,9,up,102,3
                1700000001000000000,1700000000900,10,12,9,a,103,4
                """);
        ParquetTable levels = rows("BINANCE.PERP.BTC-USDT", RecordKind.BOOK_UPDATES);
        assertThat(levels.longs("side")).containsExactly(0, 1, 1);
        assertThat(levels.doubles("price")).containsExactly(100, 101, 103);
        assertThat(entry.count(Reason.BROKEN_RECORD)).isEqualTo(1);
    }
}
