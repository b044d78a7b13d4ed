package org.lama.core.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.TimeSource;
import org.lama.core.market.InstrumentId;
import org.lama.core.series.Provenance;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/**
 * How files become series of a store. Immutable; start from {@link #defaults()} and change what differs.
 *
 * @param market {@code VENUE.KIND} of every file, for example {@code BINANCE.SPOT}; empty lets the names tell
 * @param names for the name or relative path of a file its {@code VENUE.KIND} or, if it holds one instrument, its whole
 *     id; goes before {@code market}
 * @param suspects what happens to rows whose time, volume or venue is proved wrong
 * @param kind how far the origin can be trusted
 * @param quarantine when a price is not believed
 * @param universe known events of instruments, which explain jumps
 * @param strict whether a revision stops the write
 * @param nowNanos the time of the import, UTC epoch nanoseconds: what ends after it is unfinished and not written; empty
 *     takes everything
 * @param volumes what the volumes of bars count
 * @param times how the times of text files are written; empty for the usual forms
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record ImportOptions(
        Optional<String> market,
        Map<String, String> names,
        Suspects suspects,
        Provenance.Kind kind,
        LoadOptions.Quarantine quarantine,
        Universe universe,
        boolean strict,
        OptionalLong nowNanos,
        Volumes volumes,
        Optional<TimeFormat> times) {
    /**
     * Checks that the markets and ids can be read.
     *
     * @param market {@code VENUE.KIND} of every file; empty lets the names tell
     * @param names for files their {@code VENUE.KIND} or whole id
     * @param suspects what happens to rows that are proved wrong
     * @param kind how far the origin can be trusted
     * @param quarantine when a price is not believed
     * @param universe known events of instruments
     * @param strict whether a revision stops the write
     * @param nowNanos the time of the import, if what is unfinished shall be told
     * @param volumes what the volumes of bars count
     * @param times how the times of text files are written; empty for the usual forms
     */
    public ImportOptions {
        market.ifPresent(Identity.Market::parse);
        names = Map.copyOf(names);
        names.values().forEach(ImportOptions::checkTarget);
        Check.notNull(universe, "universe");
    }

    /**
     * What happens to rows whose time, volume or venue is proved wrong, and to bars that one file gives two values: nothing
     * says which is right. Whatever is done stands in the report and in the note of the provenance.
     */
    public enum Suspects {
        /**
         * Rows in another time zone, of another venue or with two values are not written (default). Swapped volumes are
         * swapped back, for the price of each bar proves which is which.
         */
        HOLD,
        /** Everything is written as delivered, only named; of two values of a bar the one further down in the file counts. */
        KEEP,
        /** As HOLD, but times are shifted back and written. */
        REPAIR
    }

    /** What the column {@code volume} of bars counts where a file has no other column of volumes. */
    public enum Volumes {
        /** Money in files of Yahoo and CoinMarketCap, base currency in all others (default). */
        BY_VENDOR,
        /** Base currency. */
        BASE,
        /** Quote currency: it is kept as {@code quote_volume}. */
        QUOTE
    }

    private static void checkTarget(String target) {
        if (isInstrument(target)) {
            InstrumentId.parse(target);
        } else {
            Identity.Market.parse(target);
        }
    }

    /** Whether a target names an instrument and not just a market. */
    static boolean isInstrument(String target) {
        return target.indexOf('.') != target.lastIndexOf('.');
    }

    /**
     * Names tell the market, suspects are held, HISTORICAL, no known events, revisions do not stop, no time of the import.
     *
     * @return the defaults
     */
    public static ImportOptions defaults() {
        return new ImportOptions(
                Optional.empty(),
                Map.of(),
                Suspects.HOLD,
                Provenance.Kind.HISTORICAL,
                LoadOptions.Quarantine.defaults(),
                Universe.empty(),
                false,
                OptionalLong.empty(),
                Volumes.BY_VENDOR,
                Optional.empty());
    }

    /**
     * A copy with one market for every file.
     *
     * @param text {@code VENUE.KIND}
     * @return the copy
     */
    public ImportOptions withMarket(String text) {
        return new ImportOptions(
                Optional.of(text), names, suspects, kind, quarantine, universe, strict, nowNanos, volumes, times);
    }

    /**
     * A copy with the markets or ids of single files.
     *
     * @param files for the name or relative path of a file its {@code VENUE.KIND} or whole id
     * @return the copy
     */
    public ImportOptions withNames(Map<String, String> files) {
        return new ImportOptions(market, files, suspects, kind, quarantine, universe, strict, nowNanos, volumes, times);
    }

    /**
     * A copy with the markets or ids of single files from a JSON or YAML file that holds one object of texts.
     *
     * @param file the mapping file
     * @return the copy
     * @throws IOException if the file cannot be read or holds something else
     */
    public ImportOptions withNames(Path file) throws IOException {
        Node mapping = Documents.read(file);
        Map<String, String> files = new LinkedHashMap<>();
        for (String name : mapping.names()) {
            files.put(name, mapping.get(name).asText());
        }
        return withNames(files);
    }

    /**
     * A copy that treats suspects otherwise.
     *
     * @param treatment what happens to them
     * @return the copy
     */
    public ImportOptions withSuspects(Suspects treatment) {
        return new ImportOptions(
                market, names, treatment, kind, quarantine, universe, strict, nowNanos, volumes, times);
    }

    /**
     * A copy with another kind of origin.
     *
     * @param origin the kind
     * @return the copy
     */
    public ImportOptions withKind(Provenance.Kind origin) {
        return new ImportOptions(
                market, names, suspects, origin, quarantine, universe, strict, nowNanos, volumes, times);
    }

    /**
     * A copy that knows events of instruments.
     *
     * @param events the events
     * @return the copy
     */
    public ImportOptions withUniverse(Universe events) {
        return new ImportOptions(market, names, suspects, kind, quarantine, events, strict, nowNanos, volumes, times);
    }

    /**
     * A copy that stops at revisions, or does not.
     *
     * @param stop whether a revision stops the write
     * @return the copy
     */
    public ImportOptions withStrict(boolean stop) {
        return new ImportOptions(market, names, suspects, kind, quarantine, universe, stop, nowNanos, volumes, times);
    }

    /**
     * A copy that knows the time of the import, so that bars that have not ended and rows of the future are not taken.
     *
     * @param nanos UTC epoch nanoseconds
     * @return the copy
     */
    public ImportOptions withNow(long nanos) {
        return new ImportOptions(
                market, names, suspects, kind, quarantine, universe, strict, OptionalLong.of(nanos), volumes, times);
    }

    /**
     * A copy that has the time of this machine as the time of the import, if none was given.
     *
     * @return the copy
     */
    public ImportOptions orNow() {
        return nowNanos.isPresent() ? this : withNow(TimeSource.system().nowNanos());
    }

    /**
     * A copy that takes volumes otherwise.
     *
     * @param unit what they count
     * @return the copy
     */
    public ImportOptions withVolumes(Volumes unit) {
        return new ImportOptions(market, names, suspects, kind, quarantine, universe, strict, nowNanos, unit, times);
    }

    /**
     * A copy that reads the times of text tables in one form alone; exports of a store, recorded streams and Parquet files
     * keep theirs.
     *
     * @param form the form
     * @return the copy
     */
    public ImportOptions withTimes(TimeFormat form) {
        return new ImportOptions(
                market, names, suspects, kind, quarantine, universe, strict, nowNanos, volumes, Optional.of(form));
    }
}
