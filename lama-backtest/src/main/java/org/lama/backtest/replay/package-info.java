/** Replays feeds of order books to a strategy: two clocks, latencies, and a venue that answers in its own time. */
@NullMarked
package org.lama.backtest.replay;

import org.jspecify.annotations.NullMarked;
