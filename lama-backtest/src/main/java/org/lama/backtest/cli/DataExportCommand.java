package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.Store;
import org.lama.backtest.api.StoreExport;
import org.lama.backtest.api.StudyConfig;
import org.lama.core.base.Check;
import org.lama.core.store.Documents;
import org.lama.core.store.MarketStore;
import org.lama.core.store.Node;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Series of a store as files. */
@Command(
        name = "export",
        description = {
            "Writes series of a store into files, one each, as they stand there.",
            "What a seal closes is not given out. A series that cannot be read is named, and the next one is written."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama data export --store market --symbols BTC-USDT --format csv --out files",
            "  lama data export --store market --kind trades --from 2024-01-01 --to 2024-02-01 --format parquet"
        })
final class DataExportCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    StoreOption store;

    @Mixin
    SeriesOptions series;

    @Option(names = "--from", paramLabel = "TIME", description = "First time, such as 2020-01-01 (inclusive).")
    @Nullable
    String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Stop before this time (exclusive).")
    @Nullable
    String to;

    @Option(names = "--format", paramLabel = "csv|parquet", description = "Format of the files. Default: csv.")
    StoreExport.Format format = StoreExport.Format.CSV;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write. Default: lama-export.")
    Path out = Path.of("lama-export");

    @Option(
            names = "--revisions",
            description = "Every version of a row, with the time from which it was known. Default: the last one.")
    boolean revisions;

    @Option(names = "--force", description = "Replace files that are there.")
    boolean force;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        try (Store there = store.existing()) {
            return run(there);
        }
    }

    private int run(Store there) throws IOException {
        Optional<Instant> first = Optional.ofNullable(from).map(StudyConfig::time);
        Optional<Instant> end = Optional.ofNullable(to).map(StudyConfig::time);
        List<MarketStore.Entry> entries = series.of(there);
        Check.that(!entries.isEmpty(), "there is nothing to export: no series of that name and kind");
        for (MarketStore.Entry entry : entries) {
            Path file = out.resolve(StoreExport.fileName(entry, format));
            Check.that(force || Files.notExists(file), file + " exists; give another --out, or --force");
        }
        StoreExport export = new StoreExport(there.rows(), store.request(), first, end, revisions);
        Files.createDirectories(out);
        List<Node> written = new ArrayList<>();
        int code = ExitCode.DONE;
        int done = 0;
        PrintWriter stdout = spec.commandLine().getOut();
        try (ProgressLine progress =
                new ProgressLine(spec.commandLine().getErr(), !common.json && ProgressLine.onTerminal())) {
            for (MarketStore.Entry entry : entries) {
                Path file = out.resolve(StoreExport.fileName(entry, format));
                try {
                    long rows = export.write(entry, file, format);
                    written.add(Node.object()
                            .put("series", entry.key().toString())
                            .put("file", file.toString())
                            .put("rows", rows)
                            .build());
                    if (!common.json) {
                        boolean whole = first.isEmpty() && end.isEmpty();
                        long versions = whole ? entry.rows() - rows : 0;
                        stdout.println(file + ": " + rows + " rows"
                                + (versions > 0
                                        ? "; " + versions + " earlier version" + (versions == 1 ? "" : "s")
                                                + " left out, see --revisions"
                                        : ""));
                    }
                } catch (FileSystemException disk) {
                    throw disk;
                } catch (IOException broken) {
                    // one series that is closed or broken keeps no other back
                    code = Errors.input(broken, Wording.of(broken, spec), spec.commandLine(), "");
                }
                progress.progress("export", ++done, entries.size());
            }
        }
        if (written.size() < entries.size()) {
            spec.commandLine()
                    .getErr()
                    .println(entries.size() - written.size() + " of " + entries.size() + " series were not given out");
        }
        if (common.json) {
            stdout.print(Documents.json(
                    Node.object().put("files", Node.array(written)).build()));
        }
        stdout.flush();
        return code;
    }
}
