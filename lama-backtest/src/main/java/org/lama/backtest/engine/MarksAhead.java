package org.lama.backtest.engine;

import java.util.Arrays;
import org.lama.backtest.ledger.Ledger;

/**
 * What an account that trades nothing is worth over the rows to come, from the ledger and the prices alone. All rows of one
 * position are worked out together, which takes a fraction of a mark for each. Changes nothing in the ledger.
 */
final class MarksAhead {
    static final int MOST_ROWS = 1024;

    private final int symbols;
    private final long[] values = new long[MOST_ROWS];
    /** Equity of each row in money units. */
    final long[] equity = new long[MOST_ROWS];
    /** Sums of |value| and of signed values, as {@link Account#expose} makes them; meaningless unless {@link #held}. */
    final double[] gross = new double[MOST_ROWS];

    final double[] net = new double[MOST_ROWS];
    /** Whether there is any position. */
    boolean held;
    /** Whether any position is short; without, both sums are the same and only the first is made. */
    boolean isShort;

    MarksAhead(int symbols) {
        this.symbols = symbols;
    }

    /** Whether the equity of an account is a sum of values, with no conversion between. */
    static boolean arePossible(Ledger ledger) {
        return ledger.currencies().size() == 1;
    }

    /**
     * Works out rows; false if a figure does not fit into a long.
     *
     * @param ledger marked at some row before
     * @param ticks closes of each symbol, above 0
     * @param from where the rows begin in each of them
     * @param rows at most {@link #MOST_ROWS}
     */
    boolean look(Ledger ledger, long[][] ticks, int from, int rows) {
        held = false;
        isShort = false;
        try {
            Arrays.fill(equity, 0, rows, ledger.equityUnits());
            for (int s = 0; s < symbols; s++) {
                long lots = ledger.lots(s);
                if (lots != 0) {
                    begin(lots < 0, rows);
                    ledger.valueUnits(s, ticks[s], from, rows, values);
                    addTo(equity, values, ledger.valueUnits(s), rows);
                    expose(lots < 0, rows);
                }
            }
        } catch (ArithmeticException overflow) {
            return false;
        }
        return true;
    }

    private void begin(boolean negative, int rows) {
        if (!held) {
            held = true;
            Arrays.fill(gross, 0, rows, 0);
        }
        if (negative && !isShort) {
            isShort = true;
            System.arraycopy(gross, 0, net, 0, rows);
        }
    }

    private static void addTo(long[] sums, long[] values, long before, int rows) {
        for (int i = 0; i < rows; i++) {
            sums[i] = Math.addExact(sums[i], Math.subtractExact(values[i], before));
        }
    }

    private void expose(boolean negative, int rows) {
        for (int i = 0; i < rows; i++) {
            gross[i] += Math.abs((double) values[i]);
        }
        for (int i = 0; isShort && i < rows; i++) {
            double value = Math.abs((double) values[i]);
            net[i] += negative ? -value : value;
        }
    }
}
