package org.lama.backtest.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.math.Sums;
import org.lama.core.search.SequentialTaskExecutor;
import org.lama.core.search.TaskExecutor;
import org.lama.core.search.ThreadTaskExecutor;

final class StationaryBootstrapTest {
    @Test
    void drawnSumsHaveTheVarianceThatTheoryGives() {
        double[] x = autoregressive(400, 0.4, 5);
        double block = 8;
        BootstrapResult result = new StationaryBootstrap(40_000, block, 0.95, 3).run(x);
        double sd = Math.sqrt(theoreticalVariance(x, block));
        double halfWidth = (result.mean().high() - result.mean().low()) / 2;
        // Politis and Romano 1994, lemma 1; the interval of 40,000 nearly normal draws is known to about 2 %.
        assertThat(halfWidth).isCloseTo(1.96 * sd, within(0.03 * 1.96 * sd));
        double middle = (result.mean().high() + result.mean().low()) / 2;
        assertThat(middle).isCloseTo(result.mean().estimate(), within(0.05 * sd));
    }

    @Test
    void independentReturnsGiveTheIntervalOfTheNormalTheory() {
        double[] x = autoregressive(2000, 0, 11);
        BootstrapResult result =
                StationaryBootstrap.of(5000, 1).withBlockLength(1).run(x);
        double se = PerformanceMetrics.of(x, 365).value(Metric.STANDARD_DEVIATION) / Math.sqrt(2000);
        assertThat(result.mean().low()).isCloseTo(result.mean().estimate() - 1.96 * se, within(0.1 * se));
        assertThat(result.mean().high()).isCloseTo(result.mean().estimate() + 1.96 * se, within(0.1 * se));
        assertThat(result.mean().lowerBound()).isCloseTo(result.mean().estimate() - 1.645 * se, within(0.1 * se));
        double sharpe = result.sharpePerPeriod().estimate();
        double sharpeSe = Math.sqrt((1 + sharpe * sharpe / 2) / 2000);
        assertThat(result.sharpePerPeriod().low()).isCloseTo(sharpe - 1.96 * sharpeSe, within(0.1 * sharpeSe));
    }

    @Test
    void lowerBoundAndPValueAgreeOnClearCases() {
        double[] up = shifted(autoregressive(500, 0, 2), 0.01, 0.003);
        BootstrapResult edge = StationaryBootstrap.of(1000, 7).run(up);
        assertThat(edge.mean().lowerBound()).isPositive();
        assertThat(edge.pValue()).isLessThan(0.01);
        double[] down = shifted(autoregressive(500, 0, 2), 0.01, -0.003);
        BootstrapResult none = StationaryBootstrap.of(1000, 7).run(down);
        assertThat(none.mean().lowerBound()).isNegative();
        assertThat(none.pValue()).isGreaterThan(0.9);
    }

    @Test
    void theTestHoldsItsSizeUnderDependence() {
        // 200 series, 5 % nominal: with size s the count has standard deviation of about 3; short samples may reach 8
        // %.
        assertThat(rejections(200, 300)).isBetween(2, 24);
    }

    @Test
    @Tag("slow")
    void theTestHoldsItsSizeUnderDependenceInManySeries() {
        assertThat(rejections(5000, 1000) / 5000.0).isBetween(0.035, 0.075);
    }

    private static int rejections(int series, int rows) {
        int count = 0;
        for (int s = 0; s < series; s++) {
            double[] x = autoregressive(rows, 0.2, 1000 + s);
            count += StationaryBootstrap.of(299, s).run(x).pValue() <= 0.05 ? 1 : 0;
        }
        return count;
    }

