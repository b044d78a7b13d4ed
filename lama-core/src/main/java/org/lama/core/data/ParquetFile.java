package org.lama.core.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lama.core.store.Checksums;
import org.lama.core.store.ParquetFrames;
import org.lama.core.store.ParquetTable;

/** Turns a Parquet file of bars into the same columns as a text file; its row numbers count data rows from 1. */
final class ParquetFile {
    private final ParquetTable parquet;
    private final RawTable table;
    private final boolean closeOnly;

    private ParquetFile(ParquetTable parquet, RawTable table, boolean closeOnly) {
        this.parquet = parquet;
        this.table = table;
        this.closeOnly = closeOnly;
    }

    static RawTable read(Path file, String source) throws IOException {
        ParquetTable parquet = table(file, source);
        List<String> columns = parquet.names();
        List<String> header = header(parquet);
        if (!Layout.isHeader(header)) {
            throw new DataException(
                    source,
                    0,
                    Layout.missing(header),
                    "no time or no price column; found " + columns,
                    "name the columns, for example time_ms, open, high, low, close, volume");
        }
        if (parquet.rows() == 0) {
            throw new DataException(source, 0, "", "the file has no rows", "give a file with rows");
        }
        boolean[] numeric = new boolean[columns.size()];
        for (int i = 0; i < numeric.length; i++) {
            ParquetTable.Type type = parquet.type(columns.get(i));
            numeric[i] = type != ParquetTable.Type.TEXT;
        }
        List<String> cells = columns.stream()
                .map(name -> parquet.type(name) == ParquetTable.Type.TEXT
                        ? parquet.texts(name).get(0)
                        : "0")
                .toList();
        int symbols = Symbols.column(Layout.canonical(header), cells);
        boolean[] empty = new boolean[columns.size()];
        RawTable table = read(parquet, file, source, Layout.of(header, numeric, empty, symbols, false));
        Layout amounts = Layout.of(header, numeric, empty, symbols, true);
        return table.isOfAmounts() ? read(parquet, file, source, amounts).withAmounts() : table.settled();
    }

    private static RawTable read(ParquetTable parquet, Path file, String source, Layout layout) throws IOException {
        RawTable table = new RawTable(
                        source, Checksums.sha256(file), layout.extraNames(), layout.hasVolume(), layout.hasSymbols())
                .withVersions(layout.hasAvailable(), layout.hasRevisions());
        new ParquetFile(parquet, table, layout.closeOnly()).fill(layout, parquet.names());
        table.requireOneSubject();
        return table;
    }

    private static ParquetTable table(Path file, String source) throws IOException {
        try {
            return ParquetFrames.read(file);
        } catch (IOException e) {
            DataException broken = new DataException(source, 0, "", reason(file, e), "fetch or write it again");
            broken.initCause(e);
            throw broken;
        }
    }

    /** What is wrong, without the path that the reader names first. */
    private static String reason(Path file, IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.startsWith(file + ": ")
                ? message.substring(file.toString().length() + 2)
                : message;
    }

    /** The names, with the one timestamp of a file that has no usual time name called time. */
    private static List<String> header(ParquetTable parquet) {
        List<String> header = new ArrayList<>(parquet.names());
        if (Layout.missing(header).equals("time")) {
            for (int i = 0; i < header.size(); i++) {
                if (parquet.type(header.get(i)) == ParquetTable.Type.TIME) {
                    header.set(i, "time");
                    break;
                }
            }
        }
        return header;
    }

    private void fill(Layout layout, List<String> columns) {
        for (int row = 0; row < parquet.rows(); row++) {
            table.addRow(row + 1);
        }
        for (int i = 0; i < layout.columns(); i++) {
            String name = columns.get(i);
            int role = layout.role(i);
            if (role == Layout.TIME) {
                times(name);
            } else if (role == Layout.AVAILABLE) {
                known(name);
            } else if (role == Layout.REVISION) {
                double[] numbers = numbers(name, role);
                for (int row = 0; row < numbers.length; row++) {
                    table.revisions[row] = (int) Math.max(0, numbers[row]);
                }
            } else if (role == Layout.SYMBOL) {
                symbols(name);
            } else if (role == Layout.SKIP && parquet.type(name) == ParquetTable.Type.TEXT) {
                words(name, layout.isUnread(i, columns));
            } else if (role >= Layout.FIRST_EXTRA) {
                copy(numbers(name, role), table.extras[role - Layout.FIRST_EXTRA]);
            } else if (role != Layout.SKIP) {
                copy(numbers(name, role), table.prices[role]);
            }
        }
        for (int field = RawTable.OPEN; closeOnly && field < RawTable.CLOSE; field++) {
            copy(table.prices[RawTable.CLOSE], table.prices[field]);
        }
    }

