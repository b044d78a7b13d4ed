package org.lama.backtest.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.lama.core.base.Api;
import picocli.CommandLine;

/**
 * Entry of the command line {@code lama}.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param args the command with its options
     */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = run(out, err, args);
        out.flush();
        err.flush();
        if (!Interrupt.isRaised()) {
            System.exit(code);
        }
        Interrupt.finished();
    }

    /**
     * Runs one command without ending the process.
     *
     * @param out where results go
     * @param err where banner, progress and errors go
     * @param args the command with its options
     * @return the exit code
     */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(new RootCommand());
        line.setOut(out).setErr(err).setUsageHelpWidth(100);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.getHelpSectionMap().put(CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandGroups());
        line.setParameterExceptionHandler(Errors::usage);
        line.setExecutionExceptionHandler(Main::failed);
        try {
            return line.execute(args);
        } catch (OutOfMemoryError tooLarge) {
            return Errors.memory(err);
        }
    }

    /** Input that a command cannot use is said in words of its options. */
    private static int failed(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
        return failure instanceof IllegalArgumentException
                ? Errors.input(failure, Wording.of(failure, line.getCommandSpec()), line, "")
                : Errors.execution(failure, line, parsed);
    }
}
