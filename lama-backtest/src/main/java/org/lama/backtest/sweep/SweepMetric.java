package org.lama.backtest.sweep;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.lama.backtest.analytics.Metric;
import org.lama.backtest.analytics.PerformanceMetrics;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;
import org.lama.core.search.Direction;

/**
 * The figure by which a sweep ranks trials: any {@link Metric} that needs no benchmark, by its key. Immutable and thread-safe.
 *
 * @param metric which
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record SweepMetric(Metric metric) {
    private static final Set<Metric> SMALL_IS_GOOD = Set.of(
            Metric.STANDARD_DEVIATION,
            Metric.VOLATILITY_ANNUAL,
            Metric.LONGEST_DRAWDOWN_BARS,
            Metric.ULCER_INDEX,
            Metric.EXCESS_KURTOSIS,
            Metric.EXCESS_KURTOSIS_UNBIASED,
            Metric.LONGEST_LOSING_STREAK,
            Metric.DOWNSIDE_DEVIATION_ANNUAL,
            Metric.RISK_OF_RUIN);

    private static final Set<Metric> NEED_A_BENCHMARK = Set.of(
            Metric.BETA,
            Metric.ALPHA_PER_PERIOD,
            Metric.ALPHA_ANNUAL,
            Metric.INFORMATION_RATIO_PER_PERIOD,
            Metric.INFORMATION_RATIO,
            Metric.TRACKING_ERROR_ANNUAL,
            Metric.ALPHA_ANNUAL_SIMPLE,
            Metric.CORRELATION,
            Metric.TREYNOR,
            Metric.UP_CAPTURE,
            Metric.DOWN_CAPTURE,
            Metric.CAPTURE_RATIO);

    /** Annualised Sharpe ratio; stands below the sets that its check reads. */
    public static final SweepMetric SHARPE = new SweepMetric(Metric.SHARPE);

    /**
     * Checks that the metric needs no benchmark.
     *
     * @param metric which
     */
    public SweepMetric {
        Check.that(
                !NEED_A_BENCHMARK.contains(metric),
                "metric " + metric.key() + " needs a benchmark, which a sweep does not have; choose one of " + names());
    }

    /**
     * A metric by its key.
     *
     * @param key such as {@code sharpe}
     * @return the metric
     * @throws IllegalArgumentException if there is none of this name, naming the nearest
     */
    public static SweepMetric named(String key) {
        for (Metric metric : Metric.values()) {
            if (metric.key().equals(key)) {
                return new SweepMetric(metric);
            }
        }
        throw new IllegalArgumentException(
                "no metric is called '" + key + "'; there are " + names() + Suggestion.alike(key, names()));
    }

    /**
     * The keys of all metrics that a sweep can use.
     *
     * @return in the order of {@link Metric}
     */
    public static List<String> names() {
        return Arrays.stream(Metric.values())
                .filter(each -> !NEED_A_BENCHMARK.contains(each))
                .map(Metric::key)
                .toList();
    }

    /**
     * Its name.
     *
     * @return the key of the metric
     */
    public String key() {
        return metric.key();
    }

    /**
     * What is good.
     *
     * @return small values for risks and losses that are given without a sign, else large ones; drawdowns are negative, so that
     *     large is good
     */
    public Direction direction() {
        return SMALL_IS_GOOD.contains(metric) ? Direction.MINIMISE : Direction.MAXIMISE;
    }

    /** The value on returns, with the drawdown of the bars. */
    double of(double[] returns, double perYear, double maximumDrawdown) {
        PerformanceMetrics all = PerformanceMetrics.of(returns, perYear);
        return switch (metric) {
            case MAXIMUM_DRAWDOWN -> maximumDrawdown;
            case CALMAR -> calmar(all.value(Metric.COMPOUND_ANNUAL_GROWTH), maximumDrawdown);
            default -> all.value(metric);
        };
    }

    /** The value from the figures of a rule; NaN where the returns are needed. */
    double of(RuleOutcome outcome, double cash, int periods, double perYear) {
        double growth = outcome.endEquity() / cash;
        double annual = Math.pow(growth, perYear / periods) - 1;
        return switch (metric) {
            case SHARPE -> outcome.sharpePerPeriod() * Math.sqrt(perYear);
            case SHARPE_PER_PERIOD -> outcome.sharpePerPeriod();
            case TOTAL_RETURN -> growth - 1;
            case COMPOUND_ANNUAL_GROWTH -> annual;
            case MAXIMUM_DRAWDOWN -> outcome.maximumDrawdown();
            case CALMAR -> calmar(annual, outcome.maximumDrawdown());
            case MEAN -> outcome.mean();
            case STANDARD_DEVIATION -> outcome.standardDeviation();
            case VOLATILITY_ANNUAL -> outcome.standardDeviation() * Math.sqrt(perYear);
            default -> Double.NaN;
        };
    }

    /** Whether the figures of a rule give the value without its returns. */
    boolean needsNoReturns() {
        return switch (metric) {
            case SHARPE,
                    SHARPE_PER_PERIOD,
                    TOTAL_RETURN,
                    COMPOUND_ANNUAL_GROWTH,
                    MAXIMUM_DRAWDOWN,
                    CALMAR,
                    MEAN,
                    STANDARD_DEVIATION,
                    VOLATILITY_ANNUAL -> true;
            default -> false;
        };
    }

    private static double calmar(double growth, double drawdown) {
        return drawdown < 0 ? growth / -drawdown : Double.NaN;
    }
}
