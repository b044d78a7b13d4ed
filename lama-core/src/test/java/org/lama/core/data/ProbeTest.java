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
        for (String sub : new String[] {"defi","funding","l2","lean","ohlcv_1h","ohlcv_1d","ohlcv_5m","options","universe","raw_quirks"}) {
            long c0 = ((com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
            FileImport.run(SharedData.path("data/" + sub), new MemoryStore(), ImportOptions.defaults());
            b.append(sub + " cpu " + (((com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime()-c0)/1e9 + "\n");
        }
        long t1 = System.nanoTime();
        ImportReport again = FileImport.run(SharedData.path("data"), store, ImportOptions.defaults());
        b.append("again " + (System.nanoTime() - t1) / 1e9 + " added " + again.total(ImportReport.SeriesEntry::added) + " rev " + again.total(ImportReport.SeriesEntry::revisions) + "\n");
        b.append(r.universe().events().size()).append("\n");
        Files.writeString(Path.of("/tmp/imp/report.txt"), b.toString());
    }
}
