package org.lama.core.book;

import org.lama.core.base.Api;

/**
 * A book as one may look at it. Prices are ticks, at least 1, and 0 where there is none; sizes are lots. Views are live:
 * they show the book as it is at the call. Not thread-safe. Measures stand in {@link BookMeasures}.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface BookView {
    /**
     * What ticks and lots are worth.
     *
     * @return the scale
     */
    BookScale scale();

    /**
     * Whether the book may be used: without holes since its last snapshot, with both sides, and bid below ask.
     *
     * @return false before the first snapshot, after a hole and while the sides meet
     */
    boolean isValid();

    /**
     * Best bid.
     *
     * @return ticks, 0 if there is no bid
     */
    int bidTicks();

    /**
     * Best ask.
     *
     * @return ticks, 0 if there is no ask
     */
    int askTicks();

    /**
     * Size of a bid level.
     *
     * @param ticks price
     * @return lots, 0 if there is no such level
     */
    long bidLots(int ticks);

    /**
     * Size of an ask level.
     *
     * @param ticks price
     * @return lots, 0 if there is no such level
     */
    long askLots(int ticks);

    /**
     * The next lower bid level.
     *
     * @param ticks any price
     * @return the highest level below it, 0 if there is none
     */
    int nextBid(int ticks);

    /**
     * The next higher ask level.
     *
     * @param ticks any price
     * @return the lowest level above it, 0 if there is none
     */
    int nextAsk(int ticks);

    /**
     * How far bids are known: levels below are not, but for those that changed since the book was whole.
     *
     * @return ticks of the lowest bid that the snapshot told; 0 if all there is is known
     */
    default int knownBidTicks() {
        return 0;
    }

    /**
     * How far asks are known: levels above are not, but for those that changed since the book was whole.
     *
     * @return ticks of the highest ask that the snapshot told; 0 if all there is is known
     */
    default int knownAskTicks() {
        return 0;
    }

    /**
     * A book that never holds anything, for instruments without one.
     *
     * @return never valid
     */
    static BookView none() {
        return None.BOOK;
    }

    /** Holds nothing. */
    enum None implements BookView {
        /** The only one. */
        BOOK;

        private static final BookScale SCALE = new BookScale(1, 1);

        @Override
        public BookScale scale() {
            return SCALE;
        }

        @Override
        public boolean isValid() {
            return false;
        }

        @Override
        public int bidTicks() {
            return 0;
        }

        @Override
        public int askTicks() {
            return 0;
        }

        @Override
        public long bidLots(int ticks) {
            return 0;
        }

        @Override
        public long askLots(int ticks) {
            return 0;
        }

        @Override
        public int nextBid(int ticks) {
            return 0;
        }

        @Override
        public int nextAsk(int ticks) {
            return 0;
        }
    }
}
