package org.lama.benchmarks;

/**
 * The two works of {@link EngineWork} as bare loops over arrays of prices: cash, quantities and equity in floating point.
 * No orders, no ledger, no checks, no limits, no strategy behind an interface, prices known to be there: what is left of an
 * engine when all that it guarantees is taken away.
 */
final class BareEngine {
    private static final double CASH = 1_000_000;
    private static final double FEE = 0.001;
    private static final double SLIPPAGE = 0.0005;
    private static final int FAST = 600;
    private static final int SLOW = 3600;
    private static final int LOOK = 90;
    private static final int TOP = 10;
    private static final int EVERY = 30;

    private BareEngine() {}

    /** Equity at each bar of the crossover, which decides at a close and trades at the next open. */
    static double[] crossover(double[] open, double[] close) {
        double[] equity = new double[close.length];
        long sumFast = 0;
        long sumSlow = 0;
        double cash = CASH;
        double held = 0;
        boolean above = false;
        for (int t = 0; t < close.length; t++) {
            if (above && held == 0) {
                held = cash / (open[t] * (1 + SLIPPAGE) * (1 + FEE));
                cash = 0;
            } else if (!above && held != 0) {
                cash = held * open[t] * (1 - SLIPPAGE) * (1 - FEE);
                held = 0;
            }
            long now = cents(close[t]);
            sumFast += now - (t >= FAST ? cents(close[t - FAST]) : 0);
            sumSlow += now - (t >= SLOW ? cents(close[t - SLOW]) : 0);
            above = t + 1 >= SLOW && sumFast * SLOW > sumSlow * FAST;
            equity[t] = cash + held * close[t];
        }
        return equity;
    }

    private static long cents(double price) {
        return (long) (price * 100 + 0.5);
    }

    /** Equity at each bar of the rotation; prices by symbol and bar. */
    static double[] rotation(double[][] open, double[][] close) {
        int bars = close[0].length;
        double[] equity = new double[bars];
        double[] held = new double[close.length];
        double[] wanted = new double[close.length];
        double cash = CASH;
        boolean decided = false;
        for (int t = 0; t < bars; t++) {
            if (decided) {
                cash = trade(open, t, held, wanted, cash);
            }
            decided = t >= LOOK && t < bars - 1 && (t - LOOK) % EVERY == 0;
            if (decided) {
                choose(close, t, wanted);
            }
            equity[t] = cash + worth(close, t, held);
        }
        return equity;
    }

    private static double worth(double[][] price, int t, double[] held) {
        double sum = 0;
        for (int s = 0; s < held.length; s++) {
            sum += held[s] * price[s][t];
        }
        return sum;
    }

    private static double trade(double[][] open, int t, double[] held, double[] wanted, double cash) {
        double left = cash;
        double equity = cash + worth(open, t, held);
        for (int s = 0; s < held.length; s++) {
            double change = wanted[s] * equity / (open[s][t] * (1 + SLIPPAGE) * (1 + FEE)) - held[s];
            double price = open[s][t] * (1 + Math.signum(change) * SLIPPAGE);
            left -= change * price + Math.abs(change) * price * FEE;
            held[s] += change;
        }
        return left;
    }

    /** A tenth for each of those that rose most; ties go to the first. */
    private static void choose(double[][] close, int t, double[] wanted) {
        double[] rise = new double[wanted.length];
        for (int s = 0; s < rise.length; s++) {
            rise[s] = close[s][t] / close[s][t - LOOK] - 1;
            wanted[s] = 0;
        }
        for (int k = 0; k < Math.min(TOP, rise.length); k++) {
            int best = -1;
            for (int s = 0; s < rise.length; s++) {
                best = wanted[s] == 0 && (best < 0 || rise[s] > rise[best]) ? s : best;
            }
            wanted[best] = 1.0 / TOP;
        }
    }
}
