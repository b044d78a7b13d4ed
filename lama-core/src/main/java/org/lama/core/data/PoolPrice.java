package org.lama.core.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Columns;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * The price of a stored pool in its last state, as terms make it of the chain's integers, beside the one that stored bars of
 * the pair had then: terms that are wrong make a price that no market had, and costs out of nothing. Wrapped coins count as the
 * coins, and all dollars as dollars. Immutable.
 *
 * @param timeNanos time of the last state
 * @param price quote for one base; NaN if no state has one
 * @param bars the series of bars with a close within a week before that time; empty if there is none
 * @param close that close; NaN if there is none
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record PoolPrice(long timeNanos, double price, Optional<SeriesKey> bars, double close) {
    private static final long WEEK_NANOS = 7 * 86_400_000_000_000L;
    private static final double MOST_RATIO = 2;
    private static final Set<String> DOLLARS = Set.of("USDT", "USDC", "DAI", "BUSD");
    private static final Set<String> WRAPPED = Set.of("WETH", "WBTC", "WBNB", "WMATIC");

    /**
     * Reads the pool's last state and looks for bars of its pair.
     *
     * @param store where the pool's series is
     * @param query the series and its range
     * @param terms what the integers of the chain mean
     * @return the price
     * @throws IOException if the store cannot be read
     */
    public static PoolPrice of(MarketStore store, MarketStore.Query query, PoolColumns.Terms terms) throws IOException {
        PoolColumns.States states = PoolColumns.states(store, query, terms);
        for (int i = states.times().length - 1; i >= 0; i--) {
            double price = states.quote()[i] / states.base()[i];
            if (price > 0 && price < Double.POSITIVE_INFINITY) {
                return beside(store, query.key(), states.times()[i], price);
            }
        }
        return new PoolPrice(0, Double.NaN, Optional.empty(), Double.NaN);
    }

    private static PoolPrice beside(MarketStore store, SeriesKey pool, long time, double price) throws IOException {
        for (SeriesKey key : candidates(store, pool)) {
            ParquetTable rows = store.read(
                    MarketStore.Query.all(key).between(time - WEEK_NANOS, time).only(List.of(Columns.CLOSE)));
            double[] closes = rows.doubles(Columns.CLOSE);
            for (int i = closes.length - 1; i >= 0; i--) {
                if (closes[i] > 0) {
                    return new PoolPrice(time, price, Optional.of(key), closes[i]);
                }
            }
        }
        return new PoolPrice(time, price, Optional.empty(), Double.NaN);
    }

    /** Bars of the pair, those of its very name first. */
    private static List<SeriesKey> candidates(MarketStore store, SeriesKey pool) throws IOException {
        List<SeriesKey> exact = new ArrayList<>();
        List<SeriesKey> alike = new ArrayList<>();
        String pair = pool.instrument().name();
        for (SeriesKey key : store.keys()) {
            String name = key.instrument().name();
            if (key.kind() == RecordKind.BARS && plain(name).equals(plain(pair))) {
                (name.equals(pair) ? exact : alike).add(key);
            }
        }
        exact.addAll(alike);
        return exact;
    }

    private static String plain(String pair) {
        List<String> plain = new ArrayList<>();
        for (String coin : pair.split("-", -1)) {
            plain.add(DOLLARS.contains(coin) ? "USD" : WRAPPED.contains(coin) ? coin.substring(1) : coin);
        }
        return String.join("-", plain);
    }

    /**
     * Refuses a price that no market had.
     *
     * @throws IllegalArgumentException if bars had less than half or more than twice the price
     */
    public void require() {
        double ratio = price / close;
        Check.that(
                bars.isEmpty() || (ratio < MOST_RATIO && ratio > 1 / MOST_RATIO),
                "terms make a price of " + price + " of the pool's state at " + TimeIndex.instant(timeNanos) + ", but "
                        + bars.map(Object::toString).orElse("") + " closed at " + close
                        + ": decimals or the place of the base are wrong");
    }
}
