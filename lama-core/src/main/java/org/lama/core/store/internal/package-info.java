/** Jackson, SnakeYAML, Parquet and zstd behind plain Java types; nothing outside of core.store may use it. */
@NullMarked
package org.lama.core.store.internal;

import org.jspecify.annotations.NullMarked;