    @Test
    void oneTwoAndSevenThreadsGiveEqualBits() {
        double[][] series = new double[40][];
        for (int k = 0; k < series.length; k++) {
            series[k] = autoregressive(200, 0.1, k);
        }
        StationaryBootstrap bootstrap = StationaryBootstrap.of(600, 42);
        var reference = bootstrap.runAll(series, SequentialTaskExecutor.create());
        for (int threads : new int[] {1, 2, 7}) {
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                TaskExecutor executor = ThreadTaskExecutor.of(pool);
                assertThat(bootstrap.runAll(series, executor)).isEqualTo(reference);
            } finally {
                pool.shutdownNow();
            }
        }
    }

    @Test
    void twoThousandResamplesOfOneHundredTwentyAssetsAreFeasible() {
        double[][] series = new double[120][];
        for (int k = 0; k < series.length; k++) {
            series[k] = autoregressive(1100, 0.1, k);
        }
        assertThat(StationaryBootstrap.of(2000, 42).runAll(series, SequentialTaskExecutor.create()))
                .hasSize(120)
                .allSatisfy(result -> assertThat(result.pValue()).isBetween(0.0, 1.0));
    }

    @Test
    void drawnLengthsAreGeometric() {
        GeometricLengths lengths = new GeometricLengths(5, 1000);
        Rng rng = Seeds.rng(1, 1);
        int draws = 200_000;
        double sum = 0;
        int ones = 0;
        for (int i = 0; i < draws; i++) {
            int length = lengths.next(rng);
            sum += length;
            ones += length == 1 ? 1 : 0;
        }
        assertThat(sum / draws).isCloseTo(5, within(0.05));
        assertThat((double) ones / draws).isCloseTo(0.2, within(0.005));
        GeometricLengths single = new GeometricLengths(1, 10);
        GeometricLengths cut = new GeometricLengths(1e9, 3);
        for (int i = 0; i < 1000; i++) {
            assertThat(single.next(rng)).isEqualTo(1);
            assertThat(cut.next(rng)).isBetween(1, 3);
        }
    }

    @Test
    void edgesAreDefined() {
        StationaryBootstrap bootstrap = StationaryBootstrap.of(100, 1);
        assertThat(bootstrap.run(new double[0]).pValue()).isNaN();
        assertThat(bootstrap.run(new double[] {0.1}).mean().low()).isNaN();
        BootstrapResult idle = bootstrap.run(new double[40]);
        assertThat(idle.pValue()).isEqualTo(1);
        assertThat(idle.mean().lowerBound()).isZero();
        assertThat(idle.sharpePerPeriod().estimate()).isNaN();
        assertThat(idle.columns()).hasSize(5);
        assertThatThrownBy(() -> bootstrap.run(new double[] {1, Double.NaN}))
                .hasMessageContaining("x[1] must be finite");
        assertThatThrownBy(() -> StationaryBootstrap.of(10, 1)).hasMessage("resamples must be >= 100, got 10");
        assertThatThrownBy(() -> bootstrap.withBlockLength(0.5)).hasMessageContaining("blockLength must be finite");
        assertThatThrownBy(() -> new StationaryBootstrap(100, 1, 1, 1)).hasMessageContaining("confidence");
    }

    @Test
    void theBlockLengthGrowsWithDependenceAndStaysInsideItsBounds() {
        double weak = BlockLength.stationary(autoregressive(2000, 0.1, 8));
        double strong = BlockLength.stationary(autoregressive(2000, 0.8, 8));
        assertThat(strong).isGreaterThan(3 * weak);
        for (int n : new int[] {10, 11, 15, 30, 100}) {
            assertThat(BlockLength.stationary(autoregressive(n, 0.9, 4)))
                    .isBetween(0.0, Math.ceil(Math.min(3 * Math.sqrt(n), n / 3.0)));
        }
        assertThat(BlockLength.stationary(new double[] {1, 2, 3})).isEqualTo(1);
        assertThat(BlockLength.stationary(new double[50])).isEqualTo(1);
        assertThat(StationaryBootstrap.of(100, 1).blockLengthFor(new double[50]))
                .isEqualTo(1);
    }

    /** Variance of the mean under the stationary bootstrap: circular autocovariances with geometric weights. */
    private static double theoreticalVariance(double[] x, double block) {
        int n = x.length;
        double mean = Sums.mean(x, 0, n);
        double p = 1 / block;
        double total = 0;
        for (int lag = 0; lag < n; lag++) {
            double circular = 0;
            for (int i = 0; i < n; i++) {
                circular += (x[i] - mean) * (x[(i + lag) % n] - mean);
            }
            double weight = lag == 0 ? 1 : 2 * (1 - (double) lag / n) * Math.pow(1 - p, lag);
            total += weight * circular / n;
        }
        return total / n;
    }

    private static double[] autoregressive(int n, double phi, long seed) {
        Rng rng = Seeds.rng(77, seed);
        double[] x = new double[n];
        double last = 0;
        for (int t = -50; t < n; t++) {
            last = phi * last + rng.nextGaussian();
            if (t >= 0) {
                x[t] = last;
            }
        }
        return x;
    }

    private static double[] shifted(double[] x, double scale, double shift) {
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = scale * x[i] + shift;
        }
        return out;
    }
}
