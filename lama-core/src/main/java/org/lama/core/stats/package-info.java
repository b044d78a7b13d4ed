/** Unit-root, stationarity, cointegration, portmanteau and other tests of time series; autocorrelations and moments. */
@NullMarked
package org.lama.core.stats;

import org.jspecify.annotations.NullMarked;
