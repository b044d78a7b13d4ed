package org.lama.core.sources;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lama.core.net.Fetched;
import org.lama.core.net.HttpCall;
import org.lama.core.store.Node;

/** The calls of Binance's public REST interface. Thread-safe. */
final class BinanceRest {
    static final int PAGE_ROWS = 1000;
    static final int OPEN_INTEREST_ROWS = 500;
    private static final long MILLI = 1_000_000L;

    private final BinanceMarket market;
    private final Host host;
    private final BinanceReplies replies;

    BinanceRest(BinanceMarket market, Host host) {
        this.market = market;
        this.host = host;
        replies = new BinanceReplies(market);
    }

    /** What host and path stand in the provenance. */
    String shown(String name) {
        return host.shown(path(name));
    }

    private String path(String name) {
        return name.equals("openInterestHist") ? "/futures/data/openInterestHist" : market.path(name);
    }

    private HttpCall.Builder call(String name) {
        return Host.get(path(name));
    }

    VenueTime time() throws IOException {
        Reading reading = replies.reading();
        return host.time(
                MILLI, () -> reading.millis(reading.field(host.ask(call("time")).json(), "serverTime")));
    }

    List<Listing> listings() throws IOException {
        BinanceListings listings = new BinanceListings(market);
        Map<String, Duration> funding = Map.of();
        if (!market.isSpot()) {
            funding = listings.fundingIntervals(
                    host.ask(call("fundingInfo").keepFor(Duration.ofHours(1))).json());
        }
        Node info = host.ask(
                        call("exchangeInfo").weight(market.isSpot() ? 20 : 1).keepFor(Duration.ofHours(1)))
                .json();
        return listings.read(info, funding);
    }

    /** A reply about a symbol; that the venue does not know it has an exception of its own. */
    Fetched ask(HttpCall.Builder call, String symbol) throws IOException {
        return host.ask(call.query("symbol", symbol), symbol, "-1121");
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

    /** Premium index, mark and index price, bar by bar at their ends; up to where all that have rows have them. */
    List<Row> prices(BinanceSeries series, long from, long to, SeriesFeed feed) throws IOException {
        // rows stand at the ends of the bars
        long first = from - series.barNanos();
        long end = to - series.barNanos();
        String symbol = series.symbol();
        int dated = symbol.indexOf('_');
        HttpCall.Builder index = range(call("indexPriceKlines"), first, end)
                .query("pair", dated < 0 ? symbol : symbol.substring(0, dated));
        List<List<Row>> tracks = new ArrayList<>();
        for (HttpCall.Builder call : List.of(
                range(call("premiumIndexKlines"), first, end).query("symbol", symbol),
                range(call("markPriceKlines"), first, end).query("symbol", symbol),
                index)) {
            Fetched fetched = host.ask(
                    call.query("interval", series.interval())
                            .query("limit", PAGE_ROWS)
                            .weight(market.barWeight()),
                    symbol,
                    "-1121");
            feed.digest(fetched.bytes());
            tracks.add(replies.ofEnds(fetched.json(), series.venueNanos(), feed));
        }
        return BinanceReplies.prices(tracks);
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
