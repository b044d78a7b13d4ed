package org.lama.core.indicators;

/**
 * Williams' ultimate oscillator (1976): 100 (4 a + 2 b + c) / 7 with a, b, c the buying pressure over the true range,
 * both summed over a short, a middle and a long window. A window without any range counts 0.
 */
final class UltimateOscillator extends Kernel {
    private final RatioOfSums[] windows;
    private final double[][][] scratch = new double[2][1][BLOCK_ROWS];

    /** Takes pressure and range; behind {@link Derived} in a pipe. */
    private UltimateOscillator(int shortBars, int middleBars, int longBars) {
        super(2, 1, longest(shortBars, middleBars, longBars), longest(shortBars, middleBars, longBars) - 1);
        windows = new RatioOfSums[] {
            new RatioOfSums(shortBars, 1, 0), new RatioOfSums(middleBars, 1, 0), new RatioOfSums(longBars, 1, 0)
        };
    }

    static Kernel of(int shortBars, int middleBars, int longBars) {
        return new Pipe(
                new Derived(Derived.Kind.PRESSURE), new UltimateOscillator(shortBars, middleBars, longBars));
    }

    private static int longest(int a, int b, int c) {
        return Math.max(a, Math.max(b, c));
    }

    @Override
    void restart() {
        for (RatioOfSums window : windows) {
            window.restart();
        }
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        for (int i = from; i < to; i += BLOCK_ROWS) {
            int stop = Math.min(to, i + BLOCK_ROWS);
            windows[0].run(in, i, stop, scratch[0], -i);
            windows[1].run(in, i, stop, scratch[1], -i);
            windows[2].run(in, i, stop, out, shift);
            for (int r = i; r < stop; r++) {
                double sum = 4 * scratch[0][0][r - i] + 2 * scratch[1][0][r - i] + out[0][r + shift];
                out[0][r + shift] = 100 * (sum / 7);
            }
        }
    }
}
