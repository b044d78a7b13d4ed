/** Causal features: returns, volatility, liquidity measures, order-book measures and rolling ranks. */
@NullMarked
package org.lama.core.features;

import org.jspecify.annotations.NullMarked;
