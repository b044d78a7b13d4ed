package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Issue;
import org.lama.core.net.RetryRule;
import org.lama.core.net.StreamSettings;
import org.lama.core.net.kit.FakePages;
import org.lama.core.net.kit.FakeReply;
import org.lama.core.net.kit.FakeStream;
import org.lama.core.store.RecordKind;

/** Trades and books over WebSocket from a venue on loopback: joined, lost, joined anew. */
class BinanceRecorderTest {
    @TempDir
    Path folder;

    private final List<String> states = new ArrayList<>();
    private Desk desk;

    @BeforeEach
    void start() {
        desk = BinanceScript.listings(new Desk(folder));
        desk.venue.whileStalling(() -> desk.clock.advance(Duration.ofMillis(20)));
    }

    @AfterEach
    void stop() throws IOException {
        desk.close();
    }

    private BinanceRecorder recorder(BinanceMarket market) throws IOException {
        RetryRule fast = new RetryRule(3, Duration.ofNanos(1), Duration.ofNanos(1), Duration.ofMinutes(10));
        StreamSettings streams =
                new StreamSettings(Duration.ofSeconds(10), fast, Duration.ofSeconds(60), Integer.MAX_VALUE, 64);
        return BinanceRecorder.of(market, List.of("btcusdt"), desk.settings, streams)
                .watcher((symbol, stands, reason) -> states.add(stands ? "stands" : reason.replaceAll(":.*", "")));
    }

    private static String spot(long first, long last, String bids, String asks) {
        return "{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":"
                + (1_704_067_200_000L + last) + ",\"s\":\"BTCUSDT\",\"U\":" + first + ",\"u\":" + last + ",\"b\":["
                + bids + "],\"a\":[" + asks + "]}}";
    }

    private static String futures(long first, long last, long previous, String bids) {
        return "{\"stream\":\"x\",\"data\":{\"e\":\"depthUpdate\",\"E\":1704067200000,\"T\":"
                + (1_704_067_200_000L + last)
                + ",\"s\":\"BTCUSDT\",\"U\":" + first + ",\"u\":" + last + ",\"pu\":" + previous + ",\"b\":[" + bids
                + "],\"a\":[]}}";
    }

    private static String trade(long number) {
        return "{\"stream\":\"btcusdt@aggTrade\",\"data\":{\"e\":\"aggTrade\",\"E\":1,\"s\":\"BTCUSDT\","
                + BinanceScript.trade(number, 1_704_067_200_000L + number).substring(1) + "}";
    }

    private static String level(String price, String size) {
        return "[\"" + price + "\",\"" + size + "\"]";
    }

    private static FakeReply depth(long last) {
        return FakeReply.json("{\"lastUpdateId\":" + last + ",\"bids\":[" + level("100.0", "1") + ","
                + level("99.0", "2") + "],\"asks\":[" + level("101.0", "3") + "]}");
    }

    private BinanceRecorder.Report run(BinanceRecorder recorder) throws IOException {
        try (recorder) {
            return recorder.run(desk.batches::add, Duration.ofSeconds(5));
        }
    }

    private List<String> rows(RecordKind kind, String... columns) {
        List<String> shown = new ArrayList<>();
        for (Source.Batch batch : desk.batches) {
            for (int i = 0; batch.key().kind() == kind && i < batch.rows().rows(); i++) {
                StringBuilder row = new StringBuilder();
                for (String column : columns) {
                    row.append(row.length() == 0 ? "" : " ").append(batch.rows().doubles(column)[i]);
                }
                shown.add(row.toString());
            }
        }
        return shown;
    }

