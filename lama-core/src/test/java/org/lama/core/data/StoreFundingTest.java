package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** What perpetuals pay, beside their bars: each payment once, at the close at which it is due and known. */
class StoreFundingTest {
    private static final long HOUR = 3_600_000_000_000L;
    private static final long DAY = 24 * HOUR;
    private static final long MILLI = 1_000_000L;
    private static final long FROM = 100 * DAY;
    private static final SeriesKey KEY = SeriesKey.of("BINANCE.PERP.BTC-USDT", RecordKind.FUNDING);
    private static final Provenance MADE = new Provenance(Provenance.Kind.HISTORICAL, "made", "", "");

    private final MemoryStore store = new MemoryStore();

    private static Frame bars(int count, long length) {
        return Frame.of("BTC", TimeIndex.regular(FROM, length, count), length, MADE);
    }

    private StoreFunding of(Frame bars, long[] times, long[] known, double... rates) throws IOException {
        store.write(
                KEY,
                ParquetTable.builder(times.length)
                        .times(RecordKind.TIME, times)
                        .times(RecordKind.AVAILABLE, known)
                        .doubles("rate", rates)
                        .build(),
                MADE,
                false);
        return StoreFunding.of(bars, store, KEY);
    }

    private static double[] column(StoreFunding funding) {
        return funding.bars().column(Columns.FUNDING_RATE).toArray();
    }

    @Test
    void aPaymentStampedLateBelongsToTheBarAtWhoseCloseItIsDue() throws IOException {
        long[] times = {FROM + 3 * MILLI, FROM + 8 * HOUR + 5 * MILLI, FROM + 16 * HOUR, FROM + 24 * HOUR + MILLI};
        StoreFunding funding = of(bars(24, HOUR), times, times, 1, 2, 4, 8);
        double[] rates = column(funding);
        // that at the first open was due to who held the position before
        assertThat(rates[0]).isNaN();
        assertThat(rates[7]).isEqualTo(2);
        assertThat(rates[8]).isNaN();
        assertThat(rates[15]).isEqualTo(4);
        assertThat(rates[23]).isEqualTo(8);
        assertThat(funding.payments()).isEqualTo(3);
        assertThat(funding.uncovered()).isZero();
        assertThat(funding.firstUncovered()).isEqualTo(-1);
        StoreFunding day = StoreFunding.of(bars(1, DAY), store, KEY);
        assertThat(column(day)).containsExactly(14.0);
    }

    @Test
    void aRateThatWasKnownLateIsNotSeenEarly() throws IOException {
        long[] times = {FROM + 8 * HOUR, FROM + 16 * HOUR, FROM + 24 * HOUR};
        long[] known = {FROM + 8 * HOUR + 30_000 * MILLI, FROM + 18 * HOUR, FROM + 90 * HOUR};
        StoreFunding funding = of(bars(24, HOUR), times, known, 1, 2, 4);
        double[] rates = column(funding);
        assertThat(rates[7]).isEqualTo(1);
        assertThat(rates[15]).isNaN();
        assertThat(rates[17]).isEqualTo(2);
        assertThat(rates[23]).isNaN();
        assertThat(funding.late()).isEqualTo(2);
        assertThat(funding.payments()).isEqualTo(3);
    }

    @Test
    void whatIsMissingIsCountedAndNotTakenForZero() throws IOException {
        long[] times = new long[9];
        for (int i = 0; i < times.length; i++) {
            // from the second day on; the payment at 48 h and the one at 56 h are missing
            times[i] = FROM + DAY + (i < 3 ? i : i + 2) * (8 * HOUR);
        }
        StoreFunding funding = of(bars(6, DAY), times, times, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        // day 0 lacks 8 h and 16 h, days 1 and 2 what is missing, days 4 and 5 what comes behind
        assertThat(funding.uncovered()).isEqualTo(5);
        assertThat(funding.firstUncovered()).isZero();
        double[] rates = column(funding);
        assertThat(rates[1]).isCloseTo(2, offset(0.0));
        assertThat(rates[5]).isNaN();
    }

    @Test
    void barsThatTheSeriesDoesNotReachStayAsTheyAre() throws IOException {
        long[] times = {FROM - 80 * HOUR, FROM - 72 * HOUR};
        StoreFunding funding = of(bars(5, HOUR), times, times, 1, 1);
        assertThat(funding.bars().has(Columns.FUNDING_RATE)).isFalse();
        assertThat(funding.payments()).isZero();
        assertThat(funding.uncovered()).isEqualTo(5);
        assertThatThrownBy(() -> StoreFunding.of(
                        bars(1, HOUR), store, SeriesKey.of("BINANCE.PERP.BTC-USDT", RecordKind.OPEN_INTEREST)))
                .hasMessageContaining("must be one of funding");
    }
}
