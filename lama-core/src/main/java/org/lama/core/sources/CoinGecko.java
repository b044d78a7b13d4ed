package org.lama.core.sources;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lama.core.base.Api;
import org.lama.core.market.Instrument;
import org.lama.core.market.InstrumentId;
import org.lama.core.net.Fetched;
import org.lama.core.net.HttpCall;
import org.lama.core.net.RateLimit;
import org.lama.core.net.Secret;
import org.lama.core.store.Node;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * CoinGecko: prices, market values and volumes in dollars, as metrics. A symbol is the vendor's id of a coin ({@code
 * bitcoin}), since tickers name several; its history comes as the vendor has it now. The symbol {@code top300} gives the
 * state of now of the 300 coins with the largest market value, a series for each: written once a day, that is a universe
 * without hindsight. A value of the past is available 5 minutes after its time, one of a whole day 10 minutes after: the
 * vendor's own delays; that it may have been changed since cannot be seen. Asks with the key {@code COINGECKO_API_KEY} if
 * there is one. Written from the documentation, never run against the real host nor a recorded reply. Thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class CoinGecko extends Adapter {
    /** The name of the source. */
    public static final String NAME = "coingecko";

    static final List<String> HISTORY = List.of("price", "market_cap", "volume");
    static final List<String> MARKETS =
            List.of("price", "market_cap", "volume", "rank", "circulating_supply", "total_supply");

    private static final String KEY = "COINGECKO_API_KEY";
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final long DAY = 86_400 * SECOND;
    private static final long DELAY = 300 * SECOND;
    private static final long DAILY_DELAY = 600 * SECOND;
    private static final long WINDOW = 90 * DAY;
    private static final int PAGE = 250;
    private static final Pattern TOP = Pattern.compile("(?i)top([1-9][0-9]{0,3})");

    private final Host host;
    private final Reading reading;

    /**
     * Makes the source.
     *
     * @param settings what all sources share
     */
    public CoinGecko(SourceSettings settings) {
        super(
                Card.vendor(
                        NAME,
                        "COINGECKO",
                        new Offer(
                                RecordKind.METRICS,
                                Reach.HISTORY,
                                "id of a coin: every 5 minutes of the last day, hours up to 90 days, else days; topN: now")),
                settings);
        host = host("https://api.coingecko.com", new RateLimit(25, 5, "", "", ""));
        reading = host.reading();
    }

    private Fetched ask(HttpCall.Builder call, String symbol) throws IOException {
        Optional<Secret> key = settings.secrets().find(KEY);
        if (key.isPresent()) {
            call.header("x-cg-demo-api-key", key.get());
        }
        return host.ask(call, symbol, "coin not found");
    }

    @Override
    public void fetch(FetchRequest request, Receiver receiver) throws IOException {
        offer(request.kind());
        Harvest harvest = new Harvest(this, settings, request, VenueTime.ours(settings.clock()), receiver);
        for (String symbol : request.symbols()) {
            Matcher top = TOP.matcher(symbol);
            if (top.matches()) {
                top(Integer.parseInt(top.group(1)), harvest);
            } else {
                history(symbol.toLowerCase(Locale.ROOT), harvest);
            }
        }
    }

    private static SeriesKey key(String coin) {
        String name = InstrumentId.encode(coin.toUpperCase(Locale.ROOT));
        return new SeriesKey(new InstrumentId("COINGECKO", Instrument.Kind.SPOT, name), RecordKind.METRICS, 0);
    }

    private void history(String coin, Harvest harvest) throws IOException {
        String path = "/api/v3/coins/" + coin + "/market_chart/range";
        Harvest.Crop crop = new Harvest.Crop(key(coin), HISTORY, host.shown(path), "as the vendor has it now");
        harvest.history(crop, (feed, from, to) -> {
            for (long at = from; at < to; at += WINDOW) {
                HttpCall.Builder call = Host.get("/api/v3/coins/{coin}/market_chart/range")
                        .part("coin", coin)
                        .query("vs_currency", "usd")
                        .query("from", Math.floorDiv(at, SECOND))
                        .query("to", Math.floorDiv(Math.min(to, at + WINDOW) - 1, SECOND) + 1);
                Fetched fetched = ask(call, coin);
                feed.digest(fetched.bytes());
                feed.take(chart(fetched.json()));
            }
        });
    }

    /** Three lists of the same times, of which one may lack some. */
    private List<Row> chart(Node reply) throws SourceException {
        List<String> names = List.of("prices", "market_caps", "total_volumes");
        TreeMap<Long, double[]> byTime = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            for (Node point : reading.items(reading.field(reply, names.get(i)))) {
                long time = reading.millis(reading.item(point, 0, "time"));
                double[] values =
                        byTime.computeIfAbsent(time, none -> new double[] {Double.NaN, Double.NaN, Double.NaN});
                values[i] = notNegative(reading.item(point, 1, names.get(i)));
            }
        }
        List<Row> rows = new ArrayList<>();
        byTime.forEach((time, values) -> {
            long delay = time % DAY == 0 ? DAILY_DELAY : DELAY;
            rows.add(new Row(time, time + delay, 0, values));
        });
        return rows;
    }

    /** Metrics may have any sign, these may not; a value of nothing stands where the vendor has none. */
    private double notNegative(Node node) throws SourceException {
        double value = reading.decimal(node);
        if (value < 0 || Double.isInfinite(value)) {
            throw reading.wrong(node, "a number of at least 0");
        }
        return value == 0 ? Double.NaN : value;
    }

    /** A coin of a page of the largest. */
    private record Listed(Node coin, Fetched page) {}

    /**
     * The largest coins now, page by page; ranks may move between two pages, so a coin that comes again is dropped. All have
     * the time at which the last page came: one ranking, known when all of it was.
     */
    private void top(int coins, Harvest harvest) throws IOException {
        Set<String> seen = new HashSet<>();
        List<Listed> listed = new ArrayList<>();
        long received = Long.MIN_VALUE;
        int pages = (coins + PAGE - 1) / PAGE;
        for (int page = 1; page <= pages; page++) {
            HttpCall.Builder call = Host.get("/api/v3/coins/markets")
                    .query("vs_currency", "usd")
                    .query("order", "market_cap_desc")
                    .query("per_page", PAGE)
                    .query("page", page)
                    .keepFor(Duration.ZERO);
            Fetched fetched = ask(call, "top" + coins);
            received = Math.max(received, fetched.receivedNanos());
            List<Node> items = reading.items(fetched.json());
            for (Node coin : items) {
                if (seen.size() < coins && seen.add(reading.text(coin, "id"))) {
                    listed.add(new Listed(coin, fetched));
                }
            }
            if (items.size() < PAGE) {
                break;
            }
        }
        for (Listed one : listed) {
            market(one.coin(), one.page(), received, harvest);
        }
    }

    private void market(Node coin, Fetched fetched, long received, Harvest harvest) throws IOException {
        double[] values = {
            notNegative(reading.nullable(coin, "current_price")),
            notNegative(reading.nullable(coin, "market_cap")),
            notNegative(reading.nullable(coin, "total_volume")),
            reading.decimal(reading.nullable(coin, "market_cap_rank")),
            reading.decimalOrNothing(coin, "circulating_supply"),
            reading.decimalOrNothing(coin, "total_supply")
        };
        String id = reading.text(coin, "id");
        SeriesKey key;
        try {
            key = key(id);
        } catch (IllegalArgumentException e) {
            return; // a name that is too long for an id
        }
        Row row = new Row(received, received, 0, values);
        Harvest.Crop crop = new Harvest.Crop(key, MARKETS, host.shown("/api/v3/coins/markets"), "as it was then");
        harvest.now(crop, feed -> {
            feed.digest(fetched.bytes());
            return List.of(row);
        });
    }
}
