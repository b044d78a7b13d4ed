package org.lama.backtest.cli;

import java.util.List;
import org.lama.core.series.QualityReport;
import org.lama.core.store.Node;

/** Findings about data as documents say them. */
final class FindingNodes {
    private FindingNodes() {}

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
