package org.lama.backtest.analytics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.base.Tabular;

/**
 * Sharpe ratio and return against capital, with intervals. Found by running again with each capital under costs that grow
 * with size, so that limits, lots and cash bite, too; or, where a strategy cannot be run again or trades the same quantities
 * at any capital, from recorded fills. Under square-root impact (Tóth et al. 2011, doi:10.1103/PhysRevX.1.021006) a trade of
 * share f of equity that is share p of the bar's volume loses f · Y · σ · √p; with c times the capital the same trade is
 * share c · p of the volume, so row t earns r[t](c) = r[t] - √c · i[t], i[t] = Σ f Y σ √p over its fills. Returns r are before
 * impact. The mean is 0 at c = (mean r / mean i)², exactly.
 *
 * <p>Intervals: stationary bootstrap with the same blocks for all capitals; the capital with return 0 is found anew in each
 * resample, where nothing earned counts as 0 and never reached as infinite. Fewer than two rows have none (NaN). They know
 * nothing of how wrong the law of impact is. O(resamples · blocks · capitals); equal seeds give equal bits. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class CapacityCurve implements Tabular {
    private final List<Point> points;
    private final Zero zero;
    private final boolean recorded;
    private final String whyUnknown;

    private CapacityCurve(List<Point> points, Zero zero, boolean recorded, String whyUnknown) {
        this.points = List.copyOf(points);
        this.zero = zero;
        this.recorded = recorded;
        this.whyUnknown = whyUnknown;
    }

    /**
     * No curve, where nothing says how much a larger order would move the price.
     *
     * @param why a sentence, such as that no volume is known
     * @return a curve without points, whose capital is NaN
     */
    public static CapacityCurve unknown(String why) {
        Zero none = new Zero(Double.NaN, Double.NaN, Double.NaN);
        return new CapacityCurve(List.of(), none, false, Check.notBlank(why, "why"));
    }

    /**
     * The result at one capital.
     *
     * @param capital in quote currency, above 0
     * @param sharpe annualised Sharpe ratio
     * @param low lower end of its 95 % interval
     * @param high upper end
     * @param annualReturn arithmetic mean return a year, a fraction
     */
    public record Point(double capital, double sharpe, double low, double high, double annualReturn) {}

    /**
     * The capital at which the mean return is 0.
     *
     * @param capital in quote currency; infinite if no capital tried or thinkable reaches it, NaN if nothing is earned
     * @param low lower end of its interval; 0 if that may be nothing earned at all
     * @param high upper end; infinite if it may never be reached
     */
    public record Zero(double capital, double low, double high) {}

    /**
     * Impact per row at the capital of the run, from its fills: Σ |fraction of equity| · Y · σ · √participation. O(fills).
     *
     * @param rows number of rows
     * @param row row of each fill
     * @param equityFraction notional of each fill / equity, at least 0
     * @param volatilityDay volatility a day of the instrument at each fill, fraction, at least 0
     * @param participation share of the bar's volume (or the day's, for the volatility of a day) of each fill, at least 0
     * @param coefficient Y, about 1
     * @return fractions per row, at least 0
     */
    public static double[] impact(
            int rows,
            int[] row,
            double[] equityFraction,
            double[] volatilityDay,
            double[] participation,
            double coefficient) {
        Check.notNegative(coefficient, "coefficient");
        double[] impact = new double[Check.atLeast(rows, 0, "rows")];
        for (int i = 0; i < row.length; i++) {
            Check.inRange(row[i], 0, rows - 1.0, "row[" + i + "]");
            Check.notNegative(equityFraction[i], "equityFraction[" + i + "]");
            Check.notNegative(volatilityDay[i], "volatilityDay[" + i + "]");
            Check.notNegative(participation[i], "participation[" + i + "]");
            impact[row[i]] += equityFraction[i] * coefficient * volatilityDay[i] * Math.sqrt(participation[i]);
        }
        return impact;
    }

    /**
     * Returns and impact of the fills of one run.
     *
     * @param capital capital of the run, above 0
     * @param returns returns before impact, fractions per period, finite
     * @param impact impact at the capital of the run, fractions per period, finite; see {@link #impact}
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier that is never compared
    public record Fills(double capital, double[] returns, double[] impact) {
        /**
         * Checks the rows.
         *
         * @param capital capital of the run, above 0
         * @param returns returns before impact, fractions per period, finite
         * @param impact impact at the capital of the run, fractions per period, finite; see {@link #impact}
         */
        public Fills {
            Check.positive(capital, "capital");
            Moments.requireFinite(returns, "returns");
            Moments.requireFinite(impact, "impact");
            Check.that(
                    impact.length == returns.length,
                    "impact must have as many rows as returns=" + returns.length + ", got " + impact.length);
        }

        private double[] at(double size) {
            double root = Math.sqrt(size / capital);
            double[] net = new double[returns.length];
            Arrays.setAll(net, t -> returns[t] - root * impact[t]);
            return net;
        }

        private double zero(double earned, double lost) {
            double ratio = earned / lost;
            return !(earned > 0) ? Double.NaN : lost > 0 ? capital * ratio * ratio : Double.POSITIVE_INFINITY;
        }
    }

    /**
     * The curve from recorded fills: the same trades, each c times as large.
     *
     * @param fills returns and impact of one run
     * @param capitals capitals to show, above 0
     * @param periodsPerYear annualisation factor, above 0
     * @param bootstrap resamples, confidence and seed
     * @return the curve
     */
    public static CapacityCurve ofFills(
            Fills fills, double[] capitals, double periodsPerYear, StationaryBootstrap bootstrap) {
        int count = capitals.length;
        double[][] net = new double[count + 2][];
        for (int i = 0; i < count; i++) {
            net[i] = fills.at(Check.positive(capitals[i], "capitals"));
        }
        net[count] = fills.returns();
        net[count + 1] = fills.impact();
        return of(capitals, net, means -> fills.zero(means[count], means[count + 1]), periodsPerYear, bootstrap, true);
    }

    /**
     * The curve by running again, in which limits, lots and cash also bite. Between two capitals the mean return is taken to
     * fall with the root of the capital, as under square-root impact; the first fall to 0 counts.
     *
     * @param capitals capitals to run, above 0, ascending
     * @param returnsAt runs at a capital and gives the net returns per period
     * @param periodsPerYear annualisation factor, above 0
     * @param bootstrap resamples, confidence and seed
     * @return the curve
     */
    public static CapacityCurve rerun(
            double[] capitals,
            DoubleFunction<double[]> returnsAt,
            double periodsPerYear,
            StationaryBootstrap bootstrap) {
        double[][] net = new double[capitals.length][];
        for (int i = 0; i < net.length; i++) {
            Check.positive(capitals[i], "capitals");
            Check.that(
                    i == 0 || capitals[i] > capitals[i - 1],
                    "capitals must ascend, got " + capitals[i] + " after " + capitals[Math.max(0, i - 1)]);
            net[i] = Moments.requireFinite(returnsAt.apply(capitals[i]), "returns");
            Check.that(
                    net[i].length == net[0].length,
                    "returns must have as many rows at every capital, got " + net[i].length + " after "
                            + net[0].length);
        }
        return of(capitals, net, means -> fall(capitals, means), periodsPerYear, bootstrap, false);
    }

    private static double fall(double[] capitals, double[] means) {
        boolean earned = false;
        for (int i = 0; i < capitals.length; i++) {
            if (earned && !(means[i] > 0)) {
                double from = Math.sqrt(capitals[i - 1]);
                double root = from + (Math.sqrt(capitals[i]) - from) * means[i - 1] / (means[i - 1] - means[i]);
                return root * root;
            }
            earned |= means[i] > 0;
        }
        return earned ? Double.POSITIVE_INFINITY : Double.NaN;
    }

    private static CapacityCurve of(
            double[] capitals,
            double[][] net,
            ToDoubleFunction<double[]> zero,
            double periodsPerYear,
            StationaryBootstrap bootstrap,
            boolean recorded) {
        double root = Math.sqrt(Check.positive(periodsPerYear, "periodsPerYear"));
        Moments[] moments = Arrays.stream(net).map(Moments::of).toArray(Moments[]::new);
        double[] means = Arrays.stream(moments).mapToDouble(Moments::mean).toArray();
        Draws draws = new Draws(capitals.length, bootstrap);
        if (capitals.length > 0 && net[0].length > 1) {
            draws.fill(net, means, zero);
        }
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < capitals.length; i++) {
            points.add(new Point(
                    capitals[i],
                    moments[i].sharpe() * root,
                    draws.quantile(draws.sharpes[i], false) * root,
                    draws.quantile(draws.sharpes[i], true) * root,
                    means[i] * periodsPerYear));
        }
        return new CapacityCurve(
                points,
                new Zero(
                        capitals.length == 0 ? Double.NaN : zero.applyAsDouble(means),
                        draws.quantile(draws.zeros, false),
                        draws.quantile(draws.zeros, true)),
                recorded,
                "");
    }

    /** Resamples of all capitals with the same blocks, from prefix sums. */
    private static final class Draws {
        private final StationaryBootstrap bootstrap;
        private final double[][] sharpes;
        private double[] zeros = {};

        Draws(int capitals, StationaryBootstrap bootstrap) {
            this.bootstrap = bootstrap;
            sharpes = new double[capitals][0];
        }

        void fill(double[][] net, double[] means, ToDoubleFunction<double[]> zero) {
            int n = net[0].length;
            int resamples = bootstrap.resamples();
            double[][] sums = new double[net.length][];
            double[][] squares = new double[net.length][];
            for (int i = 0; i < net.length; i++) {
                sums[i] = prefix(net[i], means[i], false);
                squares[i] = prefix(net[i], means[i], true);
            }
            Arrays.setAll(sharpes, i -> new double[resamples]);
            zeros = new double[resamples];
            GeometricLengths lengths = new GeometricLengths(bootstrap.blockLengthFor(net[0]), n);
            double[] sum = new double[net.length];
            double[] square = new double[net.length];
            double[] drawn = new double[net.length];
            for (int k = 0; k < resamples; k++) {
                draw(Seeds.rng(bootstrap.seed(), k), lengths, new double[][][] {sums, squares}, sum, square);
                for (int i = 0; i < net.length; i++) {
                    double shift = sum[i] / n;
                    drawn[i] = means[i] + shift;
                    double variance = (square[i] - sum[i] * shift) / (n - 1);
                    if (i < sharpes.length) {
                        sharpes[i][k] = variance > 0 ? drawn[i] / Math.sqrt(variance) : Double.NaN;
                    }
                }
                double found = zero.applyAsDouble(drawn);
                zeros[k] = Double.isNaN(found) ? 0 : found;
            }
        }

        private static void draw(
                Rng rng, GeometricLengths lengths, double[][][] prefixes, double[] sum, double[] square) {
            Arrays.fill(sum, 0);
            Arrays.fill(square, 0);
            int n = prefixes[0][0].length / 2;
            int left = n;
            while (left > 0) {
                int from = rng.nextInt(n);
                int to = from + Math.min(left, lengths.next(rng));
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += prefixes[0][i][to] - prefixes[0][i][from];
                    square[i] += prefixes[1][i][to] - prefixes[1][i][from];
                }
                left -= to - from;
            }
        }

        private static double[] prefix(double[] x, double mean, boolean squared) {
            double[] out = new double[2 * x.length + 1];
            for (int t = 0; t + 1 < out.length; t++) {
                double d = x[t % x.length] - mean;
                out[t + 1] = out[t] + (squared ? d * d : d);
            }
            return out;
        }

        /** An order statistic: between infinite values nothing can be interpolated. */
        double quantile(double[] draws, boolean upper) {
            double[] sorted =
                    Arrays.stream(draws).filter(v -> !Double.isNaN(v)).sorted().toArray();
            double tail = (1 - bootstrap.confidence()) / 2 * (sorted.length - 1);
            return sorted.length == 0
                    ? Double.NaN
                    : sorted[upper ? sorted.length - 1 - (int) Math.floor(tail) : (int) Math.floor(tail)];
        }
    }

    /**
     * The points in the order of the capitals.
     *
     * @return one per capital
     */
    public List<Point> points() {
        return points;
    }

    /**
     * The capital at which the mean return is 0, with its interval.
     *
     * @return in quote currency
     */
    public Zero zero() {
        return zero;
    }

    /**
     * The capital at which the mean return is 0.
     *
     * @return in quote currency; infinite if no capital tried or thinkable reaches it, NaN if nothing is earned
     */
    public double zeroReturnCapital() {
        return zero.capital();
    }

    /**
     * Why there is no curve.
     *
     * @return a sentence; empty if there is one
     */
    public String whyUnknown() {
        return whyUnknown;
    }

    /**
     * Whether the curve comes from recorded fills.
     *
     * @return false if the strategy was run again with each capital
     */
    public boolean isOfRecordedFills() {
        return recorded;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("capital", points.stream().map(Point::capital).toList()),
                new Column("sharpe", points.stream().map(Point::sharpe).toList()),
                new Column("low", points.stream().map(Point::low).toList()),
                new Column("high", points.stream().map(Point::high).toList()),
                new Column(
                        "annualReturn", points.stream().map(Point::annualReturn).toList()));
    }
}
