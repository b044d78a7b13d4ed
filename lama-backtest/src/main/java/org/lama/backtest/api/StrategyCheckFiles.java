package org.lama.backtest.api;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lama.backtest.honesty.CallSite;
import org.lama.backtest.honesty.CheckReport;
import org.lama.backtest.honesty.CheckSettings;
import org.lama.backtest.honesty.Leak;
import org.lama.backtest.report.CheckPage;
import org.lama.core.base.Api;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/**
 * A check of honesty as files: {@code report.html} and {@code result.json}. Immutable.
 *
 * @param report what was found
 * @param dataset the data it was found on; empty if the inputs were made up
 * @param settings how thoroughly it was looked for
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record StrategyCheckFiles(CheckReport report, Optional<Dataset> dataset, CheckSettings settings) {
    /**
     * Holds the parts.
     *
     * @param report what was found
     * @param dataset the data it was found on; empty if the inputs were made up
     * @param settings how thoroughly it was looked for
     */
    public StrategyCheckFiles {}

    /**
     * Everything as one document.
     *
     * @return what {@code result.json} holds
     */
    public Node document() {
        return Node.object()
                .put("checked", report.name())
                .put("passed", report.passed())
                .put("decided", report.isDecided())
                .put("verdict", report.verdict())
                .put("comparisons", report.compared())
                .put("provenance", dataset.map(Dataset::isSynthetic).orElse(true) ? "SYNTHETIC" : "HISTORICAL")
                .put(
                        "leaks",
                        Node.array(report.leaks().stream()
                                .map(StrategyCheckFiles::leak)
                                .toList()))
                .put(
                        "checks",
                        Node.array(report.lines().stream()
                                .map(StrategyCheckFiles::line)
                                .toList()))
                .put(
                        "settings",
                        Node.object()
                                .put("cuts", settings.cuts())
                                .put("seed", settings.seed())
                                .put("firstBar", settings.firstBar())
                                .put("calendar", settings.calendar())
                                .build())
                .put("checksums", checksums())
                .put(
                        "versions",
                        Node.object()
                                .put("lama", Versions.lama())
                                .put("java", Versions.java())
                                .build())
                .build();
    }

    private Node checksums() {
        Node.Fields fields = Node.object();
        dataset.ifPresent(each -> fields.put("data", DataBits.of(each.data().frames())));
        return fields.build();
    }

    private static Node line(CheckReport.Line line) {
        return Node.object()
                .put("check", line.check())
                .put("outcome", line.outcome().name())
                .put("runs", line.runs())
                .put("found", line.words())
                .build();
    }

    private static Node leak(Leak leak) {
        Node.Fields fields = Node.object()
                .put("check", leak.check())
                .put("cause", leak.cause().name())
                .put("decision", leak.decision())
                .put("what", leak.what())
                .put("subject", leak.subject());
        leak.cell()
                .ifPresent(cell -> fields.put("column", cell.column())
                        .put("symbol", cell.symbol())
                        .put("from", cell.from())
                        .put("to", cell.to())
                        .put("barsAhead", cell.barsAhead())
                        .put("knownAt", cell.knownAt())
                        .put("restated", cell.restated()));
        leak.readIn().ifPresent(site -> fields.put("readIn", site(site)));
        leak.decidedIn().ifPresent(site -> fields.put("decidedIn", site(site)));
        return fields.put("sentence", leak.sentence()).build();
    }

    private static Node site(CallSite site) {
        return Node.object()
                .put("code", site.code())
                .put("through", site.through())
                .build();
    }

    /**
     * Writes the page and, last, the document.
     *
     * @param folder where
     * @throws IOException if a file cannot be written
     */
    public void write(OutputFolder folder) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "Inputs",
                dataset.map(each -> String.join(", ", first(each.data().symbols())))
                        .orElse("made up from the seed: a session gets them one by one"));
        facts.put("Cuts", String.valueOf(settings.cuts()));
        facts.put("Seed", String.valueOf(settings.seed()));
        dataset.ifPresent(
                each -> facts.put("SHA-256 of the data", DataBits.of(each.data().frames())));
        facts.put("LAMA", Versions.lama());
        facts.put("Java", Versions.java());
        CheckPage.of(report, facts, dataset.map(Dataset::isSynthetic).orElse(false))
                .write(folder.file("report.html"));
        Documents.writeJson(folder.file("result.json"), document());
    }

    private static List<String> first(List<String> symbols) {
        return symbols.size() <= 10 ? symbols : List.of(symbols.get(0), "and " + (symbols.size() - 1) + " more");
    }
}
