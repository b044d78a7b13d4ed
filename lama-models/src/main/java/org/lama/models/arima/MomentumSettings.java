package org.lama.models.arima;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Settings of the momentum signal.
 *
 * @param order how the order is chosen (default: ADF for d, AICc, stepwise up to (5,5))
 * @param horizon rows over which the log return is forecast, at least 1 (default 1)
 * @param lambda weight of the past in the moving variance of standardised residuals, in (0, 1) (default 0.94)
 * @param scaleQuantile quantile of |z| in the training window that becomes the scale k, in (0, 1) (default 0.90)
 * @param scaleFloor smallest k, above 0 (default 0.02)
 * @param minRows rows below which the signal is neutral, at least 10 (default 100)
 * @param maxMissing largest share of missing rows in the window, in [0, 1) (default 0.05)
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record MomentumSettings(
        AutoArimaOptions order,
        int horizon,
        double lambda,
        double scaleQuantile,
        double scaleFloor,
        int minRows,
        double maxMissing) {
    /**
     * Checks the ranges.
     *
     * @param order how the order is chosen (default: ADF for d, AICc, stepwise up to (5,5))
     * @param horizon rows over which the log return is forecast, at least 1 (default 1)
     * @param lambda weight of the past in the moving variance of standardised residuals, in (0, 1) (default 0.94)
     * @param scaleQuantile quantile of |z| in the training window that becomes the scale k, in (0, 1) (default 0.90)
     * @param scaleFloor smallest k, above 0 (default 0.02)
     * @param minRows rows below which the signal is neutral, at least 10 (default 100)
     * @param maxMissing largest share of missing rows in the window, in [0, 1) (default 0.05)
     */
    public MomentumSettings {
        Check.notNull(order, "order");
        Check.atLeast(horizon, 1, "horizon");
        Check.that(lambda > 0 && lambda < 1, "lambda must be in (0, 1), got " + lambda);
        Check.that(scaleQuantile > 0 && scaleQuantile < 1, "scaleQuantile must be in (0, 1), got " + scaleQuantile);
        Check.positive(scaleFloor, "scaleFloor");
        Check.atLeast(minRows, 10, "minRows");
        Check.that(maxMissing >= 0 && maxMissing < 1, "maxMissing must be in [0, 1), got " + maxMissing);
    }

    /**
     * The settings of the default study.
     *
     * @return the defaults
     */
    public static MomentumSettings defaults() {
        return new MomentumSettings(AutoArimaOptions.defaults(), 1, 0.94, 0.90, 0.02, 100, 0.05);
    }

    /**
     * A copy with another choice of the order.
     *
     * @param newOrder how the order is chosen
     * @return the copy
     */
    public MomentumSettings withOrder(AutoArimaOptions newOrder) {
        return new MomentumSettings(newOrder, horizon, lambda, scaleQuantile, scaleFloor, minRows, maxMissing);
    }

    /**
     * A copy with another horizon.
     *
     * @param newHorizon rows over which the log return is forecast
     * @return the copy
     */
    public MomentumSettings withHorizon(int newHorizon) {
        return new MomentumSettings(order, newHorizon, lambda, scaleQuantile, scaleFloor, minRows, maxMissing);
    }
}
