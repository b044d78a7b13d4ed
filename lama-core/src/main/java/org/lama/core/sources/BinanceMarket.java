package org.lama.core.sources;

import org.lama.core.base.Api;
import org.lama.core.net.RateLimit;

/**
 * The markets of Binance that have hosts, paths and limits of their own.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public enum BinanceMarket {
    /** Spot. */
    SPOT("binance", "https://api.binance.com", "/api/v3", "spot", "wss://stream.binance.com:9443", 6000),
    /** Futures and perpetuals settled in a stable coin. */
    USD_M("binance-usdm", "https://fapi.binance.com", "/fapi/v1", "futures/um", "wss://fstream.binance.com", 2400),
    /** Futures and perpetuals settled in the coin itself. */
    COIN_M("binance-coinm", "https://dapi.binance.com", "/dapi/v1", "futures/cm", "wss://dstream.binance.com", 2400);

    private final String source;
    private final String host;
    private final String prefix;
    private final String bulk;
    private final String streams;
    private final int weight;

    BinanceMarket(String source, String host, String prefix, String bulk, String streams, int weight) {
        this.source = source;
        this.host = host;
        this.prefix = prefix;
        this.bulk = bulk;
        this.streams = streams;
        this.weight = weight;
    }

    /**
     * The name of its source.
     *
     * @return for {@link Sources#get}
     */
    public String source() {
        return source;
    }

    String host() {
        return host;
    }

    /** A path of its REST interface. */
    String path(String name) {
        return prefix + "/" + name;
    }

    /** Its part of the paths of bulk files. */
    String bulk() {
        return bulk;
    }

    String streams() {
        return streams;
    }

    RateLimit rate() {
        return RateLimit.perMinute(weight).withUsedHeader("X-MBX-USED-WEIGHT-1M");
    }

    boolean isSpot() {
        return this == SPOT;
    }

    /** What a page of bars weighs. */
    int barWeight() {
        return isSpot() ? 2 : 5;
    }

    /** What a page of trades weighs. */
    int tradeWeight() {
        return isSpot() ? 4 : 20;
    }

    /** What a book of 1000 levels weighs. */
    int depthWeight() {
        return isSpot() ? 50 : 20;
    }
}
