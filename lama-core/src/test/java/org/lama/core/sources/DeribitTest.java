package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Issue;
import org.lama.core.market.Contract;
import org.lama.core.net.kit.FakeReply;
import org.lama.core.net.kit.FakeVenue;
import org.lama.core.store.RecordKind;

class DeribitTest {
    @TempDir
    Path folder;

    private Scene scene(String name) {
        return Scenes.deribit().stream()
                .filter(one -> one.name().equals("deribit " + name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void namesTellWhatIsTraded() {
        assertThat(List.of(
                                "BTC-PERPETUAL",
                                "sol_usdc-perpetual",
                                "BTC-26JAN24",
                                "BTC-26JAN24-46000-C",
                                "XRP_USDC-26JAN24-0d625-P",
                                "BTC_USDC")
                        .stream()
                        .map(name -> DeribitName.parse(name).orElseThrow())
                        .map(name -> name.name() + " is " + name.id())
                        .collect(Collectors.toList()))
                .containsExactly(
                        "BTC-PERPETUAL is DERIBIT.PERP.BTC-USD",
                        "SOL_USDC-PERPETUAL is DERIBIT.PERP.SOL-USDC",
                        "BTC-26JAN24 is DERIBIT.FUTURE.BTC-USD-26JAN24",
                        "BTC-26JAN24-46000-C is DERIBIT.OPTION.BTC-26JAN24-46000-C",
                        "XRP_USDC-26JAN24-0d625-P is DERIBIT.OPTION.XRP_USDC-26JAN24-0D625-P",
                        "BTC_USDC is DERIBIT.SPOT.BTC-USDC");
        assertThat(DeribitName.parse("BTC")).isEmpty();
        assertThat(DeribitName.parse("BTC-FS-26JAN24_PERP")).isEmpty();
        assertThat(DeribitName.parse("BTC-26JAN24-46000-C'; drop")).isEmpty();
    }

    @Test
    void aBarThatHasNotEndedIsLeftOut() throws IOException {
        Scene.Outcome outcome = scene("bars").play(folder);

        assertThat(outcome.column("close")).containsExactly(42210.5, 42190, 42250, 42300);
        assertThat(outcome.column("quote_volume")).containsExactly(63300, 10552, 84400, 21130);
        assertThat(outcome.reasons()).containsExactly(Issue.Reason.UNFINISHED);
        // the running bar is asked for again next time
        long minute = 60_000_000_000L;
        assertThat(outcome.batches().get(0).coveredToNanos()).isEqualTo(Scenes.TO + minute / 2 - 16 * minute);
    }

    @Test
    void tradesGoByTheirNumbersAndInverseSizesAreInCoins() throws IOException {
        Scene.Outcome outcome = scene("trades").play(folder);

        assertThat(outcome.table().longs("seq")).containsExactly(101, 102, 103, 104, 105);
        assertThat(outcome.column("side")).containsExactly(1, 0, 1, 0, 1);
        assertThat(outcome.column("size")).startsWith(1000 / 42200.0, 500 / 42199.5);
        assertThat(outcome.reasons()).isEmpty();
    }

    @Test
    void aLostPageOfTradesIsNoticed() throws IOException {
        Scene.Outcome outcome = scene("trades")
                .answering(
                        "/api/v2/public/get_last_trades_by_instrument",
                        asked -> asked.number("start_seq", 0) == 104
                                ? Scene.text("deribit-trades-rest.json")
                                        .replace("104", "109")
                                        .replace("105", "110")
                                : "{\"result\":{\"trades\":[]}}")
                .play(folder);

        assertThat(outcome.reasons()).contains(Issue.Reason.SEQUENCE_GAP);
    }

    @Test
    void fundingIsTheRateOfTheHourThatEnds() throws IOException {
        Scene.Outcome outcome = scene("funding").play(folder);

        assertThat(outcome.column("rate")).containsExactly(1.5e-5, 1.5e-5 + 1e-7);
        assertThat(outcome.column("interval_hours")).containsOnly(1);
        assertThat(outcome.table().times("time")[1]).isEqualTo(Scenes.FROM);
    }

    @Test
    void aBookHasSidesLevelsAndCoins() throws IOException {
        Scene.Outcome outcome = scene("book").play(folder);

        assertThat(outcome.column("side")).containsExactly(0, 0, 1, 1);
        assertThat(outcome.column("level")).containsExactly(0, 1, 0, 1);
        assertThat(outcome.column("size")).startsWith(21150 / 42305.0, 1000 / 42304.5);
    }

    @Test
    void aCrossedBookIsNoBook() {
        Scene crossed = scene("book");
        assertThatThrownBy(() -> crossed.play(folder, (call, good) -> FakeReply.json(good.replace("42305.5", "42305"))))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("best bid lies below its best ask");
    }

    @Test
    void openInterestOfDollarsIsCountedInCoinsByTheMarkPrice() throws IOException {
        Scene.Outcome outcome = scene("open interest").play(folder);

        assertThat(outcome.column("open_interest")).containsExactly(84610200 / 42305.1);
        assertThat(outcome.column("open_interest_value")).containsExactly(84610200);
    }

    @Test
    void anOptionHasFractionsAndNothingWhereNobodyBids() throws IOException {
        Scene.Outcome outcome = scene("option").play(folder);

        assertThat(outcome.column("bid")).containsExactly(Double.NaN);
        assertThat(outcome.column("bid_iv")).containsExactly(Double.NaN);
        assertThat(outcome.column("mark_iv")).containsExactly(0.5525);
        assertThat(outcome.column("delta")).containsExactly(0.31);
        // known when it came, not before it was so
        assertThat(outcome.table().times("available")[0])
                .isGreaterThanOrEqualTo(outcome.table().times("time")[0]);
    }

    @Test
    void theChainOfACurrencyIsASeriesForEachOption() throws IOException {
        Scene.Outcome outcome = scene("chain").play(folder);

        assertThat(outcome.batches().stream()
                        .map(batch -> batch.key().instrument().toString()))
                .containsExactly("DERIBIT.OPTION.BTC-26JAN24-46000-C", "DERIBIT.OPTION.BTC-26JAN24-30000-P");
        assertThat(outcome.batches().get(1).rows().doubles("bid")).containsExactly(Double.NaN);
    }

    @Test
    void instrumentsHaveTheirTerms() throws IOException {
        try (FakeVenue venue = FakeVenue.start()) {
            Scene.Script script = scene("bars").script(folder, venue, (call, good) -> FakeReply.json(good));
            venue.on("/api/v2/public/get_instruments", FakeReply.json(Scene.text("deribit-instruments.json")));
            List<Listing> listings = script.source().listings();

            assertThat(listings.stream().map(Listing::symbol))
                    .containsExactly(
                            "BTC-PERPETUAL",
                            "BTC-26JAN24",
                            "BTC-26JAN24-46000-C",
                            "SOL_USDC-PERPETUAL",
                            "XRP_USDC-26JAN24-0d625-P",
                            "BTC_USDC");
            assertThat(listings.get(0).contract().payoff()).isEqualTo(Contract.Payoff.INVERSE);
            assertThat(listings.get(0).contract().contractSize()).isEqualTo(10);
            assertThat(listings.get(0).delistedNanos()).isEmpty();
            assertThat(listings.get(1).delistedNanos()).hasValue(1706256000000L * 1_000_000);
            assertThat(listings.get(2).contract().option().orElseThrow().inverse())
                    .isTrue();
            assertThat(listings.get(4).contract().option().orElseThrow().strike())
                    .isEqualTo(0.625);
            assertThat(script.source().listings()).isEqualTo(listings);
            assertThat(venue.count("/api/v2/public/get_instruments")).isOne();
        }
    }

    @Test
    void anUnknownNameIsNamed() {
        Scene bars = scene("bars");
        assertThatThrownBy(() -> bars.asking(Scenes.bars("NOPE", "15m")).play(folder))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("NOPE");
        assertThatThrownBy(() -> bars.play(
                        folder,
                        (call, good) -> FakeReply.jsonError(
                                400,
                                "{\"jsonrpc\":\"2.0\",\"error\":{\"message\":\"Invalid params\",\"data\":{\"reason\":\"wrong"
                                        + " format\",\"param\":\"instrument_name\"},\"code\":-32602}}")))
                .isInstanceOf(SourceException.class)
                .extracting(e -> ((SourceException) e).reason())
                .isEqualTo(SourceException.Reason.UNKNOWN_SYMBOL);
    }

    @Test
    void whatItDoesNotGiveIsRefusedInWords() {
        Scene bars = scene("bars");
        assertThatThrownBy(() -> bars.asking(Scenes.bars("BTC-PERPETUAL", "7m")).play(folder))
                .hasMessageContaining("bars must have a length of");
        assertThatThrownBy(() -> bars.asking(Scenes.request("BTC-26JAN24", RecordKind.FUNDING))
                        .play(folder))
                .hasMessageContaining("perpetuals only");
        assertThatThrownBy(() -> bars.asking(Scenes.request("BTC-PERPETUAL", RecordKind.OPTION_QUOTES))
                        .play(folder))
                .hasMessageContaining("a currency or an option");
        assertThatThrownBy(() -> bars.asking(Scenes.request("BTC-PERPETUAL", RecordKind.POOLS))
                        .play(folder))
                .hasMessageContaining("gives no pools");
    }
}
