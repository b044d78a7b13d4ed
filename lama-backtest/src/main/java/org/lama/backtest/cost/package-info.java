/** Commission and slippage models. */
@NullMarked
package org.lama.backtest.cost;

import org.jspecify.annotations.NullMarked;
