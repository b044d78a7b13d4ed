/** Unit-root and portmanteau tests, autocorrelations and moments. */
@NullMarked
package org.lama.core.stats;

import org.jspecify.annotations.NullMarked;
