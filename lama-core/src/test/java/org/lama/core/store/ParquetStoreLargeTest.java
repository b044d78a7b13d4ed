package org.lama.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class ParquetStoreLargeTest {
    private static final double MOST_MILLIS = 20;

    @TempDir
    Path folder;

    /** Hours of some series out of many: what is read, and the median of the thread's time in milliseconds. */
    private double hours(int series, int rows, int looks) throws IOException {
        long step = 10 * MarketStoreContract.DAY / rows;
        Rng rng = Seeds.rng(9, 9);
        double[] millis = new double[looks];
        try (ParquetStore store = ParquetStore.open(folder)) {
            for (int k = 0; k < series; k++) {
                ParquetTable table = MarketStoreContract.trades(MarketStoreContract.START, step, rows, k);
                store.write(key(k), table, MarketStoreContract.ORIGIN, true);
            }
            var clock = ManagementFactory.getThreadMXBean();
            for (int look = 0; look < looks; look++) {
                int k = rng.nextInt(series);
                int hour = rng.nextInt(239);
                long from = MarketStoreContract.START + hour * MarketStoreContract.HOUR;
                long before = clock.getCurrentThreadCpuTime();
                ParquetTable found =
                        store.read(MarketStore.Query.all(key(k)).between(from, from + MarketStoreContract.HOUR));
                millis[look] = (clock.getCurrentThreadCpuTime() - before) / 1e6;
                long first = -Math.floorDiv(-(hour * MarketStoreContract.HOUR), step);
                long end = -Math.floorDiv(-((hour + 1) * MarketStoreContract.HOUR), step);
                assertThat(found.rows()).isEqualTo((int) (end - first));
                assertThat(found.times("time")[0]).isEqualTo(MarketStoreContract.START + first * step);
            }
        }
        Arrays.sort(millis);
        return millis[looks / 2];
    }

    private static SeriesKey key(int series) {
        return SeriesKey.of("BINANCE.SPOT.S" + series + "-USDT", RecordKind.TRADES);
    }

    @Test
    void anHourOfOneOfManySeriesIsReadAlone() throws IOException {
        assertThat(hours(5, 100_000, 30)).isLessThan(MOST_MILLIS);
    }

    @Test
    @Tag("slow")
    void anHourOutOfAHundredMillionRowsTakesAMoment() throws IOException {
        assertThat(hours(20, 5_000_000, 60)).isLessThan(MOST_MILLIS);
    }
}
