package org.lama.core.sources;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.market.Instrument;
import org.lama.core.net.Fetched;
import org.lama.core.net.HttpCall;
import org.lama.core.net.RateLimit;
import org.lama.core.store.Node;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Deribit: perpetuals, futures, options and spot. Symbols are the venue's names ({@code BTC-PERPETUAL}); quotes of
 * options take a currency ({@code BTC}) for the whole chain or a name for one option with its greeks. Sizes of inverse
 * futures, which the venue counts in dollars, come out in base currency at the price of their row. Never run against the
 * real host. Thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Deribit extends Adapter {
    /** The name of the source. */
    public static final String NAME = "deribit";

    private static final String API = "/api/v2/public/";
    private static final long MILLI = 1_000_000L;
    private static final long MINUTE = 60_000 * MILLI;
    private static final long HOUR = 60 * MINUTE;
    private static final int MOST_PAGES = 100_000;
    private static final Map<Long, String> INTERVALS = Map.ofEntries(
            Map.entry(MINUTE, "1"),
            Map.entry(3 * MINUTE, "3"),
            Map.entry(5 * MINUTE, "5"),
            Map.entry(10 * MINUTE, "10"),
            Map.entry(15 * MINUTE, "15"),
            Map.entry(30 * MINUTE, "30"),
            Map.entry(HOUR, "60"),
            Map.entry(2 * HOUR, "120"),
            Map.entry(3 * HOUR, "180"),
            Map.entry(6 * HOUR, "360"),
            Map.entry(12 * HOUR, "720"),
            Map.entry(24 * HOUR, "1D"));

    private final Host host;
    private final Reading reading;
    private final DeribitReplies replies;

    /**
     * Makes the source.
     *
     * @param settings what all sources share
     */
    public Deribit(SourceSettings settings) {
        super(
                Card.recorded(
                        NAME,
                        "DERIBIT",
                        new Offer(
                                RecordKind.BARS,
                                Reach.HISTORY,
                                "1m to 1d; minutes without trades repeat the last price"),
                        new Offer(RecordKind.TRADES, Reach.HISTORY, "by number; as far back as the host keeps them"),
                        new Offer(RecordKind.BOOK_SNAPSHOTS, Reach.NOW, "all levels"),
                        new Offer(RecordKind.FUNDING, Reach.HISTORY, "rates of each hour"),
                        new Offer(
                                RecordKind.OPEN_INTEREST,
                                Reach.NOW,
                                "from the ticker; inverse: dollars by the mark price"),
                        new Offer(
                                RecordKind.OPTION_QUOTES,
                                Reach.NOW,
                                "a currency for its chain, a name for one with greeks")),
                settings);
        host = host("https://www.deribit.com", RateLimit.perMinute(600));
        reading = host.reading();
        replies = new DeribitReplies(host);
    }

    /** Asks the JSON-RPC interface and unwraps its result. */
    private Node result(Fetched reply, String where) throws IOException {
        Node node = reply.json();
        Optional<Node> error = reading.find(node, "error");
        if (error.isPresent()) {
            throw host.refused(where, error.get().toString());
        }
        return reading.field(node, "result");
    }

    private Fetched ask(HttpCall.Builder call, String symbol) throws IOException {
        return host.ask(call, symbol, "instrument_name", "not_found");
    }

    private Node page(SeriesFeed feed, HttpCall.Builder call, String symbol) throws IOException {
        Fetched fetched = ask(call.query("instrument_name", symbol), symbol);
        feed.digest(fetched.bytes());
        return result(fetched, symbol);
    }

    private long venueNanos() throws IOException {
        return reading.millis(result(host.ask(Host.get(API + "get_time")), "get_time"));
    }

    @Override
    public List<Listing> listings() throws IOException {
        HttpCall.Builder call = Host.get(API + "get_instruments")
                .query("currency", "any")
                .query("expired", "false")
                .keepFor(Duration.ofHours(1));
        return replies.listings(result(host.ask(call), "get_instruments"));
    }

    @Override
    public void fetch(FetchRequest request, Receiver receiver) throws IOException {
        offer(request.kind());
        Harvest harvest = new Harvest(this, settings, request, host.time(MILLI, this::venueNanos), receiver);
        for (String symbol : request.symbols()) {
            boolean chain = request.kind() == RecordKind.OPTION_QUOTES && symbol.matches("[A-Za-z0-9]{2,8}");
            if (chain) {
                chain(symbol.toUpperCase(Locale.ROOT), harvest);
            } else {
                one(DeribitName.parse(symbol).orElseThrow(() -> host.unknown(symbol)), harvest);
            }
        }
    }

    private Harvest.Crop crop(DeribitName name, Harvest harvest, List<String> columns, String method) {
        SeriesKey key = new SeriesKey(
                name.id(), harvest.request().kind(), harvest.request().barNanos());
        boolean turned = name.inverse()
                && name.kind() != Instrument.Kind.OPTION
                && (columns == DeribitReplies.TRADES || columns == DeribitReplies.LEVELS);
        return new Harvest.Crop(
                key, columns, host.shown(API + method), turned ? "sizes are dollars divided by the price" : "");
    }

    private void one(DeribitName name, Harvest harvest) throws IOException {
        switch (harvest.request().kind()) {
            case BARS -> bars(name, harvest);
            case TRADES -> trades(name, harvest);
            case FUNDING -> funding(name, harvest);
            case BOOK_SNAPSHOTS ->
                harvest.now(crop(name, harvest, DeribitReplies.LEVELS, "get_order_book"), feed -> {
                    HttpCall.Builder call = Host.get(API + "get_order_book").query("depth", 10_000);
                    return replies.book(
                            page(feed, call, name.name()),
                            name,
                            settings.clock().nowNanos());
                });
            case OPEN_INTEREST ->
                harvest.now(crop(name, harvest, DeribitReplies.OPEN_INTEREST, "ticker"), feed -> {
                    Node ticker = page(feed, Host.get(API + "ticker"), name.name());
                    return replies.openInterest(ticker, name, settings.clock().nowNanos());
                });
            default -> {
                if (name.kind() != Instrument.Kind.OPTION) {
                    throw host.notOffered(
                            name.name(), "option quotes need a currency or an option, got " + name.name());
                }
                harvest.now(crop(name, harvest, DeribitReplies.QUOTES, "ticker"), feed -> {
                    Node ticker = page(feed, Host.get(API + "ticker"), name.name());
                    return replies.quote(ticker, name, settings.clock().nowNanos());
                });
            }
        }
    }

    private static HttpCall.Builder range(HttpCall.Builder call, long from, long to) {
        return call.query("start_timestamp", Math.floorDiv(from + MILLI - 1, MILLI))
                .query("end_timestamp", Math.floorDiv(to - 1, MILLI));
    }

    private void bars(DeribitName name, Harvest harvest) throws IOException {
        long bar = harvest.request().barNanos();
        String word = host.word(INTERVALS, bar);
        Paging.Pace pace = new Paging.Pace(NAME, 1000, bar, MOST_PAGES);
        harvest.history(
                crop(name, harvest, DeribitReplies.BARS, "get_tradingview_chart_data"),
                (feed, from, to) -> Paging.windows(feed, from, to, pace, (a, b) -> {
                    HttpCall.Builder call = range(Host.get(API + "get_tradingview_chart_data"), a, b)
                            .query("resolution", word);
                    return replies.bars(page(feed, call, name.name()), harvest, feed);
                }));
    }

    private void funding(DeribitName name, Harvest harvest) throws IOException {
        if (name.kind() != Instrument.Kind.PERP) {
            throw host.notOffered(name.name(), "funding is paid by perpetuals only, got " + name.name());
        }
        Paging.Pace pace = new Paging.Pace(NAME, 500, HOUR, MOST_PAGES);
        harvest.history(
                crop(name, harvest, DeribitReplies.FUNDING, "get_funding_rate_history"),
                (feed, from, to) -> Paging.windows(
                        feed,
                        from,
                        to,
                        pace,
                        (a, b) -> replies.funding(
                                page(feed, range(Host.get(API + "get_funding_rate_history"), a, b), name.name()))));
    }

    /** The first number is looked for by time; from there trades go by their numbers. */
    private void trades(DeribitName name, Harvest harvest) throws IOException {
        Paging.Pace pace = new Paging.Pace(NAME, 1000, 1, MOST_PAGES);
        harvest.history(
                crop(name, harvest, DeribitReplies.TRADES, "get_last_trades_by_instrument"), (feed, from, to) -> {
                    feed.known(SeriesFeed.Identity.CONSECUTIVE);
                    HttpCall.Builder first = range(Host.get(API + "get_last_trades_by_instrument_and_time"), from, to)
                            .query("count", 1000)
                            .query("sorting", "asc");
                    if (feed.take(replies.trades(page(feed, first, name.name()), name))
                                    .fresh()
                            > 0) {
                        Paging.numbers(feed, feed.lastSeq() + 1, to, pace, (a, b) -> {
                            HttpCall.Builder call = Host.get(API + "get_last_trades_by_instrument")
                                    .query("start_seq", a)
                                    .query("end_seq", b - 1)
                                    .query("count", 1000)
                                    .query("sorting", "asc");
                            return replies.trades(page(feed, call, name.name()), name);
                        });
                    }
                });
    }

    /** The whole chain of a currency in one call, a series for each option. */
    private void chain(String currency, Harvest harvest) throws IOException {
        HttpCall.Builder call = Host.get(API + "get_book_summary_by_currency")
                .query("currency", currency)
                .query("kind", "option");
        Fetched fetched = ask(call, currency);
        for (Node line : reading.items(result(fetched, currency))) {
            String symbol = reading.text(line, "instrument_name");
            Optional<DeribitName> name = DeribitName.parse(symbol).filter(one -> one.kind() == Instrument.Kind.OPTION);
            if (name.isEmpty()) {
                throw reading.wrong(reading.field(line, "instrument_name"), "the name of an option");
            }
            Row row = replies.summary(line, fetched.receivedNanos());
            harvest.now(crop(name.get(), harvest, DeribitReplies.SUMMARY, "get_book_summary_by_currency"), feed -> {
                feed.digest(fetched.bytes());
                return List.of(row);
            });
        }
    }
}
