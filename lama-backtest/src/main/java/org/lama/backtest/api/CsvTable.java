package org.lama.backtest.api;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.AtomicFiles;
import org.lama.core.store.ParquetTable;

/** Writes a table as CSV: times ISO-8601 in UTC, numbers as plain decimals, a missing number as an empty cell. */
final class CsvTable {
    private CsvTable() {}

    static void write(Path file, ParquetTable table) throws IOException {
        List<IntFunction<String>> columns = new ArrayList<>();
        for (String name : table.names()) {
            columns.add(column(table, name));
        }
        StringBuilder text = new StringBuilder(String.join(",", table.names())).append('\n');
        for (int row = 0; row < table.rows(); row++) {
            String separator = "";
            for (IntFunction<String> column : columns) {
                text.append(separator).append(column.apply(row));
                separator = ",";
            }
            text.append('\n');
        }
        AtomicFiles.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static IntFunction<String> column(ParquetTable table, String name) {
        return switch (table.type(name)) {
            case TIME -> {
                long[] times = table.times(name);
                yield row -> TimeIndex.instant(times[row]).toString();
            }
            case LONG -> {
                long[] numbers = table.longs(name);
                yield row -> Long.toString(numbers[row]);
            }
            case DOUBLE -> {
                double[] numbers = table.doubles(name);
                yield row -> Double.isFinite(numbers[row])
                        ? BigDecimal.valueOf(numbers[row]).toPlainString()
                        : "";
            }
            case TEXT -> {
                List<String> texts = table.texts(name);
                yield row -> quoted(texts.get(row));
            }
        };
    }

    private static String quoted(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
