package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Issue;
import org.lama.core.net.RetryRule;
import org.lama.core.net.StreamSettings;
import org.lama.core.net.kit.FakeStream;
import org.lama.core.net.kit.FakeVenue;
import org.lama.core.net.kit.ManualClock;
import org.lama.core.store.RecordKind;

/** Trades and books of Deribit over WebSocket from a venue on loopback: begun, lost, begun anew. */
class DeribitRecorderTest {
    private static final String NAME = "BTC-PERPETUAL";

    @TempDir
    Path folder;

    private final ManualClock clock = ManualClock.standing();
    private final List<Source.Batch> batches = new ArrayList<>();
    private FakeVenue venue;

    @BeforeEach
    void start() throws IOException {
        venue = FakeVenue.start().whileStalling(() -> clock.advance(Duration.ofMillis(20)));
    }

    @AfterEach
    void stop() throws IOException {
        venue.close();
    }

    private DeribitRecorder.Report record(FakeStream... scripts) throws IOException {
        venue.onStream("/ws/api/v2", scripts);
        try (DeribitRecorder recorder = recorder(NAME)) {
            DeribitRecorder.Report report = recorder.run(batches::add, Duration.ofSeconds(3));
            assertThat(recorder.stands(NAME)).isTrue();
            assertThat(recorder.stands("ETH-PERPETUAL")).isFalse();
            return report;
        }
    }

    private DeribitRecorder recorder(String name) throws IOException {
        RetryRule fast = new RetryRule(3, Duration.ofNanos(1), Duration.ofNanos(1), Duration.ofMinutes(10));
        StreamSettings streams =
                new StreamSettings(Duration.ofSeconds(60), fast, Duration.ofSeconds(60), Integer.MAX_VALUE, 64);
        return DeribitRecorder.of(
                List.of(name), SourceSettings.in(folder).by(clock).asking(venue.url()), streams);
    }

