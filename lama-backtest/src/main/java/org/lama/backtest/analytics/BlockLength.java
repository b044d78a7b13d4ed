package org.lama.backtest.analytics;

import org.lama.core.base.Api;
import org.lama.core.math.Sums;

/**
 * The block length that minimises the mean squared error of the bootstrap's variance of the mean: Politis and White 2004,
 * doi:10.1081/ETR-120028836, with the correction of Patton, Politis and White 2009, doi:10.1080/07474930802459016. The
 * long-run variance and its slope come from autocovariances under a flat-top window, whose width is twice the first lag
 * after which max(5, log10 n) autocorrelations are insignificant. Stateless and thread-safe. O(n^1.5).
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class BlockLength {
    private static final int MINIMUM_ROWS = 10;

    private BlockLength() {}

    /**
     * The block length of the stationary bootstrap: (G² / D · n)^(1/3) with D = long-run variance squared, at most
     * min(3 √n, n/3) rounded up.
     *
     * @param x finite values
     * @return mean length of a block in rows, which may lie below 1 for a series without dependence; 1 for fewer than 10
     *     rows or a constant series
     */
    public static double stationary(double[] x) {
        Moments.requireFinite(x, "x");
        int n = x.length;
        if (n < MINIMUM_ROWS || Moments.of(x).standardDeviation() == 0) {
            return 1;
        }
        double mean = Sums.mean(x, 0, n);
        double[] e = new double[n];
        for (int i = 0; i < n; i++) {
            e[i] = x[i] - mean;
        }
        int run = Math.max(5, (int) Math.log10(n));
        int maximumLag = Math.min((int) Math.ceil(Math.sqrt(n)) + run, n - 2);
        double[] covariance = new double[maximumLag + 1];
        for (int lag = 0; lag <= maximumLag; lag++) {
            covariance[lag] = Sums.dot(e, lag, e, 0, n - lag) / n;
        }
        int width = width(e, covariance, run);
        double slope = 0;
        double longRun = covariance[0];
        for (int lag = 1; lag <= width; lag++) {
            double position = (double) lag / width;
            double weight = position <= 0.5 ? 1 : 2 * (1 - position);
            slope += 2 * weight * lag * covariance[lag];
            longRun += 2 * weight * covariance[lag];
        }
        double length = Math.cbrt(slope * slope / (longRun * longRun)) * Math.cbrt(n);
        double most = Math.ceil(Math.min(3 * Math.sqrt(n), n / 3.0));
        return Double.isNaN(length) ? 1 : Math.min(length, most);
    }

    /** Width of the flat-top window in lags. */
    private static int width(double[] e, double[] covariance, int run) {
        int n = e.length;
        double bound = 2 * Math.sqrt(Math.log10(n) / n);
        int maximumLag = covariance.length - 1;
        int insignificant = 0;
        for (int lag = 0; lag < maximumLag; lag++) {
            double early = Sums.dot(e, 0, e, 0, n - lag - 1);
            double late = Sums.dot(e, lag + 1, e, lag + 1, n - lag - 1);
            double correlation = Math.abs(covariance[lag]) * n / Math.sqrt(early * late);
            insignificant = correlation < bound ? insignificant + 1 : 0;
            if (insignificant == run) {
                return Math.min(2 * Math.max(lag + 1 - run, 1), maximumLag);
            }
        }
        return maximumLag;
    }
}
