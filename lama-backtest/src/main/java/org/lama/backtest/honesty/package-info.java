/** Checks that a whole strategy cannot see the future. */
@NullMarked
package org.lama.backtest.honesty;

import org.jspecify.annotations.NullMarked;
