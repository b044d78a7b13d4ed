package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Issue;
import org.lama.core.data.Universe.Event;
import org.lama.core.data.Universe.What;
import org.lama.core.market.InstrumentId;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** A ticker is no asset: who it meant when, and what a study may join. */
class UniverseTest {
    private static final InstrumentId LUNA = InstrumentId.parse("BINANCE.SPOT.LUNA-USDT");
    private static final InstrumentId LUNC = InstrumentId.parse("BINANCE.SPOT.LUNC-USDT");
    private static final long DAY = 86_400_000_000_000L;

    private static final Universe TERRA = Universe.of(List.of(
            Event.of(What.LISTED, LUNA, 0),
            Event.of(What.DELISTED, LUNA, 100 * DAY),
            Event.of(What.REUSED, LUNA, 110 * DAY),
            Event.redenominated(LUNA, 150 * DAY, 100)));

    @Test
    void aReusedTickerIsTwoAssets() {
        List<Universe.Life> lives = TERRA.lives(LUNA);
        assertThat(lives).hasSize(2);
        assertThat(lives.get(0).asset()).isEqualTo(LUNA);
        assertThat(lives.get(1).asset().toString()).isEqualTo("BINANCE.SPOT.LUNA-USDT%232");
        assertThat(TERRA.at(LUNA, 99 * DAY)).map(Universe.Life::number).contains(1);
        assertThat(TERRA.at(LUNA, 105 * DAY)).isEmpty();
        assertThat(TERRA.at(LUNA, 110 * DAY)).map(Universe.Life::number).contains(2);
        assertThat(TERRA.unitsNow(lives.get(0), 50 * DAY)).isEqualTo(1);
        assertThat(TERRA.unitsNow(lives.get(1), 120 * DAY)).isEqualTo(100);
        assertThat(TERRA.unitsNow(lives.get(1), 150 * DAY)).isEqualTo(1);
    }

