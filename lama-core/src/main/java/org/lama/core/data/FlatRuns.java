package org.lama.core.data;

import org.lama.core.base.Issue;

/** Finds runs of bars with equal prices, and the flat tail without volume that a delisted coin leaves behind. */
final class FlatRuns {
    private final JudgedBars judged;
    private final int least;

    FlatRuns(JudgedBars judged, int least) {
        this.judged = judged;
        this.least = least;
    }

    void mark() {
        int start = 0;
        for (int bar = 1; bar <= judged.bars(); bar++) {
            if (bar == judged.bars() || !same(bar, start)) {
                if (bar - start >= least && usable(start)) {
                    judged.count(Issue.Reason.STALE_RUN, start, (bar - start) + " bars with equal prices");
                }
                start = bar;
            }
        }
        deadTail();
    }

    private boolean usable(int bar) {
        return !Double.isNaN(judged.usableClose(bar));
    }

    private boolean same(int bar, int start) {
        for (int field = RawTable.OPEN; field <= RawTable.CLOSE; field++) {
            if (Double.compare(judged.field(field, bar), judged.field(field, start)) != 0) {
                return false;
            }
        }
        return usable(bar);
    }

    /** The tail needs a volume of zero in every bar, for a flat price alone may be a quiet peg. */
    private void deadTail() {
        int last = judged.bars() - 1;
        int first = last;
        while (first >= 0 && judged.field(RawTable.VOLUME, first) == 0 && flatWith(first, last)) {
            first--;
        }
        int bars = last - first;
        if (bars >= least && first >= 0) {
            judged.count(Issue.Reason.DEAD_TAIL, bars, first + 1, bars + " flat bars without trade up to the end");
            for (int bar = first + 1; bar <= last; bar++) {
                judged.mark(bar, Checked.DEAD);
            }
        }
    }

    private boolean flatWith(int bar, int last) {
        double close = judged.field(RawTable.CLOSE, last);
        return judged.field(RawTable.CLOSE, bar) == close
                && judged.field(RawTable.HIGH, bar) == close
                && judged.field(RawTable.LOW, bar) == close;
    }
}
