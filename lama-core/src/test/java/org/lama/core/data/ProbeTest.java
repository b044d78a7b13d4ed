package org.lama.core.data;

import java.nio.file.*;
import org.junit.jupiter.api.Test;

class ProbeTest {
    @Test
    void all() throws Exception {
        long t0 = System.nanoTime();
        MemoryStore store = new MemoryStore();
        ImportReport r = FileImport.run(SharedData.path("data"), store, ImportOptions.defaults());
        StringBuilder b = new StringBuilder();
        b.append((System.nanoTime() - t0) / 1e9).append(" s\n").append(r.asText());
        for (ImportReport.FileEntry f : r.files()) {
            b.append("== " + f.file() + "\n");
            f.series().stream().limit(4).forEach(s -> b.append("   " + s + "\n"));
            f.findings().forEach(s -> b.append("   ! " + s + "\n"));
        }
        long t1 = System.nanoTime();
        ImportReport again = FileImport.run(SharedData.path("data"), store, ImportOptions.defaults());
        b.append("again " + (System.nanoTime() - t1) / 1e9 + " added " + again.total(ImportReport.SeriesEntry::added) + " rev " + again.total(ImportReport.SeriesEntry::revisions) + "\n");
        b.append(r.universe().events().size()).append("\n");
        Files.writeString(Path.of("/tmp/imp/report.txt"), b.toString());
    }
}
