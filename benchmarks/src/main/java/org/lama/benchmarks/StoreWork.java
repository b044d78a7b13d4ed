package org.lama.benchmarks;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.store.ParquetFrames;
import org.lama.core.store.ParquetTable;

/**
 * Bars of seconds, generated: a price near 30,000 in cents that moves by 0.006 % a second, a volume of five digits. Written
 * to a file, read back as a whole, and a day of it; and the same by the textbook, as a stream of raw values.
 */
final class StoreWork {
    static final List<String> COLUMNS = List.of("time", "open", "high", "low", "close", "volume");
    static final long DAY_NANOS = 86_400_000_000_000L;

    private static final long START = 1_704_067_200_000_000_000L;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final double MOVE = 0.00006;
    private static final int BUFFER_BYTES = 1 << 16;

    private final int rows;
    private final Path file;
    private final ParquetTable table;

    private StoreWork(int rows, Path file, ParquetTable table) {
        this.rows = rows;
        this.file = file;
        this.table = table;
    }

    /** The columns in memory. */
    static StoreWork of(int rows, Path file) {
        Rng rng = Seeds.rng(BenchmarkData.SEED, 7);
        long[] times = new long[rows];
        double[][] bars = new double[COLUMNS.size() - 1][rows];
        double price = 30_000;
        for (int i = 0; i < rows; i++) {
            double open = price;
            double move = MOVE * open;
            price = open + move * rng.nextGaussian();
            times[i] = START + i * SECOND_NANOS;
            bars[0][i] = Math.rint(open * 100) / 100;
            bars[1][i] = Math.rint((Math.max(open, price) + move / 2 * Math.abs(rng.nextGaussian())) * 100) / 100;
            bars[2][i] = Math.rint((Math.min(open, price) - move / 2 * Math.abs(rng.nextGaussian())) * 100) / 100;
            bars[3][i] = Math.rint(price * 100) / 100;
            bars[4][i] = Math.rint(Math.exp(1.2 * rng.nextGaussian() - 1) * 1e5) / 1e5;
        }
        ParquetTable.Builder table = ParquetTable.builder(rows).times(COLUMNS.get(0), times);
        for (int k = 0; k < bars.length; k++) {
            table.doubles(COLUMNS.get(k + 1), bars[k]);
        }
        return new StoreWork(rows, file, table.build());
    }

    ParquetTable table() {
        return table;
    }

    int size() {
        return rows;
    }

    /** Writes the file, forced to the disk, and says how large it is. */
    long write() {
        try {
            ParquetFrames.write(file, table);
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ParquetTable read() {
        try {
            return ParquetFrames.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The day in the middle, or all if there is no whole day. */
    ParquetTable day() {
        long from = START + rows / (2 * (DAY_NANOS / SECOND_NANOS)) * DAY_NANOS;
        try {
            return ParquetFrames.read(file, COLUMNS, COLUMNS.get(0), from, from + DAY_NANOS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The textbook: every value as its eight bytes, row by row. */
    long naiveWrite() {
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(raw()), BUFFER_BYTES))) {
            long[] times = table.times(COLUMNS.get(0));
            double[][] bars = COLUMNS.stream().skip(1).map(table::doubles).toArray(double[][]::new);
            for (int i = 0; i < rows; i++) {
                out.writeLong(times[i]);
                for (double[] column : bars) {
                    out.writeDouble(column[i]);
                }
            }
            return out.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same back, and the sum of all closes. */
    double naiveRead() {
        double sum = 0;
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(raw()), BUFFER_BYTES))) {
            long[] times = new long[rows];
            double[][] bars = new double[COLUMNS.size() - 1][rows];
            for (int i = 0; i < rows; i++) {
                times[i] = in.readLong();
                for (double[] column : bars) {
                    column[i] = in.readDouble();
                }
                sum += bars[3][i];
            }
            if (in.read() >= 0) {
                throw new EOFException("there are more rows than were written");
            }
            return sum;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path raw() {
        return Path.of(Check.notNull(file, "file") + ".raw");
    }
}
