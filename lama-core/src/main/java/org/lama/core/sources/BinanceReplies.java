package org.lama.core.sources;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.lama.core.base.Issue;
import org.lama.core.store.Node;

/** Reads the replies of Binance as rows. Immutable. */
final class BinanceReplies {
    static final List<String> BARS =
            List.of("open", "high", "low", "close", "volume", "quote_volume", "trades", "taker_buy_volume");
    static final List<String> TRADES = List.of("price", "size", "side");
    static final List<String> FUNDING = List.of("rate", "mark_price");
    static final List<String> OPEN_INTEREST = List.of("open_interest", "open_interest_value");
    static final List<String> PRICES = List.of(
            "premium_open",
            "premium_high",
            "premium_low",
            "premium_close",
            "mark_open",
            "mark_high",
            "mark_low",
            "mark_close",
            "index_open",
            "index_high",
            "index_low",
            "index_close");
    private static final int BAR_PRICES = 4;
    static final List<String> LEVELS = List.of("side", "level", "price", "size", "last_update");

    private final Reading reading;

    BinanceReplies(BinanceMarket market) {
        reading = new Reading(market.source());
    }

    Reading reading() {
        return reading;
    }

    /**
     * Bars; those that had not ended by the venue's time are left out and counted.
     *
     * @param contractSize quote units of a contract where sizes are contracts, else 0
     */
    List<Row> bars(Node reply, double contractSize, long venueNanos, SeriesFeed feed) throws SourceException {
        List<Row> rows = new ArrayList<>();
        for (Node bar : reading.items(reply)) {
            long open = reading.millis(reading.item(bar, 0, "openTime"));
            long close = reading.millis(reading.item(bar, 6, "closeTime"));
            double[] values = new double[BARS.size()];
            for (int i = 0; i < 5; i++) {
                values[i] = reading.decimal(reading.item(bar, i + 1, BARS.get(i)));
            }
            values[5] = reading.decimal(reading.item(bar, 7, "quoteVolume"));
            values[6] = reading.decimal(reading.item(bar, 8, "trades"));
            values[7] = reading.decimal(reading.item(bar, 9, "takerBuyVolume"));
            if (contractSize > 0) {
                values[7] = reading.decimal(reading.item(bar, 10, "takerBuyBaseVolume"));
                swap(values, contractSize);
            }
            if (isFinished(close, venueNanos, feed)) {
                rows.add(Row.at(open, 0, values));
            }
        }
        return rows;
    }

    /** Inverse contracts count contracts first and base currency second. */
    static void swap(double[] bar, double contractSize) {
        double contracts = bar[4];
        bar[4] = bar[5];
        bar[5] = contracts * contractSize;
    }

    private static boolean isFinished(long close, long venueNanos, SeriesFeed feed) {
        if (close < venueNanos) {
            return true;
        }
        feed.count(Issue.Reason.UNFINISHED, feed.key().toString(), "a bar that has not ended yet was left out");
        return false;
    }

    /** Four prices of bars, at their ends, since nothing is known of them before. */
    List<Row> ofEnds(Node reply, long venueNanos, SeriesFeed feed) throws SourceException {
        List<Row> rows = new ArrayList<>();
        for (Node bar : reading.items(reply)) {
            long close = reading.millis(reading.item(bar, 6, "closeTime"));
            double[] values = new double[BAR_PRICES];
            for (int i = 0; i < values.length; i++) {
                values[i] = reading.decimal(reading.item(bar, i + 1, BARS.get(i)));
            }
            if (isFinished(close, venueNanos, feed)) {
                rows.add(Row.at(close + 1_000_000L, 0, values));
            }
        }
        return rows;
    }

    /** The tracks beside each other, up to the end of the one that ends first; NaN where one of them lacks a bar. */
    static List<Row> prices(List<List<Row>> tracks) {
        long end = tracks.stream()
                .filter(track -> !track.isEmpty())
                .mapToLong(track -> track.stream().mapToLong(Row::time).max().orElseThrow())
                .min()
                .orElse(Long.MIN_VALUE);
        TreeMap<Long, double[]> byTime = new TreeMap<>();
        for (int i = 0; i < tracks.size(); i++) {
            for (Row row : tracks.get(i)) {
                if (row.time() <= end) {
                    double[] values = byTime.computeIfAbsent(row.time(), time -> nothing());
                    System.arraycopy(row.values(), 0, values, i * BAR_PRICES, BAR_PRICES);
                }
            }
        }
        List<Row> rows = new ArrayList<>();
        byTime.forEach((time, values) -> rows.add(Row.at(time, 0, values)));
        return rows;
    }

