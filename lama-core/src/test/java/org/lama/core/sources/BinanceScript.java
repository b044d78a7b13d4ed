package org.lama.core.sources;

import java.util.Map;
import java.util.TreeMap;
import org.lama.core.net.kit.FakeReply;

/** Replies of Binance that we wrote: its shapes, our numbers. */
final class BinanceScript {
    static final String SPOT_INFO = """
            {"timezone":"UTC","serverTime":1,"rateLimits":[],"exchangeFilters":[],"symbols":[
            {"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT","somethingNew":{"a":1},"filters":[
             {"filterType":"PRICE_FILTER","minPrice":"0.01","maxPrice":"1000000.00","tickSize":"0.01000000"},
             {"filterType":"LOT_SIZE","minQty":"0.00001","maxQty":"9000","stepSize":"0.00001000"},
             {"filterType":"NOTIONAL","minNotional":"5.00000000"}]},
            {"symbol":"LUNAUSDT","status":"BREAK","baseAsset":"LUNA","quoteAsset":"USDT","filters":[]},
            {"symbol":"币安USDT","status":"TRADING","baseAsset":"币安人生汉字很长","quoteAsset":"USDT","filters":[]}]}
            """;
    static final String FUTURES_INFO = """
            {"timezone":"UTC","serverTime":1,"symbols":[
            {"symbol":"BTCUSDT","pair":"BTCUSDT","contractType":"PERPETUAL","deliveryDate":4133404800000,
             "onboardDate":1569398400000,"status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT","marginAsset":"USDT",
             "filters":[{"filterType":"PRICE_FILTER","tickSize":"0.10"},{"filterType":"LOT_SIZE","stepSize":"0.001",
             "minQty":"0.001","maxQty":"1000"},{"filterType":"MIN_NOTIONAL","notional":"100"}]},
            {"symbol":"BTCUSDT_240628","pair":"BTCUSDT","contractType":"CURRENT_QUARTER","deliveryDate":1719561600000,
             "onboardDate":1703836800000,"status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT","filters":[]},
            {"symbol":"LUNAUSDT","pair":"LUNAUSDT","contractType":"PERPETUAL","deliveryDate":1652400000000,
             "onboardDate":1600000000000,"status":"SETTLING","baseAsset":"LUNA","quoteAsset":"USDT","filters":[]}]}
            """;
    static final String COIN_INFO = """
            {"symbols":[{"symbol":"BTCUSD_PERP","pair":"BTCUSD","contractType":"PERPETUAL","deliveryDate":4133404800000,
             "onboardDate":1597042800000,"contractStatus":"TRADING","contractSize":100,"baseAsset":"BTC",
             "quoteAsset":"USD","filters":[]}]}
            """;

    private BinanceScript() {}

    /** The listings of all markets; BTCUSDT of USD-M pays every 4 hours. */
    static Desk listings(Desk desk) {
        desk.venue.on("/api/v3/exchangeInfo", FakeReply.json(SPOT_INFO));
        desk.venue.on("/fapi/v1/exchangeInfo", FakeReply.json(FUTURES_INFO));
        desk.venue.on("/dapi/v1/exchangeInfo", FakeReply.json(COIN_INFO));
        desk.venue.on(
                "/fapi/v1/fundingInfo",
                FakeReply.json(
                        "[{\"symbol\":\"BTCUSDT\",\"adjustedFundingRateCap\":\"0.02\",\"fundingIntervalHours\":4}]"));
        desk.venue.on("/dapi/v1/fundingInfo", FakeReply.json("[]"));
        return desk;
    }

    /** A bar whose numbers tell its time. */
    static String bar(long openMillis, long barMillis) {
        long cents = 10_000 + openMillis / barMillis % 1000;
        return "[" + openMillis + ",\"" + money(cents) + "\",\"" + money(cents + 100) + "\",\"" + money(cents - 100)
                + "\",\"" + money(cents + 50) + "\",\"12.50000000\"," + (openMillis + barMillis - 1)
                + ",\"1250.00\",42,\"6.25\",\"625.0\",\"0\"]";
    }

    private static String money(long cents) {
        return cents / 100 + "." + cents % 100 / 10 + cents % 10;
    }

    /** The open of a bar of {@link #bar}. */
    static double open(long openMillis, long barMillis) {
        return Double.parseDouble(money(10_000 + openMillis / barMillis % 1000));
    }

    static Map<Long, String> bars(long fromMillis, long toMillis, long barMillis) {
        Map<Long, String> rows = new TreeMap<>();
        for (long at = fromMillis; at < toMillis; at += barMillis) {
            rows.put(at, bar(at, barMillis));
        }
        return rows;
    }

    static String trade(long number, long millis) {
        return "{\"a\":" + number + ",\"p\":\"" + (100 + number % 10) + ".10\",\"q\":\"0.50\",\"f\":" + number
                + ",\"l\":" + number + ",\"T\":" + millis + ",\"m\":" + (number % 2 == 0) + ",\"M\":true}";
    }
}