    @Test
    void aStudyNeverJoinsTwoAssetsAndSeesOneUnit() throws IOException {
        MemoryStore store = new MemoryStore();
        long[] times = new long[200];
        Arrays.setAll(times, i -> i * DAY);
        double[] prices = new double[200];
        Arrays.setAll(prices, i -> i < 110 ? 50 + i : i < 150 ? 1000 + i : (1000 + i) / 100.0);
        double[] volumes = new double[200];
        Arrays.setAll(volumes, i -> i < 150 ? 3 : 300);
        ParquetTable rows = ParquetTable.builder(200)
                .times(RecordKind.TIME, times)
                .doubles("open", prices)
                .doubles("high", prices)
                .doubles("low", prices)
                .doubles("close", prices)
                .doubles("volume", volumes)
                .doubles("taker_buy_volume", volumes)
                .doubles("quote_volume", volumes)
                .doubles("Adj_Close", prices)
                .doubles("mystery", prices)
                .build();
        SeriesKey key = new SeriesKey(LUNA, RecordKind.BARS, DAY);
        store.write(key, rows, new Provenance(Provenance.Kind.HISTORICAL, "made", "", ""), false);
        MarketData data = StoreBars.load(store, "made", LoadOptions.defaults(), TERRA, OptionalLong.empty());
        assertThat(data.symbols()).containsExactly("LUNA-USDT", "LUNA-USDT%232");
        Frame first = data.frame("LUNA-USDT");
        Frame second = data.frame("LUNA-USDT%232");
        assertThat(first.size()).isEqualTo(100);
        assertThat(second.index().at(0)).isEqualTo(110 * DAY);
        for (int i = 0; i < second.size(); i++) {
            assertThat(second.column("close").get(i)).isEqualTo((1110 + i) / 100.0);
            assertThat(second.column("volume").get(i)).isEqualTo(300);
            assertThat(second.column("taker_buy_volume").get(i)).isEqualTo(300);
            assertThat(second.column("Adj_Close").get(i)).isEqualTo((1110 + i) / 100.0);
            assertThat(second.column("quote_volume").get(i)).isEqualTo(i < 40 ? 3 : 300);
            assertThat(second.column(BarFiles.SEGMENT).get(i)).isZero();
        }
        assertThat(first.provenance().note())
                .contains("100 bars outside of the times in which BINANCE.SPOT.LUNA-USDT was traded");
        assertThat(second.provenance().note())
                .contains("40 bars before a redenomination, put into the new unit, but for mystery as delivered");
        assertThat(second.provenance().sha256()).isNotEqualTo(first.provenance().sha256());
        assertThat(data.quality().get(1).count(Issue.Reason.INSTRUMENT_EVENT)).isEqualTo(110 + 40);
        for (String symbol : List.of("LUNA-USDT#2", "luna%232", "BINANCE.SPOT.LUNA-USDT%232")) {
            LoadOptions one = LoadOptions.defaults().withSymbols(List.of(symbol));
            assertThat(StoreBars.load(store, "made", one, TERRA, OptionalLong.empty())
                            .symbols())
                    .containsExactly("LUNA-USDT%232");
        }
        LoadOptions third = LoadOptions.defaults().withSymbols(List.of("LUNA-USDT#3"));
        assertThatThrownBy(() -> StoreBars.load(store, "made", third, TERRA, OptionalLong.empty()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("asset 3 of the ticker");
    }

    @Test
    void openInterestOfBeforeARedenominationIsJoinedInTheNewUnit() throws IOException {
        MemoryStore store = new MemoryStore();
        long[] times = new long[60];
        Arrays.setAll(times, i -> (120 + i) * DAY);
        double[] coins = new double[60];
        Arrays.setAll(coins, i -> i < 30 ? 7 : 700);
        double[] money = new double[60];
        Arrays.fill(money, 9);
        ParquetTable rows = ParquetTable.builder(60)
                .times(RecordKind.TIME, times)
                .doubles("open_interest", coins)
                .doubles("open_interest_value", money)
                .doubles("other", coins)
                .build();
        SeriesKey key = new SeriesKey(LUNA, RecordKind.OPEN_INTEREST, 0);
        Provenance origin = new Provenance(Provenance.Kind.HISTORICAL, "made", "", "");
        store.write(key, rows, origin, false);
        Frame bars = Frame.of("LUNA", TimeIndex.regular(120 * DAY, DAY, 59), DAY, origin);
        MarketStore.Query all = MarketStore.Query.all(key);
        Frame joined = StoreSeries.join(bars, store, all, "perp", 2 * DAY, TERRA);
        assertThat(joined.column("perp.openInterest").toArray()).containsOnly(700);
        assertThat(joined.column("perp.openInterestValue").toArray()).containsOnly(9);
        assertThat(joined.column("perp.other").get(0)).isEqualTo(7);
        assertThat(joined.provenance().note())
                .isEqualTo(key + " before a redenomination, put into the new unit, but for other as delivered");
        Frame plain = StoreSeries.join(bars, store, all, "perp", 2 * DAY);
        assertThat(plain.column("perp.openInterest").get(0)).isEqualTo(7);
        assertThat(plain.provenance().note()).isEmpty();
    }

    @Test
    void anEndThatAnImportConcludedDoesNotHideTheTradeThatCameLater() throws IOException {
        MemoryStore store = new MemoryStore();
        long[] times = new long[100];
        Arrays.setAll(times, i -> i * DAY);
        double[] prices = new double[100];
        Arrays.setAll(prices, i -> 50 + i);
        ParquetTable rows = ParquetTable.builder(100)
                .times(RecordKind.TIME, times)
                .doubles("open", prices)
                .doubles("high", prices)
                .doubles("low", prices)
                .doubles("close", prices)
                .build();
        SeriesKey key = new SeriesKey(LUNA, RecordKind.BARS, DAY);
        store.write(key, rows, new Provenance(Provenance.Kind.HISTORICAL, "made", "", ""), false);
        Event end = Event.of(What.DELISTED, LUNA, 60 * DAY);
        for (Event event : List.of(end, end.from("an announcement"), end.from("dead tail of LUNA.csv"))) {
            MarketData data = StoreBars.load(
                    store, "made", LoadOptions.defaults(), Universe.of(List.of(event)), OptionalLong.empty());
            assertThat(data.frame("LUNA-USDT").size())
                    .as(event.source())
                    .isEqualTo(event.source().startsWith("dead tail") ? 100 : 60);
        }
        Universe relisted = Universe.of(List.of(end, Event.of(What.LISTED, LUNA, 70 * DAY)));
        MarketData data = StoreBars.load(store, "made", LoadOptions.defaults(), relisted, OptionalLong.empty());
        assertThat(data.symbols()).containsExactly("LUNA-USDT");
        assertThat(data.frame("LUNA-USDT").size()).isEqualTo(100);
        assertThat(data.frame("LUNA-USDT").column("close").get(65)).isNaN();
        assertThat(data.frame("LUNA-USDT").column("close").get(70)).isEqualTo(120);
    }

    @Test
    void oldNamesLeadToNewOnes() {
        Universe universe = Universe.of(List.of(Event.renamed(LUNA, 100 * DAY, LUNC)));
        assertThat(universe.tickers(LUNC)).containsExactly(LUNA, LUNC);
        assertThat(universe.tickers(LUNA)).containsExactly(LUNA, LUNC);
        assertThat(universe.at(LUNA, 100 * DAY)).isEmpty();
        Universe circle = universe.with(Universe.of(List.of(Event.renamed(LUNC, 200 * DAY, LUNA))));
        assertThat(circle.tickers(LUNA)).hasSize(2);
    }

    @Test
    void membershipUsesOnlyWhatWasKnown() {
        InstrumentId asset = InstrumentId.parse("BINANCE.SPOT.CVP");
        InstrumentId pair = InstrumentId.parse("BINANCE.SPOT.CVP-BUSD");
        InstrumentId other = InstrumentId.parse("BINANCE.SPOT.CVPX-BUSD");
        Universe universe =
                Universe.of(List.of(Event.of(What.DELISTED, asset, 10 * DAY).knownAt(30 * DAY)));
        assertThat(universe.listed(List.of(pair, other), 9 * DAY)).containsExactly(pair, other);
        assertThat(universe.listed(List.of(pair, other), 20 * DAY)).containsExactly(pair, other);
        assertThat(universe.listed(List.of(pair, other), 30 * DAY)).containsExactly(other);
        assertThat(Universe.empty().listed(List.of(pair), 0)).containsExactly(pair);
    }

    @Test
    void eventsSurviveTheFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("universe.json");
        Universe written = TERRA.with(Universe.of(List.of(
                Event.renamed(LUNC, 5 * DAY, LUNA).from("an announcement").knownAt(4 * DAY))));
        written.write(file);
        assertThat(Universe.read(file).events()).isEqualTo(written.events());
        Files.writeString(file, "{\"events\": [{\"what\": \"GONE\"}]}");
        assertThatThrownBy(() -> Universe.read(file)).isInstanceOf(DataException.class);
    }

    @Test
    void eventsThatContradictThemselvesAreRefused() {
        assertThatThrownBy(() -> new Event(What.LISTED, LUNA, 0, 0, 10, Optional.empty(), ""))
                .hasMessageContaining("ratio");
        assertThatThrownBy(() -> Event.of(What.RENAMED, LUNA, 0)).hasMessageContaining("successor");
        assertThatThrownBy(() -> Event.redenominated(LUNA, 0, 0)).hasMessageContaining("ratio");
    }

    @Test
    void aListingAfterTheEndIsTheSameAssetAgain() {
        Universe universe =
                Universe.of(List.of(Event.of(What.DELISTED, LUNA, 10 * DAY), Event.of(What.LISTED, LUNA, 20 * DAY)));
        assertThat(universe.lives(LUNA)).hasSize(2).allMatch(life -> life.number() == 1);
    }
}