    private static double[] nothing() {
        double[] values = new double[PRICES.size()];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    /** Trades of one price, side and time taken together. */
    List<Row> trades(Node reply) throws SourceException {
        List<Row> rows = new ArrayList<>();
        for (Node trade : reading.items(reply)) {
            rows.add(Row.at(
                    reading.millis(reading.field(trade, "T")),
                    reading.whole(trade, "a"),
                    reading.decimal(trade, "p"),
                    reading.decimal(trade, "q"),
                    side(reading.truth(trade, "m"))));
        }
        return rows;
    }

    /** A buyer who was there first was hit by a seller. */
    static int side(boolean buyerIsMaker) {
        return buyerIsMaker ? 0 : 1;
    }

    List<Row> funding(Node reply, String symbol) throws SourceException {
        List<Row> rows = new ArrayList<>();
        for (Node one : reading.items(reply)) {
            about(one, symbol);
            double mark = reading.decimalOrNothing(one, "markPrice");
            rows.add(Row.at(
                    reading.millis(reading.field(one, "fundingTime")),
                    0,
                    reading.decimal(one, "fundingRate"),
                    mark == 0 ? Double.NaN : mark));
        }
        return rows;
    }

    List<Row> openInterest(Node reply, String symbol) throws SourceException {
        List<Row> rows = new ArrayList<>();
        for (Node one : reading.items(reply)) {
            about(one, symbol);
            rows.add(Row.at(
                    reading.millis(reading.field(one, "timestamp")),
                    0,
                    reading.decimal(one, "sumOpenInterest"),
                    reading.decimal(one, "sumOpenInterestValue")));
        }
        return rows;
    }

    /** A reply about another symbol must not become a row of this one. */
    private void about(Node one, String symbol) throws SourceException {
        Node said = reading.field(one, "symbol");
        if (said.kind() != Node.Kind.STRING || !said.asText().equals(symbol)) {
            throw reading.wrong(said, "the symbol " + symbol + " that was asked for");
        }
    }

    /** A whole book; futures say when it was so, spot does not. */
    List<Row> book(Node reply, long receivedNanos) throws SourceException {
        long time = reading.find(reply, "T").isPresent() ? reading.millis(reading.field(reply, "T")) : receivedNanos;
        long update = reading.whole(reply, "lastUpdateId");
        List<Row> rows = new ArrayList<>();
        double bid = side(rows, reading.field(reply, "bids"), 0, new Stamp(time, receivedNanos, update));
        double ask = side(rows, reading.field(reply, "asks"), 1, new Stamp(time, receivedNanos, update));
        if (bid >= ask) {
            throw reading.wrong(reply, "a book whose best bid lies below its best ask " + ask);
        }
        return rows;
    }

    private record Stamp(long time, long received, long update) {}

    /** Adds the levels of a side and returns the best price; NaN without levels. */
    private double side(List<Row> rows, Node levels, int side, Stamp stamp) throws SourceException {
        double best = Double.NaN;
        double before = Double.NaN;
        int number = 0;
        for (Node level : reading.items(levels)) {
            double price = reading.decimal(reading.item(level, 0, "price"));
            double size = reading.decimal(reading.item(level, 1, "quantity"));
            boolean worse = Double.isNaN(before) || (side == 0 ? price < before : price > before);
            if (!worse || !(price > 0)) {
                throw reading.wrong(level, "a level behind the one before");
            }
            best = number == 0 ? price : best;
            before = price;
            rows.add(new Row(
                    stamp.time(),
                    Math.max(stamp.time(), stamp.received()),
                    rows.size(),
                    side,
                    number,
                    price,
                    size,
                    stamp.update()));
            number++;
        }
        return best;
    }
}
