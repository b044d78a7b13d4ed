/** Columnar files, documents (JSON and YAML) and checksums. */
@NullMarked
package org.lama.core.store;

import org.jspecify.annotations.NullMarked;
