package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Issue;
import org.lama.core.net.NetException;
import org.lama.core.net.kit.FakePages;
import org.lama.core.net.kit.FakeReply;

/** A job against a venue on loopback: resumed, killed at every request and at every write, told how far it is. */
class FetchJobTest {
    private static final String KLINES = "/api/v3/klines";
    private static final String SERIES = "BINANCE.SPOT.BTC-USDT bars 1h";
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long FROM = Desk.nanos("2024-01-01T00:00:00Z");
    private static final int HOURS = 2500;

    @TempDir
    Path folder;

    private FullableStore store;
    private Desk desk;

    @BeforeEach
    void start() throws IOException {
        store = new FullableStore(folder.resolve("store"));
        desk = BinanceScript.listings(new Desk(folder));
        desk.time("/api/v3/time", "2024-06-01T00:30:00Z");
        desk.venue.on(KLINES, pages());
    }

    @AfterEach
    void stop() throws IOException {
        desk.close();
        store.close();
    }

    private static FakePages pages() {
        long millis = FROM / Desk.MILLI;
        return FakePages.of(
                BinanceScript.bars(millis, millis + HOURS * HOUR_MILLIS, HOUR_MILLIS),
                "startTime",
                "endTime",
                "limit",
                250);
    }

    private FetchJob job(String... symbols) {
        return job(FetchRequest.bars(List.of(symbols), "1h", FROM, FROM + HOURS * Desk.HOUR));
    }

    private FetchJob job(FetchRequest request) {
        return FetchJob.of(
                        Binance.of(BinanceMarket.SPOT, desk.settings.batches(500)),
                        store,
                        request,
                        folder.resolve("journal"))
                .clock(desk.clock);
    }

    private void all() {
        assertThat(store.times(SERIES))
                .containsExactlyElementsOf(LongStream.range(0, HOURS)
                        .mapToObj(i -> FROM + i * Desk.HOUR)
                        .toList());
    }

    @Test
    void aSecondRunAsksForNoPage() throws IOException {
        List<FetchJob.Progress> told = new ArrayList<>();
        List<FetchJob.Outcome> first = job("BTCUSDT")
                .progress(progress -> {
                    told.add(progress);
                    desk.clock.advance(Duration.ofSeconds(3));
                })
                .run();
        all();
        assertThat(first.get(0).failure()).isEmpty();
        assertThat(first.get(0).fetchedRows()).isEqualTo(HOURS);
        assertThat(first.get(0).written().added()).isEqualTo(HOURS);
        assertThat(first.get(0).series()).hasToString("[" + SERIES + "]");
        assertThat(told).extracting(FetchJob.Progress::fraction).isSorted().endsWith(1.0);
        assertThat(told.get(2).secondsLeft())
                .hasValueCloseTo(6 * (1 - told.get(2).fraction()) / told.get(2).fraction(), Offset.offset(1e-6));
        assertThat(told.get(told.size() - 1).rows()).isEqualTo(HOURS);
        int asked = desk.venue.count(KLINES);
        List<FetchJob.Outcome> second = job("BTCUSDT").run();
        assertThat(desk.venue.count(KLINES)).isEqualTo(asked);
        assertThat(second.get(0).fetchedRows()).isZero();
        assertThat(second.get(0).issues()).isEmpty();
    }

    @Test
    void aLongerRangeAsksForTheRestOnly() throws IOException {
        job(FetchRequest.bars(List.of("BTCUSDT"), "1h", FROM + 500 * Desk.HOUR, FROM + 1000 * Desk.HOUR))
                .run();
        int asked = desk.venue.count(KLINES);
        job("BTCUSDT").run();
        all();
        assertThat(desk.venue.count(KLINES) - asked).isEqualTo(2 + 6);
        long refetched = desk.venue.requests(KLINES).stream()
                .skip(asked)
                .mapToLong(request -> request.number("startTime", 0) * Desk.MILLI)
                .filter(time -> time >= FROM + 500 * Desk.HOUR && time < FROM + 1000 * Desk.HOUR)
                .count();
        assertThat(refetched).isZero();
    }

