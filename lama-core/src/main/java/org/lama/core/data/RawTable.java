package org.lama.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What stands in a file of bars, by column and in the file's order, before anything is judged. Filled by one reader,
 * then only read. Rows without a readable time keep {@link TimeText#NONE}.
 */
final class RawTable {
    static final int OPEN = 0;
    static final int HIGH = 1;
    static final int LOW = 2;
    static final int CLOSE = 3;
    static final int VOLUME = 4;
    static final int FIELDS = 5;

    private static final int MAX_BROKEN = 10_000;

    /** A field that is no number or no time. */
    record Broken(int row, String column, String text) {}

    final String source;
    final String sha256;
    final List<String> extraNames;
    final boolean hasVolume;
    final boolean hasSymbols;
    final List<String> symbols = new ArrayList<>();
    final List<Broken> broken = new ArrayList<>();
    /** Lines that end in the middle; no bar is made of them. */
    final List<Integer> cutLines = new ArrayList<>();

    /** What the columns of text that nobody reads say, by their positions in the file. */
    final List<Optional<Words>> words = new ArrayList<>();

    int bannerLines;
    int size;
    long[] times = new long[1024];
    /** When each bar could first be known, {@link TimeText#NONE} where that is not said; empty if it is said of none. */
    long[] available = {};

    /** Which version of its bar each row is, in the order of writing; empty if the file does not number them. */
    int[] revisions = {};
    /** Whether every row that says when it could be known says it by a number. */
    boolean isNumeric = true;
    /** Whether the column {@code available} holds amounts. */
    boolean amounts;

    int[] rowNumbers = new int[1024];
    int[] symbolIds = new int[1024];
    final double[][] prices = new double[FIELDS][1024];
    final double[][] extras;

    RawTable(String source, String sha256, List<String> extraNames, boolean hasVolume, boolean hasSymbols) {
        this.source = source;
        this.sha256 = sha256;
        this.extraNames = List.copyOf(extraNames);
        this.hasVolume = hasVolume;
        this.hasSymbols = hasSymbols;
        this.extras = new double[extraNames.size()][1024];
    }

    /** Makes room for what tells versions of a bar apart: times of knowledge, and numbers; before any row. */
    RawTable withVersions(boolean known, boolean numbered) {
        available = known ? new long[times.length] : available;
        revisions = numbered ? new int[times.length] : revisions;
        return this;
    }

    /** Whether the file says which of two rows of one time came later: by when it was known, or by its number. */
    boolean isVersion(int row, int other) {
        return (available.length > 0 && available[row] != available[other])
                || (revisions.length > 0 && revisions[row] != revisions[other]);
    }

    /** Compares the times of two rows, and the numbers of versions of one bar. */
    int compare(int row, int other) {
        int order = Long.compare(times[row], times[other]);
        return order != 0 || revisions.length == 0 ? order : Integer.compare(revisions[row], revisions[other]);
    }

    /** Whether what was read as times of knowledge are amounts. */
    boolean isOfAmounts() {
        return available.length > 0 && isNumeric && Knowledge.isAmount(times, available, size);
    }

    RawTable withAmounts() {
        amounts = true;
        return this;
    }

    /** Takes the time from rows of which nobody can tell when they were known. */
    RawTable settled() {
        for (int row = 0; row < size && available.length > 0; row++) {
            if (available[row] == Knowledge.BROKEN) {
                times[row] = TimeText.NONE;
            }
        }
        return this;
    }

    /** Opens a row whose fields are NaN and returns its position. */
    int addRow(int rowNumber) {
        if (size == times.length) {
            grow(size * 2);
        }
        times[size] = TimeText.NONE;
        if (available.length > 0) {
            available[size] = TimeText.NONE;
        }
        if (revisions.length > 0) {
            revisions[size] = 0;
        }
        rowNumbers[size] = rowNumber;
        symbolIds[size] = 0;
        for (double[] column : prices) {
            column[size] = Double.NaN;
        }
        for (double[] column : extras) {
            column[size] = Double.NaN;
        }
        return size++;
    }

    private void grow(int capacity) {
        times = Arrays.copyOf(times, capacity);
        if (available.length > 0) {
            available = Arrays.copyOf(available, capacity);
        }
        if (revisions.length > 0) {
            revisions = Arrays.copyOf(revisions, capacity);
        }
        rowNumbers = Arrays.copyOf(rowNumbers, capacity);
        symbolIds = Arrays.copyOf(symbolIds, capacity);
        for (int i = 0; i < prices.length; i++) {
            prices[i] = Arrays.copyOf(prices[i], capacity);
        }
        for (int i = 0; i < extras.length; i++) {
            extras[i] = Arrays.copyOf(extras[i], capacity);
        }
    }

    /** The columns of few, repeated words that nobody reads. */
    List<Words> unread() {
        return words.stream().flatMap(Optional::stream).filter(Words::isFew).toList();
    }

    /** Refuses rows that a word under a name that nobody knows tells to be of several subjects. */
    void requireOneSubject() throws DataException {
        for (Words column : unread()) {
            boolean apart = column.tellsApart(size, this::told);
            boolean changes = !hasSymbols && column.leaps(size, prices[CLOSE]);
            if (apart || (changes && !isRemark(column))) {
                throw column.several(source);
            }
        }
        for (int i = 0; i < extras.length; i++) {
            Optional<Words> numbers = Words.ofNumbers(extraNames.get(i), extras[i], size);
            if (numbers.isPresent()) {
                judge(numbers.get());
            }
        }
    }

    /** The time and symbol of a row; none if it has no time. */
    private List<Object> told(int row) {
        return times[row] == TimeText.NONE ? List.of() : List.of(times[row], symbolIds[row]);
    }

    /** Refuses whole numbers that name subjects; those that only may are a finding. */
    private void judge(Words numbers) throws DataException {
        boolean named = numbers.isOfSubject();
        boolean changes = !hasSymbols && numbers.leaps(size, prices[CLOSE]);
        boolean apart = named && numbers.tellsApart(size, this::told);
        if (apart || (named && !hasSymbols) || (changes && !isRemark(numbers))) {
            throw numbers.several(source);
        }
        if (changes) {
            words.add(Optional.of(numbers));
        }
    }

    /** Whether a column may speak of the one pair that the file's name tells, since each time has one row. */
    private boolean isRemark(Words column) {
        return FileNames.hasPair(source)
                && !column.isOfSubject()
                && !column.nameSubjects(FileNames.symbol(source))
                && isOneWay();
    }

    /** Whether the times only grow, or only fall, so that no two rows have the same. */
    private boolean isOneWay() {
        long before = TimeText.NONE;
        int order = 0;
        for (int row = 0; row < size; row++) {
            if (times[row] == TimeText.NONE) {
                continue;
            }
            int step = before == TimeText.NONE ? order : Long.compare(times[row], before);
            if (before != TimeText.NONE && (step == 0 || (order != 0 && step != order))) {
                return false;
            }
            order = step;
            before = times[row];
        }
        return true;
    }

    /** Takes the last row back, for lines that turn out to be cut. */
    void dropLastRow() {
        size--;
    }

    /** Remembers a broken field; from some number on only the first ones are described. */
    void addBroken(int rowNumber, String column, String text) {
        if (broken.size() < MAX_BROKEN) {
            broken.add(new Broken(rowNumber, column, text.length() > 40 ? text.substring(0, 40) + "…" : text));
        }
    }

    /** All rows as one series, in the file's order. */
    RawSeries series(String symbol) {
        int[] rows = new int[size];
        for (int i = 0; i < size; i++) {
            rows[i] = i;
        }
        return new RawSeries(this, symbol, rows);
    }

    /** The rows of one symbol: their positions in the table, in the file's order; the array is lent, not copied. */
    static final class RawSeries {
        private final RawTable table;
        private final String symbol;
        private final int[] rows;

        RawSeries(RawTable table, String symbol, int[] rows) {
            this.table = table;
            this.symbol = symbol;
            this.rows = rows;
        }

        RawTable table() {
            return table;
        }

        String symbol() {
            return symbol;
        }

        int[] rows() {
            return rows;
        }
    }
}
