package org.lama.core.sources;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.lama.core.market.Contract;
import org.lama.core.market.Instrument;
import org.lama.core.market.MarginTiers;
import org.lama.core.market.TradingRules;
import org.lama.core.store.Node;

/** Reads what Deribit answers as rows. Immutable. */
final class DeribitReplies {
    static final List<String> BARS = List.of("open", "high", "low", "close", "volume", "quote_volume");
    static final List<String> TRADES = List.of("price", "size", "side");
    static final List<String> FUNDING = List.of("rate", "interval_hours", "index_price");
    static final List<String> OPEN_INTEREST = List.of("open_interest", "open_interest_value");
    static final List<String> LEVELS = List.of("side", "level", "price", "size", "last_update");
    static final List<String> QUOTES = List.of(
            "bid",
            "ask",
            "mark",
            "last",
            "bid_iv",
            "ask_iv",
            "mark_iv",
            "delta",
            "gamma",
            "vega",
            "theta",
            "rho",
            "underlying",
            "open_interest",
            "volume");
    static final List<String> SUMMARY =
            List.of("bid", "ask", "mark", "last", "mark_iv", "underlying", "open_interest", "volume");
    private static final long NEVER_MILLIS = 32_000_000_000_000L;
    private static final long MILLI = 1_000_000L;

    private final Host host;
    private final Reading reading;

    DeribitReplies(Host host) {
        this.host = host;
        reading = host.reading();
    }

    /** Bars as columns of equal length. */
    List<Row> bars(Node result, Harvest harvest, SeriesFeed feed) throws SourceException {
        List<Row> rows = new ArrayList<>();
        if (reading.text(result, "status").equals("no_data")) {
            return rows;
        }
        List<Node> ticks = reading.items(reading.field(result, "ticks"));
        List<Node> columns = new ArrayList<>();
        for (String name : List.of("open", "high", "low", "close", "volume", "cost")) {
            Node column = reading.field(result, name);
            if (reading.items(column).size() != ticks.size()) {
                throw reading.wrong(column, "a list of " + ticks.size() + " numbers, one for each tick");
            }
            columns.add(column);
        }
        for (int i = 0; i < ticks.size(); i++) {
            double[] values = new double[columns.size()];
            for (int j = 0; j < values.length; j++) {
                values[j] = reading.decimal(columns.get(j).at(i));
            }
            long open = reading.millis(ticks.get(i));
            if (harvest.isFinished(open, feed)) {
                rows.add(Row.at(open, 0, values));
            }
        }
        return rows;
    }

    /** Rates of the hour that ends at their time. */
    List<Row> funding(Node result) throws SourceException {
        List<Row> rows = new ArrayList<>();
        for (Node one : reading.items(result)) {
            rows.add(Row.at(
                    reading.millis(reading.field(one, "timestamp")),
                    0,
                    reading.decimal(one, "interest_1h"),
                    1,
                    reading.decimalOrNothing(one, "index_price")));
        }
        return rows;
    }

    List<Row> trades(Node result, DeribitName name) throws SourceException {
        List<Row> rows = new ArrayList<>();
        for (Node trade : reading.items(reading.field(result, "trades"))) {
            rows.add(trade(trade, name));
        }
        return rows;
    }

    Row trade(Node trade, DeribitName name) throws SourceException {
        about(trade, name);
        double price = reading.decimal(trade, "price");
        return Row.at(
                reading.millis(reading.field(trade, "timestamp")),
                reading.whole(trade, "trade_seq"),
                price,
                name.size(reading.decimal(trade, "amount"), price),
                side(trade));
    }

    private int side(Node trade) throws SourceException {
        return switch (reading.text(trade, "direction")) {
            case "buy" -> 1;
            case "sell" -> 0;
            default -> throw reading.wrong(reading.field(trade, "direction"), "buy or sell");
        };
    }

    /** A reply about another instrument must not become a row of this one. */
    void about(Node one, DeribitName name) throws SourceException {
        if (!reading.text(one, "instrument_name").equalsIgnoreCase(name.name())) {
            throw reading.wrong(reading.field(one, "instrument_name"), "the instrument " + name.name());
        }
    }

    /** Open interest of now: futures that are inverse count quote currency, the rest base currency. */
    List<Row> openInterest(Node ticker, DeribitName name, long receivedNanos) throws SourceException {
        about(ticker, name);
        double mark = reading.decimal(ticker, "mark_price");
        double said = reading.decimal(ticker, "open_interest");
        boolean quoted = name.inverse() && name.kind() != Instrument.Kind.OPTION;
        long time = reading.millis(reading.field(ticker, "timestamp"));
        return List.of(new Row(
                time, Math.max(time, receivedNanos), 0, quoted ? said / mark : said, quoted ? said : said * mark));
    }

    /** Quote of an option with volatilities and greeks. */
    List<Row> quote(Node ticker, DeribitName name, long receivedNanos) throws SourceException {
        about(ticker, name);
        Node greeks = reading.field(ticker, "greeks");
        Node stats = reading.field(ticker, "stats");
        long time = reading.millis(reading.field(ticker, "timestamp"));
        return List.of(new Row(
                time,
                Math.max(time, receivedNanos),
                0,
                some(ticker, "best_bid_price"),
                some(ticker, "best_ask_price"),
                notNegative(ticker, "mark_price"),
                some(ticker, "last_price"),
                some(ticker, "bid_iv") / 100,
                some(ticker, "ask_iv") / 100,
                reading.decimal(ticker, "mark_iv") / 100,
                reading.decimal(greeks, "delta"),
                notNegative(greeks, "gamma"),
                notNegative(greeks, "vega"),
                reading.decimal(greeks, "theta"),
                reading.decimal(greeks, "rho"),
                reading.decimal(ticker, "underlying_price"),
                reading.decimal(ticker, "open_interest"),
                reading.decimal(stats, "volume")));
    }

