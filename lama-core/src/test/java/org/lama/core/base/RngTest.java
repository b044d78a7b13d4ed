package org.lama.core.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RngTest {
    private static final int DRAWS = 200_000;

    @Test
    void theMixerIsThePublishedSplitMix() {
        // First outputs of SplitMix64 from state 0 and from state 1234567 (Vigna's reference implementation).
        assertThat(Seeds.mix(Seeds.GOLDEN_GAMMA)).isEqualTo(0xE220A8397B1DCDAFL);
        assertThat(Seeds.mix(1234567 + Seeds.GOLDEN_GAMMA)).isEqualTo(6457827717110365317L);
    }

    @Test
    void theSameSeedGivesTheSameStreamAndNoOtherDoes() {
        Set<Long> firsts = new HashSet<>();
        for (long master = 0; master < 50; master++) {
            for (long index = -1; index < 50; index++) {
                assertThat(Seeds.rng(master, index).nextLong())
                        .isEqualTo(Seeds.rng(master, index).nextLong());
                firsts.add(Seeds.rng(master, index).nextLong());
            }
        }
        assertThat(firsts).hasSize(50 * 51);
        assertThat(Seeds.derive(1, 2)).isNotEqualTo(Seeds.derive(2, 1));
    }

    @Test
    void uniformNumbersHaveTheirMomentsAndStayInside() {
        Rng rng = Seeds.rng(1, 1);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double u = rng.nextDouble();
            assertThat(u).isBetween(0.0, Math.nextDown(1.0));
            sum += u;
            squares += u * u;
        }
        // Four standard errors: 4 sqrt(1/12 / n) and 4 sqrt(4/45 / n).
        assertThat(sum / DRAWS).isCloseTo(0.5, within(0.0026));
        assertThat(squares / DRAWS).isCloseTo(1 / 3.0, within(0.0027));
    }

    @Test
    void normalNumbersHaveTheirMoments() {
        Rng rng = Seeds.rng(1, 2);
        double sum = 0;
        double squares = 0;
        double fourth = 0;
        for (int i = 0; i < DRAWS; i++) {
            double z = rng.nextGaussian();
            sum += z;
            squares += z * z;
            fourth += z * z * z * z;
        }
        // Four standard errors: variances 1, 2 and 96.
        assertThat(sum / DRAWS).isCloseTo(0, within(0.009));
        assertThat(squares / DRAWS).isCloseTo(1, within(0.013));
        assertThat(fourth / DRAWS).isCloseTo(3, within(0.09));
    }

    @Test
    void integersFillTheirRangeEvenly() {
        Rng rng = Seeds.rng(1, 3);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) {
            counts[rng.nextInt(7)]++;
        }
        for (int count : counts) {
            // Four standard errors of a binomial count.
            assertThat(count).isBetween(10_000 - 371, 10_000 + 371);
        }
        assertThat(rng.nextInt(1)).isZero();
        // A bound for which nearly every second product must be drawn again.
        for (int i = 0; i < 1000; i++) {
            assertThat(rng.nextInt(Integer.MAX_VALUE)).isBetween(0, Integer.MAX_VALUE - 1);
            assertThat(rng.nextInt(3 << 29)).isBetween(0, (3 << 29) - 1);
        }
    }

    @Test
    void boundsAreChecked() {
        Rng rng = Seeds.rng(0, 0);
        assertThatThrownBy(() -> rng.nextInt(0)).hasMessage("bound must be >= 1, got 0");
    }
}
