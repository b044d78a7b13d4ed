package org.lama.core.features;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Rolling estimators of volatility, spread and price impact from bars. All are causal: the value of a row depends on the
 * window of rows that ends there. {@link #compute} over whole columns and {@link #stream} bar by bar give the same bits.
 *
 * <p>A window of n counts terms: one per bar, or one per pair of successive bars. A term that needs a price that is missing,
 * not above 0 or contradicts high and low is skipped; a value is NaN while fewer terms than the window's minimum are
 * present, and where it overflows. Volatilities are per bar: multiply by the root of the bars in a year. Stateless and
 * thread-safe; O(1) per row unless said otherwise.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public enum BarEstimator {
    /** Sample standard deviation of log returns of closes. */
    CLOSE_TO_CLOSE(1),
    /** Root of the mean of ln(H/L)² / (4 ln 2) (Parkinson 1980, doi:10.1086/296071). No drift, no gaps. */
    PARKINSON(0),
    /**
     * Root of the mean of ½ ln(H/L)² - (2 ln 2 - 1) ln(C/O)²: the practical estimator of Garman and Klass 1980
     * (doi:10.1086/296072), which leaves out the small cross terms of {@link #GARMAN_KLASS_FULL}.
     */
    GARMAN_KLASS(0),
    /**
     * Root of the mean of 0.511 (u - d)² - 0.019 [c (u + d) - 2ud] - 0.383 c² with u, d, c the logarithms of high, low and
     * close over the open: the estimator of least variance of Garman and Klass 1980.
     */
    GARMAN_KLASS_FULL(0),
    /** Root of the mean of u(u - c) + d(d - c), unmoved by drift (Rogers and Satchell 1991, doi:10.1214/aoap/1177005835). */
    ROGERS_SATCHELL(0),
    /**
     * Root of the variance of gaps + k times the variance of bodies + (1 - k) times the mean of the Rogers-Satchell terms,
     * k = 0.34 / (1.34 + (n + 1)/(n - 1)) for n present terms (Yang and Zhang 2000, doi:10.1086/209650). Needs two terms.
     */
    YANG_ZHANG(1),
    /** Mean of |C / last C - 1| / (C · volume), per unit of quote currency (Amihud 2002, doi:10.1016/S1386-4181(01)00024-6). */
    AMIHUD(1),
    /** Covariance, divisor n - 1, of the change of the close with the change before. */
    ROLL_COVARIANCE(2),
    /**
     * Spread 2 √-covariance of changes, in quote currency (Roll 1984, doi:10.1111/j.1540-6261.1984.tb03897.x). Where the
     * covariance is positive the paper's formula has no real value and 0 is taken.
     */
    ROLL_SPREAD(2),
    /** The same of log returns: a spread as a fraction of the price. */
    ROLL_RELATIVE_SPREAD(2),
    /**
     * Mean of the spreads of pairs of bars, negative ones as 0: 2(e^α - 1)/(1 + e^α), α = (√(2β) - √β)/(3 - 2√2) -
     * √(γ/(3 - 2√2)), β the sum of both squared log ranges and γ the squared log range of both bars together (Corwin and
     * Schultz 2012, doi:10.1111/j.1540-6261.2012.01729.x, without their correction for the night). A fraction of the price.
     */
    CORWIN_SCHULTZ(1),
    /** The same with negative estimates as they are. */
    CORWIN_SCHULTZ_SIGNED(1),
    /**
     * Root of the mean of 4 (c - η)(c - η') with c the log close of a bar, η its mid-range and η' that of the bar after; 0
     * where the mean is negative (Abdi and Ranaldo 2017, doi:10.1093/rfs/hhx084). A fraction of the price.
     */
    ABDI_RANALDO(1),
    /** Root of the absolute squared spread of {@link EdgeSpread}, a fraction of the price. O(window) per row. */
    EDGE(1),
    /**
     * Slope of the change of the close on signed volume, with intercept, in quote currency per unit of base (Kyle 1985,
     * doi:10.2307/1913210). The sign of a bar's volume is that of the last change of the close (tick rule).
     */
    KYLE_LAMBDA(1),
    /** Slope of the log return on signed traded value, with intercept, per unit of quote currency. */
    KYLE_LAMBDA_RELATIVE(1),
    /**
     * Slope of the log return on signed roots of traded value through the origin (Hasbrouck 2009,
     * doi:10.1111/j.1540-6261.2009.01469.x). The paper sums signed roots over the trades of five minutes; here a bar counts
     * as one trade, so values of different bar lengths cannot be compared.
     */
    HASBROUCK_LAMBDA(1),
    /** The same with an intercept, as some libraries have it. */
    HASBROUCK_LAMBDA_INTERCEPT(1);

    private static final int COLUMNS = 5;
    private static final int LEAST_FOR_EDGE = 3;

    private final int lagBars;

    BarEstimator(int lagBars) {
        this.lagBars = lagBars;
    }

    /**
     * A stream that has seen nothing.
     *
     * @param window terms to look at, and how many must be present
     * @return a new stream for one instrument and one thread
     */
    public BarStream stream(RollingWindow window) {
        Check.notNull(window, "window");
        return switch (this) {
            case CLOSE_TO_CLOSE -> BarStreams.deviation(window, BarPair::logReturn);
            case PARKINSON -> BarStreams.mean(window, BarTerms::parkinson, Math::sqrt);
            case GARMAN_KLASS -> BarStreams.mean(window, BarTerms::garmanKlass, Math::sqrt);
            case GARMAN_KLASS_FULL -> BarStreams.mean(window, BarTerms::garmanKlassFull, Math::sqrt);
            case ROGERS_SATCHELL -> BarStreams.mean(window, BarTerms::rogersSatchell, Math::sqrt);
            case YANG_ZHANG -> BarStreams.yangZhang(window);
            case AMIHUD -> BarStreams.mean(window, BarTerms::amihud, x -> x);
            case ROLL_COVARIANCE -> BarStreams.serialCovariance(window, BarEstimator::change, x -> x);
            case ROLL_SPREAD -> BarStreams.serialCovariance(window, BarEstimator::change, BarEstimator::roll);
            case ROLL_RELATIVE_SPREAD -> BarStreams.serialCovariance(window, BarPair::logReturn, BarEstimator::roll);
            case CORWIN_SCHULTZ -> BarStreams.mean(window, BarTerms::corwinSchultzOrZero, x -> x);
            case CORWIN_SCHULTZ_SIGNED -> BarStreams.mean(window, BarTerms::corwinSchultz, x -> x);
            case ABDI_RANALDO -> BarStreams.mean(window, BarTerms::abdiRanaldo, BarEstimator::rootOrZero);
            case EDGE -> edge(window);
            case KYLE_LAMBDA -> BarStreams.slope(window, BarPair::signedVolume, BarEstimator::change, true);
            case KYLE_LAMBDA_RELATIVE -> BarStreams.slope(window, BarEstimator::signedValue, BarPair::logReturn, true);
            case HASBROUCK_LAMBDA -> BarStreams.slope(window, BarEstimator::signedRoot, BarPair::logReturn, false);
            case HASBROUCK_LAMBDA_INTERCEPT ->
                BarStreams.slope(window, BarEstimator::signedRoot, BarPair::logReturn, true);
        };
    }

    /**
     * The estimates of whole columns.
     *
     * @param bars open, high, low, close and volume, in that order, one array each; a column of NaN where there is none
     * @param window terms to look at, and how many must be present
     * @param out receives one estimate per row; not one of the inputs
     */
    public void compute(double[][] bars, RollingWindow window, double[] out) {
        Check.that(
                bars.length == COLUMNS,
                "bars must be open, high, low, close and volume, got " + bars.length + " columns");
        for (double[] column : bars) {
            Rolling.sameRows(column.length, out.length);
        }
        BarStream stream = stream(window);
        for (int t = 0; t < out.length; t++) {
            out[t] = stream.next(bars[0][t], bars[1][t], bars[2][t], bars[3][t], bars[4][t]);
        }
    }

    /**
     * Rows of sound bars before the first that has a value, unless the data leave an estimator nothing to divide by.
     *
     * @param window terms to look at, and how many must be present
     * @return at least 0
     */
    public int warmUpBars(RollingWindow window) {
        int least = switch (this) {
            case EDGE -> LEAST_FOR_EDGE;
            case CLOSE_TO_CLOSE,
                    YANG_ZHANG,
                    ROLL_COVARIANCE,
                    ROLL_SPREAD,
                    ROLL_RELATIVE_SPREAD,
                    KYLE_LAMBDA,
                    KYLE_LAMBDA_RELATIVE,
                    HASBROUCK_LAMBDA,
                    HASBROUCK_LAMBDA_INTERCEPT -> 2;
            default -> 1;
        };
        return lagBars + Math.max(least, window.minimumPresent()) - 1;
    }

    private static BarStream edge(RollingWindow window) {
        EdgeSpread spread = new EdgeSpread(window);
        return (open, high, low, close, volume) -> {
            spread.add(open, high, low, close);
            return spread.estimate() ? spread.absolute() : Double.NaN;
        };
    }

    private static double change(BarPair bar) {
        return bar.price - bar.lastPrice;
    }

    private static double signedValue(BarPair bar) {
        return bar.sign * (bar.price * bar.volume);
    }

    private static double signedRoot(BarPair bar) {
        return bar.sign * Math.sqrt(bar.price * bar.volume);
    }

    private static double roll(double covariance) {
        return covariance < 0 ? 2 * Math.sqrt(-covariance) : 0;
    }

    private static double rootOrZero(double squared) {
        return squared > 0 ? Math.sqrt(squared) : 0;
    }
}
