package org.lama.backtest.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

final class EffectiveTrialsTest {
    @Test
    void familiesOfTrialsAreCountedOnceEach() {
        for (int families = 2; families <= 6; families++) {
            EffectiveTrials trials = EffectiveTrials.of(families(families, 5, 0.3));
            assertThat(trials.count()).isEqualTo(families);
            assertThat(trials.silhouette()).isGreaterThan(0.25);
            int[] labels = trials.clusters();
            for (int i = 0; i < labels.length; i++) {
                assertThat(labels[i]).isEqualTo(i % families);
            }
        }
    }

    @Test
    void independentTrialsAllCount() {
        EffectiveTrials trials = EffectiveTrials.of(families(15, 1, 0));
        assertThat(trials.count()).isEqualTo(15);
        assertThat(trials.silhouette()).isNaN();
    }

    @Test
    void copiesOfOneTrialAreOne() {
        assertThat(EffectiveTrials.of(families(1, 8, 0)).count()).isEqualTo(1);
        assertThat(EffectiveTrials.of(families(1, 8, 0.2)).count()).isEqualTo(1);
        assertThat(EffectiveTrials.of(families(1, 2, 0.1)).count()).isEqualTo(1);
    }

    @Test
    void fewTrialsAreDefined() {
        assertThat(EffectiveTrials.of(new double[0][]).count()).isZero();
        assertThat(EffectiveTrials.of(new double[1][10]).count()).isEqualTo(1);
        assertThat(EffectiveTrials.of(families(2, 1, 0)).count()).isEqualTo(2);
        assertThat(EffectiveTrials.of(new double[2][10]).count())
                .as("two that never trade are one outcome")
                .isEqualTo(1);
        assertThat(EffectiveTrials.of(new double[0][]).effective()).isZero();
        assertThat(EffectiveTrials.of(new double[0][]).effective(7)).isEqualTo(7);
        assertThat(EffectiveTrials.of(new double[1][10]).effective()).isEqualTo(1);
        assertThatThrownBy(() -> EffectiveTrials.of(new double[2][10]).effective(1))
                .hasMessage("all must be >= 2, the size of the sample, got 1");
    }

    @Test
    void independentTrialsAmountToTheirNumber() {
        for (int n : new int[] {2, 5, 40, 120}) {
            assertThat(EffectiveTrials.of(correlated(n, 0, n)).effective())
                    .isCloseTo(n, within(0.06 * n))
                    .isLessThanOrEqualTo(n);
        }
    }

    @Test
    void groupsOfNearCopiesAmountToTheNumberOfGroups() {
        for (int groups = 1; groups <= 12; groups++) {
            EffectiveTrials trials = EffectiveTrials.of(families(groups, 6, 0.003));
            assertThat(trials.distinct()).isEqualTo(groups);
            assertThat(trials.effective()).isCloseTo(groups, within(0.1 * groups));
            assertThat(trials.effective(60_000)).as("of a sample").isBetween(0.9 * groups, 10_001.0 * groups);
        }
    }

    @Test
    void fewTrialsOfOneKindAreMoreThanOne() {
        // ρ = 0.55: one cluster; the best of four shows √0.45 · 1.03 = 0.69, as that of 2.4 independent ones
        assertThat(EffectiveTrials.of(correlated(4, 0.55, 3)).count()).isEqualTo(1);
        assertThat(EffectiveTrials.of(correlated(4, 0.55, 3)).effective()).isBetween(2.2, 2.6);
    }

    @Test
    void manyTrialsOfOneKindAreAsManyAsHaveTheSameBest() {
        // √(1 − ρ) · 2.746, the best of 200
        for (double rho : new double[] {0.5, 0.9, 0.99}) {
            double effective = EffectiveTrials.of(correlated(200, rho, 4)).effective();
            assertThat(ExpectedBest.ofIndependent(effective))
                    .isCloseTo(Math.sqrt(1 - rho) * 2.746, within(0.05 * Math.sqrt(1 - rho) * 2.746));
        }
    }

