package org.lama.core.sources;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Stretches of time that do not touch each other, ascending. Immutable. */
final class TimeRanges {
    static final TimeRanges NONE = new TimeRanges(List.of());

    private final List<Range> ranges;

    /** From, inclusive, to, exclusive. */
    record Range(long from, long to) {}

    private TimeRanges(List<Range> ranges) {
        this.ranges = ranges;
    }

    List<Range> ranges() {
        return ranges;
    }

    TimeRanges plus(long from, long to) {
        if (from >= to) {
            return this;
        }
        List<Range> all = new ArrayList<>(ranges);
        all.add(new Range(from, to));
        all.sort(Comparator.comparingLong(Range::from));
        List<Range> joined = new ArrayList<>();
        for (Range range : all) {
            int last = joined.size() - 1;
            if (last >= 0 && range.from() <= joined.get(last).to()) {
                Range before = joined.get(last);
                joined.set(last, new Range(before.from(), Math.max(before.to(), range.to())));
            } else {
                joined.add(range);
            }
        }
        return new TimeRanges(List.copyOf(joined));
    }

    /** All of here and of others. */
    TimeRanges plus(TimeRanges others) {
        TimeRanges all = this;
        for (Range range : others.ranges) {
            all = all.plus(range.from(), range.to());
        }
        return all;
    }

    /** What of here lies outside of a range. */
    TimeRanges minus(long from, long to) {
        if (from >= to) {
            return this;
        }
        TimeRanges rest = NONE;
        for (Range range : ranges) {
            rest = rest.plus(range.from(), Math.min(range.to(), from)).plus(Math.max(range.from(), to), range.to());
        }
        return rest;
    }

    /** What of a range is not in here. */
    List<Range> missing(long from, long to) {
        List<Range> missing = new ArrayList<>();
        long at = from;
        for (Range range : ranges) {
            if (range.from() >= to) {
                break;
            }
            if (range.from() > at) {
                missing.add(new Range(at, range.from()));
            }
            at = Math.max(at, range.to());
        }
        if (at < to) {
            missing.add(new Range(at, to));
        }
        return missing;
    }
}
