package org.lama.core.sources;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lama.core.base.Suggestion;

/**
 * Which symbol of a recorded feed is read, decided before its messages are: a choice that changed on the way would join the
 * book of one with the prints of another. Lines are searched as text, as far as the symbol that is asked for. Stateless.
 */
final class RecordedSymbols {
    private static final Pattern STREAM = Pattern.compile("\"stream\"\\s*:\\s*\"([^\"@!]+)@");
    private static final Pattern CHANNEL = Pattern.compile("\"channel\"\\s*:\\s*\"(?:l2Book|trades)\"");
    private static final Pattern COIN = Pattern.compile("\"coin\"\\s*:\\s*\"([^\"]+)\"");
    private static final int MOST_SHOWN = 10;

    private RecordedSymbols() {}

    /**
     * The symbol of a file of Binance: the first where none is asked for, and the only one under whatever name is asked for,
     * which is then a name of the user's own. No word where no message names one.
     */
    static String binance(Path file, String asked) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        boolean isThere = find(file, asked, true, names);
        if (isThere) {
            return asked;
        }
        if (names.size() > 1) {
            throw unknown(file, asked, names);
        }
        return first(names);
    }

    /** The coin of a file of Hyperliquid: the first where none is asked for; no other name stands for it. */
    static String hyperliquid(Path file, String asked) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        boolean isThere = find(file, asked, false, names);
        if (!isThere && !asked.isEmpty() && !names.isEmpty()) {
            throw unknown(file, asked, names);
        }
        return asked.isEmpty() ? first(names) : asked;
    }

    /** The symbol with which the name of a stream begins. */
    static String ofStream(String stream) {
        return stream.substring(0, Math.max(0, stream.indexOf('@')));
    }

    private static String first(Set<String> names) {
        return names.isEmpty() ? "" : names.iterator().next();
    }

    /** Collects names up to the one that is asked for, or the first if none is; whether that one was found. */
    private static boolean find(Path file, String asked, boolean streams, Set<String> names) throws IOException {
        try (RecordedFile in = RecordedFile.open(file)) {
            for (String line = in.line(); line != null; line = in.line()) {
                if (!streams && !CHANNEL.matcher(line).find()) {
                    continue;
                }
                Matcher name = (streams ? STREAM : COIN).matcher(line);
                while (name.find()) {
                    String found = name.group(1);
                    names.add(found);
                    if (asked.isEmpty()) {
                        return false;
                    }
                    if (streams ? found.equalsIgnoreCase(asked) : found.equals(asked)) {
                        return true;
                    }
                }
            }
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        return false;
    }

    private static IllegalArgumentException unknown(Path file, String asked, Set<String> names) {
        String shown = String.join(", ", names.stream().limit(MOST_SHOWN).toList());
        String more = names.size() > MOST_SHOWN ? " and " + (names.size() - MOST_SHOWN) + " more" : "";
        return new IllegalArgumentException(file + ": the symbol must be one of those that the file has, " + shown
                + more + ", got '" + asked + "'" + Suggestion.alike(asked, names));
    }
}
