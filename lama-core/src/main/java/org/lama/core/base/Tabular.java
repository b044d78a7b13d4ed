package org.lama.core.base;

import java.util.List;

/**
 * What every printable result implements: named columns of equal length.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public interface Tabular {
    /**
     * The columns, from left to right.
     *
     * @return at least one column; all have the same number of cells
     */
    List<Column> columns();

    /**
     * The result as text with aligned columns.
     *
     * @return lines that end in a line feed
     */
    default String asText() {
        return TextTable.render(columns());
    }

    /**
     * One column of cells: {@link Double}, {@link Long}, {@link String}, {@link Boolean} or {@link java.time.Instant}.
     *
     * @param name heading
     * @param cells one value per row; a missing number is NaN, a missing text is empty
     */
    record Column(String name, List<?> cells) {
        /**
         * Copies the cells.
         *
         * @param name heading
         * @param cells one value per row; a missing number is NaN, a missing text is empty
         */
        public Column {
            Check.notBlank(name, "name");
            cells = List.copyOf(cells);
        }
    }
}