    /** What the venue writes as 0 where there is nothing. */
    private double some(Node object, String name) throws SourceException {
        double value = notNegative(object, name);
        return value == 0 ? Double.NaN : value;
    }

    /** A price or volatility of an option; nothing where null stands. */
    private double notNegative(Node object, String name) throws SourceException {
        double value = reading.decimal(object, name);
        if (value < 0 || Double.isInfinite(value)) {
            throw reading.wrong(reading.field(object, name), "a number of at least 0");
        }
        return value;
    }

    /** One line of the summary of all options of a currency. */
    Row summary(Node line, long receivedNanos) throws SourceException {
        long time = reading.millis(reading.field(line, "creation_timestamp"));
        return new Row(
                time,
                Math.max(time, receivedNanos),
                0,
                notNegative(line, "bid_price"),
                notNegative(line, "ask_price"),
                notNegative(line, "mark_price"),
                notNegative(line, "last"),
                reading.decimalOrNothing(line, "mark_iv") / 100,
                reading.decimal(line, "underlying_price"),
                reading.decimal(line, "open_interest"),
                reading.decimal(line, "volume"));
    }

    /** A whole book. */
    List<Row> book(Node result, DeribitName name, long receivedNanos) throws SourceException {
        about(result, name);
        long time = reading.millis(reading.field(result, "timestamp"));
        long change = reading.whole(result, "change_id");
        List<Row> rows = new ArrayList<>();
        Levels levels = new Levels(reading, rows, time, Math.max(time, receivedNanos), change);
        for (String side : List.of("bids", "asks")) {
            for (Node level : reading.items(reading.field(result, side))) {
                double price = reading.decimal(reading.item(level, 0, "price"));
                double amount = reading.decimal(reading.item(level, 1, "amount"));
                levels.add(level, side.equals("bids") ? 0 : 1, price, name.size(amount, price));
            }
        }
        levels.check(result);
        return rows;
    }

    /** Futures, options, perpetuals and spot; combinations of them are left out. */
    List<Listing> listings(Node result) throws SourceException {
        List<Listing> listings = new ArrayList<>();
        for (Node one : reading.items(result)) {
            Optional<DeribitName> name = DeribitName.parse(reading.text(one, "instrument_name"));
            if (name.isPresent() && !reading.text(one, "kind").endsWith("combo")) {
                listings.add(listing(one, name.get()));
            }
        }
        return List.copyOf(listings);
    }

    private Listing listing(Node one, DeribitName name) throws SourceException {
        double tick = host.bound(one, "tick_size");
        double least = host.bound(one, "min_trade_amount");
        Instrument instrument = new Instrument(
                "DERIBIT", name.kind(), name.base(), name.quote(), Host.decimals(tick), Host.decimals(least));
        long expiry = reading.whole(one, "expiration_timestamp");
        OptionalLong delisted = expiry < NEVER_MILLIS ? OptionalLong.of(expiry * MILLI) : OptionalLong.empty();
        return new Listing(
                name.name(),
                name.id(),
                contract(one, name, instrument, new TradingRules(tick, least, least, Double.POSITIVE_INFINITY, 0)),
                reading.truth(one, "is_active"),
                OptionalLong.of(reading.millis(reading.field(one, "creation_timestamp"))),
                delisted);
    }

    private Contract contract(Node one, DeribitName name, Instrument instrument, TradingRules rules)
            throws SourceException {
        if (name.kind() == Instrument.Kind.SPOT) {
            return Contract.spot(instrument, rules);
        }
        if (name.kind() == Instrument.Kind.OPTION) {
            double strike = reading.decimal(reading.field(one, "strike"));
            if (!(strike > 0)) {
                throw reading.wrong(reading.field(one, "strike"), "a number above 0");
            }
            Contract.Right right =
                    reading.text(one, "option_type").equals("call") ? Contract.Right.CALL : Contract.Right.PUT;
            long expiry = reading.millis(reading.field(one, "expiration_timestamp"));
            String index = name.base() + "_" + name.quote();
            return Contract.option(
                    instrument, rules, new Contract.Option(right, strike, expiry, index, name.inverse()));
        }
        double size = reading.decimal(reading.field(one, "contract_size"));
        if (name.inverse() && !(size > 0)) {
            throw reading.wrong(reading.field(one, "contract_size"), "a number above 0");
        }
        return new Contract(
                instrument,
                name.inverse() ? Contract.Payoff.INVERSE : Contract.Payoff.LINEAR,
                name.inverse() ? name.base() : name.quote(),
                name.inverse() ? size : 1,
                // quantities of inverse futures are whole contracts
                name.inverse() ? new TradingRules(rules.tickSize(), 1, 1, Double.POSITIVE_INFINITY, 0) : rules,
                MarginTiers.DEFAULT,
                // paid continuously, published and kept by the hour
                name.kind() == Instrument.Kind.PERP ? Optional.of(java.time.Duration.ofHours(1)) : Optional.empty(),
                Optional.empty());
    }
}
