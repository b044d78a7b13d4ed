/** A deterministic synthetic market with planted truths, always marked SYNTHETIC, and a few classic series for examples. */
@NullMarked
package org.lama.datasets;

import org.jspecify.annotations.NullMarked;
