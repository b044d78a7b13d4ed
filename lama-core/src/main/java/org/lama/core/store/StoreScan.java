package org.lama.core.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.lama.core.store.internal.RawColumn;

/** The wanted rows of a series, partition after partition. Not thread-safe. */
final class StoreScan implements MarketStore.Batches {
    /** Rows of a batch: whole pages, and small enough for the caches. */
    static final int BATCH_ROWS = 100_000;

    private final Reading reading;
    private final Queue<PartitionSpan> spans;
    private @Nullable PartitionScan scan;

    StoreScan(Reading reading, List<PartitionSpan> spans) {
        this.reading = reading;
        this.spans = new ArrayDeque<>(spans);
    }

    /**
     * What a scan reads, and how.
     *
     * @param key the series
     * @param folder its folder
     * @param wanted which rows and columns
     * @param broken what to do about broken files
     * @param whole whether every byte of a file is to be checked before it is read
     */
    record Reading(SeriesKey key, Path folder, Wanted wanted, PartFiles.Broken broken, boolean whole) {
        PartitionScan open(PartitionSpan span) throws IOException {
            PartFiles files =
                    PartFiles.open(folder.resolve(span.name()), StoreLayout.place(key, span), wanted, broken, whole);
            return new PartitionScan(files, wanted, BATCH_ROWS);
        }
    }

    @Override
    public @Nullable ParquetTable next() throws IOException {
        while (true) {
            if (scan != null) {
                Optional<List<RawColumn>> rows = scan.next();
                if (rows.isPresent()) {
                    return ParquetTable.owning(rows.get(), Pieces.rows(rows.get()));
                }
                scan.close();
                scan = null;
            }
            PartitionSpan span = spans.poll();
            if (span == null) {
                return null;
            }
            scan = reading.open(span);
        }
    }

    /** All rows at once. */
    ParquetTable all() throws IOException {
        List<List<RawColumn>> pieces = new ArrayList<>();
        for (PartitionSpan span = spans.poll(); span != null; span = spans.poll()) {
            try (PartitionScan rows = reading.open(span)) {
                pieces.addAll(rows.whole());
            }
        }
        List<RawColumn> joined = Pieces.joined(pieces, reading.wanted);
        return ParquetTable.owning(joined, Pieces.rows(joined));
    }

    @Override
    public void close() throws IOException {
        spans.clear();
        if (scan != null) {
            scan.close();
            scan = null;
        }
    }
}
