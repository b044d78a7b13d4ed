package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Issue;
import org.lama.core.net.kit.FakePages;

/** What an adapter refuses is said, and asked for again until the venue is well; what it revises comes when asked. */
class FetchRefusedTest {
    private static final String KLINES = "/api/v3/klines";
    private static final String SERIES = "BINANCE.SPOT.BTC-USDT bars 1h";
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long FROM = Desk.nanos("2024-01-01T00:00:00Z");
    private static final long MILLIS = FROM / Desk.MILLI;
    private static final int HOURS = 900;

    @TempDir
    Path folder;

    private final MemoryStore store = new MemoryStore();
    private Desk desk;

    @BeforeEach
    void start() {
        desk = BinanceScript.listings(new Desk(folder));
        desk.time("/api/v3/time", "2024-06-01T00:30:00Z");
    }

    @AfterEach
    void stop() throws IOException {
        desk.close();
    }

    private void answer(Map<Long, String> bars) {
        desk.venue.on(KLINES, FakePages.of(bars, "startTime", "endTime", "limit", 250));
    }

    private static Map<Long, String> bars(int... broken) {
        Map<Long, String> bars = BinanceScript.bars(MILLIS, MILLIS + HOURS * HOUR_MILLIS, HOUR_MILLIS);
        for (int hour : broken) {
            bars.computeIfPresent(
                    MILLIS + hour * HOUR_MILLIS, (time, bar) -> bar.replaceFirst("\"[0-9.]+\"", "\"NaN\""));
        }
        return bars;
    }

    private FetchJob job(long from, long to) {
        return FetchJob.of(
                        Binance.of(BinanceMarket.SPOT, desk.settings.batches(250)),
                        store,
                        FetchRequest.bars(List.of("BTCUSDT"), "1h", from, to),
                        folder.resolve("journal"))
                .clock(desk.clock);
    }

    private FetchJob job() {
        return job(FROM, FROM + HOURS * Desk.HOUR);
    }

    @Test
    void refusedRowsAreCountedAndAskedForAgain() throws IOException {
        // the last row of a batch and the first of the next among them
        answer(bars(3, 249, 250, 600, 601, 640, HOURS - 1));
        FetchJob.Outcome first = job().run().get(0);
        assertThat(first.written().refused()).isEqualTo(7);
        assertThat(first.written().added()).isEqualTo(HOURS - 7);
        assertThat(first.fetchedRows()).isEqualTo(HOURS);
        FetchJob.Outcome still = job().run().get(0);
        assertThat(still.written().refused()).as("a venue that is still ill").isEqualTo(7);
        assertThat(still.written().added()).isZero();
        answer(bars());
        FetchJob.Outcome well = job().run().get(0);
        assertThat(well.written().added()).isEqualTo(7);
        assertThat(well.written().refused()).isZero();
        assertThat(store.times(SERIES)).hasSize(HOURS);
        assertThat(well.fetchedRows())
                .as("one stretch a batch, from the first to the last that was refused")
                .isEqualTo((250 - 3 + 1) + (HOURS - 600));
        int asked = desk.venue.count(KLINES);
        assertThat(job().run().get(0).fetchedRows()).isZero();
        assertThat(desk.venue.count(KLINES)).isEqualTo(asked);
    }

    @Test
    void askedAgainTheVenuesRevisionsCome() throws IOException {
        answer(bars());
        job().run();
        Map<Long, String> revised = bars();
        revised.computeIfPresent(MILLIS + 5 * HOUR_MILLIS, (time, bar) -> bar.replace("12.50000000", "13.50000000"));
        answer(revised);
        assertThat(job().run().get(0).fetchedRows()).isZero();
        FetchJob.Outcome again = job().again(true).run().get(0);
        assertThat(again.written().revisions()).isEqualTo(1);
        assertThat(again.written().duplicates()).isEqualTo(HOURS - 1);
    }

    @Test
    void aStretchInWhichNoBarOpensIsNothingNew() throws IOException {
        answer(bars());
        long end = FROM + HOURS * Desk.HOUR;
        job(FROM, end + 5 * Desk.MILLI).run();
        int asked = desk.venue.count(KLINES);
        FetchJob.Outcome later =
                job(FROM, end - Desk.HOUR + 9 * Desk.MILLI).run().get(0);
        FetchJob.Outcome soon =
                job(end - Desk.HOUR + Desk.MILLI, end - Desk.MILLI).run().get(0);
        assertThat(desk.venue.count(KLINES)).isEqualTo(asked);
        assertThat(later.issues()).isEmpty();
        assertThat(soon.issues()).extracting(Issue::reason).isEmpty();
    }

    @Test
    void asManyMinutesLaterNothingIsMissing() throws IOException {
        answer(bars());
        desk.time("/api/v3/time", "2024-02-07T12:10:00Z");
        long now = Desk.nanos("2024-02-07T12:10:00Z");
        FetchJob.Outcome first = job(FROM, now).run().get(0);
        assertThat(first.written().added()).isEqualTo(HOURS);
        desk.time("/api/v3/time", "2024-02-07T12:12:00Z");
        FetchJob.Outcome second = job(FROM, now + 2 * 60 * 1_000_000_000L).run().get(0);
        assertThat(second.issues()).isEmpty();
        assertThat(second.failure()).isEmpty();
    }

    @Test
    void barsOfAnotherLengthAreNotTaken() throws IOException {
        desk.venue.on(
                KLINES,
                FakePages.of(
                        BinanceScript.bars(MILLIS, MILLIS + HOURS * HOUR_MILLIS, HOUR_MILLIS / 4),
                        "startTime",
                        "endTime",
                        "limit",
                        250));
        FetchJob.Outcome outcome = job().run().get(0);
        assertThat(outcome.failure()).get().isInstanceOfSatisfying(SourceException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(SourceException.Reason.WRONG_VALUE);
            assertThat(failure).hasMessageContaining("900 s").hasMessageContaining("3600 s");
        });
    }
}
