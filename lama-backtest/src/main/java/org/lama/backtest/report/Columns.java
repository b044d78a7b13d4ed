package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.lama.core.base.Tabular;

/** Builds a {@link Tabular} from a list of rows, one reader per column. */
final class Columns<T> {
    private final List<T> rows;
    private final List<Tabular.Column> columns = new ArrayList<>();

    private Columns(List<T> rows) {
        this.rows = rows;
    }

    static <T> Columns<T> of(List<T> rows) {
        return new Columns<>(rows);
    }

    Columns<T> with(String name, Function<T, Object> reader) {
        columns.add(new Tabular.Column(name, rows.stream().map(reader).toList()));
        return this;
    }

    Tabular build() {
        List<Tabular.Column> copy = List.copyOf(columns);
        return () -> copy;
    }
}
