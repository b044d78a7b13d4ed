package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.data.SharedData;
import org.lama.core.net.RetryRule;
import org.lama.core.net.StreamSettings;
import org.lama.core.net.kit.FakePages;
import org.lama.core.net.kit.FakeReply;
import org.lama.core.net.kit.FakeStream;
import org.lama.core.series.Provenance;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** Replies that others recorded from Binance, played by a venue on loopback; skipped where the shared data are missing. */
class BinanceRecordedTest {
    private static final String ENDPOINTS = "rest_ws/jkorf_binance_endpoints.tar.gz";
    private static final long AGES = Desk.nanos("2030-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private Desk desk;

    @BeforeEach
    void start() {
        desk = BinanceScript.listings(new Desk(folder));
        desk.time("/api/v3/time", "2030-01-01T00:00:00Z");
        desk.time("/fapi/v1/time", "2030-01-01T00:00:00Z");
        desk.time("/dapi/v1/time", "2030-01-01T00:00:00Z");
    }

    @AfterEach
    void stop() throws IOException {
        desk.close();
    }

    /** The files of a tar archive by name. */
    private static Map<String, byte[]> tar(String relative) throws IOException {
        byte[] all;
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(SharedData.path("data/" + relative)))) {
            all = in.readAllBytes();
        }
        Map<String, byte[]> files = new HashMap<>();
        for (int at = 0; at + 512 <= all.length && all[at] != 0; ) {
            String name = new String(all, at, 100, StandardCharsets.UTF_8).replaceAll("\0.*", "");
            String octal = new String(all, at + 124, 12, StandardCharsets.US_ASCII).replaceAll("[^0-7]", "");
            int size = Integer.parseInt(octal, 8);
            byte[] content = new byte[size];
            System.arraycopy(all, at + 512, content, 0, size);
            files.put(name, content);
            at += 512 + (size + 511) / 512 * 512;
        }
        return files;
    }

    /** The reply within a recording: what follows its first three lines. */
    private static String reply(Map<String, byte[]> files, String name) {
        String text = new String(files.get("Endpoints/" + name + ".txt"), StandardCharsets.UTF_8);
        String[] lines = text.split("\r?\n", 4);
        return lines[3];
    }

    private List<Source.Batch> fetch(BinanceMarket market, String symbol, RecordKind kind, String bar)
            throws IOException {
        long length = bar.isEmpty() ? 0 : FetchRequest.interval(bar);
        long from = Desk.nanos("2017-01-01T00:00:00Z");
        return desk.fetch(
                Binance.of(market, desk.settings), new FetchRequest(List.of(symbol), kind, length, from, AGES));
    }

    @Test
    void everyRecordedReplyIsUnderstood() throws IOException {
        Map<String, byte[]> files = tar(ENDPOINTS);
        FakeReply nothing = FakeReply.json("[]");
        desk.venue.on("/api/v3/klines", FakeReply.json(reply(files, "Spot/ExchangeData/GetKlines")), nothing);
        fetch(BinanceMarket.SPOT, "BTCUSDT", RecordKind.BARS, "1h");
        assertThat(desk.column("volume")).containsExactly(148976.11427815);
        assertThat(desk.times()).containsExactly(1_499_040_000_000L * Desk.MILLI);
        desk.venue.on("/dapi/v1/klines", FakeReply.json(reply(files, "CoinFutures/ExchangeData/GetKlines")), nothing);
        fetch(BinanceMarket.COIN_M, "BTCUSD_PERP", RecordKind.BARS, "1h");
        assertThat(desk.column("volume")).containsExactly(2.13660389);
        desk.venue.on(
                "/fapi/v1/fundingRate",
                FakeReply.json(reply(files, "UsdFutures/ExchangeData/GetFundingRates")),
                nothing);
        fetch(BinanceMarket.USD_M, "BTCUSDT", RecordKind.FUNDING, "");
        assertThat(desk.column("rate")).containsExactly(0.0001, 0.0001);
        assertThat(desk.column("mark_price")).containsExactly(34287.54619963, 34651.4);
        for (String name : List.of("PremiumIndex", "MarkPrice", "IndexPrice")) {
            String path = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1) + "Klines";
            Node bars = Documents.parseJson(reply(files, "UsdFutures/ExchangeData/Get" + name + "Klines"), "recorded");
            Map<Long, String> byTime =
                    Map.of(bars.at(0).at(0).asLong(), bars.at(0).toString());
            desk.venue.on("/fapi/v1/" + path, FakePages.of(byTime, "startTime", "endTime", "limit", 1000));
        }
        fetch(BinanceMarket.USD_M, "BTCUSDT", RecordKind.METRICS, "");
        assertThat(desk.column("index_close")).containsExactly(9651.552, Double.NaN, Double.NaN);
        assertThat(desk.column("mark_close")).containsExactly(Double.NaN, 9653.07367333, Double.NaN);
        assertThat(desk.column("premium_close")).containsExactly(Double.NaN, Double.NaN, -0.00043659);
        desk.venue.on("/fapi/v1/depth", FakeReply.json(reply(files, "UsdFutures/ExchangeData/GetOrderBook")));
        fetch(BinanceMarket.USD_M, "BTCUSDT", RecordKind.BOOK_SNAPSHOTS, "");
        assertThat(desk.column("size")).containsExactly(431.0, 12.0);
        BinanceReplies replies = new BinanceReplies(BinanceMarket.USD_M);
        assertThat(replies.openInterest(
                        Documents.parseJson(reply(files, "UsdFutures/ExchangeData/GetOpenInterestHistory"), "recorded"),
                        "BTCUSDT"))
                .extracting(row -> row.values()[0])
                .containsExactly(20403.637, 20401.367);
        assertThat(replies.trades(Documents.parseJson(
                                reply(files, "Spot/ExchangeData/GetAggregatedTradeHistory"), "recorded"))
                        .get(0)
                        .values())
                .containsExactly(0.01633102, 4.70443515, 0);
        for (BinanceMarket market : BinanceMarket.values()) {
            String name = market == BinanceMarket.SPOT
                    ? "Spot"
                    : market == BinanceMarket.USD_M ? "UsdFutures" : "CoinFutures";
            desk.venue.on(
                    market.path("exchangeInfo"), FakeReply.json(reply(files, name + "/ExchangeData/GetExchangeInfo")));
            if (market != BinanceMarket.SPOT) {
                desk.venue.on(
                        market.path("fundingInfo"),
                        FakeReply.json(reply(files, name + "/ExchangeData/GetFundingInfo")));
            }
            SourceSettings fresh = SourceSettings.in(folder.resolve(name))
                    .asking(desk.venue.url())
                    .by(desk.clock);
            assertThat(Binance.of(market, fresh).listings()).isNotEmpty();
        }
    }

    @Test
    void theExchangeInformationOfARealDayIsReadWhole() throws IOException {
        Map<String, byte[]> files = tar("rest_ws/cryptofeed_recorded_open.tar.gz");
        for (String name : List.of("BINANCE", "BINANCE_FUTURES")) {
            String text = new String(files.get(name + ".0"), StandardCharsets.UTF_8);
            String line = text.substring(text.indexOf(": {") + 2).split("\n", 2)[0];
            boolean spot = name.equals("BINANCE");
            List<Listing> listings = new BinanceListings(spot ? BinanceMarket.SPOT : BinanceMarket.USD_M)
                    .read(Documents.parseJson(line, name), Map.of());
            int symbols = line.split("\"symbol\":", -1).length - 1;
            assertThat(listings).hasSize(symbols);
            assertThat(listings).anySatisfy(listing -> {
                assertThat(listing.symbol()).isEqualTo("BTCUSDT");
                assertThat(listing.contract().rules().tickSize()).isEqualTo(0.01);
                assertThat(listing.trading()).isTrue();
            });
            if (!spot) {
                assertThat(listings)
                        .allSatisfy(listing -> assertThat(listing.listedNanos()).isPresent());
                assertThat(listings)
                        .anySatisfy(
                                listing -> assertThat(listing.id().toString()).contains(".FUTURE."));
            }
        }
    }

    private static List<String> lines(Map<String, byte[]> files, String name) {
        return new String(files.get(name), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("{"))
                .toList();
    }

    /** Four symbols each, recorded with their listings and snapshots; Binance.US speaks the language of spot. */
    @ParameterizedTest
    @ValueSource(strings = {"BINANCE", "BINANCE_US", "BINANCE_FUTURES"})
    void recordedSessionsGoThroughTheRecorderWithoutAHole(String name) throws IOException {
        Map<String, byte[]> files = tar("rest_ws/cryptofeed_recorded_open.tar.gz");
        BinanceMarket market = name.equals("BINANCE_FUTURES") ? BinanceMarket.USD_M : BinanceMarket.SPOT;
        String info = lines(files, name + ".0").get(0);
        desk.venue.on(market.path("exchangeInfo"), FakeReply.json(info.substring(info.indexOf('{'))));
        Map<String, String> books = new HashMap<>();
        for (String line : lines(files, name + ".http.0.0")) {
            books.put(line.replaceAll(".*symbol=([A-Z]+)&.*", "$1"), line.substring(line.indexOf('{')));
        }
        desk.venue.on(
                market.path("depth"),
                asked -> FakeReply.json(Objects.requireNonNull(
                        books.get(asked.parameter("symbol").orElseThrow()))));
        List<String> messages = lines(files, name + ".ws.1.0").stream()
                .filter(line -> (line.contains("@depth@") && line.contains("\"depthUpdate\""))
                        || line.contains("\"e\":\"aggTrade\""))
                .map(line -> line.substring(line.indexOf('{')))
                .toList();
        long trades = messages.stream().filter(m -> m.contains("aggTrade")).count();
        FakeStream script = FakeStream.script().expect().send(messages.toArray(new String[0]));
        desk.venue.onStream("/stream", script.silence());
        desk.venue.whileStalling(() -> desk.clock.advance(Duration.ofMillis(20)));
        RetryRule fast = new RetryRule(3, Duration.ofNanos(1), Duration.ofNanos(1), Duration.ofMinutes(10));
        StreamSettings streams =
                new StreamSettings(Duration.ofSeconds(10), fast, Duration.ofSeconds(60), Integer.MAX_VALUE, 4096);
        desk.batches.clear();
        try (BinanceRecorder recorder =
                BinanceRecorder.of(market, List.copyOf(books.keySet()), desk.settings, streams)) {
            BinanceRecorder.Report report = recorder.run(desk.batches::add, Duration.ofSeconds(5));
            assertThat(report.messages()).isEqualTo(messages.size());
            assertThat(report.holes()).isZero();
            assertThat(report.snapshots()).isEqualTo(books.size());
            assertThat(report.trades()).isEqualTo(trades);
        }
    }

    /** All sample replies to questions that the adapters ask, of each market. */
    @Test
    void everySampleOfAQuestionThatIsAskedIsUnderstood() throws IOException {
        Map<String, byte[]> files = tar(ENDPOINTS);
        Map<String, BinanceMarket> markets = Map.of(
                "Spot", BinanceMarket.SPOT, "UsdFutures", BinanceMarket.USD_M, "CoinFutures", BinanceMarket.COIN_M);
        int read = 0;
        for (String name : files.keySet()) {
            String[] parts = name.split("/", -1);
            boolean asked = parts.length == 4 && parts[0].equals("Endpoints") && parts[2].equals("ExchangeData");
            if (asked) {
                read += read(
                        Objects.requireNonNull(markets.get(parts[1])),
                        parts[3].replace(".txt", ""),
                        reply(files, name.replace("Endpoints/", "").replace(".txt", "")));
            }
        }
        assertThat(read).isEqualTo(25); // spot 4, USD-M 11, COIN-M 10
    }

    /** 1 if the reply is of a kind that the adapter of the market reads. */
    private int read(BinanceMarket market, String name, String text) throws IOException {
        BinanceReplies replies = new BinanceReplies(market);
        SeriesFeed feed = new SeriesFeed(
                SeriesKey.bars("BINANCE.SPOT.BTC-USDT", Desk.HOUR),
                BinanceReplies.BARS,
                new Provenance(Provenance.Kind.EXCHANGE, "sample", "", ""),
                new SeriesFeed.Span(0, AGES, 10),
                batch -> {});
        boolean coin = market == BinanceMarket.COIN_M;
        Node json = Documents.parseJson(text, name);
        List<Row> rows = switch (name) {
            case "GetKlines" -> replies.bars(json, coin ? 100 : 0, AGES, feed);
            case "GetPremiumIndexKlines", "GetMarkPriceKlines", "GetIndexPriceKlines" ->
                replies.ofEnds(json, AGES, feed);
            case "GetFundingRates" ->
                replies.funding(json, json.at(0).get("symbol").asText());
            case "GetOpenInterestHistory" ->
                coin
                        ? List.of()
                        : replies.openInterest(json, json.at(0).get("symbol").asText());
            case "GetAggregatedTradeHistory" -> replies.trades(json);
            case "GetOrderBook" -> replies.book(json, AGES);
            default -> List.of();
        };
        boolean other = switch (name) {
            case "GetServerTime" -> replies.reading().whole(json, "serverTime") > 0;
            case "GetExchangeInfo" ->
                !new BinanceListings(market).read(json, Map.of()).isEmpty();
            case "GetFundingInfo" ->
                !new BinanceListings(market).fundingIntervals(json).isEmpty();
            default -> false;
        };
        return other || !rows.isEmpty() ? 1 : 0;
    }

    private static List<String> raw(String name, int messages) throws IOException {
        List<String> lines = new ArrayList<>();
        byte[] all = Files.readAllBytes(SharedData.path("data/l2/" + name));
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(new ByteArrayInputStream(all)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null && lines.size() < messages; line = reader.readLine()) {
                String message = line.substring(line.indexOf(' ') + 1);
                if (message.contains("@depth") || message.contains("lastUpdateId")) {
                    lines.add(message);
                }
            }
        }
        return lines;
    }

    private void plays(BinanceMarket market, String file, int messages) throws IOException {
        List<String> recorded = raw(file, messages);
        String snapshot = recorded.stream()
                .filter(m -> m.contains("\"lastUpdateId\""))
                .findFirst()
                .orElseThrow();
        List<String> changes =
                recorded.stream().filter(m -> m.startsWith("{\"stream\"")).toList();
        String info = market.isSpot() ? "/api/v3" : "/fapi/v1";
        desk.venue.on(info + "/depth", FakeReply.json(snapshot));
        FakeStream script = FakeStream.script().expect();
        for (String change : changes) {
            script = script.send(change);
        }
        desk.venue.onStream("/stream", script.silence());
        desk.venue.whileStalling(() -> desk.clock.advance(Duration.ofMillis(20)));
        RetryRule fast = new RetryRule(3, Duration.ofNanos(1), Duration.ofNanos(1), Duration.ofMinutes(10));
        StreamSettings streams =
                new StreamSettings(Duration.ofSeconds(10), fast, Duration.ofSeconds(60), Integer.MAX_VALUE, 4096);
        desk.batches.clear();
        try (BinanceRecorder recorder = BinanceRecorder.of(market, List.of("BTCUSDT"), desk.settings, streams)) {
            BinanceRecorder.Report report = recorder.run(desk.batches::add, Duration.ofSeconds(5));
            assertThat(report.holes()).isZero();
            assertThat(report.crossings()).isZero();
            assertThat(report.snapshots()).isEqualTo(1);
            assertThat(report.messages()).isEqualTo(changes.size());
            assertThat(report.changes()).isBetween(changes.size() - 40L, (long) changes.size());
            BinanceRecorder.Touch touch = recorder.touch("BTCUSDT").orElseThrow();
            assertThat(touch.bid()).isBetween(60_000.0, 63_000.0);
            assertThat(touch.ask() - touch.bid()).isBetween(0.001, 20.0);
        }
        assertThat(desk.reasons()).isEmpty();
    }

    @Test
    void aRecordedSpotStreamJoinsItsSnapshotAndStaysWithoutHoles() throws IOException {
        plays(BinanceMarket.SPOT, "raw_spot_btcusdt_20240808.gz", 1500);
    }

    @Test
    void aRecordedFuturesStreamJoinsItsSnapshotAndStaysWithoutHoles() throws IOException {
        plays(BinanceMarket.USD_M, "raw_usdm_btcusdt_20240808.gz", 1500);
    }
}
