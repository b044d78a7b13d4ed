package org.lama.core.sources;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.lama.core.market.Contract;
import org.lama.core.market.Instrument;
import org.lama.core.market.InstrumentId;
import org.lama.core.market.MarginTiers;
import org.lama.core.market.TradingRules;
import org.lama.core.store.Node;

/** Reads what Bybit answers as rows. Immutable. */
final class BybitReplies {
    static final List<String> BARS = List.of("open", "high", "low", "close", "volume", "quote_volume");
    static final List<String> TRADES = List.of("price", "size", "side");
    static final List<String> FUNDING = List.of("rate");
    static final List<String> OPEN_INTEREST = List.of("open_interest");
    static final List<String> LEVELS = List.of("side", "level", "price", "size", "last_update");

    private final BybitMarket market;
    private final Host host;
    private final Reading reading;

    BybitReplies(BybitMarket market, Host host) {
        this.market = market;
        this.host = host;
        reading = host.reading();
    }

    /** A reply about another symbol or category must not become rows of this one. */
    void about(Node result, String symbol) throws SourceException {
        Optional<Node> said = reading.find(result, "symbol");
        if (said.isPresent() && !reading.text(result, "symbol").equals(symbol)) {
            throw reading.wrong(said.get(), "the symbol " + symbol + " that was asked for");
        }
    }

    List<Row> bars(Node result, Harvest harvest, SeriesFeed feed) throws SourceException {
        List<Row> rows = new ArrayList<>();
        for (Node bar : reading.items(reading.field(result, "list"))) {
            long open = reading.millis(reading.item(bar, 0, "startTime"));
            double[] values = new double[BARS.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = reading.decimal(reading.item(bar, i + 1, BARS.get(i)));
            }
            if (market == BybitMarket.INVERSE) {
                // counted in dollars first and in coins second
                double dollars = values[4];
                values[4] = values[5];
                values[5] = dollars;
            }
            if (harvest.isFinished(open, feed)) {
                rows.add(Row.at(open, 0, values));
            }
        }
        return oldestFirst(rows);
    }

    List<Row> funding(Node result, String symbol) throws SourceException {
        List<Row> rows = new ArrayList<>();
        for (Node one : reading.items(reading.field(result, "list"))) {
            about(one, symbol);
            rows.add(Row.at(
                    reading.millis(reading.field(one, "fundingRateTimestamp")),
                    0,
                    reading.decimal(one, "fundingRate")));
        }
        return oldestFirst(rows);
    }

    List<Row> openInterest(Node result) throws SourceException {
        List<Row> rows = new ArrayList<>();
        for (Node one : reading.items(reading.field(result, "list"))) {
            rows.add(Row.at(reading.millis(reading.field(one, "timestamp")), 0, reading.decimal(one, "openInterest")));
        }
        return oldestFirst(rows);
    }

    /**
     * The latest trades. Their names are no numbers, so trades of one time are told apart by their place; the oldest time
     * of a page may be cut in two, so it is left out.
     */
    List<Row> trades(Node result, String symbol) throws SourceException {
        List<Row> rows = new ArrayList<>();
        for (Node trade : reading.items(reading.field(result, "list"))) {
            about(trade, symbol);
            double price = reading.decimal(trade, "price");
            double size = reading.decimal(trade, "size");
            rows.add(Row.at(
                    reading.millis(reading.field(trade, "time")),
                    0,
                    price,
                    market == BybitMarket.INVERSE ? size / price : size,
                    side(trade)));
        }
        return numbered(oldestFirst(rows));
    }

    private static List<Row> numbered(List<Row> rows) {
        List<Row> numbered = new ArrayList<>();
        long before = Long.MIN_VALUE;
        int place = 0;
        for (Row row : rows) {
            place = row.time() == before ? place + 1 : 0;
            before = row.time();
            if (row.time() != rows.get(0).time()) {
                numbered.add(Row.at(row.time(), place, row.values()));
            }
        }
        return numbered;
    }

    private int side(Node trade) throws SourceException {
        return switch (reading.text(trade, "side")) {
            case "Buy" -> 1;
            case "Sell" -> 0;
            default -> throw reading.wrong(reading.field(trade, "side"), "Buy or Sell");
        };
    }

    /** The venue gives the newest row first; that is no disorder. */
    private static List<Row> oldestFirst(List<Row> rows) {
        List<Row> turned = new ArrayList<>(rows);
        if (rows.size() > 1 && rows.get(0).time() > rows.get(rows.size() - 1).time()) {
            java.util.Collections.reverse(turned);
        }
        return turned;
    }

