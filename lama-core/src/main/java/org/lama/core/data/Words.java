package org.lama.core.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * A column of text that no reader takes. Few words that come again and again may be the names of subjects under a heading
 * that nobody knows; if nothing but the word tells rows of one time apart, or if every change of the word is a leap of
 * the price, they are, and the rows must not become one series. Not thread-safe.
 */
final class Words {
    /** More words are numbers of orders or remarks. */
    private static final int MOST = 1_000;
    /** A price that doubles from row to row is a leap if no row of one word leaps as far. */
    private static final double LEAP = Math.log(2);

    private static final int SHOWN = 5;
    /** Whole numbers below it are states, levels or factors, unless the heading is that of a subject. */
    private static final double LEAST_NUMBER = 100;

    private static final double MOST_EXACT = 1e15;
    /** A number under such a heading, or under one that adds {@code id} to a name of a subject, says whose the row is. */
    private static final Set<String> SUBJECTS = Set.of(
            "id",
            "isin",
            "cusip",
            "figi",
            "sedol",
            "uid",
            "coin",
            "token",
            "asset",
            "symbol",
            "ticker",
            "pair",
            "instrument");

    private static final Pattern SUBJECT_ID = Pattern.compile(
            "(coin|token|asset|symbol|ticker|pair|instrument|market"
                    + "|product|currency|crypto|cryptocurrency|cmc|coingecko|security|contract|pool|series|sec)_?(id|code|no|number|name)");

    private static final Set<String> NO_NAMES = Set.of(
            "true", "false", "t", "f", "yes", "no", "y", "n", "buy", "sell", "b", "s", "bid", "ask", "a", "long",
            "short");

    private static final Pattern CAMEL = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    private final String column;
    private final Map<String, Integer> ids = new LinkedHashMap<>();
    private int[] idOfRow = new int[16];
    private int rows;
    private boolean other;

    Words(String column) {
        this.column = column;
    }

    /** The whole numbers of a column as words; none where it holds others, or small ones under an ordinary heading. */
    static Optional<Words> ofNumbers(String column, double[] values, int count) {
        Words words = new Words(column);
        boolean names = words.isOfSubject();
        double last = Double.NaN;
        for (int row = 0; row < count; row++) {
            double value = values[row];
            if (Double.isNaN(value)) {
                continue;
            }
            if (value != Math.rint(value) || Math.abs(value) >= MOST_EXACT || words.ids.size() > MOST) {
                return Optional.empty();
            }
            // most rows repeat the number of the row above
            if (value == last && words.rows == row) {
                words.repeat(row);
            } else {
                words.add(row, Long.toString((long) value));
            }
            names |= value >= LEAST_NUMBER;
            last = value;
        }
        return names && words.isFew() ? Optional.of(words) : Optional.empty();
    }

    /** Takes the word of the row above once more. */
    private void repeat(int row) {
        if (row >= idOfRow.length) {
            idOfRow = Arrays.copyOf(idOfRow, idOfRow.length * 2);
        }
        idOfRow[row] = idOfRow[row - 1];
        rows = row + 1;
    }

    /** Whether the heading is one of names or numbers of subjects. */
    boolean isOfSubject() {
        String name = CAMEL.matcher(column.trim())
                .replaceAll("_")
                .toLowerCase(Locale.ROOT)
                .replace(' ', '_');
        return SUBJECTS.contains(name) || SUBJECT_ID.matcher(name).matches();
    }

    /** Whether a word is a pair, or stands in the symbol of the file. */
    boolean nameSubjects(String symbol) {
        return ids.keySet().stream()
                .map(word -> word.toUpperCase(Locale.ROOT))
                .anyMatch(word -> FileNames.hasPair(word) || (word.length() > 1 && symbol.startsWith(word)));
    }

    String column() {
        return column;
    }

    /** Takes the cell of a row; rows come in ascending order, one that comes again replaces what was said. */
    void add(int row, String word) {
        if (row >= idOfRow.length) {
            idOfRow = Arrays.copyOf(idOfRow, Math.max(row + 1, idOfRow.length * 2));
        }
        // rows in between had an empty cell
        while (rows < row) {
            idOfRow[rows++] = -1;
        }
        idOfRow[row] = ids.size() > MOST ? -1 : ids.computeIfAbsent(word, key -> ids.size());
        rows = row + 1;
    }

    /** As {@link #add} of a cell that may be a number or empty. */
    void look(int row, String cell) {
        byte[] text = cell.getBytes(StandardCharsets.UTF_8);
        double value = Decimals.parse(text, 0, text.length);
        if (Decimals.isBroken(value)) {
            add(row, cell);
        } else if (!Double.isNaN(value)) {
            number();
        }
    }

    /** Says that the column holds numbers too, so that its words are no names. */
    void number() {
        other = true;
    }

    void clear() {
        ids.clear();
        rows = 0;
        other = false;
    }

    /** Whether few words are repeated: more than one, and each twice on the average. */
    boolean isFew() {
        return !other
                && ids.size() > 1
                && ids.size() <= MOST
                && 2 * ids.size() <= rows
                && ids.keySet().stream().anyMatch(word -> !NO_NAMES.contains(word.toLowerCase(Locale.ROOT)));
    }

    String shown() {
        return shown(List.copyOf(ids.keySet()));
    }

    /** Whether rows that are alike in what is known of them, such as time and symbol, have different words; of some it is nothing. */
    boolean tellsApart(int count, IntFunction<List<Object>> known) {
        Map<List<Object>, Integer> seen = new HashMap<>();
        for (int row = 0; row < Math.min(count, rows); row++) {
            List<Object> key = known.apply(row);
            if (idOfRow[row] >= 0 && !key.isEmpty()) {
                Integer before = seen.putIfAbsent(key, idOfRow[row]);
                if (before != null && before != idOfRow[row]) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether every change of the word is a leap of the price, beyond the largest move within a word. */
    boolean leaps(int count, double[] prices) {
        double[] last = new double[ids.size()];
        double within = LEAP;
        double least = Double.POSITIVE_INFINITY;
        double price = Double.NaN;
        int word = -1;
        for (int row = 0; row < Math.min(count, rows); row++) {
            int id = idOfRow[row];
            if (id < 0 || !(prices[row] > 0)) {
                continue;
            }
            if (last[id] > 0) {
                within = Math.max(within, Math.abs(Math.log(prices[row] / last[id])));
            }
            if (word >= 0 && id != word) {
                least = Math.min(least, Math.abs(Math.log(prices[row] / price)));
            }
            last[id] = prices[row];
            price = prices[row];
            word = id;
        }
        return least > within && least < Double.POSITIVE_INFINITY;
    }

    /** Some words for a message. */
    static String shown(List<String> words) {
        String first = String.join(", ", words.subList(0, Math.min(SHOWN, words.size())));
        return words.size() > SHOWN ? first + ", … (" + words.size() + ")" : first;
    }

    /** What is thrown where the words are names of subjects. */
    DataException several(String source) {
        return new DataException(
                source,
                1,
                column,
                "the rows are of several subjects: column '" + column + "' alone tells " + shown() + " apart",
                "call the column symbol, or make a file of each; if it tells something else, leave it out, or call the"
                        + " file of one subject by its pair, such as BTCUSDT_1d.csv");
    }
}
