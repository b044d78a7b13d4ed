package org.lama.backtest.replay;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookFeed;

/**
 * The part of a feed that one of two readers still needs: the venue reads a row when it happens, we when it comes to us.
 * Stretches that both have passed are filled again. Clocks that step back stand still. Not thread-safe.
 */
final class FeedWindow implements Closeable {
    /** Which of the two reads. */
    static final int VENUE = 0;

    static final int LOCAL = 1;

    /** 29 bytes each. */
    private static final long MOST_ROWS = 1 << 22;

    private final BookFeed feed;
    private final String symbol;
    private final BookFeed.Chunks source;
    private final ArrayDeque<BookEvents> held = new ArrayDeque<>();
    private final List<BookEvents> spare = new ArrayList<>();
    private final long[] taken = new long[2];
    private long passed;
    private long rows;
    private long exchange = Long.MIN_VALUE;
    private long local = Long.MIN_VALUE;

    FeedWindow(String symbol, BookFeed feed) throws IOException {
        this.feed = feed;
        this.symbol = symbol;
        source = feed.open();
    }

    /** Rows read so far. */
    long rows() {
        return rows;
    }

    /** The next stretch for a reader, who is done with the one before; null after the last. */
    @Nullable
    BookEvents next(int reader) throws IOException {
        long number = taken[reader]++;
        long needed = Math.max(0, Math.min(taken[VENUE], taken[LOCAL]) - 1);
        for (; passed < needed && !held.isEmpty(); passed++) {
            spare.add(held.removeFirst());
        }
        if (number - passed == held.size() && !read()) {
            return null;
        }
        if (number - passed == held.size() - 1) {
            return held.peekLast();
        }
        return at((int) (number - passed));
    }

    private @Nullable BookEvents at(int place) {
        int i = 0;
        for (BookEvents stretch : held) {
            if (i++ == place) {
                return stretch;
            }
        }
        return null;
    }

    private boolean read() throws IOException {
        BookEvents into =
                spare.isEmpty() ? new BookEvents(feed.scale(), BookFeed.USUAL_ROWS) : spare.remove(spare.size() - 1);
        if (!source.next(into)) {
            spare.add(into);
            return false;
        }
        long waiting = into.size();
        for (BookEvents stretch : held) {
            waiting += stretch.size();
        }
        if (waiting > MOST_ROWS) {
            throw new IllegalArgumentException("feed of " + symbol + ": more than " + MOST_ROWS
                    + " rows lie between what happened and what has come to us by " + local + ": check its two times");
        }
        check(into);
        into.holdClocks(exchange, local);
        exchange = into.exchangeNanos(into.size() - 1);
        local = into.localNanos(into.size() - 1);
        rows += into.size();
        held.addLast(into);
        return true;
    }

    private void check(BookEvents stretch) {
        for (int row = 0; row < stretch.size(); row++) {
            long early = stretch.exchangeNanos(row) - stretch.localNanos(row);
            if (early > 0) {
                throw new IllegalArgumentException("feed of " + symbol + ": row " + (rows + row) + " came " + early
                        + " ns before it happened: the receiver's clock is behind the venue's; shift it first");
            }
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
