/** Contracts between models, combiners, regimes and the studies that use them, and the honesty check for all of them. */
@NullMarked
package org.lama.core.signal;

import org.jspecify.annotations.NullMarked;
