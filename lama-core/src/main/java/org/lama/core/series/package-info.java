/** Time-indexed columns: frames, series, provenance, resampling, as-of joins and the quality report type. */
@NullMarked
package org.lama.core.series;

import org.jspecify.annotations.NullMarked;
