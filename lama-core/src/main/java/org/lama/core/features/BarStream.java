package org.lama.core.features;

import org.lama.core.base.Api;

/**
 * An estimator that is fed bar by bar. One stream serves one instrument and one thread; a new one starts anew.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
@FunctionalInterface
public interface BarStream {
    /**
     * Takes the next bar. Prices and volumes that are missing are NaN.
     *
     * @param open first price
     * @param high highest price
     * @param low lowest price
     * @param close last price
     * @param volume traded quantity in base currency
     * @return the estimate at the close of this bar; NaN while too few bars are present
     */
    double next(double open, double high, double low, double close, double volume);
}
