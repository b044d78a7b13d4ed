package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** Payments of real venues with other hours, beside days. */
class SharedFundingIT {
    private static double[] column(List<String> lines, String name) {
        int at = List.of(lines.get(0).split(",")).indexOf(name);
        return lines.stream()
                .skip(1)
                .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[at]))
                .toArray();
    }

    /** What is paid and what accrues against the rows of the file, also where the venue stamps them some milliseconds late. */
    @ParameterizedTest
    @CsvSource({
        "funding/binance_BTCUSDT_8h_2020_2023.csv.gz, 3",
        "funding/kucoin_BTCUSDT_8h_2021_2023.csv.gz, 3",
        "funding/gate_BTCUSDT_8h_2020_2023.csv.gz, 3",
        "funding/dydx_BTCUSDT_1h_2022_2023.csv.gz, 24"
    })
    void paymentsOfADayAreThoseOfTheFile(String file, int paymentsOfADay) throws IOException {
        List<String> lines = PlainCsv.lines(SharedData.path("data/" + file));
        double[] millis = column(lines, "time_ms");
        double[] rates = column(lines, "funding_rate");
        long day = 86_400_000_000_000L;
        long first = Instant.parse("2022-01-01T00:00:00Z").getEpochSecond() * 1_000_000_000L;
        Provenance origin = new Provenance(Provenance.Kind.HISTORICAL, file, "", "");
        Frame days = Frame.of("BTC", TimeIndex.regular(first, day, 360), day, origin);
        double[] sums = new double[days.size()];
        int[] counts = new int[days.size()];
        for (int i = 0; i < rates.length; i++) {
            // those of Binance are stamped up to 47 ms late themselves
            long due = Math.round(millis[i] / 60_000) * 60_000_000_000L;
            long bar = Math.floorDiv(due - first - 1, day);
            if (bar >= 0 && bar < sums.length) {
                sums[(int) bar] += rates[i];
                counts[(int) bar]++;
            }
        }
        for (long late : new long[] {0, 3_000_000L}) {
            SeriesKey key = SeriesKey.of("MADE.PERP.BTC-USDT", RecordKind.FUNDING);
            MemoryStore own = new MemoryStore();
            ParquetTable rows = ParquetTable.builder(rates.length)
                    .times(
                            RecordKind.TIME,
                            Arrays.stream(millis)
                                    .mapToLong(time -> ((long) time) * 1_000_000L + late)
                                    .toArray())
                    .doubles("rate", rates)
                    .build();
            own.write(key, rows, origin, false);
            double[] accrued = StoreSeries.funding(days, own, key)
                    .column(StoreSeries.FUNDING_ACCRUED)
                    .toArray();
            StoreFunding paid = StoreFunding.of(days, own, key);
            double[] booked = paid.bars().column(Columns.FUNDING_RATE).toArray();
            int missing = 0;
            for (int bar = 0; bar < sums.length; bar++) {
                boolean whole = counts[bar] == paymentsOfADay;
                missing += whole ? 0 : 1;
                assertThat(accrued[bar]).as(file + ", day " + bar).isEqualTo(whole ? sums[bar] : Double.NaN);
                assertThat(booked[bar]).as(file + ", day " + bar).isEqualTo(counts[bar] == 0 ? Double.NaN : sums[bar]);
            }
            assertThat(paid.uncovered()).isEqualTo(missing);
        }
    }
}
