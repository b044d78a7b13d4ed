package org.lama.models.arima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.signal.FitStatus;

class RollingArimaTest {
    private static final int WINDOW = 250;
    private static final int STEP = 25;
    private static final AutoArimaOptions D1 = AutoArimaOptions.defaults().withDifference(DifferenceRule.fixed(1));

    /** A random walk whose steps follow an ARMA(1,1) with slowly moving coefficients. */
    private static double[] drifting(int n, long seed) {
        Rng rng = Seeds.rng(seed, 0);
        double[] y = new double[n];
        double w = 0;
        double before = 0;
        for (int t = 1; t < n; t++) {
            double e = rng.nextGaussian();
            w = (0.7 - 0.5 * t / n) * w + e - 0.3 * before;
            before = e;
            y[t] = y[t - 1] + w;
        }
        return y;
    }

    @Test
    void aSeasonIsRefusedWithItsPeriod() {
        AutoArimaOptions seasonal = AutoArimaOptions.defaults().withSeasonal(SeasonalOptions.of(7));
        assertThatThrownBy(() -> RollingArima.of(seasonal, RollingOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 7")
                .hasMessageContaining("AutoArima.select");
    }

    private static List<RollingArima.Selection> run(double[] y, AutoArimaOptions options, RollingOptions rolling) {
        RollingArima chain = RollingArima.of(options, rolling);
        List<RollingArima.Selection> all = new ArrayList<>();
        for (int start = 0; start + WINDOW <= y.length; start += STEP) {
            all.add(chain.select(Arrays.copyOfRange(y, start, start + WINDOW)));
        }
        return all;
    }

    @Test
    void warmChoicesAreAlmostNeverWorseThanColdOnesOnGeneratedSeries() {
        int windows = 0;
        int worse = 0;
        int warm = 0;
        List<Double> differences = new ArrayList<>();
        for (int seed = 1; seed <= 6; seed++) {
            double[] y = drifting(1_000, 4_000 + seed);
            List<RollingArima.Selection> chain = run(y, D1, RollingOptions.defaults());
            for (int k = 0; k < chain.size(); k++) {
                double[] window = Arrays.copyOfRange(y, k * STEP, k * STEP + WINDOW);
                double difference = chain.get(k).result().fit().aicc()
                        - AutoArima.select(window, D1).fit().aicc();
                differences.add(difference);
                worse += difference > 2 ? 1 : 0;
                warm += chain.get(k).warm() ? 1 : 0;
                windows++;
            }
        }
        differences.sort(null);
        assertThat(warm).isGreaterThan(windows * 3 / 4);
        // the bound that the class states: 2 AICc in 95 % of the windows, equal in the median
        assertThat(worse).as("of %d windows", windows).isLessThanOrEqualTo(windows / 20);
        assertThat(differences.get(windows / 2)).isLessThanOrEqualTo(1e-4);
    }

    @Test
    void theSearchStartsFromScratchEveryFewWindowsAndSaysWhy() {
        double[] y = drifting(800, 5);
        List<RollingArima.Selection> chain =
                run(y, D1, RollingOptions.defaults().withRefreshEvery(4));
        for (int k = 0; k < chain.size(); k++) {
            RollingArima.Selection selection = chain.get(k);
            assertThat(selection.warm()).isEqualTo(selection.reason().isEmpty());
            if (k == 0) {
                assertThat(selection.reason()).isEqualTo("no window came before");
            }
            if (!selection.warm()) {
                assertThat(selection.result().candidates().get(0).spec().p()).isZero();
            }
        }
        assertThat(chain.get(4).reason()).isEqualTo("every 4 windows");
        assertThat(run(y, D1, RollingOptions.defaults().withRefreshEvery(1))).noneMatch(RollingArima.Selection::warm);
    }

    @Test
    void coldWindowsEqualTheSearchOfTheWindowAlone() {
        double[] y = drifting(400, 6);
        for (RollingArima.Selection selection :
                run(y, D1, RollingOptions.defaults().withRefreshEvery(1))) {
            assertThat(selection.warm()).isFalse();
        }
        RollingArima chain = RollingArima.of(D1, RollingOptions.defaults().withRefreshEvery(1));
        for (int start = 0; start + WINDOW <= y.length; start += STEP) {
            double[] window = Arrays.copyOfRange(y, start, start + WINDOW);
            assertThat(chain.select(window).result().fit().aicc())
                    .isEqualTo(AutoArima.select(window, D1).fit().aicc());
        }
    }

    @Test
    void theSameWindowsGiveTheSameBits() {
        double[] y = drifting(700, 7);
        List<RollingArima.Selection> first = run(y, AutoArimaOptions.defaults(), RollingOptions.defaults());
        List<RollingArima.Selection> second = run(y, AutoArimaOptions.defaults(), RollingOptions.defaults());
        for (int k = 0; k < first.size(); k++) {
            ArimaFit a = first.get(k).result().fit();
            ArimaFit b = second.get(k).result().fit();
            assertThat(a.spec()).isEqualTo(b.spec());
            assertThat(a.aicc()).isEqualTo(b.aicc());
            assertThat(first.get(k).reason()).isEqualTo(second.get(k).reason());
        }
    }

    @Test
    void aChangeOfDAndAFallOfTheLikelihoodStartFromScratch() {
        double[] stationary = DenseLikelihood.simulate(Seeds.rng(8, 1), new double[] {0.4}, new double[0], WINDOW);
        double[] walk = drifting(WINDOW, 9);
        RollingArima chain = RollingArima.of();
        chain.select(stationary);
        RollingArima.Selection changed = chain.select(walk);
        assertThat(changed.warm()).isFalse();
        assertThat(changed.reason()).startsWith("d changed from 0 to 1");
        RollingArima fixed = RollingArima.of(D1, RollingOptions.defaults());
        fixed.select(summed(DenseLikelihood.simulate(Seeds.rng(8, 2), new double[] {0.8}, new double[0], WINDOW)));
        double[] plain = summed(DenseLikelihood.simulate(Seeds.rng(8, 3), new double[0], new double[0], WINDOW));
        assertThat(fixed.select(plain).reason()).contains("log-likelihood per observation fell");
    }

    private static double[] summed(double[] w) {
        double[] y = w.clone();
        for (int t = 1; t < y.length; t++) {
            y[t] += y[t - 1];
        }
        return y;
    }

    @Test
    void difficultWindowsGiveARandomWalkAndTheNextStartsFromScratch() {
        RollingArima chain = RollingArima.of();
        double[] walk = drifting(WINDOW, 11);
        double[] constant = new double[WINDOW];
        double[] empty = {};
        chain.select(walk);
        for (double[] bad : new double[][] {constant, empty, {1}, {Double.NaN, Double.NaN}}) {
            RollingArima.Selection selection = chain.select(bad);
            assertThat(selection.warm()).isFalse();
            assertThat(selection.result().fit().status().outcome()).isEqualTo(FitStatus.Outcome.FALLBACK_RW);
        }
        assertThat(chain.select(walk).reason()).isEqualTo("no window came before");
        walk[17] = Double.NaN;
        assertThat(chain.select(walk).result().fit().status().outcome()).isEqualTo(FitStatus.Outcome.OK);
    }

    @Test
    void theOptionsCheckTheirRanges() {
        assertThatThrownBy(() -> RollingOptions.defaults().withRefreshEvery(0)).hasMessageContaining("refreshEvery");
        assertThatThrownBy(() -> new RollingOptions(8, -1, 6, 0.1)).hasMessageContaining("candidatesWithin");
        assertThatThrownBy(() -> new RollingOptions(8, 1, 0, 0.1)).hasMessageContaining("maxWarmCandidates");
        assertThatThrownBy(() -> new RollingOptions(8, 1, 1, Double.NaN)).hasMessageContaining("maxFall");
    }
}
