package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Issue;
import org.lama.core.net.kit.FakeReply;
import org.lama.core.net.kit.FakeVenue;
import org.lama.core.net.kit.ManualClock;
import org.lama.core.store.RecordKind;

/** The Graph, Coinbase, Kraken, Gemini and Yahoo: what their rows hold. */
class OtherAdaptersTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path folder;

    private static Scene scene(String name) {
        return Scenes.all().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void swapsOfASubgraphComeInOrderOfTimeThoughTheirNamesDoNot() throws IOException {
        Scene.Outcome outcome = scene("thegraph swaps").play(folder);
        List<Double> prices = new ArrayList<>();
        outcome.batches().forEach(batch -> {
            for (double price : batch.rows().doubles("price")) {
                prices.add(price);
            }
        });

        assertThat(prices).containsExactly(2000.0, 2000.5, 2001.0, 2001.5, 2002.0);
        assertThat(outcome.column("side")[0]).isEqualTo(1);
        assertThat(outcome.table().longs("seq")[0]).isEqualTo(18_911_700L * 100_000);
        assertThat(outcome.batches().get(0).provenance().note()).contains("as of block 18912000");
    }

    @Test
    void aPageOfASubgraphThatComesAgainBringsNothingAndIsGivenUp() throws IOException {
        List<String> first = new ArrayList<>();
        Scene circles = scene("thegraph swaps");
        Scene.Outcome again = circles.play(folder, (call, good) -> {
            first.add(good);
            return FakeReply.json(first.get(0)); // whatever is asked
        });
        assertThat(again.rows()).hasSize(5);
        assertThatThrownBy(() -> scene("thegraph hours")
                        .answering(
                                "/api/" + Scene.KEY + "/subgraphs/id/" + TheGraph.SUBGRAPH,
                                asked -> asked.body().contains("_meta") ? Scenes.meta(asked.body()) : full())
                        .play(folder))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("go in circles");
    }

    /** A full page, the same for ever. */
    private static String full() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            rows.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"x-" + (10_000 + i) + "\",\"periodStartUnix\":" + (1_600_000_000 + 3600 * i)
                            + ",\"liquidity\":\"1\",\"sqrtPrice\":\"1\",\"tick\":\"1\",\"tvlUSD\":\"1\",\"volumeUSD\":\"1\","
                            + "\"feesUSD\":\"1\",\"pool\":{\"id\":\"" + FakeNode.POOL + "\"}}");
        }
        return "{\"data\":{\"rows\":[" + rows + "]}}";
    }

    @Test
    void anHourOfAPoolStandsAtItsEndAndNotBeforeItIsOver() throws IOException {
        Scene.Outcome outcome = scene("thegraph hours").play(folder);

        assertThat(outcome.table().times("time")).containsExactly(Scenes.FROM, Scenes.TO);
        assertThat(outcome.column("sqrt_price")).containsExactly(1, 2);
        assertThat(outcome.column("tick")).containsExactly(190_000, 191_000);
        assertThat(outcome.reasons()).containsExactly(Issue.Reason.UNFINISHED);
        assertThat(outcome.table().times("available")[0]).isEqualTo(Scenes.FROM + 168 * SECOND);
        assertThat(outcome.batches().get(0).key().instrument().name()).endsWith(".HOURLY");
    }

    @Test
    void aSubgraphWithErrorsIsNotTrustedAndItsKeyIsNotShown() {
        String path = "/api/" + Scene.KEY + "/subgraphs/id/" + TheGraph.SUBGRAPH;
        assertThatThrownBy(() -> scene("thegraph swaps")
                        .answering(
                                path,
                                asked -> "{\"data\":{\"_meta\":{\"block\":{\"number\":5},\"hasIndexingErrors\":true}}}")
                        .play(folder))
                .hasMessageContaining("errors of indexing");
        assertThatThrownBy(() -> scene("thegraph swaps")
                        .answering(path, asked -> "{\"errors\":[{\"message\":\"no indexer for " + Scene.KEY + "\"}]}")
                        .play(folder))
                .hasMessageContaining("no indexer")
                .satisfies(e -> assertThat(e.toString()).doesNotContain(Scene.KEY));
        assertThatThrownBy(() -> scene("thegraph swaps")
                        .asking(Scenes.request("USDC-WETH", RecordKind.TRADES))
                        .play(folder))
                .isInstanceOf(SourceException.class);
    }

    @Test
    void candlesOfCoinbaseHaveTheLowFirst() throws IOException {
        Scene.Outcome outcome = scene("coinbase bars").play(folder);

        assertThat(outcome.column("open")).containsExactly(42200, 42201, 42202, 42203);
        assertThat(outcome.column("low")).startsWith(42150);
        assertThat(outcome.column("high")).startsWith(42250.5);
        assertThat(outcome.column("close")).startsWith(42210);
        assertThat(outcome.reasons()).containsExactly(Issue.Reason.UNFINISHED);
    }

    @Test
    void tradesOfCoinbaseBeginAtTheTimeAskedAndTheMakersSideIsTurned() throws IOException {
        try (FakeVenue venue = FakeVenue.start()) {
            Scene.Outcome outcome = scene("coinbase trades").play(folder, venue, (call, good) -> FakeReply.json(good));

            assertThat(outcome.rows()).hasSize(2000);
            assertThat(outcome.table().times("time")[0]).isEqualTo(Scenes.FROM);
            assertThat(outcome.table().longs("seq")[0]).isEqualTo(1000);
            assertThat(outcome.column("side")[0]).isZero(); // number 1000: the buyer was there first
            assertThat(outcome.reasons()).isEmpty();
            assertThat(venue.count("/products/BTC-USD/trades")).isLessThan(20);
        }
    }

    @Test
    void productsOfCoinbaseHaveTheirRules() throws IOException {
        try (FakeVenue venue = FakeVenue.start()) {
            Scene.Script script = scene("coinbase bars").script(folder, venue, (call, good) -> FakeReply.json(good));
            venue.on(
                    "/products",
                    FakeReply.json("[{\"id\":\"BTC-USD\",\"base_currency\":\"BTC\",\"quote_currency\":\"USD\","
                            + "\"quote_increment\":\"0.01\",\"base_increment\":\"0.00000001\",\"min_market_funds\":\"1\","
                            + "\"status\":\"online\"},{\"id\":\"W€-USD\",\"base_currency\":\"€€€€€€€€€€€€\","
                            + "\"quote_currency\":\"USD\",\"status\":\"delisted\"}]"));
            List<Listing> listings = script.source().listings();

            assertThat(listings).hasSize(1);
            assertThat(listings.get(0).id()).hasToString("COINBASE.SPOT.BTC-USD");
            assertThat(listings.get(0).contract().rules().minNotional()).isEqualTo(1);
        }
        assertThatThrownBy(() -> scene("coinbase bars")
                        .asking(Scenes.bars("BTCUSD", "15m"))
                        .play(folder))
                .isInstanceOf(SourceException.class);
        assertThatThrownBy(() -> scene("coinbase trades")
                        .play(folder, (call, good) -> FakeReply.jsonError(404, "{\"message\":\"NotFound\"}")))
                .extracting(e -> ((SourceException) e).reason())
                .isEqualTo(SourceException.Reason.UNKNOWN_SYMBOL);
    }

    @Test
    void krakenSpeaksOfXbtAndWeOfBtc() throws IOException {
        Scene.Outcome bars = scene("kraken bars").play(folder);
        Scene.Outcome trades = scene("kraken trades").play(folder);

        assertThat(bars.batches().get(0).key()).hasToString("KRAKEN.SPOT.BTC-USD bars 15m");
        assertThat(bars.column("close")).containsExactly(42210, 42211, 42212, 42213);
        assertThat(bars.column("trades")).containsOnly(321);
        assertThat(bars.reasons()).contains(Issue.Reason.NOT_COVERED, Issue.Reason.UNFINISHED);
        assertThat(trades.column("side")).containsExactly(1, 0, 1);
        assertThat(trades.table().longs("seq")).containsExactly(9001, 9002, 9003);
        assertThat(trades.table().times("time")[0]).isEqualTo(Scenes.FROM + 1_123_457_000L);
    }

    @Test
    void krakenSaysWith200ThatItWasAskedTooOften() throws IOException {
        String busy = "{\"error\":[\"EAPI:Rate limit exceeded\"]}";
        Scene.Outcome outcome =
                scene("kraken trades").play(folder, (call, good) -> FakeReply.json(call == 1 ? busy : good));

        assertThat(outcome.rows()).hasSize(3);
        assertThat(outcome.clock().paused()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        assertThatThrownBy(() -> scene("kraken trades").play(folder, (call, good) -> FakeReply.json(busy)))
                .hasMessageContaining("Rate limit");
        assertThatThrownBy(() -> scene("kraken trades")
                        .answering("/0/public/AssetPairs", asked -> "{\"error\":[\"EQuery:Unknown asset pair\"]}")
                        .play(folder))
                .extracting(e -> ((SourceException) e).reason())
                .isEqualTo(SourceException.Reason.UNKNOWN_SYMBOL);
        assertThatThrownBy(() -> scene("kraken trades")
                        .answering("/0/public/Trades", asked -> Scene.text("kraken-trades.json"))
                        .play(folder))
                .hasMessageContaining("go in circles");
    }

    @Test
    void geminiLeavesOutBrokenTradesAndSaysThatBarsAreRecent() throws IOException {
        Scene.Outcome trades = scene("gemini trades").play(folder);
        Scene.Outcome bars = scene("gemini bars").play(folder);

        assertThat(trades.column("price")).containsExactly(42200.5, 42200, 42201.5);
        assertThat(trades.column("side")).containsExactly(-1, 0, 1);
        assertThat(bars.column("open")).containsExactly(42200, 42201, 42202, 42203);
        assertThat(bars.reasons()).contains(Issue.Reason.NOT_COVERED);
        assertThatThrownBy(() -> scene("gemini bars")
                        .play(folder, (call, good) -> FakeReply.jsonError(400, "{\"reason\":\"InvalidSymbol\"}")))
                .extracting(e -> ((SourceException) e).reason())
                .isEqualTo(SourceException.Reason.UNKNOWN_SYMBOL);
        try (FakeVenue venue = FakeVenue.start()) {
            Scene.Script script = scene("gemini bars").script(folder, venue, (call, good) -> FakeReply.json(good));
            venue.on("/v1/symbols", FakeReply.json("[\"btcusd\"]"));
            assertThat(script.source().listings().get(0).symbol()).isEqualTo("BTCUSD");
        }
    }

    private List<Source.Batch> yahoo(FakeReply reply) throws IOException {
        List<Source.Batch> batches = new ArrayList<>();
        try (FakeVenue venue = FakeVenue.start()) {
            venue.on("/v7/finance/download/BTC-USD", reply);
            new Yahoo(SourceSettings.in(folder).by(ManualClock.standing()).asking(venue.url()))
                    .fetch(
                            FetchRequest.bars(
                                    List.of("BTC-USD"), "1d", Scenes.FROM - 5 * 86_400 * SECOND, Scenes.LATER),
                            batches::add);
        }
        return batches;
    }

    @Test
    void yahooLeavesOutDaysWithoutValuesAndTheDayOfToday() throws IOException {
        List<Source.Batch> batches = yahoo(FakeReply.text(Scene.text("yahoo-BTC-USD.csv")));

        assertThat(batches.get(0).rows().doubles("close")).containsExactly(42099.402344, 42156.902344);
        assertThat(batches.get(0).key()).hasToString("YAHOO.SPOT.BTC-USD bars 1d");
        assertThat(batches.get(0).issues().stream().map(Issue::reason))
                .containsExactlyInAnyOrder(Issue.Reason.NON_FINITE, Issue.Reason.UNFINISHED);
        String good = Scene.text("yahoo-BTC-USD.csv");
        for (String[] damage : new String[][] {
            {"Close", "Clo"}, {"42156.902344,42156.902344", "x,x"}, {"2023-12-30", "2023-13-30"}, {",16013925945", ""}
        }) {
            assertThatThrownBy(() -> yahoo(FakeReply.text(good.replace(damage[0], damage[1]))))
                    .as(damage[0])
                    .isInstanceOf(SourceException.class);
        }
    }
}
