/** Parameter sweeps: many configurations of one strategy over one market, counted, resumable, judged as a whole. */
@NullMarked
package org.lama.backtest.sweep;

import org.jspecify.annotations.NullMarked;
