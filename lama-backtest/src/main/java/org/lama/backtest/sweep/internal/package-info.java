/** Sweeps on Apache Spark: the only place that knows it. Left out of a build with {@code -Dquick}. */
@NullMarked
package org.lama.backtest.sweep.internal;

import org.jspecify.annotations.NullMarked;
