package org.lama.core.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.lama.core.base.Suggestion;

/** Fills columns of numbers from the rows of a text. One instance reads one table. */
final class ColumnTable {
    private static final int FIRST_ROWS = 1024;
    private static final int SHOWN_COLUMNS = 30;
    private static final int SHOWN_LETTERS = 40;
    /** Words for nothing besides those that {@link Decimals} knows. */
    private static final Set<String> MISSING = Set.of("#n/a", "#na", "<na>", "n.a.", ".", "?");
    /** Numbers under such a name count the rows when they only grow; they are not what is measured. */
    private static final Set<String> ROW_NAMES = Set.of(
            "t",
            "time",
            "time_ms",
            "timestamp",
            "timestamp_ms",
            "ts",
            "unix",
            "unix_timestamp",
            "date",
            "datetime",
            "open_time",
            "open_time_ms",
            "index",
            "row",
            "year",
            "period",
            "step",
            "rownames",
            "unnamed: 0");

    private final String source;
    private final List<String> header;
    private final int[] positions;
    private final boolean guessing;
    private final int timePosition;
    private final double[][] values;
    private final boolean[] dead;
    private final boolean[] growing;
    private final boolean[] filled;
    private long[] times;
    private int size;
    private int capacity = FIRST_ROWS;
    private String firstText = "";

    private ColumnTable(String source, List<String> header, int[] positions, boolean guessing, int timePosition) {
        this.source = source;
        this.header = header;
        this.positions = positions;
        this.guessing = guessing;
        this.timePosition = timePosition;
        this.values = new double[positions.length][capacity];
        this.times = new long[timePosition < 0 ? 0 : capacity];
        this.dead = new boolean[positions.length];
        this.growing = new boolean[positions.length];
        this.filled = new boolean[positions.length];
        Arrays.fill(growing, true);
    }

    /** Reads all rows; no columns stands for all that hold numbers, an empty time for none. */
    static ColumnTable read(DelimitedText text, String source, List<String> columns, String time) throws IOException {
        ColumnTable table = begin(text, source, columns, time);
        table.rows(text);
        return table;
    }

    private static ColumnTable begin(DelimitedText text, String source, List<String> columns, String time)
            throws IOException {
        do {
            if (!text.next()) {
                throw new DataException(source, 0, "", "the file is empty", "give a file with a header and rows");
            }
        } while (text.isBlank());
        requireNames(text, source);
        List<String> header = named(text.texts());
        boolean guessing = columns.isEmpty();
        int timePosition = time.isEmpty() ? -1 : position(header, time, source);
        int[] positions = new int[guessing ? header.size() : columns.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = guessing ? i : position(header, columns.get(i), source);
        }
        return new ColumnTable(source, header, positions, guessing, timePosition);
    }

    /** A file without header would lose its first row. */
    private static void requireNames(DelimitedText text, String source) throws DataException {
        for (int i = 0; i < text.cells(); i++) {
            if (Double.isNaN(text.number(i))) {
                return;
            }
        }
        throw new DataException(
                source,
                text.line(),
                "",
                "the first row holds numbers where the names of the columns belong",
                "put a header above it, such as 'value'");
    }

