package org.lama.backtest.walkforward;

import java.util.Arrays;
import java.util.List;
import org.lama.core.series.Frame;

/** The union of all bar opens, with the row of each listing at each of them. */
final class TimeGrid {
    final long[] opens;
    final long barNanos;
    private final int[][] rows;

    private TimeGrid(long[] opens, long barNanos, int[][] rows) {
        this.opens = opens;
        this.barNanos = barNanos;
        this.rows = rows;
    }

    static TimeGrid of(List<Frame> frames) {
        int total = frames.stream().mapToInt(Frame::size).sum();
        long[] all = new long[total];
        int n = 0;
        for (Frame frame : frames) {
            long[] times = frame.index().copyRange(0, frame.size());
            System.arraycopy(times, 0, all, n, times.length);
            n += times.length;
        }
        Arrays.sort(all);
        int distinct = 0;
        for (int i = 0; i < all.length; i++) {
            if (i == 0 || all[i] != all[i - 1]) {
                all[distinct++] = all[i];
            }
        }
        long[] opens = Arrays.copyOf(all, distinct);
        int[][] rows = new int[frames.size()][];
        for (int f = 0; f < rows.length; f++) {
            rows[f] = rowsOf(opens, frames.get(f));
        }
        return new TimeGrid(opens, frames.get(0).barNanos(), rows);
    }

    private static int[] rowsOf(long[] opens, Frame frame) {
        int[] rows = new int[opens.length];
        int row = 0;
        for (int g = 0; g < opens.length; g++) {
            boolean here = row < frame.size() && frame.index().at(row) == opens[g];
            rows[g] = here ? row++ : -1;
        }
        return rows;
    }

    int size() {
        return opens.length;
    }

    long close(int step) {
        return opens[step] + barNanos;
    }

    /** The row of a listing whose bar opens at a step of the grid, -1 if it has none. */
    int row(int listing, int step) {
        return rows[listing][step];
    }

    double barsPerDay() {
        return 86_400e9 / barNanos;
    }
}
