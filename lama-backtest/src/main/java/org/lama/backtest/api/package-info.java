/** Lama, the one entry for notebooks and consumers. */
@NullMarked
package org.lama.backtest.api;

import org.jspecify.annotations.NullMarked;
