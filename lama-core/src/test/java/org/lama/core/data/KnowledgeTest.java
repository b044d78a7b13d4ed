package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Issue.Reason;
import org.lama.core.series.Frame;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetFrames;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** What a file says of when its rows could be known counts for every kind of record and in every form of a time. */
class KnowledgeTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400 * SECOND;
    private static final long START = TimeIndex.nanos(Instant.parse("2024-01-02T00:00:00Z"));
    private static final int ROWS = 12;

    /** The same time in every form in which a file may write it; all of them hold a whole day. */
    private static final List<Function<Long, String>> FORMS = List.of(
            nanos -> TimeIndex.instant(nanos).toString(),
            nanos -> TimeIndex.instant(nanos).toString().replace('T', ' ').replace("Z", ""),
            nanos -> TimeIndex.instant(nanos).toString().substring(0, 10),
            nanos -> TimeIndex.instant(nanos).toString().substring(0, 10).replace("-", ""),
            nanos -> "" + nanos / SECOND,
            nanos -> "" + nanos / 1_000_000,
            nanos -> "" + nanos / 1_000,
            nanos -> "" + nanos);

    /** A file of each kind: its name, its header, and a row of it; {@code T} stands for the time. */
    private record Kind(String file, RecordKind kind, String header, String row) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("KRAKEN_spot_BTCUSD_1d.csv", RecordKind.BARS, "time_ms,open,high,low,close,volume", "T,1,1,1,1,2"),
            new Kind("KRAKEN_spot_BTCUSD.csv", RecordKind.TRADES, "trade_id,price,qty,time_ms", "#,10,1,T"),
            new Kind(
                    "KRAKEN_spot_BTCUSD.csv",
                    RecordKind.QUOTES,
                    "local_ns,time_ms,update_id,bid,bid_qty,ask,ask_qty",
                    "T000000,T,#,1,2,3,4"),
            new Kind(
                    "KRAKEN_spot_BTCUSD.csv",
                    RecordKind.BOOK_UPDATES,
                    "local_ns,time_ms,U,u,side,price,qty",
                    "T000000,T,#,#,bid,1,2"),
            new Kind(
                    "KRAKEN_spot_BTCUSD.csv",
                    RecordKind.QUOTES,
                    "time_ms,bid_open,bid_high,bid_low,bid_close,bid_size,ask_open,ask_high,ask_low,ask_close,ask_size",
                    "T,1,1,1,1,5,2,2,2,2,6"),
            new Kind("BINANCE_perp_BTCUSDT.csv", RecordKind.FUNDING, "time_ms,funding_rate", "T,0.0001"),
            new Kind(
                    "BINANCE_perp_BTCUSDT.csv",
                    RecordKind.OPEN_INTEREST,
                    "time_ms,open_interest,open_interest_usd",
                    "T,5,#"),
            new Kind("btc_nvt.csv", RecordKind.METRICS, "time_ms,nvt", "T,#"),
            new Kind(
                    "deribit.csv",
                    RecordKind.OPTION_QUOTES,
                    "time_ms,instrument_name,mark_price,bid_price,ask_price,last,underlying_price,open_interest,volume",
                    "T,BTC-24SEP21-40000-P,0.1,0.09,0.11,0.1,40000,1,1"),
            new Kind(
                    "deribit.csv",
                    RecordKind.OPTION_QUOTES,
                    "time_ms,symbol,mark_iv,bid_iv,ask_iv,best_bid_price,best_ask_price,mark_price,underlying_price,open_interest",
                    "T,BTC-24SEP21-40000-P,50,49,51,0.09,0.11,0.1,40000,1"),
            new Kind("uniswap_v3_WETH_USDC.csv", RecordKind.POOLS, "time_ms,liquidity,tick", "T,#,5"),
            new Kind("coingecko.csv", RecordKind.METRICS, "date,symbol,price,market_cap", "T,BTC,1,#"),
            new Kind(
                    "deribit.csv",
                    RecordKind.METRICS,
                    "time_ms,symbol,expiration_timestamp,creation_timestamp,tick_size",
                    "T,BTC-24SEP21,1632470400000,1600000000000,0.#5"));

    @TempDir
    private Path folder;

    private static long time(int row) {
        return START + row * DAY;
    }

    /** A day after the close of a bar, and as long for all others. */
    private static long known(int row) {
        return time(row) + 2 * DAY;
    }

    private static String text(Kind kind, Function<Integer, String> available) {
        StringBuilder text = new StringBuilder(kind.header()).append(",Available\n");
        for (int row = 0; row < ROWS; row++) {
            text.append(kind.row()
                            .replace("T", "" + time(row) / 1_000_000)
                            .replace("B" + time(row) / 1_000_000 + "C", "BTC")
                            .replace("#", "" + (row + 1)))
                    .append(',')
                    .append(available.apply(row))
                    .append('\n');
        }
        return text.toString();
    }

    private ImportReport.FileEntry take(MarketStore store, Kind kind, Function<Integer, String> available)
            throws IOException {
        Path file = Files.writeString(folder.resolve(kind.file()), text(kind, available));
        return FileImport.run(file, store, ImportOptions.defaults()).files().get(0);
    }

    private static ParquetTable rows(MarketStore store, Kind kind) throws IOException {
        List<SeriesKey> keys = store.keys();
        assertThat(keys).as(kind.header()).hasSize(1);
        assertThat(keys.get(0).kind()).isEqualTo(kind.kind());
        return store.read(MarketStore.Query.all(keys.get(0)));
    }

    @Test
    void everyKindOfRecordIsKnownWhenItsFileSaysInEveryFormOfATime() throws IOException {
        for (Kind kind : KINDS) {
            for (Function<Long, String> form : FORMS) {
                MemoryStore store = new MemoryStore();
                ImportReport.FileEntry entry = take(store, kind, row -> form.apply(known(row)));
                long[] known = rows(store, kind).times(RecordKind.AVAILABLE);
                assertThat(known).as(kind.header() + " " + entry.findings()).hasSize(ROWS);
                for (int row = 0; row < ROWS; row++) {
                    assertThat(known[row])
                            .as(kind.header() + " known at " + form.apply(known(row)))
                            .isEqualTo(known(row));
                }
                assertThat(entry.count(Reason.RECEIVED_EARLY)).as(kind.header()).isZero();
                assertThat(entry.count(Reason.NON_FINITE)).as(kind.header()).isZero();
            }
        }
    }

    @Test
    void anEmptyCellIsKnownAsItsKindSaysATextIsLeftOutAndAnEarlierTimeIsCounted() throws IOException {
        for (Kind kind : KINDS) {
            MemoryStore usual = new MemoryStore();
            take(usual, kind, row -> row == 0 ? TimeIndex.instant(known(0)).toString() : "");
            long[] usually = rows(usual, kind).times(RecordKind.AVAILABLE);
            assertThat(usually).hasSize(ROWS);
            assertThat(usually[0]).isEqualTo(known(0));

            MemoryStore store = new MemoryStore();
            ImportReport.FileEntry entry = take(
                    store,
                    kind,
                    row -> row == 3
                            ? "later"
                            : row == 5
                                    ? TimeIndex.instant(START - 5 * DAY).toString()
                                    : row == 7
                                            ? ""
                                            : TimeIndex.instant(known(row)).toString());
            ParquetTable rows = rows(store, kind);
            String what = kind.header() + " " + entry.findings();
            assertThat(rows.rows()).as(what).isEqualTo(ROWS - 1);
            assertThat(entry.count(Reason.NON_FINITE)).as(what).isEqualTo(1);
            assertThat(entry.findings().toString()).as(what).contains("row 5").contains("'later'");
            assertThat(entry.count(Reason.RECEIVED_EARLY)).as(what).isEqualTo(1);
            long[] known = rows.times(RecordKind.AVAILABLE);
            assertThat(known[2]).isEqualTo(known(2));
            assertThat(known[4]).as(what).isEqualTo(usually[5]);
            assertThat(known[6]).as(what).isEqualTo(usually[7]);
        }
    }

    @Test
    void numbersOfWhichNoneIsATimeAtOrAfterThatOfItsRowAreAmountsAndThatIsSaid() throws IOException {
        Kind metrics = KINDS.get(7);
        MemoryStore store = new MemoryStore();
        ImportReport.FileEntry entry = take(store, metrics, row -> "" + (19_000_000 + row));
        assertThat(entry.count(Reason.RECEIVED_EARLY)).isEqualTo(ROWS);
        ParquetTable rows = rows(store, metrics);
        assertThat(rows.doubles("x_available")[1]).isEqualTo(19_000_001);
        assertThat(rows.times(RecordKind.AVAILABLE)[1]).isEqualTo(time(2));
        // one time among them, and the others were written with a wrong clock
        MemoryStore mixed = new MemoryStore();
        ImportReport.FileEntry some =
                take(mixed, metrics, row -> "" + (row == 4 ? known(4) / SECOND : 19_000_000 + row));
        assertThat(some.count(Reason.RECEIVED_EARLY)).isEqualTo(ROWS - 1);
        assertThat(rows(mixed, metrics).times(RecordKind.AVAILABLE)[4]).isEqualTo(known(4));
    }

    /** Of a Parquet file, whatever holds the times; and who studies the file itself does not see the bars either. */
    @Test
    void barsOfParquetFilesAndOfStudiesAreKnownWhenTheFileSays() throws IOException {
        double[] price = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        for (String type : List.of("seconds", "millis", "fraction", "text", "time")) {
            ParquetTable.Builder builder = ParquetTable.builder(ROWS);
            long[] times = new long[ROWS];
            long[] known = new long[ROWS];
            for (int row = 0; row < ROWS; row++) {
                times[row] = time(row);
                known[row] = known(row);
            }
            builder.times("time", times);
            for (String name : List.of("open", "high", "low", "close")) {
                builder.doubles(name, price);
            }
            long[] seconds = Arrays.stream(known).map(t -> t / SECOND).toArray();
            switch (type) {
                case "seconds" -> builder.longs("available", seconds);
                case "millis" ->
                    builder.longs(
                            "available",
                            Arrays.stream(known).map(t -> t / 1_000_000).toArray());
                case "fraction" ->
                    builder.doubles(
                            "available", Arrays.stream(seconds).asDoubleStream().toArray());
                case "text" ->
                    builder.texts(
                            "available",
                            Arrays.stream(known)
                                    .mapToObj(t -> TimeIndex.instant(t).toString())
                                    .toList());
                default -> builder.times("available", known);
            }
            Path file = folder.resolve("KRAKEN_spot_BTCUSD_1d.parquet");
            ParquetFrames.write(file, builder.build());
            MemoryStore store = new MemoryStore();
            FileImport.run(file, store, ImportOptions.defaults());
            assertThat(rows(store, KINDS.get(0)).times(RecordKind.AVAILABLE))
                    .as(type)
                    .isEqualTo(known);
        }
        Path epochs = Files.writeString(
                folder.resolve("KRAKEN_spot_BTCUSD_1d.csv"),
                text(KINDS.get(0), row -> "" + (row < 6 ? time(row) + DAY : known(row)) / SECOND));
        Frame frame = BarFiles.load(epochs, LoadOptions.defaults()).frames().get(0);
        double[] closes = frame.column("close").toArray();
        assertThat(closes[5]).isEqualTo(1);
        assertThat(closes[6]).isNaN();
    }
}
