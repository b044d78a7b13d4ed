package org.lama.backtest.analytics;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.math.Sums;

/**
 * How much a strategy trades and how much of the time it is invested. Immutable and thread-safe.
 *
 * @param turnoverAnnual traded notional per year, both sides, as a multiple of equity
 * @param meanExposure mean gross exposure, a fraction of equity
 * @param maximumExposure largest gross exposure, a fraction of equity
 * @param timeInMarket share of bars with an exposure above 0
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public record ActivityMetrics(double turnoverAnnual, double meanExposure, double maximumExposure, double timeInMarket)
        implements Tabular {

    /**
     * The figures of a run; NaN without bars. O(n).
     *
     * @param grossExposure sum of |position value| / equity at each bar, at least 0
     * @param tradedFraction notional traded in each bar, both sides / equity, at least 0
     * @param periodsPerYear bars per year, above 0
     * @return the figures
     */
    public static ActivityMetrics of(double[] grossExposure, double[] tradedFraction, double periodsPerYear) {
        Check.positive(periodsPerYear, "periodsPerYear");
        int n = grossExposure.length;
        Check.that(
                tradedFraction.length == n,
                "tradedFraction must have as many rows as grossExposure=" + n + ", got " + tradedFraction.length);
        double maximum = n == 0 ? Double.NaN : 0;
        int invested = 0;
        for (int t = 0; t < n; t++) {
            Check.notNegative(grossExposure[t], "grossExposure[" + t + "]");
            Check.notNegative(tradedFraction[t], "tradedFraction[" + t + "]");
            maximum = Math.max(maximum, grossExposure[t]);
            invested += grossExposure[t] > 0 ? 1 : 0;
        }
        return new ActivityMetrics(
                Sums.mean(tradedFraction, 0, n) * periodsPerYear,
                Sums.mean(grossExposure, 0, n),
                maximum,
                Ratios.of(invested, n));
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("metric", List.of("turnoverAnnual", "meanExposure", "maximumExposure", "timeInMarket")),
                new Column("value", List.of(turnoverAnnual, meanExposure, maximumExposure, timeInMarket)));
    }
}
