package org.lama.backtest.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Check;
import org.lama.core.series.Frame;
import org.lama.core.stats.StatisticalTests;
import org.lama.core.stats.TestReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Statistical tests of columns of a table. */
@Command(
        name = "test",
        description = {
            "Tests a column of a CSV file: unit roots, autocorrelation, normality, cointegration.",
            "",
            "  unit root        adf, pp, dfgls (null: there is one), kpss (null: there is none)",
            "  random walk      variance-ratio",
            "  autocorrelation  ljung-box, box-pierce, durbin-watson",
            "  shape, variance  jarque-bera (normal), arch-lm (constant variance)",
            "  cointegration    engle-granger, johansen (with --columns)",
            "  mean reversion   half-life, hurst (estimates)"
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama test adf prices.csv --column close --regression ct --lags bic",
            "  lama test ljung-box residuals.csv --lags 10 --model-df 2 --json | jq .pValue",
            "  lama test engle-granger pair.csv --columns y,x"
        })
final class TestCommand implements Callable<Integer> {
    /** Tests of how columns move together. */
    private static final Set<String> SEVERAL = Set.of("engle-granger", "johansen");

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "NAME", description = "The test, see above.")
    String name = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = TableOptions.FILES)
    List<String> files = List.of();

    @Option(
            names = "--column",
            paramLabel = "C",
            description = "The series. Default: the only column that holds numbers.")
    @Nullable
    String column;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "Y,X",
            description = "The series of engle-granger (the left side first) and johansen.")
    List<String> columns = List.of();

    @Option(
            names = "--regression",
            paramLabel = "n|c|ct|ctt",
            description = "Deterministic terms: none, constant, trend, squared trend. Default: c.")
    @Nullable
    String regression;

    @Option(
            names = "--lags",
            paramLabel = "N|aic|bic|t",
            description = "Number of lags, or the rule that chooses it; kpss: N, auto or legacy.")
    @Nullable
    String lags;

    @Option(
            names = "--model-df",
            paramLabel = "K",
            description = "Parameters of the model whose residuals are tested (ljung-box, box-pierce, arch-lm).")
    @Nullable
    Integer modelDegrees;

    @Option(names = "--statistic", paramLabel = "tau|rho", description = "Statistic of pp. Default: tau.")
    @Nullable
    String statistic;

    @Option(
            names = "--robust",
            paramLabel = "true|false",
            arity = "1",
            description = "Whether variance-ratio allows for a variance that changes. Default: true.")
    @Nullable
    String robust;

    @Mixin
    TableOptions table;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        Check.that(column == null || columns.isEmpty(), "--column and --columns must not both be given");
        Map<String, String> options = new LinkedHashMap<>();
        Tools.put(options, "regression", regression);
        Tools.put(options, "lags", lags);
        Tools.put(options, "model-df", modelDegrees);
        Tools.put(options, "statistic", statistic);
        Tools.put(options, "robust", robust);
        // a wrong name or option is wrong for every file
        requireOptions(options.keySet());
        Check.that(
                column == null || !SEVERAL.contains(name),
                name + " takes at least two columns: name them with --columns y,x instead of --column");
        return new EachFile(spec, common.json).ask(TableOptions.checked(files), file -> {
            Frame data = data(file);
            List<double[]> series = new ArrayList<>();
            data.columnNames().forEach(each -> series.add(data.column(each).toArray()));
            TestReport report = StatisticalTests.run(name, series, options);
            return new TestAnswer(report, data.columnNames()).orThrow();
        });
    }

    private Frame data(String file) throws IOException {
        if (!columns.isEmpty()) {
            return table.columns(file, columns);
        }
        if (SEVERAL.contains(name)) {
            throw new IllegalArgumentException(
                    name + " takes at least two columns: name them with --columns y,x; there are "
                            + table.numbers(file).columnNames());
        }
        return table.series(file, column, List.of());
    }

    private void requireOptions(Set<String> given) {
        Set<String> known = new TreeSet<>(StatisticalTests.options(name));
        List<String> others = given.stream()
                .filter(option -> !known.contains(option))
                .map(option -> "--" + option)
                .toList();
        Check.that(
                others.isEmpty(),
                name + " takes no "
                        + (known.isEmpty()
                                ? "options, got " + String.join(", ", others)
                                : String.join(" or ", others) + ", but --" + String.join(", --", known)));
    }
}
