package org.lama.backtest.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.core.series.TimeIndex;

/**
 * Counts the targets that were not taken as a strategy gave them: short ones on spot, and such that the limits made
 * smaller. A strategy that asks for the impossible asks for it on most bars, so each symbol has a count and its first
 * time, not an event a bar, and of the limits that one is named which bound first. Allocates nothing while it counts.
 */
final class CutTargets {
    /** Weights that sum to 1 but for rounding are not cut. */
    private static final double ROUNDING = 1e-9;

    private final int[] shorts;
    private final long[] firstShort;
    private final int[] limited;
    private final long[] firstLimited;
    private final String[] limit;

    CutTargets(int symbols) {
        shorts = new int[symbols];
        firstShort = new long[symbols];
        limited = new int[symbols];
        firstLimited = new long[symbols];
        limit = new String[symbols];
        Arrays.fill(limit, "");
    }

    void shortOnSpot(int symbol, long tsNanos) {
        firstShort[symbol] = shorts[symbol] == 0 ? tsNanos : firstShort[symbol];
        shorts[symbol]++;
    }

    /** Whether a wish became smaller for the first time, so that the limit has no name yet. */
    boolean isFirst(int symbol, double wished, double granted) {
        return limited[symbol] == 0 && isSmaller(wished, granted);
    }

    /** Which limits made the first wish smaller. */
    void name(int symbol, String limits) {
        limit[symbol] = limits;
    }

    private static boolean isSmaller(double wished, double granted) {
        return Math.abs(granted) < Math.abs(wished) * (1 - ROUNDING);
    }

    /** Looks whether a wish became smaller. */
    void limited(int symbol, long tsNanos, double wished, double granted) {
        if (isSmaller(wished, granted)) {
            firstLimited[symbol] = limited[symbol] == 0 ? tsNanos : firstLimited[symbol];
            limited[symbol]++;
        }
    }

    /** What was cut, in the order of the symbols. */
    List<Cut> list(List<String> symbols) {
        List<Cut> cuts = new ArrayList<>();
        for (int s = 0; s < shorts.length; s++) {
            if (shorts[s] > 0) {
                cuts.add(new Cut(symbols.get(s), true, "", shorts[s], TimeIndex.instant(firstShort[s])));
            }
            if (limited[s] > 0) {
                cuts.add(new Cut(symbols.get(s), false, limit[s], limited[s], TimeIndex.instant(firstLimited[s])));
            }
        }
        return cuts;
    }
}
