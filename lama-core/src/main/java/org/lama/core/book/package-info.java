/** Order books by price level and by order, their measures, and feeds of them as columns. Knows no venue and no store. */
@NullMarked
package org.lama.core.book;

import org.jspecify.annotations.NullMarked;
