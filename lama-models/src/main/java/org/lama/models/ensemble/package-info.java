/** Combiners: weighted, dynamic, consensus and Bayesian, and the switch to consensus in a crisis. */
@NullMarked
package org.lama.models.ensemble;

import org.jspecify.annotations.NullMarked;
