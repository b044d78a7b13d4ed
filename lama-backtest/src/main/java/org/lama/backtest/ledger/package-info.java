/** Double-entry accounts and positions in fixed point; the identity is checked after every event. */
@NullMarked
package org.lama.backtest.ledger;

import org.jspecify.annotations.NullMarked;
