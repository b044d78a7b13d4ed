package org.lama.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.series.Provenance;
import org.lama.core.series.Series;
import org.lama.core.series.TimeIndex;

class ClassicSeriesTest {
    @Test
    void airPassengersAreTheTwelveYearsOfTheBook() {
        Series passengers = ClassicSeries.AIR_PASSENGERS.series();
        assertThat(passengers.size()).isEqualTo(144);
        assertThat(passengers.copyRange(0, 12))
                .containsExactly(112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118);
        assertThat(passengers.last()).isEqualTo(432);
        assertThat(TimeIndex.instant(passengers.index().at(143))).isEqualTo(Instant.parse("1960-12-01T00:00:00Z"));
        // The sum of series G as R gives it.
        assertThat(Arrays.stream(passengers.toArray()).sum()).isEqualTo(40_363);
    }

    @Test
    void shareIndicesBeginAndEndAsInR() {
        Series dax = ClassicSeries.DAX.series();
        Series smi = ClassicSeries.SMI.series();
        assertThat(dax.size()).isEqualTo(1860);
        assertThat(dax.get(0)).isEqualTo(1628.75);
        assertThat(dax.last()).isEqualTo(5473.72);
        assertThat(smi.get(0)).isEqualTo(1678.1);
        assertThat(smi.last()).isEqualTo(7676.3);
        assertThat(dax.index()).isEqualTo(smi.index());
        assertThat(TimeIndex.instant(dax.index().at(1859)))
                .isBetween(Instant.parse("1998-08-01T00:00:00Z"), Instant.parse("1998-09-01T00:00:00Z"));
    }

    @Test
    void logarithmsKeepTheTimes() {
        Series logarithms = ClassicSeries.AIR_PASSENGERS.logarithms();
        assertThat(logarithms.name()).isEqualTo("log AirPassengers");
        assertThat(logarithms.get(0)).isCloseTo(4.718498871295094, within(1e-15));
        assertThat(logarithms.index())
                .isEqualTo(ClassicSeries.AIR_PASSENGERS.series().index());
    }

    @Test
    void everySeriesSaysWhereItComesFrom() {
        for (ClassicSeries series : ClassicSeries.values()) {
            assertThat(series.provenance().kind()).isEqualTo(Provenance.Kind.HISTORICAL);
            assertThat(series.provenance().note()).startsWith("R 4.2.2, package datasets; ");
            assertThat(Arrays.stream(series.series().toArray()).min().orElseThrow())
                    .isPositive();
        }
    }
}
