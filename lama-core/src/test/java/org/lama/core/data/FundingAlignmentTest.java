package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Issue;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetStore;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Funding of five venues that pay every hour, four or eight hours, at other hours of the day and stamped by other clocks,
 * beside one axis of bars: held against every payment looked at for every bar.
 */
final class FundingAlignmentTest {
    private static final long MINUTE = 60_000_000_000L;
    private static final long HOUR = 3_600_000_000_000L;
    private static final long START = TimeIndex.nanos(Instant.parse("2024-01-01T00:00:00Z"));
    private static final int DAYS = 40;

    /** What was paid, by UTC: venue, time, rate. */
    private final Map<String, TreeMap<Long, Double>> paid = new LinkedHashMap<>();

    @TempDir
    private Path folder;

    private ParquetStore store;
    private ImportReport report;

    @BeforeEach
    void importFiles() throws IOException {
        file("binance", 0, 8, nanos -> TimeIndex.instant(nanos).toString());
        // the same hours of the day in Singapore
        file(
                "kucoin",
                4,
                8,
                nanos ->
                        TimeIndex.instant(nanos).atOffset(ZoneOffset.ofHours(8)).toString());
        file("dydx", 0, 1, nanos -> Long.toString(nanos / 1_000_000));
        file(
                "kraken",
                0,
                4,
                nanos -> TimeIndex.instant(nanos)
                        .atOffset(ZoneOffset.ofHoursMinutes(-3, -30))
                        .toString());
        // a clock three hours ahead that does not say so
        file(
                "okx",
                0,
                8,
                nanos -> TimeIndex.instant(nanos + 3 * HOUR).toString().replace("Z", ""));
        store = ParquetStore.open(folder.resolve("store"));
        report = FileImport.run(
                folder.resolve("files"), store, ImportOptions.defaults().withSuspects(ImportOptions.Suspects.REPAIR));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    /** Payments from a day before the bars to a day behind them, some milliseconds late. */
    private void file(String venue, int firstHour, int everyHours, LongFunction<String> clock) throws IOException {
        Rng rng = Seeds.rng(17, venue.length() + firstHour + 10L * everyHours);
        TreeMap<Long, Double> rows = new TreeMap<>();
        StringBuilder text = new StringBuilder("Symbol,Date,Funding Rate\n");
        for (int hour = firstHour - 24; hour < 24 * (DAYS + 1); hour += everyHours) {
            long late = rng.nextDouble() < 0.5 ? 0 : ((long) (900 * rng.nextDouble())) * 1_000_000L;
            long time = START + hour * HOUR + late;
            double rate = Math.round(1e6 * (rng.nextDouble() - 0.4)) / 1e9;
            rows.put(time, rate);
            text.append("BTC-USDT,")
                    .append(clock.apply(time))
                    .append(',')
                    .append(rate)
                    .append('\n');
        }
        paid.put(venue, rows);
        Files.writeString(
                Files.createDirectories(folder.resolve("files")).resolve(venue + "_BTCUSDT.csv"), text.toString());
    }

    private NavigableMap<Long, Double> payments(String venue) {
        return Objects.requireNonNull(paid.get(venue));
    }

    private static SeriesKey key(String venue) {
        return SeriesKey.of(venue.toUpperCase(java.util.Locale.ROOT) + ".PERP.BTC-USDT", RecordKind.FUNDING);
    }

    private static Frame bars(long length, long offset) {
        int count = (int) (DAYS * 24 * HOUR / length) - 1;
        return Frame.of(
                "BTC",
                TimeIndex.regular(START + offset, length, count),
                length,
                new Provenance(Provenance.Kind.HISTORICAL, "made", "", ""));
    }

    @Test
    void clocksAreBroughtToUtcAndTheOneThatHidItsZoneIsNamed() throws IOException {
        assertThat(report.file("okx_BTCUSDT.csv").count(Issue.Reason.TIME_ZONE))
                .isEqualTo(payments("okx").size());
        assertThat(report.count(Issue.Reason.TIME_ZONE))
                .isEqualTo(payments("okx").size());
        for (Map.Entry<String, TreeMap<Long, Double>> venue : paid.entrySet()) {
            long[] times =
                    store.read(MarketStore.Query.all(key(venue.getKey()))).times(RecordKind.TIME);
            assertThat(times)
                    .as(venue.getKey())
                    .containsExactly(venue.getValue().keySet().stream()
                            .mapToLong(Long::longValue)
                            .toArray());
        }
    }

    @Test
    void theLastRateThatWasKnownAtEachCloseIsThatOfASearchThroughAll() throws IOException {
        for (Frame bars : new Frame[] {bars(HOUR, 0), bars(4 * HOUR, 0), bars(HOUR, HOUR / 2), bars(HOUR / 4, 0)}) {
            for (long maxAge : new long[] {2 * HOUR, 24 * HOUR}) {
                for (Map.Entry<String, TreeMap<Long, Double>> venue : paid.entrySet()) {
                    MarketStore.Query query =
                            MarketStore.Query.all(key(venue.getKey())).only(java.util.List.of("rate"));
                    double[] joined = StoreSeries.join(bars, store, query, "funding", maxAge)
                            .column("funding.rate")
                            .toArray();
                    assertThat(joined)
                            .as(
                                    "%s, bars of %d h, at most %d h old",
                                    venue.getKey(), bars.barNanos() / HOUR, maxAge / HOUR)
                            .containsExactly(lastKnown(bars, venue.getValue(), maxAge));
                }
            }
        }
    }

    /** Every payment for every bar. */
    private static double[] lastKnown(Frame bars, Map<Long, Double> payments, long maxAge) {
        double[] out = new double[bars.size()];
        for (int bar = 0; bar < out.length; bar++) {
            long close = bars.index().at(bar) + bars.barNanos();
            long best = Long.MIN_VALUE;
            out[bar] = Double.NaN;
            for (Map.Entry<Long, Double> payment : payments.entrySet()) {
                long time = payment.getKey();
                if (time <= close && close - time <= maxAge && time > best) {
                    best = time;
                    out[bar] = payment.getValue();
                }
            }
        }
        return out;
    }

    @Test
    void whatIsPaidWithinEachBarIsThatOfASearchThroughAllAndVenuesAgreeOnTheAxis() throws IOException {
        for (Frame bars : new Frame[] {bars(HOUR, 0), bars(8 * HOUR, 0), bars(24 * HOUR, 5 * HOUR)}) {
            Frame all = bars;
            for (Map.Entry<String, TreeMap<Long, Double>> venue : paid.entrySet()) {
                Frame one = StoreSeries.funding(bars, store, key(venue.getKey()));
                double[] accrued = one.column(StoreSeries.FUNDING_ACCRUED).toArray();
                all = all.with("funding." + venue.getKey(), accrued);
                double total = 0;
                for (int bar = 0; bar < accrued.length; bar++) {
                    // venues stamp payments some milliseconds late: a minute belongs to the bar before
                    long open = bars.index().at(bar) + MINUTE;
                    double sum = 0;
                    for (Map.Entry<Long, Double> payment : venue.getValue().entrySet()) {
                        boolean due = payment.getKey() > open && payment.getKey() <= open + bars.barNanos();
                        sum += due ? payment.getValue() : 0;
                    }
                    // the same rates added in the same order
                    assertThat(accrued[bar]).as(venue.getKey() + " " + bar).isEqualTo(sum);
                    total += sum;
                }
                double whole = venue
                        .getValue()
                        .subMap(bars.index().at(0) + MINUTE, false, bars.availableAt(bars.size() - 1) + MINUTE, true)
                        .values()
                        .stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
                assertThat(total).as(venue.getKey()).isCloseTo(whole, within(1e-15));
            }
            assertThat(all.columnNames()).hasSize(5);
        }
    }

    @Test
    void aPaymentThatIsMissingIsMissingInItsBarAlone() throws IOException {
        NavigableMap<Long, Double> rows = payments("kraken");
        long gone = rows.ceilingKey(START + 10 * 24 * HOUR - HOUR);
        StringBuilder text = new StringBuilder("Symbol,Date,Funding Rate\n");
        rows.forEach((time, rate) -> {
            if (time != gone) {
                text.append("BTC-USDT,")
                        .append(TimeIndex.instant(time))
                        .append(',')
                        .append(rate)
                        .append('\n');
            }
        });
        Path file = Files.writeString(folder.resolve("bitget_BTCUSDT.csv"), text.toString());
        FileImport.run(file, store, ImportOptions.defaults());
        Frame bars = bars(4 * HOUR, HOUR);
        double[] accrued = StoreSeries.funding(bars, store, key("bitget"))
                .column(StoreSeries.FUNDING_ACCRUED)
                .toArray();
        for (int bar = 0; bar < accrued.length; bar++) {
            long open = bars.index().at(bar);
            boolean misses = gone > open && gone <= open + bars.barNanos();
            assertThat(Double.isNaN(accrued[bar])).as("bar %d", bar).isEqualTo(misses);
        }
    }
}
