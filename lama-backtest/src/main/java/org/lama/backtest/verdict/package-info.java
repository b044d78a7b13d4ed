/** The rule that decides between edge, no edge and not enough data. */
@NullMarked
package org.lama.backtest.verdict;

import org.jspecify.annotations.NullMarked;
