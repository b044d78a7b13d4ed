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
 * @param firstNanos when each of them was seen first, by the times of receipt of the rows, UTC epoch nanoseconds; one that
 *     was seen before any time is not in it
 * @param messages messages read, at least 0
 * @param shiftNanos what was added to all times of receipt, 0 unless messages came before they were sent
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record BookTape(
        BookEvents events, Map<Flaw, Long> flaws, Map<Flaw, Long> firstNanos, long messages, long shiftNanos) {
    /**
     * Keeps the counts in the order of the flaws.
     *
     * @param events the rows
     * @param flaws what was wrong, how often; what never was is not in it
     * @param firstNanos when each of them was seen first, by the times of receipt of the rows, UTC epoch nanoseconds; one
     *     that was seen before any time is not in it
     * @param messages messages read, at least 0
     * @param shiftNanos what was added to all times of receipt, 0 unless messages came before they were sent
     */
    public BookTape {
        Check.notNull(events, "events");
        Check.that(messages >= 0, "messages must be >= 0, got " + messages);
        flaws = ordered(flaws);
        firstNanos = ordered(firstNanos);
    }

    private static Map<Flaw, Long> ordered(Map<Flaw, Long> numbers) {
        Map<Flaw, Long> copy = new EnumMap<>(Flaw.class);
        copy.putAll(numbers);
        return Collections.unmodifiableMap(copy);
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
        UNREADABLE("lines that are no time and message; left out"),
        /** A message of another kind; left out. */
        OTHER_MESSAGE("messages of another kind; left out"),
        /** A message of another symbol than the one that is read; left out. */
        OTHER_SYMBOL("messages of another symbol than the one that is read; left out"),
        /** A file that breaks off, as that of a recorder that still runs or crashed; its last line is left out. */
        CUT_OFF("the file breaks off, as that of a recorder that crashed or still runs; its last line is left out"),
        /** Changes without any snapshot that they can be joined with: there is no book. */
        NO_SNAPSHOT("changes that no snapshot could be joined with: there is no book"),
        /** Numbers that do not follow each other: the book is gone until the next snapshot. */
        GAP("holes in the numbers of changes; the book is gone until the next snapshot"),
        /** A snapshot that ends before the first change that was put aside; not joined. */
        SNAPSHOT_TOO_OLD("snapshots from before the first change; not joined"),
        /** A change that the book held already; left out. */
        STALE_CHANGE("changes that the book held already; left out"),
        /** Bid at the ask or above it: the book is gone until the next snapshot. */
        CROSSED("bid at the ask or above it; the book is gone until the next snapshot"),
        /** Nothing came about the book for too long, whatever else came: it is gone until the next snapshot. */
        SILENCE("nothing came about the book for too long; it is gone until the next snapshot"),
        /** A price that is none. In a change of the book: it is gone until the next snapshot. */
        BAD_PRICE("prices that are none; a book that they change is gone until the next snapshot"),
        /** A size that is none: negative, or 0 of a trade. In a change of the book: it is gone until the next snapshot. */
        BAD_SIZE("sizes below 0, or 0 of a trade; a book that they change is gone until the next snapshot"),
        /** A price or size between the steps of the scale; rounded to the nearest. */
        OFF_GRID("prices or sizes between the steps of tick and lot; rounded"),
        /** A trade whose aggressor is unknown; left out. In a change of the book: it is gone until the next snapshot. */
        UNKNOWN_SIDE("sides that are neither; such a trade is left out, such a book gone until the next snapshot"),
        /** A trade whose number is not above the last one; left out. */
        TRADE_AGAIN("trades that had come already; left out"),
        /** A trade from before the feed began; left out. */
        BEFORE_START("trades from before the feed began; left out"),
        /** A time of receipt that cannot be right; the venue's time and the usual latency stand instead. */
        LOCAL_WRONG("times of receipt that cannot be right; the venue's time and the usual latency stand instead"),
        /** A time at the venue that cannot be right; the time of receipt less the usual latency stands instead. */
        EXCHANGE_WRONG("times at the venue that cannot be right; the time of receipt less the usual latency stands"
                + " instead"),
        /** A time of receipt before the one above; it stands still instead. */
        LOCAL_STEPS_BACK("times of receipt before the one above; they stand still"),
        /** A time at the venue before the one above; it stands still instead. */
        EXCHANGE_STEPS_BACK("times at the venue before the one above; they stand still"),
        /** A message without a time at the venue: it is taken to have come as fast as the last ones that tell theirs. */
        NO_EXCHANGE_TIME(
                "messages without a time at the venue; taken to come as fast as the last ones that tell theirs"),
        /** A message that came before it was sent: the receiver's clock is behind. */
        RECEIVED_EARLY("messages that came before they were sent; the receiver's clock is behind"),
        /** A best quote older than the book; left out. */
        OLD_QUOTE("best quotes older than the book; left out"),
        /** A level of a change that a newer best quote has overtaken; left out. */
        OLDER_THAN_QUOTE("levels that a newer best quote has overtaken; left out");

        private final String words;

        Flaw(String words) {
            this.words = words;
        }

        /**
         * What it is and what is done about it.
         *
         * @return a line for people
         */
        public String words() {
            return words;
        }
    }
}
