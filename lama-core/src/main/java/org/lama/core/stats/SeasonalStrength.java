package org.lama.core.stats;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;

/**
 * How strong season and trend are: 1 - Var(remainder) / Var(part + remainder), cut to [0, 1], from an STL decomposition
 * with a seasonal span of 11 (Wang, Smith and Hyndman 2006, Data Mining and Knowledge Discovery 13, 335-364). Not a test:
 * there is no null hypothesis and no p-value. Above {@value #DIFFERENCE_ABOVE} a seasonal difference pays in forecasts
 * (R's rule, from the M3 and M4 competitions). Immutable and thread-safe.
 *
 * @param period rows per season, at least 2
 * @param seasonal strength of the season, 0 to 1; NaN if it could not be measured
 * @param trend strength of the trend, 0 to 1; NaN if it could not be measured
 * @param observations rows with a value
 * @param note why nothing could be measured, empty if it could
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record SeasonalStrength(int period, double seasonal, double trend, int observations, String note)
        implements Tabular {
    /** Seasonal strength above which R's rule takes a seasonal difference. */
    public static final double DIFFERENCE_ABOVE = 0.64;

    /** Variance of rounding errors, relative to the largest value's square. */
    private static final double NOISE = 1e-26;

    /**
     * Checks the parts.
     *
     * @param period rows per season, at least 2
     * @param seasonal strength of the season, 0 to 1 or NaN
     * @param trend strength of the trend, 0 to 1 or NaN
     * @param observations rows with a value
     * @param note why nothing could be measured, empty if it could
     */
    public SeasonalStrength {
        Check.atLeast(period, 2, "period");
        Check.atLeast(observations, 0, "observations");
        Check.notNull(note, "note");
    }

    /**
     * Measures a series. O(n · period).
     *
     * @param y the series, NaN where missing; not changed
     * @param period rows per season, at least 2
     * @return the strengths; NaN with a note for a constant or infinite series and one of at most two periods
     */
    public static SeasonalStrength measure(double[] y, int period) {
        Check.atLeast(period, 2, "period");
        int observations = 0;
        boolean[] seen = new boolean[period];
        for (int t = 0; t < y.length; t++) {
            if (!Double.isNaN(y[t])) {
                seen[t % period] = true;
                observations++;
            }
        }
        String complaint = complaint(y, period, seen);
        if (!complaint.isEmpty()) {
            return new SeasonalStrength(period, Double.NaN, Double.NaN, observations, complaint);
        }
        double[] scaled = Samples.scaled(y);
        Stl.Decomposition parts = Stl.period(period).decompose(scaled);
        double[] remainder = parts.remainder();
        double rest = variance(remainder, new double[y.length]);
        double seasonal = strength(rest, variance(remainder, parts.seasonal()));
        double trend = strength(rest, variance(remainder, parts.trend()));
        return new SeasonalStrength(period, seasonal, trend, observations, "");
    }

    private static String complaint(double[] y, int period, boolean[] seen) {
        if (y.length <= 2 * period) {
            return "the series is too short: " + y.length + " rows for a period of " + period;
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : y) {
            if (Double.isInfinite(value)) {
                return "the series holds an infinite value";
            }
            low = Double.isNaN(value) ? low : Math.min(low, value);
            high = Double.isNaN(value) ? high : Math.max(high, value);
        }
        for (int phase = 0; phase < period; phase++) {
            if (!seen[phase]) {
                return "phase " + phase + " of the season has no value";
            }
        }
        return low >= high ? "the series is constant" : "";
    }

    private static double strength(double rest, double whole) {
        return whole > NOISE ? Math.max(0, Math.min(1, 1 - rest / whole)) : 0;
    }

    private static double variance(double[] remainder, double[] part) {
        double sum = 0;
        int n = 0;
        for (int t = 0; t < remainder.length; t++) {
            if (!Double.isNaN(remainder[t])) {
                sum += remainder[t] + part[t];
                n++;
            }
        }
        double mean = sum / n;
        double squares = 0;
        for (int t = 0; t < remainder.length; t++) {
            double e = remainder[t] + part[t] - mean;
            squares += Double.isNaN(e) ? 0 : e * e;
        }
        return n > 1 ? squares / (n - 1) : Double.NaN;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("period", List.of((long) period)),
                new Column("seasonal strength", List.of(seasonal)),
                new Column("trend strength", List.of(trend)),
                new Column("observations", List.of((long) observations)),
                new Column("note", List.of(note)));
    }
}
