package org.lama.core.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ResampleTest {
    private static final long HOUR = 3_600_000_000_000L;
    private static final long START = TimeIndex.nanos(Instant.parse("2024-01-01T00:00:00Z"));
    private static final Provenance MADE = new Provenance(Provenance.Kind.SYNTHETIC, "test", "", "");
    private static final double NAN = Double.NaN;

    private static Frame hours(long first, double... closes) {
        double[] volume = new double[closes.length];
        double[] open = new double[closes.length];
        double[] high = new double[closes.length];
        double[] low = new double[closes.length];
        for (int i = 0; i < closes.length; i++) {
            volume[i] = i + 1;
            open[i] = closes[i] + 0.5;
            high[i] = closes[i] + 1;
            low[i] = closes[i] - 1;
        }
        return Frame.of("X", TimeIndex.regular(first, HOUR, closes.length), HOUR, MADE)
                .with("open", open)
                .with("high", high)
                .with("low", low)
                .with("close", closes)
                .with("volume", volume)
                .with("pool.volume", volume)
                .with("pool.tvl", volume);
    }

    @Test
    void aBucketHasTheFirstOpenTheExtremesTheLastCloseAndTheSums() {
        Frame coarse = Resample.bars(hours(START, 5, 9, 3, 4, 1, 2, 8, 7), 4 * HOUR);
        assertThat(coarse.size()).isEqualTo(2);
        assertThat(coarse.barNanos()).isEqualTo(4 * HOUR);
        assertThat(coarse.index().at(1)).isEqualTo(START + 4 * HOUR);
        assertThat(coarse.column("open").toArray()).containsExactly(5.5, 1.5);
        assertThat(coarse.column("high").toArray()).containsExactly(10, 9);
        assertThat(coarse.column("low").toArray()).containsExactly(2, 0);
        assertThat(coarse.column("close").toArray()).containsExactly(4, 7);
        assertThat(coarse.column("volume").toArray()).containsExactly(10, 26);
        assertThat(coarse.column("pool.volume").toArray()).containsExactly(10, 26);
        assertThat(coarse.column("pool.tvl").toArray()).containsExactly(4, 8);
    }

    @Test
    void whatWasTradedAndPaidIsSummed() {
        double[] ones = {1, NAN, 1, 1, 2, 2, 2, 2};
        Frame coarse = Resample.bars(
                hours(START, 5, 9, NAN, 4, 1, 2, 8, 7)
                        .with("quote_volume", ones)
                        .with("trades", ones)
                        .with("taker_buy_volume", ones)
                        .with("taker_buy_quote_volume", ones)
                        .with("funding.rate", new double[] {NAN, 0.25, 0.5, NAN, NAN, NAN, NAN, NAN})
                        .with("open_interest", ones),
                4 * HOUR);
        for (String traded : new String[] {"quote_volume", "trades", "taker_buy_volume", "taker_buy_quote_volume"}) {
            // the third bar has no close: nothing of it counts, as with its volume
            assertThat(coarse.column(traded).toArray()).as(traded).containsExactly(2, 8);
        }
        // a payment falls due whether the bar has a price or not
        assertThat(coarse.column("funding.rate").toArray()).containsExactly(0.75, NAN);
        assertThat(coarse.column("open_interest").toArray()).containsExactly(1, 2);
    }

    @Test
    void missingBarsAreSkippedAndAnEmptyBucketIsNaN() {
        Frame coarse = Resample.bars(hours(START, NAN, 9, NAN, NAN, NAN, NAN, NAN, NAN, 1, 2, 3, 4), 4 * HOUR);
        assertThat(coarse.column("open").toArray()).containsExactly(9.5, NAN, 1.5);
        assertThat(coarse.column("close").toArray()).containsExactly(9, NAN, 4);
        assertThat(coarse.column("volume").toArray()).containsExactly(2, NAN, 9 + 10 + 11 + 12);
    }

    @Test
    void weeksBeginOnMondays() {
        double[] closes = new double[24 * 24];
        Arrays.setAll(closes, i -> Math.floor(i / 24.0));
        // 2024-01-01 was a Monday
        for (int late : new int[] {0, 3}) {
            Frame hours = hours(START + 24 * HOUR * late, closes);
            Frame weeks = Resample.bars(hours, 7 * 24 * HOUR);
            assertThat(weeks.index().at(0)).isEqualTo(START + (late == 0 ? 0 : 7 * 24 * HOUR));
            assertThat(weeks.column("close").get(0)).isEqualTo(late == 0 ? 6 : 10);
            assertThat(weeks.size()).isEqualTo(late == 0 ? 3 : 2);
            assertThat(weeks.index().at(1) - weeks.index().at(0)).isEqualTo(7 * 24 * HOUR);
        }
        assertThat(Resample.bucket(START, 3 * 24 * HOUR)).isEqualTo(Math.floorDiv(START, 3 * 24 * HOUR));
        assertThat(Resample.bucket(START - 1, 7 * 24 * HOUR) + 1).isEqualTo(Resample.bucket(START, 7 * 24 * HOUR));
    }

    @Test
    void bucketsThatAreNotWholeAtEitherEndAreDropped() {
        Frame coarse = Resample.bars(hours(START + HOUR, 1, 2, 3, 4, 5, 6, 7, 8), 4 * HOUR);
        assertThat(coarse.size()).isEqualTo(1);
        assertThat(coarse.index().at(0)).isEqualTo(START + 4 * HOUR);
        assertThat(coarse.column("close").get(0)).isEqualTo(7);
        assertThat(Resample.bars(hours(START + HOUR, 1, 2), 4 * HOUR).size()).isZero();
        assertThat(Resample.bars(hours(START), 4 * HOUR).size()).isZero();
    }

    @Test
    void itsOwnLengthChangesNothingAndOthersMustBeMultiples() {
        Frame frame = hours(START, 1, 2);
        assertThat(Resample.bars(frame, HOUR)).isSameAs(frame);
        assertThatThrownBy(() -> Resample.bars(frame, HOUR + 1)).hasMessageContaining("must be a multiple");
        assertThatThrownBy(() -> Resample.bars(frame, 0)).hasMessageContaining("must be a multiple");
    }

    @Test
    void anAsOfJoinTakesOnlyWhatWasKnownAtTheClose() {
        Frame bars = hours(START, 1, 2, 3, 4);
        Frame other = Frame.of("Y", TimeIndex.of(new long[] {START, START + HOUR, START + 2 * HOUR}), HOUR, MADE)
                .with("pool.tvl", new double[] {10, 20, NAN});
        long[] availableAt = {START + HOUR, START + 3 * HOUR, START + 3 * HOUR + 1};
        assertThat(AsOf.join(bars, other, availableAt).column("pool.tvl").toArray())
                .containsExactly(10, 10, 20, NAN);
        assertThat(AsOf.join(bars, other).column("pool.tvl").toArray()).containsExactly(10, 20, NAN, NAN);
        assertThat(AsOf.join(bars, other, availableAt, HOUR / 2)
                        .column("pool.tvl")
                        .toArray())
                .containsExactly(10, NAN, 20, NAN);
        assertThat(AsOf.join(bars, other).column("close").toArray()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aRevisionThatComesLateButIsOlderDoesNotReplaceANewerValue() {
        Frame bars = hours(START, 1, 2, 3);
        Frame other = Frame.of("Y", TimeIndex.of(new long[] {START, START + 1}), HOUR, MADE)
                .with("v", new double[] {10, 20});
        long[] availableAt = {START + 3 * HOUR, START + 2 * HOUR};
        assertThat(AsOf.join(bars, other, availableAt).column("v").toArray()).containsExactly(NAN, 20, 20);
        assertThatThrownBy(() -> AsOf.join(bars, other, new long[1])).hasMessageContaining("must have 2 rows");
        assertThatThrownBy(() -> AsOf.join(bars, other, availableAt, 0)).hasMessageContaining("maxAgeNanos");
        assertThat(AsOf.join(bars, other.head(0)).column("v").toArray()).containsExactly(NAN, NAN, NAN);
    }

    @Test
    void joinsAndBucketsOfThePastDoNotChangeWhenTheFutureIsCutOff() {
        Frame bars = hours(START, 1, 2, 3, 4, 5, 6, 7, 8);
        Frame coarse = Resample.bars(bars, 2 * HOUR);
        for (int rows = 1; rows <= 8; rows++) {
            Frame cut = Resample.bars(bars.head(rows), 2 * HOUR);
            assertThat(cut.size()).isEqualTo(rows / 2);
            for (String name : cut.columnNames()) {
                assertThat(cut.column(name).toArray())
                        .isEqualTo(coarse.column(name).head(rows / 2).toArray());
            }
        }
    }
}
