package org.lama.backtest.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lama.backtest.report.BacktestRecord;
import org.lama.backtest.report.ComparisonReport;
import org.lama.backtest.report.Figure;
import org.lama.backtest.report.Figures;
import org.lama.backtest.report.HtmlReport;
import org.lama.backtest.report.ReportSection;
import org.lama.backtest.report.ReportTable;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.Node;

/**
 * Results side by side: one row per figure, one column per result, in the order in which they were given. Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ResultComparison implements Tabular {
    private static final double EXACT_INTEGERS = 0x1p53;
    private static final Map<String, String> TITLES = Map.of(
            "cagr", "growth a year",
            "maxDrawdown", "deepest drawdown",
            "trades", "round trips",
            "tradesWon", "share of round trips won",
            "traded", "traded value",
            "sharpe", "Sharpe ratio a year",
            "deflatedSharpe", "deflated Sharpe ratio",
            "probabilisticSharpe", "probability of a Sharpe ratio above 0",
            "valueAtRisk95", "value at risk 95 %",
            "conditionalValueAtRisk95", "conditional value at risk 95 %");

    private final List<String> names;
    private final List<Map<String, Double>> metrics;
    private final List<ResultFile> results;

    private ResultComparison(List<ResultFile> results) {
        this.results = results;
        this.names = distinct(results);
        this.metrics = results.stream().map(ResultFile::metrics).toList();
    }

    static ResultComparison of(List<Path> paths) throws IOException {
        Check.that(paths.size() >= 2, "at least two results are needed to compare, got " + paths.size());
        List<ResultFile> results = new ArrayList<>();
        for (Path path : paths) {
            results.add(ResultFile.open(path));
        }
        return new ResultComparison(results);
    }

    private static List<String> distinct(List<ResultFile> results) {
        List<String> names = new ArrayList<>();
        for (ResultFile result : results) {
            String name = result.name();
            for (int copy = 2; names.contains(name); copy++) {
                name = result.name() + " (" + copy + ")";
            }
            names.add(name);
        }
        return names;
    }

    /**
     * What the results are called: their folders.
     *
     * @return in the order given
     */
    public List<String> names() {
        return List.copyOf(names);
    }

    /**
     * A figure of one result.
     *
     * @param result its number, from 0
     * @param metric name of the figure
     * @return NaN where it has none
     */
    public double value(int result, String metric) {
        return metrics.get(result).getOrDefault(metric, Double.NaN);
    }

    private List<String> rows() {
        Set<String> keys = new LinkedHashSet<>();
        metrics.forEach(each -> keys.addAll(each.keySet()));
        return List.copyOf(keys);
    }

    /** With two results their difference stands beside them. */
    @Override
    public List<Column> columns() {
        List<String> rows = rows();
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("metric", rows));
        for (int i = 0; i < names.size(); i++) {
            int result = i;
            columns.add(new Column(
                    names.get(i), rows.stream().map(row -> value(result, row)).toList()));
        }
        if (names.size() == 2) {
            columns.add(new Column(
                    "difference",
                    rows.stream().map(row -> value(1, row) - value(0, row)).toList()));
        }
        return columns;
    }

    /** Whole numbers are shown whole, undefined figures say so, and what is beyond ten times the costs does. */
    @Override
    public String asText() {
        List<Column> columns = new ArrayList<>();
        for (Column column : columns()) {
            String unbounded = columns.size() > names.size() ? "n/a" : "> 10";
            columns.add(new Column(
                    column.name(),
                    column.cells().stream()
                            .map(cell -> readable(cell, unbounded))
                            .toList()));
        }
        Tabular table = () -> columns;
        return table.asText();
    }

    /** The only figure without a bound that can be reached is the break-even cost, which is sought up to ten. */
    private static Object readable(Object cell, String unbounded) {
        if (cell instanceof Double number) {
            if (!Double.isFinite(number)) {
                return number > 0 ? unbounded : "n/a";
            }
            // counts read as counts
            return number == Math.rint(number) && Math.abs(number) < EXACT_INTEGERS
                    ? (Object) number.longValue()
                    : cell;
        }
        return cell;
    }

    /**
     * What must be said beside the figures, such as that they come from different data.
     *
     * @return may be empty
     */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (results.stream().map(ResultFile::dataChecksum).distinct().count() > 1) {
            notes.add("The results come from different data, so differences are not those of the strategies: "
                    + dataOfAll() + ".");
        }
        if (results.stream().map(ResultFile::isBacktest).distinct().count() > 1) {
            notes.add("A study is judged out of sample, a backtest in sample: the backtest has the easier task.");
        }
        return notes;
    }

    /** Which series each result has; results with the same ones differ in their bars. */
    private String dataOfAll() {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            parts.add(names.get(i) + " has " + results.get(i).series());
        }
        return String.join("; ", parts);
    }

    /**
     * Equity of all backtests, each as growth of 1, on the times of the first.
     *
     * @return the figure
     * @throws IOException if the tables beside a result cannot be read
     */
    public Figure figure() throws IOException {
        Map<String, double[]> columns = new LinkedHashMap<>();
        long[] times = new long[0];
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).isBacktest()) {
                BacktestOutcome.Curve curve = BacktestManifest.read(
                                results.get(i).file(), results.get(i).document())
                        .curve();
                times = times.length == 0 ? curve.times() : times;
                columns.put(names.get(i), growth(curve, times));
            }
        }
        Check.that(!columns.isEmpty(), "only backtests have an equity curve to draw, these are studies");
        return Figures.lines("Growth of 1", TimeIndex.of(times), columns);
    }

    /** The last known equity at each time over the first. */
    private static double[] growth(BacktestOutcome.Curve curve, long[] times) {
        double[] growth = new double[times.length];
        int at = -1;
        for (int i = 0; i < times.length; i++) {
            while (at + 1 < curve.size() && curve.times()[at + 1] <= times[i]) {
                at++;
            }
            growth[i] = at < 0 ? Double.NaN : curve.equity()[at] / curve.equity()[0];
        }
        return growth;
    }

    /**
     * Writes the comparison as one page. Backtests are run again from their manifests, after their data and code have been
     * checked, and get the differences with their uncertainty and the settings that differ; where one cannot be run again,
     * or is a study, the page shows what the files hold and says why.
     *
     * @param file where
     * @throws IOException if it cannot be written or a table of a result cannot be read
     */
    public void writeReport(Path file) throws IOException {
        HtmlReport report;
        try {
            report = results.stream().allMatch(ResultFile::isBacktest) ? again() : plain();
        } catch (IOException | IllegalArgumentException changed) {
            String why = String.valueOf(changed.getMessage()).replaceFirst("\\.$", "");
            report = plain().banner("NOT RUN AGAIN", why + ". Only what the files hold is shown.");
        }
        report.write(file);
    }

    /** Under the names that the report of a run has for its figures. */
    private Tabular titled() {
        List<Column> columns = new ArrayList<>(columns());
        columns.set(
                0,
                new Column(
                        "metric",
                        rows().stream()
                                .map(row -> TITLES.getOrDefault(row, row))
                                .toList()));
        return () -> columns;
    }

    /** Runs all of them again, after checking that data and code are the same: differences need returns of one kind. */
    private HtmlReport again() throws IOException {
        List<BacktestRecord> records = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            ResultFile result = results.get(i);
            records.add(BacktestAgain.of(result.file(), result.document(), Optional.empty())
                    .record(names.get(i)));
        }
        HtmlReport report = ComparisonReport.of(records);
        return ComparisonReport.haveSameData(records) ? careful(report) : report;
    }

    private HtmlReport careful(HtmlReport report) {
        notes().forEach(note -> report.banner("CAREFUL", note));
        return report;
    }

    /** What the files hold: studies are walked forward for too long to do it again here. */
    private HtmlReport plain() throws IOException {
        ReportSection section = ReportSection.titled("Side by side");
        if (results.stream().anyMatch(ResultFile::isBacktest)) {
            section.figure(figure());
        }
        return careful(HtmlReport.titled("Comparison").subtitle(String.join(" · ", names)))
                .section(section.table(ReportTable.of("Figures", titled()).readable()));
    }

    /**
     * The comparison as a document.
     *
     * @return fields results (name, metrics) and notes
     */
    public Node document() {
        List<Node> items = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Node.Fields values = Node.object();
            metrics.get(i).forEach((name, value) -> values.put(name, BacktestManifest.number(value)));
            items.add(Node.object()
                    .put("name", names.get(i))
                    .put(
                            "provenance",
                            results.get(i).document().get("provenance").asText())
                    .put("metrics", values.build())
                    .build());
        }
        return Node.object()
                .put("results", Node.array(items))
                .put("notes", Node.texts(notes()))
                .build();
    }
}
