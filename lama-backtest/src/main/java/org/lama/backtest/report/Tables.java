package org.lama.backtest.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.series.Frame;
import org.lama.core.series.TimeIndex;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Hands results over as Tablesaw tables. Each call copies; O(cells). A column is of doubles, longs, booleans, times or
 * texts when all its cells are; a column of mixed kinds becomes text. NaN stays a missing number.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Tables {
    private Tables() {}

    /**
     * A result as a table.
     *
     * @param name name of the table
     * @param result the result
     * @return a new table with the result's columns in their order
     */
    public static Table of(String name, Tabular result) {
        Table table = Table.create(Check.notNull(name, "name"));
        for (Tabular.Column column : result.columns()) {
            table.addColumns(column(column.name(), column.cells()));
        }
        return table;
    }

    /**
     * A result as a table without a name.
     *
     * @param result the result
     * @return a new table
     */
    public static Table of(Tabular result) {
        return of("", result);
    }

    /**
     * Market data as a table: the open time of each row and all columns.
     *
     * @param frame the data
     * @return a new table named like the symbol
     */
    public static Table of(Frame frame) {
        InstantColumn time = InstantColumn.create("time");
        for (int row = 0; row < frame.size(); row++) {
            time.append(TimeIndex.instant(frame.index().at(row)));
        }
        Table table = Table.create(frame.symbol(), time);
        for (String name : frame.columnNames()) {
            table.addColumns(DoubleColumn.create(name, frame.column(name).toArray()));
        }
        return table;
    }

    /**
     * The first rows as an HTML table for notebooks; every text is escaped.
     *
     * @param result the result
     * @param rows rows to show at most, at least 1
     * @return one HTML element
     */
    public static String html(Tabular result, int rows) {
        return NotebookTable.html(result.columns(), Check.atLeast(rows, 1, "rows"));
    }

    /**
     * The first rows as an HTML table for notebooks; every text is escaped.
     *
     * @param table the table
     * @param rows rows to show at most, at least 1
     * @return one HTML element
     */
    public static String html(Table table, int rows) {
        Check.atLeast(rows, 1, "rows");
        List<Tabular.Column> columns = table.columns().stream()
                .map(column -> new Tabular.Column(column.name().isBlank() ? "-" : column.name(), cells(column)))
                .toList();
        return NotebookTable.html(columns, rows);
    }

    private static List<Object> cells(Column<?> column) {
        boolean number = column instanceof NumericColumn<?>;
        List<Object> cells = new ArrayList<>();
        for (int row = 0; row < column.size(); row++) {
            Object cell = column.get(row);
            cells.add(column.isMissing(row) || cell == null ? number ? Double.NaN : "" : cell);
        }
        return cells;
    }

    private static Column<?> column(String name, List<?> cells) {
        if (all(cells, Double.class)) {
            return DoubleColumn.create(
                    name, cells.stream().mapToDouble(Double.class::cast).toArray());
        }
        if (all(cells, Long.class) || all(cells, Integer.class)) {
            return LongColumn.create(
                    name,
                    cells.stream()
                            .mapToLong(cell -> ((Number) cell).longValue())
                            .toArray());
        }
        if (all(cells, Boolean.class)) {
            return BooleanColumn.create(
                    name, cells.stream().map(Boolean.class::cast).toList());
        }
        if (all(cells, Instant.class)) {
            InstantColumn times = InstantColumn.create(name);
            cells.forEach(cell -> times.append((Instant) cell));
            return times;
        }
        return StringColumn.create(name, cells.stream().map(String::valueOf).toList());
    }

    private static boolean all(List<?> cells, Class<?> type) {
        return !cells.isEmpty() && cells.stream().allMatch(type::isInstance);
    }
}
