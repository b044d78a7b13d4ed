package org.lama.core.store;

import java.util.List;
import org.lama.core.base.Api;

/**
 * What a stored series holds, and with which columns. Every kind has {@link #TIME} (when it happened) and
 * {@link #AVAILABLE} (when it could be known), kinds with several rows at one time also {@link #SEQUENCE}. Prices are
 * in quote currency, sizes in base currency, unless said otherwise.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public enum RecordKind {
    /** Bars; the time is their open. */
    BARS(
            "bars",
            Partition.YEAR,
            false,
            required("open"),
            required("high"),
            required("low"),
            required("close"),
            optional("volume"),
            optional("quote_volume"),
            optional("trades"),
            optional("taker_buy_volume")),
    /** The venue's tape; side is 0 for a sell aggressor, 1 for a buy aggressor, -1 if unknown. */
    TRADES("trades", Partition.DAY, true, required("price"), required("size"), whole("side")),
    /** Changes of price levels; side 0 bid, 1 ask; size 0 removes the level. */
    BOOK_UPDATES(
            "book_updates",
            Partition.DAY,
            true,
            whole("side"),
            required("price"),
            required("size"),
            wholeOptional("first_update"),
            wholeOptional("last_update"),
            wholeOptional("previous_update")),
    /** Whole books, one row per level; side 0 bid, 1 ask; level counts from 0 at the best price. */
    BOOK_SNAPSHOTS(
            "book_snapshots",
            Partition.DAY,
            true,
            whole("side"),
            whole("level"),
            required("price"),
            required("size"),
            wholeOptional("last_update")),
    /** Best bid and ask. */
    QUOTES("quotes", Partition.DAY, true, required("bid"), required("bid_size"), required("ask"), required("ask_size")),
    /** Funding of perpetuals: the rate of the interval that ends at the time, as a fraction. */
    FUNDING("funding", Partition.YEAR, false, required("rate"), optional("mark_price"), optional("interval_hours")),
    /** Open interest in base currency, and in quote currency. */
    OPEN_INTEREST("open_interest", Partition.YEAR, false, required("open_interest"), optional("open_interest_value")),
    /** Option quotes with volatilities as fractions a year and greeks as the venue says them. */
    OPTION_QUOTES(
            "option_quotes",
            Partition.DAY,
            true,
            optional("bid"),
            optional("ask"),
            optional("mark"),
            optional("last"),
            optional("bid_iv"),
            optional("ask_iv"),
            optional("mark_iv"),
            optional("delta"),
            optional("gamma"),
            optional("vega"),
            optional("theta"),
            optional("rho"),
            optional("underlying"),
            optional("open_interest"),
            optional("volume")),
    /**
     * States of on-chain pools; further numeric columns are kept under their own names. {@code liquidity}, {@code
     * sqrt_price} and {@code tick} are in the chain's own units, whoever delivers them: the raw integer of liquidity, the
     * root of token 1 per token 0 in their smallest units (sqrtPriceX96 / 2^96), and the base-1.0001 logarithm of its
     * square, rounded down.
     */
    POOLS(
            "pools",
            Partition.MONTH,
            true,
            wholeOptional("block"),
            optional("tvl"),
            optional("volume"),
            optional("fees"),
            optional("liquidity"),
            optional("sqrt_price"),
            optional("tick"),
            optional("reserve_base"),
            optional("reserve_quote")),
    /** Any other numbers over time: market capitalisation, rates, gas, holders. Columns are the writer's own. */
    METRICS("metrics", Partition.YEAR, false);

    /** Name of the column with the time at which a row happened, UTC epoch nanoseconds. */
    public static final String TIME = "time";
    /** Name of the column with the time at which a row could first be known, UTC epoch nanoseconds. */
    public static final String AVAILABLE = "available";
    /** Name of the column that tells rows of one time apart: the venue's number, else the place in file order. */
    public static final String SEQUENCE = "seq";

    /**
     * Stands for a missing whole number: in a whole column that a row was written without. Missing numbers are NaN,
     * missing texts empty.
     */
    public static final long MISSING = Long.MIN_VALUE;

    private final String folder;
    private final Partition partition;
    private final boolean sequenced;

    @SuppressWarnings("ImmutableEnumChecker") // a copy of immutable records
    private final List<Field> fields;

    RecordKind(String folder, Partition partition, boolean sequenced, Field... fields) {
        this.folder = folder;
        this.partition = partition;
        this.sequenced = sequenced;
        this.fields = List.of(fields);
    }

    /** How much time one file holds. */
    public enum Partition {
        /** A UTC day. */
        DAY,
        /** A calendar month. */
        MONTH,
        /** A calendar year. */
        YEAR
    }

    /**
     * A column of a kind.
     *
     * @param name its name
     * @param whole whether it holds integers
     * @param required whether every table must have it
     */
    public record Field(String name, boolean whole, boolean required) {}

    private static Field required(String name) {
        return new Field(name, false, true);
    }

    private static Field optional(String name) {
        return new Field(name, false, false);
    }

    private static Field whole(String name) {
        return new Field(name, true, true);
    }

    private static Field wholeOptional(String name) {
        return new Field(name, true, false);
    }

    /**
     * The name in paths, tables and commands.
     *
     * @return lower case
     */
    public String folder() {
        return folder;
    }

    /**
     * How much time one file holds. Bars shorter than an hour take {@link Partition#MONTH}.
     *
     * @param barNanos bar length, 0 for other kinds
     * @return the partition
     */
    public Partition partition(long barNanos) {
        return this == BARS && barNanos < 3_600_000_000_000L ? Partition.MONTH : partition;
    }

    /**
     * Whether several rows may have one time, told apart by {@link #SEQUENCE}.
     *
     * @return true if so
     */
    public boolean sequenced() {
        return sequenced;
    }

    /**
     * The known columns besides time, availability and sequence. Others are kept as they come.
     *
     * @return in order
     */
    public List<Field> fields() {
        return fields;
    }
}
