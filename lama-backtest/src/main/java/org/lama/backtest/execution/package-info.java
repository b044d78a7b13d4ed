/** How target weights become orders and orders become fills. */
@NullMarked
package org.lama.backtest.execution;

import org.jspecify.annotations.NullMarked;
