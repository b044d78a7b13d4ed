package org.lama.backtest.sweep;

import java.util.Arrays;

/**
 * Finds the rows at which a rule changes its mind: blocks of rows whose ranges of sums cannot cross are skipped, the rest is
 * scanned by exact integer cross-multiplication, {@code sumFast · slow > sumSlow · fast}. Holds the rows of the last rule;
 * for one thread.
 */
final class CrossingScan {
    private static final int FINE = (1 << ZoneMap.FINE_SHIFT) - 1;
    private static final int COARSE = (1 << ZoneMap.COARSE_SHIFT) - 1;

    /** Decision rows of the last rule: entry, exit, entry, ... */
    int[] rows = new int[64];

    int count;

    /** Scans the whole history for one rule. */
    void find(PriceSums prices, WindowRule rule, ZoneMap fast, ZoneMap slow) {
        count = 0;
        int n = prices.size();
        long tie = prices.largestTie(rule);
        int t = rule.slowBars() - 1;
        boolean above = false;
        while (t < n) {
            t = above
                    ? nextBelow(prices.sums, rule.fastBars(), rule.slowBars(), tie, fast, slow, t)
                    : nextAbove(prices.sums, rule.fastBars(), rule.slowBars(), fast, slow, t);
            // a candidate may be a tie, which is not above
            if (t < n && prices.isAbove(rule, t) != above) {
                above = !above;
                add(t);
            }
            t++;
        }
    }

    /** Scans columns of signals: an entry counts while flat, an exit while long. */
    void find(boolean[] entries, boolean[] exits) {
        count = 0;
        int n = entries.length;
        int t = 0;
        while (true) {
            t = next(entries, t);
            if (t == n) {
                return;
            }
            add(t);
            t = next(exits, t + 1);
            if (t == n) {
                return;
            }
            add(t++);
        }
    }

    private static int next(boolean[] signals, int from) {
        for (int t = from; t < signals.length; t++) {
            if (signals[t]) {
                return t;
            }
        }
        return signals.length;
    }

    private void add(int row) {
        if (count == rows.length) {
            rows = Arrays.copyOf(rows, 2 * count);
        }
        rows[count++] = row;
    }

    private static int nextAbove(long[] sums, int f, int s, ZoneMap fast, ZoneMap slow, int from) {
        int n = sums.length - 1;
        int t = from;
        while (t < n) {
            if ((t & COARSE) == 0) {
                t = skipBelow(fast.coarse, slow.coarse, f, s, t >> ZoneMap.COARSE_SHIFT) << ZoneMap.COARSE_SHIFT;
            }
            if ((t & FINE) == 0) {
                int end = Math.min((t | COARSE) + 1, (n + FINE) & ~FINE);
                t = skipFineBelow(fast.fine, slow.fine, f, s, t, end);
                if ((t & COARSE) == 0 && t == end) {
                    continue;
                }
            }
            int end = Math.min(n, (t | FINE) + 1);
            t = scanBelow(sums, f, s, t, end);
            if (t < end) {
                return t;
            }
        }
        return n;
    }

    private static int nextBelow(long[] sums, int f, int s, long tie, ZoneMap fast, ZoneMap slow, int from) {
        int n = sums.length - 1;
        int t = from;
        while (t < n) {
            if ((t & COARSE) == 0) {
                t = skipAbove(fast.coarse, slow.coarse, f, s, tie, t >> ZoneMap.COARSE_SHIFT) << ZoneMap.COARSE_SHIFT;
            }
            if ((t & FINE) == 0) {
                int end = Math.min((t | COARSE) + 1, (n + FINE) & ~FINE);
                t = skipFineAbove(fast.fine, slow.fine, f, s, tie, t, end);
                if ((t & COARSE) == 0 && t == end) {
                    continue;
                }
            }
            int end = Math.min(n, (t | FINE) + 1);
            t = scanAbove(sums, f, s, tie, t, end);
            if (t < end) {
                return t;
            }
        }
        return n;
    }

    /** The first block from one on in which the fast mean can be above the slow one; the number of blocks if none. */
    private static int skipBelow(long[] fast, long[] slow, int f, int s, int from) {
        int blocks = fast.length >> 1;
        int b = from;
        while (b < blocks && fast[2 * b + 1] * s - slow[2 * b] * f <= 0) {
            b++;
        }
        return b;
    }

    private static int skipAbove(long[] fast, long[] slow, int f, int s, long tie, int from) {
        int blocks = fast.length >> 1;
        int b = from;
        while (b < blocks && fast[2 * b] * s - slow[2 * b + 1] * f > tie) {
            b++;
        }
        return b;
    }

    private static int skipFineBelow(long[] fast, long[] slow, int f, int s, int from, int end) {
        int last = Math.min(end >> ZoneMap.FINE_SHIFT, fast.length >> 1);
        int b = from >> ZoneMap.FINE_SHIFT;
        while (b < last && fast[2 * b + 1] * s - slow[2 * b] * f <= 0) {
            b++;
        }
        return b << ZoneMap.FINE_SHIFT;
    }

    private static int skipFineAbove(long[] fast, long[] slow, int f, int s, long tie, int from, int end) {
        int last = Math.min(end >> ZoneMap.FINE_SHIFT, fast.length >> 1);
        int b = from >> ZoneMap.FINE_SHIFT;
        while (b < last && fast[2 * b] * s - slow[2 * b + 1] * f > tie) {
            b++;
        }
        return b << ZoneMap.FINE_SHIFT;
    }

    private static int scanBelow(long[] sums, int f, int s, int from, int to) {
        for (int t = from; t < to; t++) {
            long now = sums[t + 1];
            if ((now - sums[t + 1 - f]) * s > (now - sums[t + 1 - s]) * f) {
                return t;
            }
        }
        return to;
    }

    private static int scanAbove(long[] sums, int f, int s, long tie, int from, int to) {
        for (int t = from; t < to; t++) {
            long now = sums[t + 1];
            if ((now - sums[t + 1 - f]) * s - (now - sums[t + 1 - s]) * f <= tie) {
                return t;
            }
        }
        return to;
    }
}
