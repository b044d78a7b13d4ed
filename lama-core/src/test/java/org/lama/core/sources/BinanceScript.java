package org.lama.core.sources;

import java.util.Map;
import java.util.TreeMap;
import org.lama.core.net.kit.FakeReply;

/** Replies of Binance that we wrote: its shapes, our numbers; those that do not depend on the question are files. */
final class BinanceScript {
    static final String SPOT_INFO = Scene.text("binance-spot-info.json");
    static final String FUTURES_INFO = Scene.text("binance-usdm-info.json");
    static final String COIN_INFO = Scene.text("binance-coinm-info.json");

    private BinanceScript() {}

    /** The listings of all markets; BTCUSDT of USD-M pays every 4 hours. */
    static Desk listings(Desk desk) {
        desk.venue.on("/api/v3/exchangeInfo", FakeReply.json(SPOT_INFO));
        desk.venue.on("/fapi/v1/exchangeInfo", FakeReply.json(FUTURES_INFO));
        desk.venue.on("/dapi/v1/exchangeInfo", FakeReply.json(COIN_INFO));
        desk.venue.on("/fapi/v1/fundingInfo", FakeReply.json(Scene.text("binance-funding-info.json")));
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
