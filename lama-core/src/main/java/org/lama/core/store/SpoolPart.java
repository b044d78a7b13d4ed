package org.lama.core.store;

import org.lama.core.series.Provenance;
import org.lama.core.store.internal.RowBlock;

/**
 * A part of a write that may have to wait.
 *
 * @param key of which series
 * @param provenance where the rows came from
 * @param strict whether a revision stops it
 * @param block the rows
 */
record SpoolPart(SeriesKey key, Provenance provenance, boolean strict, RowBlock block) {}
