package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.lama.backtest.api.Store;
import org.lama.core.data.ImportFindings;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.Documents;
import org.lama.core.store.MarketStore;
import org.lama.core.store.Node;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The catalogue of a store. */
@Command(
        name = "ls",
        description = {
            "Lists the series of a store: how many rows, from when to when, from where.",
            "Below each stands what imports found wrong with its files. A short form in --symbols lists all instruments that it can mean."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  lama data ls --store market", "  lama data ls --store market --kind bars --json"})
final class DataListCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    StoreOption store;

    @Mixin
    SeriesOptions series;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (Store there = store.existing()) {
            List<MarketStore.Entry> entries = series.ofAll(there);
            ImportFindings found = there.imports();
            if (common.json) {
                out.print(Documents.json(Node.object()
                        .put("store", store.name())
                        .put(
                                "series",
                                Node.array(entries.stream()
                                        .map(entry -> node(entry, found))
                                        .toList()))
                        .build()));
            } else {
                entries.forEach(entry -> {
                    out.println(Errors.printable(Store.explain(entry)));
                    found.of(entry)
                            .forEach(note ->
                                    out.println(Errors.printable("  found in " + note.file() + ": " + note.words())));
                });
                out.println(entries.size() + " series in " + store.name());
            }
        } catch (IllegalArgumentException wrong) {
            return Errors.input(wrong, Wording.of(wrong, spec), spec.commandLine(), "");
        }
        out.flush();
        return ExitCode.DONE;
    }

    private static Node node(MarketStore.Entry entry, ImportFindings found) {
        return Node.object()
                .put("symbol", entry.key().instrument().toString())
                .put("kind", entry.key().kind().folder())
                .put("interval", entry.key().interval())
                .put("rows", entry.rows())
                .put("from", TimeIndex.instant(entry.fromNanos()))
                .put("to", TimeIndex.instant(entry.toNanos()))
                .put("bytes", entry.bytes())
                .put(
                        "origins",
                        Node.array(entry.provenance().stream()
                                .map(origin -> Node.object()
                                        .put("kind", origin.kind().name())
                                        .put("source", origin.source())
                                        .put("sha256", origin.sha256())
                                        .put("note", origin.note())
                                        .build())
                                .toList()))
                .put("imports", FindingNodes.of(found, entry))
                .build();
    }
}
