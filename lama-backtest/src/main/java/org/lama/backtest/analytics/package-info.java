/** Performance metrics, probabilistic and deflated Sharpe ratio, overfitting probability and bootstrap intervals. */
@NullMarked
package org.lama.backtest.analytics;

import org.jspecify.annotations.NullMarked;
