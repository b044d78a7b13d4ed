package org.lama.core.data;

import java.util.List;
import java.util.function.ToLongFunction;
import org.lama.core.base.Api;
import org.lama.core.base.Issue;
import org.lama.core.base.Tabular;
import org.lama.core.series.QualityReport;
import org.lama.core.store.SeriesKey;

/**
 * What became of the files of an import: every file, every series, every rule broken with its count. Immutable.
 *
 * @param files one entry for each file below the path, in the order of names, those left out too
 * @param universe the events of instruments that the files tell: delistings, listings, expiries, ends of trading
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record ImportReport(List<FileEntry> files, Universe universe) implements Tabular {
    /**
     * Copies the list.
     *
     * @param files one entry for each file
     * @param universe the events that the files tell
     */
    public ImportReport {
        files = List.copyOf(files);
    }

    /**
     * One file.
     *
     * @param file its path, relative to the imported folder
     * @param format what it was understood as, for example {@code bars} or {@code stream}; {@code none} if left out
     * @param sha256 checksum of its bytes, empty if it was not read
     * @param series what was written
     * @param events how many events of instruments it tells
     * @param findings the rules it breaks, each with its count and places
     * @param skipped why it was left out, empty if it was not
     */
    public record FileEntry(
            String file,
            String format,
            String sha256,
            List<SeriesEntry> series,
            long events,
            List<QualityReport.Finding> findings,
            String skipped) {
        /**
         * Copies the lists.
         *
         * @param file its path
         * @param format what it was understood as
         * @param sha256 checksum of its bytes
         * @param series what was written
         * @param events how many events it tells
         * @param findings the rules it breaks
         * @param skipped why it was left out, empty if it was not
         */
        public FileEntry {
            series = List.copyOf(series);
            findings = List.copyOf(findings);
        }

        /**
         * How often the file breaks a rule.
         *
         * @param reason the rule
         * @return 0 if never
         */
        public int count(Issue.Reason reason) {
            return findings.stream()
                    .filter(finding -> finding.reason() == reason)
                    .mapToInt(QualityReport.Finding::count)
                    .sum();
        }
    }

    /**
     * What one file gave to one series.
     *
     * @param key the series
     * @param rows rows of the file
     * @param held rows that were held back because they are proved wrong
     * @param added rows that were new to the store
     * @param duplicates rows that were there with equal values
     * @param revisions rows that were there with other values
     * @param refused rows that a rule of the store refused
     */
    public record SeriesEntry(
            SeriesKey key, long rows, long held, long added, long duplicates, long revisions, long refused) {}

    /**
     * How often a rule is broken over all files.
     *
     * @param reason the rule
     * @return 0 if never
     */
    public long count(Issue.Reason reason) {
        return files.stream().mapToLong(file -> file.count(reason)).sum();
    }

    /**
     * The entry of a file.
     *
     * @param file its relative path
     * @return the entry
     * @throws IllegalArgumentException if there is none
     */
    public FileEntry file(String file) {
        return files.stream()
                .filter(entry -> entry.file().equals(file))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no file '" + file + "' in the import"));
    }

    /**
     * A sum over all series of all files.
     *
     * @param figure what to sum, for example {@code SeriesEntry::added}
     * @return the sum
     */
    public long total(ToLongFunction<SeriesEntry> figure) {
        return files.stream()
                .flatMap(file -> file.series().stream())
                .mapToLong(figure)
                .sum();
    }

    /**
     * Whether any file breaks a rule of severity ERROR.
     *
     * @return true if so
     */
    public boolean hasErrors() {
        return files.stream().anyMatch(file -> has(file, Issue.Severity.ERROR));
    }

    private static boolean has(FileEntry file, Issue.Severity severity) {
        return file.findings().stream().anyMatch(finding -> finding.reason().severity() == severity);
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("file", files.stream().map(FileEntry::file).toList()),
                new Column("format", files.stream().map(FileEntry::format).toList()),
                new Column(
                        "series",
                        files.stream().map(file -> (long) file.series().size()).toList()),
                sum("rows", SeriesEntry::rows),
                sum("added", SeriesEntry::added),
                sum("equal", SeriesEntry::duplicates),
                sum("revised", SeriesEntry::revisions),
                sum("refused", SeriesEntry::refused),
                sum("held", SeriesEntry::held),
                new Column("findings", files.stream().map(ImportReport::words).toList()));
    }

    private Column sum(String name, ToLongFunction<SeriesEntry> figure) {
        return new Column(
                name,
                files.stream()
                        .map(file -> file.series().stream().mapToLong(figure).sum())
                        .toList());
    }

    private static String words(FileEntry file) {
        if (!file.skipped().isEmpty()) {
            return "left out: " + file.skipped();
        }
        return String.join(
                ", ",
                file.findings().stream()
                        .map(finding -> finding.reason() + " " + finding.count())
                        .toList());
    }
}
