package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.lama.backtest.api.Store;
import org.lama.core.data.ImportFindings;
import org.lama.core.data.Universe;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.Documents;
import org.lama.core.store.MarketStore;
import org.lama.core.store.Node;
import org.lama.core.store.RecordKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The catalogue of a store. */
@Command(
        name = "ls",
        description = {
            "Lists the series of a store: how many rows, from when to when, from where.",
            "Below each stands what imports found wrong with its files, and what happened to its instrument. A short form in --symbols lists all instruments that it can mean."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  lama data ls --store market", "  lama data ls --store market --kind bars --json"})
final class DataListCommand implements Callable<Integer> {
    private static final int SHOWN_EVENTS = 4;

    @Spec
    CommandSpec spec;

    @Mixin
    StoreOption store;

    @Mixin
    SeriesOptions series;

    @Option(names = "--gaps", description = "Counts the gaps of bars too, for which all their times are read.")
    boolean gaps;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (Store there = store.existing()) {
            List<MarketStore.Entry> entries = series.ofAll(there);
            ImportFindings found = there.imports();
            Universe universe = there.universe();
            Map<String, Integer> missing = new LinkedHashMap<>();
            for (MarketStore.Entry entry : entries) {
                if (gaps && entry.key().kind() == RecordKind.BARS) {
                    missing.put(entry.key().toString(), there.gaps(entry).size());
                }
            }
            if (common.json) {
                out.print(Documents.json(Node.object()
                        .put("store", store.name())
                        .put(
                                "series",
                                Node.array(entries.stream()
                                        .map(entry -> node(entry, found, universe, missing))
                                        .toList()))
                        .build()));
            } else {
                entries.forEach(entry -> {
                    out.println(Errors.printable(Store.explain(entry)));
                    found.of(entry)
                            .forEach(note ->
                                    out.println(Errors.printable("  found in " + note.file() + ": " + note.words())));
                    more(entry, universe, missing).forEach(line -> out.println(Errors.printable("  " + line)));
                });
                out.println(entries.size() + " series in " + store.name());
            }
        }
        out.flush();
        return ExitCode.DONE;
    }

    /** Gaps, and what happened to the instrument. */
    private static List<String> more(MarketStore.Entry entry, Universe universe, Map<String, Integer> missing) {
        List<String> lines = new ArrayList<>();
        Integer count = missing.get(entry.key().toString());
        if (count != null) {
            lines.add(count + (count == 1 ? " gap" : " gaps") + ", see 'lama data gaps'");
        }
        List<Universe.Event> events = universe.events(entry.key().instrument());
        events.stream().limit(SHOWN_EVENTS).forEach(event -> lines.add(words(event)));
        if (events.size() > SHOWN_EVENTS) {
            lines.add(events.size() - SHOWN_EVENTS + " more events, see --json");
        }
        long reused = events.stream()
                .filter(event -> event.what() == Universe.What.REUSED)
                .count();
        if (reused > 0) {
            lines.add("the ticker is that of " + (reused + 1) + " assets, each a series of its own in a study");
        }
        return lines;
    }

    private static String words(Universe.Event event) {
        return event.what() + " " + TimeIndex.instant(event.timeNanos())
                + (event.ratio() == 1 ? "" : ", ratio " + event.ratio())
                + event.successor().map(id -> ", then " + id).orElse("")
                + (event.source().isEmpty() ? "" : ", by " + event.source());
    }

    private static Node node(Universe.Event event) {
        return Node.object()
                .put("what", event.what().name())
                .put("time", TimeIndex.instant(event.timeNanos()))
                .put("available", TimeIndex.instant(event.availableNanos()))
                .put("ratio", event.ratio())
                .put("successor", event.successor().map(Object::toString).orElse(""))
                .put("source", event.source())
                .build();
    }

    private static Node node(
            MarketStore.Entry entry, ImportFindings found, Universe universe, Map<String, Integer> missing) {
        Node.Fields fields = Node.object();
        Integer count = missing.get(entry.key().toString());
        if (count != null) {
            fields.put("gaps", (long) count);
        }
        return fields.put("symbol", entry.key().instrument().toString())
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
                .put(
                        "events",
                        Node.array(universe.events(entry.key().instrument()).stream()
                                .map(DataListCommand::node)
                                .toList()))
                .put("imports", FindingNodes.of(found, entry))
                .build();
    }
}
