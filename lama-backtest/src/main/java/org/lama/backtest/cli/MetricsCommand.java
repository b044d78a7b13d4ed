package org.lama.backtest.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.analytics.MetricsTable;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.series.Frame;
import org.lama.core.store.Node;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Performance figures of a column of returns. */
@Command(
        name = "metrics",
        description = {
            "Performance figures of a column of returns: Sharpe ratio, drawdown, tails, probabilities.",
            "Returns are simple, per period, as fractions: 0.01 is 1 %%. Each row needs one: an empty cell is refused."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama metrics returns.csv",
            "  lama metrics returns.csv --column return --periods 365 --json | jq .sharpe",
            "  cut -d, -f2 returns.csv | lama metrics - --periods 8760"
        })
final class MetricsCommand implements Callable<Integer> {
    private static final String FILES = "CSV with a header, plain or gzip; - reads standard input.";
    private static final double DAYS_PER_YEAR = 365;
    /** 30 days. */
    private static final double SHORTEST_YEARS = 30 / DAYS_PER_YEAR;

    @Spec
    CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = FILES)
    List<String> files = List.of();

    @Option(
            names = "--column",
            paramLabel = "C",
            description = "The returns. Default: the column 'return', else the only one that holds numbers.")
    @Nullable
    String column;

    @Option(
            names = "--periods",
            paramLabel = "N",
            description = "Periods per year: 365 for days, 8760 for hours. Default: 365.")
    double periods = DAYS_PER_YEAR;

    @Mixin
    TableOptions table;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        Check.that(periods > 0 && periods < Double.POSITIVE_INFINITY, "--periods must be above 0, got " + periods);
        return new EachFile(spec, common.json).ask(TableOptions.checked(files), file -> {
            Frame frame = column == null ? found(file) : table.series(file, column, List.of());
            String name = frame.columnNames().get(0);
            double[] returns = frame.column(name).toArray();
            for (int i = 0; i < returns.length; i++) {
                Check.that(
                        Double.isFinite(returns[i]),
                        frame.symbol() + ", row " + (i + 1) + " below the header, column " + name
                                + ": a return is missing; write 0 where nothing was earned, or leave the row out");
                Check.that(
                        returns[i] >= -1,
                        frame.symbol() + ", row " + (i + 1) + " below the header, column " + name + ": a return of "
                                + Numbers.text(returns[i])
                                + " loses more than all; returns are fractions, 0.01 is 1 %");
            }
            Check.that(
                    returns.length == 0 || Arrays.stream(returns).min().orElse(0) <= 1,
                    frame.symbol() + ", column " + name
                            + ": every value is above 1, so these are prices or amounts, not"
                            + " returns; give returns such as close / previous close - 1, as fractions");
            return new Figures(
                    name, returns.length, MetricsTable.of(returns, periods).values(), periods);
        });
    }

    /** The column that is called so, else the only one with numbers, unless those are times. */
    private Frame found(String file) throws IOException {
        Frame all = table.numbers(file);
        for (String name : all.columnNames()) {
            if (name.equalsIgnoreCase("return") || name.equalsIgnoreCase("returns")) {
                return Frame.of(all.symbol(), all.index(), all.barNanos(), all.provenance())
                        .with(name, all.column(name).toArray());
            }
        }
        Frame only = table.only(all, List.of());
        String name = only.columnNames().get(0).toLowerCase(Locale.ROOT);
        Check.that(
                !name.startsWith("time") && !name.startsWith("date"),
                only.symbol() + ", column " + name
                        + ": these are times, and no other column holds numbers alone; name the returns with --column");
        return only;
    }

    private record Figures(String column, int rows, Map<String, Double> values, double periods) implements Answer {
        @Override
        public void addTo(Node.Fields fields) {
            fields.put("column", column).put("rows", rows).put("periods", Numbers.of(periods));
            values.forEach((name, value) -> fields.put(name, Numbers.of(value)));
            if (isTooShortForYears()) {
                fields.put("note", tooShort());
            }
        }

        /** As for backtests: less than 30 days, where powers and roots of a year make numbers out of nothing. */
        private boolean isTooShortForYears() {
            return rows / periods < SHORTEST_YEARS;
        }

        private String tooShort() {
            return "sharpe, sortino, cagr and calmar are of a year, but " + rows
                    + (rows == 1 ? " return is" : " returns are") + " less than 30 days of it: do not rely on them";
        }

        /** What these returns do not define. */
        private static Object shown(Double value) {
            return value.isNaN() ? "n/a" : value;
        }

        @Override
        public String text() {
            Tabular table = () -> List.of(
                    new Tabular.Column("figure", List.copyOf(values.keySet())),
                    new Tabular.Column(
                            "value",
                            values.values().stream().map(Figures::shown).toList()));
            return Errors.printable(column) + ": " + rows + (rows == 1 ? " return, " : " returns, ")
                    + Numbers.of(periods) + " periods a year\n"
                    + table.asText()
                    + (isTooShortForYears() ? tooShort() + "\n" : "")
                    + (rows < ProbabilisticSharpe.MINIMUM_OBSERVATIONS
                            ? "probabilisticSharpe is n/a: it needs " + ProbabilisticSharpe.MINIMUM_OBSERVATIONS
                                    + " returns, got " + rows + "\n"
                            : "");
        }
    }
}
