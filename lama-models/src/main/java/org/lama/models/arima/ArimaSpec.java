package org.lama.models.arima;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * The order of a (seasonal) ARIMA model with regressors: y_t = mean + drift t + x_t'b + n_t, phi(B) Phi(B^m) (1-B)^d
 * (1-B^m)^D n_t = theta(B) Theta(B^m) e_t, phi(B) = 1 - phi_1 B - ..., theta(B) = 1 + theta_1 B + ... (R's sign).
 *
 * @param p order of the autoregression, 0 to 20
 * @param d differences, 0 to 3
 * @param q order of the moving average, 0 to 20
 * @param seasonal the seasonal part, {@link Seasonal#NONE} for none
 * @param mean whether the mean of the series is estimated (R's intercept); needs d + D = 0
 * @param drift whether a slope on t = 1, 2, ... is estimated; needs d + D &lt;= 1
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record ArimaSpec(int p, int d, int q, Seasonal seasonal, boolean mean, boolean drift) {
    private static final int MAX_ORDER = 20;
    private static final int MAX_DIFFERENCES = 3;

    /**
     * The seasonal part of the order.
     *
     * @param p order of the seasonal autoregression P, 0 to 5
     * @param d seasonal differences D, 0 to 2
     * @param q order of the seasonal moving average Q, 0 to 5
     * @param period rows per season m, at least 2; 1 only without a seasonal part
     */
    public record Seasonal(int p, int d, int q, int period) {
        /** No seasonal part. */
        public static final Seasonal NONE = new Seasonal(0, 0, 0, 1);

        private static final int MAX_ORDER = 5;
        private static final int MAX_DIFFERENCES = 2;

        /**
         * Checks the ranges.
         *
         * @param p order of the seasonal autoregression P, 0 to 5
         * @param d seasonal differences D, 0 to 2
         * @param q order of the seasonal moving average Q, 0 to 5
         * @param period rows per season m, at least 2; 1 only without a seasonal part
         */
        public Seasonal {
            Check.inRange(p, 0, MAX_ORDER, "P");
            Check.inRange(d, 0, MAX_DIFFERENCES, "D");
            Check.inRange(q, 0, MAX_ORDER, "Q");
            Check.atLeast(period, 1, "period");
            Check.that(
                    period > 1 || p + d + q == 0,
                    "period must be >= 2 for seasonal order (" + p + "," + d + "," + q + "), got " + period);
        }

        /**
         * Whether there is no seasonal term at all.
         *
         * @return true if P = D = Q = 0
         */
        public boolean isNone() {
            return p + d + q == 0;
        }
    }

    /**
     * Checks the ranges.
     *
     * @param p order of the autoregression, 0 to 20
     * @param d differences, 0 to 3
     * @param q order of the moving average, 0 to 20
     * @param seasonal the seasonal part
     * @param mean whether the mean of the series is estimated; needs d + D = 0
     * @param drift whether a slope on t = 1, 2, ... is estimated; needs d + D &lt;= 1
     */
    public ArimaSpec {
        Check.inRange(p, 0, MAX_ORDER, "p");
        Check.inRange(d, 0, MAX_DIFFERENCES, "d");
        Check.inRange(q, 0, MAX_ORDER, "q");
        Check.notNull(seasonal, "seasonal");
        int differences = d + seasonal.d();
        Check.that(!mean || differences == 0, "mean must be false for d + D >= 1, got d + D = " + differences);
        Check.that(!drift || differences <= 1, "drift must be false for d + D >= 2, got d + D = " + differences);
    }

    /**
     * A non-seasonal order.
     *
     * @param p order of the autoregression
     * @param d differences
     * @param q order of the moving average
     * @param constant a mean at d = 0, a drift at d = 1; not allowed for d &gt;= 2
     */
    public ArimaSpec(int p, int d, int q, boolean constant) {
        this(p, d, q, Seasonal.NONE, constant && d == 0, constant && d != 0);
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
     * Whether the differenced series has a constant: a mean at d + D = 0, a drift at d + D = 1.
     *
     * @return true if a constant is estimated
     */
    public boolean constant() {
        return d + seasonal.d() == 0 ? mean : drift;
    }

    /**
     * Number of estimated parameters without regressors, with the variance: p + q + P + Q + mean + drift + 1.
     *
     * @return at least 1
     */
    public int parameters() {
        return p + q + seasonal.p() + seasonal.q() + (mean ? 1 : 0) + (drift ? 1 : 0) + 1;
    }

    @Override
    public String toString() {
        String season = seasonal.isNone()
                ? ""
                : "(" + seasonal.p() + "," + seasonal.d() + "," + seasonal.q() + ")[" + seasonal.period() + "]";
        String suffix = mean && drift ? " with mean and drift" : mean ? " with mean" : drift ? " with drift" : "";
        return "ARIMA(" + p + "," + d + "," + q + ")" + season + suffix;
    }
}
