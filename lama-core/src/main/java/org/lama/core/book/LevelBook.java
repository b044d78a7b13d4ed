package org.lama.core.book;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * A book by price level (L2), built from snapshots, changes and best quotes. Every level that was ever set stays until it
 * is set to 0, however far away: a window around the best price is held in arrays, the rest beside it. Where a new level
 * meets the other side, the other side is the older one and yields: its best steps back behind the new level, its passed
 * levels stay but are not shown, and the meeting is counted; a book that {@link #keepsCrossings} instead shows both sides
 * as they are and is not valid as long as they meet.
 *
 * <p>Changes cost O(1) around the best price and allocate nothing once the levels far away have their room. Not
 * thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class LevelBook implements BookView {
    /** Levels that the window covers where nothing else is said. */
    public static final int DEFAULT_WINDOW_TICKS = 4096;

    private static final int LEAST_WINDOW = 256;
    private static final int MOST_WINDOW = 1 << 20;

    private final BookScale scale;
    private final boolean keeping;
    private final Ladder bids;
    /** Keys are ticks times -1, so that the best is the highest here too. */
    private final Ladder asks;

    private boolean whole;
    private int knownBid;
    private int knownAsk;
    private long crossings;

    private LevelBook(BookScale scale, int windowTicks, boolean keeping) {
        this.scale = Check.notNull(scale, "scale");
        this.keeping = keeping;
        Check.inRange(windowTicks, LEAST_WINDOW, MOST_WINDOW, "windowTicks");
        Check.that(Integer.bitCount(windowTicks) == 1, "windowTicks must be a power of two, got " + windowTicks);
        bids = new Ladder(windowTicks);
        asks = new Ladder(windowTicks);
    }

    /**
     * An empty book that is not valid yet, whose older side yields where sides meet.
     *
     * @param scale what ticks and lots are worth
     * @return the book
     */
    public static LevelBook of(BookScale scale) {
        return of(scale, DEFAULT_WINDOW_TICKS);
    }

    /**
     * An empty book that is not valid yet, whose older side yields where sides meet.
     *
     * @param scale what ticks and lots are worth
     * @param windowTicks ticks held in arrays on each side, a power of two in [256, 2^20]; matters for speed only
     * @return the book
     */
    public static LevelBook of(BookScale scale, int windowTicks) {
        return new LevelBook(scale, windowTicks, false);
    }

    /**
     * An empty book that is not valid yet and shows both sides as they are, even if they meet.
     *
     * @param scale what ticks and lots are worth
     * @return the book
     */
    public static LevelBook keepingCrossings(BookScale scale) {
        return new LevelBook(scale, DEFAULT_WINDOW_TICKS, true);
    }

    /**
     * Whether the sides are shown as they are where they meet.
     *
     * @return false if the older side yields
     */
    public boolean keepsCrossings() {
        return keeping;
    }

    /**
     * Sets the size of a bid level.
     *
     * @param ticks price, 1 to {@link BookScale#MOST_TICKS}
     * @param lots size, at least 0; 0 takes the level away
     * @return its lots before
     */
    public long setBid(int ticks, long lots) {
        check(ticks, lots);
        long before = bids.put(ticks, lots);
        if (lots != 0 && ticks == bids.best() && asks.best() != Ladder.NONE && ticks >= -asks.best()) {
            crossings++;
            if (!keeping) {
                asks.retreat(-ticks);
            }
        }
        return before;
    }

    /**
     * Sets the size of an ask level.
     *
     * @param ticks price, 1 to {@link BookScale#MOST_TICKS}
     * @param lots size, at least 0; 0 takes the level away
     * @return its lots before
     */
    public long setAsk(int ticks, long lots) {
        check(ticks, lots);
        long before = asks.put(-ticks, lots);
        if (lots != 0 && -ticks == asks.best() && bids.best() != Ladder.NONE && ticks <= bids.best()) {
            crossings++;
            if (!keeping) {
                bids.retreat(ticks);
            }
        }
        return before;
    }

    private static void check(int ticks, long lots) {
        if (ticks < 1 || ticks > BookScale.MOST_TICKS || lots < 0) {
            throw new IllegalArgumentException("ticks must be in [1, " + BookScale.MOST_TICKS + "] and lots >= 0, got "
                    + ticks + " and " + lots + "; count such rows before they come here");
        }
    }

    /**
     * Takes a best bid: levels above it go, its size is set. Nothing stands between it and levels that are known, so that it
     * is known too.
     *
     * @param ticks price, 1 to {@link BookScale#MOST_TICKS}
     * @param lots size, at least 0
     */
    public void quoteBid(int ticks, long lots) {
        check(ticks, lots);
        bids.cut(ticks);
        setBid(ticks, lots);
        if (lots != 0 && knownBid > ticks) {
            knownBid = ticks;
        }
    }

    /**
     * Takes a best ask: levels below it go, its size is set. Nothing stands between it and levels that are known, so that it
     * is known too.
     *
     * @param ticks price, 1 to {@link BookScale#MOST_TICKS}
     * @param lots size, at least 0
     */
    public void quoteAsk(int ticks, long lots) {
        check(ticks, lots);
        asks.cut(-ticks);
        setAsk(ticks, lots);
        if (lots != 0 && knownAsk != 0 && knownAsk < ticks) {
            knownAsk = ticks;
        }
    }

    /** Takes all levels away and makes the book invalid: there was a hole, or a snapshot begins. */
    public void clear() {
        bids.clear();
        asks.clear();
        whole = false;
    }

    /** Says that a snapshot is complete and joined: from now on the book holds all there is. */
    public void complete() {
        complete(0, 0);
    }

    /**
     * Says that a snapshot is complete and joined, and how far it goes.
     *
     * @param lowestBid the lowest price at which bids are known, in ticks; 0 if all are
     * @param highestAsk the highest price at which asks are known, in ticks; 0 if all are
     */
    public void complete(int lowestBid, int highestAsk) {
        Check.inRange(lowestBid, 0, BookScale.MOST_TICKS, "lowestBid");
        Check.inRange(highestAsk, 0, BookScale.MOST_TICKS, "highestAsk");
        knownBid = lowestBid;
        knownAsk = highestAsk;
        whole = true;
    }

    /**
     * Whether the book was completed and not cleared since, whatever its sides look like.
     *
     * @return true if so
     */
    public boolean isWhole() {
        return whole;
    }

    /**
     * Whether both sides have a best price and the bid is not below the ask.
     *
     * @return true for a crossed or locked book
     */
    public boolean isCrossed() {
        return bids.best() != Ladder.NONE && asks.best() != Ladder.NONE && bids.best() >= -asks.best();
    }

    /**
     * How often a new best price met the other side.
     *
     * @return at least 0
     */
    public long crossings() {
        return crossings;
    }

    /**
     * Levels of both sides, those that are not shown too.
     *
     * @return at least 0
     */
    public int levels() {
        return bids.levels() + asks.levels();
    }

    @Override
    public BookScale scale() {
        return scale;
    }

    @Override
    public boolean isValid() {
        return whole && bids.best() != Ladder.NONE && asks.best() != Ladder.NONE && bids.best() < -asks.best();
    }

    @Override
    public int bidTicks() {
        return bids.best() == Ladder.NONE ? 0 : bids.best();
    }

    @Override
    public int askTicks() {
        return asks.best() == Ladder.NONE ? 0 : -asks.best();
    }

    @Override
    public long bidLots(int ticks) {
        return bids.get(ticks);
    }

    @Override
    public long askLots(int ticks) {
        return asks.get(-ticks);
    }

    @Override
    public int knownBidTicks() {
        return knownBid;
    }

    @Override
    public int knownAskTicks() {
        return knownAsk;
    }

    @Override
    public int nextBid(int ticks) {
        return bids.best() == Ladder.NONE ? 0 : Math.max(0, bids.below(Math.min(ticks, bids.best() + 1)));
    }

    @Override
    public int nextAsk(int ticks) {
        if (asks.best() == Ladder.NONE) {
            return 0;
        }
        int key = asks.below(Math.min(-ticks, asks.best() + 1));
        return key == Ladder.NONE ? 0 : -key;
    }
}
