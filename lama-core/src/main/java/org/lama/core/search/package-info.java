/** Trials and their hash-chained ledger, and the executor of independent tasks. */
@NullMarked
package org.lama.core.search;

import org.jspecify.annotations.NullMarked;
