package org.lama.core.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.lama.core.base.Issue;
import org.lama.core.series.QualityReport;

/** Reports on the quality of a series as a file beside it. Static and thread-safe. */
final class QualityText {
    /** Name of the file. */
    static final String FILE = "quality.json";

    private QualityText() {}

    static byte[] json(List<QualityReport> reports) {
        return SealedJson.bytes(SealedJson.start()
                .put(
                        "reports",
                        Node.array(reports.stream().map(QualityText::node).toList())));
    }

    private static Node node(QualityReport report) {
        List<Node> findings = report.findings().stream()
                .map(finding -> Node.object()
                        .put("rule", finding.reason().name())
                        .put("count", finding.count())
                        .put("first", finding.first())
                        .put("last", finding.last())
                        .build())
                .toList();
        return Node.object()
                .put("symbol", report.symbol())
                .put("source", report.source())
                .put("rows", report.rows())
                .put("expected", report.expected())
                .put("present", report.present())
                .put("missing", report.missing())
                .put("gaps", report.gaps())
                .put("stepNanos", report.stepNanos())
                .put("findings", Node.array(findings))
                .build();
    }

    /** The reports of a series, none if there is no such file. */
    static List<QualityReport> read(Path folder) throws IOException {
        try {
            return SealedJson.read(
                    folder.resolve(FILE),
                    root -> root.get("reports").items().stream()
                            .map(QualityText::report)
                            .toList());
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static QualityReport report(Node node) {
        return new QualityReport(
                node.get("symbol").asText(),
                node.get("source").asText(),
                node.get("rows").asInt(),
                node.get("expected").asInt(),
                node.get("present").asInt(),
                node.get("missing").asInt(),
                node.get("gaps").asInt(),
                node.get("stepNanos").asLong(),
                node.get("findings").items().stream().map(QualityText::finding).toList());
    }

    private static QualityReport.Finding finding(Node node) {
        return new QualityReport.Finding(
                Issue.Reason.valueOf(node.get("rule").asText()),
                node.get("count").asInt(),
                node.get("first").asText(),
                node.get("last").asText());
    }
}
