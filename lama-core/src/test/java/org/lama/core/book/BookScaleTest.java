package org.lama.core.book;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class BookScaleTest {
    private static final BookScale SCALE = new BookScale(0.1, 0.001);

    @Test
    void limitsGoToTheSideThatCannotHurtAndSizesTowardsZero() {
        assertThat(SCALE.ticksAtMost(49999.26)).isEqualTo(499_992);
        assertThat(SCALE.ticksAtLeast(49999.26)).isEqualTo(499_993);
        assertThat(SCALE.ticksAtMost(49999.2)).isEqualTo(499_992);
        assertThat(SCALE.ticksAtLeast(49999.2)).isEqualTo(499_992);
        assertThat(SCALE.lotsAtMost(0.0016)).isEqualTo(1);
        assertThat(SCALE.lotsAtMost(0.003)).isEqualTo(3);
        assertThat(SCALE.lotsAtMost(0.0009999)).isZero();
    }

    @Test
    void whatIsNoPriceOrNoQuantityHasNoTicksAndNoLots() {
        for (double none : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1, 0, 1e300}) {
            assertThat(SCALE.ticksAtMost(none)).as("%s", none).isZero();
            assertThat(SCALE.ticksAtLeast(none)).as("%s", none).isZero();
            assertThat(SCALE.lotsAtMost(none)).as("%s", none).isEqualTo(none == 0 ? 0 : -1);
        }
        assertThat(SCALE.ticksAtMost(0.0999)).isZero();
        assertThat(SCALE.ticksAtLeast(0.0001)).isOne();
    }

    @Test
    void computedPricesStandOnTheirTicksInSpiteOfTheirLastBits() {
        Rng rng = Seeds.rng(17, 1);
        for (int i = 0; i < 20_000; i++) {
            int ticks = 10_000 + rng.nextInt(10_000_000);
            int away = rng.nextInt(5_000);
            double price = SCALE.price(ticks) + SCALE.price(away) - 0.3 + 0.1 + 0.1 + 0.1;
            assertThat(SCALE.ticksAtMost(price)).isEqualTo(ticks + away);
            assertThat(SCALE.ticksAtLeast(price)).isEqualTo(ticks + away);
            assertThat(SCALE.lotsAtMost(3 * SCALE.quantity(ticks))).isEqualTo(3L * ticks);
        }
    }
}
