package org.lama.core.data;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.lama.core.base.Issue;
import org.lama.core.series.TimeIndex;

/** Brings rows into the order of time and says how they stood before. Stateless. */
final class TimeOrder {
    private TimeOrder() {}

    /** Rows with a time, ascending; equal times keep the file's order, or that of their versions. Others go to {@code withoutTime}. */
    static int[] sort(RawTable table, int[] given, Tally tally, IntConsumer withoutTime) {
        int[] rows = new int[given.length];
        int count = 0;
        for (int row : given) {
            if (table.times[row] == TimeText.NONE) {
                withoutTime.accept(row);
            } else {
                rows[count++] = row;
            }
        }
        rows = Arrays.copyOf(rows, count);
        if (steps(table, rows, -1) > steps(table, rows, 1)) {
            reverse(rows);
            tally.add(Issue.Reason.REVERSED, () -> "all rows");
        }
        boolean sorted = true;
        for (int i = 1; i < count; i++) {
            sorted &= table.compare(rows[i - 1], rows[i]) <= 0;
            if (table.times[rows[i]] < table.times[rows[i - 1]]) {
                int row = rows[i];
                int above = rows[i - 1];
                tally.add(
                        Issue.Reason.OUT_OF_ORDER,
                        () -> time(table, row) + " (row " + table.rowNumbers[row] + ") beside " + time(table, above));
            }
        }
        return sorted ? rows : merged(table, rows);
    }

    private static String time(RawTable table, int row) {
        return TimeIndex.instant(table.times[row]).toString();
    }

    private static int steps(RawTable table, int[] rows, int sign) {
        int count = 0;
        for (int i = 1; i < rows.length; i++) {
            count += Long.compare(table.times[rows[i]], table.times[rows[i - 1]]) == sign ? 1 : 0;
        }
        return count;
    }

    private static void reverse(int[] rows) {
        for (int i = 0, j = rows.length - 1; i < j; i++, j--) {
            int row = rows[i];
            rows[i] = rows[j];
            rows[j] = row;
        }
    }

    /** A stable merge sort from the bottom up: disorder is rare, but a file may hold nothing else. */
    private static int[] merged(RawTable table, int[] rows) {
        int[] from = rows;
        int[] to = new int[rows.length];
        for (int width = 1; width < rows.length; width *= 2) {
            for (int start = 0; start < rows.length; start += 2 * width) {
                int middle = Math.min(start + width, rows.length);
                merge(table, from, start, middle, Math.min(middle + width, rows.length), to);
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private static void merge(RawTable table, int[] from, int start, int middle, int end, int[] to) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeLeft = left < middle && (right >= end || table.compare(from[left], from[right]) <= 0);
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }
}
