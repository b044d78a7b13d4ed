package org.lama.backtest.replay;

import java.io.IOException;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookFeed;
import org.lama.core.book.LevelBook;

/**
 * The mid price of a book over the time at its venue, as steps: only changes are kept, 16 bytes each, the first 32,768 in
 * memory and all others in a temporary file, so that a day needs no more memory than an hour. Where the book is not valid
 * the last valid mid stands. Prices are half ticks, bid + ask, so that sums over them are exact. Times that step back stand
 * still, as in {@link Replay}. O(rows) to build, O(log changes) to ask. Filled stretch by stretch, then read; not
 * thread-safe while it is filled.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class MidPath {
    /** No mid yet. */
    public static final long NONE = 0;

    private static final int NANOS = 0;
    private static final int HALF_TICKS = 1;

    private final LevelBook book;
    private final LongRows steps = new LongRows(2);
    private long firstNanos;
    private long lastNanos;
    private boolean begun;

    /**
     * An empty path.
     *
     * @param book an empty book of the feed's scale; belongs to the path from here on
     */
    public MidPath(LevelBook book) {
        this.book = Check.notNull(book, "book");
    }

    /**
     * The path of a whole feed, which is read once.
     *
     * @param feed the feed
     * @return its mids
     * @throws IOException if it cannot be read, naming its source
     */
    public static MidPath of(BookFeed feed) throws IOException {
        MidPath path = new MidPath(LevelBook.of(feed.scale(), LevelBook.DEFAULT_WINDOW_TICKS));
        BookEvents stretch = new BookEvents(feed.scale(), BookFeed.USUAL_ROWS);
        try (BookFeed.Chunks rows = feed.open()) {
            while (rows.next(stretch)) {
                path.add(stretch);
            }
        }
        return path;
    }

    /**
     * Adds the next stretch of the feed.
     *
     * @param events rows that follow those before
     */
    public void add(BookEvents events) {
        for (int row = 0; row < events.size(); row++) {
            long now = begun ? Math.max(lastNanos, events.exchangeNanos(row)) : events.exchangeNanos(row);
            firstNanos = begun ? firstNanos : now;
            begun = true;
            lastNanos = now;
            byte kind = events.kind(row);
            if (kind != BookEvents.BUY && kind != BookEvents.SELL) {
                events.applyTo(row, book);
                if (book.isValid()) {
                    step(now, (long) book.bidTicks() + book.askTicks());
                }
            }
        }
    }

    private void step(long now, long mid) {
        int last = steps.size() - 1;
        if (last >= 0 && steps.get(last, HALF_TICKS) == mid) {
            return;
        }
        boolean isLater = last < 0 || steps.get(last, NANOS) != now; // the last of one time stands
        int step = isLater ? steps.add() : last;
        steps.set(step, NANOS, now);
        steps.set(step, HALF_TICKS, mid);
    }

    /**
     * Number of steps.
     *
     * @return at least 0
     */
    public int size() {
        return steps.size();
    }

    /**
     * When a step was made.
     *
     * @param step below {@link #size()}
     * @return UTC epoch nanoseconds at the venue
     */
    public long nanos(int step) {
        return steps.get(step, NANOS);
    }

    /**
     * Twice the mid from a step on.
     *
     * @param step below {@link #size()}
     * @return bid + ask in ticks
     */
    public long halfTicks(int step) {
        return steps.get(step, HALF_TICKS);
    }

    /**
     * The mid that stood before a time, without what happened at it.
     *
     * @param time UTC epoch nanoseconds at the venue
     * @return half ticks; {@link #NONE} before the first
     */
    public long before(long time) {
        return time == Long.MIN_VALUE ? NONE : at(time - 1);
    }

    /**
     * The mid once all of a time has happened.
     *
     * @param time UTC epoch nanoseconds at the venue
     * @return half ticks; {@link #NONE} before the first
     */
    public long at(long time) {
        int low = 0;
        int high = steps.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (steps.get(middle, NANOS) <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? NONE : steps.get(low - 1, HALF_TICKS);
    }

    /**
     * The last valid mid.
     *
     * @return half ticks; {@link #NONE} if there never was one
     */
    public long last() {
        return size() == 0 ? NONE : halfTicks(size() - 1);
    }

    /**
     * Time of the first row, with or without a mid.
     *
     * @return UTC epoch nanoseconds at the venue; 0 for an empty feed
     */
    public long firstNanos() {
        return firstNanos;
    }

    /**
     * Time of the last row.
     *
     * @return UTC epoch nanoseconds at the venue; 0 for an empty feed
     */
    public long lastNanos() {
        return lastNanos;
    }
}
