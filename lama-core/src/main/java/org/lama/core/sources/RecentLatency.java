package org.lama.core.sources;

import java.util.Arrays;

/**
 * The median of what the last messages took that tell both times; 0 before the first. It looks back alone, so that a part of
 * a feed has it as the whole does. O(1) to add, O(n log n) to ask after n that were added, n at most 101. Not thread-safe.
 */
final class RecentLatency {
    private static final int REMEMBERED = 101;

    private final long[] last = new long[REMEMBERED];
    private final long[] sorted = new long[REMEMBERED];
    private int count;
    private int next;
    private boolean isOld = true;
    private long median;

    void add(long nanos) {
        last[next] = nanos;
        next = (next + 1) % REMEMBERED;
        count = Math.min(count + 1, REMEMBERED);
        isOld = true;
    }

    long median() {
        if (isOld && count > 0) {
            System.arraycopy(last, 0, sorted, 0, count);
            Arrays.sort(sorted, 0, count);
            median = sorted[(count - 1) / 2];
        }
        isOld = false;
        return median;
    }
}