    @Test
    void killedAtEveryRequestItGoesOnAndLosesNothing() throws IOException {
        int runs = 0;
        int[] left = {1};
        FakePages pages = pages();
        desk.venue.on(
                KLINES,
                request -> left[0]-- > 0
                        ? pages.reply(request)
                        : FakeReply.jsonError(403, "{\"code\":0,\"msg\":\"WAF\"}"));
        while (store.times(SERIES).size() < HOURS && runs < 100) {
            left[0] = 1 + runs % 3;
            List<FetchJob.Outcome> outcomes = job("BTCUSDT").run();
            runs++;
            assertThat(outcomes.get(0).failure().isPresent())
                    .isEqualTo(store.times(SERIES).size() < HOURS);
        }
        all();
        assertThat(runs).isBetween(4, 12);
    }

    @Test
    void aFullStoreEndsTheJobAndTheNextOneGoesOn() throws IOException {
        for (int writes = 0; writes < 5; writes++) {
            store.writesUntilFull = 1;
            int before = store.times(SERIES).size();
            IOException full =
                    catchThrowableOfType(IOException.class, () -> job("BTCUSDT").run());
            if (writes < 4) {
                assertThat(full).hasMessage("no space left on device");
                assertThat(store.times(SERIES)).hasSizeGreaterThan(before);
            }
        }
        store.writesUntilFull = 100;
        job("BTCUSDT").run();
        all();
    }

    @Test
    void aJournalOfAStoreThatWasEmptiedIsNotBelieved() throws IOException {
        job("BTCUSDT").run();
        store.empty();
        List<FetchJob.Outcome> again = job("BTCUSDT").run();
        all();
        assertThat(again.get(0).issues()).extracting(Issue::reason).containsExactly(Issue.Reason.NOT_COVERED);
        try (Stream<Path> files = Files.walk(folder.resolve("journal"))) {
            Path journal = files.filter(Files::isRegularFile).findFirst().orElseThrow();
            assertThat(journal.getFileName()).hasToString("BTCUSDT~bars~3600s.json");
            Files.writeString(journal, "{broken");
        }
        List<FetchJob.Outcome> broken = job("BTCUSDT").run();
        assertThat(broken.get(0).issues()).extracting(Issue::reason).contains(Issue.Reason.UNREADABLE);
        assertThat(broken.get(0).written().duplicates()).isEqualTo(HOURS);
        all();
    }

    @Test
    void oneUnknownSymbolDoesNotStopTheOthersButABanDoes() throws IOException {
        List<FetchJob.Outcome> outcomes = job("NOSUCH", "BTCUSDT").run();
        assertThat(outcomes.get(0).failure()).containsInstanceOf(SourceException.class);
        assertThat(outcomes.get(1).failure()).isEmpty();
        all();
        desk.venue.on(KLINES, FakeReply.banned("60"));
        List<FetchJob.Outcome> banned = job("LUNAUSDT", "LUNA-USDT").run();
        assertThat(banned)
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome.failure()).containsInstanceOf(NetException.class));
        assertThat(desk.venue.requests(KLINES).stream()
                        .filter(request -> request.parameter("symbol").equals(Optional.of("LUNAUSDT"))))
                .hasSize(1);
    }

    @Test
    void theUnfinishedBarComesWithALaterRun() throws IOException {
        desk.time("/api/v3/time", "2024-01-02T12:30:00Z");
        job("BTCUSDT").run();
        assertThat(store.times(SERIES)).hasSize(36);
        desk.time("/api/v3/time", "2024-01-02T13:00:00.001Z");
        job("BTCUSDT").run();
        assertThat(store.times(SERIES)).hasSize(37);
        desk.time("/api/v3/time", "2024-06-02T13:00:00.001Z");
        job("BTCUSDT").run();
        all();
    }
}
