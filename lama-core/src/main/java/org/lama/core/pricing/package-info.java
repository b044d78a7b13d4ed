/** Prices, greeks and implied volatilities of European options on forwards. */
@NullMarked
package org.lama.core.pricing;

import org.jspecify.annotations.NullMarked;
