package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class SeasonalRootTest {
    private static double[] noise(int n, long seed) {
        Rng rng = Seeds.rng(seed, 1);
        double[] e = new double[n];
        for (int t = 0; t < n; t++) {
            e[t] = rng.nextGaussian();
        }
        return e;
    }

    private static double[] seasonalWalk(int n, int period, long seed) {
        double[] y = noise(n, seed);
        for (int t = period; t < n; t++) {
            y[t] += y[t - period];
        }
        return y;
    }

    /** Deterministic season with noise. */
    private static double[] stable(int n, int period, long seed) {
        double[] y = noise(n, seed);
        for (int t = 0; t < n; t++) {
            y[t] += 4 * Math.cos(2 * Math.PI * t / period);
        }
        return y;
    }

    @Test
    void theTestsTellSeasonalWalksFromStationarySeries() {
        int ocsbWalk = 0;
        int ocsbStable = 0;
        int hansenWalk = 0;
        int hansenStable = 0;
        for (int seed = 1; seed <= 100; seed++) {
            double[] walk = seasonalWalk(120, 4, seed);
            double[] stable = stable(120, 4, seed);
            ocsbWalk += rejects(Ocsb.test(walk, 4, Ocsb.LagRule.aic(3)));
            ocsbStable += rejects(Ocsb.test(noise(120, seed), 4, Ocsb.LagRule.aic(3)));
            hansenWalk += CanovaHansen.test(walk, CanovaHansen.Settings.of(4)).rejects(0.05) ? 1 : 0;
            hansenStable +=
                    CanovaHansen.test(stable, CanovaHansen.Settings.of(4)).rejects(0.05) ? 1 : 0;
        }
        assertThat(ocsbWalk).as("a seasonal root is rejected by chance").isLessThanOrEqualTo(15);
        assertThat(ocsbStable).isGreaterThanOrEqualTo(95);
        assertThat(hansenWalk).isGreaterThanOrEqualTo(85);
        assertThat(hansenStable).as("size of 5 %").isBetween(0, 12);
    }

    private static int rejects(TestResult result) {
        return result.statistic() < result.criticalValue(0.05) ? 1 : 0;
    }

    @Test
    void shiftAndScaleChangeNothing() {
        double[] y = seasonalWalk(100, 12, 7);
        double[] other = Arrays.stream(y).map(v -> 1e200 * v).toArray();
        assertThat(Ocsb.test(other, 12, Ocsb.LagRule.fixed(2)).statistic())
                .isCloseTo(Ocsb.test(y, 12, Ocsb.LagRule.fixed(2)).statistic(), within(1e-9));
        CanovaHansen.Settings settings = new CanovaHansen.Settings(12, true, 5);
        double[] moved = Arrays.stream(y).map(v -> v + 50).toArray();
        assertThat(CanovaHansen.test(moved, settings).statistic())
                .isCloseTo(CanovaHansen.test(y, settings).statistic(), within(1e-9));
    }

    @Test
    void difficultSeriesHaveANote() {
        double[] constant = new double[60];
        double[] periodic = new double[60];
        Arrays.setAll(periodic, t -> t % 4);
        double[] gap = noise(60, 1);
        gap[20] = Double.NaN;
        for (double[] y : new double[][] {constant, periodic, gap, {}, {1}, {1, 2, 3, 4, 5, 6, 7}}) {
            TestResult ocsb = Ocsb.test(y, 4, Ocsb.LagRule.forecast());
            TestResult hansen = CanovaHansen.test(y, CanovaHansen.Settings.of(4));
            assertThat(ocsb.statistic()).isNaN();
            assertThat(ocsb.note()).isNotBlank();
            assertThat(hansen.isDefined()).isFalse();
            assertThat(hansen.note()).isNotBlank();
        }
        double[] line = new double[60];
        Arrays.setAll(line, t -> 3.0 * t);
        assertThat(Ocsb.test(line, 4, Ocsb.LagRule.fixed(0)).note()).contains("no residual");
        assertThat(CanovaHansen.frequencies(periodic, CanovaHansen.Settings.of(4)))
                .hasSize(2)
                .allSatisfy(r -> assertThat(r.isDefined()).isFalse());
    }

    @Test
    void wrongSettingsAreNamed() {
        assertThatThrownBy(() -> Ocsb.LagRule.fixed(-1)).hasMessageContaining("lags");
        assertThatThrownBy(() -> Ocsb.test(noise(50, 1), 1, Ocsb.LagRule.fixed(0)))
                .hasMessageContaining("period");
        assertThatThrownBy(() -> CanovaHansen.Settings.of(1)).hasMessageContaining("period");
        assertThatThrownBy(() -> new CanovaHansen.Settings(4, false, -2)).hasMessageContaining("lags");
    }
}
