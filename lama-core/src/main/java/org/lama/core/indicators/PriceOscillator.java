package org.lama.core.indicators;

import org.lama.core.base.Check;

/**
 * Percentage price oscillator (Appel): fast less slow exponential mean in per cent of the slow one; 0 where that is 0.
 * Unlike in {@link Macd} both begin with the first rows of all, as in TA-Lib.
 */
final class PriceOscillator extends Kernel {
    private static final double PERCENT = 100;

    private final int fastBars;
    private final int slowBars;
    private double fast;
    private double slow;
    private int seen;

    PriceOscillator(int fastBars, int slowBars) {
        super(1, 1, slowBars, 0);
        Check.that(fastBars <= slowBars, "fast must be <= slow " + slowBars + ", got " + fastBars);
        this.fastBars = fastBars;
        this.slowBars = slowBars;
    }

    @Override
    void restart() {
        fast = 0;
        slow = 0;
        seen = 0;
    }

    @Override
    boolean proves() {
        return true;
    }

    @Override
    double proof() {
        return slow;
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        double[] x = in[0];
        int i = from;
        for (; i < to && seen < slowBars; i++) {
            warm(x[i]);
            out[0][i + shift] = seen == slowBars ? share() : Double.NaN;
        }
        double fastWeight = Ema.weight(fastBars);
        double slowWeight = Ema.weight(slowBars);
        for (; i < to; i++) {
            fast = fast * (1 - fastWeight) + x[i] * fastWeight;
            slow = slow * (1 - slowWeight) + x[i] * slowWeight;
            out[0][i + shift] = share();
        }
    }

    private void warm(double x) {
        seen++;
        slow += x;
        if (seen <= fastBars) {
            fast = seen == fastBars ? (fast + x) / fastBars : fast + x;
        } else {
            fast = fast * (1 - Ema.weight(fastBars)) + x * Ema.weight(fastBars);
        }
        if (seen == slowBars) {
            slow /= slowBars;
        }
    }

    private double share() {
        return slow == 0 ? 0 : (fast - slow) / slow * PERCENT;
    }
}
