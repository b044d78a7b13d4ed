/** Kernels on primitive arrays: sums, quantiles, linear algebra, optimisers and distributions. */
@NullMarked
package org.lama.core.math;

import org.jspecify.annotations.NullMarked;
