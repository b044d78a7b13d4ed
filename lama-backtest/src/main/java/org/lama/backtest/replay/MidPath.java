package org.lama.backtest.replay;

import java.io.IOException;
import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookFeed;
import org.lama.core.book.LevelBook;

/**
 * The mid price of a book over the time at its venue, as steps: only changes are kept, 16 bytes each. Where the book is
 * not valid the last valid mid stands. Prices are half ticks, bid + ask, so that sums over them are exact. Times that
 * step back stand still, as in {@link Replay}. O(rows) to build, O(log changes) to ask. Filled stretch by stretch, then
 * read; not thread-safe while it is filled.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class MidPath {
    /** No mid yet. */
    public static final long NONE = 0;

    private final LevelBook book;
    private long[] nanos = new long[1024];
    private long[] halfTicks = new long[1024];
    private int size;
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
        if (size > 0 && halfTicks[size - 1] == mid) {
            return;
        }
        if (size > 0 && nanos[size - 1] == now) {
            halfTicks[size - 1] = mid; // the last of one time stands
            return;
        }
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
            halfTicks = Arrays.copyOf(halfTicks, 2 * size);
        }
        nanos[size] = now;
        halfTicks[size] = mid;
        size++;
    }

    /**
     * Number of steps.
     *
     * @return at least 0
     */
    public int size() {
        return size;
    }

    /**
     * When a step was made.
     *
     * @param step below {@link #size()}
     * @return UTC epoch nanoseconds at the venue
     */
    public long nanos(int step) {
        return nanos[step];
    }

    /**
     * Twice the mid from a step on.
     *
     * @param step below {@link #size()}
     * @return bid + ask in ticks
     */
    public long halfTicks(int step) {
        return halfTicks[step];
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
        int found = Arrays.binarySearch(nanos, 0, size, time);
        int step = found >= 0 ? found : -found - 2;
        return step < 0 ? NONE : halfTicks[step];
    }

    /**
     * The last valid mid.
     *
     * @return half ticks; {@link #NONE} if there never was one
     */
    public long last() {
        return size == 0 ? NONE : halfTicks[size - 1];
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
