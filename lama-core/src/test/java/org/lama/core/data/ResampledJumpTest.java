package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Issue;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.QualityReport;
import org.lama.core.store.ParquetStore;

/** A price that is a thousandth from 13:00 of the sixth day on, and no event that says why, in bars of a day. */
final class ResampledJumpTest {
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final int JUMP = 5 * 24 + 13;

    @TempDir
    private Path folder;

    private Path file() throws IOException {
        return Files.writeString(
                folder.resolve("binance_BTCUSDT_1h.csv"),
                GeneratedBars.hourly(240).scale(JUMP, 240, 1e-3).text());
    }

    private static void named(MarketData data) {
        QualityReport report = data.quality().get(0);
        assertThat(report.count(Issue.Reason.REDENOMINATION_SUSPECT)).isEqualTo(1);
        assertThat(report.findings())
                .filteredOn(finding -> finding.reason() == Issue.Reason.REDENOMINATION_SUSPECT)
                .singleElement()
                .satisfies(finding -> assertThat(finding.first()).contains("2024-01-06T13:00:00Z"));
    }

    private static void parted(MarketData data, MarketData hourly) {
        Frame daily = data.frames().get(0);
        assertThat(daily.size()).isEqualTo(10);
        assertThat(daily.column(BarFiles.SEGMENT).toArray()).containsExactly(0, 0, 0, 0, 0, 1, 1, 1, 1, 1);
        Frame hours = hourly.frames().get(0);
        // the bar of the jump is that of the new unit: opens at 13:00, and none of its prices is of the old one
        assertThat(daily.column(Columns.OPEN).get(5))
                .isEqualTo(hours.column(Columns.OPEN).get(JUMP));
        assertThat(daily.column(Columns.HIGH).get(5)).isLessThan(1);
        assertThat(daily.column(Columns.LOW).get(4)).isGreaterThan(10);
        double volume = 0;
        for (int hour = JUMP; hour < 6 * 24; hour++) {
            volume += hours.column(Columns.VOLUME).get(hour);
        }
        assertThat(daily.column(Columns.VOLUME).get(5)).isEqualTo(volume);
        assertThat(daily.provenance().note())
                .contains("13 bars before an unexplained price jump left out of the longer bar in which it falls");
        assertThat(hours.provenance().note()).doesNotContain("unexplained price jump");
    }

    @Test
    void itIsNamedAndPartsTheBarsOfAFile() throws IOException {
        MarketData daily = BarFiles.load(file(), LoadOptions.defaults().withBarNanos(DAY_NANOS));
        MarketData hourly = BarFiles.load(file(), LoadOptions.defaults());
        named(daily);
        named(hourly);
        parted(daily, hourly);
    }

    @Test
    void itIsNamedAndPartsTheBarsOfAStore() throws IOException {
        try (ParquetStore store = ParquetStore.open(folder.resolve("store"))) {
            FileImport.run(file(), store, ImportOptions.defaults());
            MarketData daily =
                    StoreBars.load(store, "store", LoadOptions.defaults().withBarNanos(DAY_NANOS));
            MarketData hourly = StoreBars.load(store, "store", LoadOptions.defaults());
            named(daily);
            named(hourly);
            parted(daily, hourly);
        }
    }
}
