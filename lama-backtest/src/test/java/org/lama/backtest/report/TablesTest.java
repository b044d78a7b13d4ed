package org.lama.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Tabular;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TablesTest {
    @Test
    void columnsKeepOrderTypeAndValues() {
        Instant time = Instant.parse("2020-05-01T10:00:00Z");
        Tabular result = () -> List.of(
                new Tabular.Column("number", List.of(1.5, Double.NaN)),
                new Tabular.Column("count", List.of(7L, 8L)),
                new Tabular.Column("whole", List.of(7, 8)),
                new Tabular.Column("yes", List.of(true, false)),
                new Tabular.Column("time", List.of(time, time)),
                new Tabular.Column("text", List.of("a", "b")),
                new Tabular.Column("mixed", List.of("a", 1L)));
        Table table = Tables.of("result", result);
        assertThat(table.name()).isEqualTo("result");
        assertThat(table.rowCount()).isEqualTo(2);
        assertThat(table.types())
                .containsExactly(
                        ColumnType.DOUBLE,
                        ColumnType.LONG,
                        ColumnType.LONG,
                        ColumnType.BOOLEAN,
                        ColumnType.INSTANT,
                        ColumnType.STRING,
                        ColumnType.STRING);
        assertThat(table.doubleColumn("number").countMissing()).isEqualTo(1);
        assertThat(table.instantColumn("time").get(0)).isEqualTo(time);
        assertThat(table.stringColumn("mixed").get(1)).isEqualTo("1");
        assertThat(table.booleanColumn("yes").get(1)).isFalse();
    }

    @Test
    void anEmptyResultIsATableWithoutRows() {
        Table table = Tables.of(() -> List.of(new Tabular.Column("a", List.of())));
        assertThat(table.rowCount()).isZero();
        assertThat(table.columnNames()).containsExactly("a");
    }

    @Test
    void framesBecomeTablesWithTheirTimes() {
        Frame frame = Frame.of(
                        "BTC/USDT",
                        TimeIndex.regular(Samples.START, Samples.DAY, 3),
                        Samples.DAY,
                        new Provenance(Provenance.Kind.SYNTHETIC, "test", "", ""))
                .with("close", new double[] {1, Double.NaN, 3});
        Table table = Tables.of(frame);
        assertThat(table.name()).isEqualTo("BTC/USDT");
        assertThat(table.columnNames()).containsExactly("time", "close");
        assertThat(table.instantColumn("time").get(1)).isEqualTo(Instant.parse("2019-01-02T00:00:00Z"));
        assertThat(table.doubleColumn("close").countMissing()).isEqualTo(1);
    }

    @Test
    void notebookTablesEscapeLimitAndAlign() {
        Table table = Table.create(
                "t",
                DoubleColumn.create("value", 1.5, Double.NaN, 3),
                StringColumn.create("text", Samples.HOSTILE, null, "c"),
                InstantColumn.create("time", null, Instant.EPOCH, null));
        String html = Tables.html(table, 2);
        assertThat(html)
                .contains("<td style=\"text-align:right\">1.5</td>", "<td style=\"text-align:right\">–</td>")
                .contains("<td style=\"text-align:left\">&lt;img src=x onerror=alert(1)&gt;</td>")
                .contains("<td style=\"text-align:left\">1970-01-01</td>", "<p>first 2 of 3 rows</p>")
                .doesNotContain("null");
        assertThat(Tables.html(() -> List.of(new Tabular.Column("aB", List.of(1L))), 5))
                .contains(">a b</th>", ">1</td>");
        assertThat(Tables.html(List::of, 5)).doesNotContain("<td");
    }
}
