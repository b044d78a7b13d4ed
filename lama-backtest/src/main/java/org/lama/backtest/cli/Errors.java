package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import org.lama.backtest.engine.StrategyException;
import org.lama.backtest.strategies.CompilationException;
import org.lama.backtest.walkforward.StudyInterruptedException;
import org.lama.core.data.DataException;
import picocli.CommandLine;

/** Turns failures into one line that says what, where and what to do; the stack only with {@code --debug}. */
final class Errors {
    private static final String DEBUG = "--debug";

    private Errors() {}

    static int usage(CommandLine.ParameterException failure, String[] args) {
        CommandLine line = failure.getCommandLine();
        PrintWriter err = line.getErr();
        List<String> similar = failure instanceof CommandLine.UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions()
                : List.of();
        String commands = String.join(", ", line.getSubcommands().keySet());
        String others = commands.isEmpty() ? "" : "; the commands are " + commands;
        err.println("lama: " + plain(sentence(failure)) + meaning(failure)
                + (similar.isEmpty() ? others : "; did you mean " + String.join(" or ", similar) + "?")
                + "; see '" + line.getCommandSpec().qualifiedName() + " --help'");
        trace(failure, err, args);
        return ExitCode.USAGE;
    }

    /** What the parser says in words of Java, in words of the user. */
    private static String plain(String sentence) {
        return sentence.replace("is not a double", "is not a number")
                .replaceFirst("is not an? (int|long)\\b", "is not a whole number")
                .replace("option option", "option")
                .replace("should be in KEY=VALUE format but was ", "must be NAME=VALUE, got ");
    }

    /** A missing option says what it is for; the files of a command do that by their name. */
    private static String meaning(CommandLine.ParameterException failure) {
        if (failure instanceof CommandLine.MissingParameterException missing
                && missing.getMissing().size() == 1
                && missing.getMissing().get(0).isOption()) {
            return ": "
                    + String.join(" ", missing.getMissing().get(0).description())
                            .replaceFirst("\\.$", "");
        }
        return "";
    }

    static int execution(Exception thrown, CommandLine line, CommandLine.ParseResult parsed) {
        // A stream over a folder reports its failures wrapped.
        Exception failure = thrown instanceof UncheckedIOException && thrown.getCause() instanceof IOException wrapped
                ? wrapped
                : thrown;
        PrintWriter err = line.getErr();
        err.println("lama: " + sentence(failure));
        trace(failure, err, parsed.originalArgs().toArray(String[]::new));
        int code = code(failure);
        if (code == ExitCode.INTERNAL) {
            err.println("This is a fault of LAMA. Run again with --debug and report what it prints.");
        }
        return code;
    }

    /** Input that a command cannot use, said in one line; the file is named where there are several. */
    static int input(Exception failure, String message, CommandLine line, String file) {
        boolean named = file.isEmpty() || message.contains(file);
        line.getErr().println("lama: " + (named ? "" : printable(file) + ": ") + message);
        trace(failure, line.getErr(), line.getParseResult().originalArgs().toArray(String[]::new));
        return ExitCode.USAGE;
    }

    static int code(Exception failure) {
        if (failure instanceof StudyInterruptedException) {
            return ExitCode.INTERRUPTED;
        }
        if (failure instanceof DataException data && !data.isRequest()) {
            return ExitCode.DATA_FAULTS;
        }
        // a strategy that fails is the user's own code
        boolean input = failure instanceof IllegalArgumentException
                || failure instanceof IOException
                || failure instanceof StrategyException;
        return input ? ExitCode.USAGE : ExitCode.INTERNAL;
    }

    /** Too little memory is no fault of the program; the stack would say where it happened to run out. */
    static int memory(PrintWriter err) {
        err.println("lama: the memory of " + (Runtime.getRuntime().maxMemory() >> 20)
                + " MiB is too small for these data; set LAMA_HEAP, such as LAMA_HEAP=4g, or choose fewer --symbols");
        return ExitCode.USAGE;
    }

    private static void trace(Exception failure, PrintWriter err, String[] args) {
        if (Arrays.asList(args).contains(DEBUG)) {
            failure.printStackTrace(err);
        }
    }

    static String sentence(Throwable failure) {
        String message = failure.getMessage();
        if (failure instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file or directory; check the path";
        }
        if (failure instanceof AccessDeniedException denied) {
            return denied.getFile() + ": no permission to read or write it";
        }
        if (failure instanceof StrategyException strategy) {
            return printable(String.valueOf(message)) + line(strategy);
        }
        if (failure instanceof CompilationException) {
            return printableLines(String.valueOf(message));
        }
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : printable(message);
    }

    /** The line of the user's own source from which the failure came. */
    private static String line(StrategyException failure) {
        Throwable cause = failure.getCause();
        for (StackTraceElement frame : cause == null ? new StackTraceElement[0] : cause.getStackTrace()) {
            if (frame.getClassName().startsWith("org.lama.backtest.engine.BarEngine")) {
                // beyond it lies no code of the strategy
                return "";
            }
            boolean own = !frame.getClassName().startsWith("org.lama.")
                    && !frame.getClassName().startsWith("java.")
                    && !frame.getClassName().startsWith("jdk.");
            if (own) {
                return frame.getFileName() == null
                        ? ""
                        : " (" + printable(frame.getFileName()) + ", line " + frame.getLineNumber() + ")";
            }
        }
        return "";
    }

    /** Messages quote what stands in files, and a terminal obeys control characters. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /** The same for text of several lines. */
    static String printableLines(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\n]]", "?");
    }
}
