package org.lama.backtest.analytics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.math.Distributions;
import org.lama.core.math.Quantiles;
import org.lama.core.math.Sums;

/**
 * The figures by which returns are judged; each formula stands at its {@link Metric}. Returns are simple net returns per
 * period over cash. NaN policy: FAIL, a return that is not finite is refused with its row. With no row all figures are NaN,
 * with one row those that need a spread. Immutable and thread-safe. O(n log n), allocates.
 *
 * <p>The annualisation factor is an argument because it depends on the market: 365 for daily crypto bars, 8,760 for hourly
 * ones.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class PerformanceMetrics implements Tabular {
    private static final double TAIL = 0.05;
    private static final Set<Metric> OF_A_YEAR = EnumSet.of(
            Metric.COMPOUND_ANNUAL_GROWTH,
            Metric.VOLATILITY_ANNUAL,
            Metric.SHARPE,
            Metric.SORTINO,
            Metric.CALMAR,
            Metric.DOWNSIDE_DEVIATION_ANNUAL,
            Metric.MARTIN_RATIO,
            Metric.SHARPE_AUTOCORRELATION_ADJUSTED,
            Metric.ALPHA_ANNUAL,
            Metric.ALPHA_ANNUAL_SIMPLE,
            Metric.INFORMATION_RATIO,
            Metric.TRACKING_ERROR_ANNUAL,
            Metric.TREYNOR,
            Metric.UP_CAPTURE,
            Metric.DOWN_CAPTURE,
            Metric.CAPTURE_RATIO);

    private final int observations;
    private final double periodsPerYear;
    private final Map<Metric, Double> values = new EnumMap<>(Metric.class);

    private PerformanceMetrics(int observations, double periodsPerYear) {
        this.observations = observations;
        this.periodsPerYear = Check.positive(periodsPerYear, "periodsPerYear");
    }

    /**
     * The figures that need no benchmark; the others are NaN.
     *
     * @param returns fractions per period, finite
     * @param periodsPerYear annualisation factor, above 0
     * @return the figures
     */
    public static PerformanceMetrics of(double[] returns, double periodsPerYear) {
        Moments.requireFinite(returns, "returns");
        PerformanceMetrics metrics = new PerformanceMetrics(returns.length, periodsPerYear);
        if (returns.length > 0) {
            Moments moments = Moments.of(returns);
            metrics.putMoments(moments);
            metrics.putPath(returns);
            metrics.putTails(returns, moments);
            metrics.putGainsAndLosses(returns);
            new TearSheetFigures(returns, periodsPerYear, metrics.values).put();
        }
        return metrics;
    }

    /**
     * All figures.
     *
     * @param returns fractions per period, finite
     * @param benchmark returns of the benchmark in the same periods, finite
     * @param periodsPerYear annualisation factor, above 0
     * @return the figures
     */
    public static PerformanceMetrics of(double[] returns, double[] benchmark, double periodsPerYear) {
        Moments.requireFinite(benchmark, "benchmark");
        Check.that(
                benchmark.length == returns.length,
                "benchmark must have as many rows as returns=" + returns.length + ", got " + benchmark.length);
        PerformanceMetrics metrics = of(returns, periodsPerYear);
        if (returns.length > 1) {
            metrics.putBenchmark(returns, benchmark);
        }
        return metrics;
    }

    /**
     * The same without the figures of a year, for runs that are too short for them: a few days, compounded or scaled to a
     * year, say nothing.
     *
     * @return a copy in which they are NaN
     */
    public PerformanceMetrics withoutYears() {
        PerformanceMetrics shorter = new PerformanceMetrics(observations, periodsPerYear);
        shorter.values.putAll(values);
        OF_A_YEAR.forEach(metric -> shorter.values.put(metric, Double.NaN));
        return shorter;
    }

    /**
     * One figure.
     *
     * @param metric which
     * @return its value in the unit that stands at the metric, NaN where it is not defined
     */
    public double value(Metric metric) {
        return values.getOrDefault(metric, Double.NaN);
    }

    /**
     * Annualised Sharpe ratio.
     *
     * @return the value of {@link Metric#SHARPE}
     */
    public double sharpe() {
        return value(Metric.SHARPE);
    }

    /**
     * Deepest drawdown.
     *
     * @return the value of {@link Metric#MAXIMUM_DRAWDOWN}
     */
    public double maximumDrawdown() {
        return value(Metric.MAXIMUM_DRAWDOWN);
    }

    /**
     * Number of returns.
     *
     * @return at least 0
     */
    public int observations() {
        return observations;
    }

    /**
     * The annualisation factor.
     *
     * @return periods per year, above 0
     */
    public double periodsPerYear() {
        return periodsPerYear;
    }

    @Override
    public List<Column> columns() {
        List<String> names = new ArrayList<>();
        List<Double> cells = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            names.add(metric.key());
            cells.add(value(metric));
        }
        return List.of(new Column("metric", names), new Column("value", cells));
    }

    private void put(Metric metric, double value) {
        values.put(metric, value);
    }

    private void putMoments(Moments moments) {
        double n = moments.count();
        double root = Math.sqrt(periodsPerYear);
        put(Metric.MEAN, moments.mean());
        put(Metric.STANDARD_DEVIATION, moments.standardDeviation());
        put(Metric.VOLATILITY_ANNUAL, moments.standardDeviation() * root);
        put(Metric.SHARPE_PER_PERIOD, moments.sharpe());
        put(Metric.SHARPE, moments.sharpe() * root);
        double excess = moments.kurtosis() - 3;
        put(Metric.SKEWNESS, moments.skewness());
        put(Metric.EXCESS_KURTOSIS, excess);
        if (n > 2) {
            put(Metric.SKEWNESS_UNBIASED, moments.skewness() * Math.sqrt(n * (n - 1)) / (n - 2));
        }
        if (n > 3) {
            put(Metric.EXCESS_KURTOSIS_UNBIASED, (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * excess + 6));
        }
    }

    private void putPath(double[] returns) {
        Drawdown drawdown = Drawdown.of(returns);
        double equity = drawdown.finalEquity();
        double growth = equity > 0 ? Math.pow(equity, periodsPerYear / returns.length) - 1 : -1;
        put(Metric.TOTAL_RETURN, equity - 1);
        put(Metric.COMPOUND_ANNUAL_GROWTH, growth);
        put(Metric.MAXIMUM_DRAWDOWN, drawdown.maximum());
        put(Metric.LONGEST_DRAWDOWN_BARS, drawdown.longestBars());
        put(Metric.ULCER_INDEX, drawdown.ulcerIndex());
        put(Metric.CALMAR, Ratios.of(growth, Math.abs(drawdown.maximum())));
    }

    private void putTails(double[] returns, Moments moments) {
        double[] sorted = returns.clone();
        Arrays.sort(sorted);
        double low = Quantiles.ofSorted(sorted, sorted.length, TAIL);
        int inTail = 0;
        while (inTail < sorted.length && sorted[inTail] <= low) {
            inTail++;
        }
        put(Metric.VALUE_AT_RISK_95, low);
        // Interpolation can put the quantile of very few rows a rounding error below the lowest row.
        put(Metric.CONDITIONAL_VALUE_AT_RISK_95, Sums.mean(sorted, 0, Math.max(1, inTail)));
        put(Metric.TAIL_RATIO, Math.abs(Ratios.of(Quantiles.ofSorted(sorted, sorted.length, 1 - TAIL), low)));

        double z = Distributions.normalQuantile(TAIL);
        double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
        double sd = moments.standardDeviation();
        put(Metric.VALUE_AT_RISK_95_NORMAL, moments.mean() + z * sd);
        put(Metric.CONDITIONAL_VALUE_AT_RISK_95_NORMAL, moments.mean() - sd * density / TAIL);
        double s = moments.skewness();
        double k = moments.kurtosis() - 3;
        double corrected =
                z + (z * z - 1) * s / 6 + (z * z * z - 3 * z) * k / 24 - (2 * z * z * z - 5 * z) * s * s / 36;
        put(Metric.VALUE_AT_RISK_95_CORNISH_FISHER, moments.mean() + corrected * sd);
    }

    private void putGainsAndLosses(double[] returns) {
        double gains = 0;
        double losses = 0;
        double squaredLosses = 0;
        int wins = 0;
        int defeats = 0;
        for (double r : returns) {
            if (r > 0) {
                gains += r;
                wins++;
            } else if (r < 0) {
                losses -= r;
                squaredLosses += r * r;
                defeats++;
            }
        }
        double downside = Math.sqrt(squaredLosses / returns.length);
        put(Metric.SORTINO, Ratios.of(value(Metric.MEAN), downside) * Math.sqrt(periodsPerYear));
        put(Metric.OMEGA, Ratios.of(gains, losses));
        put(Metric.PROFIT_FACTOR, Ratios.of(gains, losses));
        put(Metric.WIN_RATE, Ratios.of(wins, wins + defeats));
        put(Metric.PAYOFF_RATIO, Ratios.of(Ratios.of(gains, wins), Ratios.of(losses, defeats)));
    }

    private void putBenchmark(double[] returns, double[] benchmark) {
        int n = returns.length;
        double mean = value(Metric.MEAN);
        Moments market = Moments.of(benchmark);
        double[] active = new double[n];
        double covariance = 0;
        for (int t = 0; t < n; t++) {
            active[t] = returns[t] - benchmark[t];
            covariance += (returns[t] - mean) * (benchmark[t] - market.mean());
        }
        double variance = market.standardDeviation() * market.standardDeviation() * (n - 1);
        double beta = Ratios.of(covariance, variance);
        double alpha = mean - beta * market.mean();
        Moments difference = Moments.of(active);
        double root = Math.sqrt(periodsPerYear);
        put(Metric.BETA, beta);
        put(Metric.ALPHA_PER_PERIOD, alpha);
        put(Metric.ALPHA_ANNUAL, Math.pow(1 + alpha, periodsPerYear) - 1);
        put(Metric.INFORMATION_RATIO_PER_PERIOD, difference.sharpe());
        put(Metric.INFORMATION_RATIO, difference.sharpe() * root);
        put(Metric.TRACKING_ERROR_ANNUAL, difference.standardDeviation() * root);
        new TearSheetFigures(returns, periodsPerYear, values).put(benchmark, market);
    }
}
