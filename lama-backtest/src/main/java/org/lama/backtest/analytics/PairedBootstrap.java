package org.lama.backtest.analytics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.base.Tabular;
import org.lama.core.math.Quantiles;

/**
 * The difference between two results over the same periods with its uncertainty: both series are resampled with the same
 * blocks (Politis and Romano 1994; Ledoit and Wolf 2008, doi:10.1016/j.jempfin.2008.03.002, for the paired idea), so that
 * what moves both cancels. Percentile intervals. Null hypothesis of the p-values: the true difference is 0; two-sided,
 * twice the smaller share of resampled differences on either side of 0, (count + 1) / (resamples + 1), at most 1.
 *
 * <p>NaN policy: FAIL. Fewer than two rows give NaN throughout. O(resamples · n), single-threaded, equal seeds give equal
 * bits. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class PairedBootstrap implements Tabular {
    private static final List<String> NAMES =
            List.of("sharpe", "meanAnnual", "growthAnnual", "volatilityAnnual", "sortino", "maximumDrawdown", "calmar");

    private final List<Difference> rows;

    private PairedBootstrap(List<Difference> rows) {
        this.rows = List.copyOf(rows);
    }

    /**
     * One figure of both results and the difference.
     *
     * @param metric name of the figure
     * @param first value of the first result
     * @param second value of the second result
     * @param difference second less first
     * @param low lower end of the interval of the difference
     * @param high upper end of the interval
     * @param pValue two-sided p-value of no difference
     */
    public record Difference(
            String metric, double first, double second, double difference, double low, double high, double pValue) {}

    /**
     * Compares two results.
     *
     * @param first returns of the first result, fractions per period, finite
     * @param second returns of the second result in the same periods, finite
     * @param periodsPerYear annualisation factor, above 0
     * @param bootstrap resamples, block length (automatic: of the difference), confidence and seed
     * @return the comparison
     */
    public static PairedBootstrap of(
            double[] first, double[] second, double periodsPerYear, StationaryBootstrap bootstrap) {
        Moments.requireFinite(first, "first");
        Moments.requireFinite(second, "second");
        Check.positive(periodsPerYear, "periodsPerYear");
        Check.that(
                second.length == first.length,
                "second must have as many rows as first=" + first.length + ", got " + second.length);
        double[] a = figures(first, periodsPerYear);
        double[] b = figures(second, periodsPerYear);
        double[][] draws = first.length < StationaryBootstrap.MINIMUM_ROWS
                ? new double[NAMES.size()][0]
                : draws(first, second, periodsPerYear, bootstrap);
        List<Difference> rows = new ArrayList<>();
        double tail = (1 - bootstrap.confidence()) / 2;
        for (int k = 0; k < NAMES.size(); k++) {
            double[] sorted = Arrays.stream(draws[k])
                    .filter(v -> !Double.isNaN(v))
                    .sorted()
                    .toArray();
            rows.add(new Difference(
                    NAMES.get(k),
                    a[k],
                    b[k],
                    b[k] - a[k],
                    Quantiles.ofSorted(sorted, sorted.length, tail),
                    Quantiles.ofSorted(sorted, sorted.length, 1 - tail),
                    pValue(sorted)));
        }
        return new PairedBootstrap(rows);
    }

    private static double[][] draws(double[] first, double[] second, double year, StationaryBootstrap bootstrap) {
        int n = first.length;
        double[] gap = new double[n];
        Arrays.setAll(gap, t -> second[t] - first[t]);
        GeometricLengths lengths = new GeometricLengths(bootstrap.blockLengthFor(gap), n);
        double[][] draws = new double[NAMES.size()][bootstrap.resamples()];
        double[] x = new double[n];
        double[] y = new double[n];
        for (int k = 0; k < bootstrap.resamples(); k++) {
            Rng rng = Seeds.rng(bootstrap.seed(), k);
            int t = 0;
            while (t < n) {
                int from = rng.nextInt(n);
                int length = Math.min(n - t, lengths.next(rng));
                for (int i = 0; i < length; i++) {
                    int row = from + i < n ? from + i : (from + i) % n;
                    x[t] = first[row];
                    y[t++] = second[row];
                }
            }
            double[] a = figures(x, year);
            double[] b = figures(y, year);
            for (int m = 0; m < a.length; m++) {
                draws[m][k] = b[m] - a[m];
            }
        }
        return draws;
    }

    /** In one pass without sorting: the figures of {@link Metric} of these names. */
    private static double[] figures(double[] returns, double year) {
        Moments moments = Moments.of(returns);
        double root = Math.sqrt(year);
        double equity = 1;
        double peak = 1;
        double deepest = 0;
        double losses = 0;
        for (double r : returns) {
            equity *= 1 + r;
            peak = Math.max(peak, equity);
            deepest = Math.min(deepest, equity / peak - 1);
            losses += r < 0 ? r * r : 0;
        }
        double growth = equity > 0 ? Math.pow(equity, year / returns.length) - 1 : -1;
        double sd = moments.standardDeviation();
        return new double[] {
            moments.sharpe() * root,
            moments.mean() * year,
            returns.length == 0 ? Double.NaN : growth,
            sd * root,
            Ratios.of(moments.mean(), Math.sqrt(losses / returns.length)) * root,
            returns.length == 0 ? Double.NaN : deepest,
            Ratios.of(growth, Math.abs(deepest))
        };
    }

    private static double pValue(double[] sorted) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        long below = Arrays.stream(sorted).filter(v -> v <= 0).count();
        long above = Arrays.stream(sorted).filter(v -> v >= 0).count();
        return Math.min(1, 2 * (Math.min(below, above) + 1.0) / (sorted.length + 1.0));
    }

    /**
     * The comparison figure by figure.
     *
     * @return sharpe, meanAnnual, growthAnnual, volatilityAnnual, sortino, maximumDrawdown, calmar
     */
    public List<Difference> rows() {
        return rows;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("metric", rows.stream().map(Difference::metric).toList()),
                new Column("first", rows.stream().map(Difference::first).toList()),
                new Column("second", rows.stream().map(Difference::second).toList()),
                new Column(
                        "difference", rows.stream().map(Difference::difference).toList()),
                new Column("low", rows.stream().map(Difference::low).toList()),
                new Column("high", rows.stream().map(Difference::high).toList()),
                new Column("pValue", rows.stream().map(Difference::pValue).toList()));
    }
}