    /** Columns without a name, such as R's row names, are called by their position. */
    private static List<String> named(List<String> names) {
        List<String> header = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            header.add(names.get(i).isEmpty() ? "column " + (i + 1) : names.get(i));
        }
        return header;
    }

    private static int position(List<String> header, String wanted, String source) throws DataException {
        int found = header.indexOf(wanted);
        if (found < 0) {
            throw DataException.ofRequest(
                    source,
                    wanted,
                    "there is no such column",
                    "there are " + shown(header) + Suggestion.alike(wanted, header));
        }
        if (found != header.lastIndexOf(wanted)) {
            throw new DataException(
                    source, 0, wanted, "several columns have this name", "rename them so that each name stands once");
        }
        return found;
    }

    private static String shown(List<String> names) {
        return names.size() <= SHOWN_COLUMNS
                ? names.toString()
                : names.subList(0, SHOWN_COLUMNS) + " and " + (names.size() - SHOWN_COLUMNS) + " more";
    }

    private void rows(DelimitedText text) throws IOException {
        boolean single = header.size() == 1;
        int blankRows = 0;
        while (text.next()) {
            if (text.isBlank()) {
                // the only cell of a row may be empty; behind the last value that is a line end too many
                blankRows += single ? 1 : 0;
                continue;
            }
            for (; blankRows > 0; blankRows--) {
                addMissing();
            }
            addRow(text);
        }
        if (size == 0) {
            throw new DataException(source, text.line(), "", "the header has no rows below", "give a file with rows");
        }
    }

    private void addMissing() {
        makeRoom();
        values[0][size++] = Double.NaN;
    }

    private void addRow(DelimitedText text) throws DataException {
        requireCells(text);
        makeRoom();
        for (int slot = 0; slot < positions.length; slot++) {
            if (!dead[slot]) {
                number(text, slot);
            }
        }
        if (timePosition >= 0) {
            time(text);
        }
        size++;
    }

    private void requireCells(DelimitedText text) throws DataException {
        boolean right = text.cells() >= header.size();
        for (int i = header.size(); i < text.cells(); i++) {
            right &= text.isBlank(i);
        }
        if (!right) {
            throw new DataException(
                    source,
                    text.line(),
                    "",
                    "the row has " + text.cells() + " cells, the header " + header.size(),
                    "complete the row; a value that is missing is an empty cell between delimiters");
        }
    }

    private void makeRoom() {
        if (size == capacity) {
            capacity *= 2;
            for (int slot = 0; slot < values.length; slot++) {
                if (!dead[slot]) {
                    values[slot] = Arrays.copyOf(values[slot], capacity);
                }
            }
            times = timePosition < 0 ? times : Arrays.copyOf(times, capacity);
        }
    }

    private void number(DelimitedText text, int slot) throws DataException {
        int cell = positions[slot];
        double value = text.number(cell);
        if (Decimals.isBroken(value)) {
            String word = text.text(cell);
            value = Double.NaN;
            if (!MISSING.contains(word.toLowerCase(Locale.ROOT))) {
                noNumber(text.line(), slot, word);
                return;
            }
        }
        values[slot][size] = value;
        filled[slot] |= !Double.isNaN(value);
        growing[slot] &= size == 0 || value > values[slot][size - 1];
    }

    private void noNumber(long line, int slot, String word) throws DataException {
        String name = header.get(positions[slot]);
        String shown = word.length() > SHOWN_LETTERS ? word.substring(0, SHOWN_LETTERS) + "…" : word;
        if (!guessing) {
            throw new DataException(source, line, name, "'" + shown + "' is no number", CellText.forNumber(word));
        }
        if (firstText.isEmpty()) {
            firstText = "; line " + line + ", column " + name + " holds '" + shown + "'";
        }
        dead[slot] = true;
        values[slot] = new double[0];
    }

    private void time(DelimitedText text) throws DataException {
        long time = text.time(timePosition);
        String name = header.get(timePosition);
        if (time == TimeText.NONE) {
            throw new DataException(
                    source,
                    text.line(),
                    name,
                    "'" + text.text(timePosition) + "' is no time",
                    CellText.forTime(text.text(timePosition)));
        }
        if (size > 0 && time <= times[size - 1]) {
            throw new DataException(
                    source, text.line(), name, "the time does not lie after the row above", "sort the rows by time");
        }
        times[size] = time;
    }

    int size() {
        return size;
    }

    boolean hasTimes() {
        return timePosition >= 0;
    }

    long[] times() {
        return Arrays.copyOf(times, size);
    }

    String name(int slot) {
        return header.get(positions[slot]);
    }

    double[] values(int slot) {
        return Arrays.copyOf(values[slot], size);
    }

    /** The columns that were asked for, or those that hold what is measured: numbers that do not just count rows. */
    List<Integer> slots() throws DataException {
        List<Integer> numbers = new ArrayList<>();
        List<Integer> measured = new ArrayList<>();
        for (int slot = 0; slot < positions.length; slot++) {
            if (!guessing || (!dead[slot] && filled[slot] && positions[slot] != timePosition)) {
                numbers.add(slot);
                if (!guessing || !(growing[slot] && countsRows(name(slot)))) {
                    measured.add(slot);
                }
            }
        }
        if (numbers.isEmpty()) {
            throw new DataException(
                    source,
                    0,
                    "",
                    "no column holds only numbers; there are " + shown(header) + firstText,
                    "name the column to use, and repair or empty the cells that are no numbers");
        }
        List<Integer> chosen = measured.isEmpty() ? numbers : measured;
        for (int slot : chosen) {
            position(header, name(slot), source);
        }
        return chosen;
    }

    private static boolean countsRows(String name) {
        return name.equals("column 1") || ROW_NAMES.contains(name.toLowerCase(Locale.ROOT));
    }
}
