package org.lama.backtest.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/** Laws that hold for any returns; seeds 0 to 29. */
final class AnalyticsPropertyTest {
    private static final int SEEDS = 30;
    /** Ratios of sums of returns, in which a common factor cancels. */
    private static final Set<Metric> FREE_OF_SCALE = EnumSet.of(
            Metric.SHARPE,
            Metric.SHARPE_PER_PERIOD,
            Metric.SHARPE_AUTOCORRELATION_ADJUSTED,
            Metric.SORTINO,
            Metric.OMEGA,
            Metric.PROFIT_FACTOR,
            Metric.GAIN_TO_PAIN,
            Metric.TAIL_RATIO,
            Metric.COMMON_SENSE_RATIO,
            Metric.WIN_RATE,
            Metric.PAYOFF_RATIO,
            Metric.KELLY,
            Metric.RISK_OF_RUIN,
            Metric.SKEWNESS,
            Metric.EXCESS_KURTOSIS,
            Metric.TAIL_INDEX,
            Metric.TIME_IN_MARKET,
            Metric.LONGEST_WINNING_STREAK,
            Metric.LONGEST_LOSING_STREAK,
            Metric.CORRELATION);
    /** Sums of returns, which grow with the factor. */
    private static final Set<Metric> OF_DEGREE_ONE = EnumSet.of(
            Metric.MEAN,
            Metric.STANDARD_DEVIATION,
            Metric.VOLATILITY_ANNUAL,
            Metric.DOWNSIDE_DEVIATION_ANNUAL,
            Metric.VALUE_AT_RISK_95,
            Metric.CONDITIONAL_VALUE_AT_RISK_95,
            Metric.BEST_PERIOD,
            Metric.WORST_PERIOD,
            Metric.BETA,
            Metric.ALPHA_PER_PERIOD,
            Metric.ALPHA_ANNUAL_SIMPLE);

    private static double[] draw(long seed, int stream) {
        Rng rng = Seeds.rng(seed, stream);
        int n = 120 + rng.nextInt(400);
        return Arrays.stream(new double[stream == 1 ? 600 : n])
                .map(zero -> rng.nextInt(9) == 0 ? 0 : 0.0004 + 0.02 * rng.nextGaussian())
                .toArray();
    }

    @Test
    void aCommonFactorCancelsInRatiosAndStaysInSums() {
        for (long seed = 0; seed < SEEDS; seed++) {
            double[] x = draw(seed, 0);
            double[] b = Arrays.copyOf(draw(seed, 1), x.length);
            double[] half = Arrays.stream(x).map(r -> 0.5 * r).toArray();
            PerformanceMetrics whole = PerformanceMetrics.of(x, b, 365);
            PerformanceMetrics part = PerformanceMetrics.of(half, b, 365);
            for (Metric metric : FREE_OF_SCALE) {
                assertThat(part.value(metric)).as("%s, seed %d", metric, seed).isCloseTo(whole.value(metric), within(1e-9));
            }
            for (Metric metric : OF_DEGREE_ONE) {
                assertThat(part.value(metric))
                        .as("%s, seed %d", metric, seed)
                        .isCloseTo(0.5 * whole.value(metric), within(1e-9));
            }
        }
    }

    @Test
    void aRunAgainstItselfIsItsOwnBenchmark() {
        for (long seed = 0; seed < SEEDS; seed++) {
            double[] x = draw(seed, 0);
            PerformanceMetrics metrics = PerformanceMetrics.of(x, x, 365);
            assertThat(metrics.value(Metric.BETA)).isCloseTo(1, within(1e-12));
            assertThat(metrics.value(Metric.CORRELATION)).isCloseTo(1, within(1e-12));
            assertThat(metrics.value(Metric.ALPHA_PER_PERIOD)).isCloseTo(0, within(1e-15));
            assertThat(metrics.value(Metric.UP_CAPTURE)).isCloseTo(1, within(1e-12));
            assertThat(metrics.value(Metric.DOWN_CAPTURE)).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void figuresStayInTheirRanges() {
        for (long seed = 0; seed < SEEDS; seed++) {
            double[] x = draw(seed, 0);
            PerformanceMetrics metrics = PerformanceMetrics.of(x, 365);
            assertThat(metrics.maximumDrawdown()).isBetween(-1.0, 0.0);
            assertThat(metrics.value(Metric.STABILITY)).isBetween(0.0, 1.0 + 1e-12);
            assertThat(metrics.value(Metric.RISK_OF_RUIN)).isBetween(0.0, 1.0);
            assertThat(metrics.value(Metric.GAIN_TO_PAIN)).isCloseTo(metrics.value(Metric.OMEGA) - 1, within(1e-12));
            assertThat(metrics.value(Metric.WORST_PERIOD)).isLessThanOrEqualTo(metrics.value(Metric.VALUE_AT_RISK_95));
            assertThat(1 + metrics.value(Metric.TOTAL_RETURN))
                    .isCloseTo(Math.pow(1 + metrics.value(Metric.EXPECTED_RETURN), x.length), within(1e-9));
        }
    }

    @Test
    void independentReturnsNeedLittleCorrectionAndTrendsNeedMuch() {
        Rng rng = Seeds.rng(5, 0);
        double[] noise = new double[20_000];
        double[] trend = new double[20_000];
        for (int t = 0; t < noise.length; t++) {
            noise[t] = 0.001 + 0.01 * rng.nextGaussian();
            trend[t] = t == 0 ? noise[0] : 0.001 + 0.5 * (trend[t - 1] - 0.001) + 0.01 * rng.nextGaussian();
        }
        PerformanceMetrics a = PerformanceMetrics.of(noise, 365);
        PerformanceMetrics b = PerformanceMetrics.of(trend, 365);
        // 13 estimated autocorrelations of deviation 0.007 each.
        assertThat(a.value(Metric.SHARPE_AUTOCORRELATION_ADJUSTED) / a.sharpe()).isBetween(0.93, 1.08);
        // The long-run deviation of AR(1) with 0.5 is √((1 + 0.5) / (1 - 0.5)) = 1.73 times that of one period.
        assertThat(b.sharpe() / b.value(Metric.SHARPE_AUTOCORRELATION_ADJUSTED)).isBetween(1.6, 1.86);
    }

    @Test
    void theTailIndexOfAParetoLawIsFound() {
        Rng rng = Seeds.rng(6, 0);
        double[] x = new double[40_000];
        Arrays.setAll(x, t -> -0.001 * Math.pow(1 - rng.nextDouble(), -1.0 / 3));
        // Deviation of Hill's estimator: 3 / √2000 = 0.067.
        assertThat(PerformanceMetrics.of(x, 365).value(Metric.TAIL_INDEX)).isCloseTo(3, within(0.2));
    }
}