    @Test
    void aSpotBookIsSnapshotAndChangesWithoutHoles() throws IOException {
        desk.venue.on("/api/v3/depth", depth(12));
        desk.venue.onStream(
                "/stream",
                FakeStream.script()
                        .expect()
                        .send(
                                "{\"result\":null,\"id\":1}",
                                spot(8, 10, level("98", "1"), ""),
                                spot(11, 13, level("100.0", "5"), ""),
                                spot(14, 14, level("100.5", "2"), level("101.0", "0") + "," + level("102", "1")),
                                trade(5),
                                trade(6))
                        .silence());
        BinanceRecorder recorder = recorder(BinanceMarket.SPOT);
        BinanceRecorder.Report report = recorder.run(desk.batches::add, Duration.ofSeconds(5));
        assertThat(recorder.touch("BTCUSDT")).contains(new BinanceRecorder.Touch(100.5, 2, 102, 1));
        assertThat(recorder.touch("ETHUSDT")).isEmpty();
        recorder.close();
        assertThat(report).isEqualTo(new BinanceRecorder.Report(6, 2, 0, 2, 1, 0, 0, 1));
        assertThat(states).containsExactly("stands");
        assertThat(rows(RecordKind.BOOK_SNAPSHOTS, "side", "level", "price", "size", "last_update"))
                .containsExactly("0.0 0.0 100.0 1.0 12.0", "0.0 1.0 99.0 2.0 12.0", "1.0 0.0 101.0 3.0 12.0");
        assertThat(rows(RecordKind.BOOK_UPDATES, "side", "price", "size", "first_update", "last_update"))
                .containsExactly(
                        "0.0 100.0 5.0 11.0 13.0",
                        "0.0 100.5 2.0 14.0 14.0",
                        "1.0 101.0 0.0 14.0 14.0",
                        "1.0 102.0 1.0 14.0 14.0");
        assertThat(rows(RecordKind.TRADES, "seq", "price", "side")).containsExactly("5.0 105.1 1.0", "6.0 106.1 0.0");
        assertThat(desk.venue.streamMessages())
                .containsExactly("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\",\"btcusdt@depth@100ms\"],"
                        + "\"id\":1}");
        assertThat(desk.batches).allSatisfy(batch -> {
            assertThat(batch.rows().times("available")[0])
                    .isGreaterThanOrEqualTo(batch.rows().times("time")[0]);
            assertThat(batch.coveredFromNanos()).isEqualTo(batch.coveredToNanos());
        });
    }

    @Test
    void aHoleALostConnectionAndACrossedBookAreJoinedAnew() throws IOException {
        desk.venue.on("/api/v3/depth", depth(12), depth(21), depth(31), depth(41));
        desk.venue.onStream(
                "/stream",
                FakeStream.script()
                        .expect()
                        .send(spot(11, 13, level("97", "1"), ""), spot(20, 21, level("96", "1"), ""))
                        .send(spot(22, 23, level("95", "1"), ""))
                        .send(spot(24, 25, level("101.5", "1"), ""))
                        .send(spot(26, 31, level("95", "1"), ""), spot(32, 33, level("94", "1"), ""))
                        .close(),
                FakeStream.script()
                        .expect()
                        .send(spot(40, 42, level("93", "1"), ""))
                        .silence());
        BinanceRecorder recorder = recorder(BinanceMarket.SPOT);
        BinanceRecorder.Report report = run(recorder);
        assertThat(report.snapshots()).isEqualTo(4);
        assertThat(report.crossings()).isEqualTo(1);
        assertThat(states).hasSize(7);
        assertThat(states.subList(0, 5))
                .containsExactly(
                        "stands",
                        "update 20..21 does not follow 13",
                        "stands",
                        "the best bid is not below the best ask",
                        "stands");
        assertThat(states.get(6)).isEqualTo("stands");
        assertThat(report.connections()).isEqualTo(2);
        assertThat(report.holes()).isPositive();
        // nothing of a crossed book is recorded
        assertThat(rows(RecordKind.BOOK_UPDATES, "price")).containsExactly("97.0", "95.0", "94.0", "93.0");
        assertThat(desk.reasons()).contains(Issue.Reason.SEQUENCE_GAP);
        assertThat(recorder.touch("BTCUSDT").orElseThrow().bid()).isEqualTo(100);
    }

