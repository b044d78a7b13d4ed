package org.lama.core.sources;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;

/**
 * The rows of a stored series one after the other, with the columns that are there; what is not there is missing. Only
 * a batch of the store lies in memory. Not thread-safe.
 */
final class StoredRows implements Closeable {
    /** When the receiver had a row, by its own clock, which may be wrong; without it the row's availability counts. */
    private static final String RECEIVED = "received";
    /** Whether the venue did not tell a row's time. */
    private static final String ESTIMATED = "estimated";

    private static final long[] NO_WHOLES = {};
    private static final double[] NO_NUMBERS = {};

    private final MarketStore.Batches batches;
    private final List<String> wholeNames;
    private final List<String> numberNames;
    private final long[][] wholes;
    private final double[][] numbers;
    private long[] time = NO_WHOLES;
    private long[] available = NO_WHOLES;
    private long[] received = NO_WHOLES;
    private long[] estimated = NO_WHOLES;
    private int row;
    private int rows;

    private StoredRows(MarketStore.Batches batches, List<String> wholeNames, List<String> numberNames)
            throws IOException {
        this.batches = batches;
        this.wholeNames = wholeNames;
        this.numberNames = numberNames;
        wholes = new long[wholeNames.size()][];
        numbers = new double[numberNames.size()][];
        fetch();
    }

    static StoredRows open(MarketStore store, MarketStore.Query query, List<String> wholes, List<String> numbers)
            throws IOException {
        List<String> wanted = new ArrayList<>(wholes);
        wanted.addAll(numbers);
        wanted.addAll(List.of(RecordKind.AVAILABLE, RECEIVED, ESTIMATED));
        try (MarketStore.Batches all = store.scan(query)) {
            ParquetTable first = all.next();
            wanted.retainAll(first == null ? List.of(RecordKind.AVAILABLE) : first.names());
        }
        return new StoredRows(store.scan(query.only(wanted)), wholes, numbers);
    }

    boolean has() {
        return row < rows;
    }

    /** When it happened; {@link TapeWriter#UNTOLD} if the venue did not say. */
    long timeNanos() {
        return estimated.length > 0 && estimated[row] == 1 ? TapeWriter.UNTOLD : time[row];
    }

    /** When it happened, estimated where the venue did not say: the time by which the store is cut. */
    long storedNanos() {
        return time[row];
    }

    /** When it came to us. */
    long localNanos() {
        return received.length > 0 && received[row] != RecordKind.MISSING ? received[row] : available[row];
    }

    long whole(int column) {
        long[] values = wholes[column];
        return values.length == 0 ? RecordKind.MISSING : values[row];
    }

    double number(int column) {
        return numbers[column][row];
    }

    void next() throws IOException {
        row++;
        if (row == rows) {
            fetch();
        }
    }

    private void fetch() throws IOException {
        row = 0;
        rows = 0;
        while (rows == 0) {
            ParquetTable table = batches.next();
            if (table == null) {
                return;
            }
            rows = table.rows();
            take(table);
        }
    }

    private void take(ParquetTable table) {
        time = table.times(RecordKind.TIME);
        available = table.times(RecordKind.AVAILABLE);
        received = longs(table, RECEIVED);
        estimated = longs(table, ESTIMATED);
        for (int i = 0; i < wholes.length; i++) {
            wholes[i] = longs(table, wholeNames.get(i));
        }
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = table.names().contains(numberNames.get(i)) ? table.doubles(numberNames.get(i)) : NO_NUMBERS;
        }
    }

    private static long[] longs(ParquetTable table, String name) {
        boolean whole = table.names().contains(name) && table.type(name) == ParquetTable.Type.LONG;
        return whole ? table.longs(name) : NO_WHOLES;
    }

    @Override
    public void close() throws IOException {
        batches.close();
    }
}
