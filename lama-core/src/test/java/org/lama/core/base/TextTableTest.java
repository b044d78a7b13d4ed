package org.lama.core.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Tabular.Column;

class TextTableTest {
    @Test
    void textsStandLeftAndNumbersRight() {
        Tabular table = () -> List.of(
                new Column("name", List.of("a", "longer")),
                new Column("value", List.of(1.0, -12.5)),
                new Column("rows", List.of(7L, 123456L)));
        assertThat(table.asText()).isEqualTo("""
                        name       value    rows
                        a        1.00000       7
                        longer  -12.5000  123456
                        """);
    }

    @Test
    void missingNumbersTimesAndTruthsPrint() {
        Tabular table = () -> List.of(
                new Column("x", List.of(Double.NaN, Double.POSITIVE_INFINITY)),
                new Column("at", List.of(Instant.EPOCH, Instant.EPOCH)),
                new Column("ok", List.of(true, false)));
        assertThat(table.asText()).contains("NaN", "Infinity", "1970-01-01T00:00:00Z", "true", "false");
    }

    @Test
    void noRowsPrintTheHeading() {
        assertThat(TextTable.render(List.of(new Column("a", List.of()), new Column("b", List.of()))))
                .isEqualTo("a  b\n");
    }

    @Test
    void trailingBlanksAreLeftOut() {
        assertThat(TextTable.render(List.of(new Column("note", List.of("", "x")))))
                .isEqualTo("note\n\nx\n");
    }

    @Test
    void columnsCopyTheirCells() {
        List<String> cells = new ArrayList<>(List.of("a"));
        Column column = new Column("c", cells);
        cells.add("b");
        assertThat(column.cells()).hasSize(1);
        assertThatThrownBy(() -> new Column(" ", List.of())).hasMessage("name must not be blank");
    }
}
