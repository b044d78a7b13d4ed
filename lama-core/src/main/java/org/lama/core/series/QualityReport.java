package org.lama.core.series;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.base.Tabular;

/**
 * What is right and wrong with one series, counted before anything is repaired.
 *
 * @param symbol name of the series
 * @param source file it came from, relative
 * @param rows data rows read
 * @param expected bars between the first and the last at the file's own spacing, inclusive
 * @param present distinct bars on that grid
 * @param missing expected minus present
 * @param gaps places where at least one bar is missing
 * @param stepNanos the file's own spacing (the most frequent step), 0 if it cannot be told
 * @param findings one line per broken rule
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public record QualityReport(
        String symbol,
        String source,
        int rows,
        int expected,
        int present,
        int missing,
        int gaps,
        long stepNanos,
        List<Finding> findings)
        implements Tabular {
    /**
     * Copies the list.
     *
     * @param symbol name of the series
     * @param source file it came from, relative
     * @param rows data rows read
     * @param expected bars between the first and the last at the file's own spacing, inclusive
     * @param present distinct bars on that grid
     * @param missing expected minus present
     * @param gaps places where at least one bar is missing
     * @param stepNanos the file's own spacing (the most frequent step), 0 if it cannot be told
     * @param findings one line per broken rule
     */
    public QualityReport {
        Check.notBlank(symbol, "symbol");
        findings = List.copyOf(findings);
    }

    /**
     * How often one rule is broken, and where first and last.
     *
     * @param reason the rule
     * @param count rows, bars or places, at least 1
     * @param first first place: time or row, with the value
     * @param last last place
     */
    public record Finding(Issue.Reason reason, int count, String first, String last) {}

    /**
     * How often a rule is broken.
     *
     * @param reason the rule
     * @return 0 if never
     */
    public int count(Issue.Reason reason) {
        return findings.stream()
                .filter(finding -> finding.reason() == reason)
                .mapToInt(Finding::count)
                .sum();
    }

    /**
     * The same with other findings.
     *
     * @param others one line per broken rule
     * @return a copy
     */
    public QualityReport withFindings(List<Finding> others) {
        return new QualityReport(symbol, source, rows, expected, present, missing, gaps, stepNanos, others);
    }

    /**
     * Whether any finding is an error.
     *
     * @return true if so
     */
    public boolean hasErrors() {
        return findings.stream().anyMatch(finding -> finding.reason().severity() == Issue.Severity.ERROR);
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column(
                        "severity",
                        findings.stream().map(f -> f.reason().severity().name()).toList()),
                new Column("rule", findings.stream().map(f -> f.reason().name()).toList()),
                new Column("count", findings.stream().map(f -> (long) f.count()).toList()),
                new Column("first", findings.stream().map(Finding::first).toList()),
                new Column("last", findings.stream().map(Finding::last).toList()));
    }
}
