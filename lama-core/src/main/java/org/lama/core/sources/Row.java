package org.lama.core.sources;

import java.util.Arrays;

/**
 * One row on its way from a source to a table; equal only to itself. Not copied: whoever makes it gives its array away.
 *
 * @param time when it happened, UTC epoch nanoseconds
 * @param available when it could be known; {@link #UNSAID} for what follows from the kind
 * @param seq the venue's number, 0 for kinds without one
 * @param values in the order of the columns of the feed
 */
@SuppressWarnings("ArrayRecordComponent") // not copied on purpose, and not compared by record equality
record Row(long time, long available, long seq, double... values) {
    static final long UNSAID = Long.MIN_VALUE;

    /** A row that is known when the rules of its kind say so. */
    static Row at(long time, long seq, double... values) {
        return new Row(time, UNSAID, seq, values);
    }

    /** Whether this row comes after a place in its series. */
    boolean isAfter(long otherTime, long otherSeq) {
        return time > otherTime || (time == otherTime && seq > otherSeq);
    }

    boolean isSame(Row other) {
        return time == other.time && seq == other.seq && Arrays.equals(values, other.values);
    }
}
