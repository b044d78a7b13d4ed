package org.lama.core.store.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Check;

/** Writes rows as PostgreSQL's binary COPY format. Not thread-safe. */
final class CopyEncoder {
    /** 2000-01-01, from which PostgreSQL counts, in microseconds since 1970. */
    static final long EPOCH_MICROS = 946_684_800_000_000L;

    private static final long NANOS_PER_MICRO = 1_000L;

    private final RowBlock block;
    private final byte[] symbol;
    private final long barSeconds;
    private final boolean bars;
    private final List<Cell> cells = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    /** Up to here every whole number is a double. */
    private static final long LARGEST_EXACT = 1L << 53;

    /** An element of an array of each row. */
    private record Element(IntPredicate there, Cell cell) {
        boolean isThere(int row) {
            return there.test(row);
        }

        void put(CopyBuffer buffer, int row) {
            cell.put(buffer, row);
        }
    }

    /** Writes one field of a row. */
    @FunctionalInterface
    private interface Cell {
        void put(CopyBuffer buffer, int row);
    }

    CopyEncoder(ServerSeries series, ColumnRegister register, RowBlock block) {
        this.block = block;
        this.symbol = series.symbol().getBytes(StandardCharsets.UTF_8);
        this.bars = series.table().bars();
        this.barSeconds = series.barSeconds();
        names.addAll(List.of("ts", "symbol", "seq", "ns_rem", "revision", "available"));
        if (bars) {
            names.add("bar_seconds");
        }
        for (RawColumn column : block.columns()) {
            series.table().column(column.name()).ifPresent(known -> {
                names.add(known.name());
                cells.add(cell(known, column));
            });
        }
        for (ColumnRegister.Shelf shelf : ColumnRegister.Shelf.values()) {
            shelf(series.table(), register, shelf);
        }
    }

    /** The columns that are sent, in order: identifiers of the fixed set only. */
    List<String> names() {
        return List.copyOf(names);
    }

    void write(CopyBuffer buffer, int from, int to) throws IOException {
        buffer.header();
        int fields = names.size();
        for (int row = from; row < to; row++) {
            buffer.startRow(fields);
            long nanos = block.times()[row];
            buffer.int8(ServerTable.micros(nanos) - EPOCH_MICROS);
            buffer.text(symbol);
            buffer.int8(block.sequences()[row]);
            buffer.int2((int) Math.floorMod(nanos, NANOS_PER_MICRO));
            buffer.int4(block.levels()[row]);
            long available = block.available()[row];
            if (available == Long.MIN_VALUE) {
                buffer.missing();
            } else {
                buffer.int8(available);
            }
            if (bars) {
                buffer.int8(barSeconds);
            }
            for (Cell cell : cells) {
                cell.put(buffer, row);
            }
        }
        buffer.finish();
    }

    private void shelf(ServerTable table, ColumnRegister register, ColumnRegister.Shelf shelf) {
        Element[] placed = new Element[register.places(shelf)];
        boolean any = false;
        for (RawColumn column : block.columns()) {
            if (table.column(column.name()).isEmpty()) {
                int place = register.place(column.name(), shelf);
                if (place > 0) {
                    placed[place - 1] = element(column, shelf, register.home(column.name()));
                    any = true;
                }
            }
        }
        if (any) {
            names.add(shelf.column());
            cells.add((buffer, row) -> array(buffer, shelf, placed, row));
        }
    }

    /** Nothing missing at the end, and nothing at all for no value: equal rows are equal whichever columns came along. */
    private static void array(CopyBuffer buffer, ColumnRegister.Shelf shelf, @Nullable Element[] placed, int row) {
        int used = placed.length;
        while (used > 0 && !isThere(placed[used - 1], row)) {
            used--;
        }
        if (used == 0) {
            buffer.missing();
            return;
        }
        int start = buffer.startArray(shelf.elementType(), used);
        for (int i = 0; i < used; i++) {
            Element element = placed[i];
            if (element != null && element.isThere(row)) {
                element.put(buffer, row);
            } else {
                buffer.missing();
            }
        }
        buffer.endArray(start);
    }

