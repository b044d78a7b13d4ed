package org.lama.core.data;

import java.io.IOException;
import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.features.ConcentratedLiquidity;
import org.lama.core.market.Columns;
import org.lama.core.series.AsOf;
import org.lama.core.series.Frame;
import org.lama.core.store.MarketStore;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * The pool columns of {@link Columns} from a stored series of a pool with concentrated liquidity: the reserves of the
 * constant-product pool that costs the same within the active range, so that slippage and score can be computed as for
 * any pool. Each bar takes the last state that was available at its close. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class PoolColumns {
    /** Quote that can be swapped for base before the price leaves the active range: beyond it slippage is a bound. */
    public static final String RANGE_QUOTE = "pool.rangeQuote";

    private PoolColumns() {}

    /**
     * What the chain's integers of a pool mean.
     *
     * @param baseDecimals decimals of the base token
     * @param quoteDecimals decimals of the quote token
     * @param baseIsToken1 whether the base is the pool's second token, as ETH is in USDC/ETH
     * @param tickSpacing ticks of the smallest range: 10 for a fee of 0.05 %, 60 for 0.3 %
     */
    public record Terms(int baseDecimals, int quoteDecimals, boolean baseIsToken1, int tickSpacing) {
        /**
         * Checks ranges.
         *
         * @param baseDecimals 0 to 36
         * @param quoteDecimals 0 to 36
         * @param baseIsToken1 whether the base is the pool's second token
         * @param tickSpacing at least 1
         */
        public Terms {
            Check.inRange(baseDecimals, 0, 36, "baseDecimals");
            Check.inRange(quoteDecimals, 0, 36, "quoteDecimals");
            Check.atLeast(tickSpacing, 1, "tickSpacing");
        }

        /** Quote per base in whole tokens at a tick. */
        double price(double tick) {
            return whole(ConcentratedLiquidity.priceAtTick(tick));
        }

        /** Quote per base in whole tokens of the chain's price of token 0 in token 1. */
        double whole(double raw) {
            double quotePerBase = baseIsToken1 ? 1 / raw : raw;
            return quotePerBase * Math.pow(10, baseDecimals - quoteDecimals);
        }

        /** The tick of a price. */
        double tick(double price) {
            double raw = price * Math.pow(10, quoteDecimals - baseDecimals);
            return (baseIsToken1 ? -1 : 1) * Math.log(raw) / Math.log(1.0001);
        }

        /** The price at which buying base leaves the active range. */
        double rangeEnd(double tick) {
            double lower = Math.floor(tick / tickSpacing) * tickSpacing;
            return price(baseIsToken1 ? lower : lower + tickSpacing);
        }
    }

    /**
     * Adds {@code pool.reserveBase}, {@code pool.reserveQuote} and {@link #RANGE_QUOTE}. The series needs the column
     * {@code liquidity} and one of {@code sqrt_price}, {@code tick} and {@code close} (quote per base), the first that it
     * has, row by row.
     *
     * @param bars the frame that takes the columns
     * @param store where the pool's series is
     * @param pool the series
     * @param terms what its integers mean
     * @param maxAgeNanos states older than this count as missing, above 0
     * @return the bars with the columns; NaN where no state was known
     * @throws IOException if the store cannot be read
     */
    public static Frame join(Frame bars, MarketStore store, SeriesKey pool, Terms terms, long maxAgeNanos)
            throws IOException {
        KnownRows rows = KnownRows.of(store, MarketStore.Query.all(pool));
        States known = states(pool, rows, terms);
        int[] taken = AsOf.rows(bars, known.available(), maxAgeNanos);
        return bars.with(Columns.POOL_RESERVE_BASE, KnownRows.taken(known.base, taken))
                .with(Columns.POOL_RESERVE_QUOTE, KnownRows.taken(known.quote, taken))
                .with(RANGE_QUOTE, KnownRows.taken(known.range, taken));
    }

    /** The states of a pool: virtual reserves, and the quote that stays in the active range. */
    @SuppressWarnings("ArrayRecordComponent") // lives for one call
    record States(long[] times, long[] available, double[] base, double[] quote, double[] range) {}

    /** The states of a stored pool with concentrated liquidity. */
    static States states(MarketStore store, MarketStore.Query query, Terms terms) throws IOException {
        return states(query.key(), KnownRows.last(store, query), terms);
    }

    private static States states(SeriesKey pool, KnownRows rows, Terms terms) {
        Check.that(pool.kind() == RecordKind.POOLS, "the series must be one of a pool, got " + pool);
        double[] liquidity = rows.numbers("liquidity")
                .orElseThrow(
                        () -> new IllegalArgumentException(pool + " has no column liquidity but " + rows.values()));
        int n = liquidity.length;
        double[] roots = column(rows, "sqrt_price", n);
        double[] ticks = column(rows, "tick", n);
        double[] closes = column(rows, "close", n);
        double[] base = new double[n];
        double[] quote = new double[n];
        double[] range = new double[n];
        for (int i = 0; i < n; i++) {
            double whole = ConcentratedLiquidity.liquidity(liquidity[i], terms.baseDecimals(), terms.quoteDecimals());
            // a tick names the start of a step of 0.01 %: its middle is nearer to the price
            double price = roots[i] > 0
                    ? terms.whole(roots[i] * roots[i])
                    : Double.isNaN(ticks[i]) ? closes[i] : terms.price(ticks[i] + 0.5);
            double tick = Double.isNaN(ticks[i]) ? terms.tick(price) : ticks[i];
            base[i] = ConcentratedLiquidity.virtualBase(whole, price);
            quote[i] = ConcentratedLiquidity.virtualQuote(whole, price);
            range[i] = ConcentratedLiquidity.capacity(whole, price, Math.max(price, terms.rangeEnd(tick)));
        }
        return new States(rows.times(), rows.available(), base, quote, range);
    }

    /** A column, all NaN where the series has none of that name. */
    private static double[] column(KnownRows rows, String name, int n) {
        return rows.numbers(name).orElseGet(() -> {
            double[] none = new double[n];
            Arrays.fill(none, Double.NaN);
            return none;
        });
    }
}