    List<Row> book(Node result, String symbol, long receivedNanos) throws SourceException {
        if (!reading.text(result, "s").equals(symbol)) {
            throw reading.wrong(reading.field(result, "s"), "the symbol " + symbol + " that was asked for");
        }
        long time = reading.millis(reading.field(result, "ts"));
        List<Row> rows = new ArrayList<>();
        Levels levels = new Levels(reading, rows, time, Math.max(time, receivedNanos), reading.whole(result, "u"));
        for (String side : List.of("b", "a")) {
            for (Node level : reading.items(reading.field(result, side))) {
                double price = reading.decimal(reading.item(level, 0, "price"));
                double size = reading.decimal(reading.item(level, 1, "size"));
                levels.add(level, side.equals("b") ? 0 : 1, price, market == BybitMarket.INVERSE ? size / price : size);
            }
        }
        levels.check(result);
        return rows;
    }

    /** All instruments that have a canonical id. */
    void listings(Node result, List<Listing> listings) throws SourceException {
        for (Node one : reading.items(reading.field(result, "list"))) {
            listing(one).ifPresent(listings::add);
        }
    }

    private Optional<Listing> listing(Node one) throws SourceException {
        String symbol = reading.text(one, "symbol");
        String base = InstrumentId.encode(reading.text(one, "baseCoin").toUpperCase(Locale.ROOT));
        String quote = InstrumentId.encode(reading.text(one, "quoteCoin").toUpperCase(Locale.ROOT));
        Node lots = reading.field(one, "lotSizeFilter");
        boolean spot = market == BybitMarket.SPOT;
        double tick = host.bound(reading.field(one, "priceFilter"), "tickSize");
        double lot = host.bound(lots, spot ? "basePrecision" : "qtyStep");
        double least = host.bound(lots, "minOrderQty");
        double most = host.bound(lots, "maxOrderQty");
        double notional = host.bound(lots, spot ? "minOrderAmt" : "minNotionalValue");
        String status = reading.text(one, "status");
        String type = spot ? "" : reading.text(one, "contractType");
        OptionalLong listed = time(one, "launchTime");
        OptionalLong delisted = time(one, "deliveryTime");
        Optional<Duration> funding = funding(one);
        try {
            TradingRules rules =
                    new TradingRules(tick, lot, least, most > least ? most : Double.POSITIVE_INFINITY, notional);
            Instrument.Kind kind = spot
                    ? Instrument.Kind.SPOT
                    : type.contains("Perpetual") ? Instrument.Kind.PERP : Instrument.Kind.FUTURE;
            Instrument instrument = new Instrument("BYBIT", kind, base, quote, Host.decimals(tick), Host.decimals(lot));
            return Optional.of(new Listing(
                    symbol,
                    id(instrument, symbol),
                    contract(instrument, rules, funding),
                    status.equals("Trading"),
                    listed,
                    delisted));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no canonical id, or rules that contradict themselves
        }
    }

    /** Dated contracts are told apart by their whole symbol. */
    private static InstrumentId id(Instrument instrument, String symbol) {
        if (instrument.kind() != Instrument.Kind.FUTURE) {
            return InstrumentId.of(instrument);
        }
        String name = instrument.base() + "-" + instrument.quote() + "-" + InstrumentId.encode(symbol);
        return new InstrumentId(instrument.venue(), instrument.kind(), name);
    }

    private Contract contract(Instrument instrument, TradingRules rules, Optional<Duration> funding) {
        if (market == BybitMarket.SPOT) {
            return Contract.spot(instrument, rules);
        }
        boolean inverse = market == BybitMarket.INVERSE;
        return new Contract(
                instrument,
                inverse ? Contract.Payoff.INVERSE : Contract.Payoff.LINEAR,
                inverse ? instrument.base() : instrument.quote(),
                1, // a dollar, or a coin
                rules,
                MarginTiers.DEFAULT,
                instrument.kind() == Instrument.Kind.PERP ? funding : Optional.empty(),
                Optional.empty());
    }

    private Optional<Duration> funding(Node one) throws SourceException {
        if (market == BybitMarket.SPOT) {
            return Optional.empty();
        }
        long minutes = reading.whole(one, "fundingInterval");
        return minutes > 0 ? Optional.of(Duration.ofMinutes(minutes)) : Optional.empty();
    }

    private OptionalLong time(Node one, String name) throws SourceException {
        Optional<Node> found = reading.find(one, name);
        if (found.isEmpty() || reading.decimal(found.get()) == 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(reading.millis(found.get()));
    }
}
