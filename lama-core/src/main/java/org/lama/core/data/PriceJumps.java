package org.lama.core.data;

import java.util.Locale;
import org.lama.core.base.Issue;

/**
 * Finds closes that cannot follow from the one before: spikes, which are not believed, and moves that stay, which begin
 * a new segment. A spike is undone when a close comes back within the square root of the spike's ratio.
 */
final class PriceJumps {
    private final JudgedBars judged;
    private final LoadOptions.Quarantine settings;
    private final int[] bars;
    private final double[] logs;

    PriceJumps(JudgedBars judged, LoadOptions.Quarantine settings) {
        this.judged = judged;
        this.settings = settings;
        int count = 0;
        int[] usable = new int[judged.bars()];
        for (int bar = 0; bar < usable.length; bar++) {
            if (!Double.isNaN(judged.usableClose(bar))) {
                usable[count++] = bar;
            }
        }
        bars = java.util.Arrays.copyOf(usable, count);
        logs = new double[count];
        for (int i = 0; i < count; i++) {
            logs[i] = StrictMath.log(judged.usableClose(bars[i]));
        }
    }

    void mark() {
        double spike = StrictMath.log(settings.spikeRatio());
        double split = StrictMath.log(settings.splitRatio());
        for (int i = 1; i < logs.length; i++) {
            if (Math.abs(logs[i] - logs[i - 1]) > split) {
                judged.count(Issue.Reason.REDENOMINATION_SUSPECT, bars[i], ratio(i - 1, i));
            }
        }
        int segment = 0;
        int reference = 0;
        for (int i = 1; i < logs.length; i++) {
            double move = Math.abs(logs[i] - logs[reference]);
            if (move > spike) {
                int back = undone(reference, i, spike / 2);
                if (back > 0) {
                    quarantine(reference, i, back);
                    i = back;
                } else if (move > split) {
                    segment++;
                    judged.segmentFrom(bars[i], segment);
                }
            }
            reference = i;
        }
    }

    private int undone(int reference, int jump, double near) {
        int last = Math.min(jump + settings.spikeBars(), logs.length - 1);
        for (int i = jump + 1; i <= last; i++) {
            if (Math.abs(logs[i] - logs[reference]) < near) {
                return i;
            }
        }
        return -1;
    }

    private void quarantine(int reference, int from, int to) {
        judged.count(Issue.Reason.SPIKE, bars[from], ratio(reference, from));
        for (int i = from; i < to; i++) {
            judged.mark(bars[i], Checked.BROKEN);
        }
    }

    private String ratio(int from, int to) {
        return String.format(
                Locale.ROOT,
                "close %s after %s, %.4g times",
                judged.usableClose(bars[to]),
                judged.usableClose(bars[from]),
                StrictMath.exp(logs[to] - logs[from]));
    }
}
