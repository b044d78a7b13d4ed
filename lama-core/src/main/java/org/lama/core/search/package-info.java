/**
 * Parameter spaces, samplers that ask and are told, pruners; trials and their hash-chained ledger; the executor of
 * independent tasks. What a trial computes is no matter of this package.
 */
@NullMarked
package org.lama.core.search;

import org.jspecify.annotations.NullMarked;
