/** The bar loop: fills at the open, marks and decisions at the close. */
@NullMarked
package org.lama.backtest.engine;

import org.jspecify.annotations.NullMarked;
