package org.lama.backtest.cli;

import java.util.List;
import org.lama.core.data.ImportFindings;
import org.lama.core.series.QualityReport;
import org.lama.core.store.MarketStore;
import org.lama.core.store.Node;

/** Findings about data as documents say them. */
final class FindingNodes {
    private FindingNodes() {}

    /** What imports found in the files of a series. */
    static Node of(ImportFindings found, MarketStore.Entry entry) {
        return notes(found.of(entry));
    }

    /** What imports found in files. */
    static Node notes(List<ImportFindings.Note> notes) {
        return Node.array(notes.stream()
                .map(note -> Node.object()
                        .put("file", note.file())
                        .put("sha256", note.sha256())
                        .put("format", note.format())
                        .put("held", note.held())
                        .put("refused", note.refused())
                        .put("issues", of(note.findings()))
                        .build())
                .toList());
    }

    static Node of(List<QualityReport.Finding> findings) {
        return Node.array(findings.stream()
                .map(finding -> Node.object()
                        .put("reason", finding.reason().name())
                        .put("count", finding.count())
                        .put("first", finding.first())
                        .put("last", finding.last())
                        .build())
                .toList());
    }
}
