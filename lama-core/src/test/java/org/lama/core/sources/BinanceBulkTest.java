package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Issue;
import org.lama.core.net.NetException;
import org.lama.core.net.kit.FakePages;
import org.lama.core.net.kit.FakeReply;
import org.lama.core.series.Provenance;
import org.lama.core.store.Checksums;
import org.lama.core.store.RecordKind;

/** The bulk files of Binance: layouts as its pages describe them, our numbers, on a venue on loopback. */
class BinanceBulkTest {
    private static final String KLINES = "/api/v3/klines";
    private static final String MONTH = "spot/monthly/klines/BTCUSDT/5m/BTCUSDT-5m-";
    private static final long STEP_MILLIS = 300_000;
    private static final long FROM = Desk.nanos("2024-12-01T00:00:00Z");

    @TempDir
    Path folder;

    private Desk desk;

    @BeforeEach
    void start() {
        desk = BinanceScript.listings(new Desk(folder));
        desk.time("/api/v3/time", "2025-02-10T12:02:30Z");
        desk.time("/fapi/v1/time", "2025-02-10T12:02:30Z");
    }

    @AfterEach
    void stop() throws IOException {
        desk.close();
    }

    private Binance spot() {
        return Binance.of(BinanceMarket.SPOT, desk.settings.batches(5000));
    }

    private Binance futures() {
        return Binance.of(BinanceMarket.USD_M, desk.settings);
    }

    private static String bars(String from, String to, int unitsPerMilli) {
        StringBuilder lines = new StringBuilder();
        for (long at = Desk.nanos(from) / Desk.MILLI; at < Desk.nanos(to) / Desk.MILLI; at += STEP_MILLIS) {
            String[] bar = BinanceScript.bar(at, STEP_MILLIS)
                    .replaceAll("[\\[\\]\"]", "")
                    .split(",", -1);
            bar[0] = Long.toString(at * unitsPerMilli);
            bar[6] = Long.toString((at + STEP_MILLIS) * unitsPerMilli - 1);
            lines.append(String.join(",", bar)).append('\n');
        }
        return lines.toString();
    }

    private void restOfFebruary() {
        long from = Desk.nanos("2025-02-01T00:00:00Z") / Desk.MILLI;
        desk.venue.on(
                KLINES,
                FakePages.of(
                        BinanceScript.bars(from, from + 20 * 86_400_000L, STEP_MILLIS),
                        "startTime",
                        "endTime",
                        "limit",
                        500));
    }

    private static FetchRequest untilFebruary() {
        return FetchRequest.bars(List.of("BTCUSDT"), "5m", FROM, Desk.nanos("2025-02-03T00:00:00Z"));
    }

    private void everyFiveMinutes(int count) {
        List<Long> times = desk.times();
        assertThat(times).hasSize(count);
        List<Double> open = desk.column("open");
        for (int i = 0; i < count; i++) {
            long time = FROM + i * STEP_MILLIS * Desk.MILLI;
            assertThat(times.get(i)).isEqualTo(time);
            assertThat(open.get(i)).isEqualTo(BinanceScript.open(time / Desk.MILLI, STEP_MILLIS));
        }
    }

