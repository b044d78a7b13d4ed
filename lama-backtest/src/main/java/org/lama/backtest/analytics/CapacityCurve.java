package org.lama.backtest.analytics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;

/**
 * Sharpe ratio and return against capital. Under square-root impact (Tóth et al. 2011, doi:10.1103/PhysRevX.1.021006) a trade
 * of share f of equity that is share p of the bar's volume loses f · Y · σ · √p; with c times the capital the same trade is
 * share c · p of the volume, so row t earns r[t](c) = r[t] - √c · i[t], i[t] = Σ f Y σ √p over its fills. Returns r are before
 * impact; the trades themselves stay the same. The mean is 0 at c = (mean r / mean i)², exactly. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class CapacityCurve implements Tabular {
    private final List<Point> points;
    private final double zeroReturnCapital;

    private CapacityCurve(List<Point> points, double zeroReturnCapital) {
        this.points = List.copyOf(points);
        this.zeroReturnCapital = zeroReturnCapital;
    }

    /**
     * The result at one capital.
     *
     * @param capital in quote currency, above 0
     * @param sharpe annualised Sharpe ratio
     * @param annualReturn arithmetic mean return a year, a fraction
     * @param impactAnnual what impact costs a year, a fraction of equity; NaN if not known
     */
    public record Point(double capital, double sharpe, double annualReturn, double impactAnnual) {}

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
     * The curve by the formula.
     *
     * @param capital capital of the run, above 0
     * @param returns returns before impact, fractions per period, finite
     * @param impact impact at the capital of the run, fractions per period, finite; see {@link #impact}
     * @param capitals capitals to show, above 0
     * @param periodsPerYear annualisation factor, above 0
     * @return the curve
     */
    public static CapacityCurve ofFills(
            double capital, double[] returns, double[] impact, double[] capitals, double periodsPerYear) {
        Check.positive(capital, "capital");
        Moments.requireFinite(returns, "returns");
        Moments.requireFinite(impact, "impact");
        Check.that(
                impact.length == returns.length,
                "impact must have as many rows as returns=" + returns.length + ", got " + impact.length);
        double lost = Moments.of(impact).mean();
        double earned = Moments.of(returns).mean();
        List<Point> points = new ArrayList<>();
        for (double size : capitals) {
            double root = Math.sqrt(Check.positive(size, "capitals") / capital);
            double[] net = new double[returns.length];
            for (int t = 0; t < net.length; t++) {
                net[t] = returns[t] - root * impact[t];
            }
            points.add(point(size, net, root * lost * periodsPerYear, periodsPerYear));
        }
        double ratio = earned / lost;
        double zero = !(earned > 0) ? Double.NaN : lost > 0 ? capital * ratio * ratio : Double.POSITIVE_INFINITY;
        return new CapacityCurve(points, zero);
    }

    /**
     * The curve by running again, in which limits, lots and cash also bite. The capital with return 0 is found on the
     * straight line between the two points around it.
     *
     * @param capitals capitals to run, above 0, ascending
     * @param returnsAt runs at a capital and gives the net returns per period
     * @param periodsPerYear annualisation factor, above 0
     * @return the curve
     */
    public static CapacityCurve rerun(double[] capitals, DoubleFunction<double[]> returnsAt, double periodsPerYear) {
        List<Point> points = new ArrayList<>();
        double zero = Double.NaN;
        for (double size : capitals) {
            double[] net = Moments.requireFinite(returnsAt.apply(Check.positive(size, "capitals")), "returns");
            Point now = point(size, net, Double.NaN, periodsPerYear);
            if (!points.isEmpty()) {
                Point before = points.get(points.size() - 1);
                Check.that(size > before.capital(), "capitals must ascend, got " + size + " after " + before.capital());
                boolean falls = before.annualReturn() > 0 && now.annualReturn() <= 0;
                zero = falls && Double.isNaN(zero)
                        ? before.capital()
                                + (size - before.capital())
                                        * before.annualReturn()
                                        / (before.annualReturn() - now.annualReturn())
                        : zero;
            }
            points.add(now);
        }
        boolean always = !points.isEmpty() && points.stream().allMatch(p -> p.annualReturn() > 0);
        return new CapacityCurve(points, always ? Double.POSITIVE_INFINITY : zero);
    }

    private static Point point(double size, double[] net, double impactAnnual, double periodsPerYear) {
        Moments moments = Moments.of(net);
        Check.positive(periodsPerYear, "periodsPerYear");
        return new Point(
                size, moments.sharpe() * Math.sqrt(periodsPerYear), moments.mean() * periodsPerYear, impactAnnual);
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
     * The capital at which the mean return is 0.
     *
     * @return in quote currency; infinite if no capital tried or thinkable reaches it, NaN if nothing is earned
     */
    public double zeroReturnCapital() {
        return zeroReturnCapital;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("capital", points.stream().map(Point::capital).toList()),
                new Column("sharpe", points.stream().map(Point::sharpe).toList()),
                new Column("annualReturn", points.stream().map(Point::annualReturn).toList()),
                new Column("impactAnnual", points.stream().map(Point::impactAnnual).toList()));
    }
}
