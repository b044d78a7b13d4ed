package org.lama.core.sources;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
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
 * Coinbase Exchange, spot. Symbols are the venue's products ({@code BTC-USD}). Minutes in which nothing was traded have
 * no bar. Trades go by their numbers, the first one found by halving. Never run against the real host. Thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Coinbase extends Adapter {
    /** The name of the source. */
    public static final String NAME = "coinbase";

    static final List<String> BARS = List.of("open", "high", "low", "close", "volume");
    static final List<String> TRADES = List.of("price", "size", "side");
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final int CANDLES = 300;
    private static final int PAGE = 1000;
    private static final int MOST_PAGES = 100_000;
    private static final Map<Long, String> GRANULARITIES = Map.of(
            60 * SECOND, "60",
            300 * SECOND, "300",
            900 * SECOND, "900",
            3_600 * SECOND, "3600",
            21_600 * SECOND, "21600",
            86_400 * SECOND, "86400");

    private final Host host;
    private final Reading reading;

    /**
     * Makes the source.
     *
     * @param settings what all sources share
     */
    public Coinbase(SourceSettings settings) {
        super(
                Card.recorded(
                        NAME,
                        "COINBASE",
                        new Offer(
                                RecordKind.BARS,
                                Reach.HISTORY,
                                "1m, 5m, 15m, 1h, 6h, 1d; none where nothing was traded"),
                        new Offer(RecordKind.TRADES, Reach.HISTORY, "single trades")),
                settings);
        host = host("https://api.exchange.coinbase.com", RateLimit.perMinute(300));
        reading = host.reading();
    }

    @Override
    public List<Listing> listings() throws IOException {
        List<Listing> listings = new ArrayList<>();
        Fetched products = host.ask(Host.get("/products").keepFor(Duration.ofHours(1)));
        for (Node one : reading.items(products.json())) {
            listing(one).ifPresent(listings::add);
        }
        return List.copyOf(listings);
    }

    private Optional<Listing> listing(Node one) throws SourceException {
        String base = InstrumentId.encode(reading.text(one, "base_currency").toUpperCase(Locale.ROOT));
        String quote = InstrumentId.encode(reading.text(one, "quote_currency").toUpperCase(Locale.ROOT));
        String id = reading.text(one, "id");
        boolean trading = reading.text(one, "status").equals("online");
        double tick = host.bound(one, "quote_increment");
        double lot = host.bound(one, "base_increment");
        double least = host.bound(one, "base_min_size");
        double most = host.bound(one, "base_max_size");
        double notional = host.bound(one, "min_market_funds");
        try {
            Instrument instrument = new Instrument(
                    "COINBASE", Instrument.Kind.SPOT, base, quote, Host.decimals(tick), Host.decimals(lot));
            TradingRules rules =
                    new TradingRules(tick, lot, least, most > least ? most : Double.POSITIVE_INFINITY, notional);
            return Optional.of(new Listing(
                    id,
                    InstrumentId.of(instrument),
                    Contract.spot(instrument, rules),
                    trading,
                    OptionalLong.empty(),
                    OptionalLong.empty()));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no canonical id, or rules that contradict themselves
        }
    }

    @Override
    public void fetch(FetchRequest request, Receiver receiver) throws IOException {
        offer(request.kind());
        Harvest harvest = new Harvest(this, settings, request, host.time(MILLI, this::venueNanos), receiver);
        for (String symbol : request.symbols()) {
            String product = symbol.toUpperCase(Locale.ROOT).replace('/', '-');
            if (!product.matches("[A-Z0-9]+-[A-Z0-9]+")) {
                throw host.unknown(symbol);
            }
            String[] pair = product.split("-", 2);
            InstrumentId id = InstrumentId.of(Instrument.of(venue(), Instrument.Kind.SPOT, pair[0], pair[1]));
            SeriesKey key = new SeriesKey(id, request.kind(), request.barNanos());
            if (request.kind() == RecordKind.BARS) {
                bars(product, key, harvest);
            } else {
                trades(product, key, harvest);
            }
        }
    }

    private long venueNanos() throws IOException {
        double epoch = reading.decimal(reading.field(host.ask(Host.get("/time")).json(), "epoch"));
        return ((long) (epoch * 1e3)) * MILLI;
    }

    private Node ask(SeriesFeed feed, HttpCall.Builder call, String product) throws IOException {
        Fetched fetched = host.ask(call.part("product", product), product, "NotFound", "not found");
        feed.digest(fetched.bytes());
        return fetched.json();
    }

    private void bars(String product, SeriesKey key, Harvest harvest) throws IOException {
        String granularity = host.word(GRANULARITIES, key.barNanos());
        Paging.Pace pace = new Paging.Pace(NAME, CANDLES, key.barNanos(), MOST_PAGES);
        harvest.history(
                new Harvest.Crop(key, BARS, host.shown("/products/" + product + "/candles"), ""),
                (feed, from, to) -> Paging.windows(feed, from, to, pace, (a, b) -> {
                    HttpCall.Builder call = Host.get("/products/{product}/candles")
                            .query("granularity", granularity)
                            .query("start", Instant.ofEpochSecond(0, a).toString())
                            .query("end", Instant.ofEpochSecond(0, b - SECOND).toString());
                    return candles(ask(feed, call, product), harvest, feed);
                }));
    }

    /** Time, low, high, open, close, volume; the newest first. */
    private List<Row> candles(Node reply, Harvest harvest, SeriesFeed feed) throws SourceException {
        List<Row> rows = new ArrayList<>();
        for (Node bar : reading.items(reply)) {
            long seconds = reading.whole(reading.item(bar, 0, "time"));
            if (seconds < 0 || seconds > 9_000_000_000L) {
                throw reading.wrong(bar.at(0), "a time in seconds since 1970");
            }
            double low = reading.decimal(reading.item(bar, 1, "low"));
            double high = reading.decimal(reading.item(bar, 2, "high"));
            double open = reading.decimal(reading.item(bar, 3, "open"));
            double close = reading.decimal(reading.item(bar, 4, "close"));
            double volume = reading.decimal(reading.item(bar, 5, "volume"));
            if (harvest.isFinished(seconds * SECOND, feed)) {
                rows.add(0, Row.at(seconds * SECOND, 0, open, high, low, close, volume));
            }
        }
        return rows;
    }

    private void trades(String product, SeriesKey key, Harvest harvest) throws IOException {
        Paging.Pace pace = new Paging.Pace(NAME, PAGE, 1, MOST_PAGES);
        harvest.history(
                new Harvest.Crop(key, TRADES, host.shown("/products/" + product + "/trades"), ""), (feed, from, to) -> {
                    feed.known(SeriesFeed.Identity.CONSECUTIVE);
                    List<Row> newest = page(feed, Long.MAX_VALUE, product);
                    if (newest.isEmpty()) {
                        return;
                    }
                    long first = 1;
                    long last = newest.get(newest.size() - 1).seq();
                    while (first < last) {
                        long middle = (first + last) >>> 1;
                        List<Row> rows = page(feed, middle + 1, product);
                        // trades that the venue has no longer count as too old
                        boolean old =
                                rows.isEmpty() || rows.get(rows.size() - 1).time() < from;
                        first = old ? middle + 1 : first;
                        last = old ? last : middle;
                    }
                    Paging.numbers(
                            feed,
                            first,
                            to,
                            pace,
                            (a, b) -> page(feed, b, product).stream()
                                    .filter(row -> row.seq() >= a)
                                    .toList());
                });
    }

    /** The trades before a number, oldest first. */
    private List<Row> page(SeriesFeed feed, long before, String product) throws IOException {
        HttpCall.Builder call = Host.get("/products/{product}/trades").query("limit", PAGE);
        if (before != Long.MAX_VALUE) {
            call.query("after", before);
        }
        List<Row> rows = new ArrayList<>();
        for (Node trade : reading.items(ask(feed, call, product))) {
            // the side is the one that was there first
            double side = switch (reading.text(trade, "side")) {
                case "buy" -> 0;
                case "sell" -> 1;
                default -> throw reading.wrong(reading.field(trade, "side"), "buy or sell");
            };
            rows.add(
                    0,
                    Row.at(
                            time(trade),
                            reading.whole(trade, "trade_id"),
                            reading.decimal(trade, "price"),
                            reading.decimal(trade, "size"),
                            side));
        }
        return rows;
    }

    private long time(Node trade) throws SourceException {
        try {
            Instant time = Instant.parse(reading.text(trade, "time"));
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), SECOND), time.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            throw reading.wrong(reading.field(trade, "time"), "a time such as 2024-01-31T00:00:00.123Z");
        }
    }
}
