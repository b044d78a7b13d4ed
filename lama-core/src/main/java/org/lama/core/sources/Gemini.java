package org.lama.core.sources;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
 * Gemini, spot. Symbols are the venue's ({@code BTCUSD}). Bars are the latest ones only, trades those of seven days.
 * Written from the documentation, never run against the real host nor a recorded reply. Thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Gemini extends Adapter {
    /** The name of the source. */
    public static final String NAME = "gemini";

    static final List<String> BARS = List.of("open", "high", "low", "close", "volume");
    static final List<String> TRADES = List.of("price", "size", "side");
    private static final long MILLI = 1_000_000L;
    private static final long MINUTE = 60_000 * MILLI;
    private static final int PAGE = 500;
    private static final int MOST_PAGES = 100_000;
    private static final int MOST_BARREN = 3;
    private static final Map<Long, String> INTERVALS = Map.of(
            MINUTE,
            "1m",
            5 * MINUTE,
            "5m",
            15 * MINUTE,
            "15m",
            30 * MINUTE,
            "30m",
            60 * MINUTE,
            "1hr",
            360 * MINUTE,
            "6hr",
            1440 * MINUTE,
            "1day");

    private final Host host;
    private final Reading reading;

    /**
     * Makes the source.
     *
     * @param settings what all sources share
     */
    public Gemini(SourceSettings settings) {
        super(
                Card.shapeOnly(
                        NAME,
                        "GEMINI",
                        new Offer(RecordKind.BARS, Reach.RECENT, "1m, 5m, 15m, 30m, 1h, 6h, 1d; the latest ones"),
                        new Offer(RecordKind.TRADES, Reach.RECENT, "of seven days")),
                settings);
        host = host("https://api.gemini.com", RateLimit.perMinute(100));
        reading = host.reading();
    }

    /** One call for each instrument, kept for a day. */
    @Override
    public List<Listing> listings() throws IOException {
        List<Listing> listings = new ArrayList<>();
        for (Node symbol : reading.items(
                host.ask(Host.get("/v1/symbols").keepFor(Duration.ofHours(1))).json())) {
            if (symbol.kind() != Node.Kind.STRING) {
                throw reading.wrong(symbol, "a text");
            }
            listings.add(listing(symbol.asText().toLowerCase(Locale.ROOT)));
        }
        return List.copyOf(listings);
    }

    private Fetched ask(HttpCall.Builder call, String symbol) throws IOException {
        return host.ask(call.part("symbol", symbol), symbol.toUpperCase(Locale.ROOT), "InvalidSymbol");
    }

    private Listing listing(String symbol) throws IOException {
        Node one = ask(Host.get("/v1/symbols/details/{symbol}").keepFor(Duration.ofDays(1)), symbol)
                .json();
        String base = InstrumentId.encode(reading.text(one, "base_currency").toUpperCase(Locale.ROOT));
        String quote = InstrumentId.encode(reading.text(one, "quote_currency").toUpperCase(Locale.ROOT));
        boolean trading = reading.text(one, "status").equals("open");
        double lot = host.bound(one, "tick_size");
        double tick = host.bound(one, "quote_increment");
        double least = host.bound(one, "min_order_size");
        try {
            Instrument instrument = new Instrument(
                    "GEMINI", Instrument.Kind.SPOT, base, quote, Host.decimals(tick), Host.decimals(lot));
            TradingRules rules = new TradingRules(tick, lot, least, Double.POSITIVE_INFINITY, 0);
            return new Listing(
                    symbol.toUpperCase(Locale.ROOT),
                    InstrumentId.of(instrument),
                    Contract.spot(instrument, rules),
                    trading,
                    OptionalLong.empty(),
                    OptionalLong.empty());
        } catch (IllegalArgumentException e) {
            throw reading.wrong(one, "an instrument with a name (" + e.getMessage() + ")");
        }
    }

    @Override
    public void fetch(FetchRequest request, Receiver receiver) throws IOException {
        offer(request.kind());
        // the venue does not tell its time
        Harvest harvest = new Harvest(this, settings, request, VenueTime.ours(settings.clock()), receiver);
        for (String symbol : request.symbols()) {
            String lower = symbol.toLowerCase(Locale.ROOT);
            SeriesKey key = new SeriesKey(listing(lower).id(), request.kind(), request.barNanos());
            if (request.kind() == RecordKind.BARS) {
                bars(lower, key, harvest);
            } else {
                trades(lower, key, harvest);
            }
        }
    }

    private void bars(String symbol, SeriesKey key, Harvest harvest) throws IOException {
        String interval = host.word(INTERVALS, key.barNanos());
        harvest.recent(new Harvest.Crop(key, BARS, host.shown("/v2/candles/" + symbol), ""), (feed, from, to) -> {
            Fetched fetched = ask(Host.get("/v2/candles/{symbol}/{interval}").part("interval", interval), symbol);
            feed.digest(fetched.bytes());
            List<Row> rows = new ArrayList<>();
            for (Node bar : reading.items(fetched.json())) {
                long open = reading.millis(reading.item(bar, 0, "time"));
                double[] values = new double[BARS.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = reading.decimal(reading.item(bar, i + 1, BARS.get(i)));
                }
                if (harvest.isFinished(open, feed)) {
                    rows.add(Row.at(open, 0, values));
                }
            }
            Collections.reverse(rows);
            feed.take(rows);
        });
    }

    /** From a time on, then from a number on; numbers grow but leave gaps, since all pairs share them. */
    private void trades(String symbol, SeriesKey key, Harvest harvest) throws IOException {
        harvest.recent(new Harvest.Crop(key, TRADES, host.shown("/v1/trades/" + symbol), ""), (feed, from, to) -> {
            long newest = 0;
            int barren = 0;
            for (int pages = 0; pages < MOST_PAGES && barren <= MOST_BARREN; pages++) {
                HttpCall.Builder call = Host.get("/v1/trades/{symbol}").query("limit_trades", PAGE);
                if (newest == 0) {
                    call.query("timestamp", Math.floorDiv(from - 1, MILLI));
                } else {
                    call.query("since_tid", newest);
                }
                Fetched fetched = ask(call, symbol);
                feed.digest(fetched.bytes());
                List<Row> rows = trades(fetched.json());
                SeriesFeed.Taken taken = feed.take(rows);
                if (taken.rows() == 0 || taken.lastTime() >= to) {
                    return;
                }
                long before = newest;
                newest =
                        Math.max(newest, rows.stream().mapToLong(Row::seq).max().orElseThrow());
                barren = newest > before ? 0 : barren + 1;
            }
            throw new SourceException(
                    SourceException.Reason.PAGING,
                    NAME,
                    "since_tid",
                    "pages go in circles or without end; try again later");
        });
    }

    /** The venue gives the newest first; broken trades did not happen. */
    private List<Row> trades(Node reply) throws SourceException {
        List<Row> rows = new ArrayList<>();
        for (Node trade : reading.items(reply)) {
            double side = switch (reading.text(trade, "type")) {
                case "buy" -> 1;
                case "sell" -> 0;
                case "auction", "block" -> -1;
                default -> throw reading.wrong(reading.field(trade, "type"), "buy, sell, auction or block");
            };
            boolean broken = reading.find(trade, "broken").isPresent() && reading.truth(trade, "broken");
            Row row = Row.at(
                    reading.millis(reading.field(trade, "timestampms")),
                    reading.whole(trade, "tid"),
                    reading.decimal(trade, "price"),
                    reading.decimal(trade, "amount"),
                    side);
            if (!broken) {
                rows.add(0, row);
            }
        }
        return rows;
    }
}
