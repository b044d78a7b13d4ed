package org.lama.backtest.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lama.core.series.Frame;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.ModelTool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Volatility models of one column of returns. */
@Command(
        name = "garch",
        description = "Fits and forecasts the volatility of a column of returns.",
        subcommands = {GarchCommand.Fit.class, GarchCommand.Forecast.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama garch fit returns.csv --column r --model garch --p 1 --q 1 --dist t",
            "  lama garch forecast returns.csv --model gjr --o 1 --horizon 20 --json"
        })
final class GarchCommand implements Callable<Integer> {
    private static final String TOOL = "garch";

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        return common.alone(spec);
    }

    /** Model and data of both commands. */
    static final class Input {
        @Parameters(arity = "1..*", paramLabel = "FILE", description = TableOptions.FILES)
        List<String> files = List.of();

        @Option(
                names = "--column",
                paramLabel = "C",
                description = "The returns. Default: the only column that holds numbers.")
        @Nullable
        String column;

        @Option(
                names = "--model",
                paramLabel = "garch|gjr|egarch|arch",
                description = "How the variance moves. Default: garch.")
        @Nullable
        String model;

        @Option(names = "--p", paramLabel = "P", description = "Lags of squared shocks. Default: 1.")
        @Nullable
        Integer shocks;

        @Option(names = "--o", paramLabel = "O", description = "Lags of signed shocks (gjr, egarch). Default: 1 there.")
        @Nullable
        Integer asymmetries;

        @Option(names = "--q", paramLabel = "Q", description = "Lags of the variance. Default: 1; 0 for arch.")
        @Nullable
        Integer variances;

        @Option(names = "--dist", paramLabel = "normal|t", description = "Distribution of shocks. Default: normal.")
        @Nullable
        String distribution;

        @Option(
                names = "--input",
                paramLabel = "returns|prices",
                description = "What the column holds; prices become log returns. Default: returns.")
        @Nullable
        String kind;

        @Option(names = "--mean", paramLabel = "constant|zero", description = "Mean of the returns. Default: constant.")
        @Nullable
        String mean;

        @Option(
                names = "--effort",
                paramLabel = "fast|normal|thorough",
                description = "How many starts the search for the best parameters has. Default: normal.")
        @Nullable
        String effort;

        @Mixin
        TableOptions table;

        @Mixin
        ForecastOptions ahead;

        @Mixin
        FigureOptions figures;

        @Mixin
        CommonOptions common;

        int ask(CommandSpec spec, ModelTool.Action action) {
            boolean several = files.size() > 1;
            List<Double> levels = ahead.levels();
            Map<String, String> options = options();
            return new EachFile(spec, common.json).ask(TableOptions.checked(files), file -> {
                Frame data = table.series(file, column, List.of());
                String target = data.columnNames().get(0);
                options.put("column", target);
                ModelTool.Request request = ModelTool.Request.of(data, options, FitContext.backtest(0));
                ModelSummary fitted = Tools.run(TOOL, action, request);
                return new SummaryAnswer(
                                fitted,
                                target,
                                levels,
                                figures.write(fitted, Optional.of(data.column(target)), file, several))
                        .orThrow();
            });
        }

        private Map<String, String> options() {
            Map<String, String> options = new LinkedHashMap<>();
            Tools.put(options, "model", model);
            Tools.put(options, "p", shocks);
            Tools.put(options, "o", asymmetries);
            Tools.put(options, "q", variances);
            Tools.put(options, "dist", distribution);
            Tools.put(options, "mean", mean);
            Tools.put(options, "input", kind);
            Tools.put(options, "effort", effort);
            options.put("horizon", ahead.horizon());
            return options;
        }
    }

    /** The estimate. */
    @Command(
            name = "fit",
            description = {
                "Estimates an ARCH, GARCH, GJR or EGARCH model.",
                "Parameters have the names of Python's arch; standard errors are robust."
            },
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {
                "  lama garch fit returns.csv --column r --model egarch --p 1 --o 1 --q 1 --dist t",
                "  lama garch fit returns.csv --json | jq .persistence"
            })
    static final class Fit implements Callable<Integer> {
        @Spec
        CommandSpec spec;

        @Mixin
        Input input;

        @Override
        public Integer call() {
            return input.ask(spec, ModelTool.Action.FIT);
        }
    }

    /** The look ahead. */
    @Command(
            name = "forecast",
            description = "Estimates a volatility model and forecasts mean and variance.",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {
                "  lama garch forecast returns.csv --column r --horizon 20",
                "  lama garch forecast *.csv --model gjr --dist t --json | jq -c '[.file, .varianceForecast[0]]'"
            })
    static final class Forecast implements Callable<Integer> {
        @Spec
        CommandSpec spec;

        @Mixin
        Input input;

        @Override
        public Integer call() {
            return input.ask(spec, ModelTool.Action.FORECAST);
        }
    }
}
