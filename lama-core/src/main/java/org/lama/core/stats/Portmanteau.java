package org.lama.core.stats;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.math.Distributions;

/**
 * Joint tests of the first h autocorrelations, for series and for residuals of fitted models. <b>Null: no autocorrelation
 * up to lag h; large values reject.</b> The reference distribution is chi-squared with h minus the number of fitted
 * parameters (p + q for residuals of an ARIMA model) degrees of freedom; without a degree of freedom the p-value is NaN.
 *
 * <p>Ljung-Box and Box-Pierce also assume constant conditional variance and reject far too often on returns with
 * volatility clusters; {@link #lobatoNankervisSavin(double[], int, int)} does not.
 *
 * <p>Missing values (NaN) take their products with them; the Ljung-Box weight of a lag is then the number of its
 * products. The mean is subtracted. Constant, infinite or too short series give NaN and a note. No statistic changes when
 * the series is shifted or multiplied. O(n · lags), stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class Portmanteau {
    private static final String NULL = "no autocorrelation up to the last lag; rejected for large values";

    private Portmanteau() {}

    /** One lag's part of a statistic. */
    @FunctionalInterface
    private interface Term {
        double of(Centred x, int lag);
    }

    /**
     * The usual number of lags for a non-seasonal series, min(10, n / 5), at least 1 (Hyndman and Athanasopoulos 2021,
     * section 5.4).
     *
     * @param observations number of values, at least 0
     * @return 1 to 10
     */
    public static int defaultLags(int observations) {
        return Math.max(1, Math.min(10, observations / 5));
    }

    /**
     * Ljung and Box (1978, Biometrika 65, 297-303): n (n + 2) sum over k of r(k)^2 / (n - k).
     *
     * @param x series or residuals, oldest value first
     * @param lags h, at least 1
     * @param fittedParameters number of fitted parameters, at least 0
     * @return the result
     */
    public static TestResult ljungBox(double[] x, int lags, int fittedParameters) {
        return test("Ljung-Box", x, lags, fittedParameters, (c, k) -> {
            double r = c.product(k) / c.product(0);
            return c.observed() * (c.observed() + 2.0) * r * r / c.pairs(k);
        });
    }

    /**
     * Box and Pierce (1970, Journal of the American Statistical Association 65, 1509-1526): n sum over k of r(k)^2.
     *
     * @param x series or residuals, oldest value first
     * @param lags h, at least 1
     * @param fittedParameters number of fitted parameters, at least 0
     * @return the result
     */
    public static TestResult boxPierce(double[] x, int lags, int fittedParameters) {
        return test("Box-Pierce", x, lags, fittedParameters, (c, k) -> {
            double r = c.product(k) / c.product(0);
            return c.observed() * r * r;
        });
    }

    /**
     * Lobato, Nankervis and Savin (2001, International Economic Review 42, 187-205), the Box-Pierce test for
     * uncorrelated series of changing conditional variance: n sum over k of g(k)^2 / v(k) with g(k) = sum x(t) x(t - k) / n
     * and v(k) = sum x(t)^2 x(t - k)^2 / n. Both sums run over the same products, so that no factor (n - k) is needed: under
     * a martingale difference the expected square of the one is the expectation of the other at every n.
     *
     * <p>Assumes finite fourth moments, and that products at different lags are uncorrelated, which holds for the usual
     * symmetric volatility models.
     *
     * @param x series or residuals, oldest value first
     * @param lags h, at least 1
     * @param fittedParameters number of fitted parameters, at least 0
     * @return the result
     */
    public static TestResult lobatoNankervisSavin(double[] x, int lags, int fittedParameters) {
        return test("Lobato-Nankervis-Savin", x, lags, fittedParameters, (c, k) -> {
            double product = c.product(k);
            return product == 0 ? 0 : product * product / c.squaredProduct(k);
        });
    }

    private static TestResult test(String name, double[] x, int lags, int fittedParameters, Term term) {
        Check.atLeast(lags, 1, "lags");
        Check.atLeast(fittedParameters, 0, "fittedParameters");
        Centred centred = Centred.of(x);
        String complaint = centred.complaint();
        if (complaint.isEmpty() && lags >= centred.rows()) {
            complaint = "the series is too short: " + centred.rows() + " rows for " + lags + " lags";
        }
        if (!complaint.isEmpty()) {
            return TestResult.undefined(name, NULL, lags, centred.observed(), complaint);
        }
        double statistic = 0;
        for (int k = 1; k <= lags; k++) {
            if (centred.pairs(k) == 0) {
                return TestResult.undefined(name, NULL, lags, centred.observed(), "no two values lie " + k + " apart");
            }
            statistic += term.of(centred, k);
        }
        int df = lags - fittedParameters;
        double p = df > 0 ? Distributions.chiSquaredTail(statistic, df) : Double.NaN;
        String note =
                df > 0 ? "" : "no degree of freedom is left: " + lags + " lags, " + fittedParameters + " parameters";
        return new TestResult(name, NULL, statistic, p, lags, centred.observed(), List.of(), note);
    }
}
