package org.lama.core.store.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Check;
import org.lama.core.store.RecordKind;

/**
 * Turns rows of PostgreSQL's binary COPY format, ordered by time, sequence and revision, into columns, and keeps of each
 * (time, sequence) the last revision that was known, or all of them. Not thread-safe.
 */
final class RowDecoder {
    private static final Set<String> OWN = Set.of(RecordKind.TIME, RecordKind.AVAILABLE, RecordKind.SEQUENCE);

    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int SIGNATURE = 19;
    /** Rows of one batch. */
    private static final int BATCH = 65_536;

    private static final int SMALL = 1024;
    private static final long NANOS_PER_MICRO = 1_000L;

    private final ReadRequest request;
    private final List<String> selected = new ArrayList<>(List.of("ts", "ns_rem", "seq", "available"));
    private final List<Field> fields = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();
    private final List<String> wanted;
    private long[] times = new long[SMALL];
    private long[] sequences = new long[SMALL];
    private long[] available = new long[SMALL];
    private int done;
    private boolean pending;
    private boolean started;
    private int at;

    /** Values of one column under construction. */
    private static final class Column {
        private final String name;
        private final RawColumn.Kind kind;
        private Object values;

        Column(String name, RawColumn.Kind kind) {
            this.name = name;
            this.kind = kind;
            this.values = array(SMALL);
        }

        private Object array(int length) {
            return switch (kind) {
                case TIME, LONG -> new long[length];
                case DOUBLE -> new double[length];
                case TEXT -> new String[length];
            };
        }

        void clear(int row) {
            switch (kind) {
                case TIME, LONG -> ((long[]) values)[row] = Long.MIN_VALUE;
                case DOUBLE -> ((double[]) values)[row] = Double.NaN;
                case TEXT -> ((String[]) values)[row] = "";
            }
        }

        void whole(int row, long value) {
            if (kind == RawColumn.Kind.DOUBLE) {
                ((double[]) values)[row] = value;
            } else {
                ((long[]) values)[row] = value;
            }
        }

        void number(int row, double value) {
            if (kind == RawColumn.Kind.LONG) {
                ((long[]) values)[row] = (long) value;
            } else {
                ((double[]) values)[row] = value;
            }
        }

        void text(int row, String value) {
            ((String[]) values)[row] = value;
        }

        void grow(int length) {
            Object longer = array(length);
            System.arraycopy(values, 0, longer, 0, Math.min(length, Array.getLength(values)));
            values = longer;
        }

        RawColumn part(int rows) {
            Object part = switch (kind) {
                case TIME, LONG -> Arrays.copyOf((long[]) values, rows);
                case DOUBLE -> Arrays.copyOf((double[]) values, rows);
                case TEXT -> Arrays.copyOf((String[]) values, rows);
            };
            return new RawColumn(name, kind, part);
        }
    }

    /**
     * Where a selected field goes: into one column, or an array of fields into one each.
     *
     * @param type of the field; for arrays of the elements
     * @param column of a plain field
     * @param shelf columns by place, of an array
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Field(
            ServerTable.@Nullable Type type,
            @Nullable Column column,
            @Nullable Column[] shelf) {}

    RowDecoder(ReadRequest request, ColumnRegister register, Map<String, RawColumn.Kind> wanted) {
        this.request = request;
        this.wanted = List.copyOf(wanted.keySet());
        wanted.forEach((name, kind) -> {
            if (!OWN.contains(name)) {
                columns.add(new Column(name, kind));
            }
        });
        ServerTable table = request.series().table();
        for (Column column : columns) {
            table.column(column.name).ifPresent(known -> {
                selected.add(known.name());
                fields.add(new Field(known.type(), column, new Column[0]));
            });
        }
        for (ColumnRegister.Shelf shelf : ColumnRegister.Shelf.values()) {
            Column[] placed = new Column[register.places(shelf)];
            boolean any = false;
            for (Column column : columns) {
                int place = table.column(column.name).isPresent() ? 0 : register.place(column.name, shelf);
                if (place > 0) {
                    placed[place - 1] = column;
                    any = true;
                }
            }
            if (any) {
                selected.add(shelf.column());
                fields.add(new Field(null, null, placed));
            }
        }
    }

    List<String> selected() {
        return List.copyOf(selected);
    }

    void startPart() {
        started = false;
    }

    /** Whether these bytes only say that the rows are at an end. */
    boolean isTrailer(byte[] row) {
        int start = started ? 0 : SIGNATURE;
        return row.length >= start + Short.BYTES && (short) SHORTS.get(row, start) < 0;
    }

