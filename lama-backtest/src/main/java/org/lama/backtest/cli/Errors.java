package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/** Turns failures into one line that says what, where and what to do; the stack only with {@code --debug}. */
final class Errors {
    private static final String DEBUG = "--debug";

    private Errors() {}

    static int usage(CommandLine.ParameterException failure, String[] args) {
        CommandLine line = failure.getCommandLine();
        PrintWriter err = line.getErr();
        err.println("lama: " + sentence(failure));
        List<String> similar = CommandLine.UnmatchedArgumentException.class.isInstance(failure)
                ? ((CommandLine.UnmatchedArgumentException) failure).getSuggestions()
                : List.of();
        if (!similar.isEmpty()) {
            err.println("Did you mean: " + String.join(", ", similar) + "?");
        }
        err.println("See '" + line.getCommandSpec().qualifiedName() + " --help'.");
        trace(failure, err, args);
        return ExitCode.USAGE;
    }

    static int execution(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
        PrintWriter err = line.getErr();
        err.println("lama: " + sentence(failure));
        trace(failure, err, parsed.originalArgs().toArray(String[]::new));
        boolean input = failure instanceof IllegalArgumentException || failure instanceof IOException;
        if (!input) {
            err.println("This is a fault of LAMA. Run again with --debug and report what it prints.");
        }
        return input ? ExitCode.USAGE : ExitCode.INTERNAL;
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
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