    @Test
    void aFuturesBookIsChainedAndASnapshotThatIsTooOldIsFetchedAgain() throws IOException {
        String book =
                "{\"lastUpdateId\":%d,\"E\":1,\"T\":1704067200007,\"bids\":[[\"100\",\"1\"]],\"asks\":[[\"101\",\"3\"]]}";
        desk.venue.on(
                "/fapi/v1/depth", FakeReply.json(String.format(book, 3)), FakeReply.json(String.format(book, 12)));
        desk.venue.onStream(
                "/stream",
                FakeStream.script()
                        .expect()
                        .send(futures(8, 11, 6, level("98", "1")), futures(12, 15, 11, level("97", "1")))
                        .ping()
                        .send(futures(17, 19, 15, level("96", "1")))
                        .silence());
        BinanceRecorder.Report report = run(recorder(BinanceMarket.USD_M));
        assertThat(report.snapshots()).isEqualTo(1);
        assertThat(report.holes()).isZero();
        assertThat(desk.venue.count("/fapi/v1/depth")).isEqualTo(2);
        assertThat(rows(RecordKind.BOOK_UPDATES, "price", "first_update", "previous_update"))
                .containsExactly("97.0 12.0 11.0", "96.0 17.0 15.0");
        assertThat(rows(RecordKind.BOOK_SNAPSHOTS, "last_update")).containsOnly("12.0");
        assertThat(desk.times()).contains(1_704_067_200_007L * Desk.MILLI);
    }

    @Test
    void tradesThatTheStreamLeftOutAreFetchedByNumber() throws IOException {
        Map<Long, String> tape = new TreeMap<>();
        for (long i = 0; i < 40; i++) {
            tape.put(i, BinanceScript.trade(i, 1_704_067_200_000L + i));
        }
        desk.venue.on("/api/v3/aggTrades", FakePages.of(tape, "fromId", "none", "limit", 7));
        desk.venue.on("/api/v3/depth", depth(1));
        desk.venue.onStream(
                "/stream",
                FakeStream.script().expect().send(trade(5), trade(6)).close(),
                FakeStream.script()
                        .expect()
                        .send(trade(30), trade(30), trade(31))
                        .silence());
        BinanceRecorder.Report report = run(recorder(BinanceMarket.SPOT));
        assertThat(report.filledTrades()).isEqualTo(23);
        assertThat(report.trades()).isEqualTo(27);
        assertThat(rows(RecordKind.TRADES, "seq"))
                .hasSize(27)
                .startsWith("5.0", "6.0", "7.0")
                .endsWith("31.0");
        assertThat(desk.reasons()).doesNotContain(Issue.Reason.SEQUENCE_GAP);
    }

    @Test
    void changedMessagesAndRefusedSubscriptionsAreTyped() throws IOException {
        desk.venue.on("/api/v3/depth", depth(1));
        String[] messages = {
            "{\"error\":{\"code\":2,\"msg\":\"Invalid request\"},\"id\":1}",
            "no json",
            spot(1, 2, level("1", "1"), "").replace("\"u\"", "\"v\""),
            spot(1, 2, level("-1", "1"), ""),
            spot(3, 2, level("1", "1"), ""),
            trade(3).replace("\"p\"", "\"price\"")
        };
        List<SourceException.Reason> reasons = new ArrayList<>();
        for (String message : messages) {
            desk.venue.onStream(
                    "/stream", FakeStream.script().expect().send(message).silence());
            try (BinanceRecorder recorder = recorder(BinanceMarket.SPOT)) {
                reasons.add(catchThrowableOfType(
                                SourceException.class, () -> recorder.run(batch -> {}, Duration.ofSeconds(5)))
                        .reason());
            }
        }
        assertThat(reasons)
                .containsExactly(
                        SourceException.Reason.REFUSED,
                        SourceException.Reason.WRONG_VALUE,
                        SourceException.Reason.MISSING_FIELD,
                        SourceException.Reason.WRONG_VALUE,
                        SourceException.Reason.WRONG_VALUE,
                        SourceException.Reason.MISSING_FIELD);
        assertThat(catchThrowableOfType(
                                SourceException.class,
                                () -> BinanceRecorder.of(
                                        BinanceMarket.SPOT,
                                        List.of("NOSUCH"),
                                        desk.settings,
                                        StreamSettings.defaults()))
                        .reason())
                .isEqualTo(SourceException.Reason.UNKNOWN_SYMBOL);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BinanceRecorder.of(
                        BinanceMarket.COIN_M, List.of("BTCUSD_PERP"), desk.settings, StreamSettings.defaults()));
    }
}
