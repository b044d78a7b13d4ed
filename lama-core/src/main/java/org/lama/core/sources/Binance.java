package org.lama.core.sources;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.base.Suggestion;
import org.lama.core.market.Contract;
import org.lama.core.market.Instrument;
import org.lama.core.market.InstrumentId;
import org.lama.core.net.BodyLimits;
import org.lama.core.net.HttpFetcher;
import org.lama.core.net.RateLimit;
import org.lama.core.series.Provenance;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Binance: spot, USD-M and COIN-M. Whole past months of short bars and of trades come from the public bulk files, with
 * their checksums, the rest from the REST interface. Trades are the aggregated ones; {@link #singleTrades} gives single
 * ones, from bulk files only, which must go into a store of their own since both are the tape of one instrument. Symbols
 * are the venue's ({@code BTCUSDT}), or {@code BTC-USDT} for those that are delisted and no longer in its exchange
 * information. Never run against the real host. Thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Binance extends Adapter {
    private static final long NO_NUMBER = -1;
    private static final long MINUTE = 60_000_000_000L;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long MILLI = 1_000_000L;
    private static final int MOST_PAGES = 100_000;

    /** Shorter bars come from files: a month of longer ones is five pages at most. */
    private static final long LONGEST_BULK_BAR = 5 * MINUTE;

    /** Files appear some time after the day or month has ended. */
    private static final long SETTLED_AFTER = 2 * DAY;

    /** How far back the REST interface has open interest; a little less than the 30 days that it promises. */
    private static final long OPEN_INTEREST_REACH = 29 * DAY;

    private static final Map<Long, String> INTERVALS = Map.ofEntries(
            Map.entry(MINUTE / 60, "1s"),
            Map.entry(MINUTE, "1m"),
            Map.entry(3 * MINUTE, "3m"),
            Map.entry(5 * MINUTE, "5m"),
            Map.entry(15 * MINUTE, "15m"),
            Map.entry(30 * MINUTE, "30m"),
            Map.entry(HOUR, "1h"),
            Map.entry(2 * HOUR, "2h"),
            Map.entry(4 * HOUR, "4h"),
            Map.entry(6 * HOUR, "6h"),
            Map.entry(8 * HOUR, "8h"),
            Map.entry(12 * HOUR, "12h"),
            Map.entry(DAY, "1d"),
            Map.entry(3 * DAY, "3d"),
            Map.entry(7 * DAY, "1w"));

    private final BinanceMarket market;
    private final boolean single;
    private final BinanceRest rest;
    private @Nullable BinanceBulk bulk;

    private Binance(BinanceMarket market, SourceSettings settings, boolean single) {
        super(card(Check.notNull(market, "market"), single), settings);
        this.market = market;
        this.single = single;
        rest = new BinanceRest(market, host(market.host(), market.rate()));
    }

    /**
     * A market of Binance.
     *
     * @param market which one
     * @param settings what all sources share
     * @return the source
     */
    public static Binance of(BinanceMarket market, SourceSettings settings) {
        return new Binance(market, settings, false);
    }

    /**
     * The single trades of a market out of its bulk files.
     *
     * @param market which one
     * @param settings what all sources share
     * @return the source, which gives trades only
     */
    public static Binance singleTrades(BinanceMarket market, SourceSettings settings) {
        return new Binance(market, settings, true);
    }

    private synchronized BinanceBulk bulk() throws IOException {
        BinanceBulk made = bulk;
        if (made == null) {
            HttpFetcher files =
                    settings.fetcher("https://data.binance.vision", RateLimit.perMinute(600), BodyLimits.defaults());
            made = new BinanceBulk(market, files, settings);
            bulk = made;
        }
        return made;
    }

    private static Card card(BinanceMarket market, boolean single) {
        Standing standing = single || market == BinanceMarket.COIN_M ? Standing.SHAPE_ONLY : Standing.RECORDED;
        String name = market.source() + (single ? "-trades" : "");
        return new Card(name, "BINANCE", Provenance.Kind.EXCHANGE, standing, offers(market, single));
    }

    private static List<Offer> offers(BinanceMarket market, boolean single) {
        if (single) {
            return List.of(
                    new Offer(RecordKind.TRADES, Reach.HISTORY, "single trades; whole past days and months only"));
        }
        Offer bars = new Offer(RecordKind.BARS, Reach.HISTORY, "1s (spot) to 1w");
        Offer funding = new Offer(RecordKind.FUNDING, Reach.HISTORY, "with mark price since 2023-11");
        Offer premium = new Offer(
                RecordKind.METRICS,
                Reach.HISTORY,
                "premium index, mark and index price, bars of 5 minutes at their ends");
        if (market == BinanceMarket.COIN_M) {
            return List.of(bars, funding, premium);
        }
        Offer trades = new Offer(RecordKind.TRADES, Reach.HISTORY, "aggregated by price, side and time");
        Offer books = new Offer(RecordKind.BOOK_SNAPSHOTS, Reach.NOW, "1000 levels a side");
        if (market.isSpot()) {
            return List.of(bars, trades, books);
        }
        Offer interest = new Offer(
                RecordKind.OPEN_INTEREST, Reach.HISTORY, "every 5 minutes; files for past days, REST for 30 days");
        return List.of(bars, trades, books, funding, interest, premium);
    }

    @Override
    public List<Listing> listings() throws IOException {
        return rest.listings();
    }

    @Override
    public void fetch(FetchRequest request, Receiver receiver) throws IOException {
        offer(request.kind());
        String interval = interval(request);
        VenueTime venue = rest.time();
        Harvest harvest = new Harvest(this, settings, request, venue, receiver);
        for (String symbol : request.symbols()) {
            Target target = target(symbol);
            double size = market == BinanceMarket.COIN_M ? target.contractSize() : 0;
            BinanceSeries series = new BinanceSeries(target.symbol(), interval, sampled(request), size, venue.nanos());
            SeriesKey key = new SeriesKey(target.id(), request.kind(), request.barNanos());
            one(series, key, harvest);
        }
    }

    /** How far apart rows are; 0 where they come as they come. */
    private static long sampled(FetchRequest request) {
        return request.kind() == RecordKind.METRICS ? 5 * MINUTE : request.barNanos();
    }

    private String interval(FetchRequest request) throws SourceException {
        long bar = sampled(request);
        if (bar == 0) {
            return "";
        }
        String interval = INTERVALS.get(bar);
        if (interval == null || (interval.equals("1s") && !market.isSpot())) {
            throw new SourceException(
                    SourceException.Reason.NOT_OFFERED,
                    name(),
                    "interval",
                    "bars must have a length of "
                            + INTERVALS.entrySet().stream()
                                    .sorted(Map.Entry.comparingByKey())
                                    .map(Map.Entry::getValue)
                                    .toList()
                            + ", got " + bar / 1_000_000_000L + " s");
        }
        return interval;
    }

    private record Target(String symbol, InstrumentId id, double contractSize) {}

    /** What a symbol means: by its own parts, or by the venue's exchange information. */
    private Target target(String symbol) throws IOException {
        String upper = symbol.toUpperCase(Locale.ROOT);
        int cut = Math.max(upper.indexOf('-'), upper.indexOf('/'));
        if (cut > 0 && market != BinanceMarket.COIN_M && upper.indexOf('_') < 0) {
            String base = upper.substring(0, cut);
            String quote = upper.substring(cut + 1);
            Instrument.Kind kind = market.isSpot() ? Instrument.Kind.SPOT : Instrument.Kind.PERP;
            return new Target(base + quote, InstrumentId.of(Instrument.of(venue(), kind, base, quote)), 1);
        }
        List<Listing> listings = listings();
        Optional<Listing> found =
                listings.stream().filter(one -> one.symbol().equals(upper)).findFirst();
        if (found.isEmpty()) {
            throw new SourceException(
                    SourceException.Reason.UNKNOWN_SYMBOL,
                    name(),
                    symbol,
                    "the venue lists no '" + symbol + "'"
                            + Suggestion.alike(
                                    upper,
                                    listings.stream().map(Listing::symbol).toList())
                            + "; write BASE-QUOTE for one that is delisted");
        }
        Contract contract = found.get().contract();
        return new Target(found.get().symbol(), found.get().id(), contract.contractSize());
    }

    private void one(BinanceSeries series, SeriesKey key, Harvest harvest) throws IOException {
        RecordKind kind = key.kind();
        if (offer(kind).reach() == Reach.NOW) {
            harvest.now(
                    new Harvest.Crop(key, columns(kind), rest.shown("depth"), ""),
                    feed -> rest.book(series.symbol(), feed));
            return;
        }
        harvest.history(new Harvest.Crop(key, columns(kind), rest.shown("time"), ""), (feed, from, to) -> {
            if (kind == RecordKind.TRADES) {
                feed.known(SeriesFeed.Identity.CONSECUTIVE);
            }
            for (BulkPlan.Stretch stretch : plan(series, kind, from, to)) {
                stretch(series, kind, stretch, feed);
            }
        });
    }

    private static List<String> columns(RecordKind kind) {
        return switch (kind) {
            case BARS -> BinanceReplies.BARS;
            case TRADES -> BinanceReplies.TRADES;
            case FUNDING -> BinanceReplies.FUNDING;
            case OPEN_INTEREST -> BinanceReplies.OPEN_INTEREST;
            case METRICS -> BinanceReplies.PRICES;
            default -> BinanceReplies.LEVELS;
        };
    }

    private Provenance rest(String path, String... others) {
        String note = others.length == 0 ? "" : "with " + String.join(" and ", others);
        return settings.honest(new Provenance(Provenance.Kind.EXCHANGE, rest.shown(path), "", note));
    }

    private List<BulkPlan.Stretch> plan(BinanceSeries series, RecordKind kind, long from, long to) {
        long settled = series.venueNanos() - SETTLED_AFTER;
        return switch (kind) {
            case BARS ->
                series.barNanos() <= LONGEST_BULK_BAR
                        ? BulkPlan.months(from, to, settled, false)
                        : BulkPlan.rest(from, to);
            case TRADES -> BulkPlan.months(from, to, settled, true);
            case OPEN_INTEREST -> BulkPlan.days(from, to, settled);
            default -> BulkPlan.rest(from, to);
        };
    }

    private void stretch(BinanceSeries series, RecordKind kind, BulkPlan.Stretch stretch, SeriesFeed feed)
            throws IOException {
        boolean tooOld = kind == RecordKind.OPEN_INTEREST && stretch.from() < series.venueNanos() - OPEN_INTEREST_REACH;
        if (stretch.way() != BulkPlan.Way.REST) {
            BulkLayout layout = switch (kind) {
                case BARS -> BulkLayout.KLINES;
                case OPEN_INTEREST -> BulkLayout.METRICS;
                default -> single ? BulkLayout.TRADES : BulkLayout.AGG_TRADES;
            };
            BulkName name = new BulkName(
                    series.symbol(), layout, kind == RecordKind.BARS ? series.interval() : "", stretch.period());
            feed.claiming(false);
            boolean there = bulk().feed(name, series.contractSize(), stretch.to(), feed);
            feed.claiming(true);
            if (there) {
                return;
            }
            if (single) {
                feed.note(new Issue(
                        Issue.Reason.NOT_COVERED,
                        name.file(),
                        "the venue has no such file, and single trades come from files only"));
            } else if (!tooOld) {
                feed.note(new Issue(
                        Issue.Reason.OTHER_WAY,
                        name.file(),
                        "the venue has no such file; the stretch was asked by REST instead"));
            }
        }
        if (tooOld) {
            feed.note(new Issue(
                    Issue.Reason.NOT_COVERED,
                    feed.key().toString(),
                    "open interest older than 30 days comes from files only; " + stretch.period() + " is missing"));
        } else if (!single) {
            rest(series, kind, stretch, feed);
        } else if (stretch.way() == BulkPlan.Way.REST) {
            feed.note(new Issue(
                    Issue.Reason.NOT_COVERED,
                    feed.key().toString(),
                    "single trades come from files of whole past days only; the rest of the range is missing"));
        }
    }

    private void rest(BinanceSeries series, RecordKind kind, BulkPlan.Stretch stretch, SeriesFeed feed)
            throws IOException {
        long from = stretch.from();
        long to = stretch.to();
        switch (kind) {
            case BARS -> {
                feed.from(rest("klines"));
                Paging.forward(feed, from, to, pace(series.barNanos()), (a, b) -> rest.bars(series, a, b, feed));
            }
            case METRICS -> {
                feed.from(rest("premiumIndexKlines", "markPriceKlines", "indexPriceKlines"));
                Paging.forward(feed, from, to, pace(series.barNanos()), (a, b) -> rest.prices(series, a, b, feed));
            }
            case FUNDING -> {
                feed.from(rest("fundingRate"));
                Paging.forward(feed, from, to, pace(MILLI), (a, b) -> rest.funding(series, a, b, feed));
            }
            case OPEN_INTEREST -> {
                feed.from(rest("openInterestHist"));
                Paging.Pace pace = new Paging.Pace(name(), BinanceRest.OPEN_INTEREST_ROWS, 5 * MINUTE, MOST_PAGES);
                Paging.windows(feed, from, to, pace, (a, b) -> rest.openInterest(series, a, b, feed));
            }
            default -> {
                feed.from(rest("aggTrades"));
                trades(series, stretch, feed);
            }
        }
    }

    private Paging.Pace pace(long step) {
        return new Paging.Pace(name(), BinanceRest.PAGE_ROWS, step, MOST_PAGES);
    }

    /** The number of the first trade is looked for in the first hour, then by numbers; from there trades go by them. */
    private void trades(BinanceSeries series, BulkPlan.Stretch stretch, SeriesFeed feed) throws IOException {
        boolean known = feed.lastSeq() != Long.MIN_VALUE;
        if (!known) {
            long end = Math.min(stretch.to(), stretch.from() + HOUR);
            known = feed.take(rest.trades(series, stretch.from(), end, feed)).fresh() > 0;
            if (!known && end == stretch.to()) {
                return;
            }
        }
        long first = known ? feed.lastSeq() + 1 : firstNumber(series, stretch, feed);
        if (first != NO_NUMBER) {
            Paging.numbers(feed, first, stretch.to(), pace(1), (number, end) -> rest.tradesFrom(series, number, feed));
        }
    }

    /**
     * A number of which no trade of the stretch lies before: 0 where trading began in it. Halved between numbers, so that
     * months without a trade cost some forty calls, and months before a listing one.
     */
    private long firstNumber(BinanceSeries series, BulkPlan.Stretch stretch, SeriesFeed feed) throws IOException {
        List<Row> oldest = rest.tradesFrom(series, 0, feed);
        if (oldest.isEmpty() || earliest(oldest) >= stretch.to()) {
            feed.take(oldest); // a trade behind the range proves that there is none within
            return NO_NUMBER;
        }
        long low = 0;
        long high = BinanceRest.PAGE_ROWS;
        while (!reaches(series, high, stretch.from(), feed)) {
            low = high;
            high *= 2;
        }
        while (high - low > BinanceRest.PAGE_ROWS) {
            long middle = low + (high - low) / 2;
            if (reaches(series, middle, stretch.from(), feed)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /** Whether the trades from a number on lie at or after a time, or there are none. */
    private boolean reaches(BinanceSeries series, long number, long from, SeriesFeed feed) throws IOException {
        List<Row> rows = rest.tradesFrom(series, number, feed);
        return rows.isEmpty() || earliest(rows) >= from;
    }

    private static long earliest(List<Row> rows) {
        return rows.stream().mapToLong(Row::time).min().orElse(Long.MAX_VALUE);
    }
}
