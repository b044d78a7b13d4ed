/** A deterministic synthetic market with planted truths, always marked SYNTHETIC. */
@NullMarked
package org.lama.datasets;

import org.jspecify.annotations.NullMarked;
