package org.lama.backtest.sweep;

/**
 * The money of a rule from its decision rows alone: bars between two fills are never touched. All cash is spent at the open
 * after an entry, all of the position is sold at the open after an exit. Returns per period between fills come from prefix
 * sums, drawdowns from a tree. For one thread.
 */
final class RuleLedger {
    /** One unit of the engine's money, on which its roundings of a fill act. */
    private static final double MONEY_UNIT = 1e-8;
    /** Beyond this growth or shrinkage the engine's 64-bit quantities are no longer finer than the rounding allowed for. */
    private static final double LARGEST_GROWTH = 1e4;

    private final RuleBars bars;
    private final double cash;
    private final double bought;
    private final double sold;
    private final double commission;
    private final DrawdownTree.Walk walk;

    private double held;
    private double size;
    private int entries;
    private int exits;
    /** Relative error that fixed-point books may show against this floating-point one. */
    private double rounding;

    private double peak;
    private double worst;

    private double sum;
    private double squares;
    private double before;
    private int period;

    RuleLedger(RuleBars bars, RuleCosts costs) {
        this.bars = bars;
        cash = costs.cash();
        bought = 1 + costs.slippage();
        sold = 1 - costs.slippage();
        commission = costs.commission();
        walk = bars.tree.new Walk();
    }

    /** End equity and counts. */
    RuleOutcome money(int[] rows, int count) {
        begin();
        for (int k = 0; k < count; k++) {
            int row = rows[k] + 1;
            if (row < bars.size()) {
                fill(row, (k & 1) == 0);
            }
        }
        return new RuleOutcome(equity(bars.size() - 1), entries, exits, Double.NaN, Double.NaN, Double.NaN);
    }

    /** All figures. */
    RuleOutcome all(int[] rows, int count) {
        begin();
        int entry = -1;
        for (int k = 0; k < count; k++) {
            int row = rows[k] + 1;
            if (row >= bars.size()) {
                break;
            }
            pass(row);
            if ((k & 1) == 0) {
                fill(row, true);
                entry = row;
            } else {
                double quantity = size;
                fill(row, false);
                hold(entry, row, quantity);
                fell(held);
                entry = -1;
            }
        }
        if (entry >= 0) {
            hold(entry, bars.size(), size);
        }
        pass(bars.size());
        int n = bars.periods.count();
        double mean = sum / n;
        double deviation = n > 1 ? Math.sqrt(Math.max(0, (squares - sum * mean) / (n - 1))) : Double.NaN;
        return new RuleOutcome(equity(bars.size() - 1), entries, exits, mean, deviation, worst - 1);
    }

    /** The returns of all periods. */
    double[] returns(int[] rows, int count) {
        begin();
        double[] out = new double[bars.periods.count()];
        int at = 0;
        for (int k = 0; k < out.length; k++) {
            int last = bars.periods.lastRow(k);
            while (at < count && rows[at] + 1 <= last) {
                fill(rows[at] + 1, (at & 1) == 0);
                at++;
            }
            double after = equity(last);
            out[k] = after / before - 1;
            before = after;
        }
        return out;
    }

    /** How far fixed-point books may be from the last figures, relative to equity. */
    double rounding() {
        return rounding;
    }

    private void begin() {
        held = cash;
        size = 0;
        entries = 0;
        exits = 0;
        rounding = 0;
        peak = cash;
        worst = 1;
        sum = 0;
        squares = 0;
        before = cash;
        period = 0;
    }

    private void fill(int row, boolean buys) {
        if (buys) {
            double price = bars.open[row] * bought;
            rounding += 3 * MONEY_UNIT / held + (held > LARGEST_GROWTH * cash ? 1 : 0);
            size = held / (price * (1 + commission));
            held = 0;
            entries++;
        } else {
            double price = bars.open[row] * sold;
            double fee = size * price * commission;
            held = size * price - fee;
            size = 0;
            exits++;
        }
    }

    private double equity(int row) {
        return size == 0 ? held : held + size * bars.close[row];
    }

    private void hold(int from, int to, double quantity) {
        walk.begin(peak / quantity);
        walk.over(from, to);
        peak = walk.peak * quantity;
        worst = Math.min(worst, walk.worst);
    }

    private void fell(double money) {
        peak = Math.max(peak, money);
        worst = Math.min(worst, money / peak);
    }

    /** Closes all periods that end before a row, in which nothing more is filled. */
    private void pass(int row) {
        int next = row < bars.size() ? bars.periods.ofRow(row) : bars.periods.count();
        if (next == period) {
            return;
        }
        double after = equity(bars.periods.lastRow(period));
        double first = after / before - 1;
        sum += first;
        squares += first * first;
        if (size != 0) {
            sum += bars.returnSums[next] - bars.returnSums[period + 1];
            squares += bars.squareSums[next] - bars.squareSums[period + 1];
            after = equity(bars.periods.lastRow(next - 1));
        }
        before = after;
        period = next;
    }
}
