package org.lama.core.sources;

import java.util.ArrayList;
import java.util.List;

/** Books and their changes as rows of the store; a row is never known before it was so. */
final class BookRows {
    /** Columns of changes whose venue does not say the change before. */
    static final List<String> UPDATES = List.of("side", "price", "size", "first_update", "last_update");

    /** Columns of changes with the number of the change before. */
    static final List<String> CHAINED_UPDATES =
            List.of("side", "price", "size", "first_update", "last_update", "previous_update");

    /** Room for the levels of one update between two numbers. */
    private static final long LEVELS_PER_UPDATE = 1 << 16;

    private BookRows() {}

    /** A whole book: one row for each level, counted from the best price of its side. */
    static List<Row> snapshot(BinanceBook.Change snapshot, long timeNanos) {
        List<Row> rows = new ArrayList<>();
        int[] place = new int[2];
        for (BinanceBook.Level level : snapshot.levels()) {
            rows.add(new Row(
                    timeNanos,
                    Math.max(timeNanos, snapshot.receivedNanos()),
                    rows.size(),
                    level.side(),
                    place[level.side()]++,
                    level.price(),
                    level.size(),
                    snapshot.last()));
        }
        return rows;
    }

    /** A change: one row for each level, with the number of the change before where the venue says it. */
    static List<Row> change(BinanceBook.Change change, boolean previous) {
        List<Row> rows = new ArrayList<>();
        for (BinanceBook.Level level : change.levels()) {
            long known = Math.max(change.timeNanos(), change.receivedNanos());
            long number = change.last() * LEVELS_PER_UPDATE + rows.size();
            double[] values = previous
                    ? new double[] {
                        level.side(), level.price(), level.size(), change.first(), change.last(), change.previous()
                    }
                    : new double[] {level.side(), level.price(), level.size(), change.first(), change.last()};
            rows.add(new Row(change.timeNanos(), known, number, values));
        }
        return rows;
    }
}
