/** From a combined signal to a target weight. */
@NullMarked
package org.lama.backtest.sizing;

import org.jspecify.annotations.NullMarked;
