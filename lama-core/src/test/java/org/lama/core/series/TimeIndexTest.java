package org.lama.core.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeIndexTest {
    private static final TimeIndex INDEX = TimeIndex.of(new long[] {10, 20, 40});

    @Test
    void timesAreCopiedAtTheDoor() {
        long[] times = {1, 2, 3};
        TimeIndex index = TimeIndex.of(times);
        times[0] = 99;
        assertThat(index.at(0)).isEqualTo(1);
        index.copyRange(0, 3)[1] = 99;
        assertThat(index.at(1)).isEqualTo(2);
    }

    @Test
    void equalAndFallingTimesAreRefusedWithTheirRow() {
        assertThatThrownBy(() -> TimeIndex.of(new long[] {0, 5, 5}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 2 (1970-01-01T00:00:00.000000005Z)")
                .hasMessageContaining("row 1");
        assertThatThrownBy(() -> TimeIndex.of(new long[] {5, 0})).hasMessageContaining("row 1");
    }

    @Test
    void regularSpacingIsCounted() {
        TimeIndex index = TimeIndex.regular(100, 10, 3);
        assertThat(index.copyRange(0, 3)).containsExactly(100, 110, 120);
        assertThat(TimeIndex.regular(0, 1, 0).size()).isZero();
        assertThatThrownBy(() -> TimeIndex.regular(0, 0, 3)).hasMessage("stepNanos must be > 0, got 0");
        assertThatThrownBy(() -> TimeIndex.regular(0, 1, -1)).hasMessage("size must be >= 0, got -1");
    }

    @Test
    void searchesFindTheNeighbours() {
        assertThat(INDEX.ceiling(9)).isZero();
        assertThat(INDEX.ceiling(10)).isZero();
        assertThat(INDEX.ceiling(21)).isEqualTo(2);
        assertThat(INDEX.ceiling(41)).isEqualTo(3);
        assertThat(INDEX.floor(9)).isEqualTo(-1);
        assertThat(INDEX.floor(20)).isEqualTo(1);
        assertThat(INDEX.floor(39)).isEqualTo(1);
        assertThat(INDEX.floor(99)).isEqualTo(2);
        assertThat(INDEX.indexOf(20)).isEqualTo(1);
        assertThat(INDEX.indexOf(21)).isEqualTo(-1);
    }

    @Test
    void aHeadCannotSeeWhatFollows() {
        TimeIndex head = INDEX.head(2);
        assertThat(head.size()).isEqualTo(2);
        assertThat(head.ceiling(40)).isEqualTo(2);
        assertThat(head.indexOf(40)).isEqualTo(-1);
        assertThatThrownBy(() -> head.at(2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("row 2 of 2");
        assertThatThrownBy(() -> head.copyRange(0, 3)).hasMessage("range [0, 3) outside of 2");
        assertThatThrownBy(() -> head.head(3)).isInstanceOf(IllegalArgumentException.class);
        assertThat(INDEX.head(3)).isSameAs(INDEX);
    }

    @Test
    void equalTimesMakeEqualIndexes() {
        assertThat(INDEX.head(2))
                .isEqualTo(TimeIndex.of(new long[] {10, 20}))
                .hasSameHashCodeAs(TimeIndex.of(new long[] {10, 20}));
        assertThat(INDEX).isNotEqualTo(INDEX.head(2)).isNotEqualTo("text");
        assertThat(INDEX).hasToString("TimeIndex[3, 1970-01-01T00:00:00.000000010Z .. 1970-01-01T00:00:00.000000040Z]");
        assertThat(INDEX.head(0)).hasToString("TimeIndex[0]");
    }

    @Test
    void instantsAndNanosecondsAreTheSameTimes() {
        Instant before = Instant.parse("1969-12-31T23:59:59.999999999Z");
        assertThat(TimeIndex.nanos(before)).isEqualTo(-1);
        assertThat(TimeIndex.instant(-1)).isEqualTo(before);
        assertThat(TimeIndex.instant(TimeIndex.nanos(Instant.parse("2024-02-29T12:00:00Z"))))
                .isEqualTo(Instant.parse("2024-02-29T12:00:00Z"));
        assertThatThrownBy(() -> TimeIndex.nanos(Instant.parse("2300-01-01T00:00:00Z")))
                .isInstanceOf(ArithmeticException.class);
    }
}
