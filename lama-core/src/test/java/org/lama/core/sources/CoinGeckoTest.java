package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.net.kit.FakeReply;
import org.lama.core.net.kit.FakeRequest;
import org.lama.core.net.kit.FakeVenue;
import org.lama.core.net.kit.ManualClock;
import org.lama.core.store.RecordKind;

class CoinGeckoTest {
    private static final long MINUTE = 60_000_000_000L;

    @TempDir
    Path folder;

    private final Scene history = Scenes.coinGecko().get(0);
    private final Scene universe = Scenes.coinGecko().get(1);

    @Test
    void historyIsKnownAfterTheDelayOfTheVendorAndNothingIsNoNumber() throws IOException {
        Scene.Outcome outcome = history.play(folder);

        long[] times = outcome.table().times("time");
        long[] available = outcome.table().times("available");
        assertThat(outcome.column("price")).containsExactly(42100.5, 42200.25, 42300.125);
        assertThat(outcome.column("volume")).containsExactly(1.9e10, 2e10, 2.1e10);
        assertThat(outcome.column("market_cap")).containsExactly(8.2e11, 8.25e11, Double.NaN);
        assertThat(available[0] - times[0]).isEqualTo(10 * MINUTE); // midnight: a value of a day
        assertThat(available[1] - times[1]).isEqualTo(5 * MINUTE);
        assertThat(outcome.batches().get(0).key()).hasToString("COINGECKO.SPOT.BITCOIN metrics");
    }

    @Test
    void theUniverseIsWhatItIsNow() throws IOException {
        Scene.Outcome outcome = universe.play(folder);

        assertThat(outcome.batches().stream()
                        .map(batch -> batch.key().instrument().name()))
                .containsExactly("BITCOIN", "ETHEREUM", "WRAPPED-BITCOIN");
        assertThat(outcome.batches()).allSatisfy(batch -> {
            assertThat(batch.rows().times("available")).isEqualTo(batch.rows().times("time"));
            assertThat(batch.coveredFromNanos()).isEqualTo(batch.coveredToNanos());
        });
        assertThat(outcome.batches().get(1).rows().doubles("rank")).containsExactly(2);
    }

    @Test
    void aCoinThatMovesToTheNextPageWhileWeWalkComesOnce() throws IOException {
        Scene moving = universe.asking(Scenes.request("top300", RecordKind.METRICS))
                .answering("/api/v3/coins/markets", CoinGeckoTest::page);
        Scene.Outcome outcome = playSlowly(moving);

        assertThat(outcome.batches()).hasSize(299);
        assertThat(outcome.batches().stream().map(batch -> batch.key()).distinct())
                .hasSize(299);
        // one ranking, known when its last page came
        assertThat(outcome.batches().stream()
                        .map(batch -> batch.rows().times("available")[0])
                        .distinct())
                .containsExactly(outcome.clock().nowNanos());
        assertThat(outcome.batches())
                .allSatisfy(batch -> assertThat(batch.rows().times("time"))
                        .isEqualTo(batch.rows().times("available")));
    }

    /** A second goes by before each page. */
    private Scene.Outcome playSlowly(Scene scene) throws IOException {
        try (FakeVenue venue = FakeVenue.start()) {
            List<ManualClock> clocks = new ArrayList<>();
            Scene.Script script = scene.script(folder, venue, (call, good) -> {
                clocks.forEach(clock -> clock.advance(Duration.ofSeconds(1)));
                return FakeReply.json(good);
            });
            clocks.add(script.clock());
            script.source().fetch(scene.request(), script.batches()::add);
            return script.outcome();
        }
    }

    /** 250 coins, then 50 of which the first was on the page before. */
    private static String page(FakeRequest asked) {
        long page = asked.number("page", 1);
        int first = page == 1 ? 1 : 250;
        int last = page == 1 ? 250 : 299;
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> "{\"id\":\"coin-" + i + "\",\"current_price\":1,\"market_cap\":2,\"total_volume\":3,"
                        + "\"market_cap_rank\":" + i + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void theKeyGoesIntoAHeaderAndNowhereElse() throws IOException {
        try (FakeVenue venue = FakeVenue.start()) {
            Scene.Outcome outcome = history.play(folder, venue, (call, good) -> FakeReply.json(good));

            assertThat(venue.requests()).allSatisfy(asked -> {
                assertThat(asked.header("x-cg-demo-api-key")).contains(Scene.KEY);
                assertThat(asked.query() + asked.path()).doesNotContain(Scene.KEY);
            });
            assertThat(outcome.batches().toString()).doesNotContain(Scene.KEY);
        }
    }

    @Test
    void anUnknownCoinIsNamed() {
        assertThatThrownBy(() -> history.play(
                        folder, (call, good) -> FakeReply.jsonError(404, "{\"error\":\"coin not found\"}")))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("bitcoin");
    }
}
