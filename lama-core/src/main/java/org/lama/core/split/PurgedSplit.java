package org.lama.core.split;

import java.util.List;
import java.util.stream.IntStream;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * One split of a cross-validation: which rows fit and which rows test. Immutable and thread-safe.
 *
 * @param number number of the split, from 0
 * @param groups numbers of the groups that test, ascending
 * @param train rows that fit, as ascending ranges that do not touch; empty if purge and embargo leave none
 * @param test rows that test, one range per group
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record PurgedSplit(int number, List<Integer> groups, List<Range> train, List<Range> test) {
    /**
     * Copies the lists.
     *
     * @param number number of the split, from 0
     * @param groups numbers of the groups that test, ascending
     * @param train rows that fit, as ascending ranges that do not touch; empty if purge and embargo leave none
     * @param test rows that test, one range per group
     */
    public PurgedSplit {
        Check.atLeast(number, 0, "number");
        groups = List.copyOf(groups);
        train = List.copyOf(train);
        test = List.copyOf(test);
    }

    /**
     * Rows [from, to).
     *
     * @param from first row
     * @param to row after the last, above from
     */
    public record Range(int from, int to) {
        /**
         * Checks the order.
         *
         * @param from first row
         * @param to row after the last, above from
         */
        public Range {
            Check.that(0 <= from && from < to, "rows must satisfy 0 <= from < to, got " + from + ", " + to);
        }
    }

    /**
     * The rows that fit.
     *
     * @return ascending rows; a copy
     */
    public int[] trainRows() {
        return rows(train);
    }

    /**
     * The rows that test.
     *
     * @return ascending rows; a copy
     */
    public int[] testRows() {
        return rows(test);
    }

    private static int[] rows(List<Range> ranges) {
        return ranges.stream()
                .flatMapToInt(range -> IntStream.range(range.from(), range.to()))
                .toArray();
    }
}
