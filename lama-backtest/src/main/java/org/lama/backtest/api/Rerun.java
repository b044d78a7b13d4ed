package org.lama.backtest.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lama.backtest.cost.SlippageModel;
import org.lama.backtest.walkforward.StudyMonitor;
import org.lama.backtest.walkforward.TrialBook;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/**
 * A study or a backtest run again from its manifest, figure by figure. The trial count stored in the manifest is used, and nothing is
 * entered into a ledger. Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Rerun {
    private static final double TOLERANCE = 1e-9;

    private final boolean sameRuntime;
    private final Optional<String> ledger;
    private final List<Difference> differences;
    private final int compared;

    /**
     * One figure that differs.
     *
     * @param path where it stands in the manifest
     * @param before its old value
     * @param now its new value
     */
    public record Difference(String path, String before, String now) {}

    private Rerun(boolean sameRuntime, Optional<String> ledger, List<Difference> differences, int compared) {
        this.sameRuntime = sameRuntime;
        this.ledger = ledger;
        this.differences = List.copyOf(differences);
        this.compared = compared;
    }

    /**
     * Runs a manifest again.
     *
     * @param result a {@code result.json} or its folder
     * @param moved where the data lie now; empty for the path in the manifest
     * @param threads worker threads
     * @param monitor hears of progress
     * @return the comparison
     * @throws IOException if the manifest or the data cannot be read, or the data are not those of the manifest
     */
    public static Rerun of(Path result, Optional<Path> moved, int threads, StudyMonitor monitor) throws IOException {
        Check.atLeast(threads, 1, "threads");
        Path manifest = Files.isDirectory(result) ? result.resolve("result.json") : result;
        Node old = Documents.read(manifest);
        String schema = old.has("schema") ? old.get("schema").asText() : "";
        if (schema.equals(BacktestManifest.SCHEMA)) {
            return ofBacktest(manifest, old, moved);
        }
        if (!schema.equals(Manifest.SCHEMA)) {
            throw new IOException(manifest + ": is no manifest of a study or a backtest (field 'schema' must be "
                    + Manifest.SCHEMA + " or " + BacktestManifest.SCHEMA + "); give a result.json");
        }
        return ofStudy(manifest, old, moved, threads, monitor);
    }

    private static Rerun ofStudy(Path manifest, Node old, Optional<Path> moved, int threads, StudyMonitor monitor)
            throws IOException {
        if (old.get("partial").asBoolean()) {
            throw new IOException(
                    manifest + ": the study was interrupted, so it cannot be repeated; run it whole first");
        }
        StudyRequest asked = StudyConfig.apply(base(old), old.get("settings"));
        StudyRequest request = moved.map(
                        path -> new StudyRequest(asked.data().withPath(path), asked.study(), asked.claim()))
                .orElseGet(() -> DataPaths.resolve(asked, manifest));
        BacktestAgain.requireThere(manifest, request.data());
        Dataset data = Lama.load(request.data(), request.study().seed());
        boolean quick = old.get("quick").asBoolean();
        Node trials = old.get("trials");
        TrialBook stored = (tried, from, to) -> new TrialBook.Count(
                trials.get("raw").asInt(),
                trials.get(trials.has("onThisWindow") ? "onThisWindow" : "raw").asInt(),
                trials.get("effective").asDouble(),
                trials.get("variance").asDouble(),
                trials.get("ledgerStarted").asText());
        Lama.Options options = Lama.Options.defaults()
                .withThreads(threads)
                .withMonitor(monitor)
                .withQuick(quick)
                .withTrials(stored);
        BacktestAgain.requireSameFiles(
                manifest,
                old,
                Loading.chosen(data.data(), quick),
                new MarketFiles(Optional.empty(), Optional.empty(), Optional.empty()),
                old.get("dataChecksum").asText());
        // Read back from its text, as the old one was: NaN and whole numbers have the same kind in both.
        Node now = Documents.parseJson(
                Documents.json(Lama.study(request, data, options).manifest()), "the new manifest");
        boolean same = old.get("versions").get("java").asText().equals(Versions.java());
        Comparison comparison = new Comparison(same ? 0 : TOLERANCE);
        for (String part : List.of(
                "trials",
                "metrics",
                "significance",
                "sensitivity",
                "slippageModels",
                "combiners",
                "regimes",
                "assets",
                "planted",
                "folds",
                "dropped",
                "verdict",
                "reason")) {
            // manifests of the time when there was one model of slippage say nothing of the others
            if (old.has(part) || !part.equals("slippageModels")) {
                comparison.compare(part, old.get(part), now.get(part));
            }
        }
        if (same) {
            comparison.compare("equityChecksum", old.get("equityChecksum"), now.get("equityChecksum"));
        }
        return new Rerun(same, LedgerWitness.missing(old, request.data()), comparison.differences, comparison.compared);
    }

    /** A manifest holds all settings, so one without a model of slippage was made when there was only the flat one. */
    private static StudyRequest base(Node old) {
        StudyRequest defaults = StudyRequest.defaults();
        boolean named = old.get("settings").get("study").has("slippageModel");
        return named
                ? defaults
                : new StudyRequest(defaults.data(), defaults.study().withSlippageModel(SlippageModel.FLAT));
    }

    private static Rerun ofBacktest(Path manifest, Node old, Optional<Path> moved) throws IOException {
        BacktestAgain again = BacktestAgain.of(manifest, old, moved);
        Node checksums = old.get("checksums");
        Node now = Documents.parseJson(
                Documents.json(Lama.backtest(
                                again.request(),
                                new Dataset(again.data()),
                                Lama.Options.defaults().withoutLedger())
                        .manifest()),
                "the new manifest");
        boolean same = old.get("versions").get("java").asText().equals(Versions.java());
        Comparison comparison = new Comparison(same ? 0 : TOLERANCE);
        for (String part : List.of("endEquity", "metrics", "benchmark", "costs", "events", "fills", "trades")) {
            comparison.compare(part, old.get(part), now.get(part));
        }
        if (same) {
            comparison.compare("checksums", checksums, now.get("checksums"));
        }
        return new Rerun(
                same, LedgerWitness.missing(old, again.request().data()), comparison.differences, comparison.compared);
    }

    private static final class Comparison {
        private final double tolerance;
        private final List<Difference> differences = new ArrayList<>();
        private int compared;

        Comparison(double tolerance) {
            this.tolerance = tolerance;
        }

        void compare(String path, Node before, Node now) {
            boolean plain = before.kind() != Node.Kind.OBJECT && before.kind() != Node.Kind.ARRAY;
            if (before.kind() != now.kind() || (!plain && before.size() != now.size())) {
                note(path, before, now);
            } else if (before.kind() == Node.Kind.OBJECT) {
                for (String name : before.names()) {
                    if (now.has(name)) {
                        compare(path + "." + name, before.get(name), now.get(name));
                    } else {
                        note(path + "." + name, before.get(name), Node.nothing());
                    }
                }
            } else if (before.kind() == Node.Kind.ARRAY) {
                for (int i = 0; i < before.size(); i++) {
                    compare(path + "[" + i + "]", before.at(i), now.at(i));
                }
            } else {
                compared++;
                if (!equal(before, now)) {
                    note(path, before, now);
                }
            }
        }

        private boolean equal(Node before, Node now) {
            if (before.kind() != Node.Kind.NUMBER || tolerance == 0) {
                return before.equals(now);
            }
            double a = before.asDouble();
            double b = now.asDouble();
            return Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
        }

        private void note(String path, Node before, Node now) {
            differences.add(new Difference(path, Documents.compactJson(before), Documents.compactJson(now)));
        }
    }

    /**
     * Whether nothing differs.
     *
     * @return true if so
     */
    public boolean same() {
        return differences.isEmpty();
    }

    /**
     * What differs, in the order of the manifest.
     *
     * @return empty if nothing does
     */
    public List<Difference> differences() {
        return differences;
    }

    /**
     * The comparison in words, one line per differing figure.
     *
     * @return at least one line
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        String how = sameRuntime ? "bit for bit" : "to 1e-9 relative, because the JDK or processor differs";
        lines.add(
                same()
                        ? "Same: " + compared + " figures compared " + how + "."
                        : "Differs: " + differences.size() + " of " + compared + " figures, compared " + how + ".");
        differences.forEach(d ->
                lines.add("  " + d.path() + ": " + PlainNumbers.of(d.before().strip()) + " -> "
                        + PlainNumbers.of(d.now().strip())));
        ledger.ifPresent(missing -> lines.add("Trial ledger: " + missing + "."));
        return lines;
    }

    /**
     * The comparison as a document.
     *
     * @return fields same, comparison, compared, differences, and ledger where the trial ledger of the result is missing
     */
    public Node document() {
        Node.Fields fields = Node.object()
                .put("same", same())
                .put("comparison", sameRuntime ? "BITWISE" : "TOLERANCE")
                .put("compared", compared)
                .put(
                        "differences",
                        Node.array(differences.stream()
                                .map(d -> Node.object()
                                        .put("path", d.path())
                                        .put("before", d.before())
                                        .put("now", d.now())
                                        .build())
                                .toList()));
        ledger.ifPresent(missing -> fields.put("ledger", missing));
        return fields.build();
    }
}
