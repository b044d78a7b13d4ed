package org.lama.backtest.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Check;
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

/** ARIMA models of one column. */
@Command(
        name = "arima",
        description = "Fits, chooses and forecasts ARIMA models of a column of a CSV file.",
        subcommands = {ArimaCommand.Fit.class, ArimaCommand.Auto.class, ArimaCommand.Forecast.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama arima fit sales.csv --column value --order 1,1,1",
            "  lama arima auto sales.csv --column value --period 12 --json"
        })
final class ArimaCommand implements Callable<Integer> {
    private static final String TOOL = "arima";

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        return common.alone(spec);
    }

    /** What all three commands read. */
    static final class Input {
        @Parameters(arity = "1..*", paramLabel = "FILE", description = TableOptions.FILES)
        List<String> files = List.of();

        @Option(
                names = "--column",
                paramLabel = "C",
                description = "The series. Default: the only column that holds numbers.")
        @Nullable
        String column;

        @Option(names = "--xreg", split = ",", paramLabel = "A,B", description = "Columns of explanatory variables.")
        List<String> xreg = List.of();

        @Option(
                names = "--future",
                paramLabel = "FILE",
                description = "CSV with the columns of --xreg for the steps ahead; needed to forecast with them.")
        @Nullable
        String future;

        @Option(
                names = "--effort",
                paramLabel = "fast|normal|thorough",
                description = {
                    "How many starts the search for the best coefficients has.",
                    "Default: auto normal; fit and forecast thorough, or normal",
                    "where an order has more than 40 smaller models."
                })
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

        int ask(CommandSpec spec, ModelTool.Action action, Map<String, String> settings) {
            Check.that(future == null || !xreg.isEmpty(), "--future needs --xreg to name its columns");
            boolean several = files.size() > 1;
            List<Double> levels = ahead.levels();
            Map<String, String> options = new LinkedHashMap<>(settings);
            options.put("horizon", ahead.horizon());
            Tools.put(options, "effort", effort);
            if (!xreg.isEmpty()) {
                options.put("xreg", String.join(",", xreg));
            }
            return new EachFile(spec, common.json).ask(TableOptions.checked(files), file -> {
                Frame data = table.series(file, column, xreg);
                Optional<Frame> later = future == null ? Optional.empty() : Optional.of(later(future));
                String target = data.columnNames().get(0);
                options.put("column", target);
                ModelTool.Request request = new ModelTool.Request(data, later, options, FitContext.backtest(0));
                ModelSummary model = Tools.run(TOOL, action, request);
                return new SummaryAnswer(
                                model,
                                target,
                                levels,
                                figures.write(model, Optional.of(data.column(target)), file, several))
                        .orThrow();
            });
        }

        private Frame later(String file) throws IOException {
            return new TableOptions().columns(file, xreg);
        }
    }

    /** The form of a model. */
    static final class Form {
        @Option(
                names = "--order",
                paramLabel = "p,d,q",
                defaultValue = "1,1,1",
                description = "Order. Default: ${DEFAULT-VALUE}.")
        String order = "1,1,1";

        @Option(
                names = "--seasonal",
                paramLabel = "P,D,Q,m",
                description = "Seasonal order and period, such as 0,1,1,12.")
        @Nullable
        String seasonal;

        @Option(names = "--mean", description = "Estimate a mean; without it the series varies about 0.")
        boolean mean;

        @Option(names = "--drift", description = "Estimate a linear trend.")
        boolean drift;

        @Option(names = "--method", paramLabel = "ml|css|css-ml", description = "How to estimate. Default: ml.")
        @Nullable
        String method;

        Map<String, String> options() {
            Map<String, String> options = new LinkedHashMap<>();
            options.put("order", order);
            Tools.put(options, "seasonal", seasonal);
            Tools.flag(options, "mean", mean);
            Tools.flag(options, "drift", drift);
            Tools.put(options, "method", method);
            return options;
        }
    }

    /** A model of given order. */
    @Command(
            name = "fit",
            description = {
                "Estimates an ARIMA model of given order.",
                "Coefficients have R's names and signs; a seasonal part, a mean, a drift, explanatory columns and",
                "missing values are welcome."
            },
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {
                "  lama arima fit sales.csv --column value --order 0,1,1 --seasonal 0,1,1,12",
                "  lama arima fit a.csv b.csv --order 2,0,1 --json | jq .aicc",
                "  zcat bars.csv.gz | lama arima fit - --column close --order 1,1,1 --drift"
            })
    static final class Fit implements Callable<Integer> {
        @Spec
        CommandSpec spec;

        @Mixin
        Form form;

        @Mixin
        Input input;

        @Override
        public Integer call() {
            return input.ask(spec, ModelTool.Action.FIT, form.options());
        }
    }

    /** The same with the forecast in front. */
    @Command(
            name = "forecast",
            description = "Estimates an ARIMA model of given order and forecasts, with intervals.",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {
                "  lama arima forecast sales.csv --order 1,1,1 --horizon 24 --level 50,90",
                "  lama arima forecast sales.csv --order 1,0,0 --xreg price,promo --future plan.csv --json"
            })
    static final class Forecast implements Callable<Integer> {
        @Spec
        CommandSpec spec;

        @Mixin
        Form form;

        @Mixin
        Input input;

        @Override
        public Integer call() {
            return input.ask(spec, ModelTool.Action.FORECAST, form.options());
        }
    }

    /** The order by search. */
    @Command(
            name = "auto",
            description = {
                "Chooses the order of an ARIMA model.",
                "Differences come from tests, the rest has the least of an information criterion. The notes say",
                "why the other candidates lost."
            },
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {
                "  lama arima auto sales.csv --column value --period 12",
                "  lama arima auto *.csv --search full --criterion bic --json > models.jsonl"
            })
    static final class Auto implements Callable<Integer> {
        @Spec
        CommandSpec spec;

        @Mixin
        AutoArimaSettings settings;

        @Mixin
        Input input;

        @Override
        public Integer call() {
            return input.ask(spec, ModelTool.Action.AUTO, settings.options());
        }
    }
}
