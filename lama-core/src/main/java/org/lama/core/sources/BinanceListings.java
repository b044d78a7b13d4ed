package org.lama.core.sources;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.lama.core.market.Contract;
import org.lama.core.market.Instrument;
import org.lama.core.market.InstrumentId;
import org.lama.core.market.MarginTiers;
import org.lama.core.market.TradingRules;
import org.lama.core.store.Node;

/** Reads the exchange information of Binance. Stateless. */
final class BinanceListings {
    /** Christmas of 2100: what Binance says where nothing ends. */
    private static final long NEVER_MILLIS = 4_133_404_800_000L;

    private static final Duration USUAL_FUNDING = Duration.ofHours(8);
    private static final int MOST_DECIMALS = 12;

    private final BinanceMarket market;
    private final Reading reading;

    BinanceListings(BinanceMarket market) {
        this.market = market;
        reading = new Reading(market.source());
    }

    /** All instruments that have a canonical id; names beyond it (other alphabets, too long) are left out. */
    List<Listing> read(Node info, Map<String, Duration> fundingIntervals) throws SourceException {
        List<Listing> listings = new ArrayList<>();
        for (Node symbol : reading.items(reading.field(info, "symbols"))) {
            one(symbol, fundingIntervals).ifPresent(listings::add);
        }
        return List.copyOf(listings);
    }

    /** Perpetuals whose funding interval is not the usual one. */
    Map<String, Duration> fundingIntervals(Node info) throws SourceException {
        Map<String, Duration> intervals = new HashMap<>();
        for (Node one : reading.items(info)) {
            long hours = reading.whole(one, "fundingIntervalHours");
            if (hours < 1 || hours > 24) {
                throw reading.wrong(one, "an interval of 1 to 24 hours");
            }
            intervals.put(reading.text(one, "symbol"), Duration.ofHours(hours));
        }
        return intervals;
    }

    private Optional<Listing> one(Node symbol, Map<String, Duration> fundingIntervals) throws SourceException {
        String name = reading.text(symbol, "symbol");
        String base = InstrumentId.encode(reading.text(symbol, "baseAsset").toUpperCase(Locale.ROOT));
        String quote = InstrumentId.encode(reading.text(symbol, "quoteAsset").toUpperCase(Locale.ROOT));
        Map<String, Node> filters = filters(symbol);
        TradingRules rules = rules(filters);
        String status = reading.text(symbol, market == BinanceMarket.COIN_M ? "contractStatus" : "status");
        String type = market.isSpot() ? "" : reading.text(symbol, "contractType");
        OptionalLong listed = time(symbol, "onboardDate");
        OptionalLong delisted = time(symbol, "deliveryDate");
        double size = market == BinanceMarket.COIN_M ? reading.decimal(reading.field(symbol, "contractSize")) : 1;
        try {
            Instrument.Kind kind = market.isSpot()
                    ? Instrument.Kind.SPOT
                    : type.contains("PERPETUAL") ? Instrument.Kind.PERP : Instrument.Kind.FUTURE;
            Instrument instrument = new Instrument(
                    "BINANCE", kind, base, quote, decimals(filters, "tickSize"), decimals(filters, "stepSize"));
            Contract contract = contract(instrument, rules, size, fundingIntervals.getOrDefault(name, USUAL_FUNDING));
            return Optional.of(
                    new Listing(name, id(instrument, name), contract, status.equals("TRADING"), listed, delisted));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no canonical id, or rules that contradict themselves
        }
    }

    /** Dated contracts are told apart by what follows the underscore of their symbol. */
    private static InstrumentId id(Instrument instrument, String symbol) {
        if (instrument.kind() != Instrument.Kind.FUTURE) {
            return InstrumentId.of(instrument);
        }
        String date = symbol.substring(symbol.indexOf('_') + 1);
        return new InstrumentId(
                instrument.venue(),
                instrument.kind(),
                instrument.base() + "-" + instrument.quote() + "-" + InstrumentId.encode(date));
    }

    private Contract contract(Instrument instrument, TradingRules rules, double size, Duration funding) {
        if (market.isSpot()) {
            return Contract.spot(instrument, rules);
        }
        boolean inverse = market == BinanceMarket.COIN_M;
        return new Contract(
                instrument,
                inverse ? Contract.Payoff.INVERSE : Contract.Payoff.LINEAR,
                inverse ? instrument.base() : instrument.quote(),
                size,
                rules,
                MarginTiers.DEFAULT,
                instrument.kind() == Instrument.Kind.PERP ? Optional.of(funding) : Optional.empty(),
                Optional.empty());
    }

    private OptionalLong time(Node symbol, String name) throws SourceException {
        Optional<Node> found = reading.find(symbol, name);
        if (found.isEmpty() || reading.whole(found.get()) <= 0 || reading.whole(found.get()) >= NEVER_MILLIS) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(reading.millis(found.get()));
    }

    private Map<String, Node> filters(Node symbol) throws SourceException {
        Map<String, Node> filters = new HashMap<>();
        for (Node filter : reading.items(reading.field(symbol, "filters"))) {
            filters.put(reading.text(filter, "filterType"), filter);
        }
        return filters;
    }

    private TradingRules rules(Map<String, Node> filters) throws SourceException {
        double most = number(filters, "LOT_SIZE", "maxQty");
        double notional = Math.max(
                Math.max(number(filters, "MIN_NOTIONAL", "minNotional"), number(filters, "MIN_NOTIONAL", "notional")),
                number(filters, "NOTIONAL", "minNotional"));
        double least = number(filters, "LOT_SIZE", "minQty");
        return new TradingRules(
                number(filters, "PRICE_FILTER", "tickSize"),
                number(filters, "LOT_SIZE", "stepSize"),
                least,
                most > least ? most : Double.POSITIVE_INFINITY,
                notional);
    }

    /** A number of a filter; 0 where the filter or the number is missing. */
    private double number(Map<String, Node> filters, String filter, String name) throws SourceException {
        Node node = filters.get(filter);
        if (node == null) {
            return 0;
        }
        double number = reading.decimalOrNothing(node, name);
        if (number < 0 || Double.isInfinite(number)) {
            throw reading.wrong(node, "numbers of at least 0");
        }
        return Double.isNaN(number) ? 0 : number;
    }

    private int decimals(Map<String, Node> filters, String name) throws SourceException {
        double step =
                name.equals("tickSize") ? number(filters, "PRICE_FILTER", name) : number(filters, "LOT_SIZE", name);
        if (step == 0) {
            return 8;
        }
        int scale = new BigDecimal(Double.toString(step)).stripTrailingZeros().scale();
        return Math.max(0, Math.min(MOST_DECIMALS, scale));
    }
}
