/** Data sources: reading bars from files, cleaning them and saying what is wrong with them. */
@NullMarked
package org.lama.core.data;

import org.jspecify.annotations.NullMarked;
