package org.lama.backtest.api;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.AtomicFiles;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetFrames;
import org.lama.core.store.ParquetTable;

/** Writes a table as CSV: times ISO-8601 in UTC, numbers as plain decimals, a missing number as an empty cell. */
final class CsvTable {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long DAY_SECONDS = 86_400;
    private static final int FLUSHED_BYTES = 1 << 16;
    /** Numbers of up to fifteen digits are the shortest that read back as themselves. */
    private static final long FIFTEEN_DIGITS = 999_999_999_999_999L;

    private static final double SCALE = 1e8;

    private CsvTable() {}

    /** Appends one cell. */
    private interface Column {
        void append(AsciiText text, int row);
    }

    static void write(Path file, ParquetTable table) throws IOException {
        AtomicFiles.write(file, (Path temporary) -> {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
                heading(table, out);
                rows(table, out);
            }
        });
    }

    /** Writes rows that need not fit into memory: at least one batch, all of the same columns. */
    static void write(Path file, ParquetFrames.Rereadable rows) throws IOException {
        AtomicFiles.write(file, (Path temporary) -> {
            try (MarketStore.Batches batches = rows.open();
                    OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
                boolean first = true;
                for (ParquetTable table = batches.next(); table != null; table = batches.next()) {
                    if (first) {
                        heading(table, out);
                        first = false;
                    }
                    rows(table, out);
                }
            }
        });
    }

    private static void heading(ParquetTable table, OutputStream out) throws IOException {
        AsciiText text = new AsciiText();
        text.append(String.join(",", table.names()));
        text.append('\n');
        text.writeTo(out);
    }

    private static void rows(ParquetTable table, OutputStream out) throws IOException {
        List<Column> columns = new ArrayList<>();
        for (String name : table.names()) {
            columns.add(column(table, name));
        }
        AsciiText text = new AsciiText();
        int rows = table.rows();
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < columns.size(); i++) {
                if (i > 0) {
                    text.append(',');
                }
                columns.get(i).append(text, row);
            }
            text.append('\n');
            if (text.size() > FLUSHED_BYTES) {
                text.writeTo(out);
            }
        }
        text.writeTo(out);
    }

    private static Column column(ParquetTable table, String name) {
        return switch (table.type(name)) {
            case TIME -> new Times(table.times(name));
            case LONG -> {
                long[] numbers = table.longs(name);
                yield (text, row) -> text.append(numbers[row]);
            }
            case DOUBLE -> {
                double[] numbers = table.doubles(name);
                yield (text, row) -> decimal(text, numbers[row]);
            }
            case TEXT -> {
                List<String> texts = table.texts(name);
                yield (text, row) -> text.append(quoted(texts.get(row)));
            }
        };
    }

    /** Money and quantities have few decimals, and are written without the search for the shortest number. */
    static void decimal(AsciiText text, double value) {
        if (!Double.isFinite(value)) {
            return;
        }
        double scaled = Math.rint(value * SCALE);
        if (Math.abs(scaled) <= FIFTEEN_DIGITS && scaled != 0 && scaled / SCALE == value) {
            long units = (long) Math.abs(scaled);
            if (value < 0) {
                text.append('-');
            }
            text.append(units / (long) SCALE);
            text.append('.');
            text.decimals((int) (units % (long) SCALE));
        } else {
            plain(text, Double.toString(value));
        }
    }

    /** The shortest number that reads back as itself, without an exponent. */
    private static void plain(AsciiText text, String shortest) {
        int e = shortest.indexOf('E');
        if (e < 0) {
            text.append(shortest);
            return;
        }
        int exponent = Integer.parseInt(shortest.substring(e + 1));
        int point = shortest.indexOf('.');
        int decimals = e - point - 1;
        if (exponent < decimals && exponent > 0) {
            text.append(shortest.substring(0, point));
            text.append(shortest.substring(point + 1, point + 1 + exponent));
            text.append('.');
            text.append(shortest.substring(point + 1 + exponent, e));
        } else {
            text.append(new BigDecimal(shortest).toPlainString());
        }
    }

    /** Times, whose days are put into words once. */
    private static final class Times implements Column {
        private final long[] times;
        private long day = Long.MIN_VALUE;
        private String date = "";

        Times(long[] times) {
            this.times = times;
        }

        @Override
        public void append(AsciiText text, int row) {
            long seconds = Math.floorDiv(times[row], SECOND_NANOS);
            if (seconds * SECOND_NANOS != times[row]) {
                text.append(TimeIndex.instant(times[row]).toString());
                return;
            }
            if (Math.floorDiv(seconds, DAY_SECONDS) != day) {
                day = Math.floorDiv(seconds, DAY_SECONDS);
                String midnight =
                        TimeIndex.instant(day * DAY_SECONDS * SECOND_NANOS).toString();
                date = midnight.substring(0, midnight.indexOf('T') + 1);
            }
            int inDay = (int) Math.floorMod(seconds, DAY_SECONDS);
            text.append(date);
            text.two(inDay / 3600);
            text.append(':');
            text.two(inDay / 60 % 60);
            text.append(':');
            text.two(inDay % 60);
            text.append('Z');
        }
    }

    private static String quoted(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
