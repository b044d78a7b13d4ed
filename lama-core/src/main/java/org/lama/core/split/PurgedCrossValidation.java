package org.lama.core.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Cross-validation of rows in time whose labels reach into later rows: purged k-fold, and combinatorial purged
 * cross-validation with its backtest paths. Pure index arithmetic.
 *
 * <p>The rows are cut into N groups of consecutive rows, the first {@code rows mod N} one row longer. Every choice of k
 * groups is one split, C(N, k) of them in lexicographic order: these groups test, the others fit, less the rows that are
 * purged (their label, from the row's time to the end of its label, overlaps the span from a test group's first row to the
 * last end of its labels) and the {@code embargoRows} rows that begin after such a span. Purge works on both sides, embargo
 * on the later side only, where serial correlation leads from the test rows to the rows that fit. Test groups that are
 * neighbours are one block.
 *
 * <p>Every group is tested by φ = C(N - 1, k - 1) splits = C(N, k) k / N; path p takes for each group the p-th of them, so
 * that each of the φ {@linkplain #paths() paths} covers every row once, out of sample throughout. k = 1 is purged k-fold,
 * with one path. Training rows lie before and after the test rows: that is a test of a model, not a simulation of trading
 * it; for that see {@link WalkForward}.
 *
 * <p>Source: López de Prado 2018, Advances in Financial Machine Learning, sections 7.4 and 12.3–12.4. Immutable and
 * thread-safe. O(C(N, k) · rows).
 *
 * @param groups N, 2 to 64
 * @param testGroups k, 1 to N - 1, such that there are at most {@value #MAXIMUM_SPLITS} splits
 * @param embargoRows rows left out after each test block, at least 0
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record PurgedCrossValidation(int groups, int testGroups, int embargoRows) {
    /** More splits are refused: nobody fits so many models by intention. */
    public static final int MAXIMUM_SPLITS = 100_000;

    private static final int MAXIMUM_GROUPS = 64;

    /**
     * Checks the ranges.
     *
     * @param groups N, 2 to 64
     * @param testGroups k, 1 to N - 1, such that there are at most {@value #MAXIMUM_SPLITS} splits
     * @param embargoRows rows left out after each test block, at least 0
     */
    public PurgedCrossValidation {
        Check.inRange(groups, 2, MAXIMUM_GROUPS, "groups");
        Check.inRange(testGroups, 1, groups - 1, "testGroups");
        Check.atLeast(embargoRows, 0, "embargoRows");
        Check.that(
                binomial(groups, testGroups) <= MAXIMUM_SPLITS,
                "groups and testGroups must give at most " + MAXIMUM_SPLITS + " splits, got C(" + groups + ", "
                        + testGroups + ") = " + (long) binomial(groups, testGroups));
    }

    /**
     * Purged k-fold.
     *
     * @param folds number of folds, 2 to 64
     * @param embargoRows rows left out after each test fold, at least 0
     * @return the plan, with one path
     */
    public static PurgedCrossValidation kFold(int folds, int embargoRows) {
        return new PurgedCrossValidation(folds, 1, embargoRows);
    }

    /**
     * Number of splits.
     *
     * @return C(N, k)
     */
    public int splitCount() {
        return (int) binomial(groups, testGroups);
    }

    /**
     * Number of backtest paths, and of times each row is tested.
     *
     * @return φ = C(N - 1, k - 1)
     */
    public int pathCount() {
        return (int) binomial(groups - 1, testGroups - 1);
    }

    /**
     * The splits of rows whose labels all look the same number of rows ahead.
     *
     * @param rows number of rows, at least N
     * @param horizonRows rows from a row to the last one its label uses, at least 0
     * @return C(N, k) splits
     */
    public List<PurgedSplit> splits(int rows, int horizonRows) {
        Check.atLeast(rows, groups, "rows");
        Check.atLeast(horizonRows, 0, "horizonRows");
        long[] times = new long[rows];
        long[] ends = new long[rows];
        for (int i = 0; i < rows; i++) {
            times[i] = i;
            ends[i] = (long) i + horizonRows;
        }
        return splits(times, ends);
    }

    /**
     * The splits of rows with labels of their own lengths.
     *
     * @param times when each row is known, not decreasing
     * @param labelEnds when the last thing that each row's label uses is known, at least its time; need not be ascending
     * @return C(N, k) splits
     */
    public List<PurgedSplit> splits(long[] times, long[] labelEnds) {
        int rows = check(times, labelEnds);
        List<PurgedSplit> splits = new ArrayList<>(splitCount());
        int[] chosen = first();
        do {
            splits.add(split(splits.size(), chosen, times, labelEnds, rows));
        } while (next(chosen));
        return List.copyOf(splits);
    }

    /**
     * Which split each path takes for each group.
     *
     * @return [path][group] number of a split that tests the group; every split stands once for each of its k groups
     */
    public int[][] paths() {
        int[][] paths = new int[pathCount()][groups];
        int[] used = new int[groups];
        int[] chosen = first();
        int split = 0;
        do {
            for (int group : chosen) {
                paths[used[group]++][group] = split;
            }
            split++;
        } while (next(chosen));
        return paths;
    }

    /**
     * Puts one path together.
     *
     * @param path number of the path, from 0
     * @param bySplit [split][row] what the model fitted on a split's training rows says of a row; only test rows are read
     * @return one value per row, each from a model that did not see it
     */
    public double[] assemble(int path, double[][] bySplit) {
        Check.inRange(path, 0, pathCount() - 1, "path");
        Check.that(
                bySplit.length == splitCount(),
                "bySplit must have one row per split, " + splitCount() + ", got " + bySplit.length);
        int rows = bySplit[0].length;
        Check.atLeast(rows, groups, "rows");
        int[] splits = paths()[path];
        double[] values = new double[rows];
        for (int group = 0; group < groups; group++) {
            double[] source = bySplit[splits[group]];
            Check.that(source.length == rows, "bySplit must have " + rows + " values in every split");
            int from = groupStart(group, rows);
            System.arraycopy(source, from, values, from, groupStart(group + 1, rows) - from);
        }
        return values;
    }

    /**
     * First row of a group.
     *
     * @param group number of the group, 0 to N; N gives the number of rows
     * @param rows number of rows
     * @return the row
     */
    public int groupStart(int group, int rows) {
        return group * (rows / groups) + Math.min(group, rows % groups);
    }

    private int check(long[] times, long[] labelEnds) {
        Check.notNull(times, "times");
        Check.notNull(labelEnds, "labelEnds");
        int rows = Check.atLeast(times.length, groups, "number of rows");
        Check.that(labelEnds.length == rows, "labelEnds must have " + rows + " rows, got " + labelEnds.length);
        for (int i = 0; i < rows; i++) {
            Check.that(i == 0 || times[i] >= times[i - 1], "times must not decrease, but do at row " + i);
            Check.that(labelEnds[i] >= times[i], "labelEnds[" + i + "] must not lie before the row's time");
        }
        return rows;
    }

    private PurgedSplit split(int number, int[] chosen, long[] times, long[] labelEnds, int rows) {
        boolean[] out = new boolean[rows];
        List<PurgedSplit.Range> test = new ArrayList<>();
        List<Integer> names = new ArrayList<>();
        int k = 0;
        while (k < chosen.length) {
            int last = k;
            while (last + 1 < chosen.length && chosen[last + 1] == chosen[last] + 1) {
                last++;
            }
            exclude(out, groupStart(chosen[k], rows), groupStart(chosen[last] + 1, rows), times, labelEnds);
            k = last + 1;
        }
        for (int group : chosen) {
            names.add(group);
            test.add(new PurgedSplit.Range(groupStart(group, rows), groupStart(group + 1, rows)));
        }
        return new PurgedSplit(number, names, train(out), test);
    }

    /** Marks the test block, what overlaps its labels, and the embargo after them. */
    private void exclude(boolean[] out, int from, int to, long[] times, long[] labelEnds) {
        long start = times[from];
        long end = Long.MIN_VALUE;
        for (int i = from; i < to; i++) {
            end = Math.max(end, labelEnds[i]);
        }
        int embargoed = 0;
        for (int i = 0; i < out.length; i++) {
            boolean inside = i >= from && i < to;
            boolean overlaps = times[i] <= end && labelEnds[i] >= start;
            boolean later = i >= to && times[i] > end && embargoed < embargoRows;
            embargoed += later ? 1 : 0;
            out[i] |= inside || overlaps || later;
        }
    }

    private static List<PurgedSplit.Range> train(boolean[] out) {
        List<PurgedSplit.Range> ranges = new ArrayList<>();
        int i = 0;
        while (i < out.length) {
            int from = i;
            while (i < out.length && !out[i]) {
                i++;
            }
            if (i > from) {
                ranges.add(new PurgedSplit.Range(from, i));
            }
            i++;
        }
        return ranges;
    }

    private int[] first() {
        int[] chosen = new int[testGroups];
        Arrays.setAll(chosen, i -> i);
        return chosen;
    }

    /** The next choice in lexicographic order, in place; false after the last. */
    private boolean next(int[] chosen) {
        int i = testGroups - 1;
        while (i >= 0 && chosen[i] == groups - testGroups + i) {
            i--;
        }
        if (i < 0) {
            return false;
        }
        chosen[i]++;
        for (int j = i + 1; j < testGroups; j++) {
            chosen[j] = chosen[j - 1] + 1;
        }
        return true;
    }

    /** C(n, k) in doubles, exact below 2^53: larger ones are refused anyway. */
    private static double binomial(int n, int k) {
        double value = 1;
        for (int i = 1; i <= Math.min(k, n - k); i++) {
            value = value * (n - i + 1) / i;
        }
        return Math.rint(value);
    }
}
