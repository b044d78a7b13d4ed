package org.lama.core.sources;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.lama.core.net.Fetched;
import org.lama.core.net.HttpCall;
import org.lama.core.net.HttpFetcher;
import org.lama.core.net.NetException;
import org.lama.core.store.Node;

/** The calls of Binance's public REST interface. Thread-safe. */
final class BinanceRest {
    static final int PAGE_ROWS = 1000;
    static final int OPEN_INTEREST_ROWS = 500;
    private static final long MILLI = 1_000_000L;

    private final BinanceMarket market;
    private final HttpFetcher fetcher;
    private final BinanceReplies replies;

    BinanceRest(BinanceMarket market, HttpFetcher fetcher) {
        this.market = market;
        this.fetcher = fetcher;
        replies = new BinanceReplies(market);
    }

    /** What host and path stand in the provenance. */
    String shown(String name) {
        return market.host().replace("https://", "") + path(name);
    }

    private String path(String name) {
        return name.equals("openInterestHist") ? "/futures/data/openInterestHist" : market.path(name);
    }

    private HttpCall.Builder call(String name) {
        return HttpCall.get(path(name)).accept("application/json");
    }

    /** The venue's time, UTC epoch nanoseconds. */
    long venueNanos() throws IOException {
        Reading reading = replies.reading();
        return reading.millis(reading.field(fetcher.fetch(call("time").build()).json(), "serverTime"));
    }

    List<Listing> listings() throws IOException {
        BinanceListings listings = new BinanceListings(market);
        Map<String, Duration> funding = Map.of();
        if (!market.isSpot()) {
            funding = listings.fundingIntervals(fetcher.fetch(
                            call("fundingInfo").keepFor(Duration.ofHours(1)).build())
                    .json());
        }
        Node info = fetcher.fetch(call("exchangeInfo")
                        .weight(market.isSpot() ? 20 : 1)
                        .keepFor(Duration.ofHours(1))
                        .build())
                .json();
        return listings.read(info, funding);
    }

    /** A reply about a symbol; that the venue does not know it has an exception of its own. */
    Fetched ask(HttpCall.Builder call, String symbol) throws IOException {
        try {
            return fetcher.fetch(call.query("symbol", symbol).build());
        } catch (NetException e) {
            if (e.reason() == NetException.Reason.REFUSED
                    && String.valueOf(e.getMessage()).contains("-1121")) {
                throw new SourceException(
                        SourceException.Reason.UNKNOWN_SYMBOL,
                        market.source(),
                        symbol,
                        "the venue does not know the symbol " + symbol
                                + "; look at its listings, and for delisted ones write BASE-QUOTE");
            }
            throw e;
        }
    }

    private Node page(SeriesFeed feed, HttpCall.Builder call, String symbol) throws IOException {
        Fetched fetched = ask(call, symbol);
        feed.digest(fetched.bytes());
        return fetched.json();
    }

    /** The range in the venue's milliseconds, whose ends are both included. */
    private static HttpCall.Builder range(HttpCall.Builder call, long from, long to) {
        return call.query("startTime", Math.floorDiv(from + MILLI - 1, MILLI))
                .query("endTime", Math.floorDiv(to - 1, MILLI));
    }

    List<Row> bars(BinanceSeries series, long from, long to, SeriesFeed feed) throws IOException {
        HttpCall.Builder call = range(call("klines"), from, to)
                .query("interval", series.interval())
                .query("limit", PAGE_ROWS)
                .weight(market.barWeight());
        return replies.bars(page(feed, call, series.symbol()), series.contractSize(), series.venueNanos(), feed);
    }

    List<Row> premium(BinanceSeries series, long from, long to, SeriesFeed feed) throws IOException {
        // rows stand at the ends of the bars
        long bar = series.barNanos();
        HttpCall.Builder call = range(call("premiumIndexKlines"), from - bar, to - bar)
                .query("interval", series.interval())
                .query("limit", PAGE_ROWS)
                .weight(market.barWeight());
        return replies.premium(page(feed, call, series.symbol()), series.venueNanos(), feed);
    }

    List<Row> funding(BinanceSeries series, long from, long to, SeriesFeed feed) throws IOException {
        HttpCall.Builder call =
                range(call("fundingRate"), from, to).query("limit", PAGE_ROWS).weight(24);
        return replies.funding(page(feed, call, series.symbol()), series.symbol());
    }

    List<Row> openInterest(BinanceSeries series, long from, long to, SeriesFeed feed) throws IOException {
        HttpCall.Builder call = range(call("openInterestHist"), from, to)
                .query("period", "5m")
                .query("limit", OPEN_INTEREST_ROWS)
                .weight(12);
        return replies.openInterest(page(feed, call, series.symbol()), series.symbol());
    }

    /** Trades of at most an hour. */
    List<Row> trades(BinanceSeries series, long from, long to, SeriesFeed feed) throws IOException {
        HttpCall.Builder call =
                range(call("aggTrades"), from, to).query("limit", PAGE_ROWS).weight(market.tradeWeight());
        return replies.trades(page(feed, call, series.symbol()));
    }

    List<Row> tradesFrom(BinanceSeries series, long number, SeriesFeed feed) throws IOException {
        HttpCall.Builder call = call("aggTrades")
                .query("fromId", number)
                .query("limit", PAGE_ROWS)
                .weight(market.tradeWeight());
        return replies.trades(page(feed, call, series.symbol()));
    }

    List<Row> book(String symbol, SeriesFeed feed) throws IOException {
        Fetched fetched = depth(symbol);
        feed.digest(fetched.bytes());
        return replies.book(fetched.json(), fetched.receivedNanos());
    }

    /** A book of 1000 levels a side. */
    Fetched depth(String symbol) throws IOException {
        return ask(call("depth").query("limit", 1000).weight(market.depthWeight()), symbol);
    }
}
