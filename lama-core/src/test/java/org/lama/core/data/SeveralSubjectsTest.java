package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.base.Issue.Reason;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetFrames;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** Rows of two subjects that share a file never share a series, whatever the kind of record and the name of the column. */
class SeveralSubjectsTest {
    private static final long START_MS = 1_704_067_200_000L;
    private static final long DAY_MS = 86_400_000L;
    private static final int ROWS = 12;

    @TempDir
    private Path folder;

    private final MemoryStore store = new MemoryStore();

    private ImportReport.FileEntry take(String name, String text) throws IOException {
        return take(name, text, ImportOptions.defaults());
    }

    private ImportReport.FileEntry take(String name, String text, ImportOptions options) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return FileImport.run(file, store, options).files().get(0);
    }

    /** Rows of two subjects by turns; T stands for the time, S for the subject, P for a price of it, # for the row. */
    private static String table(String header, String row, String first, String second) {
        StringBuilder text = new StringBuilder(header).append('\n');
        for (int i = 0; i < ROWS; i++) {
            for (int subject = 0; subject < 2; subject++) {
                text.append(row.replace("T", "" + (START_MS + i * DAY_MS))
                                .replace("P", subject == 0 ? "60" + i : "2" + i)
                                .replace("#", "" + (2 * i + subject))
                                .replace("S", subject == 0 ? first : second))
                        .append('\n');
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "OPEN_INTEREST | BINANCE_oi.csv | create_time,symbol,sum_open_interest,sum_open_interest_value | T,S,P,P"
                        + " | BINANCE.PERP.BTC-USDT | BINANCE.PERP.ETH-USDT | open_interest",
                "METRICS | nvt_panel.csv | time_ms,symbol,nvt | T,S,P"
                        + " | UNKNOWN.SPOT.BTC-USDT.NVT_PANEL | UNKNOWN.SPOT.ETH-USDT.NVT_PANEL | nvt",
                "POOLS | pool_states.csv | time_ms,pool,liquidity,tick,sqrtPriceX96 | T,S,P,P,P"
                        + " | UNKNOWN.SPOT.BTCUSDT | UNKNOWN.SPOT.ETHUSDT | tick",
                "QUOTES | KRAKEN_spot_minute.csv"
                        + " | time_ms,symbol,bid_open,bid_high,bid_low,bid_close,bid_size,ask_open,ask_high,ask_low,ask_close,ask_size"
                        + " | T,S,P,P,P,P,1,P,P,P,P,1 | KRAKEN.SPOT.BTC-USDT | KRAKEN.SPOT.ETH-USDT | bid",
                "QUOTES | KRAKEN_spot_ticker.csv | local_ns,time_ms,symbol,update_id,bid,bid_qty,ask,ask_qty"
                        + " | T000000,T,S,#,P,1,P,1 | KRAKEN.SPOT.BTC-USDT | KRAKEN.SPOT.ETH-USDT | bid",
                "BOOK_UPDATES | KRAKEN_spot_depth.csv | local_ns,time_ms,symbol,U,u,side,price,qty"
                        + " | T000000,T,S,#,#,bid,P,1 | KRAKEN.SPOT.BTC-USDT | KRAKEN.SPOT.ETH-USDT | price",
                "FUNDING | BINANCE_funding.csv | time_ms,coin,funding_rate | T,S,P"
                        + " | BINANCE.PERP.BTC-USDT | BINANCE.PERP.ETH-USDT | rate",
                "TRADES | KRAKEN_spot.csv | time_ms,product_id,trade_id,price,qty | T,S,#,P,1"
                        + " | KRAKEN.SPOT.BTC-USDT | KRAKEN.SPOT.ETH-USDT | price"
            })
    void everyReaderSplitsByTheColumnOfSymbols(
            RecordKind kind, String file, String header, String row, String first, String second, String column)
            throws IOException {
        ImportReport.FileEntry entry = take(file, table(header, row, "BTCUSDT", "ETHUSDT"));
        assertThat(entry.skipped()).isEmpty();
        assertThat(entry.count(Reason.REVISED) + entry.count(Reason.NON_FINITE)).isZero();
        assertThat(store.keys()).containsExactlyInAnyOrder(SeriesKey.of(first, kind), SeriesKey.of(second, kind));
        double[] ours =
                store.read(MarketStore.Query.all(SeriesKey.of(first, kind))).doubles(column);
        double[] others =
                store.read(MarketStore.Query.all(SeriesKey.of(second, kind))).doubles(column);
        assertThat(Arrays.stream(ours).filter(value -> value >= 600)).hasSize(ROWS);
        assertThat(Arrays.stream(others).filter(value -> value < 600)).hasSize(ROWS);
    }

    @Test
    void messagesAreNumberedAndCheckedForHolesPerBook() throws IOException {
        StringBuilder text = new StringBuilder("local_ns,time_ms,symbol,U,u,side,price,qty\n");
        for (int i = 0; i < ROWS; i++) {
            long time = START_MS + i;
            text.append(time)
                    .append("000000,")
                    .append(time)
                    .append(",BTCUSDT,")
                    .append(i)
                    .append(',')
                    .append(i);
            text.append(",bid,60000,1\n");
            text.append(time)
                    .append("000000,")
                    .append(time)
                    .append(",ETHUSDT,")
                    .append(900 + i)
                    .append(',');
            text.append(900 + i).append(",bid,2000,1\n");
        }
        assertThat(take("KRAKEN_spot.csv", text.toString()).count(Reason.SEQUENCE_GAP))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"product_id", "market", "coin", "asset", "Instrument_Name", "token"})
    void barsAreSplitByEveryNameOfThatColumn(String column) throws IOException {
        take("coinbase_products_1d.csv", bars("time," + column + ",open,high,low,close,volume", "BTC-USD", "ETH-USD"));
        assertThat(store.keys())
                .containsExactlyInAnyOrder(
                        SeriesKey.bars("COINBASE.SPOT.BTC-USD", DAY_MS * 1_000_000),
                        SeriesKey.bars("COINBASE.SPOT.ETH-USD", DAY_MS * 1_000_000));
    }

    /** A month of one, then a month of the other. */
    private static String bars(String header, String first, String second) {
        StringBuilder text = new StringBuilder(header).append('\n');
        for (int day = 0; day < 56; day++) {
            double price = (day < 28 ? 40_000 : 2_500) * (1 + 0.01 * (day % 3));
            text.append(LocalDate.ofEpochDay(19_723 + day)).append(',');
            text.append(day < 28 ? first : second).append(',');
            text.append((price + ",").repeat(4)).append("1\n");
        }
        return text.toString();
    }

    @Test
    void aColumnOfWordsThatNobodyReadsAndThatChangesWithALeapOfThePriceIsRefusedByName() throws IOException {
        String text = bars("time,thing,open,high,low,close,volume", "BTC", "ETH");
        ImportReport.FileEntry entry = take("coinbase_BTCUSD_1d.csv", text);
        assertThat(entry.skipped()).contains("thing", "BTC, ETH", "symbol");
        assertThat(store.keys()).isEmpty();
        ParquetTable.Builder rows = ParquetTable.builder(56)
                .texts(
                        "thing",
                        text.lines().skip(1).map(line -> line.split(",", -1)[1]).toList())
                .texts(
                        "time",
                        text.lines().skip(1).map(line -> line.split(",", -1)[0]).toList());
        double[] closes = text.lines()
                .skip(1)
                .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[5]))
                .toArray();
        for (String name : List.of("open", "high", "low", "close")) {
            rows.doubles(name, closes);
        }
        Path parquet = folder.resolve("coinbase_BTCUSD_1d.parquet");
        ParquetFrames.write(parquet, rows.build());
        assertThat(FileImport.run(parquet, store, ImportOptions.defaults())
                        .files()
                        .get(0)
                        .skipped())
                .contains("thing", "BTC, ETH");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "panel_1d.csv | time_ms,thing,close | T,S,P",
                "nvt.csv | time_ms,thing,nvt | T,S,P",
                "BTC_oi.csv | time_ms,thing,open_interest,open_interest_usd | T,S,P,P",
                "BTCUSDT.csv | time_ms,thing,trade_id,price,qty | T,S,#,P,1",
                "BTCUSDT.csv | local_ns,time_ms,thing,update_id,bid,bid_qty,ask,ask_qty | T000000,T,S,#,P,1,P,1"
            })
    void rowsOfOneTimeThatAWordAloneTellsApartAreRefusedByName(String file, String header, String row)
            throws IOException {
        ImportReport.FileEntry entry = take(file, table(header, row, "BTC", "ETH"));
        assertThat(entry.skipped()).contains("'thing'", "BTC, ETH", "symbol");
        assertThat(store.keys()).isEmpty();
    }

    @Test
    void wordsThatSayNothingOfTheSubjectAreAFindingAlone() throws IOException {
        StringBuilder text = new StringBuilder("time,mood,open,high,low,close,volume\n");
        for (int day = 0; day < 56; day++) {
            text.append(LocalDate.ofEpochDay(19_723 + day)).append(day / 7 % 2 == 0 ? ",calm" : ",wild");
            text.append(",10,11,9,10.").append(day).append(",5\n");
        }
        ImportReport.FileEntry entry = take("BTCUSDT_1d.csv", text.toString());
        assertThat(entry.skipped()).isEmpty();
        assertThat(entry.count(Reason.UNREAD_COLUMN)).isEqualTo(1);
        assertThat(entry.findings().toString()).contains("mood", "calm, wild");
        assertThat(take("BTCUSDT_1d.csv", text.toString().replace("wild", "calm"))
                        .count(Reason.UNREAD_COLUMN))
                .isZero();
    }

    @Test
    void aFileOfOneInstrumentByItsCallerHoldsNoTwo() throws IOException {
        ImportOptions one = ImportOptions.defaults().withNames(Map.of("f.csv", "KRAKEN.SPOT.BTC-USD"));
        String funding = table("time_ms,symbol,funding_rate", "T,S,P", "BTC-USD", "ETH-USD");
        assertThat(take("f.csv", funding, one).skipped()).contains("KRAKEN.SPOT.BTC-USD", "BTC-USD, ETH-USD");
        assertThat(take("f.csv", bars("time,symbol,open,high,low,close,volume", "BTC-USD", "ETH-USD"), one)
                        .skipped())
                .contains("KRAKEN.SPOT.BTC-USD", "BTC-USD, ETH-USD");
        assertThat(store.keys()).isEmpty();
    }

    @Test
    void aNumberUnderSuchANameStaysANumber() throws IOException {
        take("BTC_share.csv", table("time_ms,market,share", "T,P,#", "", "").replaceAll("(?m)^(\\d+),2\\d+,.*\\R", ""));
        ParquetTable rows =
                store.read(MarketStore.Query.all(SeriesKey.of("UNKNOWN.SPOT.BTC.SHARE", RecordKind.METRICS)));
        assertThat(rows.doubles("market")[3]).isEqualTo(603);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"coin_id", "id", "isin", "assetId", "pair_id", "token_id", "market_id", "Instrument ID", "foo"})
    void wholeNumbersThatNameSubjectsAreRefusedByName(String column) throws IOException {
        ImportReport.FileEntry entry =
                take("seq_1d.csv", bars("time," + column + ",open,high,low,close,volume", "1", "1027"));
        assertThat(entry.skipped()).contains("'" + column + "'", "1, 1027", "symbol");
        assertThat(store.keys()).isEmpty();
    }

    @Test
    void aNumberOfASubjectIsRefusedInTablesOfAnyKindAndWithoutALeap() throws IOException {
        assertThat(take("BTC_oi.csv", table("time_ms,coin_id,open_interest,open_interest_usd", "T,S,P,P", "1", "1027"))
                        .skipped())
                .contains("'coin_id'", "1, 1027");
        assertThat(take("BTCUSDT.csv", table("time_ms,pair_id,trade_id,price,qty", "T,S,#,P,1", "1", "1027"))
                        .skipped())
                .contains("'pair_id'", "1, 1027");
        String alike =
                bars("time,coin_id,open,high,low,close,volume", "1", "1027").replaceAll("\\b40(\\d\\d\\d)", "2$1");
        assertThat(take("BTCUSDT_1d.csv", alike).skipped()).contains("'coin_id'", "1, 1027");
        assertThat(store.keys()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"regime,0,1", "cluster,2,7", "trades,900,900"})
    void ordinaryWholeNumbersStayNumbers(String column, String first, String second) throws IOException {
        ImportReport.FileEntry entry =
                take("ABC_1d.csv", bars("time," + column + ",open,high,low,close,volume", first, second));
        assertThat(entry.skipped()).isEmpty();
        assertThat(entry.count(Reason.UNREAD_COLUMN)).isZero();
        ParquetTable rows = store.read(MarketStore.Query.all(store.keys().stream()
                .filter(key -> key.kind() == RecordKind.BARS)
                .findFirst()
                .orElseThrow()));
        assertThat(rows.doubles(column)[0]).isEqualTo(Double.parseDouble(first));
    }

    @Test
    void aNumberBesideASymbolIsNoSecondSubject() throws IOException {
        String text = bars("time,symbol,open,high,low,close,volume,coin_id", "BTC-USD", "ETH-USD")
                .replaceAll("(BTC.*),1\\n", "$1,1,1\n")
                .replaceAll("(ETH.*),1\\n", "$1,1,1027\n");
        assertThat(take("COINBASE_spot_1d.csv", text).skipped()).isEmpty();
        assertThat(store.keys()).hasSize(2);
    }

    @Test
    void aRemarkInAFileOfOnePairIsAFindingThoughItChangesWithALeap() throws IOException {
        String header = "time,regime,open,high,low,close,volume";
        ImportReport.FileEntry entry = take("DOGEUSDT_1d.csv", bars(header, "calm", "mania"));
        assertThat(entry.skipped()).isEmpty();
        assertThat(entry.count(Reason.UNREAD_COLUMN)).isEqualTo(1);
        assertThat(entry.findings().toString()).contains("regime", "calm, mania");
        assertThat(take("dogeusdt_d.csv", bars(header.replace("regime", "factor"), "1", "1000"))
                        .count(Reason.UNREAD_COLUMN))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "panel_1d.csv,regime,calm,mania",
        "DOGEUSDT_1d.csv,coin_name,Dogecoin,Ethereum",
        "DOGEUSDT_1d.csv,thing,DOGE,ETH",
        "DOGEUSDT_1d.csv,thing,x,ETHUSDT"
    })
    void whatMayNameSubjectsIsRefusedWithAWayOut(String file, String column, String first, String second)
            throws IOException {
        ImportReport.FileEntry entry =
                take(file, bars("time," + column + ",open,high,low,close,volume", first, second));
        assertThat(entry.skipped()).contains("'" + column + "'", "symbol", "leave it out", "BTCUSDT_1d.csv");
        assertThat(store.keys()).isEmpty();
    }

    @Test
    void twoRowsOfATimeAreNoRemarkWhateverTheNameOfTheFile() throws IOException {
        String text = bars("time,regime,open,high,low,close,volume", "calm", "mania");
        String again = text.lines().skip(56).findFirst().orElseThrow() + "\n";
        assertThat(take("DOGEUSDT_1d.csv", text + again).skipped()).contains("'regime'");
    }
}
