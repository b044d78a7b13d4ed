package org.lama.core.data;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.lama.core.market.Instrument;
import org.lama.core.market.InstrumentId;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.SeriesKey;

/**
 * Sizes of contracts that are margined in the coin: files of Binance count contracts of 100 dollars for BTC and 10 for all
 * other coins, a store counts the base currency. The number of contracts is kept beside it. Stateless.
 */
final class Contracts {
    private static final double OF_BITCOIN = 100;
    private static final double OF_OTHERS = 10;
    /** Volumes of a bar are contracts if their dollars over its coins are a price of the bar, but for rounding. */
    private static final double ROUNDING = 1e-3;

    private static final double NEARLY_ALL = 0.99;
    /** The price at which each size is turned into coins. */
    private static final Map<String, String> PRICES =
            new TreeMap<>(Map.of("size", "price", "bid_size", "bid", "ask_size", "ask"));

    private static final Map<String, String> KEPT =
            Map.of("size", "contracts", "bid_size", "bid_contracts", "ask_size", "ask_contracts");

    private Contracts() {}

    /** How many dollars a contract is of; 0 where sizes are not counted in contracts. */
    static double dollars(InstrumentId id) {
        boolean inverse = id.venue().equals("BINANCE")
                && (id.kind() == Instrument.Kind.PERP || id.kind() == Instrument.Kind.FUTURE)
                && id.name().matches("[^-]+-USD(-\\d{6})?");
        return !inverse ? 0 : id.name().startsWith("BTC-") ? OF_BITCOIN : OF_OTHERS;
    }

    /** The rows with sizes in base currency; the rows themselves where they have none in contracts. */
    static ParquetTable inBase(SeriesKey key, ParquetTable rows) {
        double dollars = dollars(key.instrument());
        if (dollars == 0) {
            return rows;
        }
        return switch (key.kind()) {
            case TRADES, BOOK_UPDATES, BOOK_SNAPSHOTS, QUOTES -> ticks(rows, dollars);
            case BARS -> isOfContracts(rows, dollars) ? bars(rows, dollars) : rows;
            default -> rows;
        };
    }

    /** What was done, in words. */
    static String note(SeriesKey key) {
        return "sizes were contracts of " + (long) dollars(key.instrument()) + " dollars, now in base currency";
    }

    private static ParquetTable ticks(ParquetTable rows, double dollars) {
        Map<String, double[]> changed = new LinkedHashMap<>();
        PRICES.forEach((name, priced) -> {
            if (rows.names().contains(name)) {
                double[] contracts = rows.doubles(name);
                double[] prices = rows.doubles(priced);
                double[] sizes = new double[contracts.length];
                for (int i = 0; i < sizes.length; i++) {
                    sizes[i] = contracts[i] == 0 ? 0 : contracts[i] * dollars / prices[i];
                }
                changed.put(name, sizes);
                changed.put(KEPT.get(name), contracts);
            }
        });
        return with(rows, changed);
    }

    /** Only the venue's own bars have volumes of both kinds, and those prove their unit. */
    private static boolean isOfContracts(ParquetTable rows, double dollars) {
        if (!rows.names().containsAll(Set.of("volume", "quote_volume"))) {
            return false;
        }
        double[] contracts = rows.doubles("volume");
        double[] coins = rows.doubles("quote_volume");
        double[] low = rows.doubles("low");
        double[] high = rows.doubles("high");
        int traded = 0;
        int proved = 0;
        for (int i = 0; i < contracts.length; i++) {
            if (contracts[i] > 0 && coins[i] > 0) {
                double price = contracts[i] * dollars / coins[i];
                traded++;
                proved += price >= low[i] * (1 - ROUNDING) && price <= high[i] * (1 + ROUNDING) ? 1 : 0;
            }
        }
        return traded > 0 && proved >= NEARLY_ALL * traded;
    }

    private static ParquetTable bars(ParquetTable rows, double dollars) {
        Map<String, double[]> changed = new LinkedHashMap<>();
        turn(rows, "volume", "quote_volume", dollars, changed);
        if (rows.names().containsAll(Set.of("taker_buy_volume", "taker_buy_quote_volume"))) {
            turn(rows, "taker_buy_volume", "taker_buy_quote_volume", dollars, changed);
        }
        return with(rows, changed);
    }

    private static void turn(
            ParquetTable rows, String base, String quote, double dollars, Map<String, double[]> changed) {
        double[] contracts = rows.doubles(base);
        double[] money = new double[contracts.length];
        for (int i = 0; i < money.length; i++) {
            money[i] = contracts[i] * dollars;
        }
        changed.put(base, rows.doubles(quote));
        changed.put(quote, money);
    }

    private static ParquetTable with(ParquetTable rows, Map<String, double[]> changed) {
        ParquetTable.Builder builder = ParquetTable.builder(rows.rows());
        for (String name : rows.names()) {
            if (!changed.containsKey(name)) {
                switch (rows.type(name)) {
                    case TIME -> builder.times(name, rows.times(name));
                    case LONG -> builder.longs(name, rows.longs(name));
                    case DOUBLE -> builder.doubles(name, rows.doubles(name));
                    case TEXT -> builder.texts(name, rows.texts(name));
                }
            }
        }
        changed.forEach(builder::doubles);
        return builder.build();
    }
}
