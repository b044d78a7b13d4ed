package org.lama.core.store;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lama.core.store.internal.ParquetSource;

/** Goes through the wanted rows of one file, a batch at a time in memory. Not thread-safe. */
final class PartCursor {
    private final long lagNanos;
    private final ParquetSource.Batches batches;
    private @Nullable Chunk chunk;
    private long[] time = {};
    private long @Nullable [] sequence;
    private long @Nullable [] available;
    private long @Nullable [] revision;
    private int row;

    /**
     * Starts before the first row.
     *
     * @param open the file
     * @param wanted which rows
     * @param merged whether its rows are to be put in order with those of others
     * @param batchRows most rows in memory
     */
    PartCursor(PartFiles.Open open, Wanted wanted, boolean merged, int batchRows) throws IOException {
        this.lagNanos = wanted.lagNanos();
        this.batches = open.source().batches(wanted.stored(open.part(), merged), range(open.part(), wanted), batchRows);
    }

    /** The range of times to look at, none if all of the file is wanted. */
    static Optional<ParquetSource.Range> range(PartitionManifest.Part part, Wanted wanted) {
        long to = part.has(RecordKind.AVAILABLE) ? wanted.toNanos() : wanted.impliedEnd();
        return wanted.fromNanos() <= part.firstNanos() && part.lastNanos() < to
                ? Optional.empty()
                : Optional.of(new ParquetSource.Range(RecordKind.TIME, wanted.fromNanos(), to));
    }

    /** The next rows as they lie in the file, none after the last. */
    Optional<Chunk> chunk() throws IOException {
        return batches.next().map(content -> Chunk.of(content, lagNanos));
    }

    /** Loads the next rows; false after the last. */
    boolean load() throws IOException {
        Optional<Chunk> next = chunk();
        chunk = next.orElse(null);
        row = 0;
        if (next.isPresent()) {
            time = next.get().time();
            sequence = next.get().longs(RecordKind.SEQUENCE);
            available = next.get().longs(RecordKind.AVAILABLE);
            revision = next.get().longs(Rows.REVISION);
        }
        return chunk != null;
    }

    Chunk loaded() {
        if (chunk == null) {
            throw new IllegalStateException("nothing is loaded");
        }
        return chunk;
    }

    int row() {
        return row;
    }

    long time() {
        return time[row];
    }

    long sequence() {
        return sequence == null ? 0 : sequence[row];
    }

    long available() {
        return available == null ? time[row] + lagNanos : available[row];
    }

    private long revision() {
        return revision == null ? 0 : revision[row];
    }

    /** Steps to the next row; false if more must be loaded first. */
    boolean step() {
        return ++row < time.length;
    }

    /** Whether its row comes before another's; equal ones cannot be, for versions of a row differ in their revision. */
    boolean isBefore(PartCursor other) {
        if (time() != other.time()) {
            return time() < other.time();
        }
        if (sequence() != other.sequence()) {
            return sequence() < other.sequence();
        }
        if (available() != other.available()) {
            return available() < other.available();
        }
        return revision() < other.revision();
    }
}
