package org.lama.core.sources;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.net.Fetched;
import org.lama.core.net.HttpCall;
import org.lama.core.net.RateLimit;
import org.lama.core.store.Node;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Bybit, version 5 of its interface. Symbols are the venue's ({@code BTCUSDT}). Sizes of inverse contracts, which the
 * venue counts in dollars, come out in base currency. Written from the documentation, never run against the real host
 * nor against a recorded reply. Thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Bybit extends Adapter {
    private static final String API = "/v5/market/";
    private static final long MILLI = 1_000_000L;
    private static final long MINUTE = 60_000 * MILLI;
    private static final long HOUR = 60 * MINUTE;
    private static final int MOST_PAGES = 100_000;
    private static final int MOST_LISTING_PAGES = 200;
    private static final long OK = 0;
    private static final long TOO_MANY_VISITS = 10_006;
    private static final long WRONG_PARAMETER = 10_001;
    private static final Map<Long, String> INTERVALS = Map.ofEntries(
            Map.entry(MINUTE, "1"),
            Map.entry(3 * MINUTE, "3"),
            Map.entry(5 * MINUTE, "5"),
            Map.entry(15 * MINUTE, "15"),
            Map.entry(30 * MINUTE, "30"),
            Map.entry(HOUR, "60"),
            Map.entry(2 * HOUR, "120"),
            Map.entry(4 * HOUR, "240"),
            Map.entry(6 * HOUR, "360"),
            Map.entry(12 * HOUR, "720"),
            Map.entry(24 * HOUR, "D"),
            Map.entry(168 * HOUR, "W"));

    private final BybitMarket market;
    private final Host host;
    private final Reading reading;
    private final BybitReplies replies;
    private Known known = new Known(0, List.of());

    /**
     * Makes a source.
     *
     * @param market which category
     * @param settings what all sources share
     */
    public Bybit(BybitMarket market, SourceSettings settings) {
        super(card(Check.notNull(market, "market")), settings);
        this.market = market;
        host = host("https://api.bybit.com", RateLimit.perMinute(1200));
        reading = host.reading();
        replies = new BybitReplies(market, host);
    }

    private static Card card(BybitMarket market) {
        List<Offer> offers = new ArrayList<>(List.of(
                new Offer(RecordKind.BARS, Reach.HISTORY, "1m to 1w"),
                new Offer(RecordKind.TRADES, Reach.RECENT, market == BybitMarket.SPOT ? "latest 60" : "latest 1000"),
                new Offer(RecordKind.BOOK_SNAPSHOTS, Reach.NOW, "200 levels a side (spot), else 500")));
        if (market != BybitMarket.SPOT) {
            offers.add(new Offer(RecordKind.FUNDING, Reach.HISTORY, "whatever its interval"));
        }
        if (market == BybitMarket.LINEAR) {
            // of inverse contracts only dollars are known, and no price beside them
            offers.add(new Offer(RecordKind.OPEN_INTEREST, Reach.HISTORY, "every 5 minutes"));
        }
        return Card.shapeOnly(market.source(), "BYBIT", offers.toArray(new Offer[0]));
    }

    private record Answer(Fetched fetched, Node envelope, Node result) {}

    /** Asks and unwraps. */
    private Answer ask(HttpCall.Builder call, String where) throws IOException {
        Fetched fetched = host.askPatiently(
                call.query("category", market.category()),
                where,
                reply -> reading.whole(reply, "retCode") == TOO_MANY_VISITS
                        ? Optional.of(words(reply))
                        : Optional.empty());
        Node envelope = fetched.json();
        long code = reading.whole(envelope, "retCode");
        if (code == OK) {
            return new Answer(fetched, envelope, reading.field(envelope, "result"));
        }
        String words = words(envelope);
        boolean unknown =
                code == WRONG_PARAMETER && words.toLowerCase(Locale.ROOT).contains("symbol");
        throw unknown ? host.unknown(where) : host.refused(where, words);
    }

    private String words(Node envelope) throws SourceException {
        return reading.whole(envelope, "retCode") + " " + reading.text(envelope, "retMsg");
    }

    private Node page(SeriesFeed feed, HttpCall.Builder call, String symbol) throws IOException {
        Answer answer = ask(call.query("symbol", symbol), symbol);
        feed.digest(answer.fetched().bytes());
        replies.about(answer.result(), symbol);
        return answer.result();
    }

    private long venueNanos() throws IOException {
        return reading.millis(reading.field(ask(Host.get(API + "time"), "time").envelope(), "time"));
    }

    private record Known(long readNanos, List<Listing> listings) {}

    /** Asked once an hour. */
    @Override
    public synchronized List<Listing> listings() throws IOException {
        long now = settings.clock().steadyNanos();
        if (now - known.readNanos() > HOUR || known.listings().isEmpty()) {
            known = new Known(now, readListings());
        }
        return known.listings();
    }

    private List<Listing> readListings() throws IOException {
        List<Listing> listings = new ArrayList<>();
        String cursor = "";
        for (int pages = 0; ; pages++) {
            HttpCall.Builder call = Host.get(API + "instruments-info").query("limit", 1000);
            if (!cursor.isEmpty()) {
                call.query("cursor", cursor);
            }
            Node result = ask(call, "instruments-info").result();
            replies.listings(result, listings);
            Optional<Node> next = reading.find(result, "nextPageCursor");
            String before = cursor;
            cursor = next.isPresent() ? reading.text(result, "nextPageCursor") : "";
            if (cursor.isEmpty()) {
                return List.copyOf(listings);
            }
            if (cursor.equals(before) || pages == MOST_LISTING_PAGES) {
                throw new SourceException(
                        SourceException.Reason.PAGING,
                        name(),
                        "nextPageCursor",
                        "the pages of instruments go in circles; try again later");
            }
        }
    }

    @Override
    public void fetch(FetchRequest request, Receiver receiver) throws IOException {
        offer(request.kind());
        Harvest harvest = new Harvest(this, settings, request, host.time(MILLI, this::venueNanos), receiver);
        List<Listing> listings = listings();
        for (String symbol : request.symbols()) {
            String upper = symbol.toUpperCase(Locale.ROOT);
            Listing listing = listings.stream()
                    .filter(one -> one.symbol().equals(upper))
                    .findFirst()
                    .orElseThrow(() -> host.unknown(
                            upper, listings.stream().map(Listing::symbol).toList()));
            one(listing, harvest);
        }
    }

    private Harvest.Crop crop(Listing listing, Harvest harvest, List<String> columns, String path) {
        SeriesKey key = new SeriesKey(
                listing.id(), harvest.request().kind(), harvest.request().barNanos());
        boolean turned =
                market == BybitMarket.INVERSE && (columns == BybitReplies.TRADES || columns == BybitReplies.LEVELS);
        return new Harvest.Crop(
                key, columns, host.shown(API + path), turned ? "sizes are dollars divided by the price" : "");
    }

    private void one(Listing listing, Harvest harvest) throws IOException {
        String symbol = listing.symbol();
        switch (harvest.request().kind()) {
            case BARS -> bars(listing, harvest);
            case FUNDING ->
                windows(
                        crop(listing, harvest, BybitReplies.FUNDING, "funding/history"),
                        harvest,
                        new Paging.Pace(name(), 200, HOUR, MOST_PAGES),
                        (feed, a, b) -> replies.funding(
                                page(feed, range(Host.get(API + "funding/history"), a, b), symbol), symbol));
            case OPEN_INTEREST ->
                windows(
                        crop(listing, harvest, BybitReplies.OPEN_INTEREST, "open-interest"),
                        harvest,
                        new Paging.Pace(name(), 200, 5 * MINUTE, MOST_PAGES),
                        (feed, a, b) -> replies.openInterest(page(
                                feed,
                                range(Host.get(API + "open-interest"), a, b).query("intervalTime", "5min"),
                                symbol)));
            case TRADES ->
                harvest.recent(crop(listing, harvest, BybitReplies.TRADES, "recent-trade"), (feed, from, to) -> {
                    HttpCall.Builder call =
                            Host.get(API + "recent-trade").query("limit", market == BybitMarket.SPOT ? 60 : 1000);
                    feed.take(replies.trades(page(feed, call, symbol), symbol));
                });
            default ->
                harvest.now(crop(listing, harvest, BybitReplies.LEVELS, "orderbook"), feed -> {
                    HttpCall.Builder call =
                            Host.get(API + "orderbook").query("limit", market == BybitMarket.SPOT ? 200 : 500);
                    return replies.book(
                            page(feed, call, symbol), symbol, settings.clock().nowNanos());
                });
        }
    }

    private static HttpCall.Builder range(HttpCall.Builder call, long from, long to) {
        return call.query("startTime", Math.floorDiv(from + MILLI - 1, MILLI))
                .query("endTime", Math.floorDiv(to - 1, MILLI))
                .query("limit", 200);
    }

    /** A page of a window. */
    @FunctionalInterface
    private interface Window {
        List<Row> rows(SeriesFeed feed, long from, long to) throws IOException;
    }

    private static void windows(Harvest.Crop crop, Harvest harvest, Paging.Pace pace, Window window)
            throws IOException {
        harvest.history(
                crop, (feed, from, to) -> Paging.windows(feed, from, to, pace, (a, b) -> window.rows(feed, a, b)));
    }

    private void bars(Listing listing, Harvest harvest) throws IOException {
        long bar = harvest.request().barNanos();
        String word = host.word(INTERVALS, bar);
        windows(
                crop(listing, harvest, BybitReplies.BARS, "kline"),
                harvest,
                new Paging.Pace(name(), 1000, bar, MOST_PAGES),
                (feed, a, b) -> {
                    HttpCall.Builder call = Host.get(API + "kline")
                            .query("interval", word)
                            .query("start", Math.floorDiv(a + MILLI - 1, MILLI))
                            .query("end", Math.floorDiv(b - 1, MILLI))
                            .query("limit", 1000);
                    return replies.bars(page(feed, call, listing.symbol()), harvest, feed);
                });
    }
}
