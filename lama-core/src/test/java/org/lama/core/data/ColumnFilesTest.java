package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.data.ColumnFiles.Selection;
import org.lama.core.series.Frame;

class ColumnFilesTest {
    private static final double NAN = Double.NaN;

    @TempDir
    private Path folder;

    @Test
    void wantedColumnsAreReadInTheirOrderAndOthersMayHoldAnything() throws IOException {
        Frame frame = read("day,price,name,size\nmon,1.5,x,10\ntue,,\"a,b\",20\n", "size", "price");
        assertThat(frame.columnNames()).containsExactly("size", "price");
        assertThat(frame.column("size").toArray()).containsExactly(10, 20);
        assertThat(frame.column("price").toArray()).containsExactly(1.5, NAN);
        assertThat(frame.symbol()).isEqualTo("table.csv");
        assertThat(frame.index().at(1)).isEqualTo(1);
        assertThat(frame.provenance().sha256()).hasSize(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NA", "NaN", "nan", "null", "None", "n/a", "#N/A", "<NA>", ".", "-", "\"\"", " "})
    void everyUsualWordForNothingIsMissing(String word) throws IOException {
        assertThat(read("a,v\n1," + word + "\n2,3\n", "v").column("v").toArray())
                .containsExactly(NAN, 3);
    }

    @Test
    void quotesMarksDelimitersAndLineEndsOfAllProgramsAreRead() throws IOException {
        for (String end : List.of("\n", "\r\n", "\r")) {
            for (String delimiter : List.of(",", ";", "\t")) {
                String text = "\ufeff\"my \"\"x\"\"\",\"long, name\"" + end + "\"1\",\" 2e3 \"" + end + "-3,\"4\"";
                String table = text.replace("\",", "\"" + delimiter).replace("3,\"4", "3" + delimiter + "\"4");
                Frame frame = read(table, "long, name", "my \"x\"");
                assertThat(frame.column("my \"x\"").toArray()).containsExactly(1, -3);
                assertThat(frame.column("long, name").toArray()).containsExactly(2000, 4);
            }
        }
    }

    @Test
    void aQuotedTextMayHoldLineEndsAndTheLinesBelowKeepTheirNumbers() throws IOException {
        assertThat(read("note,v\n\"two\nlines\",1\nx,2\n", "v").column("v").toArray())
                .containsExactly(1, 2);
        assertThat(read("note,v\n5\" pipe,1\n\"a\"b,2\n", "v").column("v").toArray())
                .containsExactly(1, 2);
        fails("note,v\n\"two\nlines\",1\nx,oops\n", "table.csv, row 4, column v: 'oops' is no number", "v");
        fails("note,v\n\"open,1\nx,2\n", "row 2: a quote is opened and never closed", "v");
        fails("note,v\n\"open,1\nx\" y,2\n", "row 2: text follows a closing quote", "v");
    }

    @Test
    void emptyLinesAreMissingOnlyWhereTheyCanBeACell() throws IOException {
        assertThat(read("v\n1\n\n3\n\n\n", "v").column("v").toArray()).containsExactly(1, NAN, 3);
        assertThat(read("v\n1\n\"\"\n", "v").column("v").toArray()).containsExactly(1, NAN);
        assertThat(read("\n\na,v\n\n1,2\n\n3,4\n\n", "v").column("v").toArray()).containsExactly(2, 4);
    }

    @Test
    void rowsThatAreCutOrTooLongAreErrors() throws IOException {
        fails("a,b\n1,2\n3\n", "table.csv, row 3: the row has 1 cells, the header 2; complete the row", "a");
        fails("a,b\n1,2,3\n", "row 2: the row has 3 cells, the header 2", "a");
        assertThat(read("a,b\n1,2,\n", "b").column("b").toArray()).containsExactly(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abc|is no number; write a number, or leave the cell empty",
                "'1,5'|write decimal points instead of commas",
                "'1,234,567.5'|write numbers without separators of thousands",
                "0x10|is no number",
                "1_000|is no number"
            })
    void textInAWantedColumnIsAnErrorThatSaysWhereAndWhatToDo(String cell, String message) {
        fails("a;v\n1;2\n1;\"" + cell + "\"\n", "table.csv, row 3, column v: '" + cell + "'", "v");
        fails("a;v\n1;2\n1;\"" + cell + "\"\n", message, "v");
    }

    @Test
    void headersMustTellColumnsApart() throws IOException {
        fails(
                "price,volume\n1,2\n",
                "column prise: there is no such column; there are [price, volume]; did you mean 'price'?",
                "prise");
        fails("y,x\n1,2\n", "column z: there is no such column; there are [y, x]", "z");
        fails("a,b,a\n1,2,3\n", "column a: several columns have this name", "a");
        assertThat(read("a,b,a\n1,2,3\n", "b").column("b").toArray()).containsExactly(2);
        fails("a,b,a\n1,2,3\n", "several columns have this name");
        fails("1,2\n3,4\n", "row 1: the first row holds numbers where the names of the columns belong", "a");
        fails("", "the file is empty", "a");
        fails("\n\n", "the file is empty", "a");
        fails("a,b\n", "the header has no rows below", "a");
        String wide = String.join(
                ",",
                java.util.stream.IntStream.range(0, 40).mapToObj(i -> "c" + i).toList());
        fails(wide + "\n", "c29] and 10 more", "zzz");
    }

    @Test
    void withoutNamesEveryColumnThatMeasuresSomethingIsRead() throws IOException {
        assertThat(read("t,value\n0,5\n1,\n2,7\n").columnNames()).containsExactly("value");
        assertThat(read("\"\",\"x\"\n\"1\",3\n\"2\",2\n").columnNames()).containsExactly("x");
        assertThat(read("date,price,name,none\n2020-01-01,1,x,\n2020-01-02,2,y,\n")
                        .columnNames())
                .containsExactly("price");
        assertThat(read("a,b\n1,2\n0,1\n").columnNames()).containsExactly("a", "b");
        assertThat(read("t\n0\n1\n").columnNames()).containsExactly("t");
        fails(
                "name,note\nx,y\n",
                "no column holds only numbers; there are [name, note]; line 2, column name holds 'x'");
        Frame timed = read(Selection.numbers().withTime("ms"), "ms,v\n1577836800000,1\n1577836801000,2\n");
        assertThat(timed.columnNames()).containsExactly("v");
    }

    @Test
    void aColumnOfTimesBecomesTheIndexAndMustGrow() throws IOException {
        Selection selection = Selection.of(List.of("v")).withTime("day");
        Frame frame = read(selection, "day,v\n2020-01-01,1\n2020-01-02,2\n2020-01-04,3\n");
        assertThat(frame.index().toString()).contains("2020-01-01T00:00:00Z .. 2020-01-04T00:00:00Z");
        assertThat(frame.barNanos()).isEqualTo(86_400_000_000_000L);
        assertThatThrownBy(() -> read(selection, "day,v\n2020-01-02,1\n2020-01-01,2\n"))
                .hasMessageContaining("row 3, column day: the time does not lie after the row above; sort");
        assertThatThrownBy(() -> read(selection, "day,v\nsoon,1\n")).hasMessageContaining("'soon' is no time");
        assertThatThrownBy(() -> Selection.of(List.of("a", "a"))).hasMessageContaining("name each column once");
    }

    @Test
    void gzipAndPlainFilesAreToldByTheirBytes() throws IOException {
        byte[] text = "a,v\n1,2\n".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text);
        }
        Path file = Files.write(folder.resolve("a.csv.gz"), packed.toByteArray());
        Frame frame = ColumnFiles.read(file, Selection.of(List.of("v")));
        assertThat(frame.column("v").toArray()).containsExactly(2);
        assertThat(frame.provenance().sha256()).isEqualTo(org.lama.core.store.Checksums.sha256(file));
        Files.write(file, Arrays.copyOf(packed.toByteArray(), packed.size() - 12));
        assertThatThrownBy(() -> ColumnFiles.read(file, Selection.numbers()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.csv.gz: the gzip stream is broken");
        assertThatThrownBy(() -> ColumnFiles.read(folder, Selection.numbers())).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> ColumnFiles.read(folder.resolve("none"), Selection.numbers()))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void binaryFilesAndWideTextAreRefusedByName() {
        fails("PAR1\u0000\u0001", "this is no text but a binary file", "a");
        assertThatThrownBy(() -> ColumnFiles.read(
                        new ByteArrayInputStream("a,b\n1,2".getBytes(StandardCharsets.UTF_16)),
                        "wide.csv",
                        Selection.numbers()))
                .hasMessageContaining("wide.csv: the text is UTF-16; save it as CSV in UTF-8");
    }

    @Test
    void rowsLongerThanTheBufferAndPipesThatDripAreReadAlike() throws IOException {
        String note = "n".repeat(200_000);
        String table = "note;v\n" + note + ";1\nx;2\n\"" + note + "\";3\n";
        assertThat(read(table, "v").column("v").toArray()).containsExactly(1, 2, 3);
        InputStream drip = new ByteArrayInputStream(table.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 3));
            }
        };
        assertThat(ColumnFiles.read(drip, "-", Selection.of(List.of("v")))
                        .column("v")
                        .toArray())
                .containsExactly(1, 2, 3);
        fails("a\n" + "x".repeat((1 << 24) + 1), "row 2: the row has more than 16777216 bytes", "a");
    }

    @Test
    void numbersComeBackBitForBitFromARandomTable() throws IOException {
        Rng rng = Seeds.rng(11, 0);
        double[][] columns = new double[3][5_000];
        StringBuilder text = new StringBuilder("a,b,c\n");
        for (int row = 0; row < 5_000; row++) {
            for (int c = 0; c < 3; c++) {
                double value = rng.nextDouble() * Math.pow(10, (int) (rng.nextDouble() * 40) - 20);
                columns[c][row] = rng.nextDouble() < 0.1 ? NAN : value;
                text.append(c == 0 ? "" : ",").append(Double.isNaN(columns[c][row]) ? "" : Double.toString(value));
            }
            text.append('\n');
        }
        Frame frame = read(text.toString(), "a", "b", "c");
        for (int c = 0; c < 3; c++) {
            assertThat(frame.column("abc".substring(c, c + 1)).toArray()).containsExactly(columns[c], within(0.0));
        }
    }

    private static Frame read(String text, String... columns) throws IOException {
        return read(Selection.of(List.of(columns)), text);
    }

    private static Frame read(Selection selection, String text) throws IOException {
        return ColumnFiles.read(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "table.csv", selection);
    }

    private static void fails(String text, String message, String... columns) {
        assertThatThrownBy(() -> read(text, columns))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }
}
