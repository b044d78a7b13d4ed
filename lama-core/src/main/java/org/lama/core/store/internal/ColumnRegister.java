package org.lama.core.store.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lama.core.base.Check;

/**
 * The columns a series was written with. Those of the kind stand in the table's own columns; others have a place in one
 * of three arrays of each row, so that a name from outside is never an identifier. Immutable.
 *
 * @param columns in the order in which they were met
 */
record ColumnRegister(List<Registered> columns) {
    ColumnRegister {
        columns = List.copyOf(columns);
    }

    /** The arrays. */
    enum Shelf {
        NUMBERS("numbers", 701),
        WHOLES("wholes", 20),
        TEXTS("texts", 25);

        private final String column;
        private final int elementType;

        Shelf(String column, int elementType) {
            this.column = column;
            this.elementType = elementType;
        }

        String column() {
            return column;
        }

        /** PostgreSQL's number of the element type. */
        int elementType() {
            return elementType;
        }

        static Shelf of(RawColumn.Kind kind) {
            return switch (kind) {
                case DOUBLE -> NUMBERS;
                case TIME, LONG -> WHOLES;
                case TEXT -> TEXTS;
            };
        }
    }

    /**
     * A column.
     *
     * @param name its name
     * @param kind what it was written as
     * @param place 0 for a column of the table, else the place in its array, from 1
     */
    record Registered(String name, RawColumn.Kind kind, int place) {}

    Optional<Registered> find(String name, RawColumn.Kind kind) {
        return columns.stream()
                .filter(column -> column.name().equals(name) && column.kind() == kind)
                .findFirst();
    }

    /** The place of a column that is not the table's own on a shelf; 0 if it has none there. */
    int place(String name, Shelf shelf) {
        return columns.stream()
                .filter(column -> column.name().equals(name) && Shelf.of(column.kind()) == shelf)
                .mapToInt(Registered::place)
                .findFirst()
                .orElse(0);
    }

    /** The shelf on which a column began. */
    Shelf home(String name) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .map(column -> Shelf.of(column.kind()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " is not registered"));
    }

    /** What a reader gets for each name: the kind's columns in their order, then the others as they came. */
    Map<String, RawColumn.Kind> readable(ServerTable table) {
        Map<String, RawColumn.Kind> met = new LinkedHashMap<>();
        columns.forEach(column -> met.merge(column.name(), column.kind(), (a, b) -> RawColumn.Kind.DOUBLE));
        Map<String, RawColumn.Kind> ordered = new LinkedHashMap<>();
        table.columns().stream()
                .filter(column -> met.containsKey(column.name()))
                .forEach(column -> {
                    ordered.put(column.name(), Check.notNull(met.get(column.name()), column.name()));
                });
        met.forEach(ordered::putIfAbsent);
        return ordered;
    }

    /** What must be added for these columns. */
    List<Registered> missing(ServerTable table, List<RawColumn> rows) {
        List<Registered> more = new ArrayList<>();
        for (RawColumn column : rows) {
            if (find(column.name(), column.kind()).isEmpty()) {
                columns.stream()
                        .filter(known -> known.name().equals(column.name()))
                        .forEach(known -> Check.that(
                                number(known.kind()) && number(column.kind()),
                                "column " + column.name() + " holds " + known.kind() + " in the store and "
                                        + column.kind() + " now; write it under another name"));
                more.add(new Registered(
                        column.name(),
                        column.kind(),
                        table.column(column.name()).isPresent() ? 0 : nextPlace(column.kind(), more)));
            }
        }
        return more;
    }

    ColumnRegister with(List<Registered> more) {
        List<Registered> all = new ArrayList<>(columns);
        all.addAll(more);
        return new ColumnRegister(all);
    }

    /** Number of places on a shelf. */
    int places(Shelf shelf) {
        return highest(shelf, columns);
    }

    private int nextPlace(RawColumn.Kind kind, List<Registered> more) {
        Shelf shelf = Shelf.of(kind);
        return 1 + Math.max(highest(shelf, columns), highest(shelf, more));
    }

    private static int highest(Shelf shelf, List<Registered> among) {
        return among.stream()
                .filter(column -> Shelf.of(column.kind()) == shelf)
                .mapToInt(Registered::place)
                .max()
                .orElse(0);
    }

    private static boolean number(RawColumn.Kind kind) {
        return kind == RawColumn.Kind.DOUBLE || kind == RawColumn.Kind.LONG;
    }
}
