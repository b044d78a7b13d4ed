package org.lama.backtest.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root: prints help when no command is given. */
@Command(
        name = "lama",
        description = {
            "Would this signal have made money, after costs, had I really run it?",
            "LAMA walks a signal forward over the past and gives an honest verdict."
        },
        subcommands = {
            StudyCommand.class,
            BacktestCommand.class,
            CompareCommand.class,
            DiffCommand.class,
            RerunCommand.class,
            CheckCommand.class,
            CalibrateCommand.class,
            SealCommand.class,
            UnsealCommand.class,
            SweepCommand.class,
            NewCommand.class,
            DataCommand.class,
            BookCommand.class,
            ArimaCommand.class,
            GarchCommand.class,
            AnomalyCommand.class,
            TestCommand.class,
            MetricsCommand.class,
            ModelsCommand.class,
            DoctorCommand.class,
            NotebookCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama study                          the whole pipeline on the synthetic market",
            "  lama study --data bars.csv.gz       the same on your own bars",
            "  lama backtest --strategy sma-cross  one strategy, every trade",
            "  lama new Crossing                   a strategy of your own",
            "  lama data verify bars.csv.gz        what is wrong with the file",
            "  lama arima auto sales.csv           the best ARIMA model of a column",
            "  lama test adf sales.csv             whether it has a unit root",
            "  lama study --help                   all options of a command",
            "",
            "Exit codes: 0 done (any verdict), 1 error inside LAMA, 2 wrong usage or input, 3 data faults,",
            "4 results differ or a cheat was found, 130 interrupted (partial results kept).",
            "",
            "Research and education only; no financial advice."
        })
final class RootCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.DONE;
    }

    /** The version of the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"lama " + org.lama.backtest.api.Versions.lama()};
        }
    }
}
