/** Argument checks, seeds, issues, clocks and the printable-table contract that everything else stands on. */
@NullMarked
package org.lama.core.base;

import org.jspecify.annotations.NullMarked;
