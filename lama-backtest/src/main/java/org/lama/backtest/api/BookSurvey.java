package org.lama.backtest.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookFeed;
import org.lama.core.book.LevelBook;

/**
 * What one reading of a feed tells of it: how long it is, how much of it is a valid book, and the checksum of its rows.
 * Times are those of our own clock.
 */
record BookSurvey(
        long rows, long trades, long firstNanos, long lastNanos, long validNanos, long clears, String checksum) {
    private static final int ROW_BYTES = 29;

    static BookSurvey of(BookFeed feed) throws IOException {
        Counting counting = new Counting(LevelBook.of(feed.scale(), LevelBook.DEFAULT_WINDOW_TICKS));
        BookEvents stretch = new BookEvents(feed.scale(), BookFeed.USUAL_ROWS);
        MessageDigest digest = sha256();
        try (BookFeed.Chunks chunks = feed.open()) {
            while (chunks.next(stretch)) {
                counting.add(stretch);
                digest.update(bytes(stretch));
            }
        }
        return counting.survey(HexFormat.of().formatHex(digest.digest()));
    }

    /** How long the book was known, in part. */
    double validShare() {
        return lastNanos == firstNanos ? Double.NaN : (double) validNanos / (lastNanos - firstNanos);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every Java has SHA-256", never);
        }
    }

    private static ByteBuffer bytes(BookEvents rows) {
        ByteBuffer out = ByteBuffer.allocate(ROW_BYTES * rows.size());
        for (int i = 0; i < rows.size(); i++) {
            out.putLong(rows.exchangeNanos(i)).putLong(rows.localNanos(i)).put(rows.kind(i));
            out.putInt(rows.ticks(i)).putLong(rows.lots(i));
        }
        return out.flip();
    }

    /** Goes through the rows once. */
    private static final class Counting {
        private final LevelBook book;
        private long rows;
        private long trades;
        private long first;
        private long last;
        private long valid;
        private long clears;

        Counting(LevelBook book) {
            this.book = book;
        }

        void add(BookEvents stretch) {
            for (int i = 0; i < stretch.size(); i++) {
                long now = rows == 0 ? stretch.localNanos(i) : Math.max(last, stretch.localNanos(i));
                first = rows == 0 ? now : first;
                valid += rows > 0 && book.isValid() ? now - last : 0;
                last = now;
                rows++;
                byte kind = stretch.kind(i);
                trades += kind == BookEvents.BUY || kind == BookEvents.SELL ? 1 : 0;
                clears += kind == BookEvents.CLEAR ? 1 : 0;
                stretch.applyTo(i, book);
            }
        }

        BookSurvey survey(String checksum) {
            return new BookSurvey(rows, trades, first, last, valid, clears, checksum);
        }
    }
}
