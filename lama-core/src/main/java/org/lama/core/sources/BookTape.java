package org.lama.core.sources;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.book.BookEvents;

/**
 * A recorded feed of one book and its tape, with what was wrong in it. Rows are in the order in which they came; the book
 * that they build is whole only between {@link BookEvents#WHOLE} and {@link BookEvents#CLEAR}.
 *
 * @param events the rows
 * @param flaws what was wrong, how often; what never was is not in it
 * @param messages messages read, at least 0
 * @param shiftNanos what was added to all times of receipt, 0 unless messages came before they were sent
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record BookTape(BookEvents events, Map<Flaw, Long> flaws, long messages, long shiftNanos) {
    /**
     * Keeps the counts in the order of the flaws.
     *
     * @param events the rows
     * @param flaws what was wrong, how often; what never was is not in it
     * @param messages messages read, at least 0
     * @param shiftNanos what was added to all times of receipt, 0 unless messages came before they were sent
     */
    public BookTape {
        Check.notNull(events, "events");
        Check.that(messages >= 0, "messages must be >= 0, got " + messages);
        Map<Flaw, Long> copy = new EnumMap<>(Flaw.class);
        copy.putAll(flaws);
        flaws = Collections.unmodifiableMap(copy);
    }

    /**
     * How often something was wrong.
     *
     * @param flaw what
     * @return at least 0
     */
    public long count(Flaw flaw) {
        return flaws.getOrDefault(flaw, 0L);
    }

    /** What can be wrong in a feed. */
    public enum Flaw {
        /** A line that is no time and message; left out. */
        UNREADABLE,
        /** A message of another kind; left out. */
        OTHER_MESSAGE,
        /** Numbers that do not follow each other: the book is gone until the next snapshot. */
        GAP,
        /** A snapshot that ends before the first change that was put aside; not joined. */
        SNAPSHOT_TOO_OLD,
        /** A change that the book held already; left out. */
        STALE_CHANGE,
        /** Bid at the ask or above it: the book is gone until the next snapshot. */
        CROSSED,
        /** Nothing came for too long: the book is gone until the next snapshot. */
        SILENCE,
        /** A price that is none. In a change of the book: it is gone until the next snapshot. */
        BAD_PRICE,
        /** A size that is none: negative, or 0 of a trade. In a change of the book: it is gone until the next snapshot. */
        BAD_SIZE,
        /** A price or size between the steps of the scale; rounded to the nearest. */
        OFF_GRID,
        /** A trade whose aggressor is unknown; left out. */
        UNKNOWN_SIDE,
        /** A trade from before the feed began; left out. */
        BEFORE_START,
        /** A time of receipt before the one above; it stands still instead. */
        LOCAL_STEPS_BACK,
        /** A time at the venue before the one above; it stands still instead. */
        EXCHANGE_STEPS_BACK,
        /** A message without a time at the venue; it takes that of the message before. */
        NO_EXCHANGE_TIME,
        /** A message that came before it was sent: the receiver's clock is behind. */
        RECEIVED_EARLY,
        /** A best quote older than the book; left out. */
        OLD_QUOTE,
        /** A level of a change that a newer best quote has overtaken; left out. */
        OLDER_THAN_QUOTE
    }
}
