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
    void largeNumbersAreWrittenInFullWithThousandsApart() {
        Tabular table = () -> List.of(new Column(
                "x", List.of(1_249_999_999.5, 999_999.7, -12_345.678, 1_234.5678, 999.99, 1e15, 0.000012345)));
        assertThat(table.asText().lines().map(String::strip))
                .containsExactly(
                        "x",
                        "1,250,000,000",
                        "1,000,000",
                        "-12,345.7",
                        "1,234.57",
                        "999.990",
                        "1.00000e+15",
                        "1.23450e-05");
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
