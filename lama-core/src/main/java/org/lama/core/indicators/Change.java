package org.lama.core.indicators;

/** Change over n rows, plain (momentum) or in per cent (rate of change; 0 where the old value is 0, as in TA-Lib). */
final class Change extends Kernel {
    private static final double PERCENT = 100;

    private final int window;
    private final boolean relative;
    private int pending;

    Change(int window, boolean relative) {
        super(1, 1, window + 1, window);
        this.window = window;
        this.relative = relative;
        pending = window;
    }

    @Override
    void restart() {
        pending = window;
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        double[] x = in[0];
        double[] line = out[0];
        int lead = Math.min(pending, to - from);
        pending -= lead;
        blank(line, from + shift, from + lead + shift);
        for (int i = from + lead; i < to; i++) {
            double old = x[i - window];
            double change = x[i] - old;
            line[i + shift] = !relative ? change : old == 0 ? 0 : (x[i] / old - 1) * PERCENT;
        }
    }
}
