package org.lama.backtest.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options that every command has. */
final class CommonOptions {
    @Option(
            names = "--json",
            description = "Print one JSON document to standard output and everything else to standard error.")
    boolean json;

    @Option(names = "--debug", description = "Print the stack of an error.")
    boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    /** A group without command shows its help; with {@code --json} standard output is for documents only. */
    int alone(CommandSpec group) {
        CommandLine line = group.commandLine();
        if (json) {
            throw new CommandLine.ParameterException(
                    line, "a command is missing, usage: " + group.qualifiedName() + " COMMAND");
        }
        line.usage(line.getOut());
        return ExitCode.DONE;
    }
}
