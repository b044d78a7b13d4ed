package org.lama.core.data;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lama.core.market.InstrumentId;

/**
 * Columns that say whose each row is, under the names that venues and their users give them, and the rows of each subject:
 * the one way in which tables of any kind are split. Stateless.
 */
final class Symbols {
    /** Names that mean nothing else. */
    private static final List<String> SURE =
            List.of("symbol", "ticker", "pair", "instrument", "instrument_name", "product_id", "instid", "asset");
    /** Names that may stand above numbers, or above the name of a venue, as well. */
    private static final List<String> LIKELY = List.of("coin", "token", "product", "market", "pool", "pool_address");

    private static final Set<String> MARKETS =
            Set.of("SPOT", "PERP", "PERPETUAL", "SWAP", "FUTURE", "FUTURES", "OPTION", "OPTIONS", "MARGIN");

    private Symbols() {}

    /** Whether a column of this name, in small letters, may say whose each row is. */
    static boolean isName(String name) {
        return SURE.contains(name) || LIKELY.contains(name);
    }

    /** The position of the column that says whose rows are, by the names in small letters and a cell of each; -1 if none. */
    static int column(List<String> names, List<String> cells) {
        for (List<String> wanted : List.of(SURE, LIKELY)) {
            for (String name : wanted) {
                int column = names.indexOf(name);
                if (column >= 0 && (wanted.equals(SURE) || isSubject(cells.get(column)))) {
                    return column;
                }
            }
        }
        return -1;
    }

    private static Optional<String> column(TableFile table) {
        return SURE.stream()
                .filter(table::isNaming)
                .findFirst()
                .or(() -> LIKELY.stream()
                        .filter(table::isNaming)
                        .filter(name -> table.texts(name).stream().anyMatch(Symbols::isSubject))
                        .findFirst());
    }

    private static boolean isSubject(String word) {
        byte[] text = word.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        boolean number = !Decimals.isBroken(Decimals.parse(text, 0, text.length));
        return !number && !Identity.isVenue(word) && !MARKETS.contains(word.toUpperCase(java.util.Locale.ROOT));
    }

    /**
     * The rows of each subject of a table in the order of first appearance; one entry with an empty name if no column says.
     *
     * @throws DataException if the caller says that the file holds one instrument and it holds several
     */
    static Map<String, int[]> split(SeriesSink sink, TableFile table) throws DataException {
        Optional<String> column = column(table);
        if (column.isEmpty()) {
            int[] all = new int[table.rows()];
            Arrays.setAll(all, row -> row);
            return Map.of("", all);
        }
        Map<String, int[]> groups = new LinkedHashMap<>();
        Columnar.groups(table.texts(column.get()))
                .forEach((word, rows) -> groups.put(word.isBlank() ? Identity.UNKNOWN : word, rows));
        requireOne(sink.file(), sink.options(), column.get(), List.copyOf(groups.keySet()));
        return groups;
    }

    /** Who says that a file holds one instrument must not get the rows of several as those of it. */
    static void requireOne(SourceFile file, ImportOptions options, String column, List<String> symbols)
            throws DataException {
        Optional<InstrumentId> named = file.named(options);
        if (named.isPresent() && symbols.size() > 1) {
            throw new DataException(
                    file.name(),
                    1,
                    column,
                    "the file holds " + Words.shown(symbols) + ", and was said to hold " + named.get() + " alone",
                    "name its market alone, such as " + named.get().venue() + "."
                            + named.get().kind() + ", or split it");
        }
    }

    /** A subject of a split, or the symbol that the name of the file tells where no column does. */
    static String orOfFile(SeriesSink sink, String subject) {
        return subject.isEmpty() ? FileNames.symbol(sink.file().name()) : subject;
    }
}
