package org.lama.backtest.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lama.core.data.DataException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Says in the words of the command line what a library says in its own: {@code missing=skip} becomes {@code --missing
 * skip}, {@code maxP must be} becomes {@code --max-p must be}, and the rows of a file, counted with its header, are lines.
 */
final class Wording {
    private Wording() {}

    static String of(Exception failure, CommandSpec spec) {
        String message = Errors.sentence(failure);
        if (failure instanceof DataException data && data.row() > 0) {
            message = message.replaceFirst(", row " + data.row() + "\\b", ", line " + data.row());
        }
        for (OptionSpec option : spec.options()) {
            message = flags(message, option);
        }
        return message;
    }

    /** A path as it is typed, quoted where the shell needs it. */
    static String typed(Path path) {
        return typed(path.toString().replace('\\', '/'));
    }

    /** A word as it is typed, quoted where the shell needs it. */
    static String typed(String text) {
        return text.matches("[A-Za-z0-9_./:@%+=,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private static String flags(String message, OptionSpec option) {
        String flag = option.longestName();
        String name = flag.replaceFirst("^--", "");
        String names = "(?:" + Pattern.quote(name) + "|" + Pattern.quote(camel(name)) + ")";
        String replacement = Matcher.quoteReplacement(flag);
        String said = message.replaceFirst("^" + names + " (?=must |needs )", replacement + " ")
                .replaceAll("(?<![\\w'-])" + names + "=(?=\\w)", replacement + " ")
                .replaceFirst("(?<=must lie before )" + names + "(?=, got )", replacement)
                .replaceAll("option '" + names + "'", replacement);
        // a flag without value is there or not
        return option.arity().max() == 0 ? said.replace(flag + " must be false", flag + " must be left out") : said;
    }

    /** The name as a setting in Java has it. */
    private static String camel(String name) {
        String[] words = name.split("-", -1);
        StringBuilder joined = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            joined.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(words[i].substring(1));
        }
        return joined.toString();
    }
}
