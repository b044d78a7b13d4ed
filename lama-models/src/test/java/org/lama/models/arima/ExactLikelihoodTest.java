package org.lama.models.arima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class ExactLikelihoodTest {
    private static double[] randomU(Rng rng, int size, double spread) {
        double[] u = new double[size];
        for (int i = 0; i < size; i++) {
            u[i] = spread * rng.nextGaussian();
        }
        return u;
    }

    private static double[] gaussian(Rng rng, int n) {
        double[] x = new double[n];
        for (int t = 0; t < n; t++) {
            x[t] = rng.nextGaussian() + 0.3;
        }
        return x;
    }

    @Test
    void exactEqualsKalmanEqualsDenseOnRandomParameters() {
        Rng rng = Seeds.rng(11, 0);
        for (int trial = 0; trial < 300; trial++) {
            int p = rng.nextInt(6);
            int q = rng.nextInt(6);
            int n = Math.max(4, p + q + 2 + rng.nextInt(58 - p - q));
            boolean constant = trial % 2 == 0;
            double[] y = gaussian(rng, n);
            double[] u = randomU(rng, p + q, 0.7);
            ArimaSample sample = ArimaSample.of(y, 0, constant);
            ExactLikelihood exact = new ExactLikelihood(sample.w, p, q, constant, new Scratch(n));
            LevelLikelihood kalman = new LevelLikelihood(sample, p, q);
            double direct = exact.logLikelihood(exact.value(u));
            double filtered = kalman.logLikelihood(kalman.value(u));
            double dense = DenseLikelihood.logLikelihood(y, 0, exact.ar.coefficients, exact.theta, constant)
                    + n * Math.log(sample.scale);
            String what = "trial " + trial + " (" + p + "," + q + ") n " + n;
            // rounding of two different factorisations of a matrix with condition up to about 1e6
            assertThat(direct).as(what).isCloseTo(dense, within(1e-7 * (1 + Math.abs(dense))));
            assertThat(filtered).as(what).isCloseTo(dense, within(1e-7 * (1 + Math.abs(dense))));
            assertThat(exact.level).isCloseTo(kalman.level, within(1e-6 * (1 + Math.abs(exact.level))));
        }
    }

    @Test
    void gradientEqualsCentralDifferences() {
        Rng rng = Seeds.rng(12, 0);
        double worst = 0;
        for (int trial = 0; trial < 200; trial++) {
            int p = rng.nextInt(6);
            int q = rng.nextInt(6);
            int n = p + q + 3 + rng.nextInt(120);
            boolean constant = trial % 2 == 0;
            ArimaSample sample = ArimaSample.of(gaussian(rng, n), 0, constant);
            ExactLikelihood exact = new ExactLikelihood(sample.w, p, q, constant, new Scratch(n));
            double[] u = randomU(rng, p + q, 0.5);
            double[] gradient = new double[p + q];
            exact.evaluate(u, gradient);
            for (int i = 0; i < p + q; i++) {
                // four points: error of order h^4
                double difference = (8 * slope(exact, u, i, 2e-4) - slope(exact, u, i, 4e-4) * 2) / 6;
                double error = Math.abs(difference - gradient[i]) / (1 + Math.abs(difference));
                worst = Math.max(worst, error);
                assertThat(error)
                        .as("trial %d (%d,%d) n %d u_%d", trial, p, q, n, i)
                        .isLessThan(1e-8);
            }
        }
        assertThat(worst).isGreaterThan(0);
    }

    private static double slope(ExactLikelihood exact, double[] u, int i, double h) {
        double[] probe = u.clone();
        probe[i] = u[i] + h;
        double up = exact.value(probe);
        probe[i] = u[i] - h;
        double down = exact.value(probe);
        return (up - down) / (2 * h);
    }

    @Test
    void kalmanInLevelsWithGapsEqualsDense() {
        Rng rng = Seeds.rng(13, 0);
        for (int trial = 0; trial < 120; trial++) {
            int d = trial % 3;
            int p = rng.nextInt(4);
            int q = rng.nextInt(4);
            int n = 25 + rng.nextInt(20);
            boolean constant = d < 2 && trial % 2 == 0;
            double[] y = gaussian(rng, n);
            for (int k = 0; k < d; k++) {
                for (int t = 1; t < n; t++) {
                    y[t] += y[t - 1];
                }
            }
            for (int t = d + 1; t < n - 1; t++) {
                if (rng.nextDouble() < 0.2) {
                    y[t] = Double.NaN;
                }
            }
            if (Double.isNaN(y[d])) {
                y[d] = 0;
            }
            double[] u = randomU(rng, p + q, 0.6);
            ArimaSample sample = ArimaSample.of(y, d, constant);
            LevelLikelihood kalman = new LevelLikelihood(sample, p, q);
            double filtered = kalman.logLikelihood(kalman.value(u));
            double dense = DenseLikelihood.logLikelihood(y, d, kalman.ar.coefficients, kalman.theta, constant)
                    + sample.observations * Math.log(sample.scale);
            assertThat(filtered)
                    .as("trial %d d %d (%d,%d)", trial, d, p, q)
                    .isCloseTo(dense, within(1e-7 * (1 + Math.abs(dense))));
        }
    }

    @Test
    void pulsesOfMissingLevelsEqualKalmanAndDense() {
        Rng rng = Seeds.rng(16, 0);
        int compared = 0;
        for (int trial = 0; trial < 240; trial++) {
            int d = trial % 3;
            int p = rng.nextInt(4);
            int q = rng.nextInt(4);
            boolean constant = d < 2 && trial % 2 == 0;
            // few rows, so that pulses meet both the initial state and the end of the sample; gaps of several rows too
            ArimaSample sample = holed(rng, d, 25 + rng.nextInt(20), constant);
            if (!sample.gaps) {
                continue;
            }
            compared++;
            double[] u = randomU(rng, p + q, 0.6);
            ExactLikelihood exact = ExactLikelihood.of(sample, p, q, new Scratch(sample.w.length));
            LevelLikelihood kalman = new LevelLikelihood(sample, p, q);
            double direct = exact.value(u);
            double filtered = kalman.value(u);
            String what = "trial " + trial + " d " + d + " (" + p + "," + q + ")";
            // rounding of two factorisations, as for complete series
            assertThat(direct).as(what).isCloseTo(filtered, within(1e-7 * (1 + Math.abs(filtered))));
            assertThat(exact.sumOfSquares).as(what).isCloseTo(kalman.sumOfSquares, within(1e-7 * kalman.sumOfSquares));
            assertThat(exact.level).as(what).isCloseTo(kalman.level, within(1e-6 * (1 + Math.abs(kalman.level))));
            assertThat(exact.observations()).isEqualTo(kalman.observations());
            double dense =
                    DenseLikelihood.logLikelihood(unscaled(sample), d, exact.ar.coefficients, exact.theta, constant);
            assertThat(exact.logLikelihood(direct)).as(what).isCloseTo(dense, within(1e-7 * (1 + Math.abs(dense))));
        }
        assertThat(compared).isGreaterThan(200);
    }

    @Test
    void gradientWithMissingLevelsEqualsCentralDifferences() {
        Rng rng = Seeds.rng(17, 0);
        for (int trial = 0; trial < 150; trial++) {
            int d = trial % 3;
            int p = rng.nextInt(4);
            int q = rng.nextInt(4);
            boolean constant = d < 2 && trial % 2 == 0;
            ArimaSample sample = holed(rng, d, (trial % 25 == 0 ? 700 : 30) + rng.nextInt(120), constant);
            ExactLikelihood exact = ExactLikelihood.of(sample, p, q, new Scratch(sample.w.length));
            double[] u = randomU(rng, p + q, 0.5);
            double[] gradient = new double[p + q];
            double value = exact.evaluate(u, gradient);
            assertThat(exact.value(u)).isEqualTo(value);
            for (int i = 0; i < p + q; i++) {
                double difference = (8 * slope(exact, u, i, 2e-4) - slope(exact, u, i, 4e-4) * 2) / 6;
                assertThat(gradient[i])
                        .as("trial %d d %d (%d,%d) u_%d", trial, d, p, q, i)
                        .isCloseTo(difference, within(1e-8 * (1 + Math.abs(difference))));
            }
        }
    }

    /** The levels as the sample holds them, from the rows that start the filter on. */
    private static double[] unscaled(ArimaSample sample) {
        return java.util.Arrays.copyOfRange(sample.levels, sample.first - sample.d, sample.first + sample.w.length);
    }

    private static ArimaSample holed(Rng rng, int d, int n, boolean constant) {
        double[] y = gaussian(rng, n);
        for (int k = 0; k < d; k++) {
            for (int t = 1; t < n; t++) {
                y[t] += y[t - 1];
            }
        }
        boolean inside = false;
        for (int t = d; t < n - 1; t++) {
            inside = rng.nextDouble() < (inside ? 0.5 : 0.12);
            if (inside) {
                y[t] = Double.NaN;
            }
        }
        return ArimaSample.of(y, d, constant);
    }

    @Test
    void anEvaluationAllocatesNothing() {
        Rng rng = Seeds.rng(14, 0);
        ArimaSample sample = ArimaSample.of(gaussian(rng, 365), 0, true);
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int[] order : new int[][] {{1, 1}, {2, 3}, {5, 5}}) {
            ExactLikelihood exact = new ExactLikelihood(sample.w, order[0], order[1], true, new Scratch(365));
            double[] u = randomU(rng, order[0] + order[1], 0.3);
            double[] gradient = new double[u.length];
            double sum = 0;
            for (int i = 0; i < 20_000; i++) {
                sum += exact.evaluate(u, gradient);
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                sum += exact.evaluate(u, gradient);
            }
            long bytes = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(sum).isFinite();
            // the bean's own answers may cost a few hundred bytes; one array per evaluation would be 24,000
            assertThat(bytes / 1_000.0)
                    .as("bytes per evaluation of %d,%d", order[0], order[1])
                    .isLessThan(1);
        }
    }

    @Test
    void theGradientIsCheaperThanDifferencesOfTheKalmanFilter() {
        Rng rng = Seeds.rng(15, 0);
        ArimaSample sample = ArimaSample.of(gaussian(rng, 365), 0, false);
        ExactLikelihood exact = new ExactLikelihood(sample.w, 2, 2, false, new Scratch(365));
        LevelLikelihood kalman = new LevelLikelihood(sample, 2, 2);
        double[] u = {0.5, -0.2, 0.3, 0.1};
        // the best of many short rounds, so that a busy machine does not decide
        double fast = Double.POSITIVE_INFINITY;
        double slow = Double.POSITIVE_INFINITY;
        for (int round = 0; round < 60; round++) {
            fast = Math.min(fast, nanos(exact, u));
            slow = Math.min(slow, nanos(kalman, u));
        }
        assertThat(fast).isLessThan(slow);
    }

    private static double nanos(ArmaObjective objective, double[] u) {
        double[] gradient = new double[u.length];
        long start = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            objective.evaluate(u, gradient);
        }
        return (System.nanoTime() - start) / 50.0;
    }
}
