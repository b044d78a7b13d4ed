package org.lama.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class RollingPropertyTest {
    private static final long SEED = 7001;

    /** Values with ties, gaps and a few huge outliers. */
    private static double[] values(int n, long index) {
        Rng rng = Seeds.rng(SEED, index);
        double[] x = new double[n];
        for (int t = 0; t < n; t++) {
            double u = rng.nextDouble();
            x[t] = u < 0.1 ? Double.NaN : u < 0.4 ? rng.nextInt(5) : u < 0.41 ? 1e9 : 100 + rng.nextGaussian();
        }
        return x;
    }

    private static double[] window(double[] x, int t, int length) {
        return Arrays.stream(x, Math.max(0, t - length + 1), t + 1)
                .filter(Double::isFinite)
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "3,3", "7,4", "50,10", "333,1", "900,5"})
    void meanAndDeviationEqualTwoPasses(int length, int minimum) {
        double[] x = values(800, length);
        double[] mean = new double[x.length];
        double[] deviation = new double[x.length];
        double[] z = new double[x.length];
        RollingWindow window = new RollingWindow(length, minimum);
        Rolling.mean(x, window, mean);
        Rolling.standardDeviation(x, window, deviation);
        Rolling.zScore(x, window, z);
        for (int t = 0; t < x.length; t++) {
            double[] w = window(x, t, length);
            if (w.length < minimum) {
                assertThat(mean[t]).isNaN();
                assertThat(deviation[t]).isNaN();
                assertThat(z[t]).isNaN();
                continue;
            }
            double m = Arrays.stream(w).sum() / w.length;
            double scale = Arrays.stream(w).map(Math::abs).max().orElse(0);
            assertThat(mean[t]).as("mean %d", t).isCloseTo(m, within(1e-13 * scale)); // rounding of <= 900 terms
            if (w.length < 2) {
                assertThat(deviation[t]).isNaN();
                continue;
            }
            double sd = Math.sqrt(Arrays.stream(w).map(v -> (v - m) * (v - m)).sum() / (w.length - 1));
            assertThat(deviation[t]).as("deviation %d", t).isCloseTo(sd, within(1e-11 * sd + 1e-14 * scale));
            if (Double.isFinite(x[t]) && sd > 0) {
                assertThat(z[t]).isCloseTo((x[t] - m) / sd, within(1e-6)); // cancellation beside an outlier of 1e9
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "3,3", "7,4", "50,10", "333,1", "900,5"})
    void medianAndRankEqualSorting(int length, int minimum) {
        double[] x = values(800, length + 1000L);
        double[] median = new double[x.length];
        double[] rank = new double[x.length];
        Rolling.median(x, new RollingWindow(length, minimum), median);
        RollingRank.rank(x, new RollingWindow(length, minimum), rank);
        for (int t = 0; t < x.length; t++) {
            double[] w = window(x, t, length);
            Arrays.sort(w);
            if (w.length < minimum) {
                assertThat(median[t]).isNaN();
                assertThat(rank[t]).isNaN();
                continue;
            }
            assertThat(median[t]).isEqualTo(0.5 * w[(w.length - 1) / 2] + 0.5 * w[w.length / 2]);
            double newest = x[t];
            if (Double.isNaN(newest)) {
                assertThat(rank[t]).isNaN();
            } else {
                double below = Arrays.stream(w).filter(v -> v < newest).count();
                double equal = Arrays.stream(w).filter(v -> v == newest).count();
                assertThat(rank[t]).isEqualTo((below + 0.5 * equal) / w.length);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"5", "60", "365"})
    void rankOfTheNegativeIsOneMinusTheRankAndRisingMapsChangeNothing(int length) {
        double[] x = values(700, 9);
        double[] rank = new double[x.length];
        double[] mirrored = new double[x.length];
        double[] mapped = new double[x.length];
        RollingWindow window = new RollingWindow(length, 1);
        RollingRank.rank(x, window, rank);
        RollingRank.rank(Arrays.stream(x).map(v -> -v).toArray(), window, mirrored);
        RollingRank.rank(Arrays.stream(x).map(v -> 3 * v + 8).toArray(), window, mapped);
        assertThat(mapped).containsExactly(rank);
        for (int t = 0; t < x.length; t++) {
            if (!Double.isNaN(rank[t])) {
                assertThat(mirrored[t]).isCloseTo(1 - rank[t], within(1e-15)); // one rounding
                assertThat(rank[t]).isBetween(0.0, 1.0);
            }
        }
    }
}