    /** Takes a row; true if a batch is full, which must be fetched before the next row. */
    boolean take(byte[] row) {
        at = started ? 0 : SIGNATURE;
        started = true;
        at += Short.BYTES;
        at += Integer.BYTES;
        long micros = (long) LONGS.get(row, at) + CopyEncoder.EPOCH_MICROS;
        at += Long.BYTES + Integer.BYTES;
        // exact modulo 2^64 where the first microsecond there is begins before the first nanosecond
        long nanos = micros * NANOS_PER_MICRO + (short) SHORTS.get(row, at);
        at += Short.BYTES + Integer.BYTES;
        long sequence = (long) LONGS.get(row, at);
        at += Long.BYTES;
        long known = nanos + request.series().barNanos();
        int length = (int) INTS.get(row, at);
        at += Integer.BYTES;
        if (length >= 0) {
            known = (long) LONGS.get(row, at);
            at += Long.BYTES;
        }
        if (nanos < request.fromNanos()
                || nanos >= request.toNanos()
                || (request.availableBy().isPresent()
                        && known > request.availableBy().getAsLong())) {
            return false;
        }
        boolean same = !request.everyVersion() && pending && times[done] == nanos && sequences[done] == sequence;
        if (same && known < available[done]) {
            return false;
        }
        boolean full = false;
        if (!same) {
            done += pending ? 1 : 0;
            full = done == BATCH;
            if (done == times.length) {
                grow(full ? done + 1 : Math.min(BATCH, done * 2));
            }
        }
        pending = true;
        times[done] = nanos;
        sequences[done] = sequence;
        available[done] = known;
        values(row);
        return full;
    }

    private void values(byte[] row) {
        for (Column column : columns) {
            column.clear(done);
        }
        for (Field field : fields) {
            int length = (int) INTS.get(row, at);
            at += Integer.BYTES;
            if (length >= 0) {
                if (field.column == null) {
                    array(row, at, field.shelf);
                } else {
                    plain(row, at, field);
                }
                at += length;
            }
        }
    }

    private void plain(byte[] row, int start, Field field) {
        Column column = Check.notNull(field.column, "column");
        switch (Check.notNull(field.type, "type")) {
            case INT2 -> column.whole(done, (short) SHORTS.get(row, start));
            case INT4 -> column.whole(done, (int) INTS.get(row, start));
            case INT8 -> column.whole(done, (long) LONGS.get(row, start));
            case FLOAT8 -> column.number(done, Double.longBitsToDouble((long) LONGS.get(row, start)));
        }
    }

    private void array(byte[] row, int start, @Nullable Column[] shelf) {
        int place = start;
        if ((int) INTS.get(row, place) != 1) {
            return;
        }
        int elementType = (int) INTS.get(row, place + 2 * Integer.BYTES);
        int elements = (int) INTS.get(row, place + 3 * Integer.BYTES);
        place += 5 * Integer.BYTES;
        for (int i = 0; i < elements; i++) {
            int length = (int) INTS.get(row, place);
            place += Integer.BYTES;
            Column column = i < shelf.length ? shelf[i] : null;
            if (length >= 0) {
                if (column != null) {
                    element(row, place, length, elementType, column);
                }
                place += length;
            }
        }
    }

    private void element(byte[] row, int place, int length, int elementType, Column column) {
        if (elementType == ColumnRegister.Shelf.NUMBERS.elementType()) {
            column.number(done, Double.longBitsToDouble((long) LONGS.get(row, place)));
        } else if (elementType == ColumnRegister.Shelf.WHOLES.elementType()) {
            column.whole(done, (long) LONGS.get(row, place));
        } else {
            column.text(done, new String(row, place, length, StandardCharsets.UTF_8));
        }
    }

    private void grow(int length) {
        times = Arrays.copyOf(times, length);
        sequences = Arrays.copyOf(sequences, length);
        available = Arrays.copyOf(available, length);
        columns.forEach(column -> column.grow(length));
    }

    /** The rows that are complete; the last one taken stays, for a revision may follow. */
    RowBatch full() {
        RowBatch batch = batch(done);
        long time = times[done];
        long sequence = sequences[done];
        long known = available[done];
        times[0] = time;
        sequences[0] = sequence;
        available[0] = known;
        for (Column column : columns) {
            System.arraycopy(column.values, done, column.values, 0, 1);
        }
        done = 0;
        return batch;
    }

    /** What is left after the last row; null if nothing. */
    @Nullable
    RowBatch rest() {
        int rows = done + (pending ? 1 : 0);
        done = 0;
        pending = false;
        return rows == 0 ? null : batch(rows);
    }

    RowBatch none() {
        return batch(0);
    }

    private Column named(String name) {
        return columns.stream()
                .filter(column -> column.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " is not read"));
    }

    private RowBatch batch(int rows) {
        List<RawColumn> batch = new ArrayList<>();
        batch.add(new RawColumn(RecordKind.TIME, RawColumn.Kind.TIME, Arrays.copyOf(times, rows)));
        for (String name : wanted) {
            batch.add(
                    switch (name) {
                        case RecordKind.SEQUENCE ->
                            new RawColumn(name, RawColumn.Kind.LONG, Arrays.copyOf(sequences, rows));
                        case RecordKind.AVAILABLE ->
                            new RawColumn(name, RawColumn.Kind.TIME, Arrays.copyOf(available, rows));
                        default -> named(name).part(rows);
                    });
        }
        return new RowBatch(rows, batch);
    }
}
