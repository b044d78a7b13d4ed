package org.lama.backtest.execution;

/** The bar of each instrument that is being matched, and which bars were ambiguous. */
final class BarTable {
    final long[] openNanos;
    final long[] closeNanos;
    final long[] open;
    final long[] high;
    final long[] low;
    final long[] close;
    /** A number for this bar, above 0, no two alike within a run. */
    final long[] serial;

    private final long[] ambiguous;
    private long bars;
    private long ambiguousBars;

    BarTable(int instruments) {
        openNanos = new long[instruments];
        closeNanos = new long[instruments];
        open = new long[instruments];
        high = new long[instruments];
        low = new long[instruments];
        close = new long[instruments];
        serial = new long[instruments];
        ambiguous = new long[instruments];
    }

    void times(int instrument, long opens, long closes) {
        openNanos[instrument] = opens;
        closeNanos[instrument] = closes;
        serial[instrument] = ++bars;
    }

    /** A bar whose extremes do not hold its open and close is widened until they do. */
    void prices(int instrument, long opens, long highs, long lows, long closes) {
        boolean whole = opens > 0 && highs > 0 && lows > 0 && closes > 0;
        open[instrument] = opens;
        close[instrument] = closes;
        high[instrument] = whole ? Math.max(highs, Math.max(opens, closes)) : 0;
        low[instrument] = whole ? Math.min(lows, Math.min(opens, closes)) : 0;
    }

    /** Whether prices inside the bar are known. */
    boolean hasInside(int instrument) {
        return low[instrument] > 0;
    }

    void markAmbiguous(int instrument) {
        if (ambiguous[instrument] != serial[instrument]) {
            ambiguous[instrument] = serial[instrument];
            ambiguousBars++;
        }
    }

    long ambiguousBars() {
        return ambiguousBars;
    }
}
