package org.lama.core.store.internal;

import java.util.List;
import java.util.OptionalLong;
import org.lama.core.base.Api;

/**
 * What is read.
 *
 * @param series of which series
 * @param fromNanos first time, inclusive
 * @param toNanos end, exclusive
 * @param columns wanted columns besides time; empty for all
 * @param availableBy only rows known by then
 * @param everyVersion whether all versions of a row are wanted, not the last one
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public record ReadRequest(
        ServerSeries series,
        long fromNanos,
        long toNanos,
        List<String> columns,
        OptionalLong availableBy,
        boolean everyVersion) {
    /**
     * Copies the list.
     *
     * @param series of which series
     * @param fromNanos first time, inclusive
     * @param toNanos end, exclusive
     * @param columns wanted columns besides time; empty for all
     * @param availableBy only rows known by then
     * @param everyVersion whether all versions of a row are wanted, not the last one
     */
    public ReadRequest {
        columns = List.copyOf(columns);
    }
}
