package org.lama.core.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
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
        for (double none :
                new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1, 0, 1e300}) {
            assertThat(SCALE.ticksAtMost(none)).as("%s", none).isZero();
            assertThat(SCALE.ticksAtLeast(none)).as("%s", none).isZero();
            assertThat(SCALE.lotsAtMost(none)).as("%s", none).isEqualTo(none == 0 ? 0 : -1);
        }
        assertThat(SCALE.ticksAtMost(0.0999)).isZero();
        assertThat(SCALE.ticksAtLeast(0.0001)).isOne();
    }

    @Test
    void decimalStepsGiveTheDecimalsThatAreRead() {
        Rng rng = Seeds.rng(17, 2);
        String[] steps = {"0.1", "0.01", "0.001", "0.00001", "0.00000001", "0.05", "0.25", "2.5", "1", "10", "0.0003"};
        for (String tick : steps) {
            for (String lot : steps) {
                BookScale scale = new BookScale(Double.parseDouble(tick), Double.parseDouble(lot));
                for (int i = 0; i < 100; i++) {
                    long ticks = rng.nextInt(1 << 30) - (1L << 29);
                    long lots = rng.nextInt(1 << 20);
                    assertThat(scale.price(ticks)).isEqualTo(exact(ticks, tick));
                    assertThat(scale.quantity(ticks)).isEqualTo(exact(ticks, lot));
                    assertThat(scale.money(ticks * lots / 64))
                            .isEqualTo(exact(
                                    ticks * lots / 64,
                                    new BigDecimal(tick)
                                            .multiply(new BigDecimal(lot))
                                            .toString()));
                }
            }
        }
        assertThat(SCALE.price(618_392)).isEqualTo(61839.2);
    }

    private static double exact(long count, String step) {
        return new BigDecimal(step).multiply(BigDecimal.valueOf(count)).doubleValue();
    }

    @Test
    void stepsThatAreNoDecimalsAreMultiplied() {
        BookScale thirds = new BookScale(1 / 3.0, 1 / 7.0);
        assertThat(thirds.price(5)).isEqualTo(5 * (1 / 3.0));
        assertThat(thirds.quantity(5)).isEqualTo(5 * (1 / 7.0));
        assertThat(thirds.money(5)).isEqualTo(5 * (1 / 3.0 * (1 / 7.0)));
        assertThat(new BookScale(1e300, 1e-300).price(2)).isEqualTo(2e300);
        assertThat(new BookScale(1e300, 1e-300).quantity(2)).isEqualTo(2e-300);
    }

    @Test
    void scalesAreEqualByTheirSteps() {
        assertThat(SCALE).isEqualTo(new BookScale(0.1, 0.001)).hasSameHashCodeAs(new BookScale(0.1, 0.001));
        assertThat(SCALE).isNotEqualTo(new BookScale(0.1, 0.01)).isNotEqualTo(new BookScale(0.01, 0.001));
        assertThat(SCALE).hasToString("BookScale[tickSize=0.1, lotSize=0.001]");
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
