package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class HalfLifeTest {
    private static double[] autoregression(double phi, int n) {
        Rng rng = Seeds.rng(21, 0);
        double[] y = new double[n];
        for (int t = 1; t < n; t++) {
            y[t] = phi * y[t - 1] + rng.nextGaussian();
        }
        return y;
    }

    @Test
    void theTruthLiesInTheInterval() {
        HalfLife result = HalfLife.of(autoregression(0.9, 5000));
        assertThat(result.lambda()).isCloseTo(-0.1, within(3 * result.standardError()));
        assertThat(result.halfLifeAr1()).isCloseTo(Math.log(0.5) / Math.log(0.9), within(1.0));
        assertThat(result.halfLifeOu()).isGreaterThan(result.halfLifeAr1());
        assertThat(result.observations()).isEqualTo(4999);
        assertThat(result.note()).isEmpty();
        assertThat(result.asText()).contains("half-life (OU)");
    }

    @Test
    void scaleAndShiftChangeNoHalfLife() {
        double[] y = autoregression(0.7, 100);
        double plain = HalfLife.of(y).halfLifeOu();
        assertThat(HalfLife.of(Simulated.affine(y, 1e-300, 0)).halfLifeOu()).isCloseTo(plain, within(1e-9));
        assertThat(HalfLife.of(Simulated.affine(y, 1e300, 0)).halfLifeOu()).isCloseTo(plain, within(1e-9));
        assertThat(HalfLife.of(Simulated.affine(y, 1, 1e6)).halfLifeOu()).isCloseTo(plain, within(1e-6));
    }

    @Test
    void seriesThatDoNotRevertOrOvershootSaySo() {
        double[] growing = new double[20];
        Arrays.setAll(growing, t -> Math.pow(1.1, t));
        HalfLife explosive = HalfLife.of(growing);
        assertThat(explosive.lambda()).isCloseTo(0.1, within(1e-12));
        assertThat(explosive.halfLifeOu()).isNaN();
        assertThat(explosive.note()).contains("does not revert");
        HalfLife overshoots = HalfLife.of(autoregression(-0.5, 300));
        assertThat(overshoots.halfLifeOu()).isPositive();
        assertThat(overshoots.halfLifeAr1()).isNaN();
        assertThat(overshoots.note()).contains("overshoots");
    }

    @Test
    void whatCannotBeEstimatedSaysWhy() {
        assertThat(HalfLife.of(new double[0]).lambda()).isNaN();
        assertThat(HalfLife.of(new double[] {1, 2}).note()).contains("too short");
        assertThat(HalfLife.of(new double[10]).note()).contains("constant");
        assertThat(HalfLife.of(new double[] {1, 1, 1, 2}).note()).contains("before its last");
        assertThat(HalfLife.of(new double[] {1, 2, Double.NaN, 2}).note()).contains("row 2");
        HalfLife three = HalfLife.of(new double[] {1, 2, 1});
        assertThat(three.lambda()).isCloseTo(-2, within(1e-12));
        assertThat(three.standardError()).isNaN();
    }

    @Test
    void hurstTellsWalksFromNoise() {
        Hurst walk = Hurst.of(Simulated.walk(Seeds.rng(21, 1), 4000));
        Hurst noise = Hurst.of(Simulated.noise(Seeds.rng(21, 2), 4000));
        assertThat(walk.rs()).isBetween(0.5, 0.65);
        assertThat(walk.lagStd()).isCloseTo(0.5, within(0.06));
        assertThat(noise.rs()).isLessThan(0.35);
        assertThat(noise.lagStd()).isCloseTo(0, within(0.02));
        assertThat(walk.asText()).contains("Hurst (R/S)");
    }

    @Test
    void hurstWithoutAnAnswerSaysWhy() {
        double[] walk = Simulated.walk(Seeds.rng(21, 3), 33);
        assertThat(Hurst.of(walk).rs()).isNotNaN();
        assertThat(Hurst.of(Arrays.copyOf(walk, 32)).rs()).isNaN();
        assertThat(Hurst.of(Arrays.copyOf(walk, 22)).lagStd()).isNotNaN();
        Hurst shortOne = Hurst.of(Arrays.copyOf(walk, 21));
        assertThat(shortOne.lagStd()).isNaN();
        assertThat(shortOne.note()).contains("21 rows");
        assertThat(Hurst.of(new double[100]).note()).contains("constant");
        assertThat(Hurst.of(new double[0]).rs()).isNaN();
        double[] line = new double[100];
        Arrays.setAll(line, t -> 0.1 * t);
        assertThat(Hurst.of(line).rs()).isNaN();
        assertThat(Hurst.of(line).lagStd()).isNaN();
        line[50] = Double.NaN;
        assertThat(Hurst.of(line).note()).contains("row 50");
    }

    @Test
    void scaleAndShiftChangeNoExponent() {
        double[] y = Simulated.walk(Seeds.rng(21, 4), 200);
        Hurst plain = Hurst.of(y);
        Hurst moved = Hurst.of(Simulated.affine(y, 1e-290, 1e-288));
        assertThat(moved.rs()).isCloseTo(plain.rs(), within(1e-9));
        assertThat(moved.lagStd()).isCloseTo(plain.lagStd(), within(1e-9));
    }
}
