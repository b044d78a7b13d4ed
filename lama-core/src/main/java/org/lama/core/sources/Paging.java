package org.lama.core.sources;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * Walks through pages by time or number. A page may come twice, out of order or overlapping; rows may appear while we
 * walk; the walk always goes forward and has an end. Stateless.
 */
final class Paging {
    private static final int MOST_BARREN = 3;

    private Paging() {}

    /** Asks for a page. */
    @FunctionalInterface
    interface Page {
        /**
         * The rows from a place on, at most to another.
         *
         * @param from time or number, inclusive
         * @param to end, exclusive
         */
        List<Row> rows(long from, long to) throws IOException;
    }

    /**
     * How a walk goes.
     *
     * @param source name of the source
     * @param limit rows of a full page
     * @param step smallest distance of two rows: nanoseconds
     * @param mostPages where the walk is given up
     */
    record Pace(String source, int limit, long step, int mostPages) {}

    /**
     * From old to new until a page is empty or the end is reached. A short page is no end: a venue may lower its limit. For
     * venues that give the oldest rows of the range first; if the first full page tells otherwise, the walk is refused.
     */
    static void forward(SeriesFeed feed, long from, long to, Pace pace, Page page) throws IOException {
        long cursor = from;
        int barren = 0;
        for (int pages = 0; cursor < to; pages++) {
            bounded(pages, pace);
            List<Row> rows = page.rows(cursor, to);
            if (rows.isEmpty()) {
                return;
            }
            if (pages == 0 && rows.size() >= pace.limit()) {
                oldestFirst(rows, cursor, pace, page);
            }
            SeriesFeed.Taken taken = feed.take(rows);
            if (taken.fresh() > 0) {
                cursor = feed.lastTime() + pace.step();
                barren = 0;
            } else if (taken.lastTime() >= to) {
                return;
            } else {
                barren = barren(barren, cursor, pace);
            }
        }
    }

    /**
     * Windows one after the other, each so small that a page should hold it whole: for venues that give the newest rows of
     * the range first, and for regular rows. Where a page leaves room before its oldest or after its newest row, that room
     * is asked for again, so that a venue that lowers its limit loses nothing.
     */
    static void windows(SeriesFeed feed, long from, long to, Pace pace, Page page) throws IOException {
        long width = Math.multiplyExact(pace.limit(), pace.step());
        int pages = 0;
        for (long cursor = from; cursor < to; cursor += width) {
            List<Row> rows = new ArrayList<>();
            Deque<TimeRanges.Range> open = new ArrayDeque<>();
            open.add(new TimeRanges.Range(cursor, Math.min(to, cursor + width)));
            while (!open.isEmpty()) {
                TimeRanges.Range window = open.removeLast();
                List<Row> found = inside(window, pace, page);
                bounded(pages++, pace);
                rows.addAll(found);
                if (!found.isEmpty()) {
                    long oldest = found.stream().mapToLong(Row::time).min().orElseThrow();
                    long newest = found.stream().mapToLong(Row::time).max().orElseThrow();
                    room(open, newest + pace.step(), window.to());
                    if (oldest - window.from() >= pace.step()) {
                        room(open, window.from(), oldest);
                    }
                }
            }
            rows.sort(Comparator.comparingLong(Row::time).thenComparingLong(Row::seq));
            feed.take(rows);
        }
    }

    private static void room(Deque<TimeRanges.Range> open, long from, long to) {
        if (from < to) {
            open.addLast(new TimeRanges.Range(from, to));
        }
    }

    /** The rows within a window; a page that has rows, but none within, is the page before once more. */
    private static List<Row> inside(TimeRanges.Range window, Pace pace, Page page) throws IOException {
        for (int again = 0; ; ) {
            List<Row> rows = page.rows(window.from(), window.to());
            List<Row> found = rows.stream()
                    .filter(row -> row.time() >= window.from() && row.time() < window.to())
                    .toList();
            if (rows.isEmpty() || !found.isEmpty()) {
                return found;
            }
            again = barren(again, window.from(), pace);
        }
    }

    /** By consecutive numbers, such as those of trades, until a row reaches the end of the range or a page is empty. */
    static void numbers(SeriesFeed feed, long firstNumber, long toNanos, Pace pace, Page page) throws IOException {
        long number = firstNumber;
        int barren = 0;
        for (int pages = 0; ; pages++) {
            bounded(pages, pace);
            List<Row> rows = page.rows(number, number + pace.limit());
            if (rows.isEmpty()) {
                return;
            }
            SeriesFeed.Taken taken = feed.take(rows);
            if (taken.lastTime() >= toNanos) {
                return;
            }
            long newest = rows.stream().mapToLong(Row::seq).max().orElseThrow();
            if (newest >= number) {
                number = newest + 1;
                barren = 0;
            } else {
                barren = barren(barren, number, pace);
            }
        }
    }

    private static void oldestFirst(List<Row> rows, long cursor, Pace pace, Page page) throws IOException {
        long oldest = rows.stream().mapToLong(Row::time).min().orElseThrow();
        if (oldest <= cursor) {
            return;
        }
        boolean hole = page.rows(cursor, oldest).stream().anyMatch(row -> row.time() >= cursor && row.time() < oldest);
        if (hole) {
            throw new SourceException(
                    SourceException.Reason.PAGING,
                    pace.source(),
                    "order of pages",
                    "a page must hold the oldest rows of its range, but it left out older ones; the venue may have"
                            + " changed the order of its pages, nothing was taken");
        }
    }

    private static int barren(int before, long cursor, Pace pace) throws SourceException {
        if (before == MOST_BARREN) {
            throw new SourceException(
                    SourceException.Reason.PAGING,
                    pace.source(),
                    "page from " + cursor,
                    "the page from " + cursor + " brought nothing new " + (MOST_BARREN + 1)
                            + " times; try again later, what came before is kept");
        }
        return before + 1;
    }

    private static void bounded(int pages, Pace pace) throws SourceException {
        if (pages >= pace.mostPages()) {
            throw new SourceException(
                    SourceException.Reason.PAGING,
                    pace.source(),
                    "number of pages",
                    "a range must not take more than " + pace.mostPages() + " pages; ask for a shorter one");
        }
    }
}
