package org.lama.core.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lama.core.base.Api;
import org.lama.core.base.Issue;
import org.lama.core.series.QualityReport;
import org.lama.core.store.Documents;
import org.lama.core.store.MarketStore;
import org.lama.core.store.Node;

/**
 * What imports found wrong with their files, kept beside the data: what was turned, held back or left out cannot be seen in
 * the rows of a store any more. In a folder it is the file {@code quality.json}. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ImportFindings {
    private static final String DOCUMENT = "quality";
    private static final ImportFindings NONE = new ImportFindings(List.of());

    private final List<Note> notes;

    private ImportFindings(List<Note> notes) {
        this.notes = List.copyOf(notes);
    }

    /**
     * What was found in one file.
     *
     * @param file its path, relative to the imported folder
     * @param sha256 checksum of its bytes, empty if it was not read
     * @param format what it was understood as
     * @param held rows that were held back
     * @param refused rows that a rule of the store refused
     * @param findings the rules it breaks
     */
    public record Note(
            String file, String sha256, String format, long held, long refused, List<QualityReport.Finding> findings) {
        /**
         * Copies the list.
         *
         * @param file its path
         * @param sha256 checksum of its bytes
         * @param format what it was understood as
         * @param held rows that were held back
         * @param refused rows that a rule of the store refused
         * @param findings the rules it breaks
         */
        public Note {
            findings = List.copyOf(findings);
        }

        /**
         * The rules and their counts.
         *
         * @return such as {@code OUT_OF_ORDER 3, 20 rows held back}; of revisions with the first one's old and new values
         */
        public String words() {
            List<String> parts = findings.stream().map(Note::words).collect(Collectors.toCollection(ArrayList::new));
            if (held > 0) {
                parts.add(held + " rows held back");
            }
            if (refused > 0) {
                parts.add(refused + " rows refused");
            }
            return String.join(", ", parts);
        }

        /** Old values of revisions stand nowhere else that people look. */
        private static String words(QualityReport.Finding finding) {
            boolean revised = finding.reason() == Issue.Reason.REVISED;
            return finding.reason() + " " + finding.count() + (revised ? " (first " + finding.first() + ")" : "");
        }
    }

    /**
     * Reads what a store keeps.
     *
     * @param store where {@link #keep(MarketStore)} kept it
     * @return the findings; none if nobody kept any
     * @throws IOException if the store cannot be read or holds something else
     */
    public static ImportFindings of(MarketStore store) throws IOException {
        Optional<String> text = store.document(DOCUMENT);
        if (text.isEmpty()) {
            return NONE;
        }
        try {
            return new ImportFindings(Documents.parseJson(text.get(), DOCUMENT).get("files").items().stream()
                    .map(ImportFindings::note)
                    .toList());
        } catch (IllegalArgumentException broken) {
            throw new DataException(
                    DOCUMENT, 0, "", "these are no findings of imports: " + broken.getMessage(), "remove the text");
        }
    }

    /**
     * A copy with what an import found; of the same bytes under the same name only the last is kept. A file whose rows were
     * all there already tells nothing of the store's rows, so what was found before stays.
     *
     * @param report what became of the files
     * @return the copy
     */
    public ImportFindings with(ImportReport report) {
        Map<List<String>, Note> all = new LinkedHashMap<>();
        notes.forEach(note -> all.put(List.of(note.file(), note.sha256()), note));
        for (ImportReport.FileEntry file : report.files()) {
            Note note = note(file);
            List<String> key = List.of(note.file(), note.sha256());
            if (isRepeated(file)) {
                continue;
            }
            if (note.words().isEmpty()) {
                all.remove(key);
            } else {
                all.put(key, note);
            }
        }
        return new ImportFindings(List.copyOf(all.values()));
    }

    private static boolean isRepeated(ImportReport.FileEntry file) {
        long changed = file.series().stream()
                .mapToLong(series -> series.added() + series.revisions())
                .sum();
        return changed == 0 && file.series().stream().anyMatch(series -> series.duplicates() > 0);
    }

    private static Note note(ImportReport.FileEntry file) {
        return new Note(
                file.file(),
                file.sha256(),
                file.format(),
                file.series().stream().mapToLong(ImportReport.SeriesEntry::held).sum(),
                file.series().stream()
                        .mapToLong(ImportReport.SeriesEntry::refused)
                        .sum(),
                file.findings());
    }

    /**
     * Keeps the findings in a store, over what was there.
     *
     * @param store where to
     * @throws IOException if they cannot be written
     */
    public void keep(MarketStore store) throws IOException {
        List<Node> files = notes.stream().map(ImportFindings::node).toList();
        store.keepDocument(
                DOCUMENT,
                Documents.json(Node.object().put("files", Node.array(files)).build()));
    }

    /**
     * All that was found.
     *
     * @return one note for each file in which something was, in the order of the imports
     */
    public List<Note> notes() {
        return notes;
    }

    /**
     * What was found in the files that a series came from, whichever of their series it concerns.
     *
     * @param entry the series
     * @return one note for each file in which something was
     */
    public List<Note> of(MarketStore.Entry entry) {
        return notes.stream()
                .filter(note -> entry.provenance().stream()
                        .anyMatch(origin -> origin.source().equals(note.file())
                                && origin.sha256().equals(note.sha256())))
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImportFindings findings && findings.notes.equals(notes);
    }

    @Override
    public int hashCode() {
        return notes.hashCode();
    }

    private static Node node(Note note) {
        List<Node> findings = note.findings().stream()
                .map(finding -> Node.object()
                        .put("rule", finding.reason().name())
                        .put("count", finding.count())
                        .put("first", finding.first())
                        .put("last", finding.last())
                        .build())
                .toList();
        return Node.object()
                .put("file", note.file())
                .put("sha256", note.sha256())
                .put("format", note.format())
                .put("held", note.held())
                .put("refused", note.refused())
                .put("findings", Node.array(findings))
                .build();
    }

    private static Note note(Node node) {
        List<QualityReport.Finding> findings = node.get("findings").items().stream()
                .map(finding -> new QualityReport.Finding(
                        Issue.Reason.valueOf(finding.get("rule").asText()),
                        finding.get("count").asInt(),
                        finding.get("first").asText(),
                        finding.get("last").asText()))
                .toList();
        return new Note(
                node.get("file").asText(),
                node.get("sha256").asText(),
                node.get("format").asText(),
                node.get("held").asLong(),
                node.get("refused").asLong(),
                findings);
    }
}
