package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Issue;
import org.lama.core.net.kit.FakeReply;
import org.lama.core.net.kit.FakeVenue;
import org.lama.core.store.RecordKind;

class BybitTest {
    private static final String BUSY =
            "{\"retCode\":10006,\"retMsg\":\"Too many visits!\",\"result\":{},\"retExtInfo\":{},\"time\":1704070830000}";

    @TempDir
    Path folder;

    private Scene scene(String name) {
        return Scenes.bybit().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void barsComeOldestFirstAndOnlyFinished() throws IOException {
        Scene.Outcome outcome = scene("bybit-linear kline").play(folder);

        assertThat(outcome.column("open")).containsExactly(42200, 42201, 42202, 42203);
        assertThat(outcome.column("volume")).containsOnly(12.5);
        assertThat(outcome.column("quote_volume")).containsOnly(527500);
        assertThat(outcome.reasons()).containsExactly(Issue.Reason.UNFINISHED);
        assertThat(outcome.batches().get(0).key()).hasToString("BYBIT.PERP.BTC-USDT bars 15m");
    }

    @Test
    void dollarsOfInverseBarsAreNotTakenForCoins() throws IOException {
        Scene.Outcome outcome = scene("bybit-inverse kline").play(folder);

        assertThat(outcome.column("volume")).containsOnly(12.5);
        assertThat(outcome.column("quote_volume")).containsOnly(527500);
    }

    @Test
    void theSamePageForEverIsGivenUp() {
        Scene scene = scene("bybit-linear kline");
        FetchRequest later = FetchRequest.bars(
                List.of("BTCUSDT"), "15m", Scenes.FROM - 86_400_000_000_000L * 30, Scenes.FROM - 3_600_000_000_000L);
        assertThatThrownBy(() -> scene.asking(later)
                        .answering("/v5/market/kline", asked -> Scene.text("bybit-kline.json"))
                        .play(folder))
                .isInstanceOf(SourceException.class)
                .extracting(e -> ((SourceException) e).reason())
                .isEqualTo(SourceException.Reason.PAGING);
    }

    @Test
    void thatItWasAskedTooOftenIsHeardEvenWithStatus200() throws IOException {
        Scene.Outcome outcome = scene("bybit-linear funding/history")
                .play(folder, (call, good) -> FakeReply.json(call <= 2 ? BUSY : good));

        assertThat(outcome.rows()).hasSize(2);
        assertThat(outcome.clock().paused()).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
        assertThatThrownBy(
                        () -> scene("bybit-linear funding/history").play(folder, (call, good) -> FakeReply.json(BUSY)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Too many visits");
    }

    @Test
    void theOldestTimeOfRecentTradesMayBeCutAndIsLeftOut() throws IOException {
        Scene.Outcome outcome = scene("bybit-linear recent-trade").play(folder);

        assertThat(outcome.column("price")).containsExactly(42210, 42210, 42210.5);
        assertThat(outcome.column("size")).containsExactly(0.5, 0.25, 0.1);
        assertThat(outcome.column("side")).containsExactly(0, 0, 1);
        assertThat(outcome.table().longs("seq")).containsExactly(0, 1, 0);
        assertThat(outcome.reasons()).containsExactly(Issue.Reason.NOT_COVERED);
        assertThat(outcome.batches()).allMatch(batch -> batch.coveredFromNanos() == batch.coveredToNanos());
    }

    @Test
    void fundingOfAnyIntervalIsPagedByHours() throws IOException {
        Scene.Outcome outcome = scene("bybit-linear funding/history").play(folder);

        assertThat(outcome.column("rate")).containsExactly(-0.00003125, 0.0001);
    }

    @Test
    void instrumentsComePageByPage() throws IOException {
        try (FakeVenue venue = FakeVenue.start()) {
            Scene.Script script =
                    scene("bybit-linear kline").script(folder, venue, (call, good) -> FakeReply.json(good));
            List<Listing> listings = script.source().listings();

            assertThat(listings.stream().map(one -> one.id().toString()))
                    .containsExactly("BYBIT.PERP.BTC-USDT", "BYBIT.FUTURE.BTC-USDC-BTC-26JAN24", "BYBIT.PERP.OLD-USDT");
            assertThat(listings.get(0).contract().rules().minNotional()).isEqualTo(5);
            assertThat(listings.get(0).contract().fundingInterval()).contains(Duration.ofHours(8));
            assertThat(listings.get(1).delistedNanos()).hasValue(1706256000000L * 1_000_000);
            assertThat(listings.get(2).trading()).isFalse();
        }
    }

    @Test
    void pagesOfInstrumentsThatGoInCirclesAreGivenUp() {
        Scene circles = scene("bybit-linear kline")
                .answering("/v5/market/instruments-info", asked -> Scene.text("bybit-instruments-1.json"));
        assertThatThrownBy(() -> circles.play(folder)).hasMessageContaining("go in circles");
    }

    @Test
    void spotHasItsOwnRules() throws IOException {
        try (FakeVenue venue = FakeVenue.start()) {
            Scene spot = new Scene(
                    "spot",
                    settings -> new Bybit(BybitMarket.SPOT, settings),
                    Scenes.bars("BTCUSDT", "15m"),
                    scene("bybit-linear kline").answers(),
                    "/v5/market/kline",
                    "list",
                    4);
            Scene.Script script = spot.answering(
                            "/v5/market/instruments-info", asked -> Scene.text("bybit-instruments-spot.json"))
                    .script(folder, venue, (call, good) -> FakeReply.json(good));
            Listing bitcoin = script.source().listings().get(0);

            assertThat(bitcoin.id()).hasToString("BYBIT.SPOT.BTC-USDT");
            assertThat(bitcoin.contract().rules().lotSize()).isEqualTo(0.000001);
            assertThat(bitcoin.contract().rules().minNotional()).isEqualTo(1);
            assertThatThrownBy(() -> script.source().fetch(Scenes.request("BTCUSDT", RecordKind.FUNDING), batch -> {}))
                    .hasMessageContaining("gives no funding");
        }
    }

    @Test
    void anUnknownSymbolNamesTheNearest() {
        Scene scene = scene("bybit-linear kline");
        assertThatThrownBy(() -> scene.asking(Scenes.bars("BTCUSTD", "15m")).play(folder))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("BTCUSDT");
    }
}
