package org.lama.backtest.analytics;

import java.util.function.DoubleUnaryOperator;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.math.Sums;

/**
 * The break-even cost: the multiple of the assumed costs at which the net return is 0. 1 means that nothing is left at
 * the assumed costs, 2 that costs may double. NaN if nothing is earned even without costs, infinite if no cost is paid or
 * the largest multiple tried still earns. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BreakEven {
    private static final double CLOSE = 0.002;
    private static final double DUST = 1e-6;

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
     * are run until nothing is earned, then the last step is cut by a straight line of the growth {@code ln(1 + return)}, of
     * which costs take about as much at every step; the return itself falls steeply first.
     *
     * @param totalReturn runs at a multiple of the costs and gives the net return over all, a fraction
     * @param largest last whole multiple to try, at least 1
     * @return the multiple
     */
    public static double rerun(DoubleUnaryOperator totalReturn, int largest) {
        return rerun(totalReturn, largest, 0);
    }

    /**
     * The same, and the multiple that was found is run and the line drawn anew (regula falsi, Illinois form), until what is
     * left there is less than {@value #CLOSE} of the costs brings, or often enough.
     *
     * @param totalReturn runs at a multiple of the costs, also a broken one, and gives the net return over all, a fraction
     * @param largest last whole multiple to try, at least 1
     * @param refinements most runs at broken multiples, at least 0
     * @return the multiple
     */
    public static double rerun(DoubleUnaryOperator totalReturn, int largest, int refinements) {
        Check.atLeast(largest, 1, "largest");
        Check.atLeast(refinements, 0, "refinements");
        double before = growth(totalReturn, 0);
        if (!(before > 0)) {
            return Double.NaN;
        }
        for (int multiple = 1; multiple <= largest; multiple++) {
            double now = growth(totalReturn, multiple);
            if (now <= 0) {
                return refined(totalReturn, multiple, before, now, refinements);
            }
            before = now;
        }
        return Double.POSITIVE_INFINITY;
    }

    private static double refined(DoubleUnaryOperator totalReturn, int multiple, double above, double below, int most) {
        double low = multiple - 1;
        double high = multiple;
        double atLow = above;
        double atHigh = below;
        double found = low + (high - low) * atLow / (atLow - atHigh);
        boolean wasHigh = true;
        for (int step = 0; step < most; step++) {
            double now = growth(totalReturn, found);
            if (Math.abs(now) <= CLOSE * (above - below)) {
                return found;
            }
            boolean isHigh = now <= 0;
            // an end that stays twice weighs half, so that it cannot stay for ever
            double weight = isHigh == wasHigh && step > 0 ? 0.5 : 1;
            if (isHigh) {
                high = found;
                atHigh = now;
                atLow *= weight;
            } else {
                low = found;
                atLow = now;
                atHigh *= weight;
            }
            wasHigh = isHigh;
            found = low + (high - low) * atLow / (atLow - atHigh);
        }
        return found;
    }

    /** Logarithmic growth; a loss of everything, or of more, counts as one of all but {@value #DUST}. */
    private static double growth(DoubleUnaryOperator totalReturn, double multiple) {
        double total = totalReturn.applyAsDouble(multiple);
        return Math.log1p(Math.max(total, DUST - 1));
    }
}
