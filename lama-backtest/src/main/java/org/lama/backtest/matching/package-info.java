/** The venue's side of a replayed book: own orders in its queues, and how long messages to and from it take. */
@NullMarked
package org.lama.backtest.matching;

import org.jspecify.annotations.NullMarked;
