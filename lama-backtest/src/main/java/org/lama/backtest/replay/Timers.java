package org.lama.backtest.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Timers of a strategy, a handful: the earliest first, of equal times the one that was set first. Not thread-safe. */
final class Timers {
    private long[] time = new long[8];
    private final List<String> name = new ArrayList<>();
    private long next = MessageBus.NEVER;

    long nextNanos() {
        return next;
    }

    void set(String timer, long atNanos) {
        int at = name.size();
        while (at > 0 && time[at - 1] > atNanos) {
            at--;
        }
        if (name.size() == time.length) {
            time = Arrays.copyOf(time, 2 * time.length);
        }
        System.arraycopy(time, at, time, at + 1, name.size() - at);
        time[at] = atNanos;
        name.add(at, timer);
        next = time[0];
    }

    String take() {
        String first = name.remove(0);
        System.arraycopy(time, 1, time, 0, name.size());
        next = name.isEmpty() ? MessageBus.NEVER : time[0];
        return first;
    }
}
