package org.lama.backtest.matching;

import org.lama.core.base.Api;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookView;

/**
 * The venue as it was when each message left it: the book, and the own orders that stand in its queues. The feed is not
 * changed by own orders. Time never steps back from one call to the next. Made by {@link Venues}. Not thread-safe;
 * allocates nothing once its arrays have room.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface Venue {
    /** What happens to an order that could fill at once, or cannot. */
    enum Terms {
        /** It fills as far as it can and rests with what is left. */
        REST,
        /** It rests, and is refused if it could fill at once. */
        POST_ONLY,
        /** It fills as far as it can at once, what is left is cancelled: IOC and market orders. */
        AT_ONCE,
        /** It fills whole at once or is cancelled whole: FOK. */
        ALL_AT_ONCE
    }

    /** Hears what the venue did with an order. */
    interface Answers {
        /**
         * An order stands in the book, or will once what meets it at once has filled.
         *
         * @param slot who
         * @param tsNanos when, at the venue
         */
        void accepted(int slot, long tsNanos);

        /**
         * A post-only order would have taken. It is gone.
         *
         * @param slot who
         * @param tsNanos when, at the venue
         */
        void refused(int slot, long tsNanos);

        /**
         * An order is gone because it was asked for, could not fill at once, or was made smaller than what had filled.
         *
         * @param slot who
         * @param tsNanos when, at the venue
         */
        void cancelled(int slot, long tsNanos);

        /**
         * The order to cancel was gone already.
         *
         * @param slot who
         * @param tsNanos when, at the venue
         */
        void notCancelled(int slot, long tsNanos);

        /**
         * An order was changed.
         *
         * @param slot who
         * @param tsNanos when, at the venue
         * @param ticks its new limit
         * @param lots its new size, filled parts included
         */
        void amended(int slot, long tsNanos, int ticks, long lots);

        /**
         * The order to change was gone already.
         *
         * @param slot who
         * @param tsNanos when, at the venue
         */
        void notAmended(int slot, long tsNanos);

        /**
         * An order filled, wholly or in part.
         *
         * @param slot who
         * @param tsNanos when, at the venue
         * @param ticks at what price
         * @param lots how much, above 0
         * @param left what of it may still fill or be cancelled; 0 if it is gone
         * @param maker whether it rested
         */
        void filled(int slot, long tsNanos, int ticks, long lots, long left, boolean maker);
    }

    /**
     * The book at the venue.
     *
     * @return a live view
     */
    BookView book();

    /**
     * How often a new best price met the other side.
     *
     * @return at least 0
     */
    long crossings();

    /**
     * Own orders at rest.
     *
     * @return at least 0
     */
    int resting();

    /**
     * What stands before an own order at its price, as the model of queues sees it.
     *
     * @param who by what the order is known here
     * @return base units, 0 if it is the first; NaN if no such order rests
     */
    double sizeAhead(int who);

    /**
     * Takes a row of the feed at its time at the venue.
     *
     * @param events the feed
     * @param row which row
     * @param now when the venue said it
     * @throws IllegalArgumentException if the feed tells levels where orders are needed, or the other way round
     */
    void row(BookEvents events, int row, long now);

    /**
     * An order arrives.
     *
     * @param who by what it is known here, not used by another order at rest
     * @param buy whether it buys
     * @param price its limit in ticks
     * @param lots its size, above 0
     * @param terms what it may do
     * @param now when it arrives
     */
    void place(int who, boolean buy, int price, long lots, Terms terms, long now);

    /**
     * A request to change an order arrives. Made smaller at its price it keeps its place in the queue; at another price or
     * made larger it goes behind all others, or takes, as a new order would. If no more is asked for than what has filled
     * it is gone.
     *
     * @param who by what the order is known here
     * @param price its new limit in ticks
     * @param lots its new size, filled parts included
     * @param now when the request arrives
     */
    void amend(int who, int price, long lots, long now);

    /**
     * A request to cancel arrives.
     *
     * @param who by what the order is known here
     * @param now when it arrives
     */
    void cancel(int who, long now);
}
