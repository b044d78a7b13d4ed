package org.lama.core.sources;

import static org.lama.core.sources.Scene.at;

import java.util.List;
import java.util.stream.Stream;
import org.lama.core.store.RecordKind;

/** One scene for each adapter and kind, with replies that we wrote from the documentation of the venues. */
final class Scenes {
    static final long FROM = at("2023-12-31T23:00:00Z");
    static final long TO = at("2024-01-01T00:00:00Z");
    static final long LATER = at("2024-01-01T12:00:00Z");

    private Scenes() {}

    static Stream<Scene> all() {
        return Stream.of(deribit(), bybit(), coinGecko(), alchemy()).flatMap(List::stream);
    }

    static FetchRequest request(String symbol, RecordKind kind) {
        return FetchRequest.of(List.of(symbol), kind, FROM, LATER);
    }

    static FetchRequest bars(String symbol, String interval) {
        return FetchRequest.bars(List.of(symbol), interval, FROM, LATER);
    }

    private static Scene deribit(String name, FetchRequest request, String required, int rows, String path, String file) {
        return Scene.of(
                "deribit " + name,
                Deribit::new,
                request,
                required,
                rows,
                "/api/v2/public/" + path,
                "deribit-" + file + ".json",
                "/api/v2/public/get_time",
                "deribit-get_time.json");
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
                        .answering("/api/v2/public/get_last_trades_by_instrument", asked -> asked.number("start_seq", 0)
                                        == 104
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
        return Scene.of(
                        market.source() + " " + path,
                        settings -> new Bybit(market, settings),
                        request,
                        required,
                        rows,
                        "/v5/market/" + path,
                        "bybit-" + file + ".json",
                        "/v5/market/time",
                        "bybit-time.json")
                .answering("/v5/market/instruments-info", asked -> Scene.text(switch (market) {
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
                        FetchRequest.of(
                                List.of("BTCUSDT"), RecordKind.FUNDING, FROM - 8 * 3_600_000_000_000L, LATER),
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
                        2,
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
        return List.of(new Scene(
                        "alchemy swaps",
                        Alchemy::new,
                        request(FakeNode.POOL, RecordKind.TRADES),
                        java.util.Map.of(path, node),
                        path + "#eth_getLogs",
                        "blockHash",
                        node.pricesTo(17).size()),
                new Scene(
                        "alchemy blocks",
                        Alchemy::new,
                        request(FakeNode.POOL, RecordKind.POOLS),
                        java.util.Map.of(path, node),
                        path + "#eth_getBlockByNumber",
                        "parentHash",
                        12));
    }
}