    private static boolean isThere(@Nullable Element element, int row) {
        return element != null && element.isThere(row);
    }

    /** A number goes to the shelf on which its column began if that holds it exactly, else to the other one. */
    private static Element element(RawColumn column, ColumnRegister.Shelf shelf, ColumnRegister.Shelf home) {
        return switch (column.kind()) {
            case TEXT ->
                new Element(row -> !column.texts()[row].isEmpty(), (buffer, row) -> buffer.text(column.texts()[row]));
            case TIME ->
                new Element(
                        row -> column.longs()[row] != Long.MIN_VALUE,
                        (buffer, row) -> buffer.int8(column.longs()[row]));
            case LONG -> {
                long[] wholes = column.longs();
                IntPredicate here = row -> wholes[row] != Long.MIN_VALUE
                        && (home == ColumnRegister.Shelf.WHOLES || Math.abs(wholes[row]) > LARGEST_EXACT)
                                == (shelf == ColumnRegister.Shelf.WHOLES);
                yield new Element(
                        here,
                        shelf == ColumnRegister.Shelf.WHOLES
                                ? (buffer, row) -> buffer.int8(wholes[row])
                                : (buffer, row) -> buffer.float8((double) wholes[row]));
            }
            case DOUBLE -> {
                double[] numbers = column.doubles();
                IntPredicate here = row -> !Double.isNaN(numbers[row])
                        && (home == ColumnRegister.Shelf.NUMBERS || !whole(numbers[row]))
                                == (shelf == ColumnRegister.Shelf.NUMBERS);
                yield new Element(
                        here,
                        shelf == ColumnRegister.Shelf.NUMBERS
                                ? (buffer, row) -> buffer.float8(numbers[row])
                                : (buffer, row) -> buffer.int8((long) numbers[row]));
            }
        };
    }

    private static boolean whole(double number) {
        return Math.abs(number) <= LARGEST_EXACT
                && Double.doubleToRawLongBits((double) (long) number) == Double.doubleToRawLongBits(number);
    }

    private static Cell cell(ServerTable.Column known, RawColumn column) {
        if (known.type() == ServerTable.Type.FLOAT8) {
            if (column.kind() == RawColumn.Kind.LONG) {
                long[] wholes = column.longs();
                return (buffer, row) ->
                        number(buffer, wholes[row] == Long.MIN_VALUE ? Double.NaN : (double) wholes[row]);
            }
            double[] numbers = column.doubles();
            return (buffer, row) -> number(buffer, numbers[row]);
        }
        long[] wholes = column.kind() == RawColumn.Kind.DOUBLE ? wholes(column) : column.longs();
        return switch (known.type()) {
            case INT2 -> (buffer, row) -> buffer.int2((int) wholes[row]);
            case INT4 -> (buffer, row) -> buffer.int4((int) wholes[row]);
            default -> (buffer, row) -> whole(buffer, wholes[row]);
        };
    }

    private static long[] wholes(RawColumn column) {
        double[] numbers = column.doubles();
        long[] wholes = new long[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            wholes[i] = Double.isNaN(numbers[i]) ? Long.MIN_VALUE : (long) numbers[i];
            Check.that(
                    Double.isNaN(numbers[i]) || wholes[i] == numbers[i],
                    column.name() + " must hold whole numbers, got " + numbers[i]);
        }
        return wholes;
    }

    private static void number(CopyBuffer buffer, double value) {
        if (Double.isNaN(value)) {
            buffer.missing();
        } else {
            buffer.float8(value);
        }
    }

    private static void whole(CopyBuffer buffer, long value) {
        if (value == Long.MIN_VALUE) {
            buffer.missing();
        } else {
            buffer.int8(value);
        }
    }
}
