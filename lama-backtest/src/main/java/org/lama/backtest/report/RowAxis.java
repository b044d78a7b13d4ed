package org.lama.backtest.report;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lama.core.series.Series;
import org.lama.core.series.TimeIndex;

/**
 * Where the rows of a model stand on the horizontal axis: at their times where these are known, else at row numbers from
 * 1. Steps below a microsecond are no times: they are row numbers in a time's clothes. A title of its own says what is
 * counted; times need none.
 */
@SuppressWarnings("ArrayRecordComponent") // a private carrier that is never compared
record RowAxis(double[] at, String title) {
    private static final double SHORTEST_STEP_NANOS = 1e3;
    private static final int STEPS_BEHIND = 12;

    static RowAxis rows(int count) {
        return new RowAxis(IntStream.rangeClosed(1, count).asDoubleStream().toArray(), "row");
    }

    /** Steps before and after the last of some rows: it has number 0. */
    static RowAxis steps(int count) {
        return new RowAxis(
                IntStream.range(1 - count, 1).asDoubleStream().toArray(), "steps ahead of the last observation");
    }

    /** The times of a series that has this many rows; row numbers if it has another length or no times. */
    static RowAxis of(Optional<Series> observed, int count) {
        return observed.filter(series -> series.size() == count && isTimed(series.index()))
                .map(series -> new RowAxis(
                        Arrays.stream(series.index().copyRange(0, count))
                                .asDoubleStream()
                                .toArray(),
                        ""))
                .orElseGet(() -> rows(count));
    }

    private static boolean isTimed(TimeIndex index) {
        int n = index.size();
        return n > 1 && ((double) index.at(n - 1) - index.at(0)) / (n - 1) >= SHORTEST_STEP_NANOS;
    }

    /** The same axis with more rows behind the last, in the mean step of the last rows. */
    RowAxis extended(int more) {
        int n = at.length;
        int steps = Math.min(STEPS_BEHIND, n - 1);
        double step = steps > 0 ? (at[n - 1] - at[n - 1 - steps]) / steps : 1;
        double[] longer = Arrays.copyOf(at, n + more);
        for (int k = 0; k < more; k++) {
            longer[n + k] = (n == 0 ? 0 : at[n - 1]) + (k + 1) * step;
        }
        return new RowAxis(longer, title);
    }

    RowAxis from(int row) {
        return new RowAxis(Arrays.copyOfRange(at, row, at.length), title);
    }

    /** First and last place; a single row gets room on both sides. */
    double[] range() {
        double[] ends = Scale.range(at);
        return ends[1] > ends[0] ? ends : new double[] {ends[0] - 0.5, ends[0] + 0.5};
    }

    void draw(Panel panel) {
        if (title.isEmpty()) {
            panel.timeAxis();
        } else {
            panel.xAxis(panel.wholeTicks(), title);
        }
    }

    /** A row in words: its date or its number. */
    String word(int row) {
        return title.isEmpty() ? "on " + Words.date((long) at[row]) : "in row " + Numbers.fixed(at[row], 0);
    }
}
