package org.lama.core.sources;

import static org.lama.core.sources.Scene.at;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lama.core.net.kit.FakeRequest;
import org.lama.core.store.RecordKind;

/** One scene for each adapter and kind, with replies that we wrote from the documentation of the venues. */
final class Scenes {
    static final long FROM = at("2023-12-31T23:00:00Z");
    static final long TO = at("2024-01-01T00:00:00Z");
    static final long LATER = at("2024-01-01T12:00:00Z");

    private Scenes() {}

    static Stream<Scene> all() {
        return Stream.of(deribit(), bybit(), coinGecko(), alchemy(), theGraph(), others())
                .flatMap(List::stream);
    }

    static FetchRequest request(String symbol, RecordKind kind) {
        return FetchRequest.of(List.of(symbol), kind, FROM, LATER);
    }

    static FetchRequest bars(String symbol, String interval) {
        return FetchRequest.bars(List.of(symbol), interval, FROM, LATER);
    }

    /** Pages for windows that touch the times of their rows, nothing for others. */
    private static Scene windowed(Scene scene) {
        long quarter = 900_000_000_000L;
        String chart = "{\"result\":{\"status\":\"no_data\"}}";
        String list = "{\"retCode\":0,\"retMsg\":\"OK\",\"result\":{\"list\":[]},\"time\":1704067230000}";
        Scene out = within(scene, "/api/v2/public/get_tradingview_chart_data", FROM, FROM + 3 * quarter, chart);
        out = within(out, "/api/v2/public/get_funding_rate_history", FROM - 4 * quarter, FROM, "{\"result\":[]}");
        out = within(out, "/v5/market/kline", FROM, FROM + 3 * quarter, list);
        out = within(out, "/v5/market/funding/history", FROM - 28 * quarter, TO, list);
        out = within(out, "/v5/market/open-interest", FROM, FROM + 2 * quarter / 3, list);
        return within(out, "/products/BTC-USD/candles", FROM, FROM + 3 * quarter, "[]");
    }

    private static Scene within(Scene scene, String path, long firstNanos, long lastNanos, String empty) {
        java.util.function.Function<FakeRequest, String> page = scene.answers().get(path);
        return page == null
                ? scene
                : scene.answering(path, asked -> {
                    boolean touches = time(asked, "start") <= lastNanos && time(asked, "end") >= firstNanos;
                    return touches ? page.apply(asked) : empty;
                });
    }

    /** The parameter whose name begins so. */
    private static long time(FakeRequest asked, String name) {
        String text = asked.parameter(name)
                .or(() -> asked.parameter(name + "Time"))
                .or(() -> asked.parameter(name + "_timestamp"))
                .orElseThrow();
        return text.contains("T") ? at(text) : Long.parseLong(text) * 1_000_000L;
    }

    private static Scene deribit(
            String name, FetchRequest request, String required, int rows, String path, String file) {
        return windowed(Scene.of(
                "deribit " + name,
                Deribit::new,
                request,
                required,
                rows,
                "/api/v2/public/" + path,
                "deribit-" + file + ".json",
                "/api/v2/public/get_time",
                "deribit-get_time.json"));
    }

    static List<Scene> deribit() {
        String perpetual = "BTC-PERPETUAL";
        return List.of(
                deribit("bars", bars(perpetual, "15m"), "ticks", 4, "get_tradingview_chart_data", "chart"),
                deribit(
                        "funding",
                        FetchRequest.of(List.of(perpetual), RecordKind.FUNDING, FROM - 3_600_000_000_000L, LATER),
                        "interest_1h",
                        2,
                        "get_funding_rate_history",
                        "funding"),
                deribit(
                                "trades",
                                request(perpetual, RecordKind.TRADES),
                                "trade_seq",
                                5,
                                "get_last_trades_by_instrument_and_time",
                                "trades")
                        .answering(
                                "/api/v2/public/get_last_trades_by_instrument",
                                asked -> asked.number("start_seq", 0) == 104
                                        ? Scene.text("deribit-trades-rest.json")
                                        : "{\"jsonrpc\":\"2.0\",\"result\":{\"trades\":[],\"has_more\":false}}"),
                deribit(
                        "book",
                        request(perpetual, RecordKind.BOOK_SNAPSHOTS),
                        "change_id",
                        4,
                        "get_order_book",
                        "order_book"),
                deribit(
                        "open interest",
                        request(perpetual, RecordKind.OPEN_INTEREST),
                        "open_interest",
                        1,
                        "ticker",
                        "ticker"),
                deribit(
                        "option",
                        request("BTC-26JAN24-46000-C", RecordKind.OPTION_QUOTES),
                        "greeks",
                        1,
                        "ticker",
                        "option-ticker"),
                deribit(
                        "chain",
                        request("BTC", RecordKind.OPTION_QUOTES),
                        "creation_timestamp",
                        2,
                        "get_book_summary_by_currency",
                        "book_summary"));
    }