    @Test
    void aSampleSpeaksForAllThatAreCorrelatedLikeIt() {
        for (double rho : new double[] {0, 0.5, 0.9}) {
            EffectiveTrials sample = EffectiveTrials.of(correlated(40, rho, 8));
            EffectiveTrials all = EffectiveTrials.of(correlated(240, rho, 8));
            assertThat(ExpectedBest.ofIndependent(sample.effective(240)))
                    .isCloseTo(ExpectedBest.ofIndependent(all.effective()), within(0.08));
        }
    }

    @Test
    void moreTrialsNeverAmountToLess() {
        for (int market = 0; market < 6; market++) {
            Rng rng = Seeds.rng(41, market);
            double[][] all = crowd(rng, 60);
            double before = 0;
            for (int n = 2; n <= all.length; n += 1 + n / 3) {
                double now = ExpectedBest.ofIndependent(
                        EffectiveTrials.of(Arrays.copyOf(all, n)).effective());
                assertThat(now).as("%d of market %d", n, market).isGreaterThanOrEqualTo(before - 0.03);
                before = Math.max(before, now);
            }
        }
    }

    /** Groups inside groups: each trial is a little of the market, of its group, of its pair and of itself. */
    private static double[][] crowd(Rng rng, int n) {
        double[][] x = new double[n][400];
        double common = rng.nextDouble();
        double group = 0.3 * rng.nextDouble();
        double own = 0.1 * rng.nextDouble();
        double[][] groups = noise(rng, 9);
        double[][] pairs = noise(rng, n / 2);
        double[][] each = noise(rng, n);
        for (int i = 0; i < n; i++) {
            for (int t = 0; t < 400; t++) {
                x[i][t] = common * groups[0][t]
                        + group * groups[1 + i % 8][t]
                        + own * pairs[i / 2][t]
                        + 0.05 * each[i][t];
            }
        }
        return x;
    }

    private static double[][] noise(Rng rng, int n) {
        double[][] x = new double[n][400];
        for (double[] row : x) {
            Arrays.setAll(row, t -> rng.nextGaussian());
        }
        return x;
    }

    @Test
    void clustersOfNearCopiesAreNoIndependentTries() {
        double[][] x = new double[24][400];
        double[][] parts = noise(Seeds.rng(5, 5), 9);
        double[][] own = noise(Seeds.rng(6, 6), 24);
        for (int i = 0; i < 24; i++) {
            for (int t = 0; t < 400; t++) {
                x[i][t] = parts[8][t] + 0.1 * parts[i % 8][t] + 0.03 * own[i][t];
            }
        }
        EffectiveTrials trials = EffectiveTrials.of(x);
        assertThat(trials.count())
                .as("clusters, within correlations above 0.98")
                .isEqualTo(8);
        assertThat(trials.effective()).isBetween(1.1, 1.5);
    }

    @Test
    void noveltyIsWhatEarlierTrialsDoNotHave() {
        double[] novelty = EffectiveTrials.of(families(3, 4, 0.05)).novelty();
        assertThat(Arrays.stream(novelty).limit(3).min().orElseThrow()).isGreaterThan(0.8);
        assertThat(Arrays.stream(novelty).skip(3).max().orElseThrow()).isLessThan(0.01);
        assertThat(EffectiveTrials.of(new double[2][10]).novelty()).containsExactly(1, 0);
    }

    @Test
    void mirrorImagesAreOtherBets() {
        double[][] some = correlated(100, 0.3, 9);
        double[][] both = new double[200][];
        for (int i = 0; i < 100; i++) {
            both[i] = some[i];
            both[100 + i] = some[i].clone();
            for (int t = 0; t < both[i].length; t++) {
                both[100 + i][t] = -some[i][t];
            }
        }
        // √0.7 · 2.508 is the best of 34 independent ones
        assertThat(EffectiveTrials.of(some).effective()).isBetween(28.0, 40.0);
        assertThat(EffectiveTrials.of(both).count()).as("clusters").isEqualTo(2);
        assertThat(EffectiveTrials.of(both).effective()).isBetween(100.0, 150.0);
    }

