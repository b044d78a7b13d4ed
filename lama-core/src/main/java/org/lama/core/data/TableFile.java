package org.lama.core.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.lama.core.base.Issue;
import org.lama.core.store.RecordKind;

/**
 * A delimited table with a header, read in pieces of a given number of rows into primitive columns. What each column
 * holds is told by its name. One instance reads one file.
 */
final class TableFile {
    /** Behind the name of a column of integers that no double holds: what is left when the nearest one is taken off. */
    static final String REST = "_rest";

    /** Beyond 15 digits a double may not hold an integer. */
    private static final int EXACT_DIGITS = 15;

    private static final int FIRST_ROWS = 1024;
    private static final Set<Role> NUMERIC = Set.of(Role.NUMBER, Role.KNOWN, Role.NAME, Role.UNREAD);

    private final String source;
    private final DelimitedText text;
    private final Tally tally;
    private final Map<String, Integer> positions = new LinkedHashMap<>();
    private final List<String> header;
    private final Role[] roles;
    private final double[][] numbers;
    private final double[][] rests;
    private final long[][] wholes;
    private final List<List<String>> texts = new ArrayList<>();
    private final Words[] words;
    private final Set<String> unread = new HashSet<>();
    private final String sha256;
    private String price = "";
    private int rows;
    private int capacity;

    /** What a column holds. */
    enum Role {
        NUMBER,
        WHOLE,
        TIME,
        /** When the row could be known; the numbers stand beside it, for they may be amounts. */
        KNOWN,
        TEXT,
        /** Whose the row is, or a number where all cells are. */
        NAME,
        /** What is not taken, but looked at: it may say whose the row is under a name that nobody knows. */
        UNREAD,
        SKIP
    }

    private TableFile(
            String source, DelimitedText text, List<String> header, Role[] roles, String sha256, Tally tally) {
        this.source = source;
        this.text = text;
        this.header = header;
        this.roles = roles;
        this.sha256 = sha256;
        this.tally = tally;
        words = header.stream().map(name -> new Words(name.trim())).toArray(Words[]::new);
        numbers = new double[roles.length][0];
        rests = new double[roles.length][0];
        wholes = new long[roles.length][0];
        for (int i = 0; i < roles.length; i++) {
            positions.putIfAbsent(header.get(i), i);
            texts.add(new ArrayList<>());
        }
        for (int i = 0; i < roles.length; i++) {
            positions.putIfAbsent(canonical(header.get(i)), i);
        }
    }

    /** Opens the file of an import; the role of each column is told by its name in small letters with {@code _} for blanks. */
    static TableFile open(SeriesSink sink, Function<String, Role> role) throws IOException {
        return open(sink, role, sink.options().times(), sink.tally());
    }

    /** Opens the file of an import whose times have a form, to count in another place. */
    static TableFile open(SeriesSink sink, Function<String, Role> role, Optional<TimeFormat> times, Tally tally)
            throws IOException {
        String source = sink.file().name();
        FileBytes.Content content = FileBytes.read(sink.file().path(), source);
        DelimitedText text = new DelimitedText(new ByteArrayInputStream(content.bytes()), source);
        text.times(times);
        text.firstLine(content.headed() ? 0 : 1);
        do {
            if (!text.next()) {
                throw new DataException(source, 0, "", "the file is empty", "give a file with a header and rows");
            }
        } while (text.isBlank());
        List<String> header = text.texts();
        Role[] roles = header.stream()
                .map(name -> Knowledge.isColumn(name) ? Role.KNOWN : role.apply(canonical(name)))
                .toArray(Role[]::new);
        return new TableFile(source, text, header, roles, content.sha256(), tally);
    }

    static String canonical(String name) {
        return name.trim().toLowerCase(Locale.ROOT).replace(' ', '_');
    }

    /** Says that rows are single events, of which many have one time, at the prices of a column. */
    TableFile events(String column) {
        price = column;
        return this;
    }