    private static Scene bybit(
            BybitMarket market, FetchRequest request, String required, int rows, String path, String file) {
        return windowed(Scene.of(
                        market.source() + " " + path,
                        settings -> new Bybit(market, settings),
                        request,
                        required,
                        rows,
                        "/v5/market/" + path,
                        "bybit-" + file + ".json",
                        "/v5/market/time",
                        "bybit-time.json"))
                .answering(
                        "/v5/market/instruments-info",
                        asked -> Scene.text(
                                switch (market) {
                                    case SPOT -> "bybit-instruments-spot.json";
                                    case INVERSE -> "bybit-instruments-inverse.json";
                                    case LINEAR ->
                                        asked.parameter("cursor").isPresent()
                                                ? "bybit-instruments-2.json"
                                                : "bybit-instruments-1.json";
                                }));
    }

    static List<Scene> bybit() {
        BybitMarket linear = BybitMarket.LINEAR;
        return List.of(
                bybit(linear, bars("BTCUSDT", "15m"), "list", 4, "kline", "kline"),
                bybit(BybitMarket.INVERSE, bars("BTCUSD", "15m"), "result", 4, "kline", "kline-inverse"),
                bybit(
                        linear,
                        FetchRequest.of(List.of("BTCUSDT"), RecordKind.FUNDING, FROM - 8 * 3_600_000_000_000L, LATER),
                        "fundingRateTimestamp",
                        2,
                        "funding/history",
                        "funding"),
                bybit(
                        linear,
                        request("BTCUSDT", RecordKind.OPEN_INTEREST),
                        "openInterest",
                        3,
                        "open-interest",
                        "open-interest"),
                bybit(linear, request("BTCUSDT", RecordKind.TRADES), "side", 3, "recent-trade", "trades"),
                bybit(linear, request("BTCUSDT", RecordKind.BOOK_SNAPSHOTS), "ts", 4, "orderbook", "orderbook"));
    }

    static List<Scene> coinGecko() {
        return List.of(
                Scene.of(
                        "coingecko history",
                        CoinGecko::new,
                        FetchRequest.of(List.of("bitcoin"), RecordKind.METRICS, at("2023-12-31T00:00:00Z"), LATER),
                        "market_caps",
                        3,
                        "/api/v3/coins/bitcoin/market_chart/range",
                        "coingecko-range.json"),
                Scene.of(
                        "coingecko universe",
                        CoinGecko::new,
                        request("top3", RecordKind.METRICS),
                        "market_cap",
                        3,
                        "/api/v3/coins/markets",
                        "coingecko-markets.json"));
    }

    static List<Scene> alchemy() {
        FakeNode node = FakeNode.since(FROM / 1_000_000_000L, 30);
        String path = "/v2/" + Scene.KEY;
        return List.of(
                new Scene(
                        "alchemy swaps",
                        Alchemy::new,
                        request(FakeNode.POOL, RecordKind.TRADES),
                        Map.of(path, node),
                        path + "#eth_getLogs",
                        "blockHash",
                        node.pricesTo(17).size()),
                new Scene(
                        "alchemy blocks",
                        Alchemy::new,
                        request(FakeNode.POOL, RecordKind.POOLS),
                        Map.of(path, node),
                        path + "#eth_getBlockByNumber",
                        "parentHash",
                        12));
    }

    /** A subgraph whose head is 12 blocks after the middle of the hour. */
    static String meta(String query) {
        String rest = query.contains("query now")
                ? "\"block\":{\"number\":18912012},\"hasIndexingErrors\":false"
                : "\"block\":{\"number\":18912000,\"timestamp\":" + (TO / 1_000_000_000L + 1800) + "}";
        return "{\"data\":{\"_meta\":{" + rest + "}}}";
    }

    /** Swaps in pages of two, by name and time. */
    static String swaps(String body) {
        Map<String, String> all = new java.util.TreeMap<>();
        for (int i = 0; i < 5; i++) {
            String id = "0x" + (i * 7 % 5) + "abc#" + i; // no order of time
            long time = FROM / 1_000_000_000L + i * 600L;
            all.put(
                    id,
                    "{\"id\":\"" + id + "\",\"timestamp\":\"" + time + "\",\"amount0\":\"" + (i % 2 == 0 ? "-" : "")
                            + "2.000000000000000001\",\"amount1\":\"" + (i % 2 == 0 ? "" : "-") + (4000 + i)
                            + "\",\"logIndex\":\"" + i + "\",\"pool\":{\"id\":\"" + FakeNode.POOL
                            + "\"},\"transaction\":{\"blockNumber\":\"" + (18_911_700L + 50L * i) + "\"}}");
        }
        String after = body.replaceAll("(?s).*\"after\":\"([^\"]*)\".*", "$1");
        long from = Long.parseLong(body.replaceAll("(?s).*\"from\":([0-9]+).*", "$1"));
        long to = Long.parseLong(body.replaceAll("(?s).*\"to\":([0-9]+).*", "$1"));
        return all.entrySet().stream()
                .filter(one -> one.getKey().compareTo(after) > 0)
                .map(Map.Entry::getValue)
                .filter(row -> {
                    long time = Long.parseLong(row.replaceAll(".*\"timestamp\":\"([0-9]+)\".*", "$1"));
                    return time >= from && time < to;
                })
                .collect(Collectors.joining(",", "{\"data\":{\"rows\":[", "]}}"));
    }

