package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.lama.backtest.api.Store;
import org.lama.core.store.Documents;
import org.lama.core.store.MarketStore;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Fewer and smaller files. */
@Command(
        name = "compact",
        description =
                "Merges the files of a store that many small writes left, and removes what nobody reads any more.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  lama data compact --store market")
final class DataCompactCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    StoreFolder place;

    @Mixin
    SeriesOptions series;

    @Mixin
    CommonOptions common;

    /** What lies on the disk. */
    private record Size(long files, long bytes) {
        static Size of(ParquetStore store, Iterable<MarketStore.Entry> entries) throws IOException {
            long files = 0;
            long bytes = 0;
            for (MarketStore.Entry entry : entries) {
                for (ParquetStore.Part part : store.parts(entry.key())) {
                    files++;
                    bytes += part.bytes();
                }
            }
            return new Size(files, bytes);
        }
    }

    @Override
    public Integer call() throws IOException {
        try (Store there = place.option().existing()) {
            ParquetStore files = (ParquetStore) there.rows();
            var entries = series.of(there);
            Size before = Size.of(files, entries);
            for (MarketStore.Entry entry : entries) {
                files.compact(entry.key());
            }
            answer(entries.size(), before, Size.of(files, entries));
            return ExitCode.DONE;
        }
    }

    private void answer(int count, Size before, Size after) {
        PrintWriter out = spec.commandLine().getOut();
        if (common.json) {
            out.print(Documents.json(Node.object()
                    .put("store", place.option().name())
                    .put("series", (long) count)
                    .put("filesBefore", before.files())
                    .put("filesAfter", after.files())
                    .put("bytesBefore", before.bytes())
                    .put("bytesAfter", after.bytes())
                    .build()));
        } else {
            out.println(count + " series: " + before.files() + " files with " + before.bytes() + " bytes became "
                    + after.files() + " with " + after.bytes());
        }
        out.flush();
    }
}
