package org.lama.core.market;

import org.lama.core.base.Api;

/**
 * The names of the columns that LAMA's sources write and its features read. Prices are in quote currency, sizes in base
 * currency, depths and pool values in quote currency. Book columns are the last snapshot known at the bar's close; pool
 * and chain columns are joined by their {@code availableAt}.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Columns {
    /** First price of the bar. */
    public static final String OPEN = "open";
    /** Highest price of the bar. */
    public static final String HIGH = "high";
    /** Lowest price of the bar. */
    public static final String LOW = "low";
    /** Last price of the bar. */
    public static final String CLOSE = "close";
    /** Traded quantity in base currency. */
    public static final String VOLUME = "volume";
    /** Best bid price. */
    public static final String BOOK_BID = "book.bid";
    /** Best ask price. */
    public static final String BOOK_ASK = "book.ask";
    /** Bid size of the best level, of the best five and of the best ten levels: append 1, 5 or 10. */
    public static final String BOOK_BID_SIZE = "book.bidSize";
    /** Ask size of the best level, of the best five and of the best ten levels: append 1, 5 or 10. */
    public static final String BOOK_ASK_SIZE = "book.askSize";
    /** Bid depth in quote currency within 10, 25 or 50 basis points of the mid: append 10, 25 or 50. */
    public static final String BOOK_BID_DEPTH = "book.bidDepth";
    /** Ask depth in quote currency within 10, 25 or 50 basis points of the mid: append 10, 25 or 50. */
    public static final String BOOK_ASK_DEPTH = "book.askDepth";
    /** Value locked in all pools of the asset. */
    public static final String POOL_TVL = "pool.tvl";
    /** Swap volume of the bar over all pools. */
    public static final String POOL_VOLUME = "pool.volume";
    /** Number of active pools. */
    public static final String POOL_COUNT = "pool.count";
    /** Herfindahl index of the pools' shares, 0 to 1. */
    public static final String POOL_CONCENTRATION = "pool.concentration";
    /** Base reserve of the largest constant-product pool. */
    public static final String POOL_RESERVE_BASE = "pool.reserveBase";
    /** Quote reserve of the largest constant-product pool. */
    public static final String POOL_RESERVE_QUOTE = "pool.reserveQuote";
    /** Funding rate that a perpetual settles at the close of the row, as a fraction; NaN where none is. */
    public static final String FUNDING_RATE = "funding.rate";
    /** Market capitalisation in quote currency. */
    public static final String MARKET_CAP = "market.cap";
    /** Token transfers of the bar. */
    public static final String CHAIN_TRANSFERS = "chain.transfers";
    /**
     * Appended to the name of a column: when each of its values could first be known, in seconds since 1970 UTC. A column
     * without such a companion is known at the close of its bar.
     */
    public static final String AVAILABLE_AT = ".availableAt";

    private Columns() {}
}
