package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class KnownSharesTest {
    private static double sum(double[] shares) {
        double sum = 0;
        for (double share : shares) {
            sum += share;
        }
        return sum;
    }

    @Test
    void sharesOfWhateverPartsAddUpToTheWholeInAnyOrderToTheLastBit() {
        Rng rng = Seeds.rng(21, 4);
        for (int round = 0; round < 200; round++) {
            int count = 1 + rng.nextInt(300);
            double[] weights = DoubleStream.generate(rng::nextDouble)
                    .limit(count)
                    .map(each -> each + 1e-6)
                    .toArray();
            double whole = count * rng.nextDouble();
            KnownShares.Share first = KnownShares.Share.NOTHING.lackingTo(whole * rng.nextDouble(), count);
            int cut = rng.nextInt(count) + 1;
            double[] early = KnownShares.sharedOut(Math.min(cut, first.effective()), Arrays.copyOf(weights, cut));
            KnownShares.Share there = new KnownShares.Share(sum(early), sum(early));
            KnownShares.Share rest = there.lackingTo(whole, count);
            KnownShares.Share atOnce = KnownShares.Share.NOTHING.lackingTo(whole, count);
            assertThat(there.plus(rest).effective()).isEqualTo(Math.max(atOnce.effective(), there.effective()));
            double[] shares = KnownShares.sharedOut(atOnce.effective(), weights);
            assertThat(sum(shares)).isEqualTo(atOnce.effective());
            assertThat(sum(Arrays.stream(shares).sorted().toArray())).isEqualTo(atOnce.effective());
            assertThat(Arrays.stream(shares)).allMatch(share -> share >= 0 && share <= 1);
        }
    }
}
