package org.lama.core.indicators;

/** Percentage price oscillator: (fast mean - slow mean) / slow mean in per cent, simple means; 0 where the slow is 0. */
final class PriceOscillator extends Kernel {
    private static final double PERCENT = 100;

    private final Sma fast;
    private final Sma slow;
    private final double[][] scratch = new double[1][BLOCK_ROWS];

    PriceOscillator(int fastBars, int slowBars) {
        super(1, 1, Math.max(fastBars, slowBars), Math.max(fastBars, slowBars) - 1);
        fast = new Sma(fastBars);
        slow = new Sma(slowBars);
    }

    @Override
    void restart() {
        fast.restart();
        slow.restart();
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        for (int i = from; i < to; i += BLOCK_ROWS) {
            int stop = Math.min(to, i + BLOCK_ROWS);
            fast.run(in, i, stop, scratch, -i);
            slow.run(in, i, stop, out, shift);
            for (int r = i; r < stop; r++) {
                double base = out[0][r + shift];
                out[0][r + shift] = base == 0 ? 0 : (scratch[0][r - i] - base) / base * PERCENT;
            }
        }
    }
}
