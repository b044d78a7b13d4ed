/** Isolation Forest and the anomaly signal. */
@NullMarked
package org.lama.models.anomaly;

import org.jspecify.annotations.NullMarked;