    static List<Scene> theGraph() {
        String path = "/api/" + Scene.KEY + "/subgraphs/id/" + TheGraph.SUBGRAPH;
        return List.of(
                new Scene(
                        "thegraph swaps",
                        TheGraph::new,
                        request(FakeNode.POOL, RecordKind.TRADES),
                        Map.of(
                                path,
                                asked -> asked.body().contains("_meta") ? meta(asked.body()) : swaps(asked.body())),
                        path + "#query swaps",
                        "logIndex",
                        5),
                new Scene(
                        "thegraph hours",
                        TheGraph::new,
                        request(FakeNode.POOL, RecordKind.POOLS),
                        Map.of(
                                path,
                                asked -> asked.body().contains("_meta")
                                        ? meta(asked.body())
                                        : Scene.text("thegraph-hours.json")),
                        path + "#query hours",
                        "periodStartUnix",
                        2));
    }

    /** Trades of Coinbase with the numbers 1 to 3500, one a second; the newest before a number come first. */
    static String coinbaseTrades(FakeRequest asked) {
        long before = asked.number("after", 3501);
        long limit = asked.number("limit", 1000);
        StringBuilder page = new StringBuilder("[");
        for (long id = Math.min(3500, before - 1); id > Math.max(0, before - 1 - limit); id--) {
            page.append(page.length() > 1 ? "," : "")
                    .append("{\"trade_id\":" + id + ",\"side\":\"" + (id % 2 == 0 ? "buy" : "sell")
                            + "\",\"size\":\"0.5\",\"price\":\"" + (42000 + id) + "\",\"time\":\""
                            + java.time.Instant.ofEpochSecond(FROM / 1_000_000_000L - 1000 + id) + "\"}");
        }
        return page + "]";
    }

    static List<Scene> others() {
        Scene coinbase = windowed(Scene.of(
                "coinbase bars",
                Coinbase::new,
                bars("BTC-USD", "15m"),
                "epoch",
                4,
                "/time",
                "coinbase-time.json",
                "/products/BTC-USD/candles",
                "coinbase-candles.json"));
        Scene kraken = Scene.of(
                        "kraken bars",
                        Kraken::new,
                        bars("XBTUSD", "15m"),
                        "error",
                        4,
                        "/0/public/OHLC",
                        "kraken-ohlc.json",
                        "/0/public/Time",
                        "kraken-time.json",
                        "/0/public/AssetPairs",
                        "kraken-pairs.json")
                .answering(
                        "/0/public/Trades",
                        asked -> Scene.text(
                                asked.number("since", 0) < FROM + 9_500_000_000L
                                        ? "kraken-trades.json"
                                        : "kraken-trades-none.json"));
        String details = "/v1/symbols/details/btcusd";
        return List.of(
                coinbase,
                new Scene(
                                "coinbase trades",
                                Coinbase::new,
                                FetchRequest.of(List.of("BTC-USD"), RecordKind.TRADES, FROM, FROM + 2_000_000_000_000L),
                                coinbase.answers(),
                                "/products/BTC-USD/trades",
                                "trade_id",
                                2000)
                        .answering("/products/BTC-USD/trades", Scenes::coinbaseTrades),
                kraken,
                new Scene(
                        "kraken trades",
                        Kraken::new,
                        request("XBTUSD", RecordKind.TRADES),
                        kraken.answers(),
                        "/0/public/Trades",
                        "last",
                        3),
                Scene.of(
                        "gemini bars",
                        Gemini::new,
                        FetchRequest.bars(List.of("BTCUSD"), "15m", FROM, LATER),
                        "base_currency",
                        4,
                        details,
                        "gemini-details.json",
                        "/v2/candles/btcusd/15m",
                        "gemini-candles.json"),
                Scene.of(
                                "gemini trades",
                                Gemini::new,
                                request("btcusd", RecordKind.TRADES),
                                "timestampms",
                                3,
                                "/v1/trades/btcusd",
                                "gemini-trades.json",
                                details,
                                "gemini-details.json")
                        .answering(
                                "/v1/trades/btcusd",
                                asked -> asked.parameter("since_tid").isPresent()
                                        ? "[]"
                                        : Scene.text("gemini-trades.json")));
    }
}
