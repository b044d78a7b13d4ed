package org.lama.core.sources;

import java.io.IOException;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.base.Named;
import org.lama.core.series.Provenance;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * A venue or vendor that gives market records. Every batch says where it came from; what was dropped, doubled or not
 * finished is counted in its issues. Only finished bars are given: their close lies before the venue's time. Making a
 * source sends nothing. Implementations are thread-safe: threads share the venue's budget.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface Source extends Named {
    /**
     * The venue in ids of instruments.
     *
     * @return upper case, such as {@code BINANCE}
     */
    String venue();

    /**
     * Under which name it is remembered what was fetched.
     *
     * @return the name; that of the first link for a chain, whose other links claim nothing
     */
    default String journal() {
        return name();
    }

    /**
     * How far its values can be trusted.
     *
     * @return the kind of provenance of all it gives
     */
    Provenance.Kind origin();

    /**
     * Against what the adapter was run.
     *
     * @return the standing
     */
    Standing standing();

    /**
     * What it gives.
     *
     * @return each kind once
     */
    List<Offer> offers();

    /**
     * The instruments it knows.
     *
     * @return in the order of the source; those that have no canonical id are left out
     * @throws IOException if they cannot be had
     */
    List<Listing> listings() throws IOException;

    /**
     * Fetches, and hands over in batches: symbol by symbol in the order of the request, ascending in time within each.
     * Memory is bounded by a batch.
     *
     * @param request what is wanted
     * @param receiver takes the batches; an exception of it ends the fetch
     * @throws IOException if it cannot be had: {@link SourceException} or {@link org.lama.core.net.NetException}; what
     *     was handed over before is whole
     */
    void fetch(FetchRequest request, Receiver receiver) throws IOException;

    /**
     * What is given of a kind.
     *
     * @param kind the kind
     * @return the offer
     * @throws SourceException if the source does not give it, naming what it gives
     */
    default Offer offer(RecordKind kind) throws SourceException {
        for (Offer offer : offers()) {
            if (offer.kind() == kind) {
                return offer;
            }
        }
        throw new SourceException(
                SourceException.Reason.NOT_OFFERED,
                name(),
                kind.folder(),
                "gives no " + kind.folder() + ", only "
                        + offers().stream().map(offer -> offer.kind().folder()).toList());
    }

    /** Against what an adapter was run. */
    enum Standing {
        /** Against the real host. */
        REAL_HOST,
        /** Against replies that others recorded from the real host, never against the host itself. */
        RECORDED,
        /** Against replies that we wrote from the documentation. */
        SHAPE_ONLY,
        /** There is no host: the values are made here. */
        GENERATED
    }

    /** How far back a kind goes. */
    enum Reach {
        /** As far as the venue has it. */
        HISTORY,
        /** Some days or rows only. */
        RECENT,
        /** The present state only; the range of a request is not used. */
        NOW
    }

    /**
     * What a source gives of a kind.
     *
     * @param kind the kind
     * @param reach how far back
     * @param note limits and meaning in words
     */
    record Offer(RecordKind kind, Reach reach, String note) {
        /**
         * Checks the parts.
         *
         * @param kind the kind
         * @param reach how far back
         * @param note limits and meaning in words
         */
        public Offer {
            Check.notNull(kind, "kind");
            Check.notNull(reach, "reach");
            Check.notNull(note, "note");
        }
    }

    /** Takes batches. */
    @FunctionalInterface
    interface Receiver {
        /**
         * Takes a batch.
         *
         * @param batch the batch
         * @throws IOException if it cannot be kept
         */
        void batch(Batch batch) throws IOException;
    }

    /**
     * Rows of a batch that broke the rules of their kind and were left out. The stretch is one, however many they are, so
     * that a venue that never mends them costs one more question a batch.
     *
     * @param rows how many
     * @param fromNanos begin of the stretch in which they lie
     * @param toNanos its end, exclusive; for bars the end of the last one
     */
    record Refused(long rows, long fromNanos, long toNanos) {
        /** Not one. */
        public static final Refused NONE = new Refused(0, 0, 0);

        /**
         * Checks the parts.
         *
         * @param rows at least 0
         * @param fromNanos begin
         * @param toNanos end, after the begin where there are rows
         */
        public Refused {
            Check.that(
                    rows == 0 ? fromNanos == toNanos : rows > 0 && fromNanos < toNanos,
                    "refused rows must lie in a stretch that is longer than zero");
        }

        /**
         * One row more.
         *
         * @param time its time
         * @param lasts its length, at least 1 ns
         * @return the rows with it
         */
        public Refused plus(long time, long lasts) {
            return rows == 0
                    ? new Refused(1, time, time + lasts)
                    : new Refused(rows + 1, Math.min(fromNanos, time), Math.max(toNanos, time + lasts));
        }
    }

    /**
     * Rows of one series.
     *
     * @param key of which series
     * @param rows ascending by time and sequence, with the columns of the kind; may be empty
     * @param provenance where they came from
     * @param issues what was dropped, doubled, refused or replaced on the way, each rule once with its count
     * @param coveredFromNanos from here to the end of the cover the source gave all it has; the cover is empty where
     *     nothing is claimed, as for states of now and for rows of a fallback
     * @param coveredToNanos end of the cover, exclusive
     * @param refused rows that broke the rules of their kind; their stretch is not covered, wherever the cover lies
     */
    record Batch(
            SeriesKey key,
            ParquetTable rows,
            Provenance provenance,
            List<Issue> issues,
            long coveredFromNanos,
            long coveredToNanos,
            Refused refused) {
        /**
         * Checks the parts.
         *
         * @param key of which series
         * @param rows the rows
         * @param provenance where they came from
         * @param issues what was wrong
         * @param coveredFromNanos begin of the cover
         * @param coveredToNanos end of the cover, not before its begin
         * @param refused rows that broke the rules of their kind
         */
        public Batch {
            Check.notNull(refused, "refused");
            Check.notNull(key, "key");
            Check.notNull(rows, "rows");
            Check.notNull(provenance, "provenance");
            issues = List.copyOf(issues);
            Check.that(
                    coveredFromNanos <= coveredToNanos,
                    "the cover must not end before it begins, got " + coveredFromNanos + " and " + coveredToNanos);
        }
    }
}
