package org.lama.core.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.series.Provenance;

/**
 * Where market records of any length are kept. Rows of a series are ordered by (time, sequence) and known by it: an
 * equal row written again is dropped, a row with other values is a revision, kept beside the first one with its own
 * {@code available}; a read gives the last revision that was available at the time asked for. One writer at a time, any
 * number of readers in any number of processes; a reader sees whole partitions as they were before or after a write,
 * never a mixture within one.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface MarketStore extends Closeable {
    /**
     * Adds rows. Rows that the kind's rules refuse (NaN or non-positive prices, negative sizes, unknown sides, time
     * missing) are not stored but counted and named in the report. Idempotent: the same call again changes nothing.
     *
     * @param key of which series
     * @param rows with {@code time}, the kind's required columns, and {@code seq} or none: then the place among rows of
     *     equal time; without {@code available} a row is known at its time (bars: at their close)
     * @param provenance where they came from
     * @param strict whether a revision stops the write
     * @return what became of the rows
     * @throws IOException if nothing, or not all, could be written: the partitions written before stay, each whole
     */
    Written write(SeriesKey key, ParquetTable rows, Provenance provenance, boolean strict) throws IOException;

    /** Several writes. */
    @FunctionalInterface
    interface Writes {
        /**
         * Writes.
         *
         * @throws IOException if it cannot be done
         */
        void run() throws IOException;
    }

    /**
     * Runs writes of this store that may reach the disk together, which is quicker for many small ones. Until it returns
     * nobody may see their rows, this store included; when it returns, normally or not, all that was written is kept as
     * after each write alone.
     *
     * @param writes the writes; what they return counts once this method has returned
     * @throws IOException if they fail, or what they wrote cannot be kept
     */
    default void together(Writes writes) throws IOException {
        writes.run();
    }

    /**
     * Reads rows in time order in batches whose memory does not grow with the range.
     *
     * @param query which rows and columns
     * @return the batches; close it
     * @throws IOException if a file is broken, naming it, or the series does not exist, naming the nearest
     */
    Batches scan(Query query) throws IOException;

    /**
     * As {@link #scan(Query)}, but with every version of each row. Where the query names no columns, {@code _revision} of a
     * folder's store tells of each how many versions of its row were written before.
     *
     * @param query which rows and columns; with a time those versions that were known by then
     * @return the batches, in which the versions of a row follow each other, of those known at one moment the one that
     *     counts last; as {@link #scan(Query)} of a store that keeps one version only; close it
     * @throws IOException as {@link #scan(Query)}
     */
    default Batches scanVersions(Query query) throws IOException {
        return scan(query);
    }

    /**
     * Reads all rows of a query at once.
     *
     * @param query which rows and columns
     * @return one table, with no row if there is none in the range
     * @throws IOException as {@link #scan(Query)}
     */
    ParquetTable read(Query query) throws IOException;

    /**
     * The later versions of rows: those written with other values than the ones that were there. A version whose {@code
     * available} is that of the first one came without a word on when it became known.
     *
     * @param query which rows; its columns do not matter
     * @return {@code time} and {@code available} of every version but the first, in the order of time; of a store that
     *     keeps one version only none
     * @throws IOException as {@link #scan(Query)}
     */
    default ParquetTable revisions(Query query) throws IOException {
        return ParquetTable.builder(0)
                .times(RecordKind.TIME, new long[0])
                .times(RecordKind.AVAILABLE, new long[0])
                .build();
    }

    /**
     * What is there, by name.
     *
     * @return one entry for each series
     * @throws IOException if it cannot be told
     */
    List<Entry> catalogue() throws IOException;

    /**
     * The series that are there, by name; cheaper than {@link #catalogue()} where that reads more than names.
     *
     * @return one key for each series
     * @throws IOException if it cannot be told
     */
    default List<SeriesKey> keys() throws IOException {
        return catalogue().stream().map(Entry::key).toList();
    }

    /**
     * What is known of one series; cheaper than {@link #catalogue()} where that reads more than this one.
     *
     * @param key the series
     * @return its entry, empty if it is not there
     * @throws IOException if it cannot be told
     */
    default Optional<Entry> entry(SeriesKey key) throws IOException {
        return catalogue().stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    /**
     * A text that is kept beside the records, such as what happened to instruments.
     *
     * @param name its name: lower-case letters, at most 40, not {@code store}
     * @return the text; empty if nobody kept one
     * @throws IOException if it cannot be read
     */
    Optional<String> document(String name) throws IOException;

    /**
     * Keeps a text beside the records, over what had its name.
     *
     * @param name its name: lower-case letters, at most 40, not {@code store}
     * @param text what to keep
     * @throws IOException if it cannot be written: then what was there stays
     */
    void keepDocument(String name, String text) throws IOException;

    /** Batches of rows, one after the other. Not thread-safe. */
    interface Batches extends Closeable {
        /**
         * The next rows.
         *
         * @return rows in time order, or null after the last
         * @throws IOException if they cannot be read
         */
        @Nullable
        ParquetTable next() throws IOException;
    }

    /**
     * Which rows of a series.
     *
     * @param key the series
     * @param fromNanos first time, inclusive
     * @param toNanos end, exclusive
     * @param columns wanted columns besides time; empty for all
     * @param availableBy only rows known by then, in the revision known by then; empty for the latest
     */
    record Query(SeriesKey key, long fromNanos, long toNanos, List<String> columns, OptionalLong availableBy) {
        /**
         * Checks the range.
         *
         * @param key the series
         * @param fromNanos first time, inclusive
         * @param toNanos end, exclusive, not before the first
         * @param columns wanted columns besides time; empty for all
         * @param availableBy only rows known by then; empty for the latest
         */
        public Query {
            Check.notNull(key, "key");
            Check.that(fromNanos <= toNanos, "from must not lie after to, got " + fromNanos + " and " + toNanos);
            columns = List.copyOf(columns);
        }

        /**
         * Every row and column of a series.
         *
         * @param key the series
         * @return the query
         */
        public static Query all(SeriesKey key) {
            return new Query(key, Long.MIN_VALUE, Long.MAX_VALUE, List.of(), OptionalLong.empty());
        }

        /**
         * A copy over another range.
         *
         * @param from first time, inclusive, UTC epoch nanoseconds
         * @param to end, exclusive
         * @return the copy
         */
        public Query between(long from, long to) {
            return new Query(key, from, to, columns, availableBy);
        }

        /**
         * A copy with some columns only.
         *
         * @param names the columns besides time
         * @return the copy
         */
        public Query only(List<String> names) {
            return new Query(key, fromNanos, toNanos, names, availableBy);
        }

        /**
         * A copy as of a time.
         *
         * @param nanos UTC epoch nanoseconds
         * @return the copy
         */
        public Query knownBy(long nanos) {
            return new Query(key, fromNanos, toNanos, columns, OptionalLong.of(nanos));
        }
    }

    /**
     * What became of written rows.
     *
     * @param added new rows
     * @param duplicates equal rows that were there
     * @param revisions rows with other values than those that were there
     * @param refused rows that a rule refused
     * @param issues one for each rule broken, with its count and first place
     */
    record Written(long added, long duplicates, long revisions, long refused, List<Issue> issues) {
        /**
         * Copies the list.
         *
         * @param added new rows
         * @param duplicates equal rows that were there
         * @param revisions rows with other values than those that were there
         * @param refused rows that a rule refused
         * @param issues one for each rule broken
         */
        public Written {
            issues = List.copyOf(issues);
        }
    }

    /**
     * One series of the catalogue.
     *
     * @param key the series
     * @param rows its rows, revisions included
     * @param fromNanos time of the first row
     * @param toNanos time of the last row
     * @param bytes on disk, 0 if the store cannot tell
     * @param provenance where its rows came from, each origin once
     */
    record Entry(SeriesKey key, long rows, long fromNanos, long toNanos, long bytes, List<Provenance> provenance) {
        /**
         * Copies the list.
         *
         * @param key the series
         * @param rows its rows, revisions included
         * @param fromNanos time of the first row
         * @param toNanos time of the last row
         * @param bytes on disk, 0 if the store cannot tell
         * @param provenance where its rows came from
         */
        public Entry {
            provenance = List.copyOf(provenance);
        }
    }
}
