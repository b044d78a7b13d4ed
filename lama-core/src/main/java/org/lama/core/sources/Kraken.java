package org.lama.core.sources;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.lama.core.base.Api;
import org.lama.core.market.Contract;
import org.lama.core.market.Instrument;
import org.lama.core.market.InstrumentId;
import org.lama.core.market.TradingRules;
import org.lama.core.net.Fetched;
import org.lama.core.net.HttpCall;
import org.lama.core.net.RateLimit;
import org.lama.core.store.Node;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Kraken, spot. Symbols are the venue's pairs ({@code XBTUSD}); in ids XBT is BTC and XDG is DOGE. Of bars the venue gives
 * the latest 720 only; older ones can be made of its trades, which go back to the first. Written from the documentation,
 * never run against the real host nor a recorded reply. Thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Kraken extends Adapter {
    /** The name of the source. */
    public static final String NAME = "kraken";

    static final List<String> BARS = List.of("open", "high", "low", "close", "volume", "trades");
    static final List<String> TRADES = List.of("price", "size", "side");
    private static final String API = "/0/public/";
    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;
    private static final int MOST_PAGES = 100_000;
    private static final int MOST_BARREN = 3;
    private static final Map<String, String> NAMES = Map.of("XBT", "BTC", "XDG", "DOGE");
    private static final Map<Long, String> INTERVALS = Map.of(
            MINUTE,
            "1",
            5 * MINUTE,
            "5",
            15 * MINUTE,
            "15",
            30 * MINUTE,
            "30",
            60 * MINUTE,
            "60",
            240 * MINUTE,
            "240",
            1440 * MINUTE,
            "1440",
            10_080 * MINUTE,
            "10080");

    private final Host host;
    private final Reading reading;

    /**
     * Makes the source.
     *
     * @param settings what all sources share
     */
    public Kraken(SourceSettings settings) {
        super(
                Card.shapeOnly(
                        NAME,
                        "KRAKEN",
                        new Offer(RecordKind.BARS, Reach.RECENT, "1m to 1w, the latest 720"),
                        new Offer(RecordKind.TRADES, Reach.HISTORY, "single trades since the first")),
                settings);
        host = host("https://api.kraken.com", RateLimit.perMinute(40));
        reading = host.reading();
    }

    private record Answer(Node result, Fetched reply) {}

    /** Asks and unwraps. */
    private Answer ask(HttpCall.Builder call, String where) throws IOException {
        Fetched fetched = host.askPatiently(call, where, reply -> {
            String words = errors(reply).toString();
            boolean busy =
                    words.contains("Rate limit") || words.contains("Too many requests") || words.contains("EService");
            return busy ? Optional.of(words) : Optional.empty();
        });
        List<Node> errors = errors(fetched.json());
        if (errors.isEmpty()) {
            return new Answer(reading.field(fetched.json(), "result"), fetched);
        }
        String words = errors.toString();
        throw words.contains("Unknown asset pair") ? host.unknown(where) : host.refused(where, words);
    }

    private List<Node> errors(Node reply) throws SourceException {
        return reading.items(reading.field(reply, "error"));
    }

    @Override
    public List<Listing> listings() throws IOException {
        List<Listing> listings = new ArrayList<>();
        Node result = ask(Host.get(API + "AssetPairs"), "AssetPairs").result();
        object(result);
        for (String name : result.names()) {
            listing(result.get(name)).ifPresent(listings::add);
        }
        return List.copyOf(listings);
    }

    private void object(Node node) throws SourceException {
        if (node.kind() != Node.Kind.OBJECT) {
            throw reading.wrong(node, "an object");
        }
    }

    private Optional<Listing> listing(Node one) throws SourceException {
        String symbol = reading.text(one, "altname");
        if (reading.find(one, "wsname").isEmpty()) {
            return Optional.empty(); // dark pools
        }
        String[] pair = reading.text(one, "wsname").toUpperCase(Locale.ROOT).split("/", 2);
        if (pair.length < 2) {
            throw reading.wrong(reading.field(one, "wsname"), "BASE/QUOTE");
        }
        long priceDecimals = reading.whole(one, "pair_decimals");
        long lotDecimals = reading.whole(one, "lot_decimals");
        double least = host.bound(one, "ordermin");
        double notional = host.bound(one, "costmin");
        double tick = host.bound(one, "tick_size");
        boolean trading = reading.text(one, "status").equals("online");
        try {
            Instrument instrument = new Instrument(
                    "KRAKEN",
                    Instrument.Kind.SPOT,
                    InstrumentId.encode(NAMES.getOrDefault(pair[0], pair[0])),
                    InstrumentId.encode(NAMES.getOrDefault(pair[1], pair[1])),
                    Math.toIntExact(priceDecimals),
                    Math.toIntExact(lotDecimals));
            TradingRules rules = new TradingRules(
                    tick, Math.pow(10, -(double) lotDecimals), least, Double.POSITIVE_INFINITY, notional);
            return Optional.of(new Listing(
                    symbol,
                    InstrumentId.of(instrument),
                    Contract.spot(instrument, rules),
                    trading,
                    OptionalLong.empty(),
                    OptionalLong.empty()));
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Optional.empty(); // no canonical id, or rules that contradict themselves
        }
    }

    @Override
    public void fetch(FetchRequest request, Receiver receiver) throws IOException {
        offer(request.kind());
        VenueTime now = host.time(
                SECOND,
                () -> seconds(reading.field(ask(Host.get(API + "Time"), "Time").result(), "unixtime")));
        Harvest harvest = new Harvest(this, settings, request, now, receiver);
        for (String symbol : request.symbols()) {
            Listing listing = target(symbol.toUpperCase(Locale.ROOT));
            SeriesKey key = new SeriesKey(listing.id(), request.kind(), request.barNanos());
            if (request.kind() == RecordKind.BARS) {
                bars(listing.symbol(), key, harvest);
            } else {
                trades(listing.symbol(), key, harvest);
            }
        }
    }

    private Listing target(String symbol) throws IOException {
        Node result =
                ask(Host.get(API + "AssetPairs").query("pair", symbol), symbol).result();
        object(result);
        for (String name : result.names()) {
            Optional<Listing> listing = listing(result.get(name));
            if (listing.isPresent()) {
                return listing.get();
            }
        }
        throw host.unknown(symbol);
    }

    /** Seconds with a fraction, to the microsecond, beyond which a double does not go. */
    private long seconds(Node node) throws SourceException {
        double seconds = reading.decimal(node);
        if (!(seconds >= 0 && seconds < 9e9)) {
            throw reading.wrong(node, "a time in seconds since 1970");
        }
        return Math.round(seconds * 1e6) * 1_000L;
    }

    /** The list beside the cursor, under the venue's own name of the pair. */
    private Node rows(Node result) throws SourceException {
        object(result);
        for (String name : result.names()) {
            if (!name.equals("last")) {
                return result.get(name);
            }
        }
        throw new SourceException(
                SourceException.Reason.MISSING_FIELD, NAME, "pair", "required rows of the pair are missing");
    }

    private void bars(String pair, SeriesKey key, Harvest harvest) throws IOException {
        String interval = host.word(INTERVALS, key.barNanos());
        harvest.recent(new Harvest.Crop(key, BARS, host.shown(API + "OHLC"), ""), (feed, from, to) -> {
            Answer answer = ask(
                    Host.get(API + "OHLC")
                            .query("pair", pair)
                            .query("interval", interval)
                            .query("since", Math.floorDiv(from - 1, SECOND)),
                    pair);
            feed.digest(answer.reply().bytes());
            List<Row> rows = new ArrayList<>();
            for (Node bar : reading.items(rows(answer.result()))) {
                long open = seconds(reading.item(bar, 0, "time"));
                Row row = Row.at(
                        open,
                        0,
                        reading.decimal(reading.item(bar, 1, "open")),
                        reading.decimal(reading.item(bar, 2, "high")),
                        reading.decimal(reading.item(bar, 3, "low")),
                        reading.decimal(reading.item(bar, 4, "close")),
                        reading.decimal(reading.item(bar, 6, "volume")),
                        reading.decimal(reading.item(bar, 7, "count")));
                if (harvest.isFinished(open, feed)) {
                    rows.add(row);
                }
            }
            feed.take(rows);
        });
    }

    private void trades(String pair, SeriesKey key, Harvest harvest) throws IOException {
        harvest.history(new Harvest.Crop(key, TRADES, host.shown(API + "Trades"), ""), (feed, from, to) -> {
            feed.known(SeriesFeed.Identity.CONSECUTIVE);
            long since = from - 1;
            int barren = 0;
            for (int pages = 0; pages < MOST_PAGES && barren <= MOST_BARREN; pages++) {
                Answer answer = ask(
                        Host.get(API + "Trades")
                                .query("pair", pair)
                                .query("since", since)
                                .query("count", 1000),
                        pair);
                feed.digest(answer.reply().bytes());
                long last = last(answer.result());
                SeriesFeed.Taken taken = feed.take(trades(rows(answer.result())));
                if (taken.rows() == 0 || taken.lastTime() >= to) {
                    return;
                }
                barren = last > since ? 0 : barren + 1;
                since = Math.max(since, last);
            }
            throw new SourceException(
                    SourceException.Reason.PAGING, NAME, "last", "pages go in circles or without end; try again later");
        });
    }

    /** Where the next page begins: nanoseconds as text. */
    private long last(Node result) throws SourceException {
        Node last = reading.field(result, "last");
        String text = last.kind() == Node.Kind.STRING ? last.asText() : last.toString();
        if (!text.matches("[0-9]{1,18}|[1-8][0-9]{18}")) {
            throw reading.wrong(last, "a time in nanoseconds");
        }
        return Long.parseLong(text);
    }

    private List<Row> trades(Node list) throws SourceException {
        List<Row> rows = new ArrayList<>();
        for (Node trade : reading.items(list)) {
            Node side = reading.item(trade, 3, "side");
            boolean buy = side.kind() == Node.Kind.STRING && side.asText().equals("b");
            if (!buy && !(side.kind() == Node.Kind.STRING && side.asText().equals("s"))) {
                throw reading.wrong(side, "b or s");
            }
            rows.add(Row.at(
                    seconds(reading.item(trade, 2, "time")),
                    reading.whole(reading.item(trade, 6, "trade_id")),
                    reading.decimal(reading.item(trade, 0, "price")),
                    reading.decimal(reading.item(trade, 1, "volume")),
                    buy ? 1 : 0));
        }
        return rows;
    }
}