    /**
     * Reads the next rows; false if there is none left.
     *
     * @throws DataException if a column of words that nobody reads says whose each row is
     */
    boolean next(int atMost) throws IOException {
        rows = 0;
        texts.forEach(List::clear);
        for (Words column : words) {
            column.clear();
        }
        for (int i = 0; i < rests.length; i++) {
            rests[i] = new double[0];
        }
        while (rows < atMost && text.next()) {
            if (!text.isBlank()) {
                row();
            }
        }
        for (int i = 0; i < roles.length; i++) {
            if (words[i].isFew()) {
                judge(words[i]);
            } else if (words[i].isOfSubject() && (roles[i] == Role.NUMBER || roles[i] == Role.UNREAD)) {
                requireOne(Words.ofNumbers(words[i].column(), numbers[i], rows));
            }
        }
        return rows > 0;
    }

    /** Refuses numbers of subjects that tell rows apart, or that alone say whose the rows are. */
    private void requireOne(Optional<Words> column) throws DataException {
        boolean named = false;
        for (int i = 0; i < roles.length; i++) {
            // the words of events say who took as well
            named |= roles[i] == Role.NAME ? !isOfNumbers(i) : roles[i] == Role.TEXT && price.isEmpty();
        }
        if (column.isPresent() && (!named || (price.isEmpty() && column.get().tellsApart(rows, this::told)))) {
            throw column.get().several(source);
        }
    }

    private void judge(Words column) throws DataException {
        boolean several = price.isEmpty() ? column.tellsApart(rows, this::told) : column.leaps(rows, numbers(price));
        if (several) {
            throw column.several(source);
        }
        if (unread.add(column.column())) {
            tally.add(Issue.Reason.UNREAD_COLUMN, () -> "'" + column.column() + "': " + column.shown());
        }
    }

    /** The times and texts of a row; none if it has no time. */
    private List<Object> told(int row) {
        List<Object> told = new ArrayList<>();
        for (int i = 0; i < roles.length; i++) {
            if (roles[i] == Role.TIME) {
                told.add(wholes[i][row]);
            } else if (roles[i] == Role.TEXT || roles[i] == Role.NAME) {
                told.add(texts.get(i).get(row));
            }
        }
        return told.contains(TimeText.NONE) ? List.of() : told;
    }

    private void row() throws IOException {
        if (text.cells() != roles.length) {
            long line = text.line();
            tally.add(Issue.Reason.CUT_LINE, () -> "row " + line);
            return;
        }
        if (rows == capacity) {
            grow();
        }
        for (int i = 0; i < roles.length; i++) {
            cell(i);
        }
        rows++;
    }

    private void cell(int i) {
        switch (roles[i]) {
            case NUMBER -> number(i);
            case WHOLE -> wholes[i][rows] = whole(i);
            case TIME -> wholes[i][rows] = text.time(i);
            case KNOWN -> known(i);
            case TEXT -> texts.get(i).add(text.text(i));
            case NAME -> {
                texts.get(i).add(text.text(i));
                numbers[i][rows] = text.number(i);
            }
            case UNREAD -> {
                numbers[i][rows] = text.number(i);
                look(i, numbers[i][rows]);
            }
            case SKIP -> {
                // nobody asks for it
            }
        }
    }

    private void known(int i) {
        wholes[i][rows] = text.known(i);
        numbers[i][rows] = text.number(i);
        if (wholes[i][rows] == Knowledge.BROKEN) {
            String word = text.text(i);
            long line = text.line();
            tally.add(
                    Issue.Reason.NON_FINITE,
                    () -> "row " + line + ", column " + header.get(i) + ": '" + word + "' is no time; row left out");
        }
    }

    private void look(int i, double value) {
        if (Decimals.isBroken(value)) {
            words[i].add(rows, text.text(i));
        } else if (!Double.isNaN(value)) {
            words[i].number();
        }
    }

    private void number(int i) {
        double value = text.number(i);
        look(i, value);
        if (Decimals.isBroken(value)) {
            String word = text.text(i);
            long line = text.line();
            tally.add(Issue.Reason.NON_FINITE, () -> "row " + line + ", column " + header.get(i) + ": '" + word + "'");
            value = Double.NaN;
        }
        numbers[i][rows] = value;
        if (Math.abs(value) >= 1e15 && Double.isFinite(value)) {
            rest(i, value);
        }
    }

