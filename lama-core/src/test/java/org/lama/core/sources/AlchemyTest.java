package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.net.Secrets;
import org.lama.core.net.kit.FakeReply;
import org.lama.core.net.kit.FakeVenue;
import org.lama.core.net.kit.ManualClock;
import org.lama.core.store.RecordKind;

/** The chain through a fake node that reorganises. */
class AlchemyTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long BEGIN = Scenes.FROM / SECOND;

    @TempDir
    Path folder;

    private FakeVenue venue;

    @BeforeEach
    void start() throws IOException {
        venue = FakeVenue.start();
    }

    @AfterEach
    void stop() throws IOException {
        venue.close();
    }

    private Alchemy over(FakeNode node) {
        venue.on("/v2/" + Scene.KEY, asked -> FakeReply.json(node.apply(asked)));
        return new Alchemy(SourceSettings.in(folder)
                .by(ManualClock.standing())
                .with(Secrets.of(Map.of("ALCHEMY_API_KEY", Scene.KEY), folder.resolve("none")))
                .asking(venue.url()));
    }

    private static List<Double> prices(List<Source.Batch> batches) {
        List<Double> prices = new ArrayList<>();
        for (Source.Batch batch : batches) {
            for (double price : batch.rows().doubles("price")) {
                prices.add(price);
            }
        }
        return prices;
    }

    private List<Source.Batch> fetch(Alchemy source, String symbol, RecordKind kind) throws IOException {
        List<Source.Batch> batches = new ArrayList<>();
        source.fetch(FetchRequest.of(List.of(symbol), kind, Scenes.FROM, Scenes.LATER), batches::add);
        return batches;
    }

    @Test
    void onlySwapsOfConfirmedBlocksAreGiven() throws IOException {
        FakeNode node = FakeNode.since(BEGIN, 60);
        List<Source.Batch> batches = fetch(over(node), FakeNode.POOL, RecordKind.TRADES);

        assertThat(prices(batches)).isEqualTo(node.pricesTo(node.head() - 12));
        assertThat(batches.get(0).rows().doubles("size")).containsOnly(2);
        assertThat(batches.get(0).rows().doubles("side")).contains(0, 1);
        long[] times = batches.get(0).rows().times("time");
        assertThat(batches.get(0).rows().times("available")[0] - times[0]).isEqualTo(14 * 12 * SECOND);
        // what is not confirmed is asked for again
        assertThat(batches.get(batches.size() - 1).coveredToNanos())
                .isEqualTo((BEGIN + (node.head() - 12) * 12) * SECOND + SECOND);
    }

    @Test
    void aRangeWithTooManyEntriesIsCutInHalves() throws IOException {
        FakeNode node = FakeNode.since(BEGIN, 90).mostLogs(7);

        assertThat(prices(fetch(over(node), FakeNode.POOL, RecordKind.TRADES)))
                .isEqualTo(node.pricesTo(node.head() - 12));
        assertThatThrownBy(() -> fetch(over(FakeNode.since(BEGIN, 40).mostLogs(0)), FakeNode.POOL, RecordKind.TRADES))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("more than 0 results");
    }

    @Test
    void aPoolHasItsStateAfterTheLastSwapOfABlock() throws IOException {
        FakeNode node = FakeNode.since(BEGIN, 60);
        List<Source.Batch> batches = fetch(over(node), FakeNode.POOL, RecordKind.POOLS);

        assertThat(batches.get(0).rows().longs("block")).startsWith(1, 2, 4, 5);
        assertThat(batches.get(0).rows().doubles("liquidity")).containsOnly(77);
        assertThat(batches.get(0).rows().doubles("sqrt_price")).containsOnly(1);
        assertThat(batches.get(0).rows().doubles("tick")).containsOnly(-5);
    }

    @Test
    void aTokenHasItsSupplyAndTransfersAtTheEndOfADay() throws IOException {
        FakeNode node = FakeNode.since(BEGIN, 330);
        List<Source.Batch> batches = fetch(over(node), FakeNode.TOKEN, RecordKind.METRICS);

        assertThat(batches.get(0).key())
                .hasToString("ETHEREUM.SPOT.TOKEN.0XA0B86991C6218B36C1D19D4A2E9EB0CE3606EB48" + " metrics");
        assertThat(batches.get(0).rows().times("time")).containsExactly(Scenes.TO);
        assertThat(batches.get(0).rows().doubles("total_supply")).containsExactly(25_000_000);
        int transfers = node.pricesTo(299).size();
        assertThat(batches.get(0).rows().doubles("transfers")).containsExactly(transfers);
        assertThat(batches.get(0).rows().doubles("transferred")).containsExactly(2.0 * transfers);
    }

    @Test
    void anAddressHasItsCoinsAtTheEndOfADay() throws IOException {
        List<Source.Batch> batches =
                fetch(over(FakeNode.since(BEGIN, 330)), "ETH:" + FakeNode.TOKEN, RecordKind.METRICS);

        assertThat(batches.get(0).rows().doubles("balance")).containsExactly(2);
    }

    @Test
    void theKeyIsInThePathAndNowhereElse() throws IOException {
        Alchemy source = over(FakeNode.since(BEGIN, 40));
        assertThat(fetch(source, FakeNode.POOL, RecordKind.TRADES).toString()).doesNotContain(Scene.KEY);
        venue.on("/v2/" + Scene.KEY, FakeReply.jsonError(401, "{\"error\":\"bad key " + Scene.KEY + "\"}"));
        assertThatThrownBy(() -> fetch(source, FakeNode.POOL, RecordKind.TRADES))
                .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain(Scene.KEY));
        venue.on(
                "/v2/" + Scene.KEY,
                FakeReply.json("{\"id\":1,\"error\":{\"code\":-32000,\"message\":\"no " + Scene.KEY + "\"}}"));
        assertThatThrownBy(() -> fetch(source, FakeNode.POOL, RecordKind.TRADES))
                .hasMessageContaining("-32000")
                .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain(Scene.KEY));
        assertThatThrownBy(() -> new Alchemy(SourceSettings.in(folder)
                                .with(Secrets.of(Map.of(), folder.resolve("none")))
                                .asking(venue.url()))
                        .fetch(Scenes.request(FakeNode.POOL, RecordKind.TRADES), batch -> {}))
                .hasMessageContaining("ALCHEMY_API_KEY");
    }

    @Test
    void anythingButAnAddressIsRefused() {
        Alchemy source = over(FakeNode.since(BEGIN, 40));
        assertThatThrownBy(() -> fetch(source, "USDC", RecordKind.TRADES)).isInstanceOf(SourceException.class);
        assertThatThrownBy(() -> fetch(source, FakeNode.POOL, RecordKind.FUNDING))
                .hasMessageContaining("gives no funding");
    }

    @Test
    void swapsAreProvisionalUntilTheyAreConfirmed() throws IOException {
        FakeNode node = FakeNode.since(BEGIN, 60);
        ChainFollower follower = over(node).follow(FakeNode.POOL, 0);
        List<Source.Batch> stored = new ArrayList<>();
        ChainFollower.Step step = follower.poll(stored::add);

        List<Double> confirmed = node.pricesTo(node.head() - 12);
        assertThat(step.head()).isEqualTo(59);
        assertThat(step.confirmedRows()).isEqualTo(confirmed.size());
        assertThat(prices(stored)).isEqualTo(confirmed);
        assertThat(follower.provisionalPrices()).hasSize(node.pricesTo(59).size() - confirmed.size());
    }

    @Test
    void blocksThatTheChainDropsAreTakenBack() throws IOException {
        FakeNode node = FakeNode.since(BEGIN, 60);
        ChainFollower follower = over(node).follow(FakeNode.POOL, 0);
        List<Source.Batch> stored = new ArrayList<>();
        follower.poll(stored::add);
        node.reorganise(3, 2);
        ChainFollower.Step step = follower.poll(stored::add);

        assertThat(step.takenBackBlocks()).isEqualTo(3);
        assertThat(step.takenBackRows()).isEqualTo(3); // blocks 57 to 59 had 0, 1 and 2 swaps
        assertThat(follower.provisionalPrices())
                .endsWith(node.pricesTo(60).get(node.pricesTo(60).size() - 1));
    }

    @Test
    void whateverTheChainDoesTheStoreHasTheSwapsOfTheChain() throws IOException {
        Rng rng = Seeds.rng(12, 0);
        FakeNode node = FakeNode.since(BEGIN, 40);
        ChainFollower follower = over(node).follow(FakeNode.POOL, 0);
        List<Source.Batch> stored = new ArrayList<>();
        int[] asked = new int[1];
        int takenBack = 0;
        // also in the middle of a poll
        node.before(() -> {
            if (++asked[0] % 97 == 0) {
                node.reorganise(1 + asked[0] % 3, 2);
            }
        });
        for (int i = 0; i < 60; i++) {
            if (rng.nextInt(3) == 0) {
                node.reorganise(1 + rng.nextInt(8), rng.nextInt(3));
            } else {
                node.mine(rng.nextInt(4));
            }
            takenBack += follower.poll(stored::add).takenBackBlocks();
        }
        node.before(() -> {});
        long head = follower.poll(stored::add).head();

        assertThat(takenBack).isGreaterThan(20);
        assertThat(prices(stored)).isEqualTo(node.pricesTo(head - 12)).isNotEmpty();
    }

    @Test
    void aReorganisationOfConfirmedBlocksIsSaidAloud() throws IOException {
        FakeNode node = FakeNode.since(BEGIN, 60);
        ChainFollower follower = over(node).follow(FakeNode.POOL, 0);
        follower.poll(batch -> {});
        node.reorganise(20, 1);

        assertThatThrownBy(() -> follower.poll(batch -> {}))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("must be deleted and fetched again");
    }
}