    private static String book(String data) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":\"book." + NAME
                + ".100ms\",\"data\":{\"timestamp\":1704067200000,\"instrument_name\":\"" + NAME + "\"," + data + "}}}";
    }

    private static String whole(long number) {
        return book("\"type\":\"snapshot\",\"change_id\":" + number
                + ",\"bids\":[[\"new\",42000.0,42000.0]],\"asks\":[[\"new\",42001.0,84002.0]]");
    }

    private static String change(long before, long number, String bids) {
        return book("\"type\":\"change\",\"change_id\":" + number + ",\"prev_change_id\":" + before + ",\"bids\":["
                + bids + "],\"asks\":[]");
    }

    private static String trades(long... numbers) {
        List<String> all = new ArrayList<>();
        for (long number : numbers) {
            all.add("{\"trade_seq\":" + number + ",\"trade_id\":\"" + number + "\",\"timestamp\":"
                    + (1_704_067_200_000L + number) + ",\"price\":42000,\"instrument_name\":\"" + NAME
                    + "\",\"direction\":\"buy\",\"amount\":21000}");
        }
        return "{\"method\":\"subscription\",\"params\":{\"channel\":\"trades." + NAME + ".100ms\",\"data\":" + all
                + "}}";
    }

    private List<Long> numbers(RecordKind kind, String column) {
        List<Long> numbers = new ArrayList<>();
        for (Source.Batch batch : batches) {
            if (batch.key().kind() == kind && batch.rows().rows() > 0) {
                for (long number : batch.rows().longs(column)) {
                    numbers.add(number);
                }
            }
        }
        return numbers;
    }

    private List<Issue.Reason> reasons() {
        return batches.stream()
                .flatMap(batch -> batch.issues().stream())
                .map(Issue::reason)
                .toList();
    }

    @Test
    void aBookWithoutHolesIsRecordedWithItsTrades() throws IOException {
        DeribitRecorder.Report report = record(FakeStream.script()
                .expect()
                .expect()
                .send("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[]}", whole(10), trades(1, 2), trades(2, 3))
                .send(change(10, 13, "[\"change\",42000.0,21000.0]"), change(13, 14, "[\"new\",41999.0,10.0]"))
                .silence());

        assertThat(report.snapshots()).isOne();
        assertThat(report.changes()).isEqualTo(2);
        assertThat(report.holes()).isZero();
        assertThat(numbers(RecordKind.TRADES, "seq")).containsExactly(1L, 2L, 3L);
        assertThat(numbers(RecordKind.BOOK_UPDATES, "previous_update")).containsExactly(10L, 13L);
        assertThat(reasons()).isEmpty();
        Source.Batch updates = batches.stream()
                .filter(batch -> batch.key().kind() == RecordKind.BOOK_UPDATES)
                .findFirst()
                .orElseThrow();
        assertThat(updates.rows().doubles("size")[0]).isEqualTo(0.5); // dollars by the price
    }

    @Test
    void aHoleMakesTheBookStaleUntilAnotherSnapshotCame() throws IOException {
        DeribitRecorder.Report report = record(FakeStream.script()
                .expect()
                .expect()
                .send(whole(10), change(10, 11, "[\"new\",41999.0,10.0]"))
                .send(change(12, 13, "[\"new\",41998.0,10.0]"), change(13, 14, "[\"new\",41997.0,10.0]"))
                .expect() // unsubscribe
                .expect() // subscribe
                .send(whole(20), change(20, 21, "[\"new\",41996.0,10.0]"))
                .silence());

        assertThat(report.holes()).isOne();
        assertThat(report.snapshots()).isEqualTo(2);
        assertThat(numbers(RecordKind.BOOK_UPDATES, "last_update")).containsExactly(11L, 21L);
        assertThat(reasons()).contains(Issue.Reason.SEQUENCE_GAP);
        assertThat(venue.streamMessages().toString()).contains("public/unsubscribe");
    }

    @Test
    void aCrossedBookIsBegunAnew() throws IOException {
        DeribitRecorder.Report report = record(FakeStream.script()
                .expect()
                .expect()
                .send(whole(10), change(10, 11, "[\"new\",42005.0,10.0]"))
                .expect()
                .expect()
                .send(whole(20))
                .silence());

        assertThat(report.crossings()).isOne();
        assertThat(report.changes()).isZero();
    }

    @Test
    void aLostConnectionBeginsAnewAndCountsTheTradesThatAreMissing() throws IOException {
        DeribitRecorder.Report report = record(
                FakeStream.script().expect().expect().send(whole(10), trades(1)).close(),
                FakeStream.script().expect().expect().send(whole(30), trades(5)).silence());

        assertThat(report.connections()).isEqualTo(2);
        assertThat(report.snapshots()).isEqualTo(2);
        assertThat(numbers(RecordKind.TRADES, "seq")).containsExactly(1L, 5L);
        assertThat(reasons()).contains(Issue.Reason.SEQUENCE_GAP);
    }

    @Test
    void whatIsNoMessageOfTheVenueIsSaidAloud() throws IOException {
        for (String bad : List.of(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":11050,\"message\":\"bad_request\"}}",
                "no json",
                whole(10).replace("change_id", "changeId"),
                whole(10).replace("42000.0,42000.0", "-1,42000.0"),
                whole(10).replace("snapshot", "picture"),
                change(11, 11, ""))) {
            venue.onStream(
                    "/ws/api/v2",
                    FakeStream.script().expect().expect().send(bad).silence());
            try (DeribitRecorder recorder = recorder(NAME)) {
                assertThatThrownBy(() -> recorder.run(batches::add, Duration.ofSeconds(3)))
                        .as(bad)
                        .isInstanceOf(SourceException.class);
            }
        }
        assertThatThrownBy(() -> recorder("BTC")).isInstanceOf(SourceException.class);
    }
}
