package org.lama.core.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lama.core.store.internal.RawColumn;

/**
 * Puts the rows of several files in order, and takes of each row the last version that was known in time. Runs of rows
 * are copied at once. A batch for each file and one more are in memory. Not thread-safe.
 */
final class PartMerge {
    private final List<PartCursor> cursors = new ArrayList<>();
    private final Wanted wanted;
    private final int batchRows;
    private final long availableBy;
    private List<RawColumn> out = List.of();
    private int rows;
    private int runStart;
    private int runRows;
    private boolean isFull;
    private boolean hasKey;
    private long lastTime;
    private long lastSequence;

    PartMerge(List<PartFiles.Open> files, Wanted wanted, int batchRows) throws IOException {
        this.wanted = wanted;
        this.batchRows = batchRows;
        this.availableBy = wanted.availableBy().orElse(Long.MAX_VALUE);
        for (PartFiles.Open file : files) {
            PartCursor cursor = new PartCursor(file, wanted, true, batchRows);
            if (cursor.load()) {
                cursors.add(cursor);
            }
        }
    }

    /** The next rows, the time first; none after the last. */
    Optional<List<RawColumn>> next() throws IOException {
        if (cursors.isEmpty()) {
            return Optional.empty();
        }
        start();
        while (!cursors.isEmpty() && !isFull) {
            PartCursor first = least(null);
            run(first, cursors.size() == 1 ? first : least(first));
        }
        return rows == 0 ? Optional.empty() : Optional.of(trimmed());
    }

    private void start() {
        out = new ArrayList<>();
        out.add(new RawColumn(RecordKind.TIME, RawColumn.Kind.TIME, new long[batchRows]));
        wanted.columns().forEach((name, kind) -> out.add(new RawColumn(name, kind, Missing.array(kind, batchRows))));
        rows = 0;
        isFull = false;
    }

    private PartCursor least(@org.jspecify.annotations.Nullable PartCursor without) {
        PartCursor least = null;
        for (PartCursor cursor : cursors) {
            if (cursor != without && (least == null || cursor.isBefore(least))) {
                least = cursor;
            }
        }
        if (least == null) {
            throw new IllegalStateException("there is no other file");
        }
        return least;
    }

    /** Takes rows of one file up to the next row of another, the end of what is loaded, or a full batch. */
    private void run(PartCursor from, PartCursor other) throws IOException {
        Chunk chunk = from.loaded();
        runStart = from.row();
        runRows = 0;
        boolean more = true;
        while (more && (from == other || from.isBefore(other))) {
            if (!take(from, chunk)) {
                isFull = true;
                break;
            }
            more = from.step();
        }
        flush(chunk);
        if (!more && !from.load()) {
            cursors.remove(from);
        }
    }

    /** Takes a row, or leaves it because there is no more room. */
    private boolean take(PartCursor from, Chunk chunk) {
        int row = from.row();
        if (from.available() > availableBy) {
            flush(chunk);
            runStart = row + 1;
            return true;
        }
        boolean version = hasKey && lastTime == from.time() && lastSequence == from.sequence();
        if (version && !wanted.everyVersion()) {
            flush(chunk);
            copy(chunk, row, rows - 1, 1);
            runStart = row + 1;
            return true;
        }
        if (rows + runRows == batchRows) {
            return false;
        }
        hasKey = true;
        lastTime = from.time();
        lastSequence = from.sequence();
        runRows++;
        return true;
    }

    private void flush(Chunk chunk) {
        copy(chunk, runStart, rows, runRows);
        rows += runRows;
        runRows = 0;
    }

    private void copy(Chunk chunk, int from, int to, int count) {
        if (count > 0) {
            for (RawColumn column : out) {
                chunk.copy(column, from, to, count);
            }
        }
    }

    private List<RawColumn> trimmed() {
        if (rows == batchRows) {
            return out;
        }
        List<RawColumn> trimmed = new ArrayList<>();
        for (RawColumn column : out) {
            Object values = switch (column.kind()) {
                case TIME, LONG -> Arrays.copyOf(column.longs(), rows);
                case DOUBLE -> Arrays.copyOf(column.doubles(), rows);
                case TEXT -> Arrays.copyOf(column.texts(), rows);
            };
            trimmed.add(new RawColumn(column.name(), column.kind(), values));
        }
        return trimmed;
    }
}
