package org.lama.models.arima;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * The order of a non-seasonal ARIMA model: phi(B) (1-B)^d (y_t - constant part) = theta(B) e_t, phi(B) = 1 - phi_1 B -
 * ..., theta(B) = 1 + theta_1 B + ... (R's sign).
 *
 * @param p order of the autoregression, 0 to 20
 * @param d differences, 0 to 3
 * @param q order of the moving average, 0 to 20
 * @param constant whether a constant is estimated: at d = 0 the mean of the series, at d = 1 its drift per row; not
 *     allowed for d &gt;= 2
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record ArimaSpec(int p, int d, int q, boolean constant) {
    private static final int MAX_ORDER = 20;
    private static final int MAX_DIFFERENCES = 3;

    /**
     * Checks the ranges.
     *
     * @param p order of the autoregression, 0 to 20
     * @param d differences, 0 to 3
     * @param q order of the moving average, 0 to 20
     * @param constant whether a constant is estimated: at d = 0 the mean of the series, at d = 1 its drift per row; not
     *     allowed for d &gt;= 2
     */
    public ArimaSpec {
        Check.inRange(p, 0, MAX_ORDER, "p");
        Check.inRange(d, 0, MAX_DIFFERENCES, "d");
        Check.inRange(q, 0, MAX_ORDER, "q");
        Check.that(!constant || d <= 1, "constant must be false for d >= 2, got d " + d);
    }

    /**
     * An order with the usual constant: a mean at d = 0, nothing otherwise.
     *
     * @param p order of the autoregression
     * @param d differences
     * @param q order of the moving average
     * @return the order
     */
    public static ArimaSpec of(int p, int d, int q) {
        return new ArimaSpec(p, d, q, d == 0);
    }

    /**
     * Number of estimated parameters with the variance: p + q + constant + 1.
     *
     * @return at least 1
     */
    public int parameters() {
        return p + q + (constant ? 1 : 0) + 1;
    }

    @Override
    public String toString() {
        String suffix = !constant ? "" : d == 0 ? " with mean" : " with drift";
        return "ARIMA(" + p + "," + d + "," + q + ")" + suffix;
    }
}
