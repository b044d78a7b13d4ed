/** Limits that bind last. */
@NullMarked
package org.lama.backtest.risk;

import org.jspecify.annotations.NullMarked;
