package org.lama.backtest.analytics;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Tabular;

/**
 * What a {@link StationaryBootstrap} found about one series.
 *
 * @param observations rows of the series
 * @param blockLength mean length of the blocks in rows
 * @param mean interval of the mean, in the unit of the series
 * @param sharpePerPeriod interval of mean / standard deviation, not annualised
 * @param pValue one-sided p-value of the null hypothesis that the mean is at most 0
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public record BootstrapResult(
        int observations, double blockLength, Interval mean, Interval sharpePerPeriod, double pValue)
        implements Tabular {
    static BootstrapResult undefined(int observations, double mean) {
        return new BootstrapResult(
                observations, 1, Interval.undefined(mean), Interval.undefined(Double.NaN), Double.NaN);
    }

    @Override
    public List<Column> columns() {
        List<Interval> rows = List.of(mean, sharpePerPeriod);
        return List.of(
                new Column("statistic", List.of("mean", "sharpePerPeriod")),
                new Column("estimate", rows.stream().map(Interval::estimate).toList()),
                new Column("low", rows.stream().map(Interval::low).toList()),
                new Column("high", rows.stream().map(Interval::high).toList()),
                new Column("lowerBound", rows.stream().map(Interval::lowerBound).toList()));
    }

    /**
     * A percentile interval.
     *
     * @param estimate the statistic of the sample itself
     * @param low lower end of the two-sided interval
     * @param high upper end of the two-sided interval
     * @param lowerBound one-sided lower bound of the same confidence
     */
    public record Interval(double estimate, double low, double high, double lowerBound) {
        static Interval undefined(double estimate) {
            return new Interval(estimate, Double.NaN, Double.NaN, Double.NaN);
        }
    }
}
