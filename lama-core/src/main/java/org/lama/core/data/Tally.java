package org.lama.core.data;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.lama.core.base.Issue;
import org.lama.core.series.QualityReport;

/** Counts broken rules and keeps the first and the last place of each; places are put into words only when needed. */
final class Tally {
    private final Map<Issue.Reason, Entry> entries = new EnumMap<>(Issue.Reason.class);

    private static final class Entry {
        private int count;
        private String first = "";
        private Supplier<String> last = () -> "";
    }

    void add(Issue.Reason reason, Supplier<String> place) {
        add(reason, 1, place);
    }

    void add(Issue.Reason reason, int count, Supplier<String> place) {
        Entry entry = entries.computeIfAbsent(reason, key -> new Entry());
        if (entry.count == 0) {
            entry.first = place.get();
        }
        entry.count += count;
        entry.last = place;
    }

    /** Takes over what was counted elsewhere. */
    void add(QualityReport.Finding finding) {
        Entry entry = entries.computeIfAbsent(finding.reason(), key -> new Entry());
        entry.first = entry.count == 0 ? finding.first() : entry.first;
        entry.count += finding.count();
        entry.last = finding::last;
    }

    List<QualityReport.Finding> findings() {
        List<QualityReport.Finding> findings = new ArrayList<>();
        entries.forEach((reason, entry) ->
                findings.add(new QualityReport.Finding(reason, entry.count, entry.first, entry.last.get())));
        return findings;
    }
}
