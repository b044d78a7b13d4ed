/** Figures, tables and the self-contained report. */
@NullMarked
package org.lama.backtest.report;

import org.jspecify.annotations.NullMarked;
