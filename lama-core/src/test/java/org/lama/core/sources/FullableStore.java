package org.lama.core.sources;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.lama.core.series.Provenance;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** A real store in a folder, whose disk can be full and which can be emptied. */
final class FullableStore implements MarketStore {
    private final Path folder;
    private ParquetStore files;
    int writesUntilFull = Integer.MAX_VALUE;

    FullableStore(Path folder) throws IOException {
        this.folder = folder;
        files = ParquetStore.open(folder);
    }

    @Override
    public Written write(SeriesKey key, ParquetTable table, Provenance from, boolean strict) throws IOException {
        if (writesUntilFull-- <= 0) {
            throw new IOException("no space left on device");
        }
        return files.write(key, table, from, strict);
    }

    /** Times in order, UTC epoch nanoseconds; none without such a series. */
    List<Long> times(String series) {
        try {
            for (SeriesKey key : files.keys()) {
                if (key.toString().equals(series)) {
                    long[] times = files.read(Query.all(key)).times(RecordKind.TIME);
                    return Arrays.stream(times).boxed().toList();
                }
            }
            return List.of();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Somebody deletes the folder. */
    void empty() throws IOException {
        files.close();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        files = ParquetStore.open(folder);
    }

    @Override
    public Batches scan(Query query) throws IOException {
        return files.scan(query);
    }

    @Override
    public ParquetTable read(Query query) throws IOException {
        return files.read(query);
    }

    @Override
    public List<Entry> catalogue() throws IOException {
        return files.catalogue();
    }

    @Override
    public Optional<String> document(String name) throws IOException {
        return files.document(name);
    }

    @Override
    public void keepDocument(String name, String text) throws IOException {
        files.keepDocument(name, text);
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
