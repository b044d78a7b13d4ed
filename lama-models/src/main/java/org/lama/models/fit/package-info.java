/** What every estimated model shares: estimators and residual diagnostics. */
@NullMarked
package org.lama.models.fit;

import org.jspecify.annotations.NullMarked;