    @Test
    void wholePastMonthsComeFromFilesInMillisecondsOrMicrosecondsAndTheRestByRest() throws IOException {
        desk.bulk(MONTH + "2024-12.zip", bars("2024-12-01T00:00:00Z", "2025-01-01T00:00:00Z", 1));
        desk.bulk(
                MONTH + "2025-01.zip",
                "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,"
                        + "taker_buy_quote_volume,ignore\n"
                        + bars("2025-01-01T00:00:00Z", "2025-02-01T00:00:00Z", 1000));
        restOfFebruary();
        List<Source.Batch> batches = desk.fetch(spot(), untilFebruary());
        everyFiveMinutes(64 * 288);
        assertThat(desk.reasons()).isEmpty();
        assertThat(batches.stream()
                        .map(batch -> batch.provenance().source().replaceAll(".* instead of ", ""))
                        .distinct())
                .containsExactly(
                        "data.binance.vision/data/" + MONTH + "2024-12.zip",
                        "data.binance.vision/data/" + MONTH + "2025-01.zip",
                        "api.binance.com/api/v3/klines");
        assertThat(batches)
                .allSatisfy(batch -> assertThat(batch.provenance().kind()).isEqualTo(Provenance.Kind.VENDOR));
        assertThat(batches.get(0).provenance().sha256())
                .isEqualTo(Checksums.sha256(
                        Desk.zip("BTCUSDT-5m-2024-12.csv", bars("2024-12-01T00:00:00Z", "2025-01-01T00:00:00Z", 1))));
        // a file that was begun is not covered before it is through
        assertThat(batches.get(0).coveredToNanos()).isEqualTo(FROM);
        try (Stream<Path> left = Files.list(folder.resolve("bulk-binance"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aMissingFileIsReplacedByRestAndSaid() throws IOException {
        desk.bulk(MONTH + "2024-12.zip", bars("2024-12-01T00:00:00Z", "2025-01-01T00:00:00Z", 1));
        long january = Desk.nanos("2025-01-01T00:00:00Z") / Desk.MILLI;
        desk.venue.on(
                KLINES,
                FakePages.of(
                        BinanceScript.bars(january, january + 40 * 86_400_000L, STEP_MILLIS),
                        "startTime",
                        "endTime",
                        "limit",
                        500));
        desk.fetch(spot(), untilFebruary());
        everyFiveMinutes(64 * 288);
        assertThat(desk.reasons()).containsExactly(Issue.Reason.OTHER_WAY);
    }

    @Test
    void aWrongChecksumABombAndAClimbingNameAreRefused() {
        byte[] zip = Desk.zip("x.csv", bars("2024-12-01T00:00:00Z", "2025-01-01T00:00:00Z", 1));
        String path = "/data/" + MONTH + "2024-12.zip";
        desk.venue.on(path, FakeReply.file(zip, "\"1\""));
        desk.venue.on(path + ".CHECKSUM", FakeReply.text("0".repeat(64) + "  BTCUSDT-5m-2024-12.zip"));
        assertThat(desk.failure(NetException.class, spot(), untilFebruary()).reason())
                .isEqualTo(NetException.Reason.CHECKSUM);
        assertThat(desk.batches).isEmpty();
        byte[] bomb = Desk.zip("x.csv", "1,".repeat(10_000_000));
        desk.venue.on(path, FakeReply.file(bomb, "\"2\""));
        desk.venue.on(path + ".CHECKSUM", FakeReply.text(Checksums.sha256(bomb) + "  BTCUSDT-5m-2024-12.zip"));
        assertThat(desk.failure(NetException.class, spot(), untilFebruary()).reason())
                .isEqualTo(NetException.Reason.TOO_LARGE);
        byte[] climbing = Desk.zip("../x.csv", "1");
        desk.venue.on(path, FakeReply.file(climbing, "\"3\""));
        desk.venue.on(path + ".CHECKSUM", FakeReply.text(Checksums.sha256(climbing) + "  BTCUSDT-5m-2024-12.zip"));
        assertThat(desk.failure(NetException.class, spot(), untilFebruary()).reason())
                .isEqualTo(NetException.Reason.ARCHIVE);
    }

    @Test
    void aKilledRunDoesNotFetchTheFileAgain() throws IOException {
        desk.bulk(MONTH + "2024-12.zip", bars("2024-12-01T00:00:00Z", "2025-01-01T00:00:00Z", 1));
        FetchRequest december = FetchRequest.bars(List.of("BTCUSDT"), "5m", FROM, Desk.nanos("2025-01-01T00:00:00Z"));
        MemoryStore store = new MemoryStore();
        store.writesUntilFull = 1;
        assertThat(catchThrowable(() -> FetchJob.of(spot(), store, december, folder.resolve("journal"))
                        .run()))
                .hasMessage("no space left on device");
        store.writesUntilFull = 100;
        FetchJob.of(spot(), store, december, folder.resolve("journal")).run();
        assertThat(store.times("BINANCE.SPOT.BTC-USDT bars 5m")).hasSize(31 * 288);
        assertThat(desk.venue.count("/data/" + MONTH + "2024-12.zip")).isEqualTo(1);
        int asked = desk.venue.requests().size();
        FetchJob.of(spot(), store, december, folder.resolve("journal")).run();
        assertThat(desk.venue.requests()).hasSize(asked);
    }

    @Test
    void tradesOfDaysAndMonthsComeFromFilesAndGoOnByNumber() throws IOException {
        desk.time("/fapi/v1/time", "2025-02-03T00:10:00Z");
        long first = Desk.nanos("2025-01-31T00:00:00Z") / Desk.MILLI;
        long rest = Desk.nanos("2025-02-01T00:00:00Z") / Desk.MILLI;
        desk.bulk(
                "futures/um/daily/aggTrades/BTCUSDT/BTCUSDT-aggTrades-2025-01-31.zip",
                "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker\n"
                        + "7,100.5,0.1,1,1," + first + ",true\n8,100.6,0.2,2,3," + (first + 86_399_999) + ",false\n");
        Map<Long, String> tape = new TreeMap<>();
        for (long i = 9; i < 1500; i++) {
            tape.put(i, BinanceScript.trade(i, rest + i * 1000));
        }
        desk.venue.on("/fapi/v1/aggTrades", FakePages.of(tape, "fromId", "none", "limit", 1000));
        desk.fetch(
                futures(),
                FetchRequest.of(
                        List.of("BTCUSDT"),
                        RecordKind.TRADES,
                        Desk.nanos("2025-01-31T00:00:00Z"),
                        Desk.nanos("2025-02-01T00:16:40Z")));
        assertThat(desk.times()).hasSize(2 + 991).isSorted();
        assertThat(desk.column("side").subList(0, 2)).containsExactly(0.0, 1.0);
        assertThat(desk.column("seq").subList(0, 4)).containsExactly(7.0, 8.0, 9.0, 10.0);
        assertThat(desk.reasons()).doesNotContain(Issue.Reason.SEQUENCE_GAP);
    }

    @Test
    void singleTradesComeFromFilesOnly() throws IOException {
        long day = Desk.nanos("2025-02-05T00:00:00Z") / Desk.MILLI;
        desk.bulk(
                "spot/daily/trades/BTCUSDT/BTCUSDT-trades-2025-02-05.zip",
                "100,96000.01,0.001,96.00001," + day + "123,True,True\n101,96000.02,0.5,48000.01," + day
                        + "999,False,True\n");
        Binance single = Binance.singleTrades(BinanceMarket.SPOT, desk.settings);
        desk.fetch(
                single,
                FetchRequest.of(
                        List.of("BTCUSDT"),
                        RecordKind.TRADES,
                        Desk.nanos("2025-02-05T00:00:00Z"),
                        Desk.nanos("2025-02-07T06:00:00Z")));
        assertThat(desk.times()).containsExactly(day * Desk.MILLI + 123_000, day * Desk.MILLI + 999_000);
        assertThat(desk.column("price")).containsExactly(96000.01, 96000.02);
        assertThat(desk.reasons()).containsOnly(Issue.Reason.NOT_COVERED).hasSize(2);
        assertThat(desk.failure(SourceException.class, single, untilFebruary()))
                .hasMessageContaining("binance-trades: gives no bars, only [trades]");
    }

    @Test
    void openInterestComesFromDailyMetrics() throws IOException {
        StringBuilder lines = new StringBuilder("create_time,symbol,sum_open_interest,sum_open_interest_value,"
                + "count_toptrader_long_short_ratio,sum_toptrader_long_short_ratio,count_long_short_ratio,"
                + "sum_taker_long_short_vol_ratio\n");
        for (int i = 0; i < 288; i++) {
            lines.append(String.format(
                    Locale.ROOT,
                    "2025-01-10 %02d:%02d:00,BTCUSDT,%d.5,%d.25,1.1,,0.9,\n",
                    i / 12,
                    i % 12 * 5,
                    80_000 + i,
                    7_000_000 + i));
        }
        desk.bulk("futures/um/daily/metrics/BTCUSDT/BTCUSDT-metrics-2025-01-10.zip", lines.toString());
        desk.fetch(
                futures(),
                FetchRequest.of(
                        List.of("BTCUSDT"),
                        RecordKind.OPEN_INTEREST,
                        Desk.nanos("2025-01-10T06:00:00Z"),
                        Desk.nanos("2025-01-11T00:00:00Z")));
        assertThat(desk.times()).hasSize(216).startsWith(Desk.nanos("2025-01-10T06:00:00Z"));
        assertThat(desk.column("open_interest").get(0)).isEqualTo(80_072.5);
        assertThat(desk.column("open_interest_value").get(0)).isEqualTo(7_000_072.25);
    }

    @Test
    void linesThatAreWrongAreNamedWithFieldLineAndFile() {
        List<String> complaints = new ArrayList<>();
        String[][] cases = {
            {"time,price\n1,2\n", "KLINES"},
            {"1,2,3\n", "KLINES"},
            {"1704067200000,abc,1,1,1,1,1704067499999,1,1,1,1,0\n", "KLINES"},
            {"1704067200000.5,1,1,1,1,1,1704067499999,1,1,1,1,0\n", "KLINES"},
            {"-5,1,1,1,1,1,1704067499999,1,1,1,1,0\n", "KLINES"},
            {"1,2,3,4,5,1704067200000,maybe,True\n", "AGG_TRADES"},
            {"calc_time,funding_interval_hours\n", "FUNDING"},
            {"2025-01-10,BTCUSDT,1,1\n", "METRICS"},
            {"2025-01-10 00:00:00,ETHUSDT,1,1\n", "METRICS"}
        };
        for (String[] one : cases) {
            BulkLines lines =
                    new BulkLines("binance", new BulkName("BTCUSDT", BulkLayout.valueOf(one[1]), "", "2025-01"), 0);
            try {
                for (String line : one[0].split("\n", -1)) {
                    lines.line(line);
                }
                complaints.add("none");
            } catch (SourceException e) {
                complaints.add(e.reason() + " " + e.where());
            }
        }
        assertThat(complaints)
                .containsExactly(
                        "MISSING_FIELD open_time",
                        "MISSING_FIELD low",
                        "WRONG_VALUE open",
                        "WRONG_VALUE open_time",
                        "MISSING_FIELD open_time",
                        "WRONG_VALUE is_buyer_maker",
                        "MISSING_FIELD last_funding_rate",
                        "WRONG_VALUE create_time",
                        "WRONG_VALUE symbol");
    }

    @Test
    void fundingFilesAreRead() throws SourceException {
        BulkLines lines = new BulkLines("binance", new BulkName("BTCUSDT", BulkLayout.FUNDING, "", "2024-01"), 0);
        assertThat(lines.line("calc_time,funding_interval_hours,last_funding_rate"))
                .isEmpty();
        Row row = lines.line("1704067200001,8,0.00037409").orElseThrow();
        assertThat(row.time()).isEqualTo(1_704_067_200_001L * Desk.MILLI);
        assertThat(row.values()).containsExactly(0.00037409, 8);
    }
}
