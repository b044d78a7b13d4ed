package org.lama.core.store.internal;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.lama.core.base.Api;

/**
 * How rows are cut at the bounds of buckets. Stateless.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class Buckets {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final LocalDate LAST_BOUND = LocalDate.ofEpochDay(Long.MAX_VALUE / NANOS_PER_SECOND / 86_400);

    private Buckets() {}

    /** The row after the last one of the bucket that holds a row. */
    static int end(ServerTable table, RowBlock block, int row) {
        LocalDate after = table.after(table.bucketOf(block.times()[row]));
        if (after.isAfter(LAST_BOUND)) {
            return block.rows();
        }
        long bound = after.atStartOfDay().toEpochSecond(ZoneOffset.UTC) * NANOS_PER_SECOND;
        int found = Arrays.binarySearch(block.times(), row, block.rows(), bound);
        if (found < 0) {
            return -found - 1;
        }
        while (found > row && block.times()[found - 1] == bound) {
            found--;
        }
        return found;
    }

    /**
     * The end of the whole buckets from a row on that go into one transaction.
     *
     * @param table which table
     * @param block the rows
     * @param row the first
     * @param enough no further bucket is begun with so many rows
     * @return row after the last
     */
    public static int group(ServerTable table, RowBlock block, int row, int enough) {
        int end = row;
        while (end < block.rows() && end - row < enough) {
            end = end(table, block, end);
        }
        return end;
    }
}
