package org.lama.models.arima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class SeasonalLikelihoodTest {
    /** A random model with its sample: some with regressors, some with gaps. */
    private static final class Case {
        final ArimaSpec spec;
        final RegressionSample sample;
        final double[] u;
        final double[] y;

        Case(Rng rng, int trial, boolean gaps) {
            int d = rng.nextInt(2);
            int seasonalD = rng.nextInt(2);
            int period = 2 + rng.nextInt(4);
            ArimaSpec.Seasonal season = new ArimaSpec.Seasonal(rng.nextInt(3), seasonalD, 1 + rng.nextInt(2), period);
            boolean mean = d + seasonalD == 0 && trial % 2 == 0;
            boolean drift = d + seasonalD <= 1 && trial % 3 == 0;
            spec = new ArimaSpec(rng.nextInt(3), d, rng.nextInt(3), season, mean, drift);
            int n = 30 + rng.nextInt(40);
            y = new double[n];
            double[][] x = new double[trial % 3][n];
            for (int t = 0; t < n; t++) {
                y[t] = 5 + rng.nextGaussian() + (t > 0 && d > 0 ? y[t - 1] : 0);
                for (double[] column : x) {
                    column[t] = rng.nextGaussian();
                }
            }
            for (int t = 1; gaps && t < n - 1; t++) {
                y[t] = rng.nextDouble() < 0.1 ? Double.NaN : y[t];
            }
            List<String> names = new ArrayList<>();
            for (int j = 0; j < x.length; j++) {
                names.add("x" + j);
            }
            sample = RegressionSample.of(y, Regressors.of(names, x), spec);
            u = new double[new SeasonalParameters(spec).dimension()];
            for (int i = 0; i < u.length; i++) {
                u[i] = 0.5 * rng.nextGaussian();
            }
        }
    }

    private static double slope(SeasonalObjective objective, double[] u, int i, double h) {
        double[] probe = u.clone();
        probe[i] = u[i] + h;
        double up = objective.value(probe);
        probe[i] = u[i] - h;
        return (up - objective.value(probe)) / (2 * h);
    }

    private static void gradient(SeasonalObjective objective, double[] u, String what) {
        double[] gradient = new double[u.length];
        objective.evaluate(u, gradient);
        for (int i = 0; i < u.length; i++) {
            // four points: error of order h^4
            double difference = (8 * slope(objective, u, i, 2e-4) - slope(objective, u, i, 4e-4) * 2) / 6;
            assertThat(gradient[i])
                    .as("%s u_%d", what, i)
                    .isCloseTo(difference, within(2e-7 * (1 + Math.abs(difference))));
        }
    }

    @Test
    void closedFormEqualsTheKalmanFilterAndItsGradientEqualsDifferences() {
        Rng rng = Seeds.rng(21, 0);
        int compared = 0;
        for (int trial = 0; trial < 160; trial++) {
            Case given = new Case(rng, trial, trial % 2 == 1);
            if (!given.sample.defect.isEmpty() || !given.sample.closed) {
                continue;
            }
            SeasonalLikelihood closed = new SeasonalLikelihood(given.sample, given.spec);
            SeasonalKalman kalman = new SeasonalKalman(given.sample, given.spec);
            double value = closed.value(given.u);
            String what = "trial " + trial + " " + given.spec;
            assertThat(kalman.value(given.u)).as(what).isCloseTo(value, within(1e-7 * (1 + Math.abs(value))));
            assertThat(kalman.sumOfSquares).isCloseTo(closed.sumOfSquares, within(1e-6 * closed.sumOfSquares));
            for (int j = 0; j < closed.gamma.length; j++) {
                assertThat(kalman.gamma[j]).as(what).isCloseTo(closed.gamma[j], within(1e-5));
            }
            gradient(closed, given.u, what);
            compared++;
        }
        assertThat(compared).isGreaterThan(130);
    }

    @Test
    void closedFormEqualsTheDenseLikelihood() {
        Rng rng = Seeds.rng(22, 0);
        for (int trial = 0; trial < 40; trial++) {
            double[] y = new double[40];
            for (int t = 0; t < y.length; t++) {
                y[t] = rng.nextGaussian() + 3;
            }
            boolean mean = trial % 2 == 0;
            ArimaSpec spec = new ArimaSpec(1, 0, 1, new ArimaSpec.Seasonal(1, 0, 1, 4), mean, false);
            RegressionSample sample = RegressionSample.of(y, Regressors.none(), spec);
            SeasonalLikelihood closed = new SeasonalLikelihood(sample, spec);
            double[] u = new double[4];
            for (int i = 0; i < 4; i++) {
                u[i] = 0.6 * rng.nextGaussian();
            }
            double own = closed.logLikelihood(closed.value(u));
            double dense =
                    DenseLikelihood.logLikelihood(y, 0, closed.parameters.fullPhi, closed.parameters.fullTheta, mean);
            assertThat(own).isCloseTo(dense, within(1e-7 * (1 + Math.abs(dense))));
        }
    }

    @Test
    void gapsAtTheStartOfDoubleDifferencesEqualTheDenseLikelihood() {
        Rng rng = Seeds.rng(25, 0);
        for (int trial = 0; trial < 30; trial++) {
            double[] y = new double[32];
            for (int t = 2; t < y.length; t++) {
                y[t] = 2 * y[t - 1] - y[t - 2] + rng.nextGaussian();
            }
            for (int t = 3; t < y.length; t++) {
                y[t] = rng.nextDouble() < 0.2 ? Double.NaN : y[t];
            }
            ArimaSpec spec = new ArimaSpec(1, 2, 1, false);
            double[] coefficients = {0.8 * rng.nextDouble(), 0.8 * rng.nextDouble() - 0.4};
            RegressionSample sample = RegressionSample.of(y, Regressors.none(), spec);
            SeasonalLikelihood closed = new SeasonalLikelihood(sample, spec);
            double own = closed.logLikelihood(closed.valueAt(coefficients, new double[0]));
            double dense = DenseLikelihood.logLikelihood(
                    y, 2, new double[] {coefficients[0]}, new double[] {coefficients[1]}, false);
            assertThat(own).isCloseTo(dense, within(1e-7 * (1 + Math.abs(dense))));
        }
    }

    @Test
    void conditionalSquaresHaveTheirGradient() {
        Rng rng = Seeds.rng(23, 0);
        for (int trial = 0; trial < 80; trial++) {
            Case given = new Case(rng, trial, trial % 4 == 3);
            if (given.sample.defect.isEmpty()) {
                ConditionalSquares squares = new ConditionalSquares(given.sample, given.spec);
                double[] coefficients = new double[given.u.length];
                for (int i = 0; i < coefficients.length; i++) {
                    coefficients[i] = 0.5 * given.u[i];
                }
                if (squares.observations() > squares.gamma.length + 5) {
                    gradient(squares, coefficients, "trial " + trial + " " + given.spec);
                }
            }
        }
    }

    @Test
    void evaluationsAllocateNothing() {
        Case given = new Case(Seeds.rng(24, 0), 2, true);
        SeasonalLikelihood closed = new SeasonalLikelihood(given.sample, given.spec);
        double[] gradient = new double[given.u.length];
        for (int i = 0; i < 20_000; i++) {
            closed.evaluate(given.u, gradient);
        }
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
            closed.evaluate(given.u, gradient);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(2_000);
    }
}
