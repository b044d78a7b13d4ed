package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.book.BookScale;
import org.lama.core.data.SharedData;

/** Steps of price and size are seen, and a scale that is not that of the feed is refused with them. */
class StepsTest {
    private static Steps values(double tick, double lot, int count, boolean fits) {
        Rng rng = Seeds.rng(14, (long) (1 / lot));
        Steps steps = new Steps();
        for (int i = 0; i < count; i++) {
            steps.add((1_000 + rng.nextInt(5_000)) * tick, (1 + rng.nextInt(5_000)) * lot, fits);
        }
        return steps;
    }

    @Test
    void theCoarsestStepThatFitsIsSeen() {
        double[][] all = {{0.1, 0.001}, {0.5, 1}, {0.25, 0.00001}, {5, 10}, {1e-8, 1e6}, {0.0002, 0.02}};
        for (double[] one : all) {
            assertThat(values(one[0], one[1], 500, true).scale()).contains(new BookScale(one[0], one[1]));
        }
        assertThat(values(0.1, 0.001, 30, true).scale()).as("too few to tell").isEmpty();
    }

    @Test
    void aFewSizesFinerThanTheStepAreNoOtherStep() {
        Steps steps = values(0.1, 0.001, 1_000, true);
        for (int i = 0; i < 3; i++) {
            steps.add(100, 0.00012345 * (i + 1), false);
        }
        assertThat(steps.scale()).contains(new BookScale(0.1, 0.001));
        steps.requireFit(new BookScale(0.1, 0.001), "feed");
    }

    @Test
    void aScaleThatDoesNotFitIsRefusedWithTheStepsThatAreThere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> values(0.1, 0.001, 1_000, false).requireFit(new BookScale(1, 0.001), "feed.gz"))
                .withMessageContaining("feed.gz: prices and sizes must be whole numbers of tick=1 and lot=0.001")
                .withMessageContaining("1000 of 1000 are not; the steps that it shows are tick=0.1 and lot=0.001");
        values(0.1, 0.001, 20, false).requireFit(new BookScale(1, 1), "too few to judge");
        assertThat(Steps.isHarmless(0.123456, 0.1234561)).isTrue();
        assertThat(Steps.isHarmless(0.01, 0.002)).isFalse();
    }

    @Test
    void recordedFeedsShowTheStepsOfTheirVenues() throws IOException {
        Path spot = SharedData.path("data/l2/raw_spot_btcusdt_20240808.gz");
        Path usdm = SharedData.path("data/l2/raw_usdm_btcusdt_20240808.gz");
        Path coin = SharedData.path("data/l2/raw_cm_btcusd_perp_20240808.gz");
        Path hyperliquid = SharedData.path("data/l2/raw_hyperliquid_btcusd_20250126.gz");
        assertThat(BookTapes.binanceScale(spot, BinanceMarket.SPOT, "")).contains(new BookScale(0.01, 0.00001));
        assertThat(BookTapes.binanceScale(usdm, BinanceMarket.USD_M, "")).contains(new BookScale(0.1, 0.001));
        assertThat(BookTapes.binanceScale(coin, BinanceMarket.COIN_M, "")).contains(new BookScale(0.1, 1));
        assertThat(BookTapes.hyperliquidScale(hyperliquid, "BTC")).contains(new BookScale(1, 0.00001));
        for (BookScale wrong :
                new BookScale[] {new BookScale(1, 0.001), new BookScale(0.1, 0.01), new BookScale(0.1, 1e-15)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BookTapes.binance(usdm, BinanceMarket.USD_M, wrong, TapeSettings.DEFAULT))
                    .withMessageContaining("the steps that it shows are tick=0.1 and lot=0.001");
        }
    }
}
