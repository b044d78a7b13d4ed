/** The strategy port and its point-in-time context. */
@NullMarked
package org.lama.backtest.strategy;

import org.jspecify.annotations.NullMarked;
