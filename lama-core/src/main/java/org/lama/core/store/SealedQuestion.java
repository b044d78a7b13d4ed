package org.lama.core.store;

import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a question below a seal may name, told by the tree that DuckDB's own parser makes of it: the tables of the store and
 * what the question itself calls by a plain name. A file named in it would show what the views leave out. Stateless.
 */
final class SealedQuestion {
    // in the tree every quote inside of a text is escaped, so that no text can look like a part of the tree
    private static final String TEXT = "\"((?:[^\"\\\\]|\\\\.)*)\"";
    private static final Pattern TABLE = Pattern.compile("\"table_name\":" + TEXT);
    private static final Pattern NAMED = Pattern.compile("\"key\":" + TEXT + ",\"value\":\\{\"aliases\"");
    private static final Pattern FUNCTION =
            Pattern.compile("\"type\":\"TABLE_FUNCTION\".*?\"function_name\":" + TEXT, Pattern.DOTALL);
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Set<String> HARMLESS = Set.of("range", "generate_series", "unnest", "repeat");

    private SealedQuestion() {}

    /**
     * Refuses a question that could read past the views.
     *
     * @param tree what the parser says, as JSON
     * @param tables the tables of the store
     * @throws IOException if it names anything else, saying what
     */
    static void require(String tree, Collection<String> tables) throws IOException {
        if (!tree.contains("\"error\":false")) {
            throw refused("a question is one SELECT; the parser says " + tree, tables);
        }
        Set<String> own = new TreeSet<>();
        for (Matcher named = NAMED.matcher(tree); named.find(); ) {
            if (!PLAIN.matcher(named.group(1)).matches()) {
                throw refused("'" + named.group(1) + "' is no plain name", tables);
            }
            own.add(named.group(1).toLowerCase(Locale.ROOT));
        }
        for (Matcher table = TABLE.matcher(tree); table.find(); ) {
            String name = table.group(1).toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && !name.equals("\\\"tables\\\"") && !tables.contains(name) && !own.contains(name)) {
                throw refused("'" + table.group(1) + "' is none of them", tables);
            }
        }
        for (Matcher function = FUNCTION.matcher(tree); function.find(); ) {
            if (!HARMLESS.contains(function.group(1).toLowerCase(Locale.ROOT))) {
                throw refused("the function " + function.group(1) + " is not run there", tables);
            }
        }
    }

    private static IOException refused(String what, Collection<String> tables) {
        return new IOException(
                "SQL: below a seal a question sees the tables of the store alone, " + tables + ": " + what);
    }
}
