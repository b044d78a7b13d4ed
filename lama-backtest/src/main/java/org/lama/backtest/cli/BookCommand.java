package org.lama.backtest.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Commands about order books. */
@Command(
        name = "book",
        description = "Looks at order books, marks what is unusual, samples features, and replays market makers.",
        subcommands = {
            BookReplayCommand.class,
            BookAnomaliesCommand.class,
            BookFeaturesCommand.class,
            BookShowCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama book show",
            "  lama book anomalies --minutes 20",
            "  lama book features --step 1 --minutes 10",
            "  lama book replay --minutes 10 --param quantity=0.01 --param inventory=0.05"
        })
final class BookCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        return common.alone(spec);
    }
}
