package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Issue.Reason;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;

/** Times in forms that nobody can guess are read as their user says. */
class TimeFormatTest {
    @TempDir
    private Path folder;

    private static String read(TimeFormat form, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long nanos = form.nanos(bytes, 0, bytes.length);
        return nanos == TimeText.NONE ? "none" : TimeIndex.instant(nanos).toString();
    }

    @Test
    void dayMonthHalfDaysZonesAndFractionsAreReadAndWhatDoesNotExistIsNone() {
        TimeFormat german = TimeFormat.of("dd.MM.yyyy HH:mm", ZoneOffset.UTC);
        assertThat(read(german, " 31.12.2024 13:00 ")).isEqualTo("2024-12-31T13:00:00Z");
        assertThat(read(german, "31.02.2024 13:00")).isEqualTo("none");
        assertThat(read(german, "2024-12-31 13:00")).isEqualTo("none");
        assertThat(read(german, "1735650000")).isEqualTo("none");
        assertThat(read(german, "")).isEqualTo("none");
        TimeFormat american = TimeFormat.of("M/d/yyyy h:mm a", ZoneOffset.UTC);
        assertThat(read(american, "12/31/2024 1:00 PM")).isEqualTo("2024-12-31T13:00:00Z");
        assertThat(read(american, "1/2/2024 12:30 am")).isEqualTo("2024-01-02T00:30:00Z");
        assertThat(read(TimeFormat.of("dd-MMM-yy", ZoneOffset.UTC), "05-mar-24"))
                .isEqualTo("2024-03-05T00:00:00Z");
        assertThat(read(TimeFormat.of("yyyyMMddHHmmss", ZoneOffset.UTC), "20240305010203"))
                .isEqualTo("2024-03-05T01:02:03Z");
        assertThat(read(TimeFormat.of("dd/MM/yyyy HH:mm:ss.SSS XXX", ZoneOffset.UTC), "05/03/2024 01:02:03.250 +02:00"))
                .isEqualTo("2024-03-04T23:02:03.250Z");
        TimeFormat berlin = TimeFormat.of("dd.MM.yyyy HH:mm", ZoneId.of("Europe/Berlin"));
        assertThat(read(berlin, "01.07.2024 12:00")).isEqualTo("2024-07-01T10:00:00Z");
        // clocks are put forward and back
        assertThat(read(berlin, "31.03.2024 02:30")).isEqualTo("none");
        assertThat(read(berlin, "27.10.2024 02:30")).isEqualTo("none");
    }

    @Test
    void aPatternThatDoesNotTellAMomentIsRefused() {
        for (String wrong : List.of("HH:mm", "dd.MM HH:mm", "dd.MM.yyyy hh:mm", "MM/yyyy", "dd.MM.yyyy mm")) {
            assertThatThrownBy(() -> TimeFormat.of(wrong, ZoneOffset.UTC))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + wrong + "'");
        }
        assertThatThrownBy(() -> TimeFormat.of("bogus!", ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bogus!");
    }

    @Test
    void barsAndTradesOfSuchFilesAreTakenAndRowsOfAnotherFormAreNamed() throws IOException {
        StringBuilder bars = new StringBuilder("Date;Open;High;Low;Close;Available\n");
        for (int day = 10; day < 30; day++) {
            bars.append(day).append(".12.2024 13:00;1;1;1;1;").append(day + 1).append(".12.2024 14:00\n");
        }
        bars.append("2024-12-30 13:00;1;1;1;1;\n");
        Path file = Files.writeString(folder.resolve("KRAKEN_spot_BTCUSD_1d.csv"), bars);
        MemoryStore store = new MemoryStore();
        ImportReport plain = FileImport.run(file, store, ImportOptions.defaults());
        assertThat(plain.total(ImportReport.SeriesEntry::added)).isLessThan(2);
        store = new MemoryStore();
        ImportOptions german =
                ImportOptions.defaults().withTimes(TimeFormat.of("dd.MM.yyyy HH:mm", ZoneId.of("Europe/Berlin")));
        ImportReport report = FileImport.run(file, store, german);
        assertThat(report.total(ImportReport.SeriesEntry::added)).isEqualTo(20);
        assertThat(report.count(Reason.NON_FINITE)).isEqualTo(1);
        ParquetTable rows = store.read(MarketStore.Query.all(store.keys().get(0)));
        assertThat(rows.times(RecordKind.TIME)[0]).isEqualTo(TimeIndex.nanos(Instant.parse("2024-12-10T12:00:00Z")));
        assertThat(rows.times(RecordKind.AVAILABLE)[0])
                .isEqualTo(TimeIndex.nanos(Instant.parse("2024-12-11T13:00:00Z")));
        MemoryStore trades = new MemoryStore();
        Path tape = Files.writeString(
                folder.resolve("KRAKEN_spot_BTCUSD.csv"),
                "time,price,qty\n31.12.2024 13:00,5,1\n31.12.2024 13:01,6,1\n");
        FileImport.run(tape, trades, german);
        assertThat(trades.read(MarketStore.Query.all(trades.keys().get(0))).times(RecordKind.TIME)[1])
                .isEqualTo(TimeIndex.nanos(Instant.parse("2024-12-31T12:01:00Z")));
    }
}
