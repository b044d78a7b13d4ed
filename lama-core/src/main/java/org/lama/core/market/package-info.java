/** Instruments, sides, bars, book snapshots and the cost contract; no prices are stored here. */
@NullMarked
package org.lama.core.market;

import org.jspecify.annotations.NullMarked;
