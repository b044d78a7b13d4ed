package org.lama.core.indicators;

/** Sum of one column over the window divided by that of another, times a scale. */
final class RatioOfSums extends WindowKernel {
    private final double scale;
    private final double whenEmpty;
    private final double[] tail;
    private final double[] tailBelow;
    private double head;
    private double headBelow;

    /** Gives {@code whenEmpty} where the lower sum is 0. */
    RatioOfSums(int window, double scale, double whenEmpty) {
        super(2, 1, window, 0);
        this.scale = scale;
        this.whenEmpty = whenEmpty;
        tail = new double[window];
        tailBelow = new double[window];
    }

    @Override
    void turn(double[][] in, int row, double[][] out, int shift) {
        int start = row - window + 1;
        double above = 0;
        double below = 0;
        for (int p = window - 1; p >= 0; p--) {
            above += in[0][start + p];
            below += in[1][start + p];
            tail[p] = above;
            tailBelow[p] = below;
        }
        head = 0;
        headBelow = 0;
        out[0][row + shift] = ratio(above, below);
    }

    @Override
    void slide(double[][] in, int from, int to, double[][] out, int shift) {
        double[] x = in[0];
        double[] y = in[1];
        double above = head;
        double below = headBelow;
        int toTail = phase + 1 - from;
        for (int i = from; i < to; i++) {
            above += x[i];
            below += y[i];
            out[0][i + shift] = ratio(above + tail[i + toTail], below + tailBelow[i + toTail]);
        }
        head = above;
        headBelow = below;
    }

    private double ratio(double above, double below) {
        return below == 0 ? whenEmpty : scale * (above / below);
    }

    /**
     * Williams' ultimate oscillator (1976): 100 (4 a + 2 b + c) / 7 with a, b, c the buying pressure over the true range,
     * both summed over a short, a middle and a long window. A window without any range counts 0.
     */
    static final class Ultimate extends Kernel {
        private final RatioOfSums[] windows;
        private final double[][][] scratch = new double[2][1][BLOCK_ROWS];

        /** Takes pressure and range; behind {@link Derived} in a pipe. */
        private Ultimate(int shortBars, int middleBars, int longBars) {
            super(2, 1, longest(shortBars, middleBars, longBars), longest(shortBars, middleBars, longBars) - 1);
            windows = new RatioOfSums[] {
                new RatioOfSums(shortBars, 1, 0), new RatioOfSums(middleBars, 1, 0), new RatioOfSums(longBars, 1, 0)
            };
        }

        static Kernel of(int shortBars, int middleBars, int longBars) {
            return new Pipe(new Derived(Derived.Kind.PRESSURE), new Ultimate(shortBars, middleBars, longBars));
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
}