    /** Only integers have rests: of a fraction beyond the digits of a double nobody states more. */
    private void rest(int i, double value) {
        String word = text.text(i);
        boolean integer = word.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
        if (!integer || word.length() <= EXACT_DIGITS) {
            return;
        }
        double left = new BigDecimal(word).subtract(new BigDecimal(value)).doubleValue();
        if (left != 0) {
            if (rests[i].length < capacity) {
                rests[i] = Arrays.copyOf(rests[i], capacity);
            }
            rests[i][rows] = left;
            long line = text.line();
            tally.add(Issue.Reason.INEXACT_INTEGER, () -> "row " + line + ", column " + header.get(i) + ": " + word);
        }
    }

    private long whole(int i) {
        byte[] word = text.text(i).getBytes(StandardCharsets.US_ASCII);
        long value = 0;
        boolean negative = word.length > 0 && word[0] == '-';
        for (int at = negative ? 1 : 0; at < word.length; at++) {
            int digit = word[at] - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
                return Long.MIN_VALUE;
            }
            value = value * 10 + digit;
        }
        return word.length == 0 ? Long.MIN_VALUE : negative ? -value : value;
    }

    private void grow() {
        capacity = Math.max(FIRST_ROWS, capacity * 2);
        for (int i = 0; i < roles.length; i++) {
            if (NUMERIC.contains(roles[i])) {
                numbers[i] = Arrays.copyOf(numbers[i], capacity);
            }
            if (roles[i] == Role.WHOLE || roles[i] == Role.TIME || roles[i] == Role.KNOWN) {
                wholes[i] = Arrays.copyOf(wholes[i], capacity);
            }
        }
    }

    int rows() {
        return rows;
    }

    String sha256() {
        return sha256;
    }

    boolean has(String column) {
        return positions.containsKey(column) || positions.containsKey(canonical(column));
    }

    /** The names of all columns, as the file writes them. */
    List<String> names() {
        return header.stream().map(String::trim).toList();
    }

    /** The names of the columns of numbers, as the file writes them. */
    List<String> numberNames() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < roles.length; i++) {
            if (roles[i] == Role.NUMBER || (roles[i] == Role.NAME && isOfNumbers(i))) {
                names.add(header.get(i).trim());
            }
        }
        return names;
    }

    /** Whether a column holds texts, so that it can say whose each row is. */
    boolean isNaming(String column) {
        if (!has(column)) {
            return false;
        }
        int i = position(column);
        return roles[i] == Role.TEXT || (roles[i] == Role.NAME && !isOfNumbers(i));
    }

    private boolean isOfNumbers(int i) {
        boolean any = false;
        for (int row = 0; row < rows; row++) {
            if (Decimals.isBroken(numbers[i][row])) {
                return false;
            }
            any |= !Double.isNaN(numbers[i][row]);
        }
        return any;
    }

    double[] numbers(String column) {
        return Arrays.copyOf(numbers[position(column)], rows);
    }

    /**
     * When the rows could be known: as the column {@code available} says, else as usual. Rows of which it says nothing that can
     * be read lose their time.
     */
    long[] known(long[] times, long[] usual) {
        return has(RecordKind.AVAILABLE)
                ? Knowledge.judged(times, wholes(RecordKind.AVAILABLE), isNumeric(), usual, tally)
                : usual;
    }

    /** Whether the column {@code available} holds amounts. */
    boolean isOfAmounts(long[] times) {
        return has(RecordKind.AVAILABLE)
                && isNumeric()
                && Knowledge.isAmount(times, wholes(RecordKind.AVAILABLE), times.length);
    }

    private boolean isNumeric() {
        int i = position(RecordKind.AVAILABLE);
        for (int row = 0; row < rows; row++) {
            if (Double.isNaN(numbers[i][row]) && wholes[i][row] != TimeText.NONE) {
                return false;
            }
        }
        return true;
    }

    /** The remainders of a column of integers; empty if doubles hold them all. */
    double[] rests(String column) {
        double[] all = rests[position(column)];
        return all.length == 0 ? all : Arrays.copyOf(all, rows);
    }

    /** Integers, {@link Long#MIN_VALUE} where there is none, or times, {@link TimeText#NONE} where there is none. */
    long[] wholes(String column) {
        return Arrays.copyOf(wholes[position(column)], rows);
    }

    List<String> texts(String column) {
        return texts.get(position(column));
    }

    private int position(String column) {
        Integer exact = positions.get(column);
        Integer found = exact == null ? positions.get(canonical(column)) : exact;
        if (found == null) {
            throw new IllegalArgumentException("column '" + column + "' is not among " + header);
        }
        return found;
    }
}
