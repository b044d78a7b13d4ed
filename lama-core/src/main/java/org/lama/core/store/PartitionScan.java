package org.lama.core.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.lama.core.store.internal.RawColumn;

/**
 * The wanted rows of one partition in batches. Files that do not overlap are read one after the other as they are; those
 * that do, or that hold several versions of a row, are merged. Not thread-safe.
 */
final class PartitionScan implements Closeable {
    private final PartFiles files;
    private final Wanted wanted;
    private final int batchRows;
    private final Queue<List<PartFiles.Open>> clusters;
    private @Nullable PartCursor plain;
    private @Nullable PartMerge merge;

    /**
     * Starts before the first row.
     *
     * @param files the open files; closed with this
     * @param wanted which rows
     * @param batchRows most rows of a batch
     */
    PartitionScan(PartFiles files, Wanted wanted, int batchRows) {
        this.files = files;
        this.wanted = wanted;
        this.batchRows = batchRows;
        this.clusters = clusters(files.open());
    }

    /** Files that overlap in time, together. */
    private static Queue<List<PartFiles.Open>> clusters(List<PartFiles.Open> open) {
        Queue<List<PartFiles.Open>> clusters = new ArrayDeque<>();
        List<PartFiles.Open> cluster = new ArrayList<>();
        long end = Long.MIN_VALUE;
        for (PartFiles.Open file : open) {
            if (!cluster.isEmpty() && file.part().firstNanos() > end) {
                clusters.add(cluster);
                cluster = new ArrayList<>();
            }
            cluster.add(file);
            end = Math.max(end, file.part().lastNanos());
        }
        if (!cluster.isEmpty()) {
            clusters.add(cluster);
        }
        return clusters;
    }

    /** The next rows, the time first; none after the last. */
    Optional<List<RawColumn>> next() throws IOException {
        while (true) {
            Optional<List<RawColumn>> rows = Optional.empty();
            if (plain != null) {
                rows = plain.chunk().map(chunk -> chunk.columns(wanted));
            } else if (merge != null) {
                rows = merge.next();
            }
            if (rows.isPresent()) {
                return rows;
            }
            if (!advance()) {
                return Optional.empty();
            }
        }
    }

    private boolean advance() throws IOException {
        plain = null;
        merge = null;
        List<PartFiles.Open> cluster = clusters.poll();
        if (cluster == null) {
            return false;
        }
        if (isPlain(cluster)) {
            plain = new PartCursor(cluster.get(0), wanted, false, batchRows);
        } else {
            merge = new PartMerge(cluster, wanted, batchRows);
        }
        return true;
    }

    private boolean isPlain(List<PartFiles.Open> cluster) {
        return cluster.size() == 1 && wanted.isPlain(cluster.get(0).part());
    }

    /** All rows, each file as a whole where that is possible: the quickest way if they fit into memory. */
    List<List<RawColumn>> whole() throws IOException {
        List<List<RawColumn>> pieces = new ArrayList<>();
        for (List<PartFiles.Open> cluster = clusters.poll(); cluster != null; cluster = clusters.poll()) {
            if (isPlain(cluster)) {
                PartFiles.Open file = cluster.get(0);
                List<String> names = wanted.stored(file.part(), false);
                var range = PartCursor.range(file.part(), wanted);
                var content = range.isPresent()
                        ? file.source().read(names, range.get())
                        : file.source().read(names);
                pieces.add(Chunk.of(content, wanted.lagNanos()).columns(wanted));
            } else {
                PartMerge rows = new PartMerge(cluster, wanted, batchRows);
                for (var piece = rows.next(); piece.isPresent(); piece = rows.next()) {
                    pieces.add(piece.get());
                }
            }
        }
        return pieces;
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
