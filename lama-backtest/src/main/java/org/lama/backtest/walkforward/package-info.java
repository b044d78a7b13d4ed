/** Walk-forward studies: folds, fits, signals, combination, positions. */
@NullMarked
package org.lama.backtest.walkforward;

import org.jspecify.annotations.NullMarked;
