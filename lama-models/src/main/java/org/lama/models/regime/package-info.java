/** Causal market regimes with hysteresis. */
@NullMarked
package org.lama.models.regime;

import org.jspecify.annotations.NullMarked;
