package org.lama.core.book;

import java.io.Closeable;
import java.io.IOException;
import org.lama.core.base.Api;

/**
 * Where the rows of one book come from, stretch by stretch, so that a long feed never has to lie in memory. A feed may be
 * read any number of times, from its beginning each time, and gives the same rows each time. {@link MemoryFeed} is one
 * that lies in memory.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface BookFeed {
    /** Rows that a stretch has by custom: few enough to stay near the processor, enough to make its handling cheap. */
    int USUAL_ROWS = 1 << 14;

    /**
     * What ticks and lots are worth.
     *
     * @return the scale of all rows
     */
    BookScale scale();

    /**
     * Begins to read.
     *
     * @return the rows from the first on; close it
     * @throws IOException if the source cannot be opened, naming it
     */
    Chunks open() throws IOException;

    /** One reading of a feed. Not thread-safe. */
    interface Chunks extends Closeable {
        /**
         * The next rows, in the order in which they came to us.
         *
         * @param into is cleared, then gets at least one row and about {@link #USUAL_ROWS} at most; of the feed's scale
         * @return false if there are no more rows; then {@code into} is empty
         * @throws IOException if the source cannot be read, naming it
         */
        boolean next(BookEvents into) throws IOException;

        @Override
        default void close() throws IOException {}
    }
}
