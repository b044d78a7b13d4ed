package org.lama.backtest.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.stats.TestReport;
import org.lama.core.store.Node;

/** What a test says of one file. */
final class TestAnswer implements Answer {
    private static final double LEVEL = 0.05;
    private static final List<String> TABLE_LEVELS = List.of("10%", "5%", "1%");
    /** Numbers that are there even where nothing could be computed. */
    private static final Set<String> COUNTS = Set.of("usedLag", "nobs");

    private static final Pattern ROW = Pattern.compile("\\brow (\\d{1,18})\\b");

    private final TestReport report;
    private final List<String> columns;

    TestAnswer(TestReport report, List<String> columns) {
        this.report = report;
        this.columns = columns;
    }

    /** Data on which the test says nothing are bad input, with the reason. */
    TestAnswer orThrow() {
        boolean anything = report.values().entrySet().stream()
                .anyMatch(value -> !COUNTS.contains(value.getKey()) && !Double.isNaN(value.getValue()));
        for (double[] numbers : report.vectors().values()) {
            anything |= Arrays.stream(numbers).anyMatch(number -> !Double.isNaN(number));
        }
        Check.that(anything, report.name() + " of " + String.join(", ", columns) + ": " + note());
        return this;
    }

    @Override
    public void addTo(Node.Fields fields) {
        if (columns.size() == 1) {
            fields.put("column", columns.get(0));
        } else {
            fields.put("columns", Node.texts(columns));
        }
        fields.put("test", report.name());
        fields.put("nullHypothesis", report.nullHypothesis());
        report.values().forEach((name, value) -> fields.put(name, Numbers.of(value)));
        report.vectors().forEach((name, numbers) -> fields.put(name, Numbers.list(numbers)));
        fields.put("criticalValues", criticalValues());
        fields.put("notes", Node.texts(report.note().isEmpty() ? List.of() : List.of(note())));
    }

    /** Tests count the rows of their arrays from 0, a reader counts from 1. */
    private String note() {
        return ROW.matcher(report.note()).replaceAll(found -> "row " + (Long.parseLong(found.group(1)) + 1));
    }

    private Node criticalValues() {
        Node.Fields fields = Node.object();
        report.criticalValues().forEach((level, value) -> fields.put(level, Numbers.of(value)));
        Map<String, double[][]> tables = report.criticalTables();
        if (!tables.isEmpty()) {
            fields.put("levels", Node.texts(TABLE_LEVELS));
        }
        tables.forEach((name, rows) -> fields.put(
                name, Node.array(Arrays.stream(rows).map(Numbers::list).toList())));
        return fields.build();
    }

    @Override
    public String text() {
        StringBuilder out = new StringBuilder();
        out.append(Errors.printable(report.name() + " of " + String.join(", ", columns)))
                .append('\n');
        if (!report.nullHypothesis().isEmpty()) {
            out.append("null hypothesis: ").append(report.nullHypothesis()).append('\n');
        }
        out.append('\n').append(report.criticalTables().isEmpty() ? numbers() : report.asText());
        double pValue = report.values().getOrDefault("pValue", Double.NaN);
        if (!Double.isNaN(pValue)) {
            out.append("\nThe null is ").append(pValue < LEVEL ? "" : "not ").append("rejected at 5 %.\n");
        }
        if (!report.note().isEmpty()) {
            out.append("- ").append(note()).append('\n');
        }
        return out.toString();
    }

    private String numbers() {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        report.values().forEach((name, value) -> {
            names.add(name);
            values.add(SummaryPage.number(value));
        });
        report.criticalValues().forEach((level, value) -> {
            names.add("critical value " + level);
            values.add(SummaryPage.number(value));
        });
        report.vectors().forEach((name, numbers) -> {
            names.add(name);
            values.add(String.join(
                    ", ", Arrays.stream(numbers).mapToObj(SummaryPage::number).toList()));
        });
        Tabular table = () -> List.of(new Tabular.Column("name", names), new Tabular.Column("value", values));
        return table.asText();
    }
}