    @Test
    void copiesChangeNothing() {
        for (double rho : new double[] {0, 0.3, 0.6, 0.9}) {
            double[][] some = correlated(30, rho, 17);
            EffectiveTrials alone = EffectiveTrials.of(some);
            double[][] twice = new double[60][];
            for (int i = 0; i < 60; i++) {
                twice[i] = some[i % 30].clone();
                // a copy with other rounding, other size and another price of cash
                for (int t = 0; i >= 30 && t < twice[i].length; t++) {
                    twice[i][t] = 3 * twice[i][t] + 1e-5 + 1e-12 * t;
                }
            }
            assertThat(EffectiveTrials.of(twice).effective()).isCloseTo(alone.effective(), within(1e-9));
            assertThat(EffectiveTrials.of(twice).count()).isEqualTo(alone.count());
        }
    }

    @Test
    void theBarOfTheEffectiveNumberIsNearTheExpectedBest() {
        // √(1/(n − 1)) · M(effective) against the mean best Sharpe ratio of equally correlated trials without skill
        for (double rho : new double[] {0, 0.5, 0.9, 0.99}) {
            double best = 0;
            double bar = 0;
            int markets = 40;
            for (int m = 0; m < markets; m++) {
                double[][] x = correlated(60, rho, 1000 + m);
                double[] sharpes = new double[x.length];
                double mean = 0;
                for (int i = 0; i < x.length; i++) {
                    sharpes[i] = ProbabilisticSharpe.of(x[i]).sharpePerPeriod();
                    mean += sharpes[i] / x.length;
                }
                best += Arrays.stream(sharpes).max().orElseThrow() - mean;
                bar += ProbabilisticSharpe.expectedMaximum(EffectiveTrials.of(x).effective(), 1.0 / (x[0].length - 1));
            }
            assertThat((best - bar) / markets * Math.sqrt(500))
                    .as("standard errors at ρ = " + rho)
                    .isBetween(-0.1, 0.1);
        }
    }

    /** Trials that all share one part. */
    private static double[][] correlated(int n, double rho, long seed) {
        double[][] x = new double[n][500];
        for (int i = 0; i < n; i++) {
            Rng common = Seeds.rng(seed, -1);
            Rng own = Seeds.rng(seed, i);
            for (int t = 0; t < x[i].length; t++) {
                x[i][t] = 0.01 * (Math.sqrt(rho) * common.nextGaussian() + Math.sqrt(1 - rho) * own.nextGaussian());
            }
        }
        return x;
    }

    @Test
    void theTableNamesEachTrial() {
        assertThat(EffectiveTrials.of(families(2, 3, 0.3)).columns().get(1).cells())
                .isEqualTo(List.of(0L, 1L, 0L, 1L, 0L, 1L));
    }

    @Test
    void rowsOfDifferentLengthAreRefused() {
        double[][] ragged = {new double[5], new double[6]};
        assertThatThrownBy(() -> EffectiveTrials.of(ragged))
                .hasMessage("returns[1] must have 5 rows like the first, got 6");
    }

    /** Trial i belongs to family i modulo the number of families. */
    private static double[][] families(int families, int members, double noise) {
        int rows = 400;
        double[][] returns = new double[families * members][rows];
        for (int i = 0; i < returns.length; i++) {
            Rng common = Seeds.rng(5, i % families);
            Rng own = Seeds.rng(6, i);
            for (int t = 0; t < rows; t++) {
                returns[i][t] = 0.01 * (common.nextGaussian() + noise * own.nextGaussian());
            }
        }
        return returns;
    }
}
