package org.lama.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class ParzenEstimatorTest {
    private static final int CELLS = 2_000;

    /** Whole numbers, choices and a real range, with observations at an end, twice at one place, and far apart. */
    private static ParzenEstimator mixture(int observations) {
        List<Parameter> parameters =
                ParameterSpace.parse("n=1..5,k=a|b|c,x=0.0..2").parameters();
        Axis[] axes = {new Axis(parameters.get(0)), new Axis(parameters.get(1)), new Axis(parameters.get(2))};
        double[][] all = {{0, 4, 4, 1}, {0, 2, 2, 2}, {0, 1.5, 1.5, 0.3}};
        double[][] used = new double[3][];
        double[] weights = new double[observations];
        for (int a = 0; a < 3; a++) {
            used[a] = Arrays.copyOf(all[a], observations);
        }
        for (int i = 0; i < observations; i++) {
            weights[i] = 0.5 + i;
        }
        return new ParzenEstimator(axes, used, weights);
    }

    @Test
    void theDensityAddsUpToOne() {
        for (int observations = 0; observations <= 4; observations++) {
            ParzenEstimator mixture = mixture(observations);
            double sum = 0;
            for (int n = 0; n < 5; n++) {
                for (int k = 0; k < 3; k++) {
                    for (int i = 0; i < CELLS; i++) {
                        sum += Math.exp(mixture.logDensity(new double[] {n, k, (i + 0.5) * 2 / CELLS})) * 2 / CELLS;
                    }
                }
            }
            // The error of the midpoint rule with 2,000 cells.
            assertThat(sum).as("with %d observations", observations).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void drawsFollowTheDensity() {
        ParzenEstimator mixture = mixture(4);
        Rng rng = Seeds.rng(2, 0);
        int draws = 40_000;
        int[][] counts = new int[15][4];
        double[] point = new double[3];
        for (int i = 0; i < draws; i++) {
            mixture.draw(rng, point);
            counts[((int) point[0]) * 3 + (int) point[1]][(int) (point[2] * 2)]++;
        }
        for (int cell = 0; cell < 15; cell++) {
            for (int quarter = 0; quarter < 4; quarter++) {
                int step = cell / 3;
                double expected = 0;
                for (int i = 0; i < 200; i++) {
                    double x = (quarter + (i + 0.5) / 200) / 2;
                    expected += Math.exp(mixture.logDensity(new double[] {step, cell % 3, x})) / 400;
                }
                // Five standard deviations of a count.
                assertThat(counts[cell][quarter] / (double) draws)
                        .isCloseTo(expected, within(5 * Math.sqrt(expected / draws) + 1e-6));
            }
        }
    }
}
