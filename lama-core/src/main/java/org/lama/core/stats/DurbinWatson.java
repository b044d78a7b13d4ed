package org.lama.core.stats;

import org.lama.core.base.Api;

/**
 * Statistic of Durbin and Watson (1950, Biometrika 37, 409-428): sum (e(t) - e(t-1))^2 / sum e(t)^2 of regression
 * residuals, about 2 (1 - r(1)). <b>Null: no autocorrelation at lag 1 (2); values near 0 speak for positive, near 4 for
 * negative autocorrelation.</b> Its exact distribution depends on the regressors, and it says nothing where lagged
 * responses are among them; so there is no p-value here: {@link Portmanteau} has one.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class DurbinWatson {
    private DurbinWatson() {}

    /**
     * The statistic. The mean is not subtracted: residuals of a regression with a constant have none. O(n), allocates
     * a scaled copy; stateless and thread-safe.
     *
     * @param residuals residuals, oldest value first; not changed
     * @return 0 to 4; NaN for fewer than two rows, for zeros and for a missing or infinite value
     */
    public static double statistic(double[] residuals) {
        double[] e = Samples.scaled(residuals);
        double squares = 0;
        double changes = 0;
        for (int t = 0; t < e.length; t++) {
            squares += e[t] * e[t];
            double change = t > 0 ? e[t] - e[t - 1] : 0;
            changes += change * change;
        }
        return e.length > 1 && squares > 0 ? changes / squares : Double.NaN;
    }
}
