package org.lama.models.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.signal.Combiner;
import org.lama.core.signal.Composite.Contribution;
import org.lama.core.signal.RegimeLabel;

class DynamicSessionTest {
    private final Combiner.Session session =
            Combiners.dynamic(Fixture.EQUAL, DynamicSettings.defaults()).open(List.of("a", "b", "c"), 1);

    private double[] weights() {
        long late = 1_000 * Fixture.DAY;
        return session
                .combine(
                        List.of(Fixture.at(1, 1, late), Fixture.at(1, 1, late), Fixture.at(1, 1, late)),
                        RegimeLabel.NORMAL)
                .contributions()
                .stream()
                .mapToDouble(Contribution::weight)
                .toArray();
    }

    @Test
    void priorsHoldUntilSkillIsKnown() {
        for (int day = 1; day < 20; day++) {
            session.observe(day * Fixture.DAY, new double[] {1 + day % 2, -1, Double.NaN});
            assertThat(weights()).containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-15));
        }
    }

    @Test
    void theSkilledMemberGainsSlowlyUpToTheBounds() {
        Rng rng = Seeds.rng(1, 1);
        double[] last = weights();
        for (int day = 1; day < 200; day++) {
            session.observe(day * Fixture.DAY, new double[] {
                1 + 0.5 * rng.nextGaussian(), -1 + 0.5 * rng.nextGaussian(), -1 + 0.5 * rng.nextGaussian()
            });
            double[] now = weights();
            double sum = 0;
            for (int m = 0; m < 3; m++) {
                assertThat(Math.abs(now[m] - last[m])).isLessThanOrEqualTo(0.1 + 1e-12);
                assertThat(now[m]).isBetween(0.05 - 1e-12, 0.6 + 1e-12);
                sum += now[m];
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
            last = now;
        }
        assertThat(last).containsExactly(new double[] {0.6, 0.2, 0.2}, within(1e-9));
    }

    @Test
    void allLosersFallBackToThePrior() {
        Rng rng = Seeds.rng(1, 2);
        for (int day = 1; day < 100; day++) {
            double[] losses = new double[3];
            for (int m = 0; m < 3; m++) {
                losses[m] = -1 - m + 0.1 * rng.nextGaussian();
            }
            session.observe(day * Fixture.DAY, losses);
        }
        assertThat(weights()).containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-9));
    }

    @Test
    void oldOutcomesLeaveTheWindow() {
        Rng rng = Seeds.rng(1, 3);
        for (int day = 1; day < 60; day++) {
            session.observe(
                    day * Fixture.DAY, new double[] {1 + rng.nextGaussian() / 9, rng.nextGaussian() / 9 - 1, -1});
        }
        assertThat(weights()[0]).isCloseTo(0.6, within(1e-9));
        session.observe(200 * Fixture.DAY, new double[] {0, 0, 0});
        assertThat(weights()).containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-12));
    }

    @Test
    void extremeConstantAndInfiniteOutcomesAreNoSkill() {
        for (int day = 1; day < 60; day++) {
            double sign = day % 2 == 0 ? 1 : -1;
            session.observe(day * Fixture.DAY, new double[] {5, sign * 1e300, Double.POSITIVE_INFINITY});
        }
        assertThat(weights()).containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-9));
        for (int day = 60; day < 120; day++) {
            double sign = day % 2 == 0 ? 1 : -1;
            session.observe(day * Fixture.DAY, new double[] {3e-300 + sign * 1e-300, -1, -1});
        }
        assertThat(weights()[0]).isFinite();
    }

    @Test
    void aPriorOutsideOfTheBoundsWidensThem() {
        FusionSettings settings = new FusionSettings(
                new MemberWeights(Map.of("a", 0.98, "b", 0.02), 1),
                RegimeFactors.defaults(),
                ConsensusSettings.defaults(),
                3);
        Combiner.Session two =
                Combiners.dynamic(settings, DynamicSettings.defaults()).open(List.of("a", "b"), 1);
        Rng rng = Seeds.rng(1, 4);
        for (int day = 1; day < 60; day++) {
            two.observe(day * Fixture.DAY, new double[] {rng.nextGaussian() / 9 - 1, rng.nextGaussian() / 9 - 1});
        }
        long late = 100 * Fixture.DAY;
        assertThat(two.combine(List.of(Fixture.at(1, 1, late), Fixture.at(0, 1, late)), RegimeLabel.NORMAL)
                        .signal())
                .isCloseTo(0.98, within(1e-9));
    }
}
