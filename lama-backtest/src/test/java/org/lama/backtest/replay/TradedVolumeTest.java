package org.lama.backtest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FeeSchedule;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.book.BookScale;

class TradedVolumeTest {
    private static final long HOUR = 3_600_000_000_000L;
    private static final long DAY = 24 * HOUR;

    @Test
    void anHourCountsUntilAllOfItIsThirtyDaysOld() {
        TradedVolume volume = new TradedVolume();
        assertThat(volume.last30Days(5)).isZero();
        volume.add(HOUR / 2, 100);
        volume.add(HOUR, 7);
        assertThat(volume.last30Days(30 * DAY + HOUR - 1)).isEqualTo(107);
        assertThat(volume.last30Days(30 * DAY + HOUR)).isEqualTo(7);
        assertThat(volume.last30Days(30 * DAY + 2 * HOUR)).isZero();
        volume.add(30 * DAY + 2 * HOUR, 3);
        assertThat(volume.last30Days(90 * DAY)).isZero();
    }

    @Test
    void sumsEqualThoseOverAllFillsWhateverTheirTimes() {
        Rng rng = Seeds.rng(3, 3);
        TradedVolume volume = new TradedVolume();
        long[] times = new long[3_000];
        long[] worth = new long[3_000];
        long now = -40 * DAY; // before 1970
        for (int i = 0; i < times.length; i++) {
            now += (long) (rng.nextDouble() * rng.nextDouble() * 2 * HOUR) + (rng.nextInt(500) == 0 ? 20 * DAY : 0);
            times[i] = now;
            worth[i] = rng.nextInt(1000);
            volume.add(now, worth[i]);
            long from = (Math.floorDiv(now, HOUR) - 30 * 24) * HOUR;
            long sum = 0;
            for (int k = 0; k <= i; k++) {
                sum += times[k] >= from ? worth[k] : 0;
            }
            assertThat(volume.last30Days(now)).isEqualTo(sum);
        }
    }

    @Test
    void theTierOfAFillIsThatOfWhatWasTradedBeforeItInThirtyDays() {
        FeeSchedule fees = FeeSchedule.parse("0:0.001/0.002,1000:0/0.001,5000:-0.0001/0.0005");
        LocalAccount account = new LocalAccount(new BookScale(1, 1), fees);
        assertThat(account.book(true, 100, 10, true, 0)).isCloseTo(1, within(1e-12));
        assertThat(account.book(true, 100, 40, false, HOUR)).isCloseTo(4, within(1e-12));
        assertThat(account.book(false, 100, 10, true, 2 * HOUR)).as("a rebate").isCloseTo(-0.1, within(1e-12));
        assertThat(account.book(false, 100, 10, false, 31 * DAY + 2 * HOUR))
                .as("a month later")
                .isCloseTo(2, within(1e-12));
        assertThat(account.fees()).isCloseTo(6.9, within(1e-12));
        assertThat(account.balance()).isEqualTo(-3000);
        assertThat(account.cash()).isCloseTo(-3006.9, within(1e-12));
    }
}
