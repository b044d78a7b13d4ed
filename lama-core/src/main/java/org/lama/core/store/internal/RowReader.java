package org.lama.core.store.internal;

import java.io.IOException;

/** Reads rows of a column of a row group. */
interface RowReader {
    /**
     * Fills a target.
     *
     * @param group number of the row group
     * @param column number of the column
     * @param from first row in the row group
     * @param to end, exclusive
     * @param out where to
     * @param at the first row's place there
     * @throws IOException if the file is broken
     */
    void read(int group, int column, int from, int to, ColumnTarget out, int at) throws IOException;
}
