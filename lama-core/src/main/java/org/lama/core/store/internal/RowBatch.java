package org.lama.core.store.internal;

import java.util.List;
import org.lama.core.base.Api;

/**
 * Rows as readers get them.
 *
 * @param rows how many
 * @param columns time first; sequence and availability where wanted; then the others
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public record RowBatch(int rows, List<RawColumn> columns) {
    /**
     * Copies the list.
     *
     * @param rows how many
     * @param columns time first
     */
    public RowBatch {
        columns = List.copyOf(columns);
    }
}
