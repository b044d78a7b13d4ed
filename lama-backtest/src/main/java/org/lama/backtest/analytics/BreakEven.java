package org.lama.backtest.analytics;

import java.util.function.DoubleUnaryOperator;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.math.Sums;

/**
 * The break-even cost: the multiple of the assumed costs at which the mean net return is 0. 1 means that nothing is left at
 * the assumed costs, 2 that costs may double. NaN if nothing is earned even without costs, infinite if no cost is paid or
 * the largest multiple tried still earns. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BreakEven {
    private BreakEven() {}

    /**
     * The linear form: trades are taken as they were, only dearer. Multiple = mean gross return / mean cost. O(n).
     *
     * @param gross returns before costs, fractions per period, finite
     * @param cost costs as fractions of equity in the same periods, finite; a rebate is negative
     * @return the multiple
     */
    public static double linear(double[] gross, double[] cost) {
        Moments.requireFinite(gross, "gross");
        Moments.requireFinite(cost, "cost");
        Check.that(
                cost.length == gross.length,
                "cost must have as many rows as gross=" + gross.length + ", got " + cost.length);
        double earned = Sums.mean(gross, 0, gross.length);
        double paid = Sums.mean(cost, 0, cost.length);
        if (!(earned > 0)) {
            return Double.NaN;
        }
        return paid > 0 ? earned / paid : Double.POSITIVE_INFINITY;
    }

    /**
     * The form by running again, in which dearer costs also change cash, sizes and so trades: the whole multiples 0, 1, 2, …
     * are run until nothing is earned, then the last step is cut by a straight line.
     *
     * @param meanNetReturn runs at a multiple of the costs and gives the mean net return
     * @param largest last whole multiple to try, at least 1
     * @return the multiple
     */
    public static double rerun(DoubleUnaryOperator meanNetReturn, int largest) {
        Check.atLeast(largest, 1, "largest");
        double before = meanNetReturn.applyAsDouble(0);
        if (!(before > 0)) {
            return Double.NaN;
        }
        for (int multiple = 1; multiple <= largest; multiple++) {
            double now = meanNetReturn.applyAsDouble(multiple);
            if (now <= 0) {
                return multiple - 1 + before / (before - now);
            }
            before = now;
        }
        return Double.POSITIVE_INFINITY;
    }
}
