package org.lama.core.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameTest {
    private static final Provenance MADE = new Provenance(Provenance.Kind.SYNTHETIC, "generator", "", "");
    private static final TimeIndex INDEX = TimeIndex.regular(0, 60, 4);
    private static final Frame FRAME = Frame.of("ABC", INDEX, 60, MADE)
            .with("close", new double[] {1, 2, Double.NaN, 4})
            .with("volume", new double[] {10, 20, 30, 40});

    @Test
    void columnsAreFoundByNameAndMissingOnesNameThoseThatExist() {
        assertThat(FRAME.column("close").get(1)).isEqualTo(2);
        assertThat(FRAME.has("close")).isTrue();
        assertThat(FRAME.has("open")).isFalse();
        assertThat(FRAME.columnNames()).containsExactly("close", "volume");
        assertThatThrownBy(() -> FRAME.column("open"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column 'open' is not in frame ABC, which has [close, volume]");
    }

    @Test
    void aRowIsKnownAtTheCloseOfItsBar() {
        assertThat(FRAME.availableAt(0)).isEqualTo(60);
        assertThat(FRAME.availableAt(3)).isEqualTo(240);
        assertThat(FRAME.barNanos()).isEqualTo(60);
        assertThat(FRAME.size()).isEqualTo(4);
        assertThat(FRAME.index()).isEqualTo(INDEX);
    }

    @Test
    void throughAHeadNothingLaterCanBeRead() {
        Frame head = FRAME.head(2);
        assertThat(head.size()).isEqualTo(2);
        assertThat(head.column("close").toArray()).containsExactly(1, 2);
        assertThatThrownBy(() -> head.column("close").get(2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("row 2 of 2 in column close");
        assertThatThrownBy(() -> head.availableAt(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> head.column("close").copyRange(1, 3)).hasMessage("range [1, 3) outside of 2");
        assertThatThrownBy(() -> head.head(3)).isInstanceOf(IllegalArgumentException.class);
        assertThat(FRAME.head(4)).isSameAs(FRAME);
        assertThat(FRAME.head(0).column("close").last()).isNaN();
    }

    @Test
    void aSliceIsACopyOfItsRows() {
        Frame slice = FRAME.slice(1, 3);
        assertThat(slice.index().copyRange(0, 2)).containsExactly(60, 120);
        assertThat(slice.column("volume").toArray()).containsExactly(20, 30);
        assertThat(slice.column("close").last()).isNaN();
        assertThat(slice.provenance()).isEqualTo(MADE);
    }

    @Test
    void valuesAreCopiedAtTheDoorAndOnTheWayOut() {
        double[] values = {1, 2, 3, 4};
        Frame frame = FRAME.with("x", values);
        values[0] = 99;
        frame.column("x").toArray()[1] = 99;
        frame.column("x").copyRange(0, 4)[2] = 99;
        assertThat(frame.column("x").toArray()).containsExactly(1, 2, 3, 4);
        assertThat(FRAME.has("x")).isFalse();
    }

    @Test
    void framesOverTheSameTimesJoin() {
        Frame other = Frame.of("ABC", TimeIndex.regular(0, 60, 4), 60, MADE).with("z", new double[4]);
        assertThat(FRAME.with(other).columnNames()).containsExactly("close", "volume", "z");
        Frame shorter = FRAME.head(3);
        assertThatThrownBy(() -> FRAME.with(shorter)).hasMessage("both frames must have the same times");
        Frame joined = Frame.of("ABC", TimeIndex.regular(0, 60, 3), 60, MADE).with(shorter);
        assertThatThrownBy(() -> joined.column("volume").get(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void symbolAndProvenanceCanBeReplaced() {
        Provenance noted = MADE.withNote("resampled");
        Frame frame = FRAME.withSymbol("XYZ").withProvenance(noted);
        assertThat(frame.symbol()).isEqualTo("XYZ");
        assertThat(frame.provenance().note()).isEqualTo("resampled");
        assertThat(frame).asString().startsWith("Frame[XYZ, TimeIndex[4").contains("[close, volume]", "SYNTHETIC");
    }

    @Test
    void impossibleFramesAreRefused() {
        assertThatThrownBy(() -> Frame.of("ABC", INDEX, 0, MADE)).hasMessage("barNanos must be > 0, got 0");
        assertThatThrownBy(() -> Frame.of(" ", INDEX, 1, MADE)).hasMessage("symbol must not be blank");
        assertThatThrownBy(() -> FRAME.with("x", new double[3]))
                .hasMessage("values must have 4 rows like the index, got 3");
        assertThatThrownBy(() -> new Provenance(Provenance.Kind.VENDOR, "", "", ""))
                .hasMessage("source must not be blank");
    }

    @Test
    void aSeriesKnowsItsNameAndTimes() {
        Series series = Series.of("x", INDEX, new double[] {1, 2, 3, 4});
        assertThat(series.name()).isEqualTo("x");
        assertThat(series.index()).isSameAs(INDEX);
        assertThat(series.last()).isEqualTo(4);
        assertThat(series.head(4)).isSameAs(series);
        assertThat(series.head(2).last()).isEqualTo(2);
    }

    @Test
    void aTapHearsOfEachColumnTakenAndMayHandOutAnother() {
        List<String> heard = new ArrayList<>();
        Frame tapped = FRAME.tapped((symbol, column) -> {
            heard.add(symbol + " " + column.name() + " " + column.size());
            return column.name().equals("volume")
                    ? Series.of("volume", column.index(), new double[column.size()])
                    : column;
        });
        assertThat(tapped.column("close").get(1)).isEqualTo(2);
        assertThat(tapped.head(2).column("volume").toArray()).containsExactly(0, 0);
        assertThat(tapped.slice(1, 4).withSymbol("D").column("close").size()).isEqualTo(3);
        assertThat(FRAME.withSymbol("E").with(tapped).column("close").get(0)).isEqualTo(1);
        assertThat(heard).containsExactly("ABC close 4", "ABC volume 2", "D close 3", "E close 4");
        assertThat(FRAME.column("volume").get(0)).isEqualTo(10);
        assertThat(heard).hasSize(4);
    }
}
