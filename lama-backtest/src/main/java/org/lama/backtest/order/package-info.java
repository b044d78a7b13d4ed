/** Orders, fills and order events: values only. */
@NullMarked
package org.lama.backtest.order;

import org.jspecify.annotations.NullMarked;