    private void words(String name, boolean unread) {
        Words words = new Words(name);
        List<String> texts = unread ? parquet.texts(name) : List.of();
        for (int row = 0; row < texts.size(); row++) {
            words.look(row, texts.get(row));
        }
        table.words.add(Optional.of(words));
    }

    private void copy(double[] from, double[] to) {
        System.arraycopy(from, 0, to, 0, parquet.rows());
    }

    private void times(String name) {
        switch (parquet.type(name)) {
            case TIME -> System.arraycopy(parquet.times(name), 0, table.times, 0, parquet.rows());
            case LONG -> {
                long[] values = parquet.longs(name);
                for (int row = 0; row < values.length; row++) {
                    table.times[row] = TimeText.fromLong(values[row]);
                }
            }
            case DOUBLE -> {
                double[] values = parquet.doubles(name);
                for (int row = 0; row < values.length; row++) {
                    table.times[row] = TimeText.fromDouble(values[row]);
                }
            }
            case TEXT -> {
                List<String> values = parquet.texts(name);
                for (int row = 0; row < values.size(); row++) {
                    byte[] text = values.get(row).getBytes(StandardCharsets.UTF_8);
                    table.times[row] = TimeText.nanos(text, 0, text.length);
                    if (table.times[row] == TimeText.NONE) {
                        table.addBroken(row + 1, name, values.get(row));
                    }
                }
            }
        }
    }

    private void known(String name) {
        table.isNumeric =
                parquet.type(name) == ParquetTable.Type.LONG || parquet.type(name) == ParquetTable.Type.DOUBLE;
        switch (parquet.type(name)) {
            case TIME -> System.arraycopy(parquet.times(name), 0, table.available, 0, parquet.rows());
            case LONG -> {
                long[] values = parquet.longs(name);
                Arrays.setAll(table.available, row -> row < values.length ? Knowledge.of(values[row]) : TimeText.NONE);
            }
            case DOUBLE -> {
                double[] values = parquet.doubles(name);
                Arrays.setAll(table.available, row -> row < values.length ? Knowledge.of(values[row]) : TimeText.NONE);
            }
            case TEXT -> {
                List<String> values = parquet.texts(name);
                for (int row = 0; row < values.size(); row++) {
                    byte[] text = values.get(row).getBytes(StandardCharsets.UTF_8);
                    table.available[row] = Knowledge.parse(text, 0, text.length, Optional.empty());
                    if (table.available[row] == Knowledge.BROKEN) {
                        table.addBroken(row + 1, name, values.get(row));
                    }
                }
            }
        }
    }

    private double[] numbers(String name, int role) {
        ParquetTable.Type type = parquet.type(name);
        if (type == ParquetTable.Type.LONG || type == ParquetTable.Type.DOUBLE) {
            return parquet.doubles(name);
        }
        double[] values = new double[parquet.rows()];
        Arrays.fill(values, Double.NaN);
        if (type == ParquetTable.Type.TEXT) {
            List<String> texts = parquet.texts(name);
            for (int row = 0; row < values.length; row++) {
                byte[] text = texts.get(row).getBytes(StandardCharsets.UTF_8);
                values[row] = Decimals.parse(text, 0, text.length);
                if (Decimals.isBroken(values[row])) {
                    table.addBroken(row + 1, name, texts.get(row));
                    values[row] = role == RawTable.VOLUME ? Double.POSITIVE_INFINITY : Double.NaN;
                }
            }
        }
        return values;
    }

    private void symbols(String name) {
        List<String> texts = parquet.type(name) == ParquetTable.Type.TEXT
                ? parquet.texts(name)
                : java.util.Collections.nCopies(parquet.rows(), "");
        Map<String, Integer> ids = new HashMap<>();
        for (int row = 0; row < texts.size(); row++) {
            table.symbolIds[row] = ids.computeIfAbsent(texts.get(row).trim(), key -> {
                table.symbols.add(key);
                return table.symbols.size() - 1;
            });
        }
    }
}
