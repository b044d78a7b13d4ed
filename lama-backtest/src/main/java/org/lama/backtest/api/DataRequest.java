package org.lama.backtest.api;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Instrument;

/**
 * Which data a study runs on: files, a store, or the synthetic market when neither is given.
 *
 * @param path file, directory of files or folder of a store; empty for the synthetic market
 * @param symbols symbols to keep, in this order; empty for all
 * @param from first bar open to keep, inclusive
 * @param to bar open to stop before, exclusive
 * @param interval bar length to resample to; empty for the file's own
 * @param venue upper-case venue of the instruments (default UNKNOWN)
 * @param kind SPOT or PERP (default SPOT)
 * @param volumeInQuote true if the volume column counts quote currency, as Yahoo's does
 * @param syntheticAssets symbols of the synthetic market (default 20)
 * @param syntheticDays days of the synthetic market (default 1461, four years)
 * @param database address of a store on a server, without password; empty for none
 * @param joins further series of the store beside the bars, {@code KIND} or {@code KIND=ID}, such as {@code open_interest} or
 *     {@code metrics=COINGECKO.SPOT.BITCOIN}: columns of what was known at each close
 * @param syntheticMarket which generated data set it is where data are generated (default synthetic): synthetic-books has books
 *     with planted anomalies that foretell risk, synthetic-books-null those that foretell nothing
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record DataRequest(
        Optional<Path> path,
        List<String> symbols,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<Duration> interval,
        String venue,
        Instrument.Kind kind,
        boolean volumeInQuote,
        int syntheticAssets,
        int syntheticDays,
        Optional<String> database,
        List<String> joins,
        String syntheticMarket) {
    private static final String PLAIN = "synthetic";
    private static final Pattern PASSWORD = Pattern.compile("://[^/@]*:[^/]*@|[?&]password=");

    /**
     * Checks ranges and copies the list.
     *
     * @param path file, directory of files or folder of a store; empty for the synthetic market
     * @param symbols symbols to keep, in this order; empty for all
     * @param from first bar open to keep, inclusive
     * @param to bar open to stop before, exclusive
     * @param interval bar length to resample to; empty for the file's own
     * @param venue upper-case venue of the instruments (default UNKNOWN)
     * @param kind SPOT or PERP (default SPOT)
     * @param volumeInQuote true if the volume column counts quote currency, as Yahoo's does
     * @param syntheticAssets symbols of the synthetic market (default 20)
     * @param syntheticDays days of the synthetic market (default 1461, four years)
     * @param database address of a store on a server, without password; empty for none
     * @param joins further series of the store beside the bars, {@code KIND} or {@code KIND=ID}
     * @param syntheticMarket which generated data set it is where data are generated
     */
    public DataRequest {
        Check.notNull(path, "path");
        Check.notNull(database, "database");
        Check.that(path.isEmpty() || database.isEmpty(), "give a path or a database, not both");
        // the address stands in results
        Check.that(
                database.isEmpty() || !PASSWORD.matcher(database.get()).find(),
                "database must be an address without password; put it into the environment variable LAMA_DB_PASSWORD");
        symbols = List.copyOf(symbols);
        joins = List.copyOf(joins);
        StoreJoin.check(joins);
        Check.that(
                from.isEmpty() || to.isEmpty() || from.get().isBefore(to.get()),
                "from must lie before to, got " + from.orElse(null) + " and " + to.orElse(null));
        Check.that(
                interval.isEmpty()
                        || (!interval.get().isNegative() && !interval.get().isZero()),
                "interval must be longer than zero");
        Check.notBlank(venue, "venue");
        Check.that(
                kind == Instrument.Kind.SPOT || kind == Instrument.Kind.PERP, "kind must be SPOT or PERP, got " + kind);
        Check.atLeast(syntheticAssets, 1, "syntheticAssets");
        Check.atLeast(syntheticDays, 2, "syntheticDays");
        Check.notBlank(syntheticMarket, "syntheticMarket");
    }

    /**
     * The synthetic market of 20 assets and four years.
     *
     * @return the request
     */
    public static DataRequest synthetic() {
        return synthetic(20, 1461);
    }

    /**
     * A synthetic market of another size.
     *
     * @param assets symbols, at least 1
     * @param days days, at least 2
     * @return the request
     */
    public static DataRequest synthetic(int assets, int days) {
        return new DataRequest(
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "UNKNOWN",
                Instrument.Kind.SPOT,
                false,
                assets,
                days,
                Optional.empty(),
                List.of(),
                PLAIN);
    }

    /**
     * All bars of a file, a directory of files or a store.
     *
     * @param path where the data are
     * @return the request
     */
    public static DataRequest of(Path path) {
        return synthetic().withPath(path);
    }

    /**
     * The same data found somewhere else.
     *
     * @param moved the new place
     * @return a copy
     */
    public DataRequest withPath(Path moved) {
        Draft copy = new Draft(this);
        copy.path = Optional.of(moved);
        copy.database = Optional.empty();
        return copy.request();
    }

    /**
     * The same on a server.
     *
     * @param url address of the database, without password
     * @return a copy
     */
    public DataRequest withDatabase(String url) {
        Draft copy = new Draft(this);
        copy.path = Optional.empty();
        copy.database = Optional.of(url);
        return copy.request();
    }

    /**
     * The same data with some symbols only.
     *
     * @param wanted symbols to keep, in this order; empty for all
     * @return a copy
     */
    public DataRequest withSymbols(List<String> wanted) {
        Draft copy = new Draft(this);
        copy.symbols = wanted;
        return copy.request();
    }

    /**
     * The same data in another range.
     *
     * @param first first bar open to keep; empty for all
     * @param end bar open to stop before; empty for all
     * @return a copy
     */
    public DataRequest withRange(Optional<Instant> first, Optional<Instant> end) {
        Draft copy = new Draft(this);
        copy.from = first;
        copy.to = end;
        return copy.request();
    }

    /**
     * The same data with bars of another length.
     *
     * @param length bar length; empty for the data's own
     * @return a copy
     */
    public DataRequest withInterval(Optional<Duration> length) {
        Draft copy = new Draft(this);
        copy.interval = length;
        return copy.request();
    }

    /**
     * The same request for another generated market.
     *
     * @param name name of the data set, such as {@code synthetic-books}
     * @return a copy
     */
    public DataRequest withSyntheticMarket(String name) {
        Draft copy = new Draft(this);
        copy.syntheticMarket = name;
        return copy.request();
    }

    /**
     * The same data as another instrument's.
     *
     * @param name upper-case venue
     * @param type SPOT or PERP
     * @return a copy
     */
    public DataRequest withInstrument(String name, Instrument.Kind type) {
        Draft copy = new Draft(this);
        copy.venue = name;
        copy.kind = type;
        return copy.request();
    }

    /**
     * The same data, their volume told to count quote currency.
     *
     * @return a copy
     */
    public DataRequest withVolumeInQuote() {
        Draft copy = new Draft(this);
        copy.volumeInQuote = true;
        return copy.request();
    }

    /**
     * Whether the data are generated, because no path and no database is named.
     *
     * @return true if so
     */
    public boolean isSynthetic() {
        return path.isEmpty() && database.isEmpty();
    }

    /** The components while a copy is made, so that each copy names only what differs. */
    private static final class Draft {
        private final DataRequest base;
        private Optional<Path> path;
        private List<String> symbols;
        private Optional<Instant> from;
        private Optional<Instant> to;
        private Optional<Duration> interval;
        private String venue;
        private Instrument.Kind kind;
        private boolean volumeInQuote;
        private Optional<String> database;
        private String syntheticMarket;

        private Draft(DataRequest base) {
            this.base = base;
            path = base.path;
            symbols = base.symbols;
            from = base.from;
            to = base.to;
            interval = base.interval;
            venue = base.venue;
            kind = base.kind;
            volumeInQuote = base.volumeInQuote;
            database = base.database;
            syntheticMarket = base.syntheticMarket;
        }

        private DataRequest request() {
            return new DataRequest(
                    path,
                    symbols,
                    from,
                    to,
                    interval,
                    venue,
                    kind,
                    volumeInQuote,
                    base.syntheticAssets,
                    base.syntheticDays,
                    database,
                    base.joins,
                    syntheticMarket);
        }
    }
}
