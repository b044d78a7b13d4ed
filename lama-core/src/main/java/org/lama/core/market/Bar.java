package org.lama.core.market;

import org.lama.core.base.Api;

/**
 * One bar, a view made at the edge; loops use columns instead.
 *
 * @param openNanos when the bar opened, UTC epoch nanoseconds
 * @param open first price, in quote currency
 * @param high highest price
 * @param low lowest price
 * @param close last price
 * @param volume traded quantity in base currency, NaN if unknown
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public record Bar(long openNanos, double open, double high, double low, double close, double volume) {}
