package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    void tradesOfAnyHandAreTradesAndAreNumberedByTheirPlaceInTheirTime() throws IOException {
        String text = """
                timestamp,price,amount,side
                1700000000000,100.5,0.25,sell
                1700000000000,100.6,0.5,BUY
                1700000000137,100.7,1,
                2023-11-14T22:13:21Z,100.8,2,buy
                soon,100.9,3,buy
                """;
        ImportReport.FileEntry entry = take("UNIUSDT.csv", text);
        assertThat(entry.format()).isEqualTo("trades");
        ParquetTable trades = rows("UNKNOWN.SPOT.UNI-USDT", RecordKind.TRADES);
        assertThat(trades.longs(RecordKind.SEQUENCE)).containsExactly(0, 1, 0, 0);
        assertThat(trades.longs("side")).containsExactly(0, 1, -1, 1);
        assertThat(trades.doubles("size")).containsExactly(0.25, 0.5, 1, 2);
        assertThat(entry.count(Reason.BROKEN_RECORD)).isEqualTo(1);
        assertThat(entry.count(Reason.NON_FINITE)).isEqualTo(1);
        assertThat(take("UNIUSDT.csv", text).series().get(0).duplicates()).isEqualTo(4);
    }

    @Test
    void aTableOfWhichNoRowHasATimeIsNamed() throws IOException {
        ImportReport.FileEntry entry = take("BTCUSD.csv", "date,price,amount\n31.01.2020,1,1\n01.02.2020,2,1\n");
        assertThat(entry.series()).isEmpty();
        assertThat(entry.count(Reason.NON_FINITE)).isEqualTo(2);
        assertThat(entry.findings().toString()).contains("no row could be used; write times such as 2024-01-31");
        assertThat(entry.count(Reason.UNREADABLE)).isEqualTo(1);
    }

    @Test
    void aColumnOfSymbolsSplitsTradesAndNumbersThatAreNoneAreNotUsed() throws IOException {
        take("kraken_own.csv", """
                date,symbol,price,qty,id
                2023-11-14 22:13:20,BTC/USD,100,1,TX-9
                2023-11-14 22:13:20,ETH/USD,10,2,TX-8
                2023-11-14 22:13:21,BTC/USD,101,3,TX-7
                """);
        assertThat(rows("KRAKEN.SPOT.BTC-USD", RecordKind.TRADES).doubles("price"))
                .containsExactly(100, 101);
        assertThat(rows("KRAKEN.SPOT.ETH-USD", RecordKind.TRADES).longs("side")).containsExactly(-1);
    }

    /** The three forms in which Binance publishes trades and bars: with and without a header, and packed. */
    @Test
    void tradesOfTheExchangesOwnFilesAreReadWithAndWithoutTheirHeader() throws IOException {
        take("BTCUSDT-trades-2024-01-01.csv", "id,price,qty,quote_qty,time,is_buyer_maker\n" + TRADES);
        long[] ids = rows("UNKNOWN.SPOT.BTC-USDT", RecordKind.TRADES).longs(RecordKind.SEQUENCE);
        assertThat(ids).containsExactly(7, 8);
        take("ETHUSDT-trades-2024-01-01.csv", TRADES);
        ParquetTable bare = rows("UNKNOWN.SPOT.ETH-USDT", RecordKind.TRADES);
        assertThat(bare.longs("side")).containsExactly(1, 0);
        assertThat(bare.doubles("size")).containsExactly(0.5, 0.25);
        take("SOLUSDT-aggTrades-2025-01.csv", "3,90.5,2,10,12,1735689600000123,True,True\n");
        ParquetTable together = rows("UNKNOWN.SPOT.SOL-USDT", RecordKind.TRADES);
        assertThat(together.times(RecordKind.TIME)).containsExactly(1_735_689_600_000_123_000L);
        assertThat(together.longs("side")).containsExactly(0);
        assertThat(together.longs(RecordKind.SEQUENCE)).containsExactly(3);
        take("AVAXUSDT.csv", "trade_id,price,qty,quote_qty,time,is_buyer_maker\n" + TRADES);
        assertThat(rows("UNKNOWN.SPOT.AVAX-USDT", RecordKind.TRADES).rows()).isEqualTo(2);
    }

    private static final String TRADES =
            "7,100.5,0.5,50.25,1704067200000,false\n8,100.4,0.25,25.1,1704067200500,true\n";

    private static String klines(int bars) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bars; i++) {
            long open = 1_577_836_800_000L + i * 86_400_000L;
            text.append(open + ",100.0,101.29,99.0," + (100 + i) + ",42.926," + (open + 86_399_999L)
                    + ",4300.5,55,20.5,2050.25,0\n");
        }
        return text.toString();
    }

    @Test
    void barsOfTheExchangesOwnFilesNeedNoHeader() throws IOException {
        ImportReport.FileEntry entry = take("LINKUSDT-1d-2020.csv", klines(30));
        assertThat(entry.format()).isEqualTo("bars");
        ParquetTable bars =
                store.read(MarketStore.Query.all(SeriesKey.bars("UNKNOWN.SPOT.LINK-USDT", 86_400_000_000_000L)));
        assertThat(bars.rows()).isEqualTo(30);
        assertThat(bars.names())
                .contains("volume", "quote_volume", "trades", "taker_buy_volume", "taker_buy_quote_volume")
                .doesNotContain("ignore", "close_time");
        assertThat(bars.doubles("trades")[0]).isEqualTo(55);
        // findings count the file's own lines
        ImportReport.FileEntry cut = take("ADAUSDT-1d-2020.csv", klines(30) + "1580428800000,1\n");
        assertThat(cut.findings().toString()).contains("row 31");
    }

    @Test
    void anArchiveOfOneFileIsReadAndDangerousOnesAreNamed() throws IOException {
        Path zip = folder.resolve("BTCUSDT-1d-2020-01.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("BTCUSDT-1d-2020-01.csv"));
            out.write(klines(31).getBytes(StandardCharsets.UTF_8));
        }
        ImportReport.FileEntry entry = FileImport.run(
                        zip, store, ImportOptions.defaults().withMarket("BINANCE.SPOT"))
                .files()
                .get(0);
        assertThat(entry.series()).singleElement().satisfies(series -> {
            assertThat(series.key()).isEqualTo(SeriesKey.bars("BINANCE.SPOT.BTC-USDT", 86_400_000_000_000L));
            assertThat(series.added()).isEqualTo(31);
        });
        assertThat(entry.sha256()).hasSize(64);
        Path two = folder.resolve("two.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(two))) {
            for (String name : List.of("a.csv", "b.csv")) {
                out.putNextEntry(new ZipEntry(name));
                out.write(klines(31).getBytes(StandardCharsets.UTF_8));
            }
        }
        Path bomb = folder.resolve("bomb.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(bomb))) {
            out.putNextEntry(new ZipEntry("a.csv"));
            out.write(klines(5).getBytes(StandardCharsets.UTF_8));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 80; i++) {
                out.write(zeros);
            }
        }
        Path cut = folder.resolve("cut.zip");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(zip), 300));
        for (Path bad : List.of(two, bomb, cut)) {
            ImportReport.FileEntry named =
                    FileImport.run(bad, store, ImportOptions.defaults()).files().get(0);
            assertThat(named.skipped()).as(bad.toString()).contains("archive");
            assertThat(named.series()).isEmpty();
        }
    }

    @Test
    void fundingAndOpenInterestOfTheExchangesOwnFilesAreRead() throws IOException {
        take("BTCUSDT-fundingRate-2024-01.csv", """
                calc_time,funding_interval_hours,last_funding_rate
                1704067200000,8,0.0001
                1704096000000,8,0.0002
                1704124800000,8,-0.0003
                """);
        ParquetTable funding = rows("UNKNOWN.PERP.BTC-USDT", RecordKind.FUNDING);
        assertThat(funding.doubles("rate")).containsExactly(0.0001, 0.0002, -0.0003);
        assertThat(funding.doubles("interval_hours")).containsExactly(8, 8, 8);
        take("BTCUSDT-metrics-2024-01-01.csv", """
                create_time,symbol,sum_open_interest,sum_open_interest_value,count_long_short_ratio
                2024-01-01 00:05:00,BTCUSDT,100.5,4200000,1.1
                2024-01-01 00:10:00,BTCUSDT,101.5,4300000,1.2
                """);
        assertThat(rows("UNKNOWN.PERP.BTC-USDT", RecordKind.OPEN_INTEREST).doubles("open_interest"))
                .containsExactly(100.5, 101.5);
    }

    /** The receiver's clock is 1,270 ms behind; the quickest message took 5 ms. */
    @Test
    void quotesWithoutATimeOfTheVenueAreNeverEarlierThanTheVenueSentThem() throws IOException {
        long behind = 1_270_000_000L;
        StringBuilder text = new StringBuilder();
        long sent = 1_723_161_255_000L;
        long[] truth = new long[20];
        for (int i = 0; i < 20; i++) {
            truth[i] = (sent + 100L * i) * 1_000_000L;
            long received = truth[i] + 5_000_000L + i % 3 * 1_000_000L - behind;
            text.append(received + " {\"e\":\"depthUpdate\",\"E\":" + (sent + 100L * i) + ",\"s\":\"BTCUSDT\",\"U\":"
                    + i + ",\"u\":" + i + ",\"b\":[[\"100\",\"1\"]],\"a\":[]}\n");
            text.append(received + " {\"u\":" + i
                    + ",\"s\":\"BTCUSDT\",\"b\":\"100\",\"B\":\"1\",\"a\":\"101\",\"A\":\"2\"}\n");
        }
        text.append(truth[19] - behind + 5_000_000L)
                .append(" {\"lastUpdateId\":19,\"bids\":[[\"100\",\"1\"]],\"asks\":[[\"101\",\"1\"]]}\n")
                .append("x {\"E\":9\n");
        ImportReport.FileEntry entry = take("raw_spot_btcusdt.txt", text.toString());
        ParquetTable quotes = rows("BINANCE.SPOT.BTC-USDT", RecordKind.QUOTES);
        long[] times = quotes.times(RecordKind.TIME);
        for (int i = 0; i < truth.length; i++) {
            assertThat(times[i] - truth[i]).as("quote " + i).isBetween(0L, 3_000_000L);
            assertThat(quotes.times(RecordKind.AVAILABLE)[i]).isGreaterThanOrEqualTo(times[i]);
        }
        assertThat(quotes.longs(TickFiles.RECEIVED)[0]).isEqualTo(truth[0] + 5_000_000L - behind);
        assertThat(rows("BINANCE.SPOT.BTC-USDT", RecordKind.BOOK_SNAPSHOTS).times(RecordKind.TIME)[0])
                .isEqualTo(truth[19]);
        assertThat(entry.count(Reason.RECEIVER_CLOCK)).isEqualTo(21);
        assertThat(entry.findings().toString()).contains("put forward by 1265 ms");
        assertThat(store.catalogue().stream()
                        .filter(one -> one.key().kind() == RecordKind.QUOTES)
                        .map(one -> one.provenance().get(0).note()))
                .containsExactly("no time of the venue: the receiver's, put forward by 1265 ms");
    }

    @Test
    void aTableOfQuotesTakesTheReceiversClockAsFarAsItIsKnown() throws IOException {
        String header = "local_ns,time_ms,update_id,bid,bid_qty,ask,ask_qty\n";
        ImportReport.FileEntry some = take(
                "usdm_btcusdt.csv",
                header + "1700000000000000000,,1,100,1,101,1\n"
                        + "1700000001000000000,1700000003000,2,100,1,101,1\n"
                        + "1700000002000000000,1700000003500,3,100,1,101,1\n"
                        + "1700000003000000000,1800000003500,4,100,1,101,1\n");
        assertThat(rows("BINANCE.PERP.BTC-USDT", RecordKind.QUOTES).times(RecordKind.TIME)[0])
                .isEqualTo(1_700_000_002_000_000_000L);
        assertThat(some.count(Reason.RECEIVER_CLOCK)).isEqualTo(1);
        ImportReport.FileEntry none = take("btceur.csv", header + "1700000000000000000,,1,100,1,101,1\n");
        assertThat(rows("UNKNOWN.SPOT.BTC-EUR", RecordKind.QUOTES).times(RecordKind.TIME))
                .containsExactly(1_700_000_000_000_000_000L);
        assertThat(none.findings().toString()).contains("of whose clock nothing is known");
    }

    @Test
    void contractsOfCoinsBecomeBaseCurrencyAndTheirNumberStays() throws IOException {
        take(
                "any_btcusd_perp_trades.csv.txt",
                "trade_id,price,qty,time_ms,buyer_is_maker\n1,50000,4,1700000000000,true\n");
        store.catalogue().forEach(entry -> assertThat(entry.key().toString()).contains("UNKNOWN.PERP"));
        take("cm_solusd_perp_trades.csv", "trade_id,price,qty,time_ms,buyer_is_maker\n1,50,4,1700000000000,true\n");
        assertThat(rows("BINANCE.PERP.SOL-USD", RecordKind.TRADES).doubles("size"))
                .containsExactly(4 * 10 / 50.0);
        take(
                "binance_coinm_btcusd_perp.csv",
                "trade_id,price,qty,time_ms,buyer_is_maker\n1,50000,4,1700000000000,true\n");
        ParquetTable trades = rows("BINANCE.PERP.BTC-USD", RecordKind.TRADES);
        assertThat(trades.doubles("size")).containsExactly(4 * 100 / 50000.0);
        assertThat(trades.doubles("contracts")).containsExactly(4);
        take("coinm_ethusd_perp.csv", """
                local_ns,time_ms,update_id,bid,bid_qty,ask,ask_qty
                1700000000000000000,1700000000000,1,2000,30,2500,50
                """);
        ParquetTable quotes = rows("BINANCE.PERP.ETH-USD", RecordKind.QUOTES);
        assertThat(quotes.doubles("bid_size")).containsExactly(30 * 10 / 2000.0);
        assertThat(quotes.doubles("ask_size")).containsExactly(50 * 10 / 2500.0);
        assertThat(quotes.doubles("ask_contracts")).containsExactly(50);
        take(
                "raw_coinm_btcusd_perp.txt",
                "1723161256172216566 {\"data\":{\"e\":\"depthUpdate\",\"E\":1723161257440,\"T\":1723161257432,"
                        + "\"s\":\"BTCUSD_PERP\",\"U\":1,\"u\":2,\"pu\":0,\"b\":[[\"50000\",\"10\"],[\"49999\",\"0\"]],\"a\":[]}}\n");
        assertThat(rows("BINANCE.PERP.BTC-USD", RecordKind.BOOK_UPDATES).doubles("size"))
                .containsExactly(0.02, 0);
        assertThat(store.catalogue().stream()
                        .filter(entry -> entry.key().instrument().venue().equals("BINANCE"))
                        .map(entry -> entry.provenance().get(0).note()))
                .allMatch(note -> note.contains("dollars, now in base currency"))
                .hasSize(4);
    }

    @Test
    void barsOfContractsAreTurnedWhereBothVolumesProveIt() throws IOException {
        // 500 contracts of 100 dollars at 100 are 500 coins; other files of the same contract count coins already
        StringBuilder own = new StringBuilder();
        StringBuilder other = new StringBuilder("time,open,high,low,close,volume,quote_volume\n");
        for (int i = 0; i < 30; i++) {
            long open = 1_577_836_800_000L + i * 86_400_000L;
            own.append(open + ",100,101,99,100,500," + (open + 86_399_999L) + ",500.5,55,200,200.25,0\n");
            other.append(open + ",100,101,99,100,5,500\n");
        }
        take("binance_BTCUSD_PERP-1d-2020.csv", own.toString());
        SeriesKey key = SeriesKey.bars("BINANCE.PERP.BTC-USD", 86_400_000_000_000L);
        ParquetTable bars = store.read(MarketStore.Query.all(key));
        assertThat(bars.doubles("volume")[0]).isEqualTo(500.5);
        assertThat(bars.doubles("quote_volume")[0]).isEqualTo(50_000);
        assertThat(bars.doubles("taker_buy_volume")[0]).isEqualTo(200.25);
        assertThat(bars.doubles("taker_buy_quote_volume")[0]).isEqualTo(20_000);
        take("binance_ETHUSD_PERP_1d.csv", other.toString());
        ParquetTable eth =
                store.read(MarketStore.Query.all(SeriesKey.bars("BINANCE.PERP.ETH-USD", 86_400_000_000_000L)));
        assertThat(eth.doubles("volume")[0]).isEqualTo(5);
    }

    @Test
    void messagesWithAndWithoutTheNumberBeforeStandInOneSeries() throws IOException {
        ImportReport.FileEntry entry = take(
                "depth_mixed.txt",
                "1723161256000000000 {\"e\":\"depthUpdate\",\"E\":1723161256000,\"s\":\"BTCUSDT\",\"U\":1,\"u\":2,"
                        + "\"b\":[[\"100\",\"1\"]],\"a\":[]}\n"
                        + "1723161257000000000 {\"e\":\"depthUpdate\",\"E\":1723161257000,\"s\":\"BTCUSDT\",\"U\":3,"
                        + "\"u\":4,\"pu\":2,\"b\":[[\"100\",\"2\"]],\"a\":[]}\n"
                        + "1723161257000000000 {\"channel\":\"trades\",\"data\":[{\"coin\":\"BTC\",\"side\":\"Z\","
                        + "\"px\":\"1\",\"sz\":\"1\",\"time\":1723161257000,\"tid\":5}]}\n");
        assertThat(entry.skipped()).isEmpty();
        assertThat(rows("BINANCE.SPOT.BTC-USDT", RecordKind.BOOK_UPDATES).longs("previous_update"))
                .containsExactly(RecordKind.MISSING, 2);
        assertThat(rows("HYPERLIQUID.PERP.BTC-USD", RecordKind.TRADES).longs("side"))
                .containsExactly(-1);
        assertThat(entry.count(Reason.BROKEN_RECORD)).isEqualTo(1);
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UNIUSDT.csv | time,price,volume,side | buy | sell",
                "UNIUSDT.csv | time,price,volume,type | buy | sell",
                "UNIUSDT.csv | time,price,vol,taker_side | BUY | SELL",
                "UNIUSDT.csv | time,price,volume,is_buyer_maker | false | true",
                "UNIUSDT.csv | time,price,volume,buy_sell,market_limit | b,l | s,m",
                "UNIUSDT.csv | time,price,volume,side,order_type | buy,limit | sell,market",
                "UNIUSDT_trades.csv | time,price,volume,side,type | buy,limit | sell,market",
                "UNIUSDT_trades.csv | time,price,volume,side,liquidity | buy,maker | sell,taker"
            })
    void sizesCalledVolumesAreThoseOfTradesWhereAColumnSaysWhoTook(String file, String header, String buy, String sell)
            throws IOException {
        StringBuilder text = new StringBuilder(header).append('\n');
        for (int i = 0; i < 8; i++) {
            // each side has its own price, far apart
            text.append(1_700_000_000 + i)
                    .append(i < 4 ? ".25,100,0.5," + buy : ".25,10,2," + sell)
                    .append('\n');
        }
        ImportReport.FileEntry entry = take(file, text.toString());
        assertThat(entry.skipped()).isEmpty();
        assertThat(entry.format()).isEqualTo("trades");
        assertThat(entry.count(Reason.BROKEN_RECORD) + entry.count(Reason.UNREAD_COLUMN))
                .isZero();
        ParquetTable trades = rows("UNKNOWN.SPOT.UNI-USDT", RecordKind.TRADES);
        assertThat(trades.longs("side")).containsExactly(1, 1, 1, 1, 0, 0, 0, 0);
        assertThat(trades.doubles("size")).containsExactly(0.5, 0.5, 0.5, 0.5, 2, 2, 2, 2);
        assertThat(trades.times(RecordKind.TIME)[0]).isEqualTo(1_700_000_000_250_000_000L);
    }

    @Test
    void theNameOfAFileSaysThatPricesAndVolumesAreTrades() throws IOException {
        StringBuilder rows = new StringBuilder("time,price,volume,type\n");
        for (int i = 0; i < 8; i++) {
            rows.append(1_700_000_000_000L + 60_000L * i).append(i % 2 == 0 ? ",100,2,limit\n" : ",101,2,market\n");
        }
        ImportReport.FileEntry entry = take("UNIUSDT-trades-2024.csv", rows.toString());
        assertThat(entry.format()).isEqualTo("trades");
        assertThat(entry.count(Reason.BROKEN_RECORD)).isZero();
        assertThat(rows("UNKNOWN.SPOT.UNI-USDT", RecordKind.TRADES).longs("side"))
                .containsOnly(-1);
        assertThat(take("UNIUSDT_1m.csv", rows.toString()).format()).isEqualTo("bars");
    }
}
