/** Volatility models of returns: ARCH, GARCH, GJR-GARCH and EGARCH by maximum likelihood; no trading signal. */
@NullMarked
package org.lama.models.garch;

import org.jspecify.annotations.NullMarked;
